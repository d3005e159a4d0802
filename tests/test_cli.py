"""The command line: exit codes, one-line reasons without a traceback, and the JSON documents."""

import json
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from ingest.pipeline import embed_anew
from rag.build import App, build_app
from rag.database import Vectors
from rag.entries import Entry, Written
from rag.errors import LibraryError
from rag.lexicon import Lexicon
from rag.library import Library
from rag.settings import Settings
from tests.command import Ended, Run
from tests.conftest import REAL, SEEDS
from tests.toys import ToyEmbedder

QUESTION = "What does the three-phase plan involve?"
ANSWER = (
    "The proposed cease-fire involves a three-phase process: Hamas releasing all hostages taken on October 7, "
    "Israel withdrawing its forces from Gaza, and the release of Palestinian prisoners by Israel."
)


@pytest.fixture
def beside(home: Path) -> Iterator[App]:
    """The same home, opened by somebody else."""
    app = build_app(Settings(home=home))
    yield app
    app.close()


def refused(ended: Ended, code: int, *words: str) -> None:
    """It ended with this code, nothing on standard output, and one line that has these words."""
    assert ended.code == code
    assert ended.out == ""
    assert ended.err.startswith("briefings: ")
    assert len(ended.err.splitlines()) == 1
    assert [w for w in words if w not in ended.err] == []


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


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
    refused(run(*words, "zzz"), 1, "zzz", "list")


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


# -- search and ask --------------------------------------------------------------------------------------


def test_search_json_has_the_documented_shape(run: Run, home: Path, beside: App) -> None:
    ended = run("search", "a possible outbreak of polio", "-k", "3", "--json")
    assert (ended.code, ended.err) == (0, "")
    assert set(ended.json) == {"query", "hits"}
    assert ended.json["query"] == "a possible outbreak of polio"
    hits = ended.json["hits"]
    assert [h["rank"] for h in hits] == [1, 2, 3]
    assert all(
        set(h)
        == {"rank", "passage_id", "briefing_id", "title", "published", "source", "paragraphs", "score", "text"}
        for h in hits
    )
    scores = [h["score"] for h in hits]
    assert scores == sorted(scores, reverse=True)
    best = hits[0]
    briefing = beside.library.briefing(REAL)
    assert (best["briefing_id"], best["title"], best["published"]) == (REAL, briefing.title, None)
    assert best["paragraphs"] == [7]
    assert best["text"] == briefing.words_of(briefing.paragraphs[6])


def test_a_passage_of_several_paragraphs_names_them_all(run: Run, home: Path) -> None:
    hits = run("search", "three-phase process", "--json").json["hits"]
    assert hits[0]["paragraphs"] == [8, 9]


def test_ask_answers_with_the_words_of_the_paragraph(run: Run, home: Path) -> None:
    ended = run("ask", QUESTION)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines()[0] == f"{ANSWER} [1]"
    assert "¶8" in ended.out
    assert f"“{ANSWER}”" in ended.out


def test_ask_json_has_the_documented_shape(run: Run, home: Path, beside: App) -> None:
    ended = run("ask", QUESTION, "--json")
    assert (ended.code, ended.err) == (0, "")
    answer = ended.json
    assert set(answer) >= {
        "question", "standalone_question", "abstained", "reason", "sentences", "citations", "notices", "composer",
        "usage", "timings_ms",
    }  # fmt: skip
    assert (answer["question"], answer["standalone_question"]) == (QUESTION, QUESTION)
    assert (answer["abstained"], answer["reason"], answer["notices"], answer["usage"]) == (False, None, [], {})
    assert answer["composer"] == "extractive"
    assert {"retrieve", "compose"} <= set(answer["timings_ms"])
    assert answer["sentences"] == [{"text": ANSWER, "citations": [1], "support": "supported"}]
    (citation,) = answer["citations"]
    text = beside.library.briefing(REAL).text
    assert citation == {
        "number": 1,
        "briefing_id": REAL,
        "title": "Blinken’s Meeting with Netanyahu: Progress and Challenges in Middle East Peace Negotiations",
        "published": None,
        "source": f"{REAL}.txt",
        "section": "Cease-Fire Proposal Details",
        "paragraph": 8,
        "quote": ANSWER,
        "start": text.index(ANSWER),
        "end": text.index(ANSWER) + len(ANSWER),
        "verdict": "exact",
    }


def test_dates_are_written_in_json_as_days(run: Run, tmp_path: Path) -> None:
    text = "---\ntitle: Ships\ndate: 2031-03-14\n---\nNine ships left the harbour of Sennet on Monday.\n"
    run("ingest", str(write(tmp_path / "docs" / "a.md", text)))
    assert run("list", "--json").json["briefings"][0]["published"] == "2031-03-14"
    assert run("search", "ships", "--json").json["hits"][0]["published"] == "2031-03-14"
    answer = run("ask", "How many ships left the harbour of Sennet?", "--json").json
    assert [c["published"] for c in answer["citations"]] == ["2031-03-14"]
    assert "14 March 2031" in run("ask", "How many ships left the harbour of Sennet?").out


def test_what_the_briefings_do_not_say_is_no_failure(run: Run, home: Path) -> None:
    ended = run("ask", "How much did the new bridge in Osaka cost?", "--json")
    assert ended.code == 0
    assert ended.json["abstained"] is True
    assert ended.json["reason"]
    assert (ended.json["sentences"], ended.json["citations"]) == ([], [])
    assert run("ask", "How much did the new bridge in Osaka cost?").out.startswith(ended.json["reason"])


def test_a_question_is_limited_to_briefings_and_days(run: Run, tmp_path: Path) -> None:
    for day in (1, 2, 3):
        text = (
            f"---\ndate: 2031-03-0{day}\n---\n{'Six Nine Ten'.split()[day - 1]} ships left the harbour of Sennet.\n"
        )
        write(tmp_path / "docs" / f"day{day}.md", text)
    run("ingest", str(tmp_path / "docs"))

    def cited(*options: str) -> set[str]:
        answer = run("ask", "How many ships left the harbour of Sennet?", "--json", *options).json
        return {c["briefing_id"] for c in answer["citations"]}

    assert cited("--briefing", "day2") == {"day2"}
    assert cited("--briefing", "day1", "--briefing", "day3") <= {"day1", "day3"}
    assert cited("--since", "2031-03-03") == {"day3"}
    assert cited("--until", "2031-03-01") == {"day1"}
    assert cited("--since", "2031-03-02", "--until", "2031-03-02") == {"day2"}
    assert cited("--since", "2031-03-04") == set()
    assert cited("--briefing", "day2", "--until", "2031-03-01") == set()


def test_an_earlier_question_says_what_a_later_one_is_about(run: Run, home: Path) -> None:
    answer = run("ask", "And of Hamas?", "--after", QUESTION, "--json").json
    assert answer["question"] == "And of Hamas?"
    assert answer["standalone_question"] != "And of Hamas?"
    assert "phase" in answer["standalone_question"]


def test_an_earlier_question_is_answered_so_that_its_answer_can_be_asked_about(run: Run, home: Path) -> None:
    answer = run("ask", "why there?", "--after", "Which countries will Blinken visit next?", "--json").json
    assert answer["standalone_question"] == "Which countries will Blinken visit next, and why there?"
    first = run("ask", "what did he call the meeting?", "--after", "Who met Blinken?", "--json").json
    assert "Netanyahu" in first["standalone_question"]


@pytest.mark.parametrize("question", ["", " \n\t", "?!", "\u200b"])
def test_an_empty_question_is_wrong_usage(run: Run, home: Path, question: str) -> None:
    refused(run("ask", question), 2, "empty")
    refused(run("ask", question, "--json"), 2, "empty")
    refused(run("search", question), 2, "empty")


def test_a_question_of_100000_characters_is_wrong_usage(run: Run, home: Path) -> None:
    for question in ("why " * 25_000, "y" * 100_000):
        refused(run("ask", question), 2, "100,000" if question[0] == "y" else "99,999")
        assert run("search", question).code == 2


@pytest.mark.parametrize("option", ["--since", "--until"])
@pytest.mark.parametrize("day", ["yesterday", "2031-02-30", "14.3.2031", ""])
def test_a_wrong_date_is_wrong_usage(run: Run, home: Path, option: str, day: str) -> None:
    refused(run("ask", QUESTION, option, day), 2, option, "YYYY-MM-DD")


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


class OtherEmbedder(ToyEmbedder):
    """A model that only another machine has."""

    fingerprint = "other:3"

    def embed(self, texts: Sequence[str]) -> Vectors:
        return super().embed(texts)


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


# -- chat ------------------------------------------------------------------------------------------------


def test_chat_answers_until_an_empty_line_and_survives_a_wrong_question(run: Run, home: Path) -> None:
    ended = run("chat", "--terminal", stdin=f"?!\n{QUESTION}\n\nIs this read?\n")
    assert ended.code == 0
    assert ended.out.count(f"“{ANSWER}”") == 1
    assert "empty" in ended.out
    assert "do not say" not in ended.out


def test_chat_ends_with_its_input(run: Run, home: Path) -> None:
    ended = run("chat", "--terminal", stdin=QUESTION)
    assert ended.code == 0
    assert ANSWER in ended.out
