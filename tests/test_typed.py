"""A question as it was typed: made plain, or refused."""

import pytest

from rag.asking.typed import LONGEST_QUESTION, checked_question
from rag.errors import UsageError


def test_space_in_and_around_a_question_is_made_plain() -> None:
    assert checked_question("  What\n was \t agreed?\u00a0") == "What was agreed?"


@pytest.mark.parametrize("question", ["", " \n", "?", "?! …", "—", "¿?"])
def test_a_question_without_words_is_a_wrong_use(question: str) -> None:
    with pytest.raises(UsageError) as caught:
        checked_question(question)
    assert caught.value.exit_code == 2
    assert caught.value.remedy


def test_halves_of_characters_are_left_out() -> None:
    assert checked_question("What was \udce9 agreed?") == "What was agreed?"
    assert checked_question("Bre\u0301houle?") == "Br\u00e9houle?"  # as some keyboards write an accent
    with pytest.raises(UsageError):
        checked_question("\ud800")


@pytest.mark.parametrize("question", ["7", "é", "中文", "US?"])
def test_a_letter_or_digit_of_any_script_is_enough(question: str) -> None:
    assert checked_question(question) == question


def test_a_question_may_be_long_but_not_longer() -> None:
    assert checked_question("x" * LONGEST_QUESTION)
    with pytest.raises(UsageError) as caught:
        checked_question("x" * (LONGEST_QUESTION + 1))
    assert "4,001" in caught.value.reason
