"""Amounts are read as they are meant: value, unit, bound, change, rate."""

import pytest

from rag.words.amounts import Amount, amounts_in, is_age, is_measure


def only(text: str) -> Amount:
    (amount,) = amounts_in(text)
    return amount


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("$3bn", 3e9, "dollar"),
        ("3 billion dollars", 3e9, "dollar"),
        ("3,000 million US dollars", 3e9, "dollar"),
        ("C$5", 5, "c dollar"),
        ("5 Canadian dollars", 5, "c dollar"),
        ("EUR 40", 40, "euro"),
        ("€1.5m", 1.5e6, "euro"),
        ("1.2 km long", 1200, "metre"),
        ("1,200 metres", 1200, "metre"),
        ("5 square kilometres", 5, "square kilometre"),
        ("3 nautical miles", 3, "nautical mile"),
        ("two tonnes", 2e6, "gram"),
        ("40%", 40, "percent"),
        ("40 per cent", 40, "percent"),
        ("7 percentage points", 7, "percentage point"),
        ("25 basis points", 25, "basis point"),
        ("5°C", 5, "degree c"),
        ("5 degrees Fahrenheit", 5, "degree f"),
        ("-5 degrees", -5, "degree"),
        ("minus 3 degrees", -3, "degree"),
        ("a fortnight, two weeks", 14, "day"),
        ("two-thirds of them", 200 / 3, "percent"),
        ("half of the houses", 50, "percent"),
        ("a quarter", 25, "percent"),
        ("half a million", 500_000, None),
        ("one hundred and five", 105, None),
        ("a 54-year-old man", 54, None),
        ("40 ships", 40, None),
    ],
)
def test_value_and_unit(text: str, value: float, unit: str | None) -> None:
    amount = only(text)
    assert (amount.value, amount.unit) == (pytest.approx(value), unit)


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("at least 40", "least"),
        ("no fewer than 40", "least"),
        ("40 or more", "least"),
        ("more than $40", "more"),
        ("over 40", "more"),
        ("up to 40", "most"),
        ("40 or fewer", "most"),
        ("fewer than 40", "fewer"),
        ("under 40", "fewer"),
        ("about 40", "about"),
        ("exactly 40", ""),
    ],
)
def test_bound(text: str, bound: str) -> None:
    assert only(text).bound == bound


@pytest.mark.parametrize(
    ("text", "values", "units"),
    [
        ("3 to 4 million tonnes", [3e12, 4e12], ["gram", "gram"]),
        ("10-12%", [10, 12], ["percent", "percent"]),
        ("between £180m and £200m", [180e6, 200e6], ["pound", "pound"]),
        ("£180-200 million", [180e6, 200e6], ["pound", "pound"]),
        ("won 3-1", [3, 1], [None, None]),
    ],
)
def test_a_range_shares_unit_and_scale(text: str, values: list[float], units: list[str | None]) -> None:
    found = amounts_in(text)
    assert [a.value for a in found] == [pytest.approx(v) for v in values]
    assert [a.unit for a in found] == units


def test_change_and_rate() -> None:
    assert [a.role for a in amounts_in("rose from 3 to about 5, then by 2")] == ["from", "to", "by"]
    assert [a.per for a in amounts_in("$9 a day, 3 tonnes per hour, 4 in all")] == ["day", "hour", ""]


def test_what_is_no_amount() -> None:
    assert amounts_in("no one, one another, one of them, half-time") == []
    assert amounts_in("in 2030", ((3, 7),)) == []


def test_ranks_are_not_counts() -> None:
    assert not only("third place").same_value(only("three places"))


def test_words_of_amounts() -> None:
    assert [w for w in ("tonnes", "million", "seven", "percentage", "ships") if is_measure(w)] == [
        "tonnes",
        "million",
        "seven",
        "percentage",
    ]
    text = "a 54-year-old man"
    assert is_age(text, only(text))
