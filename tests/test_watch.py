"""What changes in a watched folder is in the library a moment later, and nothing that goes wrong ends the watch."""

import json
import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest.pipeline import ingest
from ingest.results import FileResult
from ingest.walk import find_files
from ingest.watch import Trouble, Watch
from rag.build import App, build_app
from rag.errors import LibraryError, UsageError
from rag.settings import Settings
from tests.forked import Forked
from tests.toys import ToyEmbedder

pytestmark = pytest.mark.slow
LONG = 20.0  # seconds to wait for what should come within two


class Watched:
    """A folder under watch, and what the watch has told so far."""

    def __init__(self, app: App, folder: Path) -> None:
        self.app = app
        self.folder = folder
        self.events: list[FileResult | Trouble] = []
        self.stop = threading.Event()
        self._watch = Watch(app, [folder], self.stop)
        self._thread = threading.Thread(target=self._run)
        self._thread.start()
        time.sleep(0.6)  # the first look around is over

    def _run(self) -> None:
        for event in self._watch.events():
            self.events.append(event)

    def told(self) -> list[tuple[str, str | None]]:
        return [(e.outcome, e.briefing_id) for e in self.events if isinstance(e, FileResult)]

    def until(self, *wanted: tuple[str, str | None]) -> None:
        """Wait until exactly this has been told, then forget it."""
        self.wait(lambda: len(self.told()) >= len(wanted))
        assert sorted(self.told(), key=str) == sorted(wanted, key=str)
        self.events.clear()

    def wait(self, true: Callable[[], bool]) -> None:
        end = time.monotonic() + LONG
        while not true():
            assert time.monotonic() < end, self.events
            time.sleep(0.05)

    def close(self) -> None:
        self.stop.set()
        self._thread.join(LONG)
        assert not self._thread.is_alive()


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    """An empty folder under watch."""
    app = build_app(Settings(home=tmp_path / "home"))
    app.embedder = ToyEmbedder()
    folder = tmp_path / "files"
    folder.mkdir()
    watched = Watched(app, folder)
    yield watched
    watched.close()
    app.close()


def test_added_changed_renamed_and_removed_files_are_followed(watched: Watched) -> None:
    path = watched.folder / "a.txt"
    path.write_text("Nine ships left.")
    (watched.folder / ".hidden.txt").write_text("Nobody sees this.")
    (watched.folder / "picture.png").write_bytes(b"\x89PNG")
    watched.until(("added", "a"))
    path.write_text("Ten ships left.")
    watched.until(("replaced", "a"))
    assert watched.app.library.briefing("a").text == "Ten ships left."
    path.rename(watched.folder / "b.txt")
    watched.until(("moved", "a"))
    assert watched.app.library.briefing("a").uri.endswith("/b.txt")
    (watched.folder / "b.txt").unlink()
    watched.until(("removed", "a"))
    assert watched.app.library.summaries() == []


def test_folders_that_come_move_and_go_are_followed(watched: Watched, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    for name in ("a", "b"):
        (outside / f"{name}.txt").write_text(f"Ships of {name}.")
    inside = watched.folder / "inside"
    outside.rename(inside)
    watched.until(("added", "a"), ("added", "b"))
    inside.rename(watched.folder / "renamed")
    watched.until(("moved", "a"), ("moved", "b"))
    shutil.rmtree(watched.folder / "renamed")
    watched.until(("removed", "a"), ("removed", "b"))


def test_a_file_that_is_being_written_is_read_when_it_is_whole(watched: Watched) -> None:
    with (watched.folder / "a.txt").open("w") as file:
        for number in range(8):
            file.write(f"Ship {number} left.\n\n")
            file.flush()
            time.sleep(0.3)
    watched.until(("added", "a"))
    assert "Ship 7 left." in watched.app.library.briefing("a").text


def test_a_bad_file_and_a_failing_library_do_not_end_the_watch(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    (watched.folder / "bad.txt").write_bytes(b"\x00\x01")
    watched.until(("failed", None))

    def refuse(*_: object) -> None:
        raise LibraryError("The library cannot be used: database is locked.", "Try again.")

    with monkeypatch.context() as patched:
        patched.setattr(watched.app.library, "put_all", refuse)
        (watched.folder / "a.txt").write_text("Nine ships left.")
        watched.wait(lambda: any(isinstance(e, Trouble) and "locked" in e.reason for e in watched.events))
    watched.wait(lambda: ("added", "a") in watched.told())


def test_a_folder_that_vanishes_loses_nothing_and_is_watched_again(watched: Watched, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (watched.folder / f"{name}.txt").write_text(f"Ships of {name}.")
    watched.until(("added", "a"), ("added", "b"))
    watched.folder.rename(tmp_path / "elsewhere")
    watched.wait(lambda: any(isinstance(e, Trouble) and "gone" in e.reason for e in watched.events))
    time.sleep(1.5)
    assert watched.told() == []
    (tmp_path / "elsewhere" / "b.txt").unlink()
    (tmp_path / "elsewhere" / "c.txt").write_text("Ships of c.")
    (tmp_path / "elsewhere").rename(watched.folder)
    watched.until(("added", "c"), ("removed", "b"))


def test_what_is_no_folder_cannot_be_watched(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Nine ships left.")
    app = build_app(Settings(home=tmp_path / "home"))
    with pytest.raises(UsageError):
        Watch(app, [path], threading.Event())
    app.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_tells_each_event_as_a_line_and_ends_in_good_order(tmp_path: Path, number: int) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "a.txt").write_text("Nine ships left.")
    process = Forked(tmp_path, "--home", str(tmp_path / "home"), "ingest", "--watch", "--json", str(folder))

    def event() -> tuple[str, str | None]:
        told = json.loads(process.stdout.readline())
        return told["event"], told.get("outcome")

    assert [event(), event()] == [("result", "added"), ("watching", None)]
    (folder / "b.txt").write_text("Rain fell.")
    assert event() == ("result", "added")
    process.send_signal(number)
    out, complaints = process.communicate(LONG)
    assert (process.poll(), complaints) == (0, "")
    assert json.loads(out) == {"event": "ended", "counts": {"added": 2}}
    app = build_app(Settings(home=tmp_path / "home"))
    assert {s.briefing_id for s in app.library.summaries()} == {"a", "b"}
    assert app.mirrors.are_current()
    assert [r.outcome for r in ingest(app, find_files([folder]).files)] == ["unchanged"] * 2
    app.close()
