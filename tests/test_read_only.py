"""A home that cannot be written is asked all the same, and says what cannot be done there."""

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from ingest.pipeline import find_files, ingest
from rag.build import build_app
from rag.errors import LibraryError
from rag.library import Library
from rag.settings import Settings
from rag.storage.permissions import may_write
from tests.bound import Bound, bound
from tests.command import QUESTION, Ended, Run
from tests.conftest import REAL, SEEDS, fill

pytestmark = pytest.mark.slow

CANNOT = "The library can only be read: "


def close(folder: Path, *, writable: bool) -> None:
    """Let nobody write this folder and what is in it, or let its owner do so again."""
    for path in sorted([folder, *folder.rglob("*")]):
        path.chmod((0o755 if path.is_dir() else 0o644) if writable else (0o555 if path.is_dir() else 0o444))


@pytest.fixture
def home(real_home: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of the home with the real briefing, which every test closes itself."""
    home = tmp_path / "shut"
    shutil.copytree(real_home, home)
    yield home
    close(home, writable=True)


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    """The folder for temporary files of the commands."""
    (tmp_path / "temporary").mkdir()
    return tmp_path / "temporary"


@pytest.fixture(scope="module")
def process() -> Iterator[Bound]:
    """A process that is bound by permissions."""
    with bound() as process:
        yield process


@pytest.fixture
def run(process: Bound, home: Path, temporary: Path) -> Run:
    """Runs a command on the home, in that process."""
    return lambda *words: process.run(["--home", str(home), *words], temporary)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def answer(ended: Ended) -> Any:
    assert (ended.code, ended.err) == (0, "")
    return ended.json


def in_order(ended: Ended) -> None:
    assert (ended.code, ended.err) == (0, "")
    assert "PROBLEM" not in ended.out
    assert "can only be read" in ended.out.splitlines()[0]


def test_a_home_that_cannot_be_written_answers_as_before(run: Run, home: Path, temporary: Path) -> None:
    asked, found = answer(run("ask", QUESTION, "--json")), answer(run("search", "plan", "--json"))
    close(home, writable=False)
    before = contents(home)
    again = answer(run("ask", QUESTION, "--json"))
    assert again["sentences"] == asked["sentences"] != []
    assert again["citations"] == asked["citations"]
    assert [h["passage_id"] for h in answer(run("search", "plan", "--json"))["hits"]] == [
        h["passage_id"] for h in found["hits"]
    ]
    assert [b["briefing_id"] for b in answer(run("list", "--json"))["briefings"]] == [REAL]
    shown = run("show", REAL, "--raw")
    assert (shown.code, shown.err) == (0, "")
    assert "three-phase process" in shown.out
    in_order(run("doctor"))
    assert contents(home) == before
    assert list(temporary.iterdir()) == []  # nothing is left behind


@pytest.mark.parametrize(
    "words",
    [
        ("ingest", str(SEEDS)),
        ("remove", REAL),
        ("doctor", "--repair"),
        ("chat", "--no-browser"),
        ("ingest", "--watch", str(SEEDS)),
    ],
)
def test_what_would_write_ends_with_the_reason(run: Run, home: Path, words: Sequence[str]) -> None:
    close(home, writable=False)
    before = contents(home)
    ended = run(*words)
    assert ended.code == 1
    (line,) = ended.err.splitlines()
    assert line.startswith(f"briefings: {CANNOT}{home}/library.sqlite3")
    assert "permissions" in line
    assert "--home" in line
    assert contents(home) == before


def test_the_reason_is_in_the_json_document_too(run: Run, home: Path) -> None:
    close(home, writable=False)
    ended = run("ingest", "--json", str(SEEDS))
    assert ended.code == 1
    document = ended.json
    assert document["results"] == []
    assert document["error"]["reason"].startswith(CANNOT)


def test_a_library_file_that_cannot_be_written_is_read(run: Run, home: Path) -> None:
    (home / "library.sqlite3").chmod(0o444)
    in_order(run("doctor"))
    assert answer(run("ask", QUESTION, "--json"))["sentences"]
    assert run("ingest", str(SEEDS)).code == 1


@pytest.mark.parametrize("missing", ["lexicon", "chroma", "lexicon/meta.json", "lexicon/stamp.json"])
def test_an_index_that_is_missing_or_broken_is_made_elsewhere(run: Run, home: Path, missing: str) -> None:
    asked = answer(run("ask", QUESTION, "--json"))
    gone = home / missing
    shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
    close(home, writable=False)
    assert answer(run("ask", QUESTION, "--json"))["sentences"] == asked["sentences"]


def test_an_index_that_lags_behind_is_caught_up_with_elsewhere(run: Run, home: Path, tmp_path: Path) -> None:
    (tmp_path / "new.txt").write_text("The harbour of Belmarsh received nine ships.")
    app = build_app(Settings(home=home))
    assert [r.outcome for r in ingest(app, find_files([tmp_path / "new.txt"]).files)] == ["added"]
    app.close()  # the indexes were not told
    close(home, writable=False)
    (sentence,) = answer(run("ask", "How many ships did the harbour of Belmarsh receive?", "--json"))["sentences"]
    assert sentence["text"] == "The harbour of Belmarsh received nine ships."
    in_order(run("doctor"))


def test_while_another_process_writes_a_reader_sees_what_it_has_kept(run: Run, home: Path, tmp_path: Path) -> None:
    (tmp_path / "new.txt").write_text("The harbour of Belmarsh received nine ships.")
    app = build_app(Settings(home=home))
    fill(app, tmp_path / "new.txt")  # in SQLite's log, not yet in the file
    close(home, writable=False)
    try:
        assert len(answer(run("list", "--json"))["briefings"]) == 2
    finally:
        close(home, writable=True)
        app.close()


def test_a_home_without_a_library_says_so(run: Run, home: Path) -> None:
    shutil.rmtree(home)
    home.mkdir()
    close(home, writable=False)
    ended = run("list")
    assert ended.code == 1
    assert "--home" in ended.err
    assert len(ended.err.splitlines()) == 1


def test_a_library_that_was_not_closed_is_never_read_without_its_log(run: Run, home: Path, tmp_path: Path) -> None:
    (tmp_path / "new.txt").write_text("The harbour of Belmarsh received nine ships.")
    app = build_app(Settings(home=home))
    fill(app, tmp_path / "new.txt")
    copy = tmp_path / "copy"
    copy.mkdir()
    for name in ("library.sqlite3", "library.sqlite3-wal"):  # as a backup may hold it, without the shared memory
        shutil.copy(home / name, copy / name)
    app.close()
    close(copy, writable=False)
    ended = run("--home", str(copy), "list", "--json")
    close(copy, writable=True)
    assert ended.code == 1
    assert len(ended.err.splitlines()) == 1


def test_a_file_that_is_missing_may_be_written_where_its_folder_may(tmp_path: Path) -> None:
    assert may_write(tmp_path, tmp_path / "new.txt")
    assert not may_write(tmp_path / "no folder" / "new.txt")


def test_a_library_that_can_be_written_is_not_called_read_only(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library.sqlite3")
    assert not library.is_read_only
    library.check_writable()
    library.close()
    again = Library.open(tmp_path / "library.sqlite3")
    assert not again.is_read_only
    again.close()


def test_writing_to_what_is_read_only_is_refused_before_the_database_is_asked(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.storage.permissions.may_write", lambda *paths: False)
    library = Library.open(home / "library.sqlite3")
    assert library.is_read_only
    assert [s.briefing_id for s in library.summaries()] == [REAL]
    with pytest.raises(LibraryError, match="can only be read"):
        library.remove([REAL])
    library.close()


def test_repair_beside_a_library_elsewhere_names_what_cannot_be_written(
    home: Path, run: Run, tmp_path: Path, temporary: Path
) -> None:
    elsewhere = tmp_path / "elsewhere.sqlite3"
    (home / "library.sqlite3").rename(elsewhere)
    (temporary / ".env").write_text(f"BRIEFINGS_LIBRARY_URL=sqlite:///{elsewhere}\n")
    close(home, writable=False)
    before = contents(home)
    ended = run("doctor", "--repair")
    assert ended.code == 1
    assert f"The search indexes can only be read: {home} " in ended.err
    assert contents(home) == before
