"""Facts of a kind that no sentence tells without one of a few words."""

import pytest

from rag.asking.question import read_question
from rag.extract.matters import asks_to_judge, told_matters


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
        ("Who was mayor before Eda Holm?", "Mayor Eda Holm opened the port in Kelby."),
        ("How many of the dockers died?", "Some 14 dockers were hurt."),
        ("How many dockers were injured?", "All 250 dockers went home."),
        ("How many children fell ill?", "Four children died in 2030."),
        ("Who voted against the levy?", "The levy comes to 9 crowns, says Holm."),
        ("Which countries signed the accord?", "The accord of Kelby releases 60 prisoners of Holm's."),
        ("Who will monitor the truce?", "The truce of Kelby has held since May."),
        ("Where does Eda Holm live now?", "For Eda Holm it was a triumph."),
        ("Where did Holm work before he joined the bank?", "Holm joined the bank in Kelby."),
        ("When was the mill founded?", "The mill closed in 2019."),
        ("Did Holm attend the meeting?", "Orr spoke before 900 growers."),
        ("Did Holm resign?", "Holm met the envoy."),
        ("How many were arrested?", "Some 1,500 marched."),
        ("Who heads the office of the League?", "Holm will visit Kelby, where the League has an office."),
        ("How many have been charged?", "Forty are in custody."),
        ("Is the plan fair?", "The plan costs 9 crowns."),
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
        ("Who was mayor before Eda Holm?", "Holm succeeds Orr."),
        ("How many of the dockers died?", "The strike cost two lives."),
        ("How many dockers were injured?", "Fourteen were treated in hospital."),
        ("How many children fell ill?", "There were nine cases among children."),
        ("Who voted against the levy?", "Orr and Lund would have preferred no levy."),
        ("How many members voted for the levy?", "The levy was passed by 31 to 20."),
        ("Which countries signed the accord?", "The accord was concluded by Maravel and Quill."),
        ("Did the round end with a signed paper?", "It ended without a paper."),  # nobody is asked for who signed
        ("Who will monitor the truce?", "Forty observers from Maravel will see to it."),
        ("Who will lead the monitors?", "They will be led by Holm."),
        ("Where does Eda Holm live now?", "Her home is in Kelby."),
        ("Where did Holm work before he joined the bank?", "Holm is a former judge."),
        ("When was the mill founded?", "The mill dates from 1907."),
        ("Did Holm attend the meeting?", "Holm stayed away."),
        ("Did Holm resign?", "Holm remains in office."),
        ("How many were arrested?", "Nine are in custody."),
        ("Who heads the office of the League?", "Holm runs the League's office."),
        ("How many have been charged?", "Two of them stand trial in May."),
        ("Who said that the bank owns a ship?", "Holm said so."),  # it asks for no owner
        ("Who came?", "Holm came."),
        ("Is the plan fair?", "The union called the plan unfair."),
        ("Is the plan fair?", "Critics say that it goes too far."),
    ],
)
def test_a_sentence_that_may_tell_it(question: str, sentence: str) -> None:
    assert tells(question, sentence)


@pytest.mark.parametrize(
    "text",
    ["Is the plan fair?", "Was it fair to farmers?", "Do you think it is a good idea?", "Were they justified?"],
)
def test_a_question_for_a_judgement(text: str) -> None:
    assert asks_to_judge(text)


@pytest.mark.parametrize(
    "text",
    [
        "Is the fair open?",
        "Who called the plan fair?",
        "Was the fare raised?",
        "Is the harvest good?",
        "fair?",
        "Is it fair to say that the union was heard?",
    ],
)
def test_a_question_that_asks_for_none(text: str) -> None:
    assert not asks_to_judge(text)
