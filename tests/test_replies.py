"""What is said at once to a question."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from rag.briefings import Scope
from rag.finding.catalogue import Shelf
from rag.finding.holdings import Holdings
from rag.finding.misspelt import Spelling
from rag.finding.replies import Replies
from rag.library import Library
from tests.toys import ALPHA, BETA, put


@pytest.fixture
def replies(tmp_path: Path) -> Iterator[Replies]:
    library = Library.open(tmp_path / "library.sqlite3")
    for one in (ALPHA, BETA):
        put(library, one)
    spelling = Spelling(lambda some: [], lambda term: [], lambda terms: [])
    holdings = Holdings(library, Shelf(library).catalogue, lambda terms, scope, most: [])
    yield Replies(library, holdings, spelling, Shelf(library).catalogue, lambda terms: [])
    library.close()


def test_what_the_library_holds_is_told(replies: Replies) -> None:
    told = replies.told_of("Which briefings are from May 2032?", Scope())
    assert told is not None
    assert told.startswith("Briefings dated 1 May 2032 to 31 May 2032: 1 of 2.")
    assert replies.told_of("Who left?", Scope()) is None
    assert replies.offer([]) == ""


def test_words_that_ask_nothing_and_limits_that_nothing_lies_within(replies: Replies) -> None:
    hello = replies.said_to("Hello!", None, False)
    assert hello is not None
    assert replies.said_to("Who left?", None, False) is None
    none = replies.said_to("Who left?", Scope(since=date(2033, 1, 1)), False)
    assert none == (
        "The briefings do not say. None lies within the limits of the question; dates leave out those without one."
    )


def test_a_source_that_no_briefing_is_from_is_told(replies: Replies) -> None:
    assert replies.of_stranger("What does the Guardian say?") == (
        "The briefings do not say. None of them is from the “Guardian”."
    )
    assert replies.of_stranger("What does the Courier say?") is None
