"""How far quotes support a sentence: the tables of hand-set verdicts, and what each rule is for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.checks.locating import check_quote
from rag.checks.support import check_support
from rag.verify import surroundings
from tests.toys import PROPERTY
from tests.verification_table import Case, Table

ALTERED = ("number", "unit", "date", "name", "negation")
LEAST_RIGHT = 0.95


def judged(table: Table, case: Case) -> str:
    others = [b for b in table.briefings.values() if b is not case.briefing]
    found = check_quote(case.quote, case.briefing, case.number, others)
    assert found.briefing
    assert case.sentence
    words = found.briefing.text[found.start : found.end]
    return check_support(case.sentence, [words], surroundings(case.briefing, case.paragraph)).support


@pytest.mark.parametrize("name", ["first", "second"])
def test_the_tables_are_judged_as_by_hand(name: str) -> None:
    table = Table.read(name)
    cases = [c for c in table.cases if c.sentence]
    wrong = [f"{c.id}: {judged(table, c)}, not {c.support}" for c in cases if judged(table, c) != c.support]
    assert len(wrong) <= (1 - LEAST_RIGHT) * len(cases), wrong


@pytest.mark.parametrize("kind", ALTERED)
@pytest.mark.parametrize("name", ["first", "second"])
def test_nothing_altered_is_supported(name: str, kind: str) -> None:
    table = Table.read(name)
    altered = [c for c in table.cases if c.kind == kind and c.sentence]
    assert altered
    assert [c.id for c in altered if judged(table, c) == "supported"] == []


@pytest.mark.parametrize("name", ["first", "second"])
def test_nothing_fine_is_unsupported(name: str) -> None:
    table = Table.read(name)
    fine = [c for c in table.cases if c.support == "supported"]
    assert [c.id for c in fine if judged(table, c) == "unsupported"] == []


def test_the_tables_are_large_and_their_ids_unique() -> None:
    tables = [Table.read(name) for name in ("first", "second")]
    assert len(tables[0].cases) >= 190
    assert len(tables[1].cases) >= 60
    for table in tables:
        assert len({c.id for c in table.cases}) == len(table.cases)


@pytest.mark.parametrize(
    ("sentence", "quotes", "reason"),
    [
        ("Nine ships left.", [], "no quote stands behind it"),
        ("Nine ships left.", ["", "…"], "no quote stands behind it"),
        ("It was so.", ["Nine ships left."], "it says nothing that could be checked"),
        ("Ten ships left.", ["Nine ships left."], "no quote holds the number “Ten”"),
        ("Nine ships left Hull.", ["Nine ships left."], "no quote holds the name “Hull”"),
        ("Nine ships left on 5 May.", ["Nine ships left on 4 May."], "no quote holds the date “5 May”"),
        ("Nine ships left.", ["Nine ships did not leave."], "it does not deny “left”, otherwise than its quotes"),
        ("Nine ships left.", ["The mayor praised bread."], "no quote holds the number “Nine”"),
        ("Tarsia has nоt left.", ["Tarsia has not left."], "“nоt” mixes letters of different alphabets"),
    ],
)
def test_what_is_wrong_is_said(sentence: str, quotes: list[str], reason: str) -> None:
    found = check_support(sentence, quotes)
    assert (found.support, found.reason) == ("unsupported", reason)


def test_a_whole_quote_is_supported_however_it_is_written() -> None:
    quote = "The ship \u202bעוגן\u202c left Kаrrow."
    assert check_support(quote, [quote]).support == "supported"


def test_words_of_a_quote_are_supported_but_not_without_their_beginning() -> None:
    quote = "Roth denied it. Nobody said that nine ships left."
    assert check_support("“Nobody said that nine ships left”", [quote]).support == "supported"
    assert check_support("Nine ships left.", [quote]).support == "unsupported"


@pytest.mark.parametrize(
    ("around", "support"),
    [
        (["Mayor Ana Lund opened the fair. She said that nine ships had left."], "supported"),
        (["Ana Lund met Bo Ferro. She said that nine ships had left."], "unchecked"),
        (["She said that nine ships had left."], "unsupported"),
    ],
)
def test_a_pronoun_stands_for_the_only_name_around(around: list[str], support: str) -> None:
    found = check_support("Ana Lund said that nine ships had left.", ["She said that nine ships had left."], around)
    assert found.support == support


def test_a_pronoun_never_stands_for_another_than_the_quote_names() -> None:
    quote = "Bo Ferro said that she counted nine ships."
    around = ["Ana Lund opened the fair. Bo Ferro said that she counted nine ships."]
    assert check_support("Ana Lund counted nine ships.", [quote], around).support != "supported"


def test_what_stands_around_supports_nothing_by_itself() -> None:
    around = ["Nine ships left Hull on 4 May 2030.", "4 May 2030"]
    assert (
        check_support("Nine ships left Hull.", ["The fair was opened by the mayor."], around).support
        == "unsupported"
    )
    assert check_support("The fair was opened in Hull.", ["The fair was opened."], around).support == "unchecked"


def test_a_sentence_may_rest_on_several_quotes() -> None:
    quotes = ["Hamra has not agreed to the plan.", "Tarsia has agreed to the plan."]
    assert check_support("Tarsia has agreed to the plan, but Hamra has not agreed.", quotes).support == "supported"
    assert (
        check_support("Hamra has agreed to the plan, but Tarsia has not agreed.", quotes).support == "unsupported"
    )


@PROPERTY
@given(st.text(max_size=80), st.lists(st.text(max_size=80), max_size=3), st.lists(st.text(max_size=60), max_size=2))
def test_any_text_is_judged(sentence: str, quotes: list[str], around: list[str]) -> None:
    found = check_support(sentence, quotes, around)
    assert (found.support == "supported") == (found.reason is None)


WORDS = st.sampled_from(
    """Tarsia Velland Roth the a of not never may will has agreed refused to $3bn 40% 12 May 2030 Monday “ ” . , ;
    no before after at least most than more half million and ’s neither nor U.S. 5km 3-1 °C by was left
    cut""".split()
)


@PROPERTY
@given(st.lists(WORDS, max_size=14).map(" ".join), st.lists(WORDS, max_size=14).map(" ".join))
def test_any_words_are_judged_and_a_quote_supports_itself(sentence: str, quote: str) -> None:
    found = check_support(sentence, [quote], [quote])
    assert (found.support == "supported") == (found.reason is None)
    itself = check_support(quote, [quote])
    assert itself.support == "supported" or itself.reason
