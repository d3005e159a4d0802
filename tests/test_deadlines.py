"""Deadlines and other days, as seen from a day."""

from datetime import date

from rag.extract.candidates import Candidate
from rag.extract.deadlines import counted_from, days_told, in_order, none_told, tells_deadline
from tests.toys import briefing

TODAY = date(2032, 9, 1)


def said(text: str, published: date | None = date(2032, 8, 20)) -> Candidate:
    whole = briefing("one", text, published=published)
    return Candidate(whole, whole.paragraphs[0], 0, len(text))


def test_a_day_without_a_year_is_near_to_its_briefing() -> None:
    assert days_told(said("The deadline is 3 October.")) == [date(2032, 10, 3)]
    assert days_told(said("It ran out on 3 June.")) == [date(2032, 6, 3)]
    assert days_told(said("It is due by 10 January.")) == [date(2033, 1, 10)]  # eight months ago, or in five
    assert days_told(said("It began on 12 December.", date(2033, 1, 5))) == [date(2032, 12, 12)]
    assert days_told(said("It is due on 3 May 2035.")) == [date(2035, 5, 3)]
    assert days_told(said("It is due on 31 June.")) == []
    assert days_told(said("It is due on 3 May.", None)) == []


def test_a_deadline_is_a_day_by_which_something_ends() -> None:
    assert tells_deadline("deadlines", said("The deadline is 3 October."), TODAY) == 2.0
    assert tells_deadline("deadlines", said("Work is to be finished by 3 October."), TODAY) == 1.0
    assert tells_deadline("deadlines", said("The leaders met on 3 October."), TODAY) == 0.0
    assert tells_deadline("deadlines", said("The deadline is near."), TODAY) == 0.0


def test_what_is_upcoming_and_what_has_passed() -> None:
    ahead, passed = said("The leaders meet on 3 October."), said("They had until 30 August.")
    assert tells_deadline("upcoming", ahead, TODAY) == 1.0  # also what is no deadline
    assert tells_deadline("upcoming", passed, TODAY) == 0.0
    assert tells_deadline("passed", passed, TODAY) == 2.0
    assert tells_deadline("passed", said("Put back from 30 August, it is due on 3 October."), TODAY) == 0.0
    assert tells_deadline("upcoming", said("It is due on 1 September."), TODAY) == 2.0


def test_they_are_told_in_order_the_next_first() -> None:
    moved, soon = said("Due on 30 June, it will last until 3 October."), said("It is due on 9 September.")
    assert in_order("upcoming", [moved, soon], TODAY) == [soon, moved]
    assert in_order("deadlines", [moved, soon], TODAY) == [moved, soon]


def test_the_day_they_are_seen_from_is_told_where_it_matters() -> None:
    ahead, passed = said("It is due on 3 October."), said("It was due on 30 August.")
    assert counted_from("deadlines", [ahead], TODAY) == ""
    assert counted_from("deadlines", [ahead, passed], TODAY) == (
        "Days before 1 September 2032, the date of the newest briefing, have passed."
    )
    assert counted_from("upcoming", [ahead], TODAY) == (
        "Counted from 1 September 2032, the date of the newest briefing."
    )
    assert counted_from("upcoming", [ahead], None) == ""
    since = "Counted from 1 September 2032, the date of the newest briefing."
    assert none_told(TODAY) == f"The briefings do not say. No such day is told. {since}"
