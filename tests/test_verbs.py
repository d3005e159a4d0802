"""Verbs say whether they are written as past, and how they say that somebody says something."""

import re

import pytest

from rag.words.verbs import SAY, SAYS, is_past


@pytest.mark.parametrize(
    ("written", "past"),
    [("closed", True), ("Closed", True), ("fell", True), ("red", False), ("need", False), ("close", False)],
)
def test_past(written: str, past: bool) -> None:
    assert is_past(written) is past


def test_verbs_of_saying_stand_otherwise_in_a_question_than_in_a_report() -> None:
    asked = "say tell deny reply stress hold admit write".split()
    assert all(re.fullmatch(SAY, verb) and not re.fullmatch(SAYS, verb) for verb in asked)
    told = "says said tells told denies denied replied stresses held admitted wrote argues argued".split()
    assert all(re.fullmatch(SAYS, verb) and not re.fullmatch(SAY, verb) for verb in told)
    assert not any(re.fullmatch(rf"{SAY}|{SAYS}", other) for other in ("go", "goes", "saying", "tellings"))
