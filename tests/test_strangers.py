"""Sources that a question asks for and the library does not hold."""

from collections.abc import Collection

import pytest

from rag.finding.catalogue import Catalogue
from rag.finding.strangers import told_by_none

SITES = ["theeveningecho.example", "www.cbc.example"]
CATALOGUE = Catalogue.of(["Sennet Courier", "The Niufala Herald, court report", *SITES])


def held(terms: Collection[str]) -> list[str]:
    """Two passages: one about a guardian, one that quotes the Times."""
    return ["She is his guardian.", "The Times reported it."]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("What does the Guardian say about the flood?", "the “Guardian”"),  # no guardian of somebody
        ("according to Reuters, how many died?", "“Reuters”"),
        ("anything from the Financial Times on the merger?", "the “Financial Times”"),
        ("did the BBC report on the ship?", "the “BBC”"),
        ("the Morning Post's report on the ship", "the “Morning Post”"),
    ],
)
def test_a_source_that_no_briefing_is_from_is_named(text: str, name: str) -> None:
    assert told_by_none(text, lambda: CATALOGUE, held) == (
        f"The briefings do not say. None of them is from {name}."
    )


@pytest.mark.parametrize(
    "text",
    [
        "What does the Herald say about the ship?",  # by the last words of its name
        "What do the Courier and the Guardian say?",  # one of them is known
        "What does the Times say about the flood?",  # a briefing quotes it
        "What does the guardian say?",
        "What does Hask say about the Guardian?",  # whom nobody quotes
        "How many people live in Sun City?",
        f"What does the Guardian say {'so ' * 80}?",
        "What does the Evening Echo say?",  # whose site is a source
        "What did the CBC report?",
    ],
)
def test_any_other_question(text: str) -> None:
    assert told_by_none(text, lambda: CATALOGUE, held) is None
