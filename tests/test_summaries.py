"""What a briefing is about is asked for in few ways, and told by its first sentences."""

from contextlib import closing
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest

from rag.asking.followup import Turn
from rag.briefings import Briefing, Hit, Scope
from rag.extract.summaries import Wanted, gist_of, summary_wanted, telling_of, to_be_summarized
from rag.library import Library
from tests.toys import briefing, hits, put


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("summarize", Wanted(bare=True)),
        ("Please summarise this briefing.", Wanted()),
        ("Can you give me a short summary?", Wanted(bare=True)),
        ("tl;dr", Wanted(bare=True)),
        ("Summarize all of them", Wanted()),
        ("What is it about?", Wanted(loose=True)),
        ("summarize the briefings for me", Wanted()),
        ("What is this briefing about?", Wanted()),
        ("What's this about?", Wanted()),
        ("What does this briefing say?", Wanted()),
        ("What is “Port closes” about?", Wanted(title="Port closes")),
        ("What does “Port closes” say?", Wanted(title="Port closes")),
        ("Tell me about “Port closes”", Wanted(title="Port closes", loose=True)),
        ("what is the briefing 'Port closes' about", Wanted(title="Port closes")),
        ('Summarize the briefing titled "Port closes".', Wanted(title="Port closes")),
        ("Give me a summary of the briefing on the port strike", Wanted(topic="port strike", loose=True)),
        ("What is the briefing about wheat about?", Wanted(topic="wheat", loose=True)),
        ("Summarize the port strike briefing", Wanted(topic="port strike", loose=True)),
        ("what’s the wheat briefing about?", Wanted(topic="wheat", loose=True)),
    ],
)
def test_a_request_for_a_summary(text: str, wanted: Wanted) -> None:
    assert summary_wanted(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "summarize what the union wants",
        "What does the document say?",
        "What is the report about?",
        "What was the strike about?",
        "What does the briefing say about wheat?",
        "What is in the briefing?",
        "Summarize the White House press briefing",
        "What is the minister’s briefing about?",
        "What was the port strike briefing about?",
        "Who wrote the summary?",
        "Summarize the port strike",  # of which any briefing may tell
    ],
)
def test_a_question_of_fact(text: str) -> None:
    assert summary_wanted(text) is None


def test_the_first_sentences_of_paragraphs() -> None:
    whole = briefing(
        "port",
        "The port closed. It rained.",
        "Here is what we know.",
        "What sailors need:",
        "Ships left. All did.",
        "Bread rose.",
    )
    assert [c.text for c in gist_of(whole)] == ["The port closed.", "Ships left.", "Bread rose."]
    assert [(c.start, c.end, c.paragraph.number) for c in gist_of(whole)[:1]] == [(0, 16, 1)]


def test_a_byline_tells_nothing_unless_all_lines_are_like_it() -> None:
    told = briefing("port", "By Ada Holm, our reporter in Kelby", "The port closed (again).", "Ships left.")
    assert [c.text for c in gist_of(told)] == ["The port closed (again).", "Ships left."]
    lines = briefing("lines", "Port of Kelby still closed", "Ships leave for Aldry")
    assert [c.text for c in gist_of(lines)] == ["Port of Kelby still closed", "Ships leave for Aldry"]


def test_the_first_sentences_of_sections() -> None:
    plain = briefing(
        "port", "The port closed.", "Ships left.", "Bread rose.", "Rain came.", "Snow fell.", "Ice came."
    )
    named = [None, None, "Bread", "Rain", "Rain", "Ice"]
    sections = [replace(p, section=name) for p, name in zip(plain.paragraphs, named, strict=True)]
    whole = replace(plain, paragraphs=tuple(sections))
    assert [c.text for c in gist_of(whole)] == ["The port closed.", "Bread rose.", "Rain came.", "Ice came."]


def test_a_briefing_that_is_named() -> None:
    whole = briefing("port", "Ships left.", title="Port of Kelby closes")
    assert Wanted(title="port of Kelby closes").fits(whole)
    assert not Wanted(title="Port of Sennet closes").fits(whole)
    assert Wanted(topic="the closed port", loose=True).fits(whole)
    assert not Wanted(topic="wheat in Kelby fields", loose=True).fits(whole)
    assert not Wanted().fits(whole)


def test_a_title_in_full_goes_before_one_that_holds_it(tmp_path: Path) -> None:
    long = briefing("long", "It was wrong.", title="Correction: Port of Kelby closes")
    short = briefing("short", "Ships left.", title="Port of Kelby closes")
    with closing(Library.open(tmp_path / "library.sqlite3")) as library:
        for whole in (long, short):
            put(library, whole)
        for found, one in (([long, short], "short"), ([long], "long")):

            def find(words: str, scope: Scope, found: list[Briefing] = found) -> list[Hit]:
                return [*chain.from_iterable(map(hits, found))]

            wanted = Wanted(title="port of Kelby closes")
            assert to_be_summarized(wanted, library, find, None, Scope()) == one


def test_what_is_told_next_are_other_first_sentences_and_then_all_others() -> None:
    whole = briefing(
        "port", "The port closed. Cranes stood idle.", "Ships left.", "Bread rose.", "Rain came.", "Snow fell."
    )
    assert [c.text for c in gist_of(whole)] == ["The port closed.", "Ships left.", "Bread rose.", "Rain came."]
    told = "The port closed. Ships left. Bread rose. Rain came."
    assert [c.text for c in telling_of(whole, told)] == ["Snow fell.", "Cranes stood idle."]
    assert telling_of(whole, f"{told} Snow fell. Cranes stood idle.") == []


def test_what_was_told_last_is_summarized_within_the_limits_only(tmp_path: Path) -> None:
    with closing(Library.open(tmp_path / "library.sqlite3")) as library:
        for name in ("port", "bread", "rain"):
            put(library, briefing(name, f"On {name}."))
        last = Turn("Who left?", "Ships left.", ("port",))
        told = [
            to_be_summarized(Wanted(), library, lambda words, scope: [], last, Scope(ids))
            for ids in ((), ("port", "rain"), ("bread", "rain"), ("bread",))
        ]
        assert told == ["port", "port", None, "bread"]
        gone = Turn("Who left?", "Ships left.", ("gone",))  # which has been removed since
        assert to_be_summarized(Wanted(), library, lambda words, scope: [], gone, Scope()) is None
