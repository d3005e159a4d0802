"""How an evaluation looks in a terminal: one table of metrics a half, one of tags, and the verdict last."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from evals.compare import Comparison
from evals.report import FOOTNOTE, aim, change, floor, interval, news, title, value, verdict
from evals.summary import HalfSummary, Row, Summary

_PLAIN_WIDTH = 100  # of what is not a terminal
_STYLES = {"better": "green", "worse": "red", "same": "dim"}


def print_summary(summary: Summary) -> None:
    """The report of a run; what to act on stands at the end, where a terminal shows it."""
    console = _console()
    for half in summary.halves:
        console.print(
            Text(f"{half.title.capitalize()}: {half.passed} of {len(half.results)} cases pass", style="bold")
        )
        console.print(_metrics(half))
        console.print()
    console.print(_tags(summary))
    console.print()
    console.print(Text(FOOTNOTE, style="dim"), soft_wrap=True)
    for half in summary.halves:
        for line in news(half):
            console.print(Text(f"{half.title}: {line}"), soft_wrap=True)
    for problem in summary.problems:
        console.print(Text(str(problem), style="red"), soft_wrap=True)
    console.print(Text(verdict(summary), style="bold red" if summary.problems else "bold green"))


@contextmanager
def asking(cases: int) -> Iterator[Callable[[], None]]:
    """A progress bar on a terminal, and nothing elsewhere; what it gives is to be called after every case."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda: None
        return
    columns = (TextColumn("Asking"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=cases)
        yield lambda: bar.advance(task)


def print_comparison(comparison: Comparison) -> None:
    """Two runs side by side, what differs beyond chance marked, and the cases that flipped."""
    console = _console()
    console.print(Text(f"A  {comparison.a}\nB  {comparison.b}\n{comparison.cases} cases in both", style="bold"))
    table = _table("metric", "A", "B", "B − A", "95 % interval", "cases that differ")
    for row in comparison.rows:
        name = row.title + (" ↓" if row.lower_is_better else "")
        if row.differing:
            style = _STYLES[row.direction] if row.certain else ""
            gap = Text(_signed(row.difference) + (" *" if row.certain else "  "), style=style)
            bounds = f"{_signed(row.low)} to {_signed(row.high)}"
        else:
            gap, bounds = Text("=  ", style="dim"), "–"
        table.add_row(name, value(row.a), value(row.b), gap, bounds, str(row.differing))
    console.print(table)
    console.print()
    for line in comparison.footnotes():
        console.print(Text(line, style="dim"), soft_wrap=True)
    for what, flips in (("Failing only in B", comparison.lost), ("Failing only in A", comparison.won)):
        if flips:
            console.print(Text(f"{what} ({len(flips)}):", style="bold"))
        for flip in flips:
            console.print(Text(f"  {flip.case_id}" + (f": {flip.why}" if flip.why else "")), soft_wrap=True)
    console.print(Text(comparison.verdict(), style="bold"), soft_wrap=True)


def _signed(number: float) -> str:
    return f"{number:+.3f}".replace("-", "−")


def _metrics(half: HalfSummary) -> Table:
    table = _table("metric", "value", "95 % interval", "change", "floor", "aim", "cases")
    for row in half.rows:
        changed = Text(change(row), style=_STYLES.get(row.direction or "", ""))
        table.add_row(
            title(row), Text(value(row.average.micro), style=_reached(row)), interval(row), changed, floor(row),
            aim(row), str(row.average.cases),
        )  # fmt: skip
    return table


def _reached(row: Row) -> str:
    """A colour for a metric that has an aim: whether it is reached."""
    if row.target is None:
        return ""
    micro = row.average.micro
    return "green" if (micro <= row.target if row.lower_is_better else micro >= row.target) else "yellow"


def _tags(summary: Summary) -> Table:
    table = _table("cases that pass, by tag", *(part for half in summary.halves for part in (half.title, "share")))
    names = sorted({tag.name for half in summary.halves for tag in half.tags})
    for name in names:
        cells = []
        for half in summary.halves:
            found = next((tag.passed for tag in half.tags if tag.name == name), None)
            cells += [f"{found.hits:g} of {found.cases}", f"{found.micro:.0%}"] if found else ["–", "–"]
        table.add_row(name, *cells)
    return table


def _table(first: str, *others: str) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column(first)
    for name in others:
        table.add_column(name, justify="right", no_wrap=True)
    return table


def _console() -> Console:
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=_PLAIN_WIDTH)
