"""Whether something is fair: the questions, and what answers them."""

import pytest

from rag.extract.judgements import asks_to_judge, judges


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


@pytest.mark.parametrize(
    ("sentence", "judged"),
    [
        ("The union called the plan unfair.", True),
        ("Critics say that it goes too far.", True),
        ("The plan costs 9 crowns.", False),
    ],
)
def test_a_judgement(sentence: str, judged: bool) -> None:
    assert judges(sentence) is judged
