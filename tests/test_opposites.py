"""Opposites deny each other, and words on one side say nearly the same."""

from rag.words.opposites import Opposites, opposites
from rag.words.terms import term


def test_opposites_work_both_ways() -> None:
    pairs = Opposites("# a comment\nrise, grow | fall\n")
    assert pairs.of("grow") == {"fall"}
    assert pairs.of("fall") == {"rise", "grow"}
    assert pairs.same_side("rise") == {"rise", "grow"}
    assert pairs.of("bread") == frozenset()
    assert term("rejected") in opposites().of(term("accepted"))
