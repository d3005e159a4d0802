"""Choices that are mere guesses."""

from collections.abc import Iterator

import pytest

from rag.asking.overviews import overview_wanted, perhaps_wanted
from rag.asking.question import read_question
from rag.extract.candidates import Candidate
from rag.extract.choice import Choice
from rag.extract.evidence import EvidenceScorer, Scored
from rag.extract.guesses import is_guess
from tests.toys import briefing

DROUGHT = briefing("drought", "Bram Oster, a grower, said that the cut came too late.", title="Drought")


def candidates() -> Iterator[Candidate]:
    for paragraph in DROUGHT.paragraphs:
        yield Candidate(DROUGHT, paragraph, paragraph.start, paragraph.end)


@pytest.mark.parametrize(
    ("text", "doubtful", "guess"),
    [
        ("what did Bram Oster say about the mine?", False, True),  # of which nothing is told there
        ("what did Bram Oster say about the cut?", False, False),
        ("what did Bram Oster say about the cut?", True, False),  # he says something
        ("what did the grower Ina Holm say about the cut?", True, True),
        ("who opposes the cut?", True, True),
        ("who opposes the cut?", False, False),
        ("what does the Courier say about the mine?", True, True),  # the source of the only briefing
        ("what does the Mining Act say about the mine?", True, False),
        ("tell me about the mine", True, True),
        ("what are the symptoms of cholera?", True, True),
        ("what are the terms of the loan?", True, False),
    ],
)
def test_a_guess(scorer: EvidenceScorer, text: str, doubtful: bool, guess: bool) -> None:
    some, question = list(candidates()), read_question(text)
    around = scorer.around(question).lost(DROUGHT, DROUGHT.paragraphs[0])
    choice = Choice((Scored(some[0], 0.5, (), around),), (), doubtful)
    told = is_guess(scorer, [question], overview_wanted(text), perhaps_wanted(text), choice, some)
    assert told is guess
