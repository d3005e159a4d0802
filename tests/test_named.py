"""The names of a question in whole briefings."""

import pytest

from rag.asking.question import read_question
from rag.embedders import WordLlamaEmbedder
from rag.extract.matching import Matcher
from rag.extract.named import AskedNames
from rag.extract.readings import ReadText, WholeText
from rag.words.thesaurus import Thesaurus


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(WordLlamaEmbedder(), Thesaurus("US, United States\ndeclare, claim\nstrip, Gaza"))


def test_names_are_found_in_a_whole_briefing_as_in_a_sentence(matcher: Matcher) -> None:
    question = read_question("the Blinken and the US and the Israel and the Austria")
    names, asked = AskedNames(question, matcher.thesaurus), matcher.ask(question)
    for text, held in [
        ("Blinken’s visit", [True, False, False, False]),
        ("the United States and Israelis", [False, True, True, False]),
        ("the U.S. envoy met Israeli forces", [False, True, True, False]),
        ("join us in Australia", [False, False, False, False]),
        ("the US’s envoy", [False, True, False, False]),
    ]:
        lost = [name.written for name, h in zip(question.names, held, strict=True) if not h]
        assert names.lost_in(WholeText(text)) == tuple(lost), text
        assert asked.named([ReadText.of(text)]).tolist() == [held], text


def test_a_name_is_lost_where_it_does_not_stand(matcher: Matcher) -> None:
    names = AskedNames(read_question("Did Blinken meet Haniyeh in Doha?"), matcher.thesaurus)
    first, second = WholeText("Blinken in Doha, 2½ hours"), WholeText("Blinken, Haniyeh and the Doha talks")
    assert names.any_lost_in(first)
    assert not names.any_lost_in(second)
    assert names.lost_in(first) == ("Haniyeh",)
    assert names.lost_in(WholeText("nobody")) == ("Blinken", "Haniyeh", "Doha")  # as they were asked for
    assert [names.is_lost_in(first, word) for word in ("Haniyeh", "Blinken", "2")] == [True, False, False]


@pytest.mark.parametrize(
    ("name", "text", "held"),
    [
        ("Türkiye", "in TURKIYE", True),
        ("Turkiye", "“Türkiye”", True),
        ("Москва", "в Москва", True),
        ("Москва", "в Минск", False),
        ("Łódź", "to łódź", True),
        ("Lodz", "to Łódź", False),
        ("Ares", "they are here", False),  # a stop word of the same term
        ("Declare", "a declaration", False),  # of the same stem
        ("Digit", "digital clocks", False),
        ("Orgers", "the Orger’s hat", True),
    ],
)
def test_accents_make_no_other_name(matcher: Matcher, name: str, text: str, held: bool) -> None:
    names = AskedNames(read_question(f"the {name}"), matcher.thesaurus)
    assert bool(names.any_lost_in(WholeText(text))) is not held


@pytest.mark.parametrize(
    ("asked", "lost"),
    [
        ("Who met President Holm?", ()),
        ("Who met Prime Minister Holm?", ()),
        ("Who met the President?", ("President",)),
        ("Who met President, Holm and Prime Minister?", ("President", "Prime", "Minister")),
        ("Who met the Minister of Holm?", ("Minister",)),
        ("Who met President Brandt?", ("Brandt",)),
    ],
)
def test_a_rank_before_a_name_need_not_stand_there(matcher: Matcher, asked: str, lost: tuple[str, ...]) -> None:
    names, whole = AskedNames(read_question(asked), matcher.thesaurus), WholeText("Eda Holm met the mayor.")
    assert names.lost_in(whole) == lost
    assert names.any_lost_in(whole) is bool(lost)
    assert not names.is_lost_in(whole, "Holm")
    assert names.is_lost_in(whole, "President") is ("President" in lost)


def test_a_name_that_is_a_common_word_too_has_no_synonyms_but_names(matcher: Matcher) -> None:
    names = AskedNames(read_question("the Declare and the Strip"), matcher.thesaurus)
    assert names.lost_in(WholeText("a claim in Gaza")) == ("Declare",)
