"""The parts of a question seen together."""

import pytest

from rag.asking.parts import read_parts
from rag.asking.question import read_question
from rag.extract.candidates import Candidate
from rag.extract.evidence import Scored
from rag.extract.joint import APART, SHARE_OF_OWN, Part, own_of, told_together
from rag.extract.surroundings import Surroundings
from rag.words.thesaurus import Thesaurus
from tests.toys import briefing

TALKS = briefing("talks", "Talks began on Monday.", "The union wants more leave.")
STRIKE = briefing("strike", "A strike began in Aldry.")


def scored(*probabilities: float) -> list[Scored]:
    """The two sentences of the talks and the one of the strike with their probabilities."""
    around = Surroundings(read_question("Why?"), Thesaurus(""))
    places = [(whole, paragraph) for whole in (TALKS, STRIKE) for paragraph in whole.paragraphs]
    return [
        Scored(Candidate(whole, p, p.start, p.end), probability, (), around.lost(whole, p))
        for (whole, p), probability in zip(places, probabilities, strict=True)
    ]


def parts(question: str, *probabilities: tuple[float, float, float]) -> list[Part]:
    return [Part(part, scored(*some)) for part, some in zip(read_parts(question), probabilities, strict=True)]


def test_a_briefing_that_answers_the_other_part_is_more_probable_for_this_one() -> None:
    first, second = told_together(parts("When did talks begin, and what is wanted?", (0.8, 0, 0), (0, 0.3, 0.5)))
    assert [s.probability for s in first.scored] == [pytest.approx(0.8), 0, 0]
    near, apart = 0.3 * (APART + 0.8), 0.5 * APART  # 0.315 and 0.125
    whole = 0.8 / (near + apart)
    assert [s.probability for s in second.scored] == [0, pytest.approx(near * whole), pytest.approx(apart * whole)]


def test_parts_without_any_answer_stay_so() -> None:
    told = told_together(parts("When did talks begin, and what is wanted?", (0, 0, 0), (0, 0, 0)))
    assert [s.probability for part in told for s in part.scored] == [0] * 6


def test_what_holds_more_of_the_part_joins_what_is_told_already() -> None:
    question = "When did talks begin, and what does the union want?"
    for share, joins in ((SHARE_OF_OWN + 0.01, True), (SHARE_OF_OWN - 0.01, False)):
        _, want = parts(question, (0.9, 0, 0), (0.5, 0.5 * share, 0))
        assert [s.candidate.text for s in own_of(want, want.scored[0])] == [
            TALKS.words_of(TALKS.paragraphs[1])
        ] * joins


def test_what_holds_none_of_its_own_words_does_not() -> None:
    _, want = parts("When did talks begin, and what does the union want?", (0.9, 0, 0), (0.5, 0, 0.5))
    assert own_of(want, want.scored[0]) == []
