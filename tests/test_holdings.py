"""What is told of a library: exactly what was counted, and the titles of what is listed."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from rag.asking.followup import Turn
from rag.briefings import Scope
from rag.finding.catalogue import Catalogue
from rag.finding.holdings import Holdings, both, in_words
from rag.finding.inquiries import Inquiry
from rag.library import Library
from rag.mirrors import Mirrors
from rag.retrieve import PlannedRetriever
from tests.toys import TOY, ToyEmbedder, briefing, put

MAY, JUNE = date(2032, 5, 3), date(2032, 6, 9)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    library = Library.open(tmp_path_factory.mktemp("holdings") / "library.sqlite3")
    put(
        library,
        briefing("dock", "Dockers strike at the port.", published=MAY, source="Sennet Courier", title="Docks"),
    )
    put(
        library, briefing("mine", "No strike.", "The port is open.", published=JUNE, source="Gazette", title="Mine")
    )
    put(
        library, briefing("rain", "It rained. The Courier said so.", published=JUNE, source="Gazette", title="Rain")
    )
    put(library, briefing("toll", "A toll was struck off.", source="Gazette", title="The strike of 1990"))
    yield library
    library.close()


@pytest.fixture(scope="module")
def holdings(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Holdings:
    mirrors = Mirrors(tmp_path_factory.mktemp("mirrors"), library, TOY)
    retriever = PlannedRetriever(library, mirrors, ToyEmbedder())
    return Holdings(library, retriever.catalogue, retriever.holding)


def told(holdings: Holdings, text: str, limits: Scope | None = None) -> str | None:
    inquiry = holdings.inquiry(text)
    assert inquiry is not None
    return holdings.reply(inquiry, limits or Scope())


DOCKS, MINE, RAIN, TOLL = (
    "“Docks” · Sennet Courier · 3 May 2032",
    "“Mine” · Gazette · 9 June 2032",
    "“Rain” · Gazette · 9 June 2032",
    "“The strike of 1990” · Gazette",
)
IN_TEXT, TOGETHER = (
    f", in any form of the word, {where} or its headings" for where in ("in their text", "together in one passage")
)
STRIKE = f"with “strike”{IN_TEXT}"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        # "struck" is a form of "strike"
        (
            "How many briefings mention the strike?",
            [f"Briefings {STRIKE}: 3 of 4.", "Newest first:", MINE, DOCKS, TOLL],
        ),
        (
            "Which briefings mention the port strike?",  # which stand in two paragraphs of "Mine"
            [
                f"Briefings with “port” and “strike”{TOGETHER}: 1 of 4.",
                DOCKS,
            ],
        ),
        (
            "Which briefings mention the Courier?",  # not those of that source
            [f"Briefings with “Courier”{IN_TEXT}: 1 of 4.", RAIN],
        ),
        (
            "Which briefings mention rain or dockers?",
            [
                f"Briefings with “rain” or “dockers”{IN_TEXT}: 2 of 4.",
                "Newest first:",
                RAIN,
                DOCKS,
            ],
        ),
        (
            "Do you have anything about Mars?",
            [f"Briefings with “Mars”{IN_TEXT}: none of 4."],
        ),
        ("which briefings are from the Courier?", ["Briefings from Sennet Courier: 1 of 4.", DOCKS]),
        ("list the briefings of May 2032", ["Briefings dated 1 May 2032 to 31 May 2032: 1 of 4.", DOCKS]),
        (
            "which briefings are dated 9 June 2032?",
            ["Briefings dated 9 June 2032: 2 of 4.", "Newest first:", MINE, RAIN],
        ),
        (
            "which briefings were published since June?",
            ["Briefings dated 1 June 2032 or later: 2 of 4.", "Newest first:", MINE, RAIN],
        ),
        (
            "which briefings from the Gazette of May 2032 mention the strike?",
            [f"Briefings from Gazette, dated 1 May 2032 to 31 May 2032, {STRIKE}: none of 4."],
        ),
        ("list all briefings", ["Briefings in the library: 4.", "Newest first:", MINE, RAIN, DOCKS, TOLL]),
        (
            "what is your newest briefing?",
            ["Briefings in the library: 4.", "The newest:", MINE, RAIN],
        ),  # of one day
        (
            "what is the oldest briefing from the Gazette?",
            ["Briefings from Gazette: 3 of 4.", "The oldest:", MINE, RAIN],
        ),
        ("show me the two latest briefings", ["Briefings in the library: 4.", "The newest:", MINE, RAIN]),
        (
            "what dates do the briefings cover?",
            ["Briefings dated 3 May 2032 to 9 June 2032: 3; without a date: 1."],
        ),
        (
            "which sources do you have?",
            ["Sources of the briefings: 2.", "Gazette · 3 briefings", "Sennet Courier · 1 briefing"],
        ),
        (
            "do you have anything from the Gazete?",
            ["No source of the briefings is called “Gazete”. Did you mean “Gazette”?"],
        ),
        (
            "do you have anything from the Washington Post?",
            ["No source of the briefings is called “Washington Post”."],
        ),
    ],
)
def test_what_is_told(holdings: Holdings, text: str, lines: list[str]) -> None:
    assert (told(holdings, text) or "").split("\n") == lines


def test_only_what_lies_within_the_limits_is_told(holdings: Holdings) -> None:
    june = Scope(since=JUNE)
    strike = f"Briefings {STRIKE}: 1 of 2 within the limits.\n{MINE}"
    assert told(holdings, "How many briefings mention the strike?", june) == strike
    assert told(holdings, "list the briefings", Scope(("rain",))) == f"Briefings within the limits: 1.\n{RAIN}"
    none = "Briefings from Sennet Courier: none of 2 within the limits."
    assert told(holdings, "what briefings are from the Courier?", june) == none
    assert told(holdings, "what briefings are from the Courier?", Scope(sources=("Gazette",))) == none.replace(
        "2", "3"
    )
    both = told(holdings, "which briefings are dated before 1 June 2032?", june) or ""
    assert both.endswith(": none of 2 within the limits.")
    sources = told(holdings, "which sources do you have?", Scope(("rain",)))
    assert sources == "Sources of the briefings within the limits: 1.\nGazette · 1 briefing"
    assert told(holdings, "list the briefings", Scope(since=date(2040, 1, 1))) is None


def test_a_long_list_is_cut_and_says_how_many_it_leaves_out(library: Library, holdings: Holdings) -> None:
    for number in range(20):
        put(
            library,
            briefing(f"ship{number:02}", "A ship came.", source=f"Wire {number:02}", title=f"Ship {number}"),
        )
    try:
        lines = (told(holdings, "list briefings about ships") or "").split("\n")
        assert lines[0].endswith(": 20 of 24.")
        assert lines[2:4] == ["“Ship 0” · Wire 00", "“Ship 1” · Wire 01"]
        assert (len(lines), lines[-1]) == (13, "… and 10 more.")
        sources = (told(holdings, "which sources do you have?") or "").split("\n")
        assert (sources[0], sources[-1]) == ("Sources of the briefings: 22.", "… and 12 more.")
        some = tuple(f"Wire {number:02}" for number in range(20))
        wires = told(holdings, f"which briefings are from {' or '.join(some[:6])}?") or ""
        assert wires.startswith("Briefings from Wire 00, Wire 01, Wire 02, Wire 03 or 2 others: 6 of 24.")
    finally:
        library.remove([f"ship{number:02}" for number in range(20)])


def test_where_too_many_passages_hold_the_words_the_count_says_so(
    library: Library, holdings: Holdings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.finding.holdings._READ", 2)
    counted = (told(holdings, "How many briefings mention the strike?") or "").split("\n")[0]
    assert counted.endswith(": at least 2 of 4.")


def test_without_an_index_of_words_nothing_is_counted(library: Library) -> None:
    holdings = Holdings(library, Catalogue, lambda terms, scope, most: None)
    assert told(holdings, "How many briefings mention the strike?") is None
    assert told(holdings, "list the briefings") is not None


def test_a_library_without_dates_says_so(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library.sqlite3")
    put(library, briefing("one", "A ship.", source="Gazette", title="One"))
    mirrors = Mirrors(tmp_path, library, TOY)
    retriever = PlannedRetriever(library, mirrors, ToyEmbedder())
    holdings = Holdings(library, retriever.catalogue, retriever.holding)
    assert told(holdings, "what dates do the briefings cover?") == "No briefing has a date."
    assert (
        told(holdings, "what is the newest briefing?")
        == "Briefings in the library: 1.\nThe newest:\n“One” · Gazette"
    )
    mirrors.close()
    library.close()


def test_a_question_of_fact_is_none(holdings: Holdings) -> None:
    assert holdings.inquiry("How many briefings did the minister get?") is None


@pytest.mark.parametrize(
    ("earlier", "question", "lines"),
    [
        (
            ("How many briefings mention the strike?",),
            "Which is the newest?",
            [f"Briefings {STRIKE}: 3 of 4.", MINE],
        ),
        (("Which briefings mention the strike?", "newest?"), "Oldest?", [f"Briefings {STRIKE}: 3 of 4.", DOCKS]),
        (("Which briefings mention the strike?", "thanks!"), "the first?", [f"Briefings {STRIKE}: 3 of 4.", DOCKS]),
        (
            ("How many briefings mention the toll?", "and the port?"),
            "and the two newest?",
            [f"Briefings with “port”{IN_TEXT}: 2 of 4.", MINE, DOCKS],
        ),
        (
            ("Which briefings are from the Sennet Courier?",),
            "What about the latest of them?",
            ["Briefings from Sennet Courier: 1 of 4.", DOCKS],
        ),
        (("How many briefings are there?",), "and the oldest?", ["Briefings in the library: 4.", DOCKS]),
        (("What sources do you have?",), "which one is the oldest?", ["Briefings in the library: 4.", DOCKS]),
        ((), "the oldest?", ["Briefings in the library: 4.", DOCKS]),
    ],
)
def test_the_newest_and_the_oldest_are_asked_of_what_was_told(
    holdings: Holdings, earlier: tuple[str, ...], question: str, lines: list[str]
) -> None:
    asked = holdings.talk(question, [Turn(one) for one in earlier]).going_on
    assert asked is not None
    head, _, *listed = (holdings.reply(asked, Scope()) or "").split("\n")
    assert [head, *listed] == lines


@pytest.mark.parametrize(
    ("last", "question"),
    [
        ("Who struck?", "and the oldest?"),
        ("Which briefings mention the strike?", "and the oldest ship?"),
        ("Which briefings mention the strike?", "who was the first?"),
        ("Which briefings mention the strike?", "what happened last?"),
    ],
)
def test_what_is_asked_after_a_fact_or_of_something_else_is_a_question_of_fact(
    holdings: Holdings, last: str, question: str
) -> None:
    earlier = [Turn("Which briefings mention the port?"), Turn(last)]
    assert holdings.talk(question, earlier).going_on is None


def test_a_question_that_went_on_so_is_no_part_of_the_talk(holdings: Holdings) -> None:
    first, gone, fact = (Turn(q) for q in ("Which briefings mention the strike?", "the newest?", "Who struck?"))
    assert holdings.talk("and the port?", [first, gone]).earlier == (first,)
    assert holdings.talk("the oldest?", [fact, gone]).earlier == (fact, gone)
    assert holdings.talk("Who struck?", [first, fact]).earlier == (first, fact)


def test_those_that_were_told_of_are_passed_over(holdings: Holdings) -> None:
    newest = Inquiry("newest", number=2)
    first = holdings.asked_for(newest, Scope())
    assert sorted(first) == ["mine", "rain"]
    assert holdings.asked_for(newest, Scope(), first) == ("dock", "toll")
    assert holdings.asked_for(newest, Scope(), (*first, "dock", "toll")) == ()


def test_a_scope_in_words_and_two_as_one() -> None:
    may = Scope(since=MAY, until=JUNE, sources=("Gazette", "Sennet Courier"))
    assert in_words(may) == "from Gazette or Sennet Courier, dated 3 May 2032 to 9 June 2032"
    assert in_words(Scope()) == ""
    assert both(Scope(sources=("Gazette",)), may) == Scope(since=MAY, until=JUNE, sources=("Gazette",))
    assert both(Scope(sources=("Wire",)), may) is None
