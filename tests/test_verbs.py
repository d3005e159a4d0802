"""Verbs have one plain form, and say whether they are written as past."""

import pytest

from rag.verbs import base_of, is_past


def test_every_form_of_a_verb_is_compared_as_one() -> None:
    assert base_of("rose") == base_of("rising") == base_of("rise")
    assert base_of("Fell") == base_of("fall")
    assert base_of("closed") == base_of("closing")
    assert base_of("rose") != base_of("fell")


@pytest.mark.parametrize(
    ("written", "past"),
    [("closed", True), ("Closed", True), ("fell", True), ("red", False), ("need", False), ("close", False)],
)
def test_past(written: str, past: bool) -> None:
    assert is_past(written) is past
