"""Both mirrors follow the library, and whatever happens to them, what the library holds is found."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from rag.briefings import Scope
from rag.errors import BriefingsError, NotFoundError
from rag.lexicon import Wanted
from rag.library import Library
from rag.mirrors import Mirrors
from rag.storage.profiles import Profile
from rag.vectors import COLLECTION
from rag.words.terms import index_terms
from tests.chroma import client_at
from tests.toys import TOY, briefing, put

ALPHA = briefing("alpha", "ships ships bread", "ships bread", "bread")
BETA = briefing("beta", "ships", "rain")

# Cosines with (3, 2, 1), without the common factor 1/√14: ships 3, ships·2+bread 8/√5 = 3.58,
# ships+bread 5/√2 = 3.54, bread 2, rain 1.
ASKED = np.array([3, 2, 1], dtype=np.float32) / np.float32(14**0.5)
NEAREST = ["alpha:1", "alpha:2", "beta:1", "alpha:3", "beta:2"]


@dataclass
class Place:
    """A home folder with an open library."""

    home: Path
    library: Library

    def mirrors(self, embedder: str = TOY) -> Mirrors:
        return Mirrors(self.home, self.library, embedder)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """A library with ALPHA and BETA."""
    home = tmp_path / "place"
    home.mkdir()
    library = Library.open(home / "library.sqlite3")
    put(library, ALPHA)
    put(library, BETA)
    yield Place(home, library)
    library.close()


@pytest.fixture
def mirrors(place: Place) -> Iterator[Mirrors]:
    """Its mirrors, up to date."""
    mirrors = place.mirrors()
    mirrors.catch_up()
    yield mirrors
    mirrors.close()


def dense(mirrors: Mirrors, within: list[str] | None = None, k: int = 10) -> list[str]:
    return [i for i, _ in mirrors.dense(ASKED, k, Scope(tuple(within or ())))]


def lexical(mirrors: Mirrors, question: str = "ships bread rain", within: list[str] | None = None) -> list[str]:
    wanted = Wanted(dict.fromkeys(index_terms(question), 1.0), within)
    nothing: list[Profile] = []
    return [profile.passage_id for profile in mirrors.of_words(lambda words: words.search(wanted, 10), nothing)]


def problems(mirrors: Mirrors) -> list[str | None]:
    return [state.problem for state in mirrors.states()]


def in_the_store(home: Path, *, without: tuple[str, ...] = ()) -> set[str]:
    """The ids in the Chroma collection, read by a client of the test's own after it deleted some."""
    with client_at(home / "chroma") as client:
        collection = client.get_collection(COLLECTION, embedding_function=None)
        if without:
            collection.delete(ids=list(without))
        return set(collection.get(include=[])["ids"])


# -- following the library ------------------------------------------------------------------------------


def test_what_is_in_the_library_is_found_by_words_and_by_vector(mirrors: Mirrors, place: Place) -> None:
    assert dense(mirrors) == NEAREST
    scores = dict(mirrors.dense(ASKED, 10, None))
    assert scores["beta:1"] == pytest.approx(3 / 14**0.5)
    assert scores["alpha:2"] == pytest.approx(5 / 28**0.5)
    assert set(lexical(mirrors)) == set(NEAREST)
    assert lexical(mirrors, "rain") == ["beta:2"]
    mirrors.close()
    assert in_the_store(place.home) == set(NEAREST)


def test_a_question_finds_what_was_added_since_without_being_told(mirrors: Mirrors, place: Place) -> None:
    put(place.library, briefing("gamma", "ships ships ships bread bread rain storm"))
    assert dense(mirrors)[0] == "gamma:1"  # (3, 2, 1) itself
    assert lexical(mirrors, "storm") == ["gamma:1"]
    assert problems(mirrors) == [None, None]


def test_a_removed_briefing_is_found_no_more(mirrors: Mirrors, place: Place) -> None:
    place.library.remove(["alpha"])
    assert dense(mirrors) == ["beta:1", "beta:2"]
    assert lexical(mirrors, "bread") == []
    mirrors.close()
    assert in_the_store(place.home) == {"beta:1", "beta:2"}


def test_a_replaced_briefing_is_found_by_its_new_words_only(mirrors: Mirrors, place: Place) -> None:
    put(place.library, briefing("alpha", "rain rain bread thunder"))
    assert dense(mirrors) == ["beta:1", "alpha:1", "beta:2"]  # (0, 1, 2)/√5 · (3, 2, 1) = 4/√5 = 1.79
    assert lexical(mirrors, "ships") == ["beta:1"]
    assert lexical(mirrors, "thunder") == ["alpha:1"]
    assert problems(mirrors) == [None, None]


def test_one_that_was_removed_and_added_again_is_found_once(mirrors: Mirrors, place: Place) -> None:
    place.library.remove(["alpha"])
    put(place.library, ALPHA)
    assert dense(mirrors) == NEAREST
    assert sorted(lexical(mirrors)) == sorted(NEAREST)


def test_what_happened_while_the_mirrors_were_closed_is_caught_up(mirrors: Mirrors, place: Place) -> None:
    mirrors.close()
    place.library.remove(["alpha"])
    put(place.library, briefing("beta", "bread"))
    put(place.library, briefing("gamma", "ships storm"))
    again = place.mirrors()
    again.catch_up()
    assert problems(again) == [None, None]
    assert dense(again) == ["gamma:1", "beta:1"]
    assert set(lexical(again)) == {"gamma:1", "beta:1"}
    again.close()


def test_catching_up_counts_the_briefings_copied(place: Place) -> None:
    for n in range(210):  # more than one batch
        put(place.library, briefing(f"more-{n}", "bread"))
    mirrors = place.mirrors()
    counted: list[tuple[int, int]] = []
    mirrors.catch_up(lambda done, total: counted.append((done, total)))
    half = len(counted) // 2
    for steps in (counted[:half], counted[half:]):  # one mirror after the other
        assert steps == sorted(steps)
        assert steps[-1] == (212, 212)
    assert problems(mirrors) == [None, None]
    mirrors.close()


@pytest.mark.slow
def test_a_question_does_not_wait_for_a_long_backlog_and_the_scan_finds_all(mirrors: Mirrors, place: Place) -> None:
    for n in range(501):
        put(place.library, briefing(f"more-{n:03}", "bread " * (n % 25) + "rain " * (n // 25 + 1)))
    put(place.library, briefing("gamma", "ships ships ships bread bread rain"))
    assert dense(mirrors, k=3) == ["gamma:1", "alpha:1", "alpha:2"]
    assert lexical(mirrors, "ships") == ["alpha:1", "beta:1", "alpha:2"]  # behind until someone catches up
    mirrors.catch_up()
    assert dense(mirrors, k=3) == ["gamma:1", "alpha:1", "alpha:2"]
    assert "gamma:1" in lexical(mirrors, "ships")
    assert problems(mirrors) == [None, None]


def test_a_search_within_some_briefings_finds_only_theirs(mirrors: Mirrors) -> None:
    assert dense(mirrors, ["beta"]) == ["beta:1", "beta:2"]
    assert dense(mirrors, ["beta"], k=1) == ["beta:1"]
    with pytest.raises(NotFoundError):
        dense(mirrors, ["beta", "nobody"])
    assert lexical(mirrors, within=["alpha"]) == lexical(mirrors, "ships bread", within=["alpha"])
    assert set(lexical(mirrors, within=["alpha"])) == {"alpha:1", "alpha:2", "alpha:3"}


@pytest.mark.parametrize(("few", "scanned"), [(200, 100_000), (0, 100_000), (0, 0)])
def test_a_search_within_some_finds_the_same_by_every_way(
    mirrors: Mirrors, place: Place, monkeypatch: pytest.MonkeyPatch, few: int, scanned: int
) -> None:
    monkeypatch.setattr("rag.mirrors._FEW", few)
    monkeypatch.setattr("rag.mirrors._SCANNED", scanned)
    assert dense(mirrors, ["beta"]) == ["beta:1", "beta:2"]
    assert dense(mirrors, ["alpha"], k=2) == ["alpha:1", "alpha:2"]
    assert dense(mirrors, ["alpha", "beta"]) == NEAREST
    put(place.library, briefing("gamma", "ships", published=date(2032, 5, 3), source="Gazette"))
    mirrors.catch_up()
    for scope in (Scope(sources=("Gazette",)), Scope(since=date(2032, 5, 1)), Scope(until=date(2032, 5, 3))):
        assert [i for i, _ in mirrors.dense(ASKED, 10, scope)] == ["gamma:1"]
    assert mirrors.dense(ASKED, 10, Scope(sources=("Courier",), since=date(2032, 5, 1))) == []


def test_a_large_library_whose_store_is_anothers_is_not_read_into_memory(
    place: Place, mirrors: Mirrors, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert dense(mirrors) == NEAREST  # the first holds the store
    second = place.mirrors()
    assert dense(second) == NEAREST
    monkeypatch.setattr("rag.mirrors._SCANNED", 0)
    assert dense(second) == []
    assert dense(second, ["beta"]) == ["beta:1", "beta:2"]
    second.close()


def test_an_empty_library_has_nothing_to_find_and_nothing_wrong(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library.sqlite3")
    mirrors = Mirrors(tmp_path, library, TOY)
    mirrors.catch_up()
    assert (dense(mirrors), lexical(mirrors), problems(mirrors)) == ([], [], [None, None])
    put(library, BETA)
    assert (dense(mirrors), lexical(mirrors, "rain")) == (["beta:1", "beta:2"], ["beta:2"])
    mirrors.close()
    library.close()


def test_another_embedders_vectors_replace_the_store(mirrors: Mirrors, place: Place) -> None:
    mirrors.close()
    ids = place.library.vectors()[0]
    wide = np.eye(5, dtype=np.float32)  # five numbers each, where the toy embedder has three
    place.library.replace_vectors([(ids, wide)], "wide:5")
    again = place.mirrors("wide:5")
    assert again.dense(wide[3], 1, None) == [(ids[3], pytest.approx(1.0))]
    assert problems(again) == [None, None]
    again.close()


# -- two at once ----------------------------------------------------------------------------------------


def test_a_second_process_answers_by_scan_and_the_owner_catches_up(mirrors: Mirrors, place: Place) -> None:
    library = Library.open(place.home / "library.sqlite3")
    second = Mirrors(place.home, library, TOY)
    assert "another process" in second.states()[1].detail
    assert second.dense(ASKED, 10, None) == [(i, pytest.approx(s)) for i, s in mirrors.dense(ASKED, 10, None)]
    assert lexical(second) == lexical(mirrors)

    put(library, briefing("gamma", "ships ships ships bread bread rain storm"))
    assert dense(second)[0] == dense(mirrors)[0] == "gamma:1"
    assert lexical(second, "storm") == lexical(mirrors, "storm") == ["gamma:1"]
    with pytest.raises(BriefingsError, match="nother process"):
        second.rebuild()
    second.close()

    assert problems(mirrors) == [None, None]
    mirrors.close()
    assert "gamma:1" in in_the_store(place.home)
    library.close()


def test_when_the_owner_ends_another_takes_the_store(mirrors: Mirrors, place: Place) -> None:
    second = place.mirrors()
    assert dense(second) == NEAREST
    mirrors.close()
    assert dense(second) == NEAREST
    assert second.states()[1].detail == "5 passages"
    second.close()


def test_threads_may_ask_while_another_adds(mirrors: Mirrors, place: Place) -> None:
    def ask(_: int) -> tuple[list[str], list[str]]:
        return dense(mirrors, k=2), lexical(mirrors, "rain")

    def add(n: int) -> int:
        return put(place.library, briefing(f"more-{n}", "bread"))

    with ThreadPoolExecutor(4) as pool:
        adding = pool.submit(lambda: [add(n) for n in range(15)])
        answers = list(pool.map(ask, range(30)))
        assert adding.result()[-1] == 17
    assert answers == [(["alpha:1", "alpha:2"], ["beta:2"])] * 30
    mirrors.catch_up()
    assert problems(mirrors) == [None, None]


def test_questions_are_answered_while_a_long_backlog_is_copied(
    mirrors: Mirrors, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.keeping.copying._PASSAGES", 5)
    for n in range(40):
        put(place.library, briefing(f"more-{n:02}", "bread", "bread storm"))
    asked: list[tuple[list[str], list[str]]] = []

    with ThreadPoolExecutor(1) as pool:
        copying = pool.submit(mirrors.catch_up)
        while not copying.done():
            asked.append((dense(mirrors, k=2), lexical(mirrors, "rain")))
        copying.result()
    assert len(asked) >= 2
    assert all(found == (["alpha:1", "alpha:2"], ["beta:2"]) for found in asked)
    assert problems(mirrors) == [None, None]
    assert len(lexical(mirrors, "storm")) == 10


# -- damage ---------------------------------------------------------------------------------------------


def every_file(folder: Path, *, write: bytes) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            path.write_bytes(write)


@pytest.mark.parametrize("folder", ["chroma", "lexicon"])
@pytest.mark.parametrize("damage", ["garbage", "emptied", "deleted"])
def test_a_damaged_folder_is_built_anew_with_the_same_results(
    mirrors: Mirrors, place: Place, folder: str, damage: str
) -> None:
    words = lexical(mirrors)
    mirrors.close()
    if damage == "deleted":
        shutil.rmtree(place.home / folder)
    else:
        every_file(place.home / folder, write=b"garbage " * 500 if damage == "garbage" else b"")
    again = place.mirrors()
    assert dense(again) == NEAREST
    assert lexical(again) == words
    assert problems(again) == [None, None]
    again.close()
    assert in_the_store(place.home) == set(NEAREST)


def test_a_segment_of_the_lexical_index_that_is_gone_is_mended(mirrors: Mirrors, place: Place) -> None:
    words = lexical(mirrors)
    mirrors.close()
    for path in (place.home / "lexicon").glob("*.idx"):
        path.unlink()
    again = place.mirrors()
    assert lexical(again) == words
    assert problems(again) == [None, None]
    again.close()


def test_a_lexical_folder_that_goes_away_under_an_open_mirror_is_built_anew(mirrors: Mirrors, place: Place) -> None:
    shutil.rmtree(place.home / "lexicon")
    put(place.library, briefing("gamma", "storm"))
    assert set(lexical(mirrors, "storm rain")) == {"gamma:1", "beta:2"}
    assert problems(mirrors)[0] is None


def test_a_store_that_goes_away_under_an_open_mirror_takes_no_answer_away(mirrors: Mirrors, place: Place) -> None:
    shutil.rmtree(place.home / "chroma")
    put(place.library, briefing("gamma", "ships ships ships bread bread rain"))
    assert dense(mirrors) == ["gamma:1", *NEAREST]
    mirrors.close()
    again = place.mirrors()
    again.catch_up()
    assert dense(again) == ["gamma:1", *NEAREST]
    assert problems(again) == [None, None]
    again.close()


def test_a_mark_stands_only_while_the_store_is_open(mirrors: Mirrors, place: Place) -> None:
    mark = place.home / "chroma.open"
    assert mark.exists()
    mirrors.close()
    assert not mark.exists()


def test_passages_lost_in_an_unclean_end_are_noticed_and_mended(mirrors: Mirrors, place: Place) -> None:
    mirrors.close()
    (place.home / "chroma.open").touch()  # as after a power cut
    assert in_the_store(place.home, without=("alpha:1", "beta:1")) == {"alpha:2", "alpha:3", "beta:2"}
    again = place.mirrors()
    assert dense(again) == NEAREST
    assert problems(again) == [None, None]
    again.close()
    assert in_the_store(place.home) == set(NEAREST)


def test_a_store_that_lost_passages_is_reported_and_mended_by_a_rebuild(mirrors: Mirrors, place: Place) -> None:
    mirrors.close()
    in_the_store(place.home, without=("alpha:1",))
    again = place.mirrors()
    assert again.states()[1].problem == "holds 4 of 5 passages"
    again.rebuild()
    assert problems(again) == [None, None]
    assert dense(again) == NEAREST
    again.close()


def test_a_rebuild_of_sound_mirrors_changes_nothing(mirrors: Mirrors) -> None:
    words = lexical(mirrors)
    mirrors.rebuild()
    assert (dense(mirrors), lexical(mirrors)) == (NEAREST, words)
    assert problems(mirrors) == [None, None]


# -- mirrors of something else --------------------------------------------------------------------------


def test_an_index_of_another_version_is_built_anew_however_long_that_takes(
    mirrors: Mirrors, place: Place, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    mirrors.close()
    stamp, meta = place.home / "lexicon" / "stamp.json", place.home / "lexicon" / "meta.json"
    stamp.write_text(json.dumps({**json.loads(stamp.read_text()), "recipe": "lexicon-0"}))
    kept = json.loads(meta.read_text())
    kept["schema"] = [field for field in kept["schema"] if field["name"] != "title"]  # it cannot be opened as it is
    meta.write_text(json.dumps(kept))
    monkeypatch.setattr("rag.mirrors._BACKLOG", 1)
    again = place.mirrors()
    assert set(lexical(again)) == set(NEAREST)
    assert caplog.messages == []
    again.close()


def test_mirrors_of_another_library_are_built_anew(mirrors: Mirrors, place: Place, tmp_path: Path) -> None:
    mirrors.close()
    other = Library.open(tmp_path / "other.sqlite3")
    put(other, briefing("gamma", "bread", "ships storm"))  # revision 1, where the mirrors stand at 2
    again = Mirrors(place.home, other, TOY)
    assert dense(again) == ["gamma:2", "gamma:1"]
    assert set(lexical(again)) == {"gamma:1", "gamma:2"}
    assert problems(again) == [None, None]
    again.close()
    assert in_the_store(place.home) == {"gamma:1", "gamma:2"}
    other.close()


def test_a_store_of_another_library_at_the_same_revision_is_built_anew(
    mirrors: Mirrors, place: Place, tmp_path: Path
) -> None:
    mirrors.close()
    other = Library.open(tmp_path / "other.sqlite3")
    put(other, briefing("gamma", "bread"))
    put(other, briefing("delta", "ships"))
    assert other.revision() == place.library.revision()
    again = Mirrors(place.home, other, TOY)
    assert dense(again) == ["delta:1", "gamma:1"]
    again.close()
    other.close()


def test_mirrors_that_are_ahead_of_a_restored_library_are_built_anew(place: Place, tmp_path: Path) -> None:
    paths = place.home / "library.sqlite3", tmp_path / "old.sqlite3"
    with closing(sqlite3.connect(paths[0])) as now, closing(sqlite3.connect(paths[1])) as backup:
        now.backup(backup)
    old = Library.open(tmp_path / "old.sqlite3")
    put(place.library, briefing("gamma", "storm"))
    ahead = place.mirrors()
    assert lexical(ahead, "storm") == ["gamma:1"]
    ahead.close()
    assert old.library_id() == place.library.library_id()
    behind = Mirrors(place.home, old, TOY)
    assert lexical(behind, "storm") == []
    assert dense(behind) == NEAREST
    assert problems(behind) == [None, None]
    behind.close()
    old.close()


def test_mirrors_of_a_library_that_was_restored_and_went_another_way_are_built_anew(
    place: Place, tmp_path: Path
) -> None:
    paths = place.home / "library.sqlite3", tmp_path / "old.sqlite3"
    with closing(sqlite3.connect(paths[0])) as now, closing(sqlite3.connect(paths[1])) as backup:
        now.backup(backup)
    put(place.library, briefing("gamma", "storm"))
    ahead = place.mirrors()
    ahead.catch_up()
    ahead.close()
    old = Library.open(tmp_path / "old.sqlite3")
    put(old, briefing("delta", "thunder"))
    assert (old.revision(), old.library_id()) == (place.library.revision(), place.library.library_id())
    for later in (False, True):  # at the mirrors' revision, and beyond it
        if later:
            put(old, briefing("epsilon", "hail"))
        beside = tmp_path / f"beside-{later}"
        shutil.copytree(place.home, beside)
        again = Mirrors(beside, old, TOY)
        assert (lexical(again, "storm"), lexical(again, "thunder")) == ([], ["delta:1"])
        assert "delta:1" in dense(again, k=50)
        assert problems(again) == [None, None]
        again.close()
    old.close()
