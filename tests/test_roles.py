"""Who did what to whom."""

import pytest

from rag.checks.roles import role_doubts
from rag.checks.statements import Statements


def doubts(said: str, *quotes: str) -> list[bool]:
    return [d.sure for d in role_doubts(Statements(said, quotes))]


@pytest.mark.parametrize(
    ("said", "quote"),
    [
        ("Tarsia was accused by Velland.", "Velland accused Tarsia."),
        ("On Friday the court fined Roth.", "The court on Friday fined Roth."),
        ("Ana Lund closed the quay.", "Mayor Lund closed the quay."),
        ("Lund met Roth.", "Roth met Lund."),
        ("Grain handled by the port rose.", "The port handled grain, which rose."),
    ],
)
def test_the_same(said: str, quote: str) -> None:
    assert doubts(said, quote) == []


@pytest.mark.parametrize(
    ("said", "quote"),
    [
        ("Tarsia accused Velland.", "Velland accused Tarsia."),
        ("Velland was accused by Tarsia.", "Velland accused Tarsia."),
        ("The mayor sued the council.", "The council sued the mayor."),
        ("Lund resigned and Roth stayed.", "Roth resigned and Lund stayed."),
        ("Deaths rose in Hexley.", "Deaths rose in Tessel while cases fell in Hexley."),
        ("Petition 113 was deferred.", "Petition 112 was deferred; petition 113 was withdrawn."),
        ("A native of Velland is taller than Roth.", "A native of Roth is taller than those Velland."),
    ],
)
def test_the_other_way_round(said: str, quote: str) -> None:
    assert doubts(said, quote) != []


def test_a_verb_of_another_leaves_a_doubt() -> None:
    quote = "The krona weakened against the dollar but was little changed against the euro."
    assert doubts("The krona weakened against the euro.", quote) != []
