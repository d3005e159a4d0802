"""Walks end, leave out what is hidden, and a file's state shows every change that could be missed."""

import os
import time
from pathlib import Path

import pytest

from ingest.pipeline import ingest
from ingest.walk import Places, contents, find_files, is_gone, is_wanted, seen_at
from rag.build import App
from rag.errors import UnreadableError
from tests.taking import SHIPS, write
from tests.toys import ToyEmbedder


def old(path: Path, words: str, seconds: int = 60) -> Path:
    """A file that was last changed a minute ago, as far as its own time tells."""
    write(path, words)
    then = time.time_ns() - seconds * 1_000_000_000
    os.utime(path, ns=(then, then))
    return path


def test_a_link_that_leads_out_of_the_folder_is_refused_and_one_inside_is_followed(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    (tmp_path / "secret.txt").write_text("Words.")
    (inside / "a.txt").write_text("Words.")
    (inside / "b.txt").symlink_to(inside / "a.txt")
    (inside / "c.txt").symlink_to(tmp_path / "secret.txt")
    found = find_files([inside])
    assert [path.name for path in found.files] == ["a.txt", "b.txt"]
    assert [(Path(p.path).name, p.outcome) for p in found.problems] == [("c.txt", "failed")]
    assert "leads out" in (found.problems[0].reason or "")
    assert find_files([inside / "c.txt"]).files == (inside / "c.txt",)  # who names it means it
    assert [is_wanted(inside, inside / name) for name in ("b.txt", "c.txt")] == [True, False]


def test_links_that_lead_round_in_a_circle_end(tmp_path: Path) -> None:
    old(tmp_path / "in" / "a.txt", "Ships.")
    (tmp_path / "in" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "one.txt").symlink_to(tmp_path / "two.txt")
    (tmp_path / "two.txt").symlink_to(tmp_path / "one.txt")
    files = find_files([tmp_path]).files
    assert [p.name for p in files] == ["one.txt", "two.txt", "a.txt"]
    for name in ("one.txt", "two.txt"):
        with pytest.raises(UnreadableError):
            contents(tmp_path / name)
        with pytest.raises(UnreadableError):
            Places().of(tmp_path / name)


def test_hidden_files_and_what_lies_in_hidden_folders_are_left_out(tmp_path: Path) -> None:
    for name in (".a.txt", ".git/b.txt", "in/.c/d.txt", "in/e.txt"):
        old(tmp_path / name, "Ships.")
    assert find_files([tmp_path]).files == (tmp_path / "in" / "e.txt",)
    assert [is_wanted(tmp_path, tmp_path / n) for n in (".a.txt", "in/.c/d.txt", "in/e.txt")] == [
        False,
        False,
        True,
    ]


def test_a_folder_that_is_named_txt_is_a_folder(tmp_path: Path) -> None:
    old(tmp_path / "odd.txt" / "a.txt", "Ships.")
    assert find_files([tmp_path]).files == (tmp_path / "odd.txt" / "a.txt",)


def test_a_file_that_has_just_changed_may_change_again_unseen_and_has_no_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = old(tmp_path / "a.txt", "Ships.")
    assert contents(path).seen is None  # it was made a moment ago, whatever its time of modification says
    now = time.time_ns()
    monkeypatch.setattr(time, "time_ns", lambda: now + 3_000_000_000)
    assert contents(path).seen == seen_at(str(path)) is not None
    monkeypatch.setattr(time, "time_ns", lambda: now - 3_600_000_000_000)  # a clock that was set back
    assert contents(path).seen is None


def test_an_edit_that_keeps_size_and_time_changes_the_state(tmp_path: Path) -> None:
    path = old(tmp_path / "a.txt", "Nine ships.")
    before, status = seen_at(str(path)), path.stat()
    time.sleep(0.02)  # a tick of the file system's clock
    path.write_text("Five ships.")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (status.st_size, status.st_mtime_ns)
    assert seen_at(str(path)) != before


def test_a_file_with_a_known_state_is_not_opened_and_a_changed_one_is(
    app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.embedder = ToyEmbedder()
    paths = [old(tmp_path / "files" / f"{name}.txt", f"Nine ships of {name}.") for name in ("a", "b")]
    later = time.time_ns() + 10_000_000_000
    monkeypatch.setattr(time, "time_ns", lambda: later)
    assert [r.outcome for r in ingest(app, paths)] == ["added", "added"]
    opened = []
    open_file = Path.open
    monkeypatch.setattr(Path, "open", lambda path, mode="r": opened.append(path.name) or open_file(path, mode))
    assert [r.outcome for r in ingest(app, paths)] == ["unchanged", "unchanged"]
    assert opened == []
    status = paths[1].stat()
    time.sleep(0.02)
    paths[1].write_bytes(b"Five ships of b.")
    os.utime(paths[1], ns=(status.st_atime_ns, status.st_mtime_ns))
    opened.clear()
    assert [r.outcome for r in ingest(app, paths)] == ["unchanged", "replaced"]
    assert opened == ["b.txt"]


def test_a_file_that_was_only_touched_is_opened_once(
    app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.embedder = ToyEmbedder()
    path = old(tmp_path / "a.txt", "Nine ships.")
    assert [r.outcome for r in ingest(app, [path])] == ["added"]  # too new to be trusted
    later = time.time_ns() + 10_000_000_000
    monkeypatch.setattr(time, "time_ns", lambda: later)
    revision = app.library.revision()
    opened = []
    open_file = Path.open
    monkeypatch.setattr(Path, "open", lambda path, mode="r": opened.append(path.name) or open_file(path, mode))
    for _ in range(3):
        assert [r.outcome for r in ingest(app, [path])] == ["unchanged"]
    assert opened == ["a.txt"]
    assert app.library.revision() == revision


def test_only_what_is_not_there_is_gone(tmp_path: Path) -> None:
    path = old(tmp_path / "a.txt", "Ships.")
    (tmp_path / "broken").symlink_to(tmp_path / "nowhere")
    assert [is_gone(p) for p in (path, tmp_path / "b.txt", path / "below", tmp_path / "broken")] == [
        False,
        True,
        True,
        False,
    ]
    assert not is_gone(tmp_path / ("x" * 300))  # the system cannot say


def test_files_are_found_in_order_and_hidden_and_unknown_ones_are_passed_over(folder: Path) -> None:
    taken = ["a.md", "b.TXT", "sub/a.markdown", "sub/z.text"]
    for name in [*taken, ".hidden.txt", ".git/a.txt", "sub/.b.md", "c.png", "noending", "sub/d.txt.bak"]:
        write(folder / name, SHIPS)
    (folder / "folder.txt").mkdir()
    sources = find_files([folder])
    assert [str(p.relative_to(folder)) for p in sources.files] == taken
    assert sources.problems == ()


def test_a_file_given_twice_is_taken_once(folder: Path) -> None:
    path = write(folder / "a.txt", SHIPS)
    assert find_files([path, folder, path]).files == (path,)


def test_links_to_folders_are_not_followed(folder: Path) -> None:
    path = write(folder / "sub" / "a.txt", SHIPS)
    (folder / "sub" / "loop").symlink_to(folder)
    assert find_files([folder]).files == (path,)


def test_a_missing_path_and_a_folder_without_readable_files_are_problems(folder: Path) -> None:
    good = write(folder / "good" / "a.txt", SHIPS)
    write(folder / "pictures" / "b.png", "x")
    sources = find_files([folder / "nowhere", folder / "pictures", folder / "good"])
    assert sources.files == (good,)
    missing, empty = sources.problems
    assert (missing.path, missing.outcome) == (str(folder / "nowhere"), "failed")
    assert (empty.path, empty.outcome) == (str(folder / "pictures"), "failed")
    assert "no such" in (missing.reason or "")
    assert ".txt" in (empty.remedy or "")
