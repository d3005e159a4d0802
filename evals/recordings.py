"""Recorded answers: what a system answered once, kept as JSON lines and scored again without asking.

A line is `{"case": id, "answer": Answer.as_dict(), "found": [passages, best first]}`. `found` may be left out:
then retrieval is not measured.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from evals.cases import Case, fault_of
from evals.retrieval import Found
from evals.run import Turn
from rag.answers import Answer
from rag.errors import UsageError, refusal_of


class Recorded(BaseModel):
    """One line of a file of recorded answers."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    case: str
    answer: Answer
    found: tuple[Found, ...] | None = None


def write_answers(turns: Sequence[Turn], path: Path) -> None:
    """Keep the answers of a run, in the order of their cases' ids. Raises UsageError where that is impossible."""
    lines = (_line(turn) for turn in sorted(turns, key=lambda t: t.case.id))
    try:
        path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {refusal_of(error)}.") from error


def read_answers(path: Path) -> dict[str, Recorded]:
    """The recorded answers by case id. Raises UsageError with file, line and what was expected."""
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {refusal_of(error)}.") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8 text.", "Make it with `briefings eval --record`.") from error
    found: dict[str, Recorded] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            recorded = Recorded.model_validate_json(line)
        except ValidationError as error:
            raise UsageError(
                f"{path.name}:{number} is not a recorded answer: {fault_of(error)}.",
                'Expected is a line such as {"case": "…", "answer": {…}, "found": […]}.',
            ) from error
        if recorded.case in found:
            raise UsageError(f"{path.name}:{number} answers {recorded.case} a second time.", "Keep one of them.")
        found[recorded.case] = recorded
    return found


def replayed(cases: Sequence[Case], answers: Mapping[str, Recorded], known: Sequence[Case]) -> list[Turn]:
    """The turns of those of the cases that have a recorded answer; the gate names the others as missing.

    `known` are all cases there are. Raises UsageError for an answer to a case that is not one of them, or to
    another question than the case asks now.
    """
    if unknown := sorted(set(answers) - {c.id for c in known}):
        raise UsageError(f"There is an answer to {unknown[0]}, but no such case.", "Record the answers again.")
    turns = []
    for case in cases:
        if recorded := answers.get(case.id):
            if recorded.answer.question.split() != case.question.split():
                raise UsageError(
                    f"The answer to {case.id} was recorded for another question: “{recorded.answer.question}”.",
                    "Record the answers again.",
                )
            turns.append(Turn(case, recorded.answer, recorded.found))
    return turns


def _line(turn: Turn) -> str:
    plain: dict[str, object] = {"case": turn.case.id, "answer": turn.answer.as_dict()}
    if turn.found is not None:
        plain["found"] = [asdict(f) for f in turn.found]
    return json.dumps(plain, ensure_ascii=False)
