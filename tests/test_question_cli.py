"""Searching and asking by commands: the words, the JSON documents, the limits of a question."""

from pathlib import Path

import pytest

from rag.build import App
from tests.command import ANSWER, QUESTION, Run, refused
from tests.conftest import REAL
from tests.taking import write


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
        head = f"---\ndate: 2031-03-0{day}\nsource: Port {day}\n---\n"
        text = f"{head}{'Six Nine Ten'.split()[day - 1]} ships left the harbour of Sennet.\n"
        write(tmp_path / "docs" / f"day{day}.md", text)
    run("ingest", str(tmp_path / "docs"))

    def cited(*options: str) -> set[str]:
        answer = run("ask", "How many ships left the harbour of Sennet?", "--json", *options).json
        return {c["briefing_id"] for c in answer["citations"]}

    assert cited("--briefing", "day2") == {"day2"}
    assert cited("--briefing", "day1", "--briefing", "day3") <= {"day1", "day3"}
    assert cited("--source", "port 1") == {"day1"}
    assert cited("--source", "Port 1", "--source", "Port 2", "--since", "2031-03-02") == {"day2"}
    assert cited("--since", "2031-03-03") == {"day3"}
    assert cited("--until", "2031-03-01") == {"day1"}
    assert cited("--since", "2031-03-02", "--until", "2031-03-02") == {"day2"}
    assert cited("--since", "2031-03-04") == set()
    assert cited("--briefing", "day2", "--until", "2031-03-01") == set()
    hits = run("search", "harbour", "--source", "Port 3", "--json").json["hits"]
    assert [hit["briefing_id"] for hit in hits] == ["day3"]


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


def test_limits_that_leave_no_briefing_are_the_reason(run: Run, home: Path) -> None:
    answer = run("ask", QUESTION, "--since", "2031-03-02", "--json").json  # the briefing has no date
    assert answer["abstained"]
    assert answer["reason"] == (
        "The briefings do not say. None lies within the limits of the question; dates leave out those without one."
    )


def test_days_in_the_wrong_order_and_unknown_sources_are_told_by_both_commands(run: Run, home: Path) -> None:
    days = ("--since", "2031-03-02", "--until", "2031-03-01")
    refused(run("ask", QUESTION, *days), 2, "2031-03-02 is after --until 2031-03-01")
    refused(run("search", QUESTION, *days), 2, "after")
    refused(run("ask", QUESTION, "--source", "Nobody"), 1, "no source 'Nobody'")
    refused(run("search", QUESTION, "--briefing", "nobody"), 1, "no briefing 'nobody'")


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
    assert ended.out.endswith("\n? \n")


def test_an_empty_library_is_told_by_every_command_that_asks_it(run: Run) -> None:
    for words in (("ask", QUESTION), ("search", "polio")):
        ended = run(*words)
        assert (ended.code, ended.err) == (0, "The library is empty: add briefings with `briefings ingest PATH`.\n")
    assert "no briefings yet. Add some with `briefings ingest PATH`" in run("chat", "--terminal").out


def test_a_refusal_names_the_closest_passages_and_json_does_not(run: Run, home: Path) -> None:
    ended = run("ask", "How many ships carry polio vaccine?")
    assert "Closest passages" in ended.out
    assert "nearest" not in run("ask", "How many ships carry polio vaccine?", "--json").json
