"""A run beside its baseline: what every report tells, worked out once. It depends on the results only, not on the
order of cases, the hash seed or the number of workers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from evals.averages import Averaged, average
from evals.cases import HALVES, Half
from evals.gate import Bar, Baseline, HalfBaseline, Problem
from evals.metrics import Score
from evals.quotes import Sources
from evals.registry import METRICS, RETRIEVAL, Metric
from evals.scoring import Result, averages

Direction = Literal["better", "worse", "same"]
TITLES: dict[Half, str] = {"dev": "development", "held_out": "held out"}


@dataclass(frozen=True, slots=True)
class Row:
    """A metric over the cases of a half, with its bar in the baseline where there is one."""

    name: str
    title: str
    average: Averaged
    bar: Bar | None
    target: float | None
    lower_is_better: bool

    @property
    def change(self) -> float | None:
        """The micro average minus the one of the baseline; None where the baseline has none."""
        return round(self.average.micro - self.bar.measured, 4) if self.bar else None

    @property
    def direction(self) -> Direction | None:
        """Whether that change is for the better."""
        if self.change is None:
            return None
        return "same" if not self.change else "better" if (self.change < 0) == self.lower_is_better else "worse"


@dataclass(frozen=True, slots=True)
class Tag:
    """The cases of one tag: the share that passes, and the averages by metric."""

    name: str
    passed: Averaged
    averages: Mapping[str, Averaged]


@dataclass(frozen=True, slots=True)
class HalfSummary:
    """One half: its results in the order of their ids, its metrics, tags, and what changed since the baseline."""

    half: Half
    results: tuple[Result, ...]
    rows: tuple[Row, ...]
    tags: tuple[Tag, ...]
    newly_failing: tuple[str, ...]
    newly_passing: tuple[str, ...]
    new: tuple[str, ...]

    @property
    def title(self) -> str:
        """What the half is called."""
        return TITLES[self.half]

    @property
    def passed(self) -> int:
        """How many cases pass."""
        return sum(r.passed for r in self.results)

    @property
    def by_name(self) -> dict[str, Row]:
        """The rows by metric."""
        return {row.name: row for row in self.rows}


@dataclass(frozen=True, slots=True)
class Summary:
    """A run beside its baseline, and why the gate closes (nothing: it is open)."""

    halves: tuple[HalfSummary, ...]
    problems: tuple[Problem, ...]
    sources: Sources

    @property
    def composers(self) -> tuple[str, ...]:
        """The names of what composed the answers, each once."""
        return tuple(sorted({r.answer.composer for half in self.halves for r in half.results}))


def summarise(
    results: Sequence[Result], baseline: Baseline, problems: Sequence[Problem], sources: Sources
) -> Summary:
    """The summary of a run; a half without results is left out."""
    halves = []
    for half in HALVES:
        own = sorted((r for r in results if r.case.half == half), key=lambda r: r.case.id)
        if own:
            halves.append(_half(half, own, baseline.halves.get(half, HalfBaseline())))
    return Summary(tuple(halves), tuple(problems), sources)


def _half(half: Half, results: list[Result], known: HalfBaseline) -> HalfSummary:
    found = averages(results)
    rows = [
        Row(
            metric.name,
            metric.title,
            found[metric.name],
            known.metrics.get(metric.name),
            metric.target,
            isinstance(metric, Metric) and metric.lower_is_better,
        )
        for metric in (*METRICS, *RETRIEVAL)
        if metric.name in found
    ]
    tags = [_tag(tag, results) for tag in sorted({tag for r in results for tag in r.case.tags})]
    return HalfSummary(
        half,
        tuple(results),
        tuple(rows),
        tuple(tags),
        newly_failing=tuple(r.case.id for r in results if not r.passed and r.case.id in known.passed),
        newly_passing=tuple(r.case.id for r in results if r.passed and r.case.id in known.failed),
        new=tuple(r.case.id for r in results if r.case.id not in {*known.passed, *known.failed}),
    )


def _tag(tag: str, results: Sequence[Result]) -> Tag:
    own = [r for r in results if tag in r.case.tags]
    passed = average([Score(float(r.passed), 1) for r in own])
    assert passed is not None  # a tag has a case, and each counts
    return Tag(tag, passed, averages(own))
