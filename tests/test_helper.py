"""A question on the side: its JSON value, or why there is none."""

import pytest

from rag.answers import Usage
from rag.errors import ModelError, ReplayError
from rag.llm.chat import Prompt
from rag.llm.helper import Reply, asked
from tests.scripted import Scripted

PROMPT = Prompt("Be brief.", "What?")
SPENT = Usage(1000, 100)


@pytest.mark.parametrize(
    "text", ['{"a": [1]}', ' {"a": [1]}\n', '```json\n{"a": [1]}\n```', '```\n{"a": [1]}\n```\n']
)
def test_a_value_is_read_with_or_without_a_fence(text: str) -> None:
    assert asked(Scripted(text), PROMPT) == Reply({"a": [1]}, "", SPENT)


@pytest.mark.parametrize("text", ["", "I am sorry.", '{"a": [1]', "[" * 50_000, "x" * 30_000])
def test_what_is_no_value_is_told(text: str) -> None:
    reply = asked(Scripted(text), PROMPT)
    assert (reply.value, reply.problem) == (None, "Its reply could not be read.")


def test_an_endless_reply_is_left() -> None:
    model = Scripted("x" * 1_000_000)
    assert asked(model, PROMPT).usage.output_tokens <= 6_000  # a quarter of the characters read
    assert model.ended == 1


def test_a_failure_is_told_with_its_remedy_and_counted() -> None:
    reply = asked(Scripted(['{"a": ', ModelError("It broke off.", "Ask again.")]), PROMPT)
    assert (reply.value, reply.problem) == (None, "It broke off. Ask again.")
    assert reply.usage.input_tokens > 0


def test_a_missing_recording_is_an_error() -> None:
    with pytest.raises(ReplayError):
        asked(Scripted([ReplayError("No reply is recorded.")]), PROMPT)
