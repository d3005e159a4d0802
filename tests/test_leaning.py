"""What the form of a question tells of whether it leans on those before it."""

import pytest

from rag.asking.leaning import is_piece, leans, names_a_thing


@pytest.mark.parametrize(
    "piece", ["why", "in Gaza?", "what about Haifa?", "by whom?", "on what date?", "who else?"]
)
def test_a_piece_of_a_question_is_told_from_a_whole_one(piece: str) -> None:
    assert is_piece(piece, joins=False)
    assert not is_piece("what will it cost?", joins=False)
    assert not is_piece("how many hectares burned?", joins=False)


@pytest.mark.parametrize(
    ("question", "does"),
    [
        ("who will be chief executive?", True),
        ("did Dunmarch agree?", True),
        ("what does the Gazette say?", True),
        ("what happened in Kelby?", False),
        ("who else came?", True),
        ("What does Hamas demand in return?", False),
        ("Are there concerns about polio?", False),
        ("how many teachers of small village schools leave?", False),
    ],
)
def test_a_question_that_says_little_and_names_nothing_may_lean(question: str, does: bool) -> None:
    assert leans(question, joins=False) == does


@pytest.mark.parametrize(
    ("question", "does"),
    [
        ("Who commands the clearance force?", True),
        ("is there a tax on air tickets?", True),
        ("what happens to ships that break the sanctions?", True),
        ("tell me about the flood", True),
        ("explain the annex", True),
        ("tell me the reason", False),
        ("tell me more about the flood", False),
        ("tell me about it", False),
        ("summarize", False),
        ("who mediated?", False),
        ("how many are missing?", False),
        ("how is that split?", False),
        ("the second one?", False),
        ("any exceptions?", False),
        ("what is next?", False),
        ("when does it start?", False),
    ],
)
def test_only_a_question_with_a_thing_of_its_own_may_stand_alone(question: str, does: bool) -> None:
    assert names_a_thing(question) == does
