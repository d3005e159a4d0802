"""Questions about the library itself are told from questions of fact, and read for what they are limited to."""

from datetime import date

import pytest

from rag.briefings import Scope
from rag.finding.catalogue import Catalogue
from rag.finding.inquiries import Inquiry, inquiry_in

COURIER, GAZETTE, HERALD = "Sennet Courier", "Aldry Gazette", "The Herald"
CATALOGUE = Catalogue.of([COURIER, GAZETTE, HERALD, "port-strike.txt"], date(2032, 8, 20), date(2031, 2, 1))
TODAY = date(2032, 8, 20)  # a Friday
ALL = Inquiry("some")


def some(*topics: str, sources: tuple[str, ...] = (), since: str = "", until: str = "") -> Inquiry:
    days = [date.fromisoformat(day) if day else None for day in (since, until)]
    return Inquiry("some", Scope((), days[0], days[1], sources), topics)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("How many briefings mention the strike?", some("the strike")),
        ("how many of your briefings mention the Bank of England?", some("the Bank of England")),
        ("How many of the briefings are about the strike?", some("the strike")),
        ("How many briefings do you have on the hostages?", some("the hostages")),
        ("how many briefings are there about wheat?", some("wheat")),
        ("Which briefings mention Antony Blinken?", some("Antony Blinken")),
        ("what briefings do you have about the port strike?", some("the port strike")),
        ("what briefings about the strike do you have?", some("the strike")),
        ("In how many briefings is the strike mentioned?", some("the strike")),
        ("which briefings is Blinken mentioned in?", some("Blinken")),
        ("How often is the strike mentioned in the briefings?", some("the strike")),
        ('how many briefings contain the word "truce"?', some("truce")),
        ("list briefings that mention “port strike” or Kelby", some("port strike", "Kelby")),
        ("do any of the briefings mention the truce?", some("the truce")),
        ("Are there any briefings about bread?", some("bread")),
        ("Any briefings about bread?", some("bread")),
        ("briefings on bread", some("bread")),
        ("do you have anything about polio vaccines?", some("polio vaccines")),
        ("Please show me the briefings about drought", some("drought")),
        ("Could you show me articles about the strike?", some("the strike")),
        ("What documents do you have on the treaty?", some("the treaty")),
        ("what documents about the treaty are in the library?", some("the treaty")),
        ("which briefings are from the Herald?", some(sources=(HERALD,))),
        ("which briefings are from the herald?", some(sources=(HERALD,))),
        ("do you have anything from the Courier?", some(sources=(COURIER,))),
        ("what do you have from the Courier?", some(sources=(COURIER,))),
        ("what Courier briefings do you have?", some(sources=(COURIER,))),
        ("List the Courier's briefings", some(sources=(COURIER,))),
        ("How many briefings from the Gazette or the Courier are there?", some(sources=(GAZETTE, COURIER))),
        ("which reports from the Gazette mention the flood?", some("the flood", sources=(GAZETTE,))),
        (
            "Which briefings mention the flood and were published by the Gazette?",
            some("the flood", sources=(GAZETTE,)),
        ),
        ("list the briefings of May 2032", some(since="2032-05-01", until="2032-05-31")),
        ("List the May 2032 briefings", some(since="2032-05-01", until="2032-05-31")),
        ("how many briefings are from 2031?", some(since="2031-01-01", until="2031-12-31")),
        ("What briefings do you have from last week?", some(since="2032-08-09", until="2032-08-15")),
        ("what briefings are there from 3 May 2032?", some(since="2032-05-03", until="2032-05-03")),
        ("which briefings were published before June 2032?", some(until="2032-05-31")),
        (
            "which briefings were published between February and April 2032?",
            some(since="2032-02-01", until="2032-04-30"),
        ),
        (
            "Which briefings published in May 2032 discuss the budget?",
            some("the budget", since="2032-05-01", until="2032-05-31"),
        ),
        ("show me all briefings about the floods since May", some("the floods", since="2032-05-01")),
        ("which briefings do you have?", ALL),
        ("list all the briefings", ALL),
        ("Show me the available briefings.", ALL),
        ("what is your newest briefing?", Inquiry("newest")),
        ("Which is the oldest briefing?", Inquiry("oldest")),
        ("When was the latest briefing published?", Inquiry("newest")),
        ("Show me the latest briefings", Inquiry("newest", number=10)),
        ("what are the latest three briefings?", Inquiry("newest", number=3)),
        ("show me the 2 latest briefings from the Gazette", Inquiry("newest", Scope(sources=(GAZETTE,)), number=2)),
        ("what's the most recent briefing on the drought?", Inquiry("newest", topics=("the drought",))),
        ("How recent are your briefings?", Inquiry("newest")),
        ("what period do the briefings cover?", Inquiry("span")),
        ("How far back do your briefings go?", Inquiry("span")),
        ("which sources do you have?", Inquiry("sources")),
        ("Where do the briefings come from?", Inquiry("sources")),
        ("list the sources", Inquiry("sources")),
        ("Do you have anything from the Times?", Inquiry("some", unknown="Times")),
        ("How many Times briefings are there?", Inquiry("some", unknown="Times")),
        ("which of the briefings are from the Courier (the strike)?", some("the strike", sources=(COURIER,))),
        ("list the briefings (the Courier, briefings, the strike)", some("the strike", sources=(COURIER,))),
    ],
)
def test_what_is_asked_of_the_library(text: str, asked: Inquiry) -> None:
    assert inquiry_in(text, CATALOGUE, TODAY) == asked


@pytest.mark.parametrize(
    "text",
    [
        "How many countries mention the treaty in their law?",
        "which reports did the minister get?",
        "How many briefings did the minister get?",
        "How many briefings has the president received about the strike?",
        "how many briefings on the hostages did Biden receive?",
        "How many briefings a week does the army give?",
        "how many White House briefings are there each week?",
        "Which briefings did the White House cancel?",
        "Which briefings will the ministry hold next week?",
        "which briefings describe how the strike ended?",
        "which briefing says that the port reopened?",
        "Who holds the daily briefings?",
        "When was the first briefing held?",
        "what was the first briefing about?",
        "what is in the latest briefing?",
        "what does the newest briefing say about the strike?",
        "What was the latest briefing by the spokesman about the hostages?",
        "summarize the newest briefing",
        "which articles of the treaty mention the islands?",
        "How many articles does the accord have?",
        "Which article in the Gazette says that the bridge will close?",
        "which report blamed the operator?",
        "what is the latest report on the strike?",
        "What reports are there about cholera?",
        "are there any reports of looting?",
        "list the reports that the committee received",
        "List the documents that were leaked",
        "How many documents are there?",
        "which story did the Courier correct?",
        "what report did the Herald publish about the mayor?",
        "How many items are on the list of banned goods?",
        "Is there anything about the strike that worries the minister?",
        "Do you have any news on the strike?",
        "what do you have about the strike?",
        "How often is the minister mentioned?",
        "What sources of water are there?",
        "which newspapers were closed?",
        "what is in the library of Kelby?",
        "How many briefings are there?",  # the number of all is told as small talk
        "who signed it?",
        "briefings",
        "",
    ],
)
def test_what_is_asked_of_the_briefings(text: str) -> None:
    assert inquiry_in(text, CATALOGUE, TODAY) is None


def test_a_place_is_no_source_whose_name_ends_so() -> None:
    catalogue = Catalogue.of(["News of Kelby"])
    assert inquiry_in("which briefings mention the strike in Kelby?", catalogue, TODAY) == some(
        "the strike in Kelby"
    )


def test_a_long_text_is_read_at_once() -> None:
    assert inquiry_in("list briefings about " + "from the " * 400, CATALOGUE, TODAY) is None
