"""What a sentence tells that can be told otherwise, and corrections of it."""

from datetime import date

import pytest

from rag.extract.candidates import Candidate
from rag.extract.corrections import (
    is_left_open,
    is_set_right_behind,
    set_right,
    sets_right,
    values_told,
    wrong_values,
)
from tests.toys import briefing


def test_values_are_numbers_names_days_and_times() -> None:
    assert values_told("On 30 July, at 14:05, Jory Pell saw 81 dead.") == {"30 july", "14:05", "Jory Pell", 81.0}


def test_wrong_values_stand_behind_a_word_that_says_so() -> None:
    assert wrong_values("The toll is 18, not 81.") == {81.0}
    assert wrong_values("They shut at noon instead of 14:00, said 9 traders.") == {"14:00"}
    assert wrong_values("The toll is not 81.") == {81.0}
    assert wrong_values("The bank did not lend the Link Company 81 million.") == frozenset()
    assert wrong_values("The loss was 91; a preliminary figure of 88 had been given.") == {88.0}
    assert wrong_values("The toll is 18.") == frozenset()


def test_what_is_left_open_a_newer_briefing_may_tell() -> None:
    for text in ("Nobody has been arrested so far.", "It has not named one.", "Police are looking for a van."):
        assert is_left_open(text)
    assert not is_left_open("So far nine were arrested.")
    assert not is_left_open("No ships sailed; nine have sailed so far.")


@pytest.mark.parametrize(
    ("title", "corrects"),
    [
        ("Correction: exchange at Hask Bridge", True),
        ("Corrections to our report", True),
        ("Erratum", True),
        ("Corrections and clarifications", True),
        ("Correction officers walk out", False),
        ("UN asks for a correction", False),
        ("Corrected figures are due in May", False),
    ],
)
def test_the_title_of_a_correction(title: str, corrects: bool) -> None:
    assert sets_right(title) is corrects


@pytest.mark.parametrize(
    ("text", "after", "behind"),
    [
        ("We wrote that 1,340 had died.", "The right number is 1,430.", True),
        ("The opening, planned for March, has been put off.", "It is now to be on 3 June.", True),
        ("The opening has been put off.", "Nobody was pleased.", False),
        ("The opening has been put off to 3 June.", "On 4 June the pool opens.", False),
        ("They had put off the 2 repairs.", "It cost 9 million.", False),
        ("An earlier version of this report said 81 had died.", "In fact it was 18.", True),
        ("We wrote that 81 had died; the right toll is 18.", "It rose to 20.", False),
        ("We wrote that 81 had died.", "We regret the error.", False),
        ("The toll is 18, not 81.", "It rose to 20.", False),
        ("The toll is 81.", "It rose to 90.", False),
        ("Our report of 22 May had two errors.", "It rose to 90.", False),
        ("The first figure of 81 was wrong.", "It is 18.", True),
    ],
)
def test_what_is_right_may_stand_behind_what_was_wrong(text: str, after: str, behind: bool) -> None:
    assert is_set_right_behind(text, after) is behind


def test_what_a_later_briefing_calls_wrong_gives_way_to_it_once() -> None:
    def said(day: int, text: str) -> Candidate:
        whole = briefing(f"of{day}", text, published=date(2032, 5, day))
        return Candidate(whole, whole.paragraphs[0], 0, len(text))

    old, again = said(3, "The appeal is due by 30 July."), said(4, "An appeal is possible until 30 July.")
    other = said(5, "The fine for an appeal is 30 crowns.")
    right = said(6, "The deadline for an appeal is 3 July, and not 30 July.")
    assert set_right([old, other, again], [right, old]) == [right, other]
    assert set_right([said(7, old.text)], [right]) == [said(7, old.text)]  # it knows better
    assert set_right([old], []) == [old]
