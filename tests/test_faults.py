"""A disk that is full and a request to end: one line of reason, nothing lost, and the next run completes."""

import resource
import signal
from pathlib import Path

import pytest

from rag.build import build_app
from rag.settings import Settings
from tests.forked import Forked
from ui.doctor import examine

pytestmark = pytest.mark.slow
FILES = 150


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of 150 files of about 6 kB each."""
    folder = tmp_path / "files"
    folder.mkdir()
    for number in range(FILES):
        about = "left Bel with bread and came back with rain. " * 5
        words = "\n\n".join(f"Ship {number}-{n} {about}" for n in range(20))
        (folder / f"b{number}.txt").write_text(words)
    return folder


def start(folder: Path) -> Forked:
    """An ingest of the folder, into the home beside it."""
    return Forked(folder.parent, "--home", str(folder.parent / "home"), "ingest", str(folder))


def added(out: str) -> set[str]:
    return {line.split()[1] for line in out.splitlines() if line.startswith("added ")}


def completes(folder: Path, reported: set[str]) -> None:
    """What was reported is there, and an ordinary run brings in the rest."""
    app = build_app(Settings(home=folder.parent / "home"))
    kept = {s.briefing_id for s in app.library.summaries()}
    app.close()
    assert reported <= kept
    out, complaints = (process := start(folder)).communicate(240)
    assert (process.poll(), complaints) == (0, "")
    assert added(out).isdisjoint(reported)
    app = build_app(Settings(home=folder.parent / "home"))
    assert len(app.library.summaries()) == FILES
    assert [f for f in examine(app) if f.problem] == []
    app.close()


def test_a_full_disk_is_told_in_one_line_and_the_next_run_completes(folder: Path) -> None:
    process = start(folder)
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (1_500_000, 1_500_000))  # bytes that a file can grow to
    out, complaints = process.communicate(240)
    assert process.poll() == 1
    assert complaints.startswith("briefings: ")
    assert len(complaints.splitlines()) == 1
    assert len(added(out)) < FILES
    completes(folder, added(out))


def test_a_request_to_end_is_heeded_and_the_next_run_completes(folder: Path) -> None:
    process = start(folder)
    first = process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    out, complaints = process.communicate(60)
    assert (process.poll(), complaints) == (128 + signal.SIGTERM, "")
    completes(folder, added(first + out))
