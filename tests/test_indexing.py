"""A large ingest is indexed in a process of its own while it goes on; a small one is not worth it."""

import os
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ingest import indexing
from ingest.indexing import Indexing, _give_way
from ingest.pipeline import ingest
from ingest.walk import find_files
from rag.build import App
from ui.doctor import examine


def files(folder: Path, count: int) -> tuple[Path, ...]:
    folder.mkdir(exist_ok=True)
    for number in range(count):
        (folder / f"{number}.txt").write_text(f"The harbour of Bel{number} received {number} ships.")
    return find_files([folder]).files


@pytest.fixture(autouse=True)
def _no_less_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """The thread that runs the tests keeps its priority, which it could not take back."""
    monkeypatch.setattr(indexing, "_give_way", lambda: None)


def bring_in(app: App, paths: tuple[Path, ...]) -> list[tuple[int, int]]:
    counted: list[tuple[int, int]] = []
    with Indexing(app) as following:
        for result in ingest(app, paths):
            following.note(result)
        following.finish(lambda done, total: counted.append((done, total)))
    return counted


def in_order(app: App, count: int) -> None:
    assert app.mirrors.are_current()
    assert [f for f in examine(app) if f.problem] == []
    assert len(app.library.passage_ids()) == count
    assert app.search("How many ships did Bel7 receive?")[0].text.startswith("The harbour of Bel7 ")


@pytest.mark.slow
def test_a_large_ingest_is_indexed_beside_it(app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "_MANY", 30)
    monkeypatch.setattr(indexing, "_WORDS", 100)
    paths = files(tmp_path / "files", 250)
    bring_in(app, paths)
    assert not app.mirrors.has_store_open()  # another process has filled it
    in_order(app, 250)


@pytest.mark.slow
def test_what_the_second_process_cannot_do_is_done_here(
    app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "_MANY", 10)
    monkeypatch.setattr("sys.executable", "/bin/false")
    assert bring_in(app, files(tmp_path / "files", 20))[-1] == (20, 20)
    in_order(app, 20)


@pytest.mark.slow
def test_a_run_that_breaks_off_leaves_no_process_behind(
    app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "_MANY", 10)
    paths = files(tmp_path / "files", 60)
    with pytest.raises(KeyboardInterrupt), Indexing(app) as following:  # noqa: PT012
        for result in ingest(app, paths):
            following.note(result)
        time.sleep(0.5)
        raise KeyboardInterrupt
    app.mirrors.catch_up()
    assert app.mirrors.has_store_open()
    in_order(app, 60)


def test_a_small_ingest_is_indexed_here_and_an_unchanged_one_opens_no_index(app: App, tmp_path: Path) -> None:
    paths = files(tmp_path / "files", 10)
    bring_in(app, paths)
    assert app.mirrors.has_store_open()
    in_order(app, 10)
    app.mirrors.close()
    bring_in(app, paths)
    assert not app.mirrors.has_store_open()


@pytest.mark.skipif(sys.platform != "linux", reason="threads have no priority of their own")
def test_only_the_thread_that_ingests_gives_way() -> None:
    def nice() -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    before = nice()
    with ThreadPoolExecutor(1) as other:
        other.submit(_give_way).result()
        assert other.submit(nice).result() == max(before, 3)
    assert nice() == before
