"""Briefings are added, listed, shown and removed by commands; each says what it did."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from rag.build import App
from rag.errors import LibraryError
from rag.lexicon import Lexicon
from rag.library import Library
from rag.storage.entries import Entry, Written
from tests.command import ANSWER, QUESTION, Run, refused
from tests.conftest import REAL, SEEDS
from tests.taking import write

# -- ingest ----------------------------------------------------------------------------------------------


def test_ingest_says_what_became_of_each_file(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "docs" / "a.txt", "Ships Leave\nNine ships left.\n")
    write(tmp_path / "docs" / "b.txt", "Rain\nRain fell.\n")
    first = run("ingest", str(tmp_path / "docs"))
    assert (first.code, first.err) == (0, "")
    assert [line.split() for line in first.out.splitlines()] == [["added", "a"], ["added", "b"], ["2", "added"]]
    again = run("ingest", str(tmp_path / "docs"))
    assert again.code == 0
    assert "unchanged" in again.out


def test_ingest_json_is_one_document_and_nothing_else(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path / "docs" / "a.md", "---\ndate: soon\n---\nNine ships left.\n")
    ended = run("ingest", str(path), str(tmp_path / "nowhere"), "--json")
    assert (ended.code, ended.err) == (1, "")
    failed, added = ended.json["results"]
    assert set(added) == {"path", "outcome", "briefing_id", "reason", "remedy", "notices"}
    assert (added["path"], added["outcome"], added["briefing_id"]) == (str(path.resolve()), "added", "a")
    assert "soon" in added["notices"][0]
    assert (failed["path"], failed["outcome"]) == (str(tmp_path / "nowhere"), "failed")
    assert failed["reason"]
    assert failed["remedy"]


@pytest.mark.parametrize("made", [False, True], ids=["a missing path", "an empty folder"])
def test_ingest_of_nothing_fails_with_a_reason(run: Run, tmp_path: Path, made: bool) -> None:
    folder = tmp_path / "docs"
    if made:
        folder.mkdir()
    ended = run("ingest", str(folder))
    assert ended.code == 1
    assert str(folder) in ended.err
    assert len(ended.err.splitlines()) == 1


def test_an_empty_path_is_wrong_usage_and_not_the_working_folder(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "port.md", "Nine ships left the harbour.")
    for words in (("ingest", ""), ("ingest", "port.md", " "), ("ingest", "", "--watch")):
        refused(run(*words), 2, "path", "empty")
    assert run("list", "--json").json == {"briefings": []}
    refused(run("--home", "", "list"), 2, "--home", "empty")
    assert [p.name for p in tmp_path.iterdir() if p.suffix == ".sqlite3"] == []


def test_a_bad_file_fails_the_command_and_the_good_one_is_kept_and_found(run: Run, tmp_path: Path) -> None:
    good = write(tmp_path / "docs" / "a.txt", "Ships Leave\nNine ships left Sennet.\n")
    (tmp_path / "docs" / "b.txt").write_bytes(b"\x00\x01")
    ended = run("ingest", str(good.parent))
    assert ended.code == 1
    assert "b.txt" in ended.err
    assert "added" in ended.out
    assert [h["briefing_id"] for h in run("search", "ships", "--json").json["hits"]] == ["a"]


def test_prune_removes_what_is_gone_and_nothing_finds_it(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "docs" / "a.txt", "Ships Leave\nNine ships left.\n")
    gone = write(tmp_path / "docs" / "b.txt", "Rain\nRain fell.\n")
    run("ingest", str(gone.parent))
    gone.unlink()
    ended = run("ingest", str(gone.parent), "--prune", "--json")
    assert ended.code == 0
    assert [(r["outcome"], r["briefing_id"]) for r in ended.json["results"]] == [
        ("unchanged", "a"),
        ("removed", "b"),
    ]
    assert {h["briefing_id"] for h in run("search", "rain", "--json").json["hits"]} <= {"a"}


def test_ingest_json_tells_what_was_done_before_a_failure(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b", "c"):
        write(tmp_path / "docs" / f"{name}.txt", f"Ships of {name}.")
    monkeypatch.setattr("ingest.pipeline._PASSAGES", 1)  # each is written alone
    put_all, written = Library.put_all, []

    def full(library: Library, entries: list[Entry], embedder: str) -> Written:
        written.extend(entries)
        if len(written) > 2:
            raise LibraryError("The library cannot be used: database or disk is full.", "Free some space.")
        return put_all(library, entries, embedder)

    monkeypatch.setattr(Library, "put_all", full)
    ended = run("ingest", str(tmp_path / "docs"), "--json")
    document = json.loads(ended.out)
    assert [(r["outcome"], r["briefing_id"]) for r in document["results"]] == [("added", "a"), ("added", "b")]
    assert "full" in document["error"]["reason"]
    assert document["error"]["remedy"] == "Free some space."
    assert (ended.code, ended.err.count("\n")) == (1, 1)


def test_pruning_a_folder_that_is_gone_removes_its_briefings_once(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "docs" / "a.txt", "Ships left.")
    assert run("ingest", str(tmp_path / "docs")).code == 0
    shutil.rmtree(tmp_path / "docs")
    ended = run("ingest", str(tmp_path / "docs"), "--prune", "--json")
    assert ended.code == 0
    assert [r["outcome"] for r in json.loads(ended.out)["results"]] == ["removed"]
    assert run("ingest", str(tmp_path / "docs"), "--prune").code == 1  # nothing was ever read below it, now


def test_show_gives_what_a_briefing_said_earlier(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path / "docs" / "a.txt", "Nine ships left.")
    run("ingest", str(path))
    refused(run("show", "a", "--version", "1"), 1, "It has not changed.")
    write(path, "Ten ships left.")
    run("ingest", str(path))
    assert run("show", "a", "--raw", "--version", "1").out == "Nine ships left."
    assert run("show", "a", "--raw").out == "Ten ships left."
    refused(run("show", "a", "--version", "2"), 1, "These are kept: 1.")


# -- list, show, remove ----------------------------------------------------------------------------------


def test_list_json_names_every_briefing(run: Run, home: Path) -> None:
    ended = run("list", "--json")
    assert (ended.code, ended.err) == (0, "")
    (only,) = ended.json["briefings"]
    assert set(only) == {"briefing_id", "title", "published", "source", "uri", "paragraphs"}
    assert (only["briefing_id"], only["published"], only["paragraphs"]) == (REAL, None, 9)


def test_list_finds_by_words_and_lists_no_more_than_is_asked_for(run: Run, home: Path, tmp_path: Path) -> None:
    for number in (3, 4):
        note = tmp_path / f"2032-05-0{number} ships.txt"
        note.write_text(f"Ships {number}\n\nThey left.\n", "utf-8")
        assert run("ingest", str(note)).code == 0

    def titles(*words: str) -> list[str]:
        return [b["title"] for b in run("list", *words, "--json").json["briefings"]]

    assert titles("--find", "SHIPS may") == ["Ships 4", "Ships 3"]
    assert titles("--find", "2032-05-03") == ["Ships 3"]
    assert titles("--limit", "1") == titles("--find", "ships", "--limit", "1") == ["Ships 4"]
    assert titles("--find", "trains") == []
    assert run("list", "--find", "trains").out == "No briefing fits these words.\n"
    assert run("list", "--limit", "0").code == 2


def test_a_home_is_moved_with_its_folder_and_restored_from_its_library(
    run: Run, home: Path, tmp_path: Path
) -> None:
    moved = tmp_path / "moved"
    home.rename(moved)
    assert ANSWER in run("--home", str(moved), "ask", QUESTION).out
    assert "unchanged" in run("--home", str(moved), "ingest", str(SEEDS)).out
    restored = tmp_path / "restored"
    restored.mkdir()
    shutil.copy(moved / "library.sqlite3", restored)
    assert ANSWER in run("--home", str(restored), "ask", QUESTION).out
    assert run("--home", str(restored), "doctor").code == 0


def test_an_empty_library_lists_and_finds_nothing_and_says_so(run: Run) -> None:
    assert run("list", "--json").json == {"briefings": []}
    assert "ingest" in run("list").out
    assert run("search", "ships", "--json").json == {"query": "ships", "hits": []}
    ended = run("ask", QUESTION)
    assert ended.code == 0
    assert "do not say" in ended.out
    assert "ingest" in ended.err
    assert run("ask", QUESTION, "--json").err == ""


def test_show_raw_prints_exactly_the_canonical_text(run: Run, home: Path, beside: App) -> None:
    briefing = beside.library.briefing(REAL)
    whole = run("show", REAL, "--raw")
    assert (whole.code, whole.out, whole.err) == (0, briefing.text, "")
    fourth = run("show", REAL, "--paragraph", "4", "--raw")
    assert fourth.out == briefing.words_of(briefing.paragraphs[3])


def test_show_numbers_the_paragraphs_below_their_headings(run: Run, home: Path) -> None:
    lines = run("show", REAL).out.splitlines()
    assert [line.split()[0] for line in lines if line.startswith("¶")] == [f"¶{n}" for n in range(1, 10)]
    at = lines.index("Cease-Fire Proposal Details")
    assert lines[at + 1].startswith("¶8")
    assert ANSWER in lines[at + 1]
    one = run("show", REAL, "--paragraph", "4").out
    assert "¶4" in one
    assert "¶3" not in one


@pytest.mark.parametrize("number", ["0", "10", "-1"])
def test_an_unknown_paragraph_fails_and_names_those_there_are(run: Run, home: Path, number: str) -> None:
    refused(run("show", REAL, "--paragraph", number), 1, "1 to 9")
    refused(run("show", REAL, "--raw", "--paragraph", number), 1, "1 to 9")


@pytest.mark.parametrize(
    "words", [("show",), ("remove",), ("ask", QUESTION, "--briefing"), ("ask", QUESTION, "--json", "--briefing")]
)
def test_an_unknown_id_fails_and_the_nearest_is_suggested(run: Run, home: Path, words: Sequence[str]) -> None:
    refused(run(*words, "blinken-netanyahu-bridging"), 1, "blinken-netanyahu-bridging'", REAL)
    for strange in ("zzz", "a"):  # one letter that stands in every long id is not near it
        refused(run(*words, strange), 1, strange, "See `briefings list`.")


def test_what_was_removed_is_not_found_any_more(run: Run, home: Path) -> None:
    assert run("search", "polio", "--json").json["hits"][0]["briefing_id"] == REAL
    assert Lexicon(home / "lexicon").count() == 8
    ended = run("remove", REAL)
    assert (ended.code, ended.out.split()) == (0, ["removed", REAL])
    assert Lexicon(home / "lexicon").count() == 0
    assert run("search", "polio", "--json").json["hits"] == []
    assert run("ask", QUESTION, "--json").json["abstained"] is True
    refused(run("show", REAL), 1, "list")
    assert run("ingest", str(SEEDS)).code == 0
    assert run("search", "polio", "--json").json["hits"] != []


def test_removing_with_one_unknown_id_removes_nothing(run: Run, home: Path) -> None:
    refused(run("remove", REAL, "zzz"), 1, "zzz")
    assert run("show", REAL).code == 0
