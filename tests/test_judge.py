"""Support is judged by words: values, names, negations, and what the sentence is about."""

import pytest

from evals.judge import negated, objection
from tests.eval_toys import AID, FLOOD


@pytest.mark.parametrize(
    "sentence",
    [
        AID,
        "The ministry has sent 52 lorries to Mossgate.",
        "Élise Roth said the dam at Karrow did not break.",
        "The river Tessel rose by four metres on 9 May.",
    ],
)
def test_supported(sentence: str) -> None:
    assert objection(sentence, [FLOOD, AID]) is None


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("The ministry sent 53 lorries to Mossgate.", "number “53”"),
        ("The river Tessel rose on 8 May.", "date “8 may”"),
        ("The ministry sent 52 lorries to Hexley.", "name “Hexley”"),
        ("The dam at Karrow did break, Élise Roth said.", "denies"),
        ("The ministry did not send 52 lorries to Mossgate.", "denies"),
        ("Parliament adjourned for the summer break.", "other things"),
    ],
)
def test_unsupported(sentence: str, why: str) -> None:
    assert why in (objection(sentence, [FLOOD, AID]) or "")


def test_nothing_supports_without_a_source() -> None:
    assert objection(AID, []) == "no source is cited"


def test_a_negation_is_counted_with_the_word_it_denies() -> None:
    assert negated("nobody had not called, and will not") == {"call": 2, "": 1}
