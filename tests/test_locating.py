"""A quote is found where it stands, in whole words, or said to stand elsewhere or nowhere."""

import unicodedata
from typing import Literal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rag.briefings import Briefing
from rag.checks.locating import QuoteCheck, check_quote
from rag.words.folding import fold
from tests.toys import PROPERTY, briefing
from tests.verification_table import Case, Table

TABLES = {name: Table.read(name) for name in ("first", "second")}
CASES = [(name, case) for name, table in TABLES.items() for case in table.cases]
TALKS = briefing(
    "talks",
    "The US-led talks cost $1,300 — not 40% less — said Élise’s “team”…",
    "Nine ships left on May 3, the harbour master said on Monday.",
    title="Talks",
)
RAIN = briefing("rain", "Rain fell on the city for days.", title="Rain")


def shown(check: QuoteCheck) -> str | None:
    return check.briefing.text[check.start : check.end] if check.briefing else None


@pytest.mark.parametrize(("table", "case"), [pytest.param(t, c, id=f"{t}-{c.id}") for t, c in CASES])
def test_the_tables(table: str, case: Case) -> None:
    others = [b for b in TABLES[table].briefings.values() if b is not case.briefing]
    check = check_quote(case.quote, case.briefing, case.number, others)
    assert check.verdict == case.verdict
    assert check.why
    if check.briefing and check.paragraph:
        place = f"{check.briefing.briefing_id} {check.paragraph.number}"
        assert place == (case.place or f"{case.briefing.briefing_id} {case.number}")
        assert check.paragraph.start <= check.start < check.end <= check.paragraph.end
    if case.verdict == "exact":
        assert shown(check) == case.quote.strip()
    if case.shown:
        assert shown(check) == case.shown


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("led talks cost $1,300", "US-led talks cost $1,300"),
        ("talks cost 1,300", None),
        ("1,300 - not 40", "$1,300 — not 40%"),
        ("talks cost $1", None),
        ("said Élise", "said Élise’s"),
        ('"The US-led talks cost $1,300"', "The US-led talks cost $1,300"),
    ],
)
def test_a_quote_ends_with_whole_words_and_signs(quote: str, words: str | None) -> None:
    assert shown(check_quote(quote, TALKS, 1)) == words


@pytest.mark.parametrize(
    ("quote", "why"),
    [
        ("", "is empty"),
        ("of the", "holds no word that says anything"),
        ("ships left", "is too short to prove anything"),
        ("Nine ships left … on Monday", "is put together from two places of ¶2 of “Talks”"),
        ("Nine ships left on the city for days", "is put together from ¶2 of “Talks” and ¶1 of “Rain”"),
        ('said Élise\'s "team"... Nine ships left', "is put together from ¶1 of “Talks” and ¶2 of “Talks”"),
        ("Snow covered every hill", "stands in none of the briefings"),
    ],
)
def test_a_made_up_quote_says_why(quote: str, why: str) -> None:
    check = check_quote(quote, TALKS, 2, [RAIN])
    assert (check.verdict, check.why) == ("fabricated", why)
    assert (check.briefing, check.paragraph, check.start, check.end) == (None, None, 0, 0)


def test_a_misattributed_quote_says_where_it_stands() -> None:
    assert check_quote("Nine ships left", TALKS, 1).why == "stands in ¶2 of “Talks”, not in ¶1"
    assert check_quote("Rain fell on", TALKS, 1, [RAIN]).why == "stands in ¶1 of “Rain”, not in ¶1 of “Talks”"
    assert check_quote("Rain fell on", None, None, [RAIN]).why == (
        "stands in ¶1 of “Rain”, not in the paragraph that was cited"
    )


def test_the_cited_briefing_comes_before_the_others() -> None:
    twin = briefing("twin", TALKS.words_of(TALKS.paragraphs[1]))
    assert check_quote("Nine ships left on", TALKS, 1, [twin]).briefing is TALKS


WORD = st.text(st.sampled_from("abcdeéñøßжλ日本ΣİŁ"), min_size=1, max_size=6).map("z".__add__)
GAPS = st.sampled_from([" ", " ", " ", ", ", ". ", "\n", " — ", " – ", "-", "’", " “", "” ", "…", " (", ") "])
MARKS = {"'": "’", "’": "'", "“": '"', "”": '"', "—": "-", "–": "—", "-": "‑", "…": "...", " ": " \n"}


@st.composite
def cut_and_drifted(draw: st.DrawFn) -> tuple[Briefing, str, str]:
    """A briefing, some whole words cut from it, and the same with the drifts that are allowed."""
    words = draw(st.lists(WORD, min_size=8, max_size=20))
    gaps = [draw(GAPS) for _ in words[1:]]
    text = words[0] + "".join(g + w for g, w in zip(gaps, words[1:], strict=True))
    first = draw(st.integers(0, len(words) - 4))
    last = draw(st.integers(first + 3, len(words) - 1))
    assume(first == 0 or gaps[first - 1] not in ("-", "’"))
    assume(last == len(words) - 1 or gaps[last] not in ("-", "’"))
    start = sum(len(w) for w in words[:first]) + sum(len(g) for g in gaps[:first])
    end = sum(len(w) for w in words[: last + 1]) + sum(len(g) for g in gaps[:last])
    cut = text[start:end]
    pieces = []
    for letter in cut:
        drift = draw(st.integers(0, 9))
        upper = letter.upper()
        if drift == 0 and upper.casefold() == letter.casefold():
            letter = upper
        elif drift == 1:
            letter = MARKS.get(letter, letter)
        elif drift == 2:
            letter += draw(st.sampled_from(["\u200b", "\u00ad", "\u2060"]))
        pieces.append(letter)
    forms: tuple[Literal["NFC", "NFD", "NFKC"], ...] = ("NFC", "NFD", "NFKC")
    return briefing("any", text), cut, unicodedata.normalize(draw(st.sampled_from(forms)), "".join(pieces))


@PROPERTY
@given(cut_and_drifted())
def test_a_drifted_quote_is_found_as_the_words_that_it_was_cut_from(made: tuple[Briefing, str, str]) -> None:
    whole, cut, drifted = made
    check = check_quote(drifted, whole, 1)
    assert check.verdict in ("exact", "normalised")
    if fold(whole.text).text.count(fold(cut).text) == 1:
        assert shown(check) == cut
    else:
        assert fold(shown(check) or "").text == fold(cut).text


@PROPERTY
@given(st.text(max_size=80), st.text(max_size=200), st.integers(-1, 3))
def test_any_text_is_judged(quote: str, text: str, number: int) -> None:
    check = check_quote(quote, briefing("any", text, "More words stand here."), number)
    if check.briefing and check.paragraph:
        assert check.paragraph.start <= check.start < check.end <= check.paragraph.end
    else:
        assert check.verdict == "fabricated"


@PROPERTY
@given(st.text("abc .,'-…\u00ad\u0301“”é\n1,%", min_size=1, max_size=40), st.data())
def test_any_piece_of_a_text_is_found_or_refused_but_never_altered(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = text[start:end]
    check = check_quote(quote, briefing("any", text), 1)
    if check.verdict == "exact":
        assert shown(check) == quote.strip()
