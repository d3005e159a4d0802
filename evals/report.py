"""What a run says in text: Markdown for build summaries and reviews, and one case in full."""

from collections.abc import Sequence

from evals.registry import METRICS, RETRIEVAL
from evals.scoring import Result
from evals.summary import HalfSummary, Row, Summary

TAG_METRICS = ("decision", "citation_precision", "citation_recall", "claim_recall")
_TITLES = {m.name: m.title for m in (*METRICS, *RETRIEVAL)}
_MOST_NAMED = 20  # cases that a line names one by one
FOOTNOTE = (
    "↓ lower is better. Micro averages with 95 % intervals; change since the baseline; floors keep today's state, "
    "aims are what the project wants."
)


def markdown(summary: Summary) -> str:
    """The report as Markdown: the gate's verdict, every metric by half, and the main ones by tag."""
    parts = [_verdict(summary)]
    for half in summary.halves:
        parts.append(f"## {half.title.capitalize()}: {half.passed} of {len(half.results)} cases pass")
        parts += news(half)
        parts.append(_metric_table(half))
        parts.append(_tag_table(half))
    parts.append(FOOTNOTE)
    return "\n\n".join(parts) + "\n"


def news(half: HalfSummary) -> list[str]:
    """What changed since the baseline in which cases pass, one line each; nothing when nothing did."""
    said = (
        ("newly failing", half.newly_failing),
        ("newly passing", half.newly_passing),
        ("not in the baseline", half.new),
    )
    return [f"{len(ids)} {what}: {_some(ids)}" for what, ids in said if ids]


def value(number: float) -> str:
    """A share to three places."""
    return f"{number:.3f}"


def interval(row: Row) -> str:
    """The 95 % interval of a metric."""
    return f"{row.average.low:.3f}–{row.average.high:.3f}"


def change(row: Row) -> str:
    """The change since the baseline with its sign; "=" when there is none, "–" without a baseline."""
    if row.change is None:
        return "–"
    places = 3 if abs(row.change) >= 0.0005 else 4
    return f"{row.change:+.{places}f}".replace("-", "−") if row.change else "="


def title(row: Row) -> str:
    """What a metric is called, with an arrow where lower is better."""
    return f"{row.title} ↓" if row.lower_is_better else row.title


def floor(row: Row) -> str:
    """The bar that the gate holds a metric to."""
    return value(row.bar.floor) if row.bar else "–"


def aim(row: Row) -> str:
    """The project's aim for a metric."""
    return f"{row.target:.2f}" if row.target is not None else "–"


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


def verdict(summary: Summary) -> str:
    """Whether the gate is open, in one line."""
    if not summary.problems:
        return "The gate is open: nothing is worse than the baseline."
    n = len(summary.problems)
    return f"The gate is closed: {n} {'problem' if n == 1 else 'problems'}."


def _verdict(summary: Summary) -> str:
    said, _, rest = verdict(summary).partition(":")
    lines = [f"**{said}**:{rest}", "", *(f"- {_plain(str(p))}" for p in summary.problems)]
    return "\n".join(lines).rstrip()


def _metric_table(half: HalfSummary) -> str:
    lines = [
        "| metric | micro | 95 % interval | change | macro | cases | floor | aim |",
        "|---|--:|:-:|--:|--:|--:|--:|--:|",
    ]
    for row in half.rows:
        average = row.average
        cells = (
            title(row), value(average.micro), interval(row), change(row), value(average.macro),
            str(average.cases), floor(row), aim(row),
        )  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _tag_table(half: HalfSummary) -> str:
    heads = [_TITLES[name] for name in TAG_METRICS]
    lines = [f"| tag | cases | pass | {' | '.join(heads)} |", "|---|--:|--:|" + "--:|" * len(heads)]
    for tag in half.tags:
        values = [value(tag.averages[name].micro) if name in tag.averages else "–" for name in TAG_METRICS]
        passed = tag.passed
        lines.append(f"| {_plain(tag.name)} | {passed.cases} | {passed.hits:g} | {' | '.join(values)} |")
    return "\n".join(lines)


def _some(ids: Sequence[str]) -> str:
    more = f" and {len(ids) - _MOST_NAMED} more" if len(ids) > _MOST_NAMED else ""
    return ", ".join(_plain(i) for i in ids[:_MOST_NAMED]) + more


def _plain(text: str) -> str:
    """Words of a briefing or case on one line, with no Markdown or HTML in them."""
    quoted = "".join(f"\\{c}" if c in "\\`*_[]|<>#&~" else c for c in text)
    return " ".join(quoted.split())
