"""The command line: wrong words and wrong homes end with an exit code and one line, without a traceback."""

import sqlite3
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import pytest

from ingest.pipeline import embed_anew
from rag.build import App
from tests.command import ANSWER, QUESTION, Run, refused
from tests.conftest import REAL, SEEDS
from tests.taking import write
from tests.toys import OtherEmbedder

# -- words that it does not know --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",),
        ("ask",),
        ("ingest",),
        ("show", REAL, "--paragraph", "x"),
        ("search", "a", "-k", "0"),
        ("list", "-z"),
    ],
)
def test_what_the_command_line_does_not_know_is_wrong_usage(run: Run, words: Sequence[str]) -> None:
    ended = run(*words)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err


def test_without_a_command_the_help_is_shown(run: Run) -> None:
    ended = run()
    assert ended.code in (0, 2)
    for command in ("ingest", "list", "show", "remove", "search", "ask", "chat", "doctor"):
        assert command in ended.out + ended.err


def test_the_version_is_that_of_the_package(run: Run) -> None:
    ended = run("--version")
    assert (ended.code, ended.out) == (0, f"briefings {version('briefings')}\n")


# -- the home --------------------------------------------------------------------------------------------


def test_the_option_wins_over_the_environment(run: Run, home: Path, tmp_path: Path) -> None:
    assert run("--home", str(tmp_path / "new" / "home"), "list", "--json").json == {"briefings": []}
    assert (tmp_path / "new" / "home").is_dir()
    assert len(run("list", "--json").json["briefings"]) == 1


@pytest.mark.parametrize("words", [("list",), ("ask", QUESTION, "--json"), ("doctor",), ("ingest", str(SEEDS))])
def test_a_home_that_is_a_file_fails_with_a_reason(run: Run, tmp_path: Path, words: Sequence[str]) -> None:
    path = write(tmp_path / "file", "words")
    for home in (path, path / "below"):
        refused(run("--home", str(home), *words), 1, str(home), "--home")


@pytest.mark.parametrize(
    "words", [("list", "--json"), ("ask", QUESTION), ("doctor", "--repair"), ("ingest", str(SEEDS))]
)
def test_a_library_of_a_newer_version_is_left_alone(run: Run, home: Path, words: Sequence[str]) -> None:
    path = home / "library.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'schema_version'")
    connection.close()
    before = path.read_bytes()
    refused(run(*words), 1, "newer", "99")
    assert path.read_bytes() == before


def test_a_library_that_is_no_database_fails_with_a_reason(run: Run, home: Path) -> None:
    for path in home.glob("library.sqlite3*"):
        path.unlink()
    (home / "library.sqlite3").write_bytes(b"not a database at all" * 500)
    for words in (("list",), ("ask", QUESTION), ("ingest", str(SEEDS))):
        refused(run(*words), 1, "not a database")


def test_a_wrong_setting_is_wrong_usage_and_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFINGS_EMBEDDER", "nonsense")
    refused(run("list"), 2, "BRIEFINGS_EMBEDDER")


def test_an_embedder_that_differs_is_refused_with_what_mends_it(run: Run, home: Path, beside: App) -> None:
    embed_anew(beside.library, OtherEmbedder())
    for words in (("ask", QUESTION), ("search", "polio", "--json"), ("ingest", str(SEEDS / f"{REAL}.txt"))):
        refused(run(*words), 1, "other:3", "wordllama", "doctor --repair")
    assert run("list").code == 0
    assert run("show", REAL).code == 0


def test_an_embedder_without_its_key_is_refused_with_the_setting(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFINGS_EMBEDDER", "openai")
    refused(run("ask", QUESTION), 1, "OPENAI_API_KEY")


# -- beside an open chat window --------------------------------------------------------------------------


def test_while_another_process_has_the_store_open_everything_is_answered(
    run: Run, home: Path, beside: App, tmp_path: Path
) -> None:
    beside.mirrors.catch_up()
    assert run("ask", QUESTION).out.startswith(ANSWER)
    path = write(tmp_path / "docs" / "a.txt", "Ships Leave\nNine ships left the harbour of Sennet on Monday.\n")
    assert run("ingest", str(path)).code == 0
    assert run("search", "ships", "--json").json["hits"][0]["briefing_id"] == "a"
    assert beside.search("ships")[0].passage.briefing_id == "a"
    assert run("remove", "a").code == 0
    assert "a" not in {h.passage.briefing_id for h in beside.search("ships")}
