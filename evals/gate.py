"""The gate: compares a run with the committed baseline, and says what is worse.

A floor keeps what is reached today; it is not the aim. The aims stand in `evals.registry`.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from evals.cases import HERE, Case, Half, fault_of
from evals.registry import METRICS
from evals.scoring import Result, averages
from rag.errors import UsageError, refusal_of

BASELINE = HERE / "baseline.json"
SLACK = 0.02  # how far a metric may move before the gate fails; metrics called invariant may not move at all
_LOWER = {m.name for m in METRICS if m.lower_is_better}
_INVARIANT = {m.name: m.target for m in METRICS if m.invariant}


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Bar(_Record):
    """What a metric measured when the baseline was made, and the floor (or ceiling) the gate holds it to."""

    measured: float
    floor: float


class HalfBaseline(_Record):
    """The cases that passed and failed, and the bars by metric."""

    passed: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    metrics: Mapping[str, Bar] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason for the gate to close: the case, metric, fault or half it is about (`subject`), and why."""

    kind: Literal["case", "missing", "metric", "baseline", "lint"]
    half: Half | None
    subject: str
    why: str

    def __str__(self) -> str:
        match self.kind:
            case "case":
                return f"{self.subject} passed and now fails: {self.why}"
            case "missing":
                return f"missing from the {self.why}: {self.subject}"
            case "metric":
                return f"{self.half}: {self.subject} {self.why}"
            case "lint":
                return f"lint: {self.subject}: {self.why}"
        return f"{self.half}: {self.why}"


class Baseline(_Record):
    """The committed state of both halves."""

    schema_version: Annotated[Literal[1], Field(alias="schema")] = 1
    halves: Mapping[Half, HalfBaseline] = Field(default_factory=dict)


def read_baseline(path: Path = BASELINE) -> Baseline:
    """The committed baseline; an empty one when there is none. Raises UsageError when it cannot be read."""
    if not path.exists():
        return Baseline()
    try:
        return Baseline.model_validate_json(path.read_bytes())
    except OSError as error:
        raise _unreadable(path, refusal_of(error)) from error
    except ValidationError as error:
        raise _unreadable(path, fault_of(error)) from error


def write_baseline(baseline: Baseline, path: Path = BASELINE) -> None:
    """Keep a baseline as a file that is read well in a diff. Raises UsageError where that is impossible."""
    plain = baseline.model_dump(by_alias=True, mode="json")
    try:
        path.write_text(json.dumps(plain, indent=1, sort_keys=True) + "\n", "utf-8")
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {refusal_of(error)}.") from error


def _unreadable(path: Path, why: str) -> UsageError:
    return UsageError(
        f"The baseline {path.name} cannot be read: {why}.",
        "Restore it, or delete it and make it anew with --bless.",
    )


def check(results: Sequence[Result], baseline: Baseline, expected: Sequence[Case]) -> list[Problem]:
    """Why the gate closes, or nothing: cases that passed and now fail, or that are missing, and metrics under
    their floor. `expected` are the cases of the halves that were to be run."""
    by_id = {r.case.id: r for r in results}
    problems = [Problem("missing", c.half, c.id, "run") for c in expected if c.id not in by_id]
    known_ids = {c.id for c in expected}
    for half in sorted({c.half for c in expected}):
        known = baseline.halves.get(half)
        if known is None:
            problems.append(Problem("baseline", half, half, "there is no baseline; make one with --bless"))
            continue
        gone = sorted({*known.passed, *known.failed} - known_ids)
        problems += [Problem("missing", half, case_id, "cases") for case_id in gone]
        problems += [
            Problem("case", half, case_id, "; ".join(by_id[case_id].faults))
            for case_id in sorted(known.passed)
            if case_id in by_id and not by_id[case_id].passed
        ]
        found = averages([r for r in results if r.case.half == half])
        for name, bar in sorted(known.metrics.items()):
            value = found[name].micro if name in found else None
            if value is None:
                problems.append(Problem("metric", half, name, "was not measured"))
            elif (value > bar.floor) if name in _LOWER else (value < bar.floor):
                side = "over its ceiling" if name in _LOWER else "under its floor"
                problems.append(Problem("metric", half, name, f"{value:.3f} is {side} {bar.floor:.3f}"))
    return problems


def blessed(results: Sequence[Result], old: Baseline) -> Baseline:
    """The baseline that these results make; halves that were not run stay as they are."""
    halves = dict(old.halves)
    for half in sorted({r.case.half for r in results}):
        own = [r for r in results if r.case.half == half]
        halves[half] = HalfBaseline(
            passed=tuple(sorted(r.case.id for r in own if r.passed)),
            failed=tuple(sorted(r.case.id for r in own if not r.passed)),
            metrics={name: Bar(measured=a.micro, floor=_floor(name, a.micro)) for name, a in averages(own).items()},
        )
    return Baseline(halves=halves)


def changes(old: Baseline, new: Baseline) -> list[str]:
    """What a new baseline changes, one line each."""
    lines = []
    for half, now in sorted(new.halves.items()):
        before = old.halves.get(half, HalfBaseline())
        lines += [f"{half}: now passes: {i}" for i in sorted(set(now.passed) - set(before.passed))]
        lines += [f"{half}: now fails: {i}" for i in sorted(set(now.failed) - set(before.failed))]
        gone = {*before.passed, *before.failed} - {*now.passed, *now.failed}
        lines += [f"{half}: removed: {i}" for i in sorted(gone)]
        for name, bar in sorted(now.metrics.items()):
            known = before.metrics.get(name)
            if known is None or known != bar:
                was = f"{known.measured:.3f}, floor {known.floor:.3f}" if known else "new"
                lines.append(f"{half}: {name} {bar.measured:.3f}, floor {bar.floor:.3f} (was {was})")
    return lines


def _floor(name: str, measured: float) -> float:
    """The target for an invariant; else a little worse than measured, within [0, 1]."""
    if (fixed := _INVARIANT.get(name)) is not None:
        return fixed
    if name in _LOWER:
        return round(min(1.0, measured + SLACK), 3) if measured else 0.0
    return round(max(0.0, measured - SLACK), 3)
