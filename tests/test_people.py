"""Who is told of, by which sentence."""

import pytest

from rag.extract.people import people_of
from rag.extract.subjects import telling_in
from tests.toys import briefing


@pytest.mark.parametrize(
    ("sentence", "is_told"),
    [
        ("U.S. Secretary of State Antony Blinken met Lena Ortiz.", True),
        ("Runa Hask, the union’s general secretary, spoke.", True),
        ("“They bought cranes,” Runa Hask said.", True),
        ("According to Ole Brandt, the quay is safe.", True),
        ("Hazim al-Dughri, the commander, was freed.", True),
        ("President Zoric stayed away.", True),
        ("The Green Tide, the junior partner, split.", False),
        ("Ships lay off Porto Alvim for days.", False),
        ("Port Lisle said nothing of it in May.", True),  # that it is a town stands nowhere
        ("The talks between Pelloria and Zandria ended on Monday.", False),
        ("The flood cut Route Nine, the one paved road.", False),
        ("Someone said it.", False),
    ],
)
def test_a_sentence_that_tells_of_somebody(sentence: str, is_told: bool) -> None:
    group = telling_in(briefing("one", sentence))
    assert bool(people_of([group], 5)) == is_told


def test_each_is_told_by_the_sentence_that_says_best_who_it_is_and_those_named_most_first() -> None:
    one = briefing(
        "one",
        "Ole Brandt said that ships could leave.",
        "Ole Brandt, the harbour master, was asked twice.",
        "Mr Brandt declined.",
        "Mayor Ada Lund came late.",
    )
    other = briefing("other", "Mayor Ada Lund spoke, and Judge Ivo Kern listened.", "Lund was cheered. Lund left.")
    groups = [telling_in(one), telling_in(other)]
    best = "Ole Brandt, the harbour master, was asked twice."
    assert [[c.text for c in told] for told in people_of(groups, 1)] == [["Mayor Ada Lund came late."]]
    assert [[c.text for c in told] for told in people_of(groups, 2)] == [[best, "Mayor Ada Lund came late."]]
    assert [[c.text for c in told] for told in people_of(groups, 3)] == [
        [best, "Mayor Ada Lund came late."],
        ["Mayor Ada Lund spoke, and Judge Ivo Kern listened."],
    ]
