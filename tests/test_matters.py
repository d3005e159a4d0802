"""Facts of a kind that no sentence tells without one of a few words."""

import pytest

from rag.asking.question import read_question
from rag.extract.matters import told_matters


def tells(question: str, sentence: str) -> bool:
    """Whether a sentence holds what a question's facts cannot be told without."""
    return all(told.search(sentence) for told in told_matters(read_question(question)))


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Who owns the bank?", "The bank lends 9 million crowns."),
        ("Which company owns the ship?", "The ship of 2019 left Kelby."),
        ("Who painted the Ferrymen?", "The Ferrymen hangs in Kelby, and Holm admires it."),
        ("Who will succeed Holm as mayor?", "Mayor Holm has frozen all new spending."),
        ("Who takes over from Holm?", "He begins on 17 March."),
        ("Is Eda Holm married?", "Eda Holm stayed away."),
        ("Where was Eda Holm born?", "Eda Holm lives in Kelby."),
        ("Where will Karim be buried?", "Karim died in Kelby."),
    ],
)
def test_a_sentence_without_the_fact(question: str, sentence: str) -> None:
    assert not tells(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Who owns the bank?", "The bank belongs to Holm."),
        ("Who owns the bank?", "Holm's bank lends 9 million crowns."),
        ("Who painted the Ferrymen?", "The Ferrymen, a work by Holm, hangs in Kelby."),
        ("Who will succeed Holm as mayor?", "Orr follows Holm in May."),
        ("Is Eda Holm married?", "Eda Holm came with her husband."),
        ("Where was Eda Holm born?", "Eda Holm, a native of Kelby, stayed away."),
        ("Where will Karim be buried?", "His grave is in Kelby."),
        ("Who said that the bank owns a ship?", "Holm said so."),  # it asks for no owner
        ("Who came?", "Holm came."),
    ],
)
def test_a_sentence_that_may_tell_it(question: str, sentence: str) -> None:
    assert tells(question, sentence)
