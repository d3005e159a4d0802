"""What an ingest prints: results on standard output, failures on standard error, and nothing when quiet."""

import pytest

from ingest.pipeline import FileResult
from tests.command import Printed
from ui.progress import IngestProgress, print_ingest_summary


def test_results_go_to_standard_output_and_failures_to_standard_error(capsys: Printed) -> None:
    with IngestProgress(3, quiet=False) as progress:
        progress.show(FileResult("/d/a.txt", "added", "a", notices=("read as cp1252",)))
        progress.show(FileResult("/d/b.txt", "unchanged", "b"))
        progress.show(FileResult("/d/c\x1b[2J\n.txt", "failed", reason="it is empty", remedy="Add text."))
        progress.indexing()
        progress.indexed(1, 1)
    printed = capsys.readouterr()
    assert [line.split() for line in printed.out.splitlines()] == [["added", "a", "(read", "as", "cp1252)"]]
    assert printed.err.splitlines() == ["failed    /d/c?[2J?.txt: it is empty. Add text."]


def test_quiet_progress_prints_nothing(capsys: Printed) -> None:
    with IngestProgress(1, quiet=True) as progress:
        progress.show(FileResult("/d/c.txt", "failed", reason="it is empty", remedy="Add text."))
        progress.indexing()
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("outcomes", "words"),
    [
        (["added", "failed", "added"], ["2 added", "1 failed"]),
        (["unchanged", "unchanged"], ["unchanged", "2 files"]),
        (["unchanged", "added"], ["1 unchanged", "1 added"]),
        ([], ["nothing"]),
    ],
)
def test_the_summary_counts_outcomes(capsys: Printed, outcomes: list[str], words: list[str]) -> None:
    print_ingest_summary([FileResult("/d/a.txt", outcome) for outcome in outcomes])  # type: ignore[arg-type]
    (line,) = capsys.readouterr().out.splitlines()
    assert [w for w in words if w not in line] == []
