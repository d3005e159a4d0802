"""The library keeps briefings whole, counts its revisions, and lets no two writers overwrite each other."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import numpy as np
import pytest
from sqlalchemy import event

from rag.errors import ConflictError, LibraryError, NotFoundError
from rag.library import Changed, Changes, Library
from rag.storage import account
from rag.storage import database as db
from rag.storage.entries import Entry
from tests.toys import ALPHA, BETA, GAMMA, TOY, briefing, passages, put, vectors


def test_what_is_kept_outlives_the_program(library: Library, library_path: Path) -> None:
    put(library, ALPHA)
    name = library.library_id()
    library.close()
    again = Library.open(library_path)
    assert again.briefing("alpha") == ALPHA
    assert (again.library_id(), again.revision(), again.embedder()) == (name, 1, TOY)
    again.close()


# -- replacing, removing, moving ------------------------------------------------------------------------


def test_a_replaced_briefing_leaves_nothing_of_the_old_one(library: Library) -> None:
    put(library, ALPHA)
    short = replace(briefing("alpha", "Only rain."), sha256="1" * 64)
    assert put(library, short) == 2
    assert library.briefing("alpha") == short
    assert library.passage_ids() == {"alpha:1"}
    assert library.vectors()[2].tolist() == [[0.0, 0.0, 1.0]]


def test_what_another_process_replaces_or_removes_is_not_read_as_it_was(
    library: Library, library_path: Path
) -> None:
    put(library, ALPHA)
    reader = Library.open(library_path)
    assert [reader.briefing("alpha"), *(hit.text for hit in reader.hits({"alpha:1": 1.0}))] == [
        ALPHA,
        ALPHA.words_of(passages(ALPHA)[0]),
    ]
    short = replace(briefing("alpha", "Only rain."), sha256="1" * 64)
    put(library, short)
    assert reader.briefing("alpha") == short
    assert [(hit.text, hit.score) for hit in reader.hits({"alpha:1": 0.5})] == [("Only rain.", 0.5)]
    library.remove(["alpha"])
    assert (reader.briefings(["alpha"]), reader.hits({"alpha:1": 1.0})) == ([], [])
    reader.close()


def test_a_library_of_the_version_without_pages_and_authors_opens_and_goes_on(
    library: Library, library_path: Path
) -> None:
    put(library, ALPHA)
    library.close()
    with sqlite3.connect(library_path) as old:
        old.execute("ALTER TABLE paragraphs DROP COLUMN page")
        old.execute("ALTER TABLE briefings DROP COLUMN author")
        old.execute("UPDATE meta SET value = '1' WHERE key = 'schema_version'")
    old.close()
    for _ in range(2):  # the second time there is nothing to do
        again = Library.open(library_path)
        assert again.briefing("alpha") == ALPHA
        again.close()
    again = Library.open(library_path)
    paged = replace(BETA, paragraphs=(replace(BETA.paragraphs[0], page=2),))
    put(again, paged)
    assert again.briefing("beta") == paged
    assert [hit.page for hit in again.hits({"beta:1": 1.0})] == [2]
    again.close()


def test_a_removed_briefing_is_gone_with_its_passages(library: Library) -> None:
    put(library, ALPHA)
    put(library, BETA)
    assert library.remove(["alpha"]) == 3
    assert [s.briefing_id for s in library.summaries()] == ["beta"]
    assert library.passage_ids() == {"beta:1"}


def test_removing_one_that_is_not_there_removes_none(library: Library) -> None:
    put(library, ALPHA)
    with pytest.raises(NotFoundError):
        library.remove(["alpha", "nobody"])
    assert "alpha" in library.uris()
    assert library.revision() == 1


def test_more_can_be_removed_at_once_than_a_statement_has_parameters(library: Library) -> None:
    event.listen(library.engine, "connect", lambda c, _: c.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 600))
    library.engine.dispose()
    put(library, ALPHA)
    with pytest.raises(NotFoundError):
        library.remove(["alpha", *(f"nobody-{n}" for n in range(700))])
    assert "alpha" in library.uris()
    many = [briefing(f"many-{n}", "Rain fell.") for n in range(700)]
    library.put_all([Entry(one, passages(one), vectors(one)) for one in many], TOY)
    library.remove([one.briefing_id for one in many])
    assert [s.briefing_id for s in library.summaries()] == ["alpha"]


# -- revisions ------------------------------------------------------------------------------------------


def test_changes_tell_what_happened_after_a_revision(library: Library) -> None:
    revisions = [put(library, ALPHA), put(library, BETA), put(library, ALPHA), library.remove(["beta"])]
    assert revisions == [1, 2, 3, 4]
    assert library.changes(4) == Changes(4, (), ())
    assert library.changes(3) == Changes(4, ("beta",), ())
    assert library.changes(2) == Changes(4, tuple(library.changes(2).gone), (Changed("alpha", 3),))
    assert set(library.changes(2).gone) == {"alpha", "beta"}
    assert library.changes(-1).present == (Changed("alpha", 3),)


def test_changes_come_oldest_first(library: Library) -> None:
    for whole in (GAMMA, ALPHA, BETA, ALPHA):
        put(library, whole)
    assert library.changes(0).present == (Changed("gamma", 1), Changed("beta", 3), Changed("alpha", 4))


def test_one_that_came_back_after_its_removal_is_gone_and_present(library: Library) -> None:
    put(library, ALPHA)
    library.remove(["alpha"])
    put(library, ALPHA)
    assert library.changes(1) == Changes(3, ("alpha",), (Changed("alpha", 3),))


def test_all_vectors_can_be_replaced_at_once(library: Library) -> None:
    put(library, ALPHA)
    put(library, BETA)
    new = np.array([[1, 2], [3, 4], [5, 6]], dtype=np.float32)
    revision = library.replace_vectors([(["alpha:1"], new[:1]), (["alpha:2", "beta:1"], new[1:])], "other")
    assert (revision, library.embedder()) == (3, "other")
    assert library.vectors()[2].tolist() == new.tolist()
    changes = library.changes(2)  # every mirror must take all of it anew
    assert set(changes.gone) == {c.briefing_id for c in changes.present} == {"alpha", "beta"}


# -- what is refused ------------------------------------------------------------------------------------


def test_an_id_that_belongs_to_another_address_is_a_conflict(library: Library) -> None:
    put(library, ALPHA)
    for other in (replace(BETA, briefing_id="alpha"), replace(BETA, uri=ALPHA.uri)):
        with pytest.raises(ConflictError):
            put(library, other)
    assert library.briefings(["alpha", "beta"]) == [ALPHA]
    assert library.revision() == 1


def test_one_that_must_be_new_does_not_replace_another(library: Library) -> None:
    put(library, ALPHA, new=True)
    with pytest.raises(ConflictError):
        put(library, ALPHA, new=True)
    assert library.revision() == 1


@pytest.mark.parametrize("url", ["nonsense", "no-such-database://host/name"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(LibraryError) as caught:
        Library.open(url)
    assert "BRIEFINGS_LIBRARY_URL" in caught.value.reason


def test_the_first_embedder_claims_the_library(library: Library) -> None:
    put(library, ALPHA)
    with pytest.raises(LibraryError) as caught:
        put(library, BETA, embedder="other:9")
    assert TOY in str(caught.value)
    assert "other:9" in str(caught.value)
    assert (library.embedder(), library.revision(), "beta" in library.uris()) == (TOY, 1, False)


def test_what_fails_half_way_leaves_nothing_behind(library: Library) -> None:
    put(library, ALPHA)
    changed = replace(ALPHA, title="Changed")
    with pytest.raises(ValueError, match="shorter"):  # two passages, one vector
        put(library, changed, vectors(changed)[:1])
    assert library.briefing("alpha") == ALPHA
    assert library.passage_ids() == {"alpha:1", "alpha:2"}
    assert library.revision() == 1


def test_a_newer_format_is_refused_and_left_as_it_is(library: Library, library_path: Path) -> None:
    put(library, ALPHA)
    library.close()
    with sqlite3.connect(library_path) as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'schema_version'")
    connection.close()
    with pytest.raises(LibraryError) as caught:
        Library.open(library_path)
    assert "newer" in caught.value.reason
    with sqlite3.connect(library_path) as connection:
        assert connection.execute("SELECT count(*) FROM briefings").fetchone() == (1,)
    connection.close()


def test_a_file_that_is_no_library_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear library, " * 100)
    for where in (letter, tmp_path, tmp_path / "no" / "folder" / "library.sqlite3"):
        with pytest.raises(LibraryError) as caught:
            Library.open(where)
        assert caught.value.remedy
    assert letter.read_text() == "Dear library, " * 100


def test_a_damaged_file_is_noticed(library: Library, library_path: Path) -> None:
    put(library, briefing("long", *["ships and more ships"] * 2000))
    library.close()
    with sqlite3.connect(library_path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    data = bytearray(library_path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 8192] = b"\xff" * 8192
    library_path.write_bytes(data)
    broken = Library.open(library_path)
    assert broken.check()
    broken.close()


# -- two at once ----------------------------------------------------------------------------------------


def test_two_libraries_on_one_file_write_from_two_threads_and_lose_nothing(library_path: Path) -> None:
    two = [Library.open(library_path), Library.open(library_path)]
    start = Barrier(2)

    def write(number: int) -> list[int]:
        start.wait()
        return [put(two[number], briefing(f"b{number}-{i}", "ships", "rain")) for i in range(20)]

    with ThreadPoolExecutor(2) as pool:
        taken = list(pool.map(write, range(2)))
    assert sorted(taken[0] + taken[1]) == list(range(1, 41))  # every revision was given once
    assert taken[0] == sorted(taken[0])
    for library in two:
        assert len(library.summaries()) == 40
        assert len(library.passage_ids()) == 80
        library.close()


def test_two_writers_of_one_address_leave_one_briefing(library_path: Path) -> None:
    two = [Library.open(library_path), Library.open(library_path)]
    start = Barrier(2)

    def write(number: int) -> str:
        start.wait()
        try:
            put(two[number], replace(ALPHA, briefing_id=f"copy-{number}"))
        except ConflictError:
            return "conflict"
        return "added"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(write, range(2))) == ["added", "conflict"]
    assert len(two[0].summaries()) == 1
    for library in two:
        library.close()


def test_a_reader_sees_a_briefing_whole_while_another_replaces_it(library_path: Path) -> None:
    reader, writer = Library.open(library_path), Library.open(library_path)
    forms = [briefing("alpha", "ships", "ships"), briefing("alpha", "bread and bread")]
    put(writer, forms[0])

    def replace_often() -> None:
        for i in range(30):
            put(writer, forms[i % 2])

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(replace_often)
        while not done.done():
            assert reader.briefing("alpha") in forms  # never the text of one with the paragraphs of the other
        done.result()
    reader.close()
    writer.close()


def test_a_library_stands_at_its_last_revision_and_no_other(library: Library) -> None:
    assert not library.stands_at(0, "")
    put(library, ALPHA)
    put(library, BETA)
    last = library.revision()
    assert library.stands_at(last, library.token(last))
    assert not library.stands_at(last, library.token(last - 1))
    assert not library.stands_at(last - 1, library.token(last - 1))


def test_what_the_driver_says_against_a_question_is_told_in_our_words(library: Library) -> None:
    with pytest.raises(LibraryError, match="no such table: nowhere"), db.reading(library.engine) as connection:
        account.asked_quickly(connection, "SELECT 1 FROM nowhere")
    with db.reading(library.engine) as connection:
        assert account.asked_quickly(connection, "SELECT 1, 'a' UNION SELECT 2, 'b' ORDER BY 1") == (1, "a")
        assert account.asked_quickly(connection, "SELECT 1 WHERE 1 = 2") is None


def test_within_one_question_a_library_stands_where_it_was_found_to_stand(library: Library) -> None:
    put(library, ALPHA)
    first = library.revision(), library.token(library.revision())
    with library.unchanging():
        assert library.stands_at(*first)
        put(library, BETA)
        with library.unchanging():
            assert library.stands_at(*first)
        assert library.stands_at(*first)
        with ThreadPoolExecutor(1) as pool:
            assert not pool.submit(library.stands_at, *first).result()
        assert library.stands_at(library.revision(), library.token(library.revision()))
    assert not library.stands_at(*first)
