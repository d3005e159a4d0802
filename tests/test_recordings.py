"""Recorded answers are read back as they were, scored without asking, and refused where they do not fit."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.recordings import read_answers, replayed, write_answers
from evals.retrieval import Found
from evals.run import Transcript, Turn
from evals.scoring import score
from rag.answers import Answer, Sentence
from rag.errors import UsageError
from tests.eval_toys import SOURCES, case, gold, refusal_case
from tests.toys import PROPERTY

FOUND = (Found("flood:1", "flood", 0, 10),)
TURNS = (Turn(case(), gold(), FOUND), Turn(case(id="toy-3"), gold(composer="gpt", usage={"tokens": 7}), None))
CASES = [turn.case for turn in TURNS]


def test_answers_come_back_as_they_were(tmp_path: Path) -> None:
    write_answers(TURNS[::-1], tmp_path / "a.jsonl")
    answers = read_answers(tmp_path / "a.jsonl")
    assert list(answers) == ["toy-1", "toy-3"]
    assert tuple(replayed(CASES, answers, CASES)) == TURNS


@PROPERTY
@given(text=st.text(st.characters(codec="utf-8")), reason=st.none() | st.text(st.characters(codec="utf-8")))
def test_any_words_come_back(tmp_path_factory: pytest.TempPathFactory, text: str, reason: str | None) -> None:
    path = tmp_path_factory.getbasetemp() / "any.jsonl"
    answer = Answer("What happened?", text, (Sentence(text, (1,), "supported"),), reason=reason)
    write_answers([Turn(case(), answer, None)], path)
    (turn,) = replayed([case()], read_answers(path), [case()])
    assert turn.answer == answer


def test_without_passages_retrieval_is_not_measured() -> None:
    with_them, without = score(Transcript(TURNS, SOURCES))
    assert "recall@10" in with_them.scores
    assert "recall@10" not in without.scores
    assert without.passed


def test_a_case_without_an_answer_is_left_to_the_gate(tmp_path: Path) -> None:
    write_answers(TURNS[:1], tmp_path / "a.jsonl")
    assert [t.case.id for t in replayed(CASES, read_answers(tmp_path / "a.jsonl"), CASES)] == ["toy-1"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "a.jsonl:2 is not a recorded answer: Invalid JSON"),
        ('{"case": "b"}', "a.jsonl:2 is not a recorded answer: answer: Field required"),
        ('{"case": "b", "answer": {}}', "answer.question: Field required"),
        ('{"case": "b", "answer": {"question": "q", "standalone_question": "q"}, "x": 1}', "x: Extra inputs"),
        ('{"case": "toy-1", "answer": {"question": "q", "standalone_question": "q"}}', "toy-1 a second time"),
    ],
)
def test_a_line_that_is_none_is_refused_with_its_number(tmp_path: Path, line: str, why: str) -> None:
    write_answers(TURNS[:1], tmp_path / "a.jsonl")
    with (tmp_path / "a.jsonl").open("a", encoding="utf-8") as file:
        file.write(line)
    with pytest.raises(UsageError, match=why) as caught:
        read_answers(tmp_path / "a.jsonl")
    assert caught.value.exit_code == 2


def test_answers_to_other_cases_or_questions_are_refused(tmp_path: Path) -> None:
    write_answers(TURNS, tmp_path / "a.jsonl")
    answers = read_answers(tmp_path / "a.jsonl")
    with pytest.raises(UsageError, match="There is an answer to toy-3, but no such case"):
        replayed(CASES[:1], answers, CASES[:1])
    changed = [case(question="What else happened?"), CASES[1]]
    with pytest.raises(UsageError, match="The answer to toy-1 was recorded for another question"):
        replayed(changed, answers, changed)
    assert replayed([refusal_case()], answers, [*CASES, refusal_case()]) == []


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read: no such file"):
        read_answers(tmp_path / "none.jsonl")
    with pytest.raises(UsageError, match="cannot be written: is a directory"):
        write_answers(TURNS, tmp_path)
    (tmp_path / "b.jsonl").write_bytes(b"\xff")
    with pytest.raises(UsageError, match="not UTF-8"):
        read_answers(tmp_path / "b.jsonl")


def test_a_line_is_what_the_command_line_prints_for_an_answer(tmp_path: Path) -> None:
    write_answers(TURNS[:1], tmp_path / "a.jsonl")
    assert json.loads((tmp_path / "a.jsonl").read_text("utf-8"))["answer"] == json.loads(
        json.dumps(gold().as_dict())
    )
