"""How an ingest looks in a terminal: a progress bar with the time left for a person, plain lines when piped."""

from collections import Counter
from collections.abc import Sequence
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from ingest.pipeline import FileResult
from ui.terminal import output

_STYLES = {
    "added": "green",
    "replaced": "yellow",
    "moved": "yellow",
    "removed": "yellow",
    "failed": "bold red",
}


class IngestProgress:
    """A progress bar with the time left on a terminal; a line for each file that is not unchanged."""

    def __init__(self, total: int, *, quiet: bool) -> None:
        self._console = Console(stderr=True, highlight=False, soft_wrap=True)
        self._out = output(wide=True)
        self._quiet = quiet
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=self._console,
            transient=True,
            disable=quiet or not self._console.is_terminal,
        )
        self._files = self._bar.add_task("Reading", total=total)

    def __enter__(self) -> "IngestProgress":
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def show(self, result: FileResult) -> None:
        """Count a file as done, and say what became of it."""
        self._bar.advance(self._files)
        if not self._quiet:
            self.say(result)

    def say(self, result: FileResult) -> None:
        """Say what became of a file, in a line, unless it is unchanged."""
        if result.outcome == "unchanged":
            return
        line = Text(f"{result.outcome:<9}", style=_STYLES.get(result.outcome, ""))
        line.append(f" {_one_line(result.briefing_id or result.path)}", style="default")
        if result.reason:
            line = Text(f"{result.outcome:<9}", style=_STYLES["failed"])
            line.append(f" {_one_line(result.path)}: {result.reason}. {result.remedy or ''}", style="default")
        for notice in result.notices:
            line.append(f" ({notice})", style="dim")
        target = self._console if result.outcome == "failed" else self._out
        target.print(line)

    def indexing(self) -> None:
        """Say that the files are read and the indexes follow."""
        self._bar.update(self._files, description="Indexing")

    def indexed(self, done: int, total: int) -> None:
        """Show how many of the changed briefings an index has taken in."""
        self._bar.update(self._files, completed=done, total=total)


def print_ingest_summary(results: Sequence[FileResult]) -> None:
    """One line: how many files were added, replaced, left alone and so on."""
    counts = Counter(r.outcome for r in results)
    if results and counts["unchanged"] == len(results):
        words = f"everything is unchanged ({len(results)} file{'s' if len(results) > 1 else ''})"
    else:
        words = ", ".join(f"{n} {outcome}" for outcome, n in counts.items()) or "nothing to do"
    output().print(Text(words, style="bold"))


def _one_line(name: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in name)
