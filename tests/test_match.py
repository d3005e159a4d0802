"""Strings, numbers, dates and names are compared by what they mean."""

import pytest

from evals.match import (
    Unsupported,
    holds,
    unsupported_dates,
    unsupported_names,
    unsupported_numbers,
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("It cost 1.2 million crowns.", "1,200,000"),
        ("Three lorries came.", "3 lorries"),
        ("On May 9, 2031, it rained.", "9 May"),
        ("On 2031-05-09 it rained.", "9 May 2031"),
        ("a rise of 9 per cent", "9%"),
        ("the 34-kilometre line", "34"),
        ("All Hospitals closed.", "ospitals"),
        ("the Quillhaven “accord”", "accord"),
        ("They were supported.", "support"),
    ],
)
def test_the_same_in_other_writing_is_held(text: str, wanted: str) -> None:
    assert holds(text, wanted)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("It cost 1,370 crowns.", "37"),
        ("On 10 May it rained.", "9 May"),
        ("On 9 May 2030 it rained.", "9 May 2031"),
        ("a rise of 9 tonnes", "9%"),
        ("the ninth ship", "9"),
        ("lorries, three of them", "three lorries"),
        ("anything", ""),
    ],
)
def test_another_value_or_order_is_not(text: str, wanted: str) -> None:
    assert not holds(text, wanted)


def test_a_number_with_another_unit_is_unsupported() -> None:
    assert unsupported_numbers("9 tonnes and two more", ["9 percent of two"]) == Unsupported(("9",), 2)
    assert unsupported_numbers("9 ships", ["9 vessels"]) == Unsupported((), 1)
    assert unsupported_numbers("$9", ["9 euros"]) == Unsupported(("9",), 1)


def test_days_months_weekdays_and_years_are_compared() -> None:
    assert unsupported_dates("On Friday, 9 May 2031", ["Friday, 9 May 2031"]).missing == ()
    assert unsupported_dates("On 10 May", ["9 May"]) == Unsupported(
        ("10 may",), 2
    )  # a day, and the month by itself
    assert unsupported_dates("in 2030", ["in 2031"]) == Unsupported(("2030",), 1)


def test_a_name_is_a_capital_within_a_sentence() -> None:
    assert unsupported_names("Yesterday Anna Roth met Brock on Friday.", ["Ms. Roth, and Brock"]) == Unsupported(
        ("Anna",), 3
    )
