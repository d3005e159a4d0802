"""Verbs say whether they are written as past."""

import pytest

from rag.words.verbs import is_past


@pytest.mark.parametrize(
    ("written", "past"),
    [("closed", True), ("Closed", True), ("fell", True), ("red", False), ("need", False), ("close", False)],
)
def test_past(written: str, past: bool) -> None:
    assert is_past(written) is past
