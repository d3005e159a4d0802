"""The same library in PostgreSQL, and the vectors on a Chroma server: briefings go in and answers come out."""

import gc
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from chromadb.api.shared_system_client import SharedSystemClient

from ingest.pipeline import find_files, ingest, prune
from rag.briefings import Scope
from rag.build import App, build_app
from rag.errors import LibraryError
from rag.library import Library
from rag.settings import Settings
from tests.command import QUESTION
from tests.conftest import REAL, SEEDS, fill
from tests.forked import free_port
from tests.toys import briefing, put
from ui.doctor import examine, mend

pytestmark = pytest.mark.slow
NEEDED = bool(os.environ.get("BRIEFINGS_NEEDS_POSTGRESQL"))


def wait_until(ready: Callable[[], bool], process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + 60
    while not ready():
        assert process.poll() is None, "the server has ended"
        assert time.monotonic() < end, "the server does not answer"
        time.sleep(0.1)


def program(name: str) -> str:
    found = shutil.which(name) or next(map(str, sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))), None)
    if found is None:
        (pytest.fail if NEEDED else pytest.skip)(f"PostgreSQL's {name} is not installed")
    return str(found)


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """A PostgreSQL server of its own behind a socket; the address of its empty databases but for their name."""
    initdb, postgres = program("initdb"), program("postgres")
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    who = None
    if os.getuid() == 0:  # PostgreSQL refuses to run as root
        try:
            who = pwd.getpwnam("postgres").pw_name
        except KeyError:
            (pytest.fail if NEEDED else pytest.skip)("there is no user `postgres` to run PostgreSQL as")
        shutil.chown(folder, who)
    clean = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    data = ["-D", str(folder / "data")]
    subprocess.run(
        [initdb, *data, "-U", "briefings", "-A", "trust", "--no-sync", "-E", "UTF8"],
        check=True, capture_output=True, user=who, cwd=folder, env=clean,
    )  # fmt: skip
    server = subprocess.Popen(
        [postgres, *data, "-k", str(folder), "-c", "listen_addresses=", "-c", "fsync=off"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, user=who, cwd=folder, env=clean,
    )  # fmt: skip
    try:
        wait_until((folder / ".s.PGSQL.5432").exists, server)
        yield f"postgresql+psycopg://briefings@/{{}}?host={folder}"
    finally:
        server.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown
        server.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def url(cluster: str, request: pytest.FixtureRequest) -> str:
    """The address of a new database."""
    import psycopg

    name = f"t{zlib.crc32(request.node.name.encode())}"
    where = cluster.partition("host=")[2]
    with psycopg.connect(host=where, user="briefings", dbname="postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return cluster.format(name)


def test_a_library_in_postgresql_is_filled_asked_changed_and_emptied(url: str, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    shutil.copytree(SEEDS, folder)
    settings = Settings(home=tmp_path / "home", library_url=url)
    app = build_app(settings)
    fill(app, folder)
    talk = app.conversations.create("Talk")
    answer = app.ask(QUESTION)
    app.conversations.add(talk, QUESTION, Scope(), 1, answer)
    assert answer.citations[0].paragraph == 8
    assert [f for f in examine(app) if f.problem] == []
    path = next(folder.iterdir())
    path.write_text(path.read_text("utf-8") + "\n\nNobody was late.\n", "utf-8")
    assert [r.outcome for r in ingest(app, find_files([folder]).files)] == ["replaced"]
    assert [v.number for v in app.library.versions(REAL)] == [1]
    app.close()
    again = build_app(settings)
    assert "Nobody was late." in again.library.briefing(REAL).text
    assert again.ask(QUESTION).citations[0].paragraph == 8
    assert [e.question for e in again.conversations.exchanges(talk)] == [QUESTION]
    mend(again)
    path.unlink()
    assert [r.briefing_id for r in prune(again, [folder])] == [REAL]
    assert again.ask(QUESTION).abstained
    again.close()


def test_several_writers_of_one_database_take_turns(url: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        libraries = list(pool.map(lambda _: Library.open(url), range(4)))  # who makes the tables, all at once

        def write(number: int) -> list[int]:
            return [put(libraries[number], briefing(f"b{number}-{i}", "ships", "rain")) for i in range(10)]

        taken = [revision for revisions in pool.map(write, range(4)) for revision in revisions]
    assert sorted(taken) == list(range(1, 41))
    put(libraries[0], briefing("dated", "ships", published=date(2032, 1, 2)))
    summaries = libraries[0].summaries()
    assert (len(summaries), summaries[0].briefing_id) == (41, "dated")  # undated ones last
    assert libraries[0].listed(Scope(), 3, first=39) == summaries[39:]
    for words in ("2032-01", "2 January", "ABOUT dated"):
        assert libraries[0].listed(Scope(), 9, words=words) == summaries[:1]
        assert libraries[0].count_within(Scope(), words) == 1
    for library in libraries:
        library.close()


@pytest.fixture(scope="module")
def chroma_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Chroma server of its own on this machine's loopback."""
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-c", "from chromadb.cli.cli import app; app()", "run", "--host", "127.0.0.1",
         "--port", str(port), "--path", str(tmp_path_factory.mktemp("chroma"))],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "ANONYMIZED_TELEMETRY": "False"},
    )  # fmt: skip

    def answers() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    try:
        wait_until(answers, server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(30)


# Chroma's client leaves its connections to the garbage collector.
left_open = pytest.mark.filterwarnings(
    "ignore:unclosed <socket:ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)


@pytest.fixture
def collected() -> Iterator[None]:
    """Leave nothing of a test's for the garbage collector to find in another test."""
    yield
    SharedSystemClient.clear_system_cache()  # it keeps clients, and their connections, that were closed
    gc.collect()


def open_at(home: Path, chroma_url: str) -> App:
    return build_app(Settings(home=home, chroma_url=chroma_url))


@left_open
@pytest.mark.usefixtures("collected")
def test_vectors_on_a_chroma_server_are_followed_and_found(chroma_url: str, tmp_path: Path) -> None:
    app, beside = (open_at(tmp_path / "home", chroma_url) for _ in range(2))
    fill(app, SEEDS)
    assert [f for f in examine(app) if f.problem] == []
    for each in (app, beside):  # a server is open to several processes at once
        assert each.ask(QUESTION).citations[0].paragraph == 8
    mend(app)
    app.library.remove([REAL])
    app.mirrors.catch_up()
    assert beside.ask(QUESTION).abstained
    assert [f.detail for f in examine(app) if "Chroma" in f.name] == ["0 passages"]
    app.close()
    beside.close()


@left_open
@pytest.mark.usefixtures("collected")
def test_a_server_that_is_not_there_is_named_and_answers_come_all_the_same(tmp_path: Path) -> None:
    app = open_at(tmp_path / "home", f"http://127.0.0.1:{free_port()}")
    list(ingest(app, find_files([SEEDS]).files))
    with pytest.raises(LibraryError, match="does not answer"):
        app.mirrors.catch_up()
    assert app.ask(QUESTION).citations[0].paragraph == 8
    app.close()
