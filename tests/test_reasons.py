"""Sentences that leave open why something is so."""

import pytest

from rag.asking.question import read_question
from rag.extract.reasons import Reason


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Why did the bank close its branch?", "The bank closed its branch."),
        ("Why did the doctor leave Kelby?", "Kelby has had no doctor since Christmas."),
        ("Why did the doctor leave Kelby?", "The doctor left Kelby after nine years."),
        ("Why did gunmen attack the convoy?", "Work has stopped since gunmen attacked the convoy."),
        ("Could you tell me why the bank closed its branch?", "The bank closed its branch."),
        ("Why did the relay in the airport cold store fail?", "A relay failed, and the alarm was not heard."),
        ("Why did they read the warning?", "The warning did reach them, but they read it late."),
        ("Why did the crane fall?", "An inquiry is under way, and the fall is under investigation."),
        ("What was the cause of the fall?", "The fall is the subject of an inquiry."),
    ],
)
def test_the_reason_is_left_open(question: str, sentence: str) -> None:
    assert Reason(read_question(question)).left_open(sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Why did the bank close its branch?", "The bank closed its branch because of a robbery."),
        ("Why could they not read the warning?", "The warning did reach them, but in English."),
        ("Why did the doctor leave Kelby?", "The doctor left Kelby since Holm cut the pay."),
        ("Why did the doctor leave Kelby?", "The doctor left Kelby after a dispute."),
        ("Why did gunmen attack the convoy?", "Gunmen attacked the convoy after troops had fired."),
        ("Why has work stopped?", "Work has stopped since gunmen attacked the convoy."),
        ("Why did gunmen attack the convoy?", "They did so because gunmen of Aldry fear the convoy."),
        ("Why did gunmen of Aldry attack the food convoy?", "Work has stopped since an attack on a convoy."),
        ("Why was Holm blamed for the Aldry Bank run?", "Runs such as the Aldry Bank run followed the new rule."),
        ("Why did the doctor leave Kelby?", "Holm left Kelby and his doctor as a result of it."),
        ("When did the crane fall?", "The fall is the subject of an inquiry."),
        ("Why not close the branch?", "The bank closed its branch."),
    ],
)
def test_it_may_be_told(question: str, sentence: str) -> None:
    assert not Reason(read_question(question)).left_open(sentence)
