"""A misspelt name is read as another only where much speaks for it, and else offered."""

from collections.abc import Collection, Sequence

import pytest
from rapidfuzz.distance import OSA

from rag.finding.misspelt import Respelt, Spelling, put_right
from rag.words.terms import Word, words

TEXTS = (
    "U.S. Secretary of State Antony Blinken met Benjamin Netanyahu in Belgium.",
    "On Monday Antony Blinken left. Justice Conrad Veit dissented, and Daniel Ortiz did.",
    "They grew barley, and she drank Barley wine with Marlin and in Martin.",
)
KNOWN = {w.term for text in TEXTS for w in words(text)}


def unheld(some: Sequence[Word]) -> list[Word]:
    return [w for w in some if w.term not in KNOWN]


def near(asked: str) -> list[str]:
    return [t for t in sorted(KNOWN) if OSA.distance(t, asked) == 1]


def texts(terms: Collection[str]) -> list[str]:
    return [text for text in TEXTS if set(terms) <= {w.term for w in words(text)}]


SPELLING = Spelling(unheld, near, texts)


@pytest.mark.parametrize(
    ("question", "understood"),
    [
        ("Who is Antny Blinken?", "Who is Antony Blinken?"),  # a letter is left out
        ("Who is Anttony Blinken?", "Who is Antony Blinken?"),  # or put in
        ("Who is Anotny Blinken?", "Who is Antony Blinken?"),  # or two are swapped
        ("What did Antony Blinkn’s aide say?", "What did Antony Blinken’s aide say?"),
        ("who is antny blinken", "who is Antony blinken"),
        ("Did Antny Blinken meet Benjamin Netanyhu?", "Did Antony Blinken meet Benjamin Netanyahu?"),
    ],
)
def test_a_name_beside_its_other_is_read_as_it_is_spelt_there(question: str, understood: str) -> None:
    assert put_right(question, SPELLING.meant(question, SPELLING.unknown(question))) == understood


@pytest.mark.parametrize(
    "question",
    [
        "Who is Antony Blinken?",
        "Who is Antny?",  # nothing beside it
        "Who is Antny Brown?",  # somebody else
        "Who is Justice Conrad Velt?",  # another letter may be another name
        "Who is Daniela Ortiz?",  # and so another end
        "Who is Nantony Blinken?",  # and beginning
        "Is antny Blinken there?",  # a small letter beside capitals is no name
        "Is Antny, Blinken’s aide, there?",
        "Who grows barle wine?",
        "why?",
    ],
)
def test_what_may_be_another_name_is_left(question: str) -> None:
    assert SPELLING.meant(question, SPELLING.unknown(question)) == []


@pytest.mark.parametrize(
    ("question", "offered"),
    [
        ("What did Belgum say?", [Respelt("Belgum", "Belgium", 9)]),
        ("what did belgum say?", [Respelt("belgum", "Belgium", 9)]),
        ("What did Netanyehu’s aide say?", [Respelt("Netanyehu", "Netanyahu", 9)]),
        ("What did Delgium say?", []),  # names begin as they are meant
        ("What did Belgium say?", []),
        ("What did Barlei cost?", []),  # which is no name
        ("Where is Marin?", []),  # Martin or Marlin
        ("Who wrote Secretery?", []),  # a rank is nobody's name
        ("Who is Veits?", []),
        ("Who is Velt?", []),  # too short to be sure
    ],
)
def test_the_one_name_that_is_spelt_almost_so_is_offered(question: str, offered: list[Respelt]) -> None:
    assert SPELLING.offered(SPELLING.unknown(question)) == offered


def test_nothing_is_unknown_that_stands_somewhere() -> None:
    assert SPELLING.unknown("Who is Antony Blinken, of Belgium?") == []
    assert [w.written for w in SPELLING.unknown("Did Antny, Blinkn or Ortis?")] == [
        "Antny",
        "Blinkn",
    ]  # two at most
