"""What the numbers of sentences count, and whether two sentences differ in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.extract.quantities import count_the_same, quantities, tell_it_differently
from tests.toys import PROPERTY


def test_a_number_is_of_its_unit_or_of_what_it_counts() -> None:
    assert quantities("Some 3,400 dock workers marched 2 km.") == {
        "dock": {3400.0}, "worker": {3400.0}, "metre": {2000.0},
    }  # fmt: skip
    assert quantities("A 54-year-old came third on 3 May.") == {}
    assert quantities("It counted 40 of them.") == {}


@pytest.mark.parametrize(
    ("sentence", "other"),
    [
        ("All 143 passengers were brought ashore.", "The paper counted 151 passengers on the pier."),
        ("It took two hours and twenty minutes.", "It was nearly three hours before the last one landed."),
        ("Some 53.4 per cent voted No.", "Our count shows 52.1 per cent against and a turnout of 68 per cent."),
        ("They need 212 million crowns more.", "The gap is 148 million crowns."),
    ],
)
def test_these_tell_it_differently(sentence: str, other: str) -> None:
    assert tell_it_differently(sentence, other)
    assert tell_it_differently(other, sentence)


@pytest.mark.parametrize(
    ("sentence", "other"),
    [
        ("All 143 passengers were brought ashore.", "The ship, with 143 passengers, lies on a rock."),
        ("All 143 passengers were brought ashore.", "Nine passengers were hurt."),  # too far for the same count
        ("All 143 passengers were brought ashore.", "The crew numbers 150 sailors."),
        ("The fine is 200 crowns.", "The fine is 250 marks."),
        ("It fell by 3 per cent.", "It fell."),
        ("It rose from 3 to 4 per cent.", "It stands at 4 per cent."),
    ],
)
def test_these_do_not(sentence: str, other: str) -> None:
    assert not tell_it_differently(sentence, other)
    assert not tell_it_differently(other, sentence)


def test_the_same_may_be_counted_far_apart() -> None:
    assert count_the_same("Nine passengers were hurt.", "All 143 passengers came home.")
    assert not count_the_same("Nine passengers were hurt.", "All 143 sailors came home.")


@PROPERTY
@given(st.text(alphabet="143 2.%$dayshipof,May", max_size=40))
def test_no_text_differs_from_itself(text: str) -> None:
    assert not tell_it_differently(text, text)
