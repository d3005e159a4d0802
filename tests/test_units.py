"""A unit is known by what stands before or behind a number."""

import pytest

from rag.words.units import Unit, currencies, known_unit, unit_of


@pytest.mark.parametrize(
    ("before", "after", "unit"),
    [
        ("cost $", "", Unit("dollar", 1)),
        ("cost US$", "", Unit("dollar", 1)),
        ("cost A$", "", Unit("a dollar", 1)),
        ("cost EUR ", "", Unit("euro", 1)),
        ("", " km long", Unit("metre", 1000)),
        ("", "-tonne load", Unit("gram", 1e6)),
        ("", " square kilometres", Unit("square kilometre", 1)),
        ("", " Australian dollars", Unit("a dollar", 1)),
        ("", " Swiss francs", Unit("franc", 1)),
        ("", " percentage points", Unit("percentage point", 1)),
        ("", "% of them", Unit("percent", 1)),
        ("", "°C", Unit("degree c", 1)),
        ("", "-year-old man", None),
        ("", " ships", None),
        ("", ", metres away", None),
        ("", " has landed", None),  # no hectares
        ("", "", None),
    ],
)
def test_the_unit_beside_a_number(before: str, after: str, unit: Unit | None) -> None:
    assert unit_of(before, after) == unit


def test_money() -> None:
    assert {"dollar", "krona"} <= currencies()
    assert "gram" not in currencies()


def test_a_word_that_names_a_unit() -> None:
    assert known_unit("Hectares") == known_unit("ha") == Unit("hectare", 1)
    assert known_unit("has") is None
    assert known_unit("ships") is None
