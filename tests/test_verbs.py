"""Verbs have one plain form, and say whether they are written as past."""

import pytest

from rag.terms import term
from rag.verbs import is_past


def test_every_form_of_a_verb_is_compared_as_one() -> None:
    assert term("rose") == term("rising") == term("rise")
    assert term("Fell") == term("fall")
    assert term("closed") == term("closing")
    assert term("rose") != term("fell")


@pytest.mark.parametrize(
    ("written", "past"),
    [("closed", True), ("Closed", True), ("fell", True), ("red", False), ("need", False), ("close", False)],
)
def test_past(written: str, past: bool) -> None:
    assert is_past(written) is past
