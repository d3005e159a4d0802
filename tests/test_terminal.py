"""What is printed: plain whole lines when piped, wrapped and coloured on a terminal, and nothing interpreted."""

import re
from dataclasses import replace
from datetime import date

import pytest

from rag.answers import Answer, Citation, PlanStep, Sentence
from rag.briefings import Briefing, BriefingSummary, Hit, Paragraph, Passage
from rag.build import App
from tests.command import Printed
from ui.terminal import (
    closest,
    print_answer,
    print_briefing,
    print_hits,
    print_list,
    print_trace,
)
from ui.words import day

LONG = "Nine ships left the harbour of Sennet on Monday. " * 9 + "Two stayed."  # 452 characters
CITATION = Citation(
    1, "a", "Ships [bold]leave[/bold]", date(2031, 3, 4), "Courier", "Terms", 2, LONG, 0, 452, "exact"
)
ANSWER = Answer("How many?", "How many?", (Sentence(LONG, (1,), "supported"),), (CITATION,))
HIT = Hit(Passage("a:1", "a", 4, 5, 0, 452), 0.5, LONG, "Ships :smile: leave", "Courier", None, None)


@pytest.fixture(autouse=True)
def _narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard output is a very wide terminal."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "300")


def test_a_day_is_written_as_people_do() -> None:
    assert (day(date(2031, 3, 4)), day(None)) == ("4 March 2031", "")


def test_a_refusal_names_where_the_closest_passages_are(capsys: Printed) -> None:
    print_answer(Answer("How many?", "How many?", abstained=True, reason="Not said."), [HIT])
    assert capsys.readouterr().out.splitlines() == [
        "Not said.",
        "",
        "Closest passages",
        "Ships :smile: leave · ¶4–5",
    ]


def test_a_reply_of_several_lines_has_them(capsys: Printed) -> None:
    print_answer(Answer("List?", "List?", abstained=True, searched=False, reason="Briefings: 2.\n“One”\n“Two”"))
    assert capsys.readouterr().out.splitlines() == ["Briefings: 2.", "“One”", "“Two”"]


def test_the_closest_passages_keep_their_order_and_an_answer_has_none(real_app: App) -> None:
    first, second = (hit.passage.passage_id for hit in real_app.search("polio vaccine", 2))
    refusal = Answer("q", "q", abstained=True, nearest=(second, "gone", first))
    assert [hit.passage.passage_id for hit in closest(refusal, real_app.library)] == [second, first]
    assert closest(replace(refusal, abstained=False), real_app.library) == []


def test_a_piped_answer_has_no_line_breaks_of_its_own_and_no_colours(capsys: Printed) -> None:
    print_answer(ANSWER)
    assert capsys.readouterr().out.splitlines() == [
        f"{LONG} [1]",
        "",
        "Sources",
        "[1] Ships [bold]leave[/bold] · 4 March 2031 · Terms · ¶2",
        f"    “{LONG}”",
    ]


def test_the_page_of_a_source_is_named_where_there_are_pages(capsys: Printed) -> None:
    print_answer(replace(ANSWER, citations=(replace(CITATION, page=3),)))
    print_hits([replace(HIT, page=7)])
    printed = capsys.readouterr().out
    assert "4 March 2031 · Terms · p. 3 · ¶2" in printed
    assert "leave · p. 7 · ¶4–5" in printed


def test_a_models_answer_tells_what_was_checked_and_what_is_in_doubt(capsys: Printed) -> None:
    answer = Answer(
        "How many, and whose?",
        "How many, and whose?",
        (
            Sentence("Nine ships left.", (1,), "supported"),
            Sentence("They were grey.", (1,), "unchecked", "its wording is far from that of its quotes"),
            Sentence("Ten stayed.", (1,), "unsupported", "no quote holds “ten”"),
        ),
        (CITATION,),
        missing="whose",
        composer="openai:toy",
        checks={"sentences": 3, "repaired": 1, "marked": 1, "fabricated_quotes": 2},
        usage={"input_tokens": 900, "output_tokens": 100, "cost_usd": 0.0123},
    )
    print_answer(answer)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Nine ships left. [1] They were grey. [1?] Ten stayed. [1!]"
    assert lines[1] == "The briefings do not say: whose."
    assert lines[-3:] == [
        "Note: “They were grey.” is not checked: its wording is far from that of its quotes.",
        "Note: “Ten stayed.” is NOT VERIFIED: no quote holds “ten”.",
        "Written by openai:toy. Checked by code: 1 sentence asked for again and mended; 1 sentence marked as "
        "unsupported; 2 quotes invented by the model, and thrown away. 1,000 tokens, $0.0123.",
    ]


def test_a_part_that_is_left_open_ends_with_one_mark(capsys: Printed) -> None:
    for missing, told in (("whose", "whose."), ("how many left?", "how many left?")):
        print_answer(replace(ANSWER, missing=missing))
        assert f"The briefings do not say: {told}\n" in capsys.readouterr().out


def test_a_doubtful_answer_says_so(capsys: Printed) -> None:
    print_answer(replace(ANSWER, missing="whose", doubtful=True))
    told = "The briefings do not say: whose. Not certain: this comes nearest of what was found, and may not be what"
    assert f"{told} you asked for." in capsys.readouterr().out
    print_answer(replace(ANSWER, doubtful=True))
    assert capsys.readouterr().out.splitlines()[1].startswith("Not certain")


def test_an_abstention_is_its_reason(capsys: Printed) -> None:
    print_answer(Answer("And now?", "And now? (ships)", abstained=True, reason="Not said.", notices=("Old data",)))
    assert capsys.readouterr().out.splitlines() == [
        "Understood as: And now? (ships)",
        "Not said.",
        "Note: Old data",
    ]


@pytest.mark.usefixtures("terminal")
def test_on_a_terminal_prose_is_coloured_and_wrapped_for_reading(capsys: Printed) -> None:
    print_answer(ANSWER)
    print_hits([HIT])
    out = capsys.readouterr().out
    assert "\x1b[" in out
    plain = re.sub(r"\x1b\[[0-9;]*m", "", out)
    assert max(len(line.rstrip()) for line in plain.splitlines()) <= 100
    assert plain.split().count("harbour") == 27  # 9 in the answer, 9 in its quote, 9 in the hit
    assert "[bold]leave[/bold]" in plain
    assert ":smile:" in plain


def test_piped_hits_are_whole_lines_with_their_paragraphs(capsys: Printed) -> None:
    print_hits([HIT])
    assert capsys.readouterr().out.splitlines() == ["1. Ships :smile: leave · ¶4–5", f"    {LONG}"]
    print_hits([replace(HIT, text="Nine ships.\n\nTwo left.")])
    assert capsys.readouterr().out.splitlines()[1:] == ["    Nine ships.", "", "    Two left."]
    print_hits([])
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_a_piped_list_is_one_line_a_briefing_with_tabs_between(capsys: Printed) -> None:
    print_list(
        [
            BriefingSummary("a", "Ships [red]leave", date(2031, 3, 4), "Courier", "file:///a", 12),
            BriefingSummary("b", "Rain", None, "b.txt", "file:///b", 1),
        ]
    )
    assert capsys.readouterr().out == "a\t2031-03-04\t12\tCourier\tShips [red]leave\nb\t-\t1\tb.txt\tRain\n"


@pytest.mark.usefixtures("terminal")
def test_a_list_on_a_terminal_keeps_each_id_whole(capsys: Printed) -> None:
    print_list([BriefingSummary("a", "Ships [red]leave", date(2031, 3, 4), "Courier", "file:///a", 12)])
    plain = re.sub(r"\x1b\[[0-9;]*m", "", capsys.readouterr().out)
    assert [line.strip() for line in plain.splitlines()] == [
        "Ships [red]leave",
        "a · Courier · 4 March 2031 · 12 paragraphs",
    ]


def test_a_briefing_is_shown_with_paragraph_numbers_below_its_headings(capsys: Printed) -> None:
    text = "One.\n\nTwo.\n\n[red]Three."
    paragraphs = (Paragraph(1, 0, 4), Paragraph(2, 6, 10, "Terms"), Paragraph(3, 12, 23, "Terms"))
    briefing = Briefing("a", "Ships", date(2031, 3, 4), "Courier", text, "0" * 64, paragraphs=paragraphs)
    print_briefing(briefing, paragraphs)
    assert [line.split() for line in capsys.readouterr().out.splitlines()] == [
        ["Ships"],
        ["Courier", "·", "4", "March", "2031"],
        ["¶1", "One."],
        [],
        ["Terms"],
        ["¶2", "Two."],
        ["¶3", "[red]Three."],
    ]


def test_a_trace_tells_what_was_searched_for_where_and_how_long_it_took(capsys: Printed) -> None:
    steps = (
        PlanStep("that the port reopened", ("Courier", "Gazette")),
        PlanStep("a strike", (), date(2031, 3, 4), None),
        PlanStep("who paid", (), date(2031, 3, 4), None, "the strike", "dockers¶1"),
        PlanStep("what of pay", ("Courier",), title="Port shut"),
        PlanStep("who agreed", name="Oran"),
    )
    print_trace(Answer("q", "the port?", plan=steps, timings_ms={"retrieve": 1.5}))
    assert capsys.readouterr().out.splitlines() == [
        "Searched Courier or Gazette for: that the port reopened",
        "Searched 2031-03-04 to … for: a strike",
        "Searched 2031-03-04 to … (the strike: dockers¶1) for: who paid",
        "Searched “Port shut”, Courier for: what of pay",
        "Searched what names Oran for: who agreed",
        "Took: retrieve 1.5 ms",
    ]
    print_trace(Answer("q", "the port?"))
    assert capsys.readouterr().out.splitlines()[0] == "Searched everything for: the port?"
