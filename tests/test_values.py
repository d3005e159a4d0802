"""Numbers and times compare by what they mean, however they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.words.terms import words
from rag.words.values import CARDINALS, MONTHS, WEEKDAYS, calendar_of, month_of, numbers_in, times_in, values_of
from tests.toys import PROPERTY


def values(text: str) -> list[float]:
    return [n.value for n in numbers_in(words(text))]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,200", 1200),
        ("1200", 1200),
        ("twelve hundred", 1200),
        ("1.2 thousand", 1200),
        ("40,000", 40_000),
        ("forty thousand", 40_000),
        ("1,200.5", 1200.5),
        ("1.2 million", 1_200_000),
        ("1.2 m", 1_200_000),
        ("3 bn", 3 * 10**9),
        ("three billion", 3 * 10**9),
        ("3 hundred thousand", 300_000),  # 3 · 100 · 1,000
        ("two trillion", 2 * 10**12),
        ("two dozen", 24),
        ("twenty-five", 25),
        ("twenty‑five", 25),
        ("ninety nine", 99),
        ("zero", 0),
        ("Seven", 7),
        ("10%", 10),
        ("half a million", 500_000),
        ("half a dozen", 6),
        ("two and a half million", 2_500_000),
        ("one hundred and five", 105),
        ("a hundred and twenty-five", 125),
        ("twelve hundred and fifty", 1_250),
        ("one thousand two hundred", 1_200),
        ("three hundred thousand and twelve", 300_012),
        ("two million five hundred thousand", 2_500_000),
    ],
)
def test_a_number_has_this_value(text: str, value: float) -> None:
    assert values(text) == [pytest.approx(value)]


@PROPERTY
@given(st.integers(0, 10**12))
def test_thousands_separators_make_no_difference(number: int) -> None:
    assert values(f"{number:,}") == values(str(number)) == [float(number)]


def test_every_number_word_below_a_hundred() -> None:
    small = [w for w, value in CARDINALS.items() if value < 20]
    tens = [w for w, value in CARDINALS.items() if value >= 20]
    written = small + [f"{ten}-{unit}" if unit else ten for ten in tens for unit in ["", *small[1:10]]]
    assert [values(w) for w in written] == [[float(i)] for i in range(100)]


@pytest.mark.parametrize(
    ("text", "value"), [("ninth", 9), ("9th", 9), ("21st", 21), ("Second", 2), ("thirtieth", 30)]
)
def test_a_rank_is_an_ordinal(text: str, value: float) -> None:
    (number,) = numbers_in(words(f"his {text} visit"))
    assert (number.value, number.ordinal) == (value, True)


def test_a_count_is_no_ordinal() -> None:
    assert [n.ordinal for n in numbers_in(words("nine visits, 9 visits"))] == [False, False]


def test_a_number_says_which_words_it_takes() -> None:
    #        0    1    2   3       4   5        6
    text = "Over 1,200 of two million twenty five"
    assert [(n.value, n.first, n.last) for n in numbers_in(words(text))] == [
        (1_200, 1, 1),
        (2_000_000, 3, 4),
        (25, 5, 6),
    ]


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("five and six", [5, 6]),
        ("1,200 and 5", [1_200, 5]),
        ("two hundred ships and three boats", [200, 3]),
        ("two million twenty five", [2_000_000, 25]),
        ("half of the two", [2]),
        ("two dozen and five", [24, 5]),
    ],
)
def test_numbers_that_stand_side_by_side_stay_apart(text: str, several: list[float]) -> None:
    assert values(text) == several


def test_plain_words_hold_no_number() -> None:
    assert values("The hostages met ministers of a region, someone said.") == []


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("It began on October 7.", {"october"}),
        ("It began on Oct. 7, 2023.", {"october", "2023"}),
        ("19 August 2024", {"august", "2024"}),
        ("on Tuesday", {"tuesday"}),
        ("always on Tuesdays", {"tuesday"}),
        ("They meet again this week.", {"this week"}),
        ("three days later", {"days later"}),
        ("He left yesterday.", {"yesterday"}),
        ("Sept 5", {"september"}),
        ("5 May", {"may"}),
        ("In May they met.", {"may"}),
        ("On March 5", {"march"}),
        ("It may rain on a march.", set()),
        ("We march on.", set()),
        ("before Unit 3 may be built", set()),
        ("on 3 may, before it was built", {"may"}),
        ("1,200 people in 40 towns", set()),
        ("room 1799 of 2201", set()),
        ("on 2031-05-22", {"2031", "may"}),
        ("on 2031-13-22", {"2031"}),
        ("in 2031, 05-22 people", {"2031"}),
        ("2031-05", {"2031"}),
        ("Friday 05 06", {"friday"}),
        ("450¹ people left in May", {"may"}),  # a footnote's mark
    ],
)
def test_what_tells_when(text: str, times: set[str]) -> None:
    assert set(times_in(text)) == times


@pytest.mark.parametrize("month", MONTHS)
def test_a_month_is_known_in_full_and_in_short(month: str) -> None:
    for written in (month, month.capitalize(), month.upper(), month[:3], f"{month[:3].capitalize()}."):
        assert month_of(written) == month


def test_other_words_are_no_month() -> None:
    assert [month_of(w) for w in ("decem", "mayor", "octopus", "m", "", *WEEKDAYS)] == [None] * 12


_SAID = st.lists(
    st.sampled_from(
        "A a half Hundred million dozen twenty-first 5,000 2031 May Sept. friday boats one's — ٣ x-ray".split()
    )
)


@PROPERTY
@given(_SAID)
def test_values_are_those_of_the_numbers_read(said: list[str]) -> None:
    text = " ".join(said)
    assert values_of(text) == {number.value for number in numbers_in(words(text))}


@PROPERTY
@given(_SAID)
def test_the_calendar_of_a_text_is_in_what_tells_when(said: list[str]) -> None:
    text = " ".join(said)
    told = {time for time in times_in(text) if time in (*MONTHS, *WEEKDAYS) or time.isdigit()}
    assert calendar_of(text) == told
