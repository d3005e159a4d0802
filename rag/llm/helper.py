"""What a language model is asked on the side, in one request each; failures are told, never raised."""

import json
import re
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from rag.answers import NO_USAGE, Usage
from rag.errors import ModelError
from rag.llm.chat import ChatModel, Prompt
from rag.words.tokens import token_counter

_FENCED = re.compile(r"\A\s*```(?:json)?\s*\n(?P<inside>.*?)\n\s*```\s*\Z", re.DOTALL)
_LONGEST_REPLY = 20_000  # characters


@dataclass(frozen=True, slots=True)
class Reply:
    """The `value` of a reply, None when there is none, `problem` being why; `usage` is what it took."""

    value: Any = None
    problem: str = ""
    usage: Usage = NO_USAGE


@dataclass(frozen=True, slots=True)
class Written:
    """The `text` of a reply as far as it came; `problem` says why it broke off, `usage` is what it took."""

    text: str
    problem: str
    usage: Usage


def asked(model: ChatModel, prompt: Prompt) -> Reply:
    """The JSON value that a model replies with. Raises ReplayError alone, when a recorded reply is missing."""
    reply = written(model, prompt, _LONGEST_REPLY)
    if reply.problem:
        return Reply(None, reply.problem, reply.usage)
    fenced = _FENCED.match(reply.text)
    try:
        return Reply(json.loads(fenced["inside"] if fenced else reply.text), "", reply.usage)
    except (ValueError, RecursionError):
        return Reply(None, "Its reply could not be read.", reply.usage)


def written(model: ChatModel, prompt: Prompt, longest: int) -> Written:
    """What a model replies, not read on beyond `longest` characters. Raises ReplayError alone."""
    text, usage = "", None
    problem = ""
    try:
        with closing(model.stream(prompt)) as pieces:
            for piece in pieces:
                text += piece.text
                usage = piece.usage or usage
                if len(text) > longest:
                    break
    except ModelError as error:
        problem = str(error)
    count = token_counter()
    return Written(text, problem, usage or Usage(count(prompt.system) + count(prompt.user), len(text) // 4))
