"""Days, months and "last week" in a question, counted from a given day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.words.periods import Period, periods_in
from tests.toys import PROPERTY

TODAY = date(2032, 5, 12)  # a Wednesday


def only(text: str) -> tuple[date | None, date | None]:
    (period,) = periods_in(text, TODAY)
    return period.since, period.until


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("published on October 7, 2031", date(2031, 10, 7), date(2031, 10, 7)),
        ("on 7 October 2031", date(2031, 10, 7), date(2031, 10, 7)),
        ("on the 7th of October", date(2031, 10, 7), date(2031, 10, 7)),  # the latest that is past
        ("on May 3", date(2032, 5, 3), date(2032, 5, 3)),
        ("2032-05-03", date(2032, 5, 3), date(2032, 5, 3)),
        ("in March", date(2032, 3, 1), date(2032, 3, 31)),
        ("in November", date(2031, 11, 1), date(2031, 11, 30)),
        ("February 2032", date(2032, 2, 1), date(2032, 2, 29)),
        ("in 2030", date(2030, 1, 1), date(2030, 12, 31)),
        ("before May 3, 2032", None, date(2032, 5, 2)),
        ("after May 3, 2032", date(2032, 5, 4), None),
        ("since March", date(2032, 3, 1), None),
        ("before March", None, date(2032, 2, 29)),
        ("after March", date(2032, 4, 1), None),
        ("until March", None, date(2032, 3, 31)),
        ("since Monday", date(2032, 5, 10), None),
        ("since 2031", date(2031, 1, 1), None),
        ("until 3 May", None, date(2032, 5, 3)),
        ("between March 1 and April 2", date(2032, 3, 1), date(2032, 4, 2)),
        ("from 1 March to 2 April", date(2032, 3, 1), date(2032, 4, 2)),
        ("between November 3 and May 1", date(2031, 11, 3), date(2032, 5, 1)),
        ("between June 3 and May 20", date(2030, 6, 3), date(2031, 5, 20)),
        ("between February and April 2031", date(2031, 2, 1), date(2031, 4, 30)),
        ("between February 2031 and April 2031", date(2031, 2, 1), date(2031, 4, 30)),
        ("from November to January", date(2031, 11, 1), date(2032, 1, 31)),
        ("from March to June", date(2031, 3, 1), date(2031, 6, 30)),  # the latest that has begun by then
        ("between 3 and 9 May 2031", date(2031, 5, 3), date(2031, 5, 9)),
        ("from the 3rd to the 9th of May", date(2032, 5, 3), date(2032, 5, 9)),
        ("yesterday", date(2032, 5, 11), date(2032, 5, 11)),
        ("last week", date(2032, 5, 3), date(2032, 5, 9)),
        ("this week", date(2032, 5, 10), date(2032, 5, 16)),
        ("last month", date(2032, 4, 1), date(2032, 4, 30)),
        ("this year", date(2032, 1, 1), date(2032, 12, 31)),
        ("over the past three days", date(2032, 5, 9), date(2032, 5, 12)),
        ("in the last 2 weeks", date(2032, 4, 28), date(2032, 5, 12)),
    ],
)
def test_a_period_is_read(text: str, since: date | None, until: date | None) -> None:
    assert only(f"What was said {text} about the port?") == (since, until)


@pytest.mark.parametrize(
    "text",
    [
        "She may march in the may tree.",
        "on 31 February 2032",
        "the last straw",
        "2,032 ships",
        "",
        "13 ships",
        "from March to the sea",
        "from 9 to 3 May",
    ],
)
def test_what_is_no_day_is_no_period(text: str) -> None:
    assert periods_in(text, TODAY) == []


def test_two_days_with_and_between_them_are_two_periods_unless_between_says_otherwise() -> None:
    assert len(periods_in("on May 1 and May 3", TODAY)) == 2


def test_a_period_holds_its_days() -> None:
    week = Period(date(2032, 5, 3), date(2032, 5, 9), 0, 9)
    assert [week.holds(date(2032, 5, d)) for d in (2, 3, 9, 10)] == [False, True, True, False]
    assert not week.holds(None)
    assert Period(None, date(2032, 5, 9), 0, 9).holds(date(1999, 1, 1))


@PROPERTY
@given(st.text(max_size=60), st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_whatever_the_words_a_period_is_in_order_and_names_its_words(text: str, today: date) -> None:
    for period in periods_in(f"{text} last week in March {text} the past 9 days", today):
        assert 0 <= period.start < period.end
        assert period.since is None or period.until is None or period.since <= period.until
