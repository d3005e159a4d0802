"""What a run says: Markdown for people and build summaries, JSON for machines. Both depend on the results only,
not on the order of cases, the hash seed or the number of workers."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from evals.averages import Average
from evals.cases import HALVES, Half
from evals.gate import Bar, Baseline
from evals.registry import METRICS, RETRIEVAL, Metric
from evals.scoring import Result, averages

SCHEMA = 1
_TAG_METRICS = ("decision", "citation_precision", "citation_recall", "claim_recall")
_ROWS = (*METRICS, *RETRIEVAL)
_TITLES = {m.name: m.title + (" ↓" if isinstance(m, Metric) and m.lower_is_better else "") for m in _ROWS}
_HALF_TITLES: dict[Half, str] = {"dev": "development", "held_out": "held out"}


def markdown(results: Sequence[Result], baseline: Baseline, problems: Sequence[str]) -> str:
    """The report as Markdown: the gate's verdict, every metric by half, and the main ones by tag."""
    parts = [_verdict(problems)]
    for half in HALVES:
        own = [r for r in results if r.case.half == half]
        if own:
            bars = baseline.halves[half].metrics if half in baseline.halves else {}
            passed = sum(r.passed for r in own)
            parts.append(f"## {_HALF_TITLES[half].capitalize()}: {passed} of {len(own)} cases pass")
            parts.append(_metric_table(averages(own), bars))
            parts.append(_tag_table(own))
    parts.append(
        "↓ lower is better. Micro averages with 95 % intervals; floors keep today's state, targets are aims."
    )
    return "\n\n".join(parts) + "\n"


def as_json(results: Sequence[Result], baseline: Baseline, problems: Sequence[str]) -> dict[str, Any]:
    """The report as plain JSON values: averages by half and tag, and every case with its answer and scores."""
    halves: dict[str, Any] = {}
    for half in HALVES:
        own = sorted((r for r in results if r.case.half == half), key=lambda r: r.case.id)
        if own:
            halves[half] = {
                "metrics": _plain(averages(own)),
                "tags": {tag: _plain(averages([r for r in own if tag in r.case.tags])) for tag in _tags(own)},
                "floors": {n: b.floor for n, b in sorted(baseline.halves[half].metrics.items())}
                if half in baseline.halves
                else {},
                "cases": [_case(r) for r in own],
            }
    targets = {m.name: m.target for m in _ROWS if m.target is not None}
    return {"schema": SCHEMA, "ok": not problems, "problems": list(problems), "targets": targets, "halves": halves}


def detail(result: Result) -> str:
    """One case for a person: question, answer, what was cited, and what was missed."""
    case, answer = result.case, result.answer
    lines = [f"{case.id} ({case.where}; {', '.join(case.tags)}): {'passes' if result.passed else 'FAILS'}"]
    lines += [f"  question  {q}" for q in (*case.earlier, case.question)]
    lines.append(f"  expected  {case.expect}")
    lines += [f"  evidence  {g[0].briefing}: “{g[0].quote}”" for g in case.evidence]
    lines.append(f"  answer    {answer.text}")
    lines += [f"  [{c.number}]       {c.briefing_id}¶{c.paragraph}: “{c.quote}”" for c in answer.citations]
    lines += [f"  fault     {fault}" for fault in result.faults]
    for name, score in result.scores.items():
        if score.of:
            lines.append(f"  {_TITLES[name]:30} {score.hits:g} of {score.of:g}")
    return "\n".join(lines)


def _verdict(problems: Sequence[str]) -> str:
    if not problems:
        return "**The gate is open**: nothing is worse than the baseline."
    return "\n".join([f"**The gate is closed**: {len(problems)} problems.", "", *(f"- {p}" for p in problems)])


def _metric_table(found: dict[str, Average], bars: Mapping[str, Bar]) -> str:
    lines = ["| metric | micro | 95 % interval | macro | cases | floor | target |", "|---|--:|:-:|--:|--:|--:|--:|"]
    for metric in _ROWS:
        if average := found.get(metric.name):
            bar = bars.get(metric.name)
            floor = f"{bar.floor:.3f}" if bar else "–"
            aim = f"{metric.target:.2f}" if metric.target is not None else "–"
            interval = f"{average.low:.3f}–{average.high:.3f}"
            row = (
                _TITLES[metric.name],
                f"{average.micro:.3f}",
                interval,
                f"{average.macro:.3f}",
                str(average.cases),
                floor,
                aim,
            )
            lines.append(f"| {' | '.join(row)} |")
    return "\n".join(lines)


def _tag_table(results: Sequence[Result]) -> str:
    heads = [_TITLES[name] for name in _TAG_METRICS]
    lines = [f"| tag | cases | pass | {' | '.join(heads)} |", "|---|--:|--:|" + "--:|" * len(heads)]
    for tag in _tags(results):
        own = [r for r in results if tag in r.case.tags]
        found = averages(own)
        values = [f"{found[name].micro:.3f}" if name in found else "–" for name in _TAG_METRICS]
        lines.append(f"| {tag} | {len(own)} | {sum(r.passed for r in own)} | {' | '.join(values)} |")
    return "\n".join(lines)


def _tags(results: Sequence[Result]) -> list[str]:
    return sorted({tag for r in results for tag in r.case.tags})


def _plain(found: dict[str, Average]) -> dict[str, Any]:
    return {name: asdict(average) for name, average in sorted(found.items())}


def _case(result: Result) -> dict[str, Any]:
    answer = result.answer
    return {
        "id": result.case.id,
        "where": result.case.where,
        "question": result.case.question,
        "expect": result.case.expect,
        "passed": result.passed,
        "faults": list(result.faults),
        "answer": answer.text,
        "cited": [f"{c.briefing_id}¶{c.paragraph}" for c in answer.citations],
        "scores": {name: [s.hits, s.of] for name, s in sorted(result.scores.items()) if s.of},
    }
