"""Briefings are counted, found by title, source and date, and listed a page at a time."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.briefings import Counts, Scope
from rag.library import Library
from tests.toys import ALPHA, BETA, GAMMA, PROPERTY, briefing, put

FLOODS = briefing("floods", "Rain.", published=date(2024, 8, 20), source="Aldry Gazette", title="Floods in Tessel")
STRIKE = briefing("strike", "Ships.", published=date(2024, 10, 2), source="Åldry Ärende", title="100% of the port")
UNDATED = briefing("undated", "Bread.", source="August Press", title="On_the floods")


def found(library: Library, words: str) -> list[str]:
    """The ids that are listed for these words, which are as many as are counted."""
    ids = [s.briefing_id for s in library.listed(Scope(), 9, words=words)]
    assert library.count_within(Scope(), words) == len(ids)
    return ids


def test_the_list_is_newest_first_with_undated_ones_last(library: Library) -> None:
    for whole in (GAMMA, ALPHA, BETA):
        put(library, whole)
    assert [(s.briefing_id, s.published, s.paragraphs) for s in library.summaries()] == [
        ("beta", date(2032, 6, 1), 1),
        ("alpha", date(2032, 5, 3), 2),
        ("gamma", None, 1),
    ]


def test_some_are_listed_and_counted_as_a_scope_admits(library: Library) -> None:
    for whole in (GAMMA, ALPHA, BETA):
        put(library, whole)
    assert library.listed(Scope(), 9) == library.summaries()
    assert [s.briefing_id for s in library.listed(Scope(), 2, oldest=True)] == ["alpha", "beta"]
    assert [s.briefing_id for s in library.listed(Scope(since=date(2032, 6, 1)), 9)] == ["beta"]
    dated = Scope(until=date(2032, 6, 1))
    assert library.counts(Scope()).briefings == 3
    assert library.counts(dated) == Counts(2, date(2032, 5, 3), date(2032, 6, 1), 2, {ALPHA.source: 2})
    assert library.counts(Scope(sources=("nobody",))) == Counts(0, None, None, 0, {})


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("", ["strike", "floods", "undated"]),
        ("floods", ["floods", "undated"]),
        ("FLOODS tess", ["floods"]),  # each word, or a part of one
        ("floods nobody", []),
        ("gazette floods", ["floods"]),  # one in the source, one in the title
        ("ÄRENDE", ["strike"]),  # capitals beyond A to Z, too
        ("aldry", ["floods"]),
        ("100%", ["strike"]),  # no sign is a wildcard
        ("1%f", []),
        ("n_t", ["undated"]),
        ("2024", ["strike", "floods"]),
        ("20 August 2024", ["floods"]),
        ("2024-08", ["floods"]),
        ("2", ["strike"]),  # a day, and not all of 2024
        ("02", ["strike"]),
        ("-", ["strike", "floods"]),
        ("august", ["floods", "undated"]),  # a month, and a name
        ("oct", ["strike"]),
        ("²", []),  # a digit, but of no date
    ],
)
def test_words_are_found_in_title_source_and_date(library: Library, words: str, ids: list[str]) -> None:
    for whole in (FLOODS, UNDATED, STRIKE):
        put(library, whole)
    assert found(library, words) == ids


def test_a_text_may_hold_any_number_of_words(library: Library) -> None:
    put(library, FLOODS)
    assert found(library, "floods " * 100) == ["floods"]


@PROPERTY
@given(size=st.integers(1, 9))
def test_the_pages_together_are_the_list(paged: Library, size: int) -> None:
    whole = paged.summaries()
    pages = [paged.listed(Scope(), size, first=first) for first in range(0, len(whole), size)]
    assert [s for page in pages for s in page] == whole
    assert paged.listed(Scope(), size, first=len(whole)) == []


@pytest.fixture(scope="module")
def paged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Seven briefings, three of one day and two without any."""
    library = Library.open(tmp_path_factory.mktemp("paged") / "library.sqlite3")
    days = [date(2032, 5, 3), None, date(2032, 5, 3), date(2031, 1, 1), None, date(2032, 5, 3), date(2033, 1, 1)]
    for number, day in enumerate(days):
        put(library, briefing(f"b{number}", *["ships"] * (1 + number % 3), published=day))
    yield library
    library.close()


def test_titles_are_told_of_what_exists(library: Library) -> None:
    for whole in (FLOODS, replace(STRIKE, title="Räksmörgås")):
        put(library, whole)
    assert library.titles(["strike", "nobody", "floods"]) == {"strike": "Räksmörgås", "floods": FLOODS.title}
    assert library.titles([]) == {}
