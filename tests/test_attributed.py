"""Whose report alone a question asks for."""

import pytest

from rag.finding.attributed import attributed, may_attribute
from rag.finding.catalogue import Catalogue

CATALOGUE = Catalogue.of(["Sennet Courier", "Aldry Gazette", "Quill Wire"])


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("According to the Gazette, how many were hurt?", ("Aldry Gazette",)),
        ("What does the Courier say about the toll?", ("Sennet Courier",)),
        ("In the Gazette's report, how many were hurt?", ("Aldry Gazette",)),
        ("What did the captain tell the Courier?", ()),
        ("What did the Gazette's owner sell?", ()),
        ("Do the Courier and the Wire agree?", ()),
    ],
)
def test_whose_report_alone_is_asked_for(text: str, sources: tuple[str, ...]) -> None:
    assert may_attribute(text)
    assert attributed(text, CATALOGUE) == sources


def test_what_asks_for_nobodys_report_is_known_at_a_glance() -> None:
    assert not may_attribute("How many were hurt?")
