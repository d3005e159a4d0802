"""Sentences that tell that something is still to come."""

import pytest

from rag.asking.question import read_question
from rag.extract.awaited import Awaited


@pytest.mark.parametrize(
    ("question", "sentence", "to_come"),
    [
        ("When did Holm join the board?", "Holm, who joined it in 2015, will chair it.", False),
        ("When was the accord signed?", "The accord is to be signed in May.", True),
        ("Who directed the film?", "The film is set in the war and was directed by Holm.", False),
        ("When did the film open?", "The film is set to open in May.", True),
        ("When was the accord signed?", "The council, which is due to meet in May, signed the accord.", False),
        ("How did the council vote?", "The accord needs the council, which is to vote by 13 May.", True),
        ("Who has been elected rector?", "Until a rector is elected, Holm conducts business.", True),
        ("What did the council decide?", "It decided nothing.", False),
    ],
)
def test_what_is_still_to_come(question: str, sentence: str, to_come: bool) -> None:
    assert Awaited(read_question(question)).told_by(sentence) is to_come
