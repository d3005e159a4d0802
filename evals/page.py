"""A run as one self-contained page that a person likes to read. It holds no script and fetches nothing: its
content security policy allows only its own style sheet, and every word of a briefing is escaped."""

import hashlib
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from evals import report
from evals.cases import HERE
from evals.gate import Problem
from evals.matrix import Matrix, matrix
from evals.registry import METRICS
from evals.scoring import Result
from evals.summary import HalfSummary, Row, Summary, Tag

HEADLINES = (
    "quotes",
    "markers",
    "citation_precision",
    "citation_recall",
    "claim_recall",
    "refusal_f1",
    "injection",
    "all_evidence@10",
)


@dataclass(frozen=True, slots=True)
class Headline:
    """One metric of all halves: (title of the half, its row) for those that measured it."""

    title: str
    aim: str
    halves: tuple[tuple[str, Row], ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a bar chart: a value a half, None where the half has no such cases."""

    name: str
    halves: tuple[Tag | None, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """A metric that makes cases fail, with how many of each half."""

    name: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Problems:
    """Why the gate closes: the problems of one kind, under their title."""

    title: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """A failing case laid against its sources; `broken` when it passed in the baseline."""

    result: Result
    broken: bool
    matrix: Matrix


def page(summary: Summary) -> str:
    """The report as HTML; it depends on the summary only."""
    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    for function in (report.value, report.interval, report.change, report.title, report.floor, report.aim):
        environment.filters[function.__name__] = function
    style = (HERE / "page.css").read_text("utf-8")
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    names = sorted({tag.name for half in summary.halves for tag in half.tags})
    return environment.get_template("page.html.j2").render(
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
        style=Markup(style),  # our own file; nothing of a run goes into it
        summary=summary,
        verdict=report.verdict(summary),
        problems=_problems(summary),
        cases=sum(len(half.results) for half in summary.halves),
        passed=sum(half.passed for half in summary.halves),
        headlines=[h for name in HEADLINES if (h := _headline(name, summary.halves)).halves],
        tags=[Bar(name, tuple(_tag(half, name) for half in summary.halves)) for name in names],
        reasons=_reasons(summary.halves),
        failures=[(half, _failures(half, summary)) for half in summary.halves],
        footnote=report.FOOTNOTE,
    )


def _problems(summary: Summary) -> list[Problems]:
    titles = {
        "lint": "faults in the cases",
        "baseline": "halves without a baseline",
        "case": "cases that passed and now fail",
        "metric": "metrics past their bar",
        "missing": "cases that are missing",
    }
    grouped = [Problems(title, tuple(p for p in summary.problems if p.kind == k)) for k, title in titles.items()]
    return [group for group in grouped if group.problems]


def _headline(name: str, halves: Sequence[HalfSummary]) -> Headline:
    rows = [(half.title, half.by_name[name]) for half in halves if name in half.by_name]
    first = rows[0][1] if rows else None
    return Headline(report.title(first), report.aim(first), tuple(rows)) if first else Headline("", "", ())


def _tag(half: HalfSummary, name: str) -> Tag | None:
    return next((tag for tag in half.tags if tag.name == name), None)


def _reasons(halves: Sequence[HalfSummary]) -> list[Reason]:
    """What makes cases fail, the most frequent first; a case may fail for several reasons."""
    counted = [
        Reason(m.title, tuple(sum(m.falls_short(r.scores[m.name]) for r in h.results) for h in halves))
        for m in METRICS
        if m.strict
    ]
    return sorted((r for r in counted if any(r.counts)), key=lambda r: (-sum(r.counts), r.name))


def _failures(half: HalfSummary, summary: Summary) -> list[Failure]:
    """The failing cases, those first that passed in the baseline."""
    failing = [r for r in half.results if not r.passed]
    failing.sort(key=lambda r: (r.case.id not in half.newly_failing, r.case.id))
    return [Failure(r, r.case.id in half.newly_failing, matrix(r, summary.sources)) for r in failing]
