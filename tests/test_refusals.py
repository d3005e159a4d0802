"""Why nothing is answered."""

from collections.abc import Sequence

import pytest

from rag.answers import Answer
from rag.asking.question import read_question
from rag.asking.smalltalk import NO_OPINION
from rag.extract.candidates import Candidate
from rag.extract.evidence import Scored, Shortfall
from rag.extract.joint import Part
from rag.extract.refusals import refused
from rag.extract.surroundings import Surroundings
from rag.prompts import REFUSAL
from rag.words.thesaurus import Thesaurus
from tests.toys import briefing

TALKS = briefing("talks", "Talks began in Kelby.", "The union of dockers asked for more.")


def why(question: str, *unsaid: str, lacks: Sequence[Shortfall] = ()) -> Answer:
    """The abstention from a question that no paragraph of TALKS answers."""
    around = Surroundings(read_question(question), Thesaurus(""))
    scored = []
    for p in TALKS.paragraphs:
        lost = around.lost(TALKS, p)
        short = tuple(lacks) or ((lost.kind,) if lost.kind else ())
        scored.append(Scored(Candidate(TALKS, p, p.start, p.end), 0.0, short, lost))
    return refused(Answer(question, question, nearest=("one",)), Part(around.question, scored), lambda: unsaid)


@pytest.mark.parametrize(
    ("question", "unsaid", "reason"),
    [
        ("What did Oran want?", (), "“Oran” stands in none of the passages on this subject."),
        ("Did 9,000 dockers ask for more?", (), "“9,000” stands in none of the passages on this subject."),
        (
            "Which bread did the dockers eat?",
            ("bread", "eat"),
            "No sentence in the passages found answers the question; “bread” and “eat” stand in none of them.",
        ),
        ("Who is Kelby?", (), "No sentence in the passages found says who or what “Kelby” is."),
        (
            "Why did talks begin?",
            (),
            "Passages on the subject were found, but no sentence in them answers the question.",
        ),
    ],
)
def test_what_is_missing_is_said(question: str, unsaid: tuple[str, ...], reason: str) -> None:
    answer = why(question, *unsaid)
    assert answer.abstained
    assert answer.reason == f"{REFUSAL} {reason}"
    assert answer.nearest == ("one",)


def test_where_nothing_is_about_it_no_passage_is_near() -> None:
    answer = why("Why did talks begin?", lacks=("words",))
    assert (answer.reason, answer.nearest) == (f"{REFUSAL} Nothing in them is about this.", ())


def test_a_judgement_is_left_to_the_reader() -> None:
    assert why("Is it fair to ask for more?").reason == NO_OPINION
