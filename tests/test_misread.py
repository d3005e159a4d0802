"""The measure of misread questions: slips and invented names worked out by hand, and what counts as what."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from evals.misread import Named, invented, names_in, of_library, outcome, slips, taken
from rag.build import App
from rag.finding.catalogue import Catalogue
from rag.finding.misspelt import Spelling
from tests.taking import Take, write

ASKED = Named("When did Blinken fly?", "Blinken", 9)


def spelling(*held: str, near: Sequence[str] = (), text: str = "") -> Spelling:
    """Of a library that holds these terms and this text."""
    return Spelling(
        lambda some: [w for w in some if w.term not in held],
        lambda term: near,
        lambda terms: [text] if text else [],
    )


def test_names_are_words_with_a_capital_inside_a_question() -> None:
    found = list(names_in("Did Élise Roth of the UN meet Al in May, or OTTER?"))
    assert [(n.name, n.start) for n in found] == [("Élise", 4), ("Roth", 10)]
    assert found[1].spelt("Rth") == "Did Élise Rth of the UN meet Al in May, or OTTER?"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Roth", ("Rth", "Rooth", "Rtoh")),
        ("Velda", ("Veda", "Vellda", "Vedla")),
        ("Anna", ("Ana", "Annna", "Anna")),
    ],
)
def test_a_letter_inside_is_left_out_doubled_or_swapped(name: str, expected: tuple[str, ...]) -> None:
    assert slips(name) == expected


def test_invented_names_are_all_different() -> None:
    assert len({invented(i) for i in range(108)}) == 108
    assert invented(0) == invented(108) == "Bralando"


def test_a_name_is_read_offered_or_left() -> None:
    beside = Named("When did Antony Blinken fly?", "Blinken", 16)
    known = ("fly", "antoni", "anton")
    told = "Then Antony Blinken flew. He, Blinken, left."
    assert outcome(spelling(*known, near=["blinken"], text=told), beside, "Blnken") == "read right"
    other = "Then Antony Blincken flew."
    assert outcome(spelling(*known, near=["blincken"], text=other), beside, "Blinckn") == "read wrong"
    assert outcome(spelling("fly", near=["blinken"], text=told), ASKED, "Blnken") == "offered right"
    assert outcome(spelling("fly", near=["blincken"], text=other), ASKED, "Blnken") == "offered wrong"
    assert outcome(spelling("fly"), ASKED, "Blnken") == "left"


def test_names_that_a_library_holds_are_misspelt_and_replaced(app: App, take: Take, folder: Path) -> None:
    take(write(folder / "visit.txt", "Then Antony Blinken flew to Egypt."))
    slipped, strangers = of_library(app, ["When did Antony Blinken fly?", "Did Blinken fly to Sennet?"])
    assert (slipped.total(), strangers.total()) == (6, 2)  # Antony and Blinken, once each
    assert (slipped["read right"], strangers["left"]) == (6, 2)


def test_a_question_of_fact_is_no_question_about_the_library() -> None:
    asked = ["How many briefings are there from the Courier?", "How many briefings did the minister get?"]
    assert taken(asked, Catalogue.of(["Courier"])) == asked[:1]
