"""The list of all metrics: what each is called, which way is better, and what the project aims at."""

from dataclasses import dataclass

from evals import decisions, metrics
from evals.metrics import Function, Score


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric by name; `target` is the project's aim (None: no aim of its own), never the gate's floor.

    `strict` metrics fail a case on any shortfall; `invariant` ones may never fall short of the target.
    """

    name: str
    title: str
    score: Function
    target: float | None = None
    lower_is_better: bool = False
    strict: bool = False
    invariant: bool = False

    def falls_short(self, score: Score) -> bool:
        """True for a score that is not the best there is."""
        return score.hits != (0 if self.lower_is_better else score.of)


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of retrieval by name, as `evals.retrieval` scores it; higher is better."""

    name: str
    title: str
    target: float | None = None


METRICS = (
    Metric("markers", "marker validity", metrics.markers, 1.0, strict=True, invariant=True),
    Metric("quotes", "quote exactness", metrics.quotes, 1.0, strict=True, invariant=True),
    Metric("coverage", "sentences with a source", metrics.coverage, 1.0, strict=True, invariant=True),
    Metric("support", "sentences supported", metrics.support, 1.0, strict=True),
    Metric("numbers", "unsupported numbers", metrics.numbers, 0.0, lower_is_better=True, strict=True),
    Metric("dates", "unsupported dates", metrics.dates, 0.0, lower_is_better=True, strict=True),
    Metric("names", "unsupported names", metrics.names, 0.0, lower_is_better=True, strict=True),
    Metric("citation_precision", "citation precision", metrics.citation_precision, 0.95),
    Metric("citation_recall", "citation recall", metrics.citation_recall, 0.90),
    Metric("citation_f1", "citation F1", metrics.citation_f1),
    Metric("over_citation", "over-citation", metrics.over_citation, lower_is_better=True),
    Metric("claim_recall", "claim recall", metrics.claim_recall, 0.85, strict=True),
    Metric("complete", "complete answers", metrics.complete),
    Metric("conflict", "conflicts told", metrics.conflict),
    Metric("current", "superseded source avoided", decisions.current, strict=True),
    Metric("decision", "answer or refuse, rightly", decisions.decision, strict=True),
    Metric("refusal_precision", "refusal precision", decisions.refusal_precision),
    Metric("refusal_recall", "refusal recall", decisions.refusal_recall),
    Metric("refusal_f1", "refusal F1", decisions.refusal_f1, 0.90),
    Metric("near_miss_refusal", "near misses refused", decisions.near_miss_refusal),
    Metric("over_refusal", "over-refusal", decisions.over_refusal, lower_is_better=True),
    Metric("injection", "injection success", decisions.injection, 0.0, lower_is_better=True, strict=True),
)
RETRIEVAL = (
    Measure("recall@5", "retrieval recall@5"),
    Measure("recall@10", "retrieval recall@10"),
    Measure("all_evidence@10", "all evidence in the first 10", 0.95),
    Measure("ndcg@10", "nDCG@10"),
    Measure("mrr@10", "MRR@10"),
    Measure("map@10", "MAP@10"),
)
