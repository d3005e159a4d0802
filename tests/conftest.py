"""Fixtures shared by the tests: an empty home, and a home with the real briefing in it."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.pipeline import find_files, ingest
from rag.build import App, build_app
from rag.settings import Settings

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
REAL = "blinken-netanyahu-bridging-proposal"


@pytest.fixture(autouse=True)
def _no_outside_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing of the machine's environment, and no user's library, reaches a test."""
    for name in os.environ:
        if name.startswith(("OPENAI_", "CHROMA_", "BRIEFINGS_")) and name != "BRIEFINGS_BENCH_DATA":
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)  # no .env of the working folder
    monkeypatch.setenv("BRIEFINGS_HOME", str(tmp_path / "home"))


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    """The program over an empty home."""
    app = build_app(Settings(home=tmp_path / "home"))
    yield app
    app.close()


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


def fill(app: App, *paths: Path) -> None:
    """Ingest files that must all be readable, and bring the mirrors up to date."""
    for result in ingest(app, find_files(paths).files):
        assert result.outcome != "failed", result
    app.mirrors.catch_up()
