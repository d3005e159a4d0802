"""`.briefingsignore` leaves out what the same lines in a `.gitignore` would."""

from pathlib import Path

from ingest.ignore import NAME
from ingest.walk import find_files, is_wanted
from tests.taking import write


def tree(folder: Path, *names: str, **rules: str) -> None:
    for name in names:
        write(folder / name, "Ships left.")
    for where, lines in rules.items():
        (folder / where.replace("here", ".") / NAME).write_text(lines)


def found(folder: Path) -> list[str]:
    files = find_files([folder]).files
    assert all(is_wanted(folder, path) for path in files)
    return [path.relative_to(folder).as_posix() for path in files]


def test_patterns_leave_out_files_and_folders(tmp_path: Path) -> None:
    names = (
        "a.txt",
        "draft-a.txt",
        "old/b.txt",
        "old/keep.md",
        "new/old/c.txt",
        "new/d.txt",
        "top.md",
        "new/top.md",
    )
    tree(tmp_path, *names, here="# drafts\ndraft-*\n/old/\n/top.md\n")
    assert found(tmp_path) == ["a.txt", "new/d.txt", "new/top.md", "new/old/c.txt"]


def test_a_later_line_and_a_nearer_file_can_take_back(tmp_path: Path) -> None:
    tree(tmp_path, "a.md", "b.md", "in/a.md", "in/c.md", here="*.md\n!b.md\n")
    (tmp_path / "in" / NAME).write_text("!a.md\n")
    assert found(tmp_path) == ["b.md", "in/a.md"]


def test_a_file_that_is_named_itself_is_taken_all_the_same(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt", here="*\n")
    assert find_files([tmp_path / "a.txt"]).files == (tmp_path / "a.txt",)
    assert not is_wanted(tmp_path, tmp_path / "a.txt")


def test_a_line_that_is_no_pattern_is_told_and_the_others_hold(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt", "b.txt", here="a.txt\n!\n")
    sources = find_files([tmp_path])
    assert [p.name for p in sources.files] == ["b.txt"]
    (problem,) = sources.problems
    assert problem.path.endswith(NAME)
    assert "line 2" in (problem.reason or "")


def test_an_ignore_file_that_is_no_text_is_told_and_ignores_nothing(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt")
    (tmp_path / NAME).write_bytes(b"\xff\xfe\xff")
    sources = find_files([tmp_path])
    assert ([p.name for p in sources.files], len(sources.problems)) == (["a.txt"], 1)


def test_an_ignore_file_holds_for_its_own_folder_only(tmp_path: Path) -> None:
    tree(tmp_path, "one/a.txt", "two/a.txt", one="a.txt\n")
    assert found(tmp_path) == ["two/a.txt"]
