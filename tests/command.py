"""A command that was run in the process of the test (the fixture `run`), and what the tests of commands share."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

QUESTION = "What does the three-phase plan involve?"
QUOTE = "The proposed cease-fire involves a three-phase process: Hamas releasing all hostages taken on October 7"
ANSWER = f"{QUOTE}, Israel withdrawing its forces from Gaza, and the release of Palestinian prisoners by Israel."
SAID = "The proposed cease-fire involves a three-phase process."  # what a model may write of QUOTE


@dataclass(frozen=True)
class Ended:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON document that standard output is."""
        return json.loads(self.out)


Run = Callable[..., Ended]
Printed = pytest.CaptureFixture[str]


def refused(ended: Ended, code: int, *words: str) -> None:
    """It ended with this code, nothing on standard output, and one line that has these words."""
    assert ended.code == code
    assert ended.out == ""
    assert ended.err.startswith("briefings: ")
    assert len(ended.err.splitlines()) == 1
    assert [w for w in words if w not in ended.err] == []
