"""What a question wants by its words, and whether a sentence has it."""

import pytest

from rag.asking.question import read_question
from rag.extract.cues import CUES, Cues


def told(question: str, sentence: str) -> set[str]:
    """The cues that are 1."""
    values = Cues(read_question(question)).told_by(sentence)
    assert set(values) <= {0.0, 1.0}
    return {name for name, value in zip(CUES, values, strict=True) if value}


@pytest.mark.parametrize(
    ("question", "sentence", "cues"),
    [
        ("Why did the talks fail?", "The talks failed because nobody came.", {"reason_told"}),
        ("Why did the talks fail?", "The talks failed.", {"reason_untold"}),
        ("What was the reason for the delay?", "It was late owing to rain.", {"reason_told"}),
        ("Did the talks fail?", "The talks did not fail.", {"denied"}),
        ("Did the talks fail?", "He hasn’t heard of it.", {"denied"}),
        ("Did she name the buyer?", "She refrained from naming anybody.", {"denied"}),
        ("Did she name the buyer?", "The bank withheld the name and refuses to comment.", {"denied"}),
        ("Did she name the buyer?", "The decline went on, and the refuse was sold.", set()),
        ("Did the talks fail?", "The talks failed.", set()),
        ("What does a ticket cost?", "A ticket costs 5 crowns.", set()),
        ("What does a ticket cost?", "A ticket is cheap.", {"sum_untold", "figure_untold"}),
        ("What share of the fleet was idle?", "A part of it was idle.", {"share_untold", "figure_untold"}),
        ("What share of the fleet was idle?", "It was 9 per cent.", set()),
        ("Who signed it?", "It was signed by Ana Brandt.", {"name_told"}),
        ("Who signed for Ana Brandt?", "It was signed by Ana Brandt.", set()),
        ("Who signed it?", "The 9 ministers signed.", {"figure_unasked"}),
        ("Where did they meet?", "They met in Aldry.", {"place_told"}),
        ("Where did they meet?", "They met early.", {"place_untold"}),
        ("What did they say?", "They said 9 things in Aldry.", set()),
    ],
)
def test_the_cues_of_a_sentence(question: str, sentence: str, cues: set[str]) -> None:
    assert told(question, sentence) == cues


def test_a_question_without_words_has_no_cues() -> None:
    assert told("?", "") == set()
