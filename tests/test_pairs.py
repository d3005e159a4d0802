"""Two sentences, one of each side of a comparison, that are rather told together."""

from rag.asking.question import read_question
from rag.extract.candidates import Candidate
from rag.extract.evidence import Scored
from rag.extract.pairs import LEAST_OF_PAIR, told_alike
from rag.extract.surroundings import Surroundings
from rag.words.thesaurus import Thesaurus
from tests.toys import briefing


def scored(*told: tuple[str, float]) -> list[Scored]:
    whole = briefing("strike", *[text for text, _ in told])
    around = Surroundings(read_question("How many?"), Thesaurus(""))
    return [
        Scored(Candidate(whole, p, p.start, p.end), probability, (), around.lost(whole, p))
        for p, (_, probability) in zip(whole.paragraphs, told, strict=True)
    ]


def test_of_two_sides_the_sentences_that_count_the_same_are_rather_told() -> None:
    one = scored(("Nine people died.", 0.2), ("Eight huts burnt.", 0.4))
    other = scored(("Seven people died.", 0.5))
    pair = told_alike(one, other)
    assert pair is not None
    assert [s.candidate.text for s in pair] == ["Nine people died.", "Seven people died."]
    # the best of each by far, which count other things
    assert told_alike(scored(("Nine people died.", 0.1), ("Eight huts burnt.", 0.8)), other) is None
    # neither side answers; one of the two hardly does
    assert told_alike(scored(("Nine people died.", 0.2)), scored(("Seven people died.", 0.2))) is None
    assert told_alike(scored(("Nine people died.", LEAST_OF_PAIR / 2)), other) is None
