"""Files become briefings: what is new, changed, moved, twice there, gone or bad is told apart."""

import os
import shutil
import tempfile
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import intake, pipeline
from ingest.pipeline import embed_anew, find_files, ingest, prune
from rag.briefings import Briefing
from rag.build import App, build_app
from rag.errors import EmbedderError, LibraryError
from rag.settings import Settings
from rag.storage.database import Vectors
from rag.storage.entries import Entry, Written
from tests.taking import RAIN, SHIPS, CountingEmbedder, Take, results, write
from tests.toys import PROPERTY, ToyEmbedder


def anchors(briefing: Briefing) -> dict[str, str]:
    """The words of each paragraph by its anchor."""
    return {briefing.anchor(p): briefing.words_of(p) for p in briefing.paragraphs}


# -- new, unchanged, changed -----------------------------------------------------------------------------


def test_a_new_file_is_kept_with_its_paragraphs_and_where_it_came_from(app: App, take: Take, folder: Path) -> None:
    path = write(folder / "Ships of Sennet.txt", SHIPS)
    assert take(path) == [("Ships of Sennet.txt", "added", "ships-of-sennet")]
    briefing = app.library.briefing("ships-of-sennet")
    assert (briefing.title, briefing.source, briefing.published) == (
        "Ships Leave Sennet",
        "Ships of Sennet.txt",
        None,
    )
    assert briefing.uri == path.resolve().as_uri()
    assert anchors(briefing) == {
        "ships-of-sennet¶1": "Nine ships left.",
        "ships-of-sennet¶2": "Two ships stayed.",
        "ships-of-sennet¶3": "Bread came too.",
    }
    assert [p.section for p in briefing.paragraphs] == [None, "Terms of Trade", "Terms of Trade"]


def test_each_result_comes_when_its_briefing_is_safely_kept(
    app: App, embedder: CountingEmbedder, folder: Path
) -> None:
    paths = [write(folder / "a.txt", SHIPS), write(folder / "b.txt", RAIN)]
    kept = [(r.briefing_id, r.briefing_id in app.library.uris()) for r in ingest(app, paths)]
    assert kept == [("a", True), ("b", True)]


def test_an_unchanged_file_is_skipped_and_nothing_is_embedded(
    app: App, take: Take, embedder: CountingEmbedder, folder: Path
) -> None:
    path = write(folder / "a.txt", SHIPS)
    take(folder)
    # one passage for each of the two sections
    assert embedder.texts == [
        "Ships Leave Sennet\nNine ships left.",
        "Ships Leave Sennet\nTerms of Trade\nTwo ships stayed.\n\nBread came too.",
    ]
    revision = app.library.revision()
    os.utime(path, (0, 0))
    assert take(folder, path) == [("a.txt", "unchanged", "a")]
    assert len(embedder.texts) == 2
    assert app.library.revision() == revision


def test_a_changed_file_replaces_its_briefing_and_unchanged_paragraphs_keep_their_anchors(
    app: App, take: Take, folder: Path
) -> None:
    path = write(folder / "a.txt", SHIPS)
    take(path)
    before = anchors(app.library.briefing("a"))
    write(path, SHIPS.replace("Two ships stayed.", "Four ships stayed, said the pilot."))
    assert take(path) == [("a.txt", "replaced", "a")]
    after = anchors(app.library.briefing("a"))
    assert after == {**before, "a¶2": "Four ships stayed, said the pilot."}
    assert [s.briefing_id for s in app.library.summaries()] == ["a"]
    assert len(app.library.passage_ids()) == 2


def test_a_file_that_another_process_brings_in_at_the_same_moment_is_looked_at_again(
    app: App, take: Take, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(folder / "a.txt", SHIPS)
    put_all = app.library.put_all

    def late(entries: list[Entry], embedder: str) -> Written:
        put_all(entries, embedder)  # as another process would
        return put_all(entries, embedder)

    monkeypatch.setattr(app.library, "put_all", late)
    assert take(path) == [("a.txt", "unchanged", "a")]


# -- removal ---------------------------------------------------------------------------------------------


def test_pruning_removes_only_what_is_gone_below_the_given_folder(app: App, take: Take, folder: Path) -> None:
    names = ("docs/gone", "docs/deep/gone-too", "docs/kept", "docs2/gone-beside", "gone-above")
    paths = [write(folder / f"{name}.txt", f"{name} has ships.") for name in names]
    take(folder)
    for path in paths:
        if "kept" not in path.name:
            path.unlink()
    removed = prune(app, [folder / "docs", folder / "nowhere"])
    assert [(r.outcome, r.briefing_id) for r in removed] == [("removed", "gone"), ("removed", "gone-too")]
    assert [Path(r.path) for r in removed] == [paths[0].resolve(), paths[1].resolve()]
    left = {s.briefing_id for s in app.library.summaries()}
    assert left == {"kept", "gone-beside", "gone-above"}
    assert prune(app, [folder / "docs"]) == []


def test_pruning_finds_a_folder_that_is_given_relative_to_the_working_folder(
    app: App, take: Take, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(folder / "docs" / "a.txt", SHIPS)
    monkeypatch.chdir(folder)
    take(Path("docs"))
    path.unlink()
    assert [r.briefing_id for r in prune(app, [Path("docs")])] == ["a"]


# -- bad files and folders -------------------------------------------------------------------------------


def test_a_bad_file_does_not_stop_the_good_ones(app: App, embedder: CountingEmbedder, folder: Path) -> None:
    write(folder / "a.txt", SHIPS)
    (folder / "b.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    (folder / "c.md").touch()
    (folder / "d.txt").symlink_to(folder / "nowhere.txt")
    write(folder / "e.txt", RAIN)
    found = results(app, folder)
    assert [(Path(r.path).name, r.outcome) for r in found] == [
        ("a.txt", "added"),
        ("b.txt", "failed"),
        ("c.md", "failed"),
        ("d.txt", "failed"),
        ("e.txt", "added"),
    ]
    assert all(r.reason and r.remedy for r in found if r.outcome == "failed")
    assert {s.briefing_id for s in app.library.summaries()} == {"a", "e"}


def test_a_file_that_turned_bad_leaves_its_briefing_as_it_was(app: App, take: Take, folder: Path) -> None:
    path = write(folder / "a.txt", SHIPS)
    take(path)
    path.write_bytes(b"\x00\x01\x02")
    assert take(path) == [("a.txt", "failed", None)]
    assert app.library.briefing("a").title == "Ships Leave Sennet"


def test_a_file_that_may_not_be_read_is_told(
    app: App, embedder: CountingEmbedder, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder / "a.txt", SHIPS)

    open_file = Path.open

    def refuse(path: Path, mode: str = "r", *rest: Any, **more: Any) -> Any:
        if path.name == "a.txt":  # root may read everything, so the system's answer is given here
            raise PermissionError(13, "Permission denied", str(path))
        return open_file(path, mode, *rest, **more)

    monkeypatch.setattr(Path, "open", refuse)
    (result,) = results(app, folder)
    assert result.outcome == "failed"
    assert "permission" in f"{result.reason} {result.remedy}"


def test_an_embedder_that_fails_stops_everything(
    app: App, embedder: CountingEmbedder, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(texts: Sequence[str]) -> Vectors:
        raise EmbedderError("The embedder failed.", "Start it.")

    monkeypatch.setattr(embedder, "embed", fail)
    with pytest.raises(EmbedderError):
        results(app, write(folder / "a.txt", SHIPS))
    assert app.library.summaries() == []


def test_another_embedder_than_the_librarys_is_refused(app: App, take: Take, folder: Path) -> None:
    take(write(folder / "a.txt", SHIPS))
    app.embedder = CountingEmbedder()
    app.embedder.fingerprint = "toy:other"
    with pytest.raises(LibraryError, match="toy:other"):
        take(write(folder / "b.txt", RAIN))
    assert {s.briefing_id for s in app.library.summaries()} == {"a"}


def test_a_file_that_is_named_itself_is_taken_and_refused_with_the_reason(
    app: App, take: Take, folder: Path
) -> None:
    assert take(write(folder / ".hidden.txt", SHIPS)) == [(".hidden.txt", "added", "hidden")]
    (result,) = results(app, write(folder / "c.png", RAIN))
    assert result.outcome == "failed"
    assert ".png" in (result.reason or "")


# -- another embedder ------------------------------------------------------------------------------------


class NegativeEmbedder(ToyEmbedder):
    """The toy embedder's vectors turned around."""

    fingerprint = "toy:negative"

    def embed(self, texts: Sequence[str]) -> Vectors:
        return -super().embed(texts)


def test_embedding_anew_replaces_every_vector_and_no_word(app: App, take: Take, folder: Path) -> None:
    write(folder / "a.txt", SHIPS)
    write(folder / "b.txt", RAIN)
    take(folder)
    ids, _, before = app.library.vectors()
    texts = [app.library.briefing(i) for i in ("a", "b")]
    assert before.any(axis=1).all()
    revision = app.library.revision()
    embed_anew(app.library, NegativeEmbedder())
    assert app.library.embedder() == "toy:negative"
    again, _, after = app.library.vectors()
    assert again == ids
    np.testing.assert_array_equal(after, -before)
    assert [app.library.briefing(i) for i in ("a", "b")] == texts
    assert app.library.revision() == revision + 1
    app.embedder = NegativeEmbedder()
    assert {outcome for _, outcome, _ in take(folder)} == {"unchanged"}


def test_embedding_anew_that_is_cut_short_changes_nothing(app: App, take: Take, folder: Path) -> None:
    class Failing(NegativeEmbedder):
        def embed(self, texts: Sequence[str]) -> Vectors:
            if any("Rain" in t for t in texts):
                raise EmbedderError("The embedder failed.", "Start it.")
            return super().embed(texts)

    write(folder / "a.txt", SHIPS)
    write(folder / "b.txt", RAIN)
    take(folder)
    _, _, before = app.library.vectors()
    with pytest.raises(EmbedderError):
        embed_anew(app.library, Failing())
    np.testing.assert_array_equal(app.library.vectors()[2], before)
    assert app.library.embedder() == ToyEmbedder.fingerprint


# -- whatever happens to a folder ------------------------------------------------------------------------

NAMES = ("a.txt", "b.txt", "sub/a.txt")
CONTENTS = ("Nine ships left.", "Rain fell.", "Bread came.")
step = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(NAMES), st.sampled_from(CONTENTS)),
    st.tuples(st.just("delete"), st.sampled_from(NAMES), st.just("")),
    st.tuples(st.just("rename"), st.sampled_from(NAMES), st.sampled_from(NAMES)),
)


@pytest.mark.slow
@settings(PROPERTY, max_examples=40)
@given(st.lists(st.lists(step, min_size=1, max_size=3), min_size=2, max_size=5))
def test_after_every_ingest_with_pruning_the_library_says_what_the_folder_says(
    rounds: list[list[tuple[str, str, str]]],
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "files")
        (folder / "sub").mkdir(parents=True)
        app = build_app(Settings(home=Path(name, "home")))
        app.embedder = ToyEmbedder()
        for steps in rounds:
            for what, path, other in steps:
                if what == "write":
                    write(folder / path, other)
                elif (folder / path).exists() and what == "delete":
                    (folder / path).unlink()
                elif (folder / path).exists():
                    (folder / path).rename(folder / other)
            list(ingest(app, find_files([folder]).files))
            prune(app, [folder])
            on_disk = {p.read_text("utf-8") for p in folder.rglob("*.txt")}
            kept = app.library.briefings(app.library.uris())
            assert {b.text for b in kept} == on_disk
            assert len(app.library.passage_ids()) == len(kept)
        app.close()


# -- what more there is to a file ------------------------------------------------------------------------


def test_pruning_a_folder_that_is_gone_removes_what_stood_below_it(app: App, take: Take, folder: Path) -> None:
    for name in ("docs/a", "docs/deep/b", "other/c"):
        write(folder / f"{name}.txt", f"{name} has ships.")
    take(folder)
    shutil.rmtree(folder / "docs")
    assert [r.briefing_id for r in prune(app, [folder / "docs"])] == ["a", "b"]
    assert prune(app, [folder / "docs"]) == []


def test_two_runs_over_the_same_files_at_once_leave_every_briefing_once(app: App, take: Take, folder: Path) -> None:
    paths = [write(folder / f"{n}" / "talks.txt", f"Ship {n} left. The harbour of {n} is open.") for n in range(80)]
    write(folder / "copy.txt", paths[3].read_text())
    other = build_app(app.settings)
    other.embedder = ToyEmbedder()
    with ThreadPoolExecutor(2) as two:
        runs = [two.submit(results, a, folder) for a in (app, other)]
        first, second = (run.result() for run in runs)
    told = [[r.outcome for r in rs] for rs in (first, second)]
    assert {outcome for outcomes in told for outcome in outcomes} <= {"added", "unchanged", "duplicate"}
    assert sum(outcomes.count("added") for outcomes in told) == 80
    assert len(app.library.summaries()) == len({s.uri for s in app.library.summaries()}) == 80
    assert {r.briefing_id for r in first} == {r.briefing_id for r in second}
    other.close()


@pytest.fixture
def readers(monkeypatch: pytest.MonkeyPatch) -> dict[str, bool]:
    """For each file that is read, by name, whether the thread that ingests did it itself."""
    own = threading.get_ident()
    found: dict[str, bool] = {}
    read = intake.Intake.read

    def noted(self: intake.Intake, source: Any) -> intake.Read:
        found[source.name] = threading.get_ident() == own
        return read(self, source)

    monkeypatch.setattr(intake.Intake, "read", noted)
    return found


def test_small_text_files_are_read_at_once_and_others_ahead(
    take: Take, folder: Path, readers: dict[str, bool]
) -> None:
    write(folder / "a.txt", SHIPS)
    write(folder / "b.txt", RAIN + "It went on. " * 1_500)
    write(folder / "c.html", "<p>Rain fell on Orm.</p>")
    write(folder / "d.txt", "Snow fell on Orm.\n")
    assert [what for _, what, _ in take(folder)] == ["added"] * 4
    assert readers == {"a.txt": True, "b.txt": False, "c.html": False, "d.txt": True}


def test_small_files_of_a_slow_disk_are_read_ahead(
    take: Take, folder: Path, readers: dict[str, bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "_QUICK", 0.0)
    write(folder / "a.txt", SHIPS)
    write(folder / "b.txt", RAIN)
    assert [what for _, what, _ in take(folder)] == ["added"] * 2
    assert readers == {"a.txt": True, "b.txt": False}
