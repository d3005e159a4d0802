"""A question that names sources falls into parts; a plain one stays as it is."""

from datetime import date

import pytest

from rag.answers import PlanStep
from rag.finding.catalogue import Catalogue
from rag.finding.events import Event
from rag.finding.plans import Plan
from rag.finding.sides import sides_in
from rag.finding.titles import titles_in
from rag.plan import plan
from rag.words.keys import keys_of
from rag.words.periods import Period

LIBRARY = Catalogue.of(["Aldry Gazette", "The Courier", "Fortune", "Sea Post | Ports and Ships"], date(2032, 5, 12))


@pytest.mark.parametrize(
    "question",
    [
        "How many ships reached the port?",
        "What did fortune bring to the fishermen?",  # a plain word
        "What did the minister say on 3 May 2032?",  # a day, of an event
        "",
    ],
)
def test_a_question_that_names_no_source_has_no_parts(question: str) -> None:
    assert plan(question, LIBRARY).parts == ()
    assert plan(question, LIBRARY).whole.text == question


def test_each_source_named_looks_above_all_for_its_own_clause() -> None:
    found = plan("Does the Aldry Gazette say that the port reopened, while the Courier reports a strike?", LIBRARY)
    assert found.certain
    gazette, courier = found.parts
    assert (gazette.sources, courier.sources) == (("Aldry Gazette",), ("The Courier",))
    assert (gazette.weights["reopen"], gazette.weights["strike"]) == (1.0, 0.2)
    assert (courier.weights["reopen"], courier.weights["strike"]) == (0.2, 1.0)
    assert "gazett" not in gazette.weights  # where to look is no word to look for
    assert gazette.text == "Does the Aldry Gazette say that the port reopened"
    assert set(found.whole.weights.values()) == {1.0}


def test_a_clause_that_names_no_source_belongs_to_its_neighbours() -> None:
    (part,) = plan("Which harbour, closed since the flood, was reopened, according to Fortune?", LIBRARY).parts
    assert part.sources == ("Fortune",)
    assert part.weights["reopen"] == 1.0  # beside "according to Fortune"
    assert part.weights["flood"] == 0.6


def test_a_source_named_twice_has_two_parts() -> None:
    found = plan("Does one Fortune article praise the mayor, but another Fortune article blame her?", LIBRARY)
    assert [p.sources for p in found.parts] == [("Fortune",), ("Fortune",)]
    assert [p.weights["prais"] for p in found.parts] == [1.0, 0.2]


def test_a_source_that_may_be_what_the_question_is_about_is_not_certain() -> None:
    assert not plan("Who bought the Aldry Gazette?", LIBRARY).certain
    assert plan("Who bought the mine, according to the Aldry Gazette?", LIBRARY).certain


@pytest.mark.parametrize("named", ["Sea Post", "SeaPost", "sea post", "SEA POST"])
def test_a_name_is_known_by_its_first_part_however_it_is_written(named: str) -> None:
    (part,) = plan(f"What do articles in {named} say?", LIBRARY).parts
    assert part.sources == ("Sea Post | Ports and Ships",)


def test_a_day_behind_a_source_is_the_day_of_its_briefing() -> None:
    found = plan(
        "Did the Courier report on May 3, 2032 and the Aldry Gazette report on May 5, 2032 agree?", LIBRARY
    )
    assert [p.period and p.period.since for p in found.parts] == [date(2032, 5, 3), date(2032, 5, 5)]


def test_a_period_of_publication_is_a_part_and_the_whole_question_stays() -> None:
    found = plan("What was reported last week about the port?", LIBRARY)
    assert not found.certain
    assert found.steps == (
        PlanStep("What was reported last week about the port?", (), date(2032, 5, 3), date(2032, 5, 9)),
    )
    (part,) = plan("What was reported last week?", LIBRARY, today=date(2031, 1, 20)).parts
    assert part.period
    assert part.period.since == date(2031, 1, 13)


@pytest.mark.parametrize(
    ("words", "since"),
    [("last week", date(2032, 5, 3)), ("yesterday", date(2032, 5, 11)), ("in the past 3 days", date(2032, 5, 9))],
)
def test_what_is_counted_from_the_readers_day_is_looked_for_there_first(words: str, since: date) -> None:
    found = plan(f"What happened in the port {words}?", LIBRARY)
    assert (found.certain, found.turn) == (False, "last")
    assert [s.since for s in found.steps] == [since]


@pytest.mark.parametrize("words", ["last year", "this month", "in March", "on 3 May 2032", "since 2031"])
def test_other_days_may_be_those_of_the_event_and_leave_the_question_whole(words: str) -> None:
    assert plan(f"What happened in the port {words}?", LIBRARY).parts == ()


def test_a_question_that_is_cut_between_two_sources_is_shown_whole_for_the_first() -> None:
    question = "What did both the Aldry Gazette and the Courier report of the flood?"
    gazette, courier = plan(question, LIBRARY).parts
    assert (gazette.text, courier.text) == (question, "the Courier report of the flood?")
    assert gazette.weights == {"report": 0.2, "flood": 0.2}  # all alike


def test_without_a_day_to_count_from_no_period_is_read() -> None:
    assert plan("What was reported last week?", Catalogue()).parts == ()


def test_a_question_has_a_bounded_number_of_parts() -> None:
    assert len(plan("Reports by " + ", ".join(["Fortune"] * 50), LIBRARY).parts) == 6


def dated(event: Event) -> Period | None:
    """The talks of this library were on 4 May; of anything else it knows nothing."""
    since, until = (date(2032, 5, 4), None) if event.how == "since" else (None, date(2032, 5, 3))
    known = "talk" in event.words
    return Period(since, until, event.start, event.end, event.text, "talks¶1") if known else None


def test_what_was_since_an_event_is_looked_for_since_before_the_whole_question() -> None:
    found = plan("What has the ministry said since the talks?", LIBRARY, dated=dated)
    (part,) = found.parts
    assert (found.certain, found.turn) == (False, "last")
    assert part.weights == {"ministri": 1.0, "say": 1.0, "talk": 0.2}  # the talks need not be spoken of again
    assert found.steps == (
        PlanStep(found.whole.text, (), date(2032, 5, 4), None, event="the talks", dated_by="talks¶1"),
    )


def test_what_was_before_an_event_is_often_told_later_so_that_the_whole_question_has_two_turns() -> None:
    found = plan("What did the ministry say before the talks?", LIBRARY, dated=dated)
    assert found.turn == "twice"
    assert [s.until for s in found.steps] == [date(2032, 5, 3)]


@pytest.mark.parametrize("question", ["Who has spoken since the flood?", "Who spoke at the talks?"])
def test_an_event_without_a_day_leaves_the_plan_as_it_is(question: str) -> None:
    assert plan(question, LIBRARY, dated=dated) == plan(question, LIBRARY)
    assert plan(question, LIBRARY, dated=dated).parts == ()


def test_a_period_that_every_briefing_is_of_tells_nothing() -> None:
    library = Catalogue.of(["The Courier"], date(2032, 5, 12), date(2032, 5, 4))
    assert plan("What has the ministry said since the talks?", library, dated=dated).parts == ()
    assert plan("What was reported in May 2032?", library).parts == ()
    assert plan("What was reported last week?", library).parts != ()


def test_a_source_is_preferred_in_the_period_of_an_event_wherever_it_stands() -> None:
    behind = plan("What has the Courier reported since the talks?", LIBRARY, dated=dated)
    before = plan(
        "Since the talks, do the Courier and the Aldry Gazette agree in their reports?", LIBRARY, dated=dated
    )
    assert behind.certain
    assert [(s.sources, s.since, s.dated_by) for s in (*behind.steps, *before.steps)] == [
        (("The Courier",), date(2032, 5, 4), "talks¶1"),
        (("The Courier",), date(2032, 5, 4), "talks¶1"),
        (("Aldry Gazette",), date(2032, 5, 4), "talks¶1"),
    ]


def test_an_event_that_stands_between_two_sources_is_the_first_ones() -> None:
    found = plan(
        "Did the Courier report a strike since the talks, while the Aldry Gazette reports none?",
        LIBRARY,
        dated=dated,
    )
    assert [bool(part.period) for part in found.parts] == [True, False]


def test_a_source_is_known_in_the_possessive() -> None:
    (part,) = plan("What do the Aldry Gazette’s reports say?", LIBRARY).parts
    assert part.sources == ("Aldry Gazette",)


STRIKE = "Harbour strike, but no talks, since the flood"


def planned(question: str) -> Plan:
    """The plan of a question in a library that has this title."""
    known = frozenset(keys_of(STRIKE))
    return plan(question, LIBRARY, dated=dated, titles=titles_in(question, known.__contains__))


def test_a_briefing_named_by_its_title_is_looked_into_for_what_is_asked() -> None:
    found = planned(f"What does “{STRIKE}” say about pay?")
    assert found.certain
    assert found.steps == (PlanStep(found.whole.text, title=STRIKE),)  # no clause or event of its own
    (part,) = found.parts
    assert part.title == "harbourstrikebutnotalkssincetheflood"
    assert part.weights == {"pay": 1.0, "say": 1.0, "harbour": 0.2, "strike": 0.2, "talk": 0.2, "flood": 0.2}
    assert set(found.whole.weights.values()) == {1.0}


def test_a_title_that_may_be_what_the_question_is_about_is_not_certain() -> None:
    found = planned(f"When was “{STRIKE}” sold?")
    assert (found.certain, found.turn) == (False, "first")
    assert planned(f"Who wrote that the {STRIKE.lower()}?").parts == ()


def test_a_title_and_a_source_that_are_compared_have_a_part_each() -> None:
    found = planned(f"Does '{STRIKE}' report a rise, while the Courier reports a loss?")
    assert [(s.title, s.sources) for s in found.steps] == [(STRIKE, ()), ("", ("The Courier",))]
    titled, courier = found.parts
    assert (titled.weights["rise"], titled.weights["loss"]) == (1.0, 0.2)
    assert (courier.weights["rise"], courier.weights["loss"]) == (0.2, 1.0)


def test_a_title_of_a_source_is_looked_for_in_its_briefings() -> None:
    found = planned(f"What does the Courier’s article “{STRIKE}” say since the talks?")
    (step,) = found.steps
    assert (step.title, step.sources, step.since) == (STRIKE, ("The Courier",), date(2032, 5, 4))


# -- names side by side ---------------------------------------------------------------------------------


def by_names(question: str) -> Plan:
    """The plan when the library knows every name."""
    return plan(question, LIBRARY, sides=lambda: sides_in(question))


def test_each_name_set_beside_another_has_a_part_without_the_other() -> None:
    found = by_names("Did both Oran and the Port Authority accept the tariff?")
    assert (found.certain, found.turn) == (False, "first")
    assert [(p.name, p.sources, p.title) for p in found.parts] == [
        (("oran",), (), ""),
        (("port", "author"), (), ""),
    ]
    assert found.parts[0].weights == {"accept": 1.0, "tariff": 1.0, "oran": 1.0}
    assert [(step.name, step.title) for step in found.steps] == [("Oran", ""), ("Port Authority", "")]


def test_what_is_asked_of_one_name_alone_counts_little_for_the_other() -> None:
    oran, velt = by_names("Did Oran accept the tariff, while Velt closed the port?").parts
    assert (oran.weights["tariff"], oran.weights["port"]) == (1.0, 0.2)
    assert (velt.weights["tariff"], velt.weights["port"]) == (0.2, 1.0)
    assert (oran.text, velt.text) == ("Did Oran accept the tariff", "Velt closed the port?")


def test_where_sources_are_meant_names_are_not_looked_for() -> None:
    assert [p.name for p in by_names("Does the Courier report that Oran and Velt agreed?").parts] == [()]
    both = by_names("Did Oran and the Aldry Gazette quarrel?")  # it may be what the question is about
    assert [(p.sources, p.name) for p in both.parts] == [
        (("Aldry Gazette",), ()),
        ((), ("oran",)),
        ((), ("aldri", "gazett")),
    ]


def test_names_are_looked_for_beside_a_period() -> None:
    found = plan(
        "What have Oran and Velt said since the talks?",
        LIBRARY,
        dated=dated,
        sides=lambda: sides_in("What have Oran and Velt said since the talks?"),
    )
    assert [(s.name, s.event) for s in found.steps] == [("", "the talks"), ("Oran", ""), ("Velt", "")]
    assert found.turn == "last"
