"""A damaged library gives up all that can be read of it, whole briefings only, and is kept beside the new one."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from filelock import FileLock

from rag.answers import Answer
from rag.briefings import Briefing, Scope
from rag.errors import BriefingsError
from rag.keeping.salvage import damage, salvage
from rag.library import Library
from rag.storage.conversations import Conversations
from rag.storage.entries import Entry
from tests.toys import TOY, briefing, passages, put, vectors

COUNT = 60


def whole(number: int) -> Briefing:
    return briefing(f"b{number:02}", *[f"Ship {number}-{n} left with bread. " * 20 for n in range(6)])


@pytest.fixture
def path(sound: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copy(sound, tmp_path / "library.sqlite3"))


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of sixty briefings of about three pages each, one of them changed once, and one conversation."""
    path = tmp_path_factory.mktemp("sound") / "library.sqlite3"
    library = Library.open(path)
    put(library, briefing("b00", "What it said before."))
    put(library, whole(0))
    entries = [Entry(w, passages(w), vectors(w)) for w in map(whole, range(1, COUNT))]
    library.put_all(entries, TOY)
    conversations = Conversations(library.engine)
    talk = conversations.create("Talk")
    answer = Answer("Q?", "Q?", (), (), True, reason="The briefings do not say.")
    conversations.add(talk, "Which ship?", Scope(), COUNT, answer)
    library.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


def spoil(path: Path, table: str, share: float) -> None:
    """Overwrite the page of this table that lies this far into its pages."""
    with closing(sqlite3.connect(path)) as connection:
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        query = "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY pageno"
        try:
            pages = [row[0] for row in connection.execute(query, (table,))]
        except sqlite3.OperationalError:
            pytest.skip("this SQLite cannot tell its pages")
    page = pages[int(len(pages) * share)]
    data = bytearray(path.read_bytes())
    data[(page - 1) * size : page * size] = b"\xa5" * size
    path.write_bytes(data)


def test_a_sound_file_has_no_damage(path: Path, tmp_path: Path) -> None:
    assert damage(path) is None
    assert damage(tmp_path / "nothing.sqlite3") is None


@pytest.mark.parametrize("table", ["briefings", "paragraphs", "passages"])
@pytest.mark.parametrize("share", [0.0, 0.5, 0.99])
def test_all_but_the_briefings_on_a_spoilt_page_are_saved(
    path: Path, tmp_path: Path, table: str, share: float
) -> None:
    spoil(path, table, share)
    before = path.read_bytes()
    assert damage(path)
    saved = salvage(tmp_path, path)
    assert saved.aside.read_bytes() == before
    assert saved.briefings + len(saved.lost) == COUNT
    assert 1 <= len(saved.lost) <= 25
    library = Library.open(path)
    assert library.check() is None
    kept = library.briefings(library.uris())
    assert {b.briefing_id for b in kept} == {f"b{n:02}" for n in range(COUNT)} - set(saved.lost)
    assert all(b == whole(int(b.briefing_id[1:])) for b in kept)
    assert len(library.passage_ids()) == 6 * len(kept)
    assert library.vectors()[2].shape == (6 * len(kept), 3)
    assert library.embedder() == TOY
    if "b00" not in saved.lost:
        assert [v.briefing.text for v in library.versions("b00")] == ["What it said before."]
    (talk,) = Conversations(library.engine).search("ship")
    assert talk.name == "Talk"
    put(library, briefing("new", "It can be written again."))
    library.close()


def test_a_file_of_rubbish_becomes_an_empty_library(path: Path, tmp_path: Path) -> None:
    path.write_bytes(b"rubbish " * 10_000)
    assert damage(path)
    saved = salvage(tmp_path, path)
    assert (saved.briefings, saved.lost) == (0, ())
    library = Library.open(path)
    assert library.summaries() == []
    library.close()


def test_a_library_in_use_is_left_alone(path: Path, tmp_path: Path) -> None:
    spoil(path, "briefings", 0.5)
    before = path.read_bytes()
    with FileLock(tmp_path / "chroma.lock"), pytest.raises(BriefingsError, match="Another process"):
        salvage(tmp_path, path)
    assert path.read_bytes() == before
