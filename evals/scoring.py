"""Scores a transcript: every metric of every case, and whether the case passes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evals.averages import Averaged, average
from evals.cases import Case
from evals.metrics import Score
from evals.quotes import Sources
from evals.registry import METRICS
from evals.retrieval import Ranking, retrieval_scores
from evals.run import Transcript
from rag.answers import Answer


@dataclass(frozen=True, slots=True)
class Result:
    """A case with its answer, its scores by metric, and the faults that make it fail (none: it passes)."""

    case: Case
    answer: Answer
    scores: Mapping[str, Score]
    faults: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """True when no strict metric falls short."""
        return not self.faults


def score(transcript: Transcript) -> list[Result]:
    """The results in the order of the cases' ids."""
    turns = sorted(transcript.turns, key=lambda t: t.case.id)
    found = retrieval_scores([Ranking(t.case, t.found) for t in turns if t.found is not None], transcript.sources)
    results = []
    for turn in turns:
        scores = answer_scores(turn.case, turn.answer, transcript.sources)
        faults = faults_of(scores)
        results.append(Result(turn.case, turn.answer, {**scores, **found.get(turn.case.id, {})}, faults))
    return results


def answer_scores(case: Case, answer: Answer, sources: Sources) -> dict[str, Score]:
    """The scores of one answer by metric."""
    return {m.name: m.score(case, answer, sources) for m in METRICS}


def faults_of(scores: Mapping[str, Score]) -> tuple[str, ...]:
    """What makes a case fail: for every strict metric that falls short, its reason."""
    return tuple(scores[m.name].why for m in METRICS if m.strict and m.falls_short(scores[m.name]))


def averages(results: Sequence[Result]) -> dict[str, Averaged]:
    """The averages by metric, of those that apply to any of these results."""
    names = dict.fromkeys(name for r in results for name in r.scores)
    found = {name: average([r.scores[name] for r in results if name in r.scores]) for name in names}
    return {name: a for name, a in found.items() if a is not None}
