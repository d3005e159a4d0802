"""One spelling for what is written in several ways."""

import pytest

from rag.checks.support import check_support
from rag.words.spelling import NUMBERED_NAME, other_numbers, spelt_alike


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("World War II", "the Second World War"),
        ("World War Two", "World War 2"),
        ("World War One", "First World War"),
        ("St. Aldric", "Saint Aldric"),
        ("Mt Hallow", "Mount Hallow"),
        ("Ft. Kelby", "Fort Kelby"),
        ("COVID-19 cases", "Covid cases"),
        ("a 24-hour strike", "a one-day strike"),
        ("a strike of 48 hours", "a strike of two days"),
        ("a 12-month ban", "a one-year ban"),
        ("co-operation", "cooperation"),
        ("World Health Organisation", "World Health Organization"),
        ("Labour Party", "Labor Party"),
        ("Ministry of Defence", "Ministry of Defense"),
        ("research centres", "research centers"),
        ("the programme", "the program"),
    ],
)
def test_the_same_in_another_spelling(one: str, other: str) -> None:
    assert check_support(f"They told of {one} here.", [f"They told of {other} here."]).support == "supported"
    assert check_support(f"They told of {other} here.", [f"They told of {one} here."]).support == "supported"


@pytest.mark.parametrize(
    ("said", "quoted"),
    [
        ("It fell in World War I.", "It fell in World War II."),
        ("A 48-hour strike began.", "A one-day strike began."),
        ("A two-day strike began.", "A 24-hour strike began."),
    ],
)
def test_another_thing(said: str, quoted: str) -> None:
    assert check_support(said, [quoted]).support == "unsupported"


@pytest.mark.parametrize(
    "text",
    [
        "four hours, your tour",
        "the 24 ships",
        "36 hours",
        "the street St",
        "the entire acre",
        "Grey Smith’s greyhound",
    ],
)
def test_what_is_left_alone(text: str) -> None:
    assert spelt_alike(text).replace("Gray", "Grey") == text


def test_the_other_numbers_of_spans() -> None:
    assert other_numbers("Who began the 24-hour strike?") == {24.0: 1.0}
    assert other_numbers("Who began the one-day strike?") == {1.0: 24.0}
    assert other_numbers("After twelve months or 2 days?") == {12.0: 1.0, 2.0: 48.0}
    assert other_numbers("The 24 ships of day 1, for 36 hours") == {}


def test_a_number_that_is_part_of_a_name() -> None:
    assert NUMBERED_NAME.findall("Covid-19 after World War 2, and 19 wars") == ["Covid-19", "World War 2"]
