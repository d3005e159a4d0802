"""Briefings that are named by their place among others."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rag.briefings import Hit, Scope
from rag.finding.series import placed, places_a_topic
from rag.library import Library
from tests.toys import briefing, passages, put

ONE = briefing("one", "Nine fell ill.", published=date(2032, 4, 30), title="Fever Bulletin No. 1: Kelby")
TWO = briefing("two", "Twenty fell ill.", published=date(2032, 5, 9), title="Fever Bulletin No. 2: Kelby")
MEND = briefing("mend", "It was 19.", published=date(2032, 5, 10), title="Correction to Fever Bulletin No. 2")
OLD = briefing("old", "Eleven acres burned.", published=date(2032, 7, 1), title="Moor fire contained")
NEW = briefing(
    "new", "Thirty acres burned.", published=date(2032, 7, 5), title="Moor fire was larger", source="Wire"
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library.open(tmp_path / "library.sqlite3")
    for one in (ONE, TWO, MEND, OLD, NEW):
        put(library, one)
    yield library
    library.close()


def found(library: Library, text: str, *spoken_of: str) -> list[str]:
    def find(words: str, scope: Scope) -> list[Hit]:
        some = (NEW, OLD) if "fire" in words else (MEND, TWO, ONE)
        return [Hit(passages(b)[0], 1.0, b.text, b.title, b.source, b.published, None) for b in some]

    of = placed(text, library, find, Scope(), spoken_of)
    return [one.briefing_id for one in of.briefings] if of else []


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("What did the first fever bulletin say?", ["one"]),
        ("What did the second bulletin on the fever say?", ["two"]),
        ("What did the latest fever bulletin say?", ["two"]),
        ("What did the previous fever bulletin say?", ["one"]),
        ("How do the first and the second fever bulletin differ?", ["one", "two"]),
        ("What did the earlier report on the fire say?", ["old"]),
        ("What did the later report on the fire say?", ["new"]),
        ("What did the April fever bulletin say?", ["one"]),
        ("How do the April and the May fever bulletins differ?", ["one", "two"]),
        ("What did the July report on the fire say?", []),  # there are two
        # there is no third, nothing before the first, and a notice must be called one
        ("What did the third fever bulletin say?", []),
        ("What did the later notice on the fire say?", []),
        ("What did the fever bulletin say?", []),
    ],
)
def test_the_briefing_at_a_place(library: Library, text: str, ids: list[str]) -> None:
    assert found(library, text) == ids


def test_the_previous_one_comes_before_that_which_was_spoken_of(library: Library) -> None:
    assert found(library, "What did the previous fever bulletin say?", "two") == ["one"]
    assert found(library, "What did the previous fever bulletin say?", "one") == []


def test_without_a_topic_that_is_meant_which_was_spoken_of(library: Library) -> None:
    dam = briefing("dam", "It leaks.", published=date(2032, 6, 1), title="Dam Bulletin No. 1: Marl", source="Wire")
    put(library, dam)
    put(library, replace(dam, briefing_id="dam-2", uri="file:///dam-2.md", title="Dam Bulletin No. 2: Marl"))
    assert found(library, "What did the second bulletin say?") == ["two"]
    assert found(library, "What did the second bulletin say?", "dam", "dam-2") == ["dam-2"]
    assert found(library, "What did the second fever bulletin say?", "dam", "dam-2") == ["two"]


def test_a_place_with_a_topic_needs_no_other() -> None:
    assert places_a_topic("the second fever bulletin")
    assert places_a_topic("the later report on the fire")
    assert not places_a_topic("the second bulletin")


def test_what_is_asked_without_the_place(library: Library) -> None:
    def without(text: str) -> str:
        def find(words: str, scope: Scope) -> list[Hit]:
            return [Hit(passages(b)[0], 1.0, b.text, b.title, b.source, b.published, None) for b in (ONE, TWO)]

        of = placed(text, library, find, Scope())
        assert of is not None
        assert of.written == ("the second fever bulletin",)
        return of.without

    assert without("What did the second fever bulletin say?") == ""
    assert without("the second fever bulletin") == ""
    assert without("Who wrote the second fever bulletin?") == "Who wrote the fever bulletin?"
    assert without("How long is the second fever bulletin?") == "How long is the fever bulletin?"
    assert without("List the towns hit in the second fever bulletin") == "List the towns hit"
