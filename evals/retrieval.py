"""How well the passages found hold the gold evidence, by the measures of `ir-measures` (trec_eval's formulas)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ir_measures
from ir_measures import AP, RR, R, nDCG

from evals.cases import Case, Evidence
from evals.metrics import Score
from evals.quotes import Sources

_DEPTH = 10
_MEASURES = {R @ 5: "recall@5", R @ 10: "recall@10", nDCG @ 10: "ndcg@10", RR @ 10: "mrr@10", AP @ 10: "map@10"}


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that was found: `text[start:end]` of a briefing."""

    passage_id: str
    briefing_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """What was found for one case, best first."""

    case: Case
    found: tuple[Found, ...]


def retrieval_scores(rankings: Sequence[Ranking], sources: Sources) -> dict[str, Mapping[str, Score]]:
    """For each case with gold evidence its scores by measure, each of 1.

    A relevant passage is, for every piece of evidence, the best-ranked one that holds one of its alternatives;
    a piece that no passage holds counts as a relevant passage that was not found. `all_evidence@10` is 1 when
    recall@10 is 1.
    """
    asked = [r for r in rankings if r.case.evidence]
    qrels = [
        ir_measures.Qrel(r.case.id, passage_id, 1)
        for r in asked
        for passage_id in sorted({_relevant(r, i, sources) for i in range(len(r.case.evidence))})
    ]
    run = [
        ir_measures.ScoredDoc(r.case.id, found.passage_id, -float(rank))
        for r in asked
        for rank, found in enumerate(r.found[:_DEPTH])
    ]
    scores: dict[str, dict[str, Score]] = {
        r.case.id: {name: Score(0.0, 1) for name in _MEASURES.values()} for r in asked
    }
    for value in ir_measures.iter_calc(list(_MEASURES), qrels, run):
        scores[value.query_id][_MEASURES[value.measure]] = Score(round(float(value.value), 9), 1)
    return {
        case_id: {**found, "all_evidence@10": Score(float(found["recall@10"].hits == 1), 1)}
        for case_id, found in scores.items()
    }


def _relevant(ranking: Ranking, index: int, sources: Sources) -> str:
    for found in ranking.found[:_DEPTH]:
        if any(_within(e, found, sources) for e in ranking.case.evidence[index]):
            return found.passage_id
    return f"not found: {index}"


def _within(evidence: Evidence, found: Found, sources: Sources) -> bool:
    briefing = sources.get(found.briefing_id)
    same = briefing is not None and found.briefing_id == evidence.briefing
    return same and briefing is not None and evidence.quote in briefing.text[found.start : found.end]
