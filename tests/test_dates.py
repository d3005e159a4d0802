"""Dates and times of day are values."""

import pytest

from rag.words.dates import Behind, Clock, Moment, Times, days_in, is_calendar


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("19 August 2024", Moment(19, "august", 2024)),
        ("August 19, 2024", Moment(19, "august", 2024)),
        ("2024-08-19", Moment(19, "august", 2024)),
        ("the 19th of August", Moment(19, "august", None)),
        ("Aug. 19", Moment(19, "august", None)),
        ("May 5", Moment(5, "may", None)),
    ],
)
def test_a_day(text: str, moment: Moment) -> None:
    assert [d.moment for d in days_in(text)] == [moment]


@pytest.mark.parametrize("text", ["may 5 ships", "40 August", "3.5 May", "in August", "August 3.5%"])
def test_no_day(text: str) -> None:
    assert days_in(text) == []


def test_days_agree_unless_both_name_a_year() -> None:
    assert Moment(1, "may", None).agrees(Moment(1, "may", 2030))
    assert not Moment(1, "may", 2031).agrees(Moment(1, "may", 2030))
    assert Moment(19, "august", 2024).weekday() == "monday"
    assert Moment(19, "august", None).weekday() is None
    assert Moment(31, "february", 2024).weekday() is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("3 p.m.", "15:00", True),
        ("3:30 pm", "15:30", True),
        ("noon", "12:00", True),
        ("midnight", "12 a.m.", True),
        ("6 a.m.", "6 p.m.", False),
        ("4:20", "4:20 p.m.", True),
        ("04:20", "4:20 p.m.", False),
        ("4:20", "4:25", False),
    ],
)
def test_times_of_day(one: str, other: str, same: bool) -> None:
    ((first,), (second,)) = (Times.of(t).clocks for t in (one, other))
    assert first.agrees(second) is second.agrees(first) is same


def test_everything_that_says_when() -> None:
    times = Times.of("On Monday, 19 August 2024 at 3 p.m., in July and since 2019, last week, before the summer")
    assert [d.moment for d in times.days] == [Moment(19, "august", 2024)]
    assert times.months == {"august", "july"}
    assert times.years == {2024, 2019}
    assert times.weekdays == {"monday"}
    assert times.clocks == (Clock(29, 35, 900, True),)
    assert times.relative == {"last week"}
    assert times.seasons == {"summer"}


@pytest.mark.parametrize("text", ["It may rain.", "May I go?", "a march", "1,900 houses", "$2000", "2000%"])
def test_what_says_nothing_of_when(text: str) -> None:
    times = Times.of(text)
    assert not times.months | times.years


def test_the_same_in_other_words() -> None:
    assert Times.of("the coming week").relative == Times.of("next week").relative == {"next week"}


def test_times_behind_a_word() -> None:
    text = "began in 2030 and ends in May"
    assert Times.of(text).behind(text) == [Behind("begin", "2030"), Behind("end", "may")]
    assert [b.kind for b in Times.of(text).behind(text)] == ["year", "month"]
    assert is_calendar("May")
    assert not is_calendar("mayor")
