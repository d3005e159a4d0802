"""Names in questions that are typed in small letters, or in capitals only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.words.casing import cased, quiet
from tests.toys import PROPERTY

TEXTS = (
    "On Monday Mr. Blinken met the families in Gaza. Talks with Hamas go on, the Gaza ministry said.",
    "Hostages in Gaza and their families wait; a family of five fled. Families said so. The Rate Committee met.",
    "Rain fell. The committee on Monday said nothing, a committee of five.",
)


@pytest.mark.parametrize(
    ("question", "written"),
    [
        ("what did blinken say about gaza?", "what did Blinken say about Gaza?"),
        ("WHAT DID BLINKEN SAY ABOUT GAZA?", "what did Blinken say about Gaza?"),
        ("gaza's families", "Gaza's families"),
        ("which committee met?", "which committee met?"),  # written in small letters more often
        ("were the families told", "were the families told"),  # has a capital only where a sentence begins
        ("who said that?", "who said that?"),
        ("may I ask about hamas", "may I ask about Hamas"),
    ],
)
def test_names_are_written_as_the_texts_write_them(question: str, written: str) -> None:
    assert cased(question, TEXTS) == written


def test_a_number_of_a_series_makes_no_name() -> None:
    assert cased("the second bulletin", ["It has risen since Bulletin No. 1."]) == "the second bulletin"
    assert cased("the second bulletin", ["It has risen since Bulletin Kelby."]) == "the second Bulletin"


def test_a_question_with_capitals_of_its_own_stays() -> None:
    for question in ("What did blinken say?", "what did Blinken say about gaza?", ""):
        assert cased(question, TEXTS) == question


def test_without_texts_only_the_capitals_go() -> None:
    assert cased("WHO MET?", []) == "who met?"
    assert cased("who met?", []) == "who met?"


@PROPERTY
@given(st.text(max_size=40), st.lists(st.text(max_size=40), max_size=3))
def test_nothing_but_the_case_of_letters_changes(question: str, texts: list[str]) -> None:
    for changed in (cased(question, texts), quiet(question)):
        assert len(changed) == len(question)
        assert changed.casefold() == question.casefold()
