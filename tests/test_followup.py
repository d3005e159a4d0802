"""A question that points back carries over what was asked about; one that stands by itself is left alone."""

import pytest

from rag.followup import Standalone, standalone


@pytest.mark.parametrize(
    ("question", "earlier", "carried"),
    [
        ("And Qatar?", "Will Blinken visit Egypt?", ("Blinken", "visit", "Egypt")),
        ("What about the prisoners?", "Did Hamas release hostages?", ("Hamas", "release", "hostages")),
        ("When did he visit the region?", "What did Blinken announce?", ("Blinken", "announce")),
        ("Why?", "Did Netanyahu reject the proposal?", ("Netanyahu", "reject", "proposal")),
        ("How many ships did they send?", "What did Egypt promise?", ("Egypt", "promise")),
        ("When was it signed?", "Who mediated the truce?", ("mediated", "truce")),
    ],
)
def test_what_the_earlier_question_was_about_is_carried_over(
    question: str, earlier: str, carried: tuple[str, ...]
) -> None:
    found = standalone(question, [earlier])
    assert found == Standalone(question, f"{question} ({' '.join(carried)})", carried)


@pytest.mark.parametrize(
    "question",
    [
        "What does Hamas demand in return?",
        "Is it true that Iran fired missiles?",
        "Which vaccines are available in the camps?",
        "Did Netanyahu say they would withdraw?",
    ],
)
def test_a_question_that_names_its_own_subject_is_left_as_it_is(question: str) -> None:
    assert standalone(question, ["What did Blinken announce?"]) == Standalone(question, question)


def test_without_a_history_nothing_is_carried() -> None:
    assert standalone("Why?", []) == Standalone("Why?", "Why?")


def test_a_chain_of_follow_ups_reaches_back_to_its_start() -> None:
    found = standalone("And why?", ["What did Blinken announce?", "When?"])
    assert set(found.carried) == {"Blinken", "announce"}


def test_a_new_subject_ends_the_chain() -> None:
    found = standalone("Why?", ["What did Blinken announce?", "Which vaccines does Egypt offer the camps?"])
    assert "Blinken" not in found.carried
    assert {"vaccines", "Egypt"} <= set(found.carried)


def test_a_word_that_the_question_has_itself_is_not_repeated() -> None:
    found = standalone("And how many hostages?", ["Did Hamas free the hostages?"])
    assert found.carried == ("Hamas", "free")


def test_a_number_that_says_which_thing_is_meant_is_carried_over() -> None:
    assert standalone("And why?", ["Who proposed the three-phase plan?"]).carried == (
        "proposed", "three", "phase", "plan",
    )  # fmt: skip


def test_a_history_about_nothing_adds_nothing() -> None:
    assert standalone("Why?", ["What?"]) == Standalone("Why?", "Why?")


def test_what_was_asked_is_kept_as_it_was_typed() -> None:
    assert standalone("and  Qatar ?", ["Will Blinken visit Egypt?"]).asked == "and  Qatar ?"
