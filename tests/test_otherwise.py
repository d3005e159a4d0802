"""Sentences that tell something near what is asked, and not that."""

from dataclasses import replace
from datetime import date

import pytest

from rag.asking.question import read_question
from rag.briefings import Briefing
from rag.embedders import WordLlamaEmbedder
from rag.extract.candidates import Candidate
from rag.extract.matching import Matcher
from rag.extract.otherwise import Otherwise
from rag.words.thesaurus import Thesaurus
from tests.toys import briefing


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(WordLlamaEmbedder(), Thesaurus(""))


def tells(matcher: Matcher, question: str, whole: Briefing, number: int = 1, before: str = "") -> bool:
    asked = read_question(question)
    paragraph = whole.paragraphs[number - 1]
    candidate = Candidate(whole, paragraph, paragraph.start, paragraph.end, before=before)
    return Otherwise(asked, matcher.ask(asked)).tells(candidate)


def test_what_is_so_in_a_place_is_told_where_something_names_it(matcher: Matcher) -> None:
    port = briefing(
        "port", "The port has grown.", "It employs 900 people.", "Kelby employs 40 people.", title="Aldry"
    )
    asked = "How many people does it employ in {}?"
    assert tells(matcher, asked.format("Kelby"), port, 2)
    assert not tells(matcher, asked.format("Kelby"), port, 3)
    assert not tells(matcher, asked.format("Aldry"), port, 2)  # the title
    lead = briefing("lead", "The port of Kelby has grown.", "It employs 900 people.", title="Aldry")
    assert not tells(matcher, asked.format("Kelby"), lead, 2)
    assert tells(matcher, "How many Kelby dockers does it employ?", port, 2)
    away = briefing("away", "The port of Kelby has grown.", "In Sennet it employs 900 people.", title="Aldry")
    assert tells(matcher, asked.format("Kelby"), away, 2)
    assert not tells(matcher, "What is asked of people in Kelby?", port, 2)  # no value is asked for
    assert not tells(matcher, "How many people does Kelby employ?", port, 2)  # nothing says where


def test_a_row_has_a_name_of_the_question_in_it_or_above_it(matcher: Matcher) -> None:
    table = briefing(
        "table", "Stocks are low.", "Stock: Cod | Quota: 900", "Stock: Kelby cod | Quota: 40", title="Cod"
    )
    rows = tuple(replace(p, kind="table_row" if p.number > 1 else p.kind) for p in table.paragraphs)
    table = replace(table, paragraphs=rows)
    assert tells(matcher, "What quota does Kelby have?", table, 2)
    assert not tells(matcher, "What quota does Kelby have?", table, 3)
    assert not tells(matcher, "What quota does it have?", table, 2)


@pytest.mark.parametrize(
    ("sentence", "otherwise"),
    [
        ("Orr Works asked for 9 million; Holm Lines withdrew its bid.", True),
        ("Orr Works asked for 9 million, whereas Holm Lines withdrew.", True),
        ("Orr Works asked for 9 million; Holm Lines for 8 million.", False),
        ("The price is 9 million; Holm Lines accepted it.", False),  # no other name
        ("Orr Works had its bid put at 9 million; Holm Lines agreed.", False),  # "its" may be anybody's
        ("Holm Lines asked for 9 million.", False),
        ("On 9 May Orr Works left; Holm Lines withdrew.", False),  # no number but a date
    ],
)
def test_a_number_in_the_clause_of_another(matcher: Matcher, sentence: str, otherwise: bool) -> None:
    assert tells(matcher, "How much did Holm Lines ask for?", briefing("bid", sentence)) is otherwise


def test_one_of_two_things_to_choose_from(matcher: Matcher) -> None:
    wing = briefing("wing", "One wing broke.", "The left wing broke.")
    assert tells(matcher, "Which wing broke, left or right?", wing, 1)
    assert not tells(matcher, "Which wing broke, left or right?", wing, 2)
    assert not tells(matcher, "Did a wing break, yes or no?", wing, 1)
    assert not tells(matcher, "Did it break on the left or right?", wing, 1)


def test_what_is_weighed_is_named(matcher: Matcher) -> None:
    mine = briefing("mine", "It sold 900 tonnes.", "It sold 900 tonnes of copper.")
    assert tells(matcher, "How many tonnes of copper did it sell?", mine, 1)
    assert not tells(matcher, "How many tonnes of copper did it sell?", mine, 2)
    assert not tells(matcher, "How many tonnes of copper did it sell?", mine, 1, before="The mine has copper.")
    assert not tells(matcher, "How many owners of copper are there?", mine, 1)  # no unit


def test_another_year(matcher: Matcher) -> None:
    bank = briefing(
        "bank",
        "The rate was cut to 4 per cent today.",
        "The rate was cut on Monday from 5 per cent in 2030.",
        "On Monday the rate of last year was named.",
        published=date(2031, 4, 2),
    )
    assert tells(matcher, "What was the rate in 2030?", bank, 1)
    assert not tells(matcher, "What was the rate in 2030?", bank, 2)
    assert not tells(matcher, "What was the rate in 2030?", bank, 3)
    assert not tells(matcher, "What was the rate in 2031?", bank, 1)
    assert not tells(matcher, "What was the 2030 rate?", bank, 1)  # the name of a rate
    assert tells(matcher, "In which year was the rate cut?", bank, 1)
    assert not tells(matcher, "In which year was the rate cut?", bank, 2)
    assert not tells(matcher, "When was the rate cut?", bank, 1)


def test_other_years_and_other_months(matcher: Matcher) -> None:
    deaths = briefing(
        "deaths",
        "There were 57 deaths in 2034, against 39 in the year before.",
        "There were 57 deaths in 2034 and 60 in 2035.",
        "There have been 57 deaths since the law was passed in 2030.",
        "The board bought 240 tonnes on Monday, 14 May.",
        "The board bought 240 tonnes, it said on 14 May.",
        "The board buys 240 tonnes from 14 May.",
        published=date(2036, 5, 20),
    )
    asked = "How many deaths were there in {}?"
    assert tells(matcher, asked.format(2035), deaths, 1)
    assert tells(matcher, asked.format(2032), deaths, 1)
    assert not tells(matcher, asked.format(2033), deaths, 1)  # the year before
    assert not tells(matcher, asked.format(2035), deaths, 2)
    assert not tells(matcher, asked.format(2035), deaths, 3)
    bought = "How much did the board buy in its {} round?"
    assert [tells(matcher, bought.format("February"), deaths, n) for n in (4, 5, 6)] == [True, False, False]
    assert not tells(matcher, bought.format("May"), deaths, 4)
    assert not tells(matcher, "When after February did the board buy?", deaths, 4)


def test_what_was_in_one_month_is_not_told_of_another(matcher: Matcher) -> None:
    calls = briefing(
        "calls", "Calls fell to four in April.", "Calls rose after four in April.", "Calls in May were nine."
    )
    asked = "How many calls were there in May?"
    assert [tells(matcher, asked, calls, n) for n in (1, 2, 3)] == [True, False, False]
    assert not tells(matcher, "How many calls were there?", calls, 1)
    assert not tells(matcher, "What did she say of calls in May?", calls, 1)  # what was said in May


def test_what_will_be_is_not_told_by_what_was(matcher: Matcher) -> None:
    report = briefing(
        "report", "It took three hours before all had left.", "It was due in May.", "It had until 9 May."
    )
    assert tells(matcher, "When will the report come out?", report, 1)
    assert not tells(matcher, "When will the report come out?", report, 2)
    assert not tells(matcher, "When will the report come out?", report, 3)
    assert not tells(matcher, "When did all leave?", report, 1)


@pytest.mark.parametrize(
    ("sentence", "before", "otherwise"),
    [
        ("Its chairman, Orr, doubts the plan.", "", True),
        ("The expert, Orr, considered the plan weak.", "", True),
        ("“No plan is good,” said the chairman Orr.", "", True),
        ("According to Orr the plan is good.", "", True),
        ("Holm doubts the plan.", "", False),
        ("“The plan is good,” she told Orr.", "", False),
        ("The plan of Orr is good.", "", False),
        ("Its chairman, Orr, doubts the plan.", "The Holm company answered.", False),
    ],
)
def test_what_another_says(matcher: Matcher, sentence: str, before: str, otherwise: bool) -> None:
    assert (
        tells(matcher, "What did Eda Holm say about the plan?", briefing("plan", sentence), before=before)
        is otherwise
    )
    assert not tells(matcher, "What did Eda Holm sign?", briefing("plan", sentence), before=before)


@pytest.mark.parametrize(
    ("sentence", "before", "otherwise"),
    [
        ("It rained in Kelby.", "", True),
        ("The mediators saw no way.", "", False),
        ("They saw no way.", "The mediators came home.", False),
    ],
)
def test_what_nobody_says_of_those_who_are_asked_for(
    matcher: Matcher, sentence: str, before: str, otherwise: bool
) -> None:
    plan = briefing("plan", sentence)
    assert tells(matcher, "What did the mediators in Kelby say?", plan, before=before) is otherwise
    accord = briefing("plan", sentence, title="The Kelby accord")
    assert not tells(matcher, "What does the accord of Kelby say?", accord, before=before)
