"""Two systems on the same cases: what differs, and whether chance alone would explain it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from evals.cases import HALVES, Half
from evals.document import CaseMeasured, Document
from evals.registry import METRICS, RETRIEVAL, Measure, Metric
from evals.summary import Direction
from rag.errors import UsageError

SCHEMA_VERSION = 1
_LEVEL = 0.95
_RESAMPLES = 2000
_PLACES = 4


@dataclass(frozen=True, slots=True)
class Difference:
    """A metric of both systems, and the 95 % interval [low, high] of B - A; `differing` counts the cases where
    the two score differently."""

    name: str
    title: str
    lower_is_better: bool
    a: float
    b: float
    difference: float
    low: float
    high: float
    cases: int
    differing: int

    @property
    def certain(self) -> bool:
        """True when the interval leaves out zero."""
        return self.low > 0 or self.high < 0

    @property
    def direction(self) -> Direction:
        """Whether B is better than A."""
        if not self.difference:
            return "same"
        return "better" if (self.difference < 0) == self.lower_is_better else "worse"


@dataclass(frozen=True, slots=True)
class Flip:
    """A case that only one of two systems passes, and why the other fails it."""

    case_id: str
    why: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two systems, `a` and `b`, on `cases` cases. `lost` are those that A passes and B fails, `won` the reverse;
    `p_value` is McNemar's exact one for those two. `left_out` counts the cases that only one of them ran."""

    a: str
    b: str
    cases: int
    left_out: int
    passed_a: int
    passed_b: int
    rows: tuple[Difference, ...]
    lost: tuple[Flip, ...]
    won: tuple[Flip, ...]
    p_value: float

    def verdict(self) -> str:
        """Which system passes more cases, and whether chance would explain it."""
        counts = f"A passes {self.passed_a} of {self.cases} cases, B {self.passed_b}"
        p = f"p = {self.p_value:.3f}" if self.p_value >= 0.001 else "p < 0.001"
        flips = f"{len(self.lost)} lost, {len(self.won)} won, McNemar's exact {p}"
        if self.p_value >= 1 - _LEVEL:
            return f"{counts}: {flips}; chance alone would explain that."
        return f"{counts}: {flips}; {'B' if self.passed_b > self.passed_a else 'A'} is better."

    def footnotes(self) -> list[str]:
        """What a reader must know to read the rows rightly."""
        notes = [
            "* the interval (paired bootstrap over cases) leaves out zero; of twenty metrics that do not differ, "
            "about one shows that by chance."
        ]
        if self.left_out:
            notes.append(f"Cases that only one of the two ran are left out: {self.left_out}.")
        return notes

    def as_dict(self) -> dict[str, Any]:
        """The comparison as plain JSON values."""
        return {"schema_version": SCHEMA_VERSION, **asdict(self)}


def compare(a: Document, b: Document, names: tuple[str, str], halves: Sequence[Half] = HALVES) -> Comparison:
    """The comparison of two runs over the cases that both ran; the names are what the reader calls them.

    Raises UsageError when they share no case, or when a case asked them different questions.
    """
    first, second = _cases(a, halves), _cases(b, halves)
    shared = [case_id for case_id in sorted(first) if case_id in second]
    if not shared:
        raise UsageError("The two reports have no case in common.", "Make both with the same cases.")
    for case_id in shared:
        if first[case_id].question != second[case_id].question:
            raise UsageError(
                f"The case {case_id} asks different questions in the two reports.", "Make both with the same cases."
            )
    pairs = [(first[i], second[i]) for i in shared]
    lost = tuple(Flip(x.id, "; ".join(y.faults)) for x, y in pairs if x.passed and not y.passed)
    won = tuple(Flip(x.id, "; ".join(x.faults)) for x, y in pairs if y.passed and not x.passed)
    rows = [_difference(metric, pairs) for metric in (*METRICS, *RETRIEVAL)]
    return Comparison(
        *names,
        cases=len(pairs),
        left_out=len(first.keys() ^ second.keys()),
        passed_a=sum(x.passed for x, _ in pairs),
        passed_b=sum(y.passed for _, y in pairs),
        rows=tuple(row for row in rows if row),
        lost=lost,
        won=won,
        p_value=mcnemar(len(lost), len(won)),
    )


def mcnemar(lost: int, won: int) -> float:
    """McNemar's exact test (1947): how likely flips so uneven, or more so, are when either way is as likely."""
    if not lost + won:
        return 1.0
    return round(float(stats.binomtest(lost, lost + won, 0.5).pvalue), 6)


def _cases(document: Document, halves: Sequence[Half]) -> Mapping[str, CaseMeasured]:
    return {c.id: c for half in halves if half in document.halves for c in document.halves[half].cases}


def _difference(metric: Metric | Measure, pairs: Sequence[tuple[CaseMeasured, CaseMeasured]]) -> Difference | None:
    """A metric's difference over the cases where it applies to either system; None where it does to none."""
    nothing = (0.0, 0.0)
    scores = [(x.scores.get(metric.name, nothing), y.scores.get(metric.name, nothing)) for x, y in pairs]
    scores = [(x, y) for x, y in scores if x[1] or y[1]]
    if not scores:
        return None
    hits_a, of_a, hits_b, of_b = np.array([(*x, *y) for x, y in scores]).T
    differing = sum(x != y for x, y in scores)
    difference = float(_gap(hits_a, of_a, hits_b, of_b))
    low, high = _bounds(hits_a, of_a, hits_b, of_b) if differing else (0.0, 0.0)
    a, b, difference, low, high = (
        round(float(x), _PLACES) for x in (_share(hits_a, of_a), _share(hits_b, of_b), difference, low, high)
    )
    lower = isinstance(metric, Metric) and metric.lower_is_better
    return Difference(metric.name, metric.title, lower, a, b, difference, low, high, len(scores), differing)


def _share(hits: NDArray[np.float64], of: NDArray[np.float64], axis: int = -1) -> NDArray[np.float64]:
    """Σhits / Σof, and 0 where nothing was counted."""
    total = np.asarray(of.sum(axis=axis))
    result: NDArray[np.float64] = np.divide(hits.sum(axis=axis), total, out=np.zeros_like(total), where=total > 0)
    return result


def _gap(
    hits_a: NDArray[np.float64],
    of_a: NDArray[np.float64],
    hits_b: NDArray[np.float64],
    of_b: NDArray[np.float64],
    axis: int = -1,
) -> NDArray[np.float64]:
    return _share(hits_b, of_b, axis) - _share(hits_a, of_a, axis)


def _bounds(*columns: NDArray[np.float64]) -> tuple[float, float]:
    """The percentile bootstrap's interval of the gap, over whole cases, so that the pairs stay together."""
    if len(columns[0]) < 2:
        return -1.0, 1.0
    found = stats.bootstrap(
        columns, _gap, paired=True, vectorized=True, n_resamples=_RESAMPLES, confidence_level=_LEVEL,
        method="percentile", rng=np.random.default_rng(0),
    ).confidence_interval  # fmt: skip
    return float(found.low), float(found.high)
