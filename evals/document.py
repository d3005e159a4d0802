"""A run as a JSON document for machines, and the same read back.

`schema_version` grows whenever a field goes away or changes its meaning; new fields leave it as it is. What each
version holds is the JSON Schema in `docs/eval-report.schema.json`, which is made of these records.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from evals.averages import Averaged
from evals.cases import HERE, Expect, Half, fault_of
from evals.gate import Problem
from evals.registry import METRICS, RETRIEVAL
from evals.scoring import Result
from evals.summary import HalfSummary, Row, Summary
from rag.errors import UsageError, refusal_of

SCHEMA_VERSION: Literal[2] = 2


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True)


class Measured(Averaged):
    """A metric of a half. `baseline` is what the baseline measured, `floor` the bar that the gate holds it to (a
    ceiling where lower is better), `change` is micro - baseline; null where the baseline has no such metric."""

    baseline: float | None
    floor: float | None
    change: float | None


class TagMeasured(_Record):
    """The cases of one tag."""

    cases: int
    passed: int
    metrics: Mapping[str, Averaged]


class CaseMeasured(_Record):
    """One case: its question, the answer as text, what the answer cites (`<briefing_id>¶<paragraph>`), the faults
    that make it fail, and [hits, of] for every metric that applies."""

    id: str
    where: str
    tags: tuple[str, ...]
    question: str
    expect: Expect
    passed: bool
    faults: tuple[str, ...]
    answer: str
    cited: tuple[str, ...]
    scores: Mapping[str, tuple[float, float]]


class HalfMeasured(_Record):
    """One half: averages by metric and by tag, every case, and how that differs from the baseline."""

    passed: int
    newly_failing: tuple[str, ...]
    newly_passing: tuple[str, ...]
    new: tuple[str, ...]
    metrics: Mapping[str, Measured]
    tags: Mapping[str, TagMeasured]
    cases: tuple[CaseMeasured, ...]


class ProblemFound(_Record):
    """One reason for the gate to close; `text` is the whole of it in words."""

    kind: Literal["case", "missing", "metric", "baseline", "lint"]
    half: Half | None
    subject: str
    why: str
    text: str


class Document(_Record):
    """A run of `briefings eval`. `ok` is whether the gate is open, `composers` what composed the answers, `targets`
    the project's aims and `lower_is_better` the metrics that fall when things get better."""

    schema_version: Literal[2] = Field(description="grows when a field goes away or changes its meaning")
    ok: bool
    composers: tuple[str, ...]
    problems: tuple[ProblemFound, ...]
    targets: Mapping[str, float]
    lower_is_better: tuple[str, ...]
    halves: Mapping[Half, HalfMeasured]


def document(summary: Summary) -> Document:
    """The document of a run."""
    return Document(
        schema_version=SCHEMA_VERSION,
        ok=not summary.problems,
        composers=summary.composers,
        problems=tuple(_problem(p) for p in summary.problems),
        targets={m.name: m.target for m in (*METRICS, *RETRIEVAL) if m.target is not None},
        lower_is_better=tuple(m.name for m in METRICS if m.lower_is_better),
        halves={half.half: _half(half) for half in summary.halves},
    )


def as_json(summary: Summary) -> str:
    """The document as JSON text, with the keys of averages and scores in order."""
    return document(summary).model_dump_json(indent=1) + "\n"


def read_document(path: Path) -> Document:
    """A document that `briefings eval --json` printed. Raises UsageError for anything else."""
    remedy = "Make it with `briefings eval --json`."
    try:
        return Document.model_validate_json(path.read_bytes())
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {refusal_of(error)}.", remedy) from error
    except ValidationError as error:
        why = f"{path} is not a report of version {SCHEMA_VERSION}: {fault_of(error)}."
        raise UsageError(why, remedy) from error


def json_schema() -> dict[str, Any]:
    """The JSON Schema of the document."""
    return Document.model_json_schema(mode="serialization")


def _half(half: HalfSummary) -> HalfMeasured:
    return HalfMeasured(
        passed=half.passed,
        newly_failing=half.newly_failing,
        newly_passing=half.newly_passing,
        new=half.new,
        metrics={row.name: _measured(row) for row in sorted(half.rows, key=lambda row: row.name)},
        tags={
            tag.name: TagMeasured(
                cases=tag.passed.cases,
                passed=round(tag.passed.hits),
                metrics=dict(sorted(tag.averages.items())),
            )
            for tag in half.tags
        },
        cases=tuple(_case(r) for r in half.results),
    )


def _measured(row: Row) -> Measured:
    known = {"baseline": row.bar.measured, "floor": row.bar.floor} if row.bar else {"baseline": None, "floor": None}
    return Measured(**row.average.model_dump(), **known, change=row.change)


def _problem(problem: Problem) -> ProblemFound:
    return ProblemFound(
        kind=problem.kind, half=problem.half, subject=problem.subject, why=problem.why, text=str(problem)
    )


def _case(result: Result) -> CaseMeasured:
    case, answer = result.case, result.answer
    return CaseMeasured(
        id=case.id,
        where=case.where,
        tags=case.tags,
        question=case.question,
        expect=case.expect,
        passed=result.passed,
        faults=result.faults,
        answer=answer.text,
        cited=tuple(f"{c.briefing_id}¶{c.paragraph}" for c in answer.citations),
        scores={name: (s.hits, s.of) for name, s in sorted(result.scores.items()) if s.of},
    )


if __name__ == "__main__":
    (HERE.parent / "docs" / "eval-report.schema.json").write_text(
        json.dumps(json_schema(), indent=1) + "\n", "utf-8"
    )
