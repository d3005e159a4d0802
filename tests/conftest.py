"""Fixtures shared by the tests: an empty home, a home with the real briefing in it, and commands run on a home."""

import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from io import StringIO
from pathlib import Path

import pytest

import rag.models
from ingest.pipeline import find_files, ingest
from rag.build import App, build_app
from rag.embedders import WordLlamaEmbedder
from rag.extract.evidence import EvidenceScorer
from rag.extract.matching import Matcher
from rag.library import Library
from rag.settings import Settings
from rag.words.thesaurus import news_thesaurus
from tests.command import Ended, Run
from tests.taking import CountingEmbedder, Take, Taken, results
from ui.cli import main

gc.disable()  # until everything is imported: there is nothing to collect, and much to look through
ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
REAL = "blinken-netanyahu-bridging-proposal"
_MEMORY = Path("/dev/shm")
_LONGEST = ["window", "test_fuzz", "test_hostile", "test_injections", "test_watch", "test_kill"]


def pytest_configure() -> None:
    """Files of tests live in memory where there is room, for a disk takes its time to make every commit last."""
    if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > 2_000_000_000:
        os.environ.setdefault("TMPDIR", str(_MEMORY))
        tempfile.tempdir = None  # it is looked up again


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files come first, then those with slow tests, so that two workers end together on short ones."""
    last = len(_LONGEST)
    place = {name: i for i, name in enumerate(_LONGEST)}

    def order(item: pytest.Item) -> tuple[int, bool]:
        return min(
            place.get(name, last) for name in (item.path.stem, item.path.parent.name)
        ), "slow" not in item.keywords

    items.sort(key=order)


def pytest_collection_finish() -> None:
    """What is imported by now stays, and need not be looked through again."""
    gc.freeze()
    gc.enable()


@pytest.fixture(autouse=True)
def _no_outside_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing of the machine's environment, and no user's library, reaches a test."""
    for name in os.environ:
        if name.startswith(("OPENAI_", "CHROMA_", "BRIEFINGS_")) and name != "BRIEFINGS_BENCH_DATA":
            monkeypatch.delenv(name)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.chdir(tmp_path)  # no .env of the working folder
    monkeypatch.setenv("BRIEFINGS_HOME", str(tmp_path / "home"))


@pytest.fixture(scope="session", autouse=True)
def _one_model() -> Iterator[None]:
    """Programs that are opened in this process share the default embedder, which takes a while to load."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rag.models, "WordLlamaEmbedder", cache(WordLlamaEmbedder))
        yield


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    """The program over an empty home."""
    app = build_app(Settings(home=tmp_path / "home"))
    yield app
    app.close()


@pytest.fixture
def embedder(app: App) -> CountingEmbedder:
    """The embedder that `app` uses."""
    app.embedder = CountingEmbedder()
    return app.embedder


@pytest.fixture
def library_path(tmp_path: Path) -> Path:
    """Where `library` is kept."""
    return tmp_path / "library.sqlite3"


@pytest.fixture
def library(library_path: Path) -> Iterator[Library]:
    """An empty library by itself."""
    library = Library.open(library_path)
    yield library
    library.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder for files."""
    folder = tmp_path / "files"
    folder.mkdir()
    return folder


@pytest.fixture
def take(app: App, embedder: CountingEmbedder) -> Take:
    """Brings files into `app` with its embedder."""

    def taken(*paths: Path) -> Taken:
        return [(Path(r.path).name, r.outcome, r.briefing_id) for r in results(app, *paths)]

    return taken


@pytest.fixture(scope="session")
def scorer() -> EvidenceScorer:
    """The scorer as the program builds it."""
    return EvidenceScorer(Matcher(WordLlamaEmbedder(), news_thesaurus()))


@pytest.fixture(scope="session")
def real_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that holds the real briefing; copy it before writing to it."""
    home = tmp_path_factory.mktemp("real") / "home"
    app = build_app(Settings(home=home))
    fill(app, SEEDS)
    app.close()
    return home


@pytest.fixture
def real_app(real_home: Path, tmp_path: Path) -> Iterator[App]:
    """The program over a copy of the home with the real briefing."""
    home = tmp_path / "real-home"
    shutil.copytree(real_home, home)
    app = build_app(Settings(home=home))
    yield app
    app.close()


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Runs a command in this process, in an empty folder, on the home of the environment."""
    monkeypatch.setenv("COLUMNS", "100")
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")

    def run(*words: str, stdin: str = "") -> Ended:
        monkeypatch.setattr(sys, "argv", ["briefings", *words])
        monkeypatch.setattr(sys, "stdin", StringIO(stdin))
        capsys.readouterr()
        with pytest.raises(SystemExit) as caught:
            main()
        code = caught.value.code
        printed = capsys.readouterr()
        return Ended(code if isinstance(code, int) else 0 if code is None else 1, printed.out, printed.err)

    return run


@pytest.fixture
def home(real_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home of the environment, with the real briefing in it."""
    home = tmp_path / "filled"
    shutil.copytree(real_home, home)
    monkeypatch.setenv("BRIEFINGS_HOME", str(home))
    return home


@pytest.fixture
def beside(home: Path) -> Iterator[App]:
    """The same home, opened by somebody else."""
    app = build_app(Settings(home=home))
    yield app
    app.close()


def fill(app: App, *paths: Path) -> None:
    """Ingest files that must all be readable, and bring the mirrors up to date."""
    for result in ingest(app, find_files(paths).files):
        assert result.outcome != "failed", result
    app.mirrors.catch_up()
