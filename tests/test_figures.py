"""Numbers and times of a sentence stand in its quotes, and belong to the same thing there."""

import pytest

from rag.checks.figures import figure_doubts


def sure(said: str, quote: str, around: tuple[str, ...] = ()) -> list[bool]:
    return [d.sure for d in figure_doubts(said, [quote], around)]


@pytest.mark.parametrize(
    ("said", "quote"),
    [
        ("1.2 thousand people", "1,200 people"),
        ("3,000 million dollars", "$3bn"),
        ("about 40 ships", "40 ships"),
        ("14 days", "two weeks"),
        ("one ship", "a ship"),
        ("60,000 homes", "more than 50,000, some 60,000 homes, or 60,000 homes"),
        ("on 19 August", "on August 19"),
        ("at 3 p.m.", "at 15:00"),
        ("the coming week", "next week"),
        ("It began in 2030.", "It began in 2030 and ended in 2034."),
        ("Monday, 19 August 2024", "August 19, 2024"),
    ],
)
def test_held(said: str, quote: str) -> None:
    assert sure(said, quote) == []


@pytest.mark.parametrize(
    ("said", "quote"),
    [
        ("41 ships", "40 ships"),
        ("40 tonnes", "40 kilometres"),
        ("40 homes", "40% of homes"),
        ("$40", "£40"),
        ("at least 40", "at most 40"),
        ("more than 40 ships", "40 ships"),
        ("rose by 5", "rose to 5"),
        ("$9 a week", "$9 a day"),
        ("12 wounded and 30 killed", "30 wounded and 12 killed"),
        ("40 factories", "40 homes"),
        ("on 20 August", "on 19 August"),
        ("on Tuesday", "on Monday"),
        ("at 3 a.m.", "at 3 p.m."),
        ("last week", "next week"),
        ("in the winter", "in the summer"),
        ("It began in 2034.", "It began in 2030 and ended in 2034."),
        ("3.4% in August", "2.9% in August from 3.4% in July"),
        ("1,2000 ships", "1,200 ships"),
        ("flight B12", "flight B13"),
    ],
)
def test_not_held(said: str, quote: str) -> None:
    assert True in sure(said, quote)


def test_a_bound_that_is_left_out_leaves_a_doubt() -> None:
    assert sure("40 people died", "at least 40 people died") == [False]


def test_years_come_from_a_quote_or_around() -> None:
    assert sure("on 4 May 2031", "on 4 May", ("5 May 2031",)) == []
    assert sure("on 4 May 2030", "on 4 May", ("5 May 2031",)) == [True]
    assert sure("on 4 May 2030", "on 4 May") == [False]


def test_a_relative_day_is_not_resolved() -> None:
    assert sure("on 4 May", "on Monday", ("4 May 2031",)) == [False]
    assert sure("on 3 May", "on Monday", ("4 May 2031",)) == [True]
