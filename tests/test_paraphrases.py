"""What a follow-up says in words of its own is put in those that are understood."""

import pytest

from rag.asking.paraphrases import all_in_own_words, own_words, paraphrased


@pytest.mark.parametrize(
    ("text", "before", "said"),
    [
        ("only the numbers", "", "key numbers"),
        ("just the names, please", "", "key people"),
        ("No, I meant the port strike.", "Who leads the strike?", "what about the port strike?"),
        ("sorry, I mean how many were hurt", "How many died?", "how many were hurt"),
        ("I meant the port strike, not the rail one", "Tell me about the strike", "tell me about the port strike"),
        ("How does that compare with April?", "What was the rate?", "what about April?"),
        ("compare it to what the Gazette says", "How many died?", "what does the Gazette say?"),
        ("ok, let's go back to the strike", "How many died?", "tell me about the strike"),
        ("back to the strike: who leads it?", "How many died?", "back to the strike: who leads it?"),
        ("Who meant it?", "How many died?", "Who meant it?"),
        ("I mean, ?", "How many died?", "I mean, ?"),  # nothing is meant
        ("I mean: , not the strike", "How many died?", "what about not the strike?"),
    ],
)
def test_a_follow_up_in_other_words(text: str, before: str, said: str) -> None:
    assert paraphrased(text, before) == said


def test_only_behind_another_question() -> None:
    assert own_words("Hi! Only the numbers", "") == "Only the numbers"
    assert own_words("ok thanks. only the numbers", "Tell me about the strike") == "key numbers"


def test_a_correction_takes_back_the_request_before_it() -> None:
    told = all_in_own_words(["Tell me about the strike", "no, I meant the port strike", "who leads it?"])
    assert told == ["", "tell me about the port strike", "who leads it?"]
    kept = all_in_own_words(["Who leads the strike?", "no, I meant the port strike"])
    assert kept == ["Who leads the strike?", "what about the port strike?"]
