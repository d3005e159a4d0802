"""The doctor says what is wrong, and `--repair` mends it."""

import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ingest.pipeline import embed_anew
from rag.build import App, build_app
from rag.errors import BriefingsError
from rag.settings import Settings
from tests.command import QUESTION
from tests.conftest import REAL
from tests.model_server import Reply, model_server, refuse
from tests.toys import OtherEmbedder
from ui.doctor import Finding, examine, mend, rescue


def problems(app: App) -> list[Finding]:
    return [f for f in examine(app) if f.problem is not None]


def detail(app: App, name: str) -> str:
    (found,) = [f.detail for f in examine(app) if name in f.name]
    return found


def test_a_home_in_order_has_no_problem(real_app: App) -> None:
    assert problems(real_app) == []
    assert detail(real_app, "home") == str(real_app.settings.home)
    assert detail(real_app, "library").startswith("1 briefing")
    assert detail(real_app, "embedder") == "wordllama:l2_supercat:256"
    # paragraphs 8 and 9 stand in one passage
    assert detail(real_app, "tantivy") == "8 passages"
    assert detail(real_app, "Chroma") == "8 passages"


def test_an_empty_home_has_no_problem(app: App) -> None:
    assert problems(app) == []


@pytest.mark.parametrize("name", ["chroma", "lexicon"])
def test_a_deleted_index_is_built_anew(real_app: App, name: str) -> None:
    shutil.rmtree(real_app.settings.home / name)
    mend(real_app)
    assert problems(real_app) == []
    assert detail(real_app, "tantivy") == detail(real_app, "Chroma") == "8 passages"
    assert not real_app.ask(QUESTION).abstained


def forget(app: App, name: str) -> None:
    """Make an index lose the real briefing although it says that it is up to date."""
    from rag.lexicon import Lexicon
    from rag.vectors import VectorMirror

    app.mirrors.catch_up()
    app.mirrors.close()
    del app.mirrors
    mirror = (
        Lexicon(app.settings.home / name) if name == "lexicon" else VectorMirror.at_path(app.settings.home / name)
    )
    stamp = mirror.stamp()
    assert stamp is not None
    assert stamp.revision == app.library.revision()
    mirror.update([REAL], [], np.zeros((0, 256), dtype=np.float32))
    mirror.record(stamp)
    if isinstance(mirror, VectorMirror):
        mirror.close()


@pytest.mark.parametrize(("name", "called"), [("chroma", "Chroma"), ("lexicon", "tantivy")])
def test_an_index_that_lost_passages_is_a_problem_until_it_is_mended(real_app: App, name: str, called: str) -> None:
    forget(real_app, name)
    (problem,) = problems(real_app)
    assert called in problem.name
    assert "0 of 8" in (problem.problem or "")
    assert "--repair" in problem.remedy
    mend(real_app)
    assert problems(real_app) == []


def test_an_index_of_rubbish_is_mended(real_app: App) -> None:
    for path in (real_app.settings.home / "lexicon").iterdir():
        path.write_bytes(b"rubbish")
    (real_app.settings.home / "chroma" / "chroma.sqlite3").write_bytes(b"rubbish" * 1_000)
    mend(real_app)
    assert problems(real_app) == []
    assert not real_app.ask(QUESTION).abstained


def test_a_damaged_library_is_a_problem_until_what_can_be_read_is_saved(real_app: App) -> None:
    path = real_app.settings.home / "library.sqlite3"
    assert rescue(real_app.settings) is None
    real_app.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(path.read_bytes())
    data[-8192:-4096] = b"\xff" * 4096
    path.write_bytes(data)
    told = rescue(real_app.settings)
    assert told is not None
    assert "Saved: 0 briefings. Lost: blinken-netanyahu-bridging-proposal; ingest" in told
    again = build_app(real_app.settings)
    mend(again)
    assert problems(again) == []
    again.close()


def test_a_change_of_embedder_is_a_problem_until_everything_is_embedded_anew(real_app: App) -> None:
    embed_anew(real_app.library, OtherEmbedder())
    (problem,) = problems(real_app)
    assert problem.name == "embedder"
    assert "other:3" in (problem.problem or "")
    assert "--repair" in problem.remedy
    mend(real_app)
    assert problems(real_app) == []
    assert real_app.library.embedder() == "wordllama:l2_supercat:256"
    assert real_app.ask(QUESTION).citations[0].paragraph == 8


def test_a_store_that_another_process_has_open_is_no_problem_and_is_not_mended(real_app: App) -> None:
    real_app.mirrors.catch_up()
    beside = build_app(real_app.settings)
    try:
        assert problems(beside) == []
        assert "another process" in detail(beside, "Chroma")
        with pytest.raises(BriefingsError, match="nother process"):
            mend(beside)
    finally:
        beside.close()
    assert problems(real_app) == []


@pytest.mark.parametrize(
    ("reply", "problem", "detail"),
    [
        (Reply(("OK",)), None, "openai-like:toy-model answers"),
        (refuse(401, "Incorrect API key"), "The key was refused by", "toy-model"),
        (refuse(404, "No such model"), "There is no model", "toy-model"),
    ],
)
def test_the_language_model_is_asked_for_a_word(
    real_home: Path, reply: Reply, problem: str | None, detail: str
) -> None:
    with model_server(reply) as server:
        settings = Settings(home=real_home, openai_base_url=server.url, model="toy-model")
        app = build_app(settings)
        [finding] = [f for f in examine(app) if f.name == "composer"]
        app.close()
    assert finding.detail == detail
    assert (finding.problem or "").startswith(problem or "")
    assert (finding.problem is None) == (problem is None)


def test_a_composer_that_lacks_its_key_is_a_problem(real_home: Path) -> None:
    app = build_app(Settings(home=real_home, composer="openai"))
    [finding] = [f for f in examine(app) if f.name == "composer"]
    app.close()
    assert finding.problem == "The composer `openai` needs a key."
    assert "OPENAI_API_KEY" in finding.remedy


def searching(home: Path, **settings: Any) -> list[Finding]:
    """What is said of the models of a search with these settings."""
    app = build_app(Settings(home=home, **settings))
    found = [f for f in examine(app) if f.name in ("planner", "reranker")]
    app.close()
    return found


def test_models_of_a_search_are_named_only_when_they_are_set(real_home: Path) -> None:
    assert searching(real_home) == []
    with model_server(Reply(("OK",))) as server:
        there = {"openai_base_url": server.url, "model": "toy-model"}
        found = searching(real_home, planner="llm", reranker="llm", **there)
    assert [(f.name, f.detail, f.problem) for f in found] == [
        ("planner", "llm: openai-like:toy-model", None),
        ("reranker", "llm: openai-like:toy-model", None),
    ]


def test_models_of_a_search_that_are_missing_are_a_problem_with_its_remedy(
    real_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [planner] = searching(real_home, planner="llm")
    assert planner.problem == "There is no language model."
    assert "OPENAI_API_KEY" in planner.remedy
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    [reranker] = searching(real_home, reranker="cross-encoder")
    assert reranker.problem == "The reranker `cross-encoder` needs a package that is not installed."
    assert "pip install" in reranker.remedy
