"""Names are looked up as they are: accents and demonyms make no difference, a letter does."""

import pytest

from rag.words.names import HeldNames, akin, names_in, plain_name, same_name


def names(text: str) -> list[str]:
    return [n.word.written for n in names_in(text)]


def test_what_is_a_name() -> None:
    assert names("On Monday the Tarsia envoy met Ana Lund in May") == ["Tarsia", "Ana", "Lund"]
    assert [n.sure for n in names_in("Lund left. Ana Lund stayed.")] == [False, True, True]
    assert names("Early on, I saw 5°C and nine F16 jets") == ["F16"]
    assert names("Then Will Smith met the CBS Show Morning crew; it will show") == [
        "Will",
        "Smith",
        "CBS",
        "Show",
        "Morning",
    ]
    assert not any(n.sure for n in names_in("Storm Closes Busy Airport Again"))


@pytest.mark.parametrize(
    ("name", "text", "held"),
    [
        ("Elise", "Élise Roth", True),
        ("Roth", "Roth's team", True),
        ("Roberts", "Robert said", False),
        ("Lindquist", "Lindqvist", False),
        ("Israeli", "in Israel", True),
        ("Israelis", "an Israeli", True),
        ("Nigerian", "in Niger", False),
        ("WHO", "the World Health Organization", True),
        ("WTO", "the World Health Organization", False),
        ("Southeast", "South East London", True),
        ("Southwest", "South East London", False),
    ],
)
def test_what_holds_a_name(name: str, text: str, held: bool) -> None:
    (found,) = names_in(f"the {name}")
    assert HeldNames([text]).holds(found) is held


def test_aliases_and_neighbours() -> None:
    held = HeldNames(["The US met Ana Lund and Per Holm."])
    assert held.holds_alias("united states")
    assert not held.holds_alias("united kingdom")
    assert held.holds_side_by_side("ana", "lund")
    assert not held.holds_side_by_side("ana", "holm")
    assert held.beside("ana", "holm") == (True, True)


def test_forms() -> None:
    assert plain_name("Łódź’s") == "lodz"
    assert akin("palestinian", "palestine")
    assert not akin("austria", "australia")
    assert not akin("lund", "lunds")


def test_words_of_one_stem_need_not_be_one_name() -> None:
    for a, b, same in [
        ("declare", "declaration", False),
        ("waye", "ways", False),
        ("docker", "dockers", True),
        ("u.s", "us", True),
        ("türkiye", "turkiye", True),
        ("ministry", "ministries", True),
        ("church", "churches", True),
    ]:
        assert same_name(a, b) is same_name(b, a) is same, (a, b)


def test_a_long_text_is_read_in_time_with_its_length() -> None:
    one = "In May the Mayor of Lund said so. The river rose. "
    assert len(names_in(one * 8_000)) == 8_000 * len(names_in(one))
