"""Replies of a language model, recorded and replayed, so that what was measured with one can be repeated."""

import hashlib
import json
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

from rag.answers import Usage
from rag.errors import ReplayError, refusal_of
from rag.llm.chat import ChatModel, Piece, Prompt

_NONCE = "0" * 16  # stands for the random word of a prompt, which differs from one asking to the next


class RecordingChat:
    """A model whose every complete reply is written to a folder, one file a reply."""

    def __init__(self, model: ChatModel, folder: Path) -> None:
        self.name = model.name
        self._model = model
        self._folder = folder

    def stream(self, prompt: Prompt) -> Generator[Piece]:
        """The model's reply. Raises ModelError as the model does, ReplayError when it cannot be written."""
        pieces = []
        with closing(self._model.stream(prompt)) as stream:
            for piece in stream:
                pieces.append(piece)
                yield piece
        usage = sum((p.usage for p in pieces if p.usage), Usage())
        record = {
            **_asked(self.name, prompt),
            "reply": _masked("".join(p.text for p in pieces), prompt.nonce),
            "usage": [usage.input_tokens, usage.output_tokens],
        }
        path = _path(self._folder, self.name, prompt)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(".part")
            part.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            part.replace(path)
        except OSError as error:
            raise ReplayError(
                f"A reply cannot be recorded in {self._folder}: {refusal_of(error)}.", "See BRIEFINGS_RECORD."
            ) from error

    def close(self) -> None:
        """Close the model."""
        self._model.close()


class ReplayingChat:
    """Answers from a folder of recorded replies, and never asks a model."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self._folder = folder

    def stream(self, prompt: Prompt) -> Generator[Piece]:
        """The recorded reply, in one piece. Raises ReplayError when there is none."""
        path = _path(self._folder, self.name, prompt)
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
            reply, (read, written) = str(record["reply"]), record["usage"]
        except FileNotFoundError as error:
            raise ReplayError(
                f"No reply of {self.name} to this question is recorded in {self._folder} ({path.stem[:12]}).",
                "Record it with BRIEFINGS_RECORD, or unset BRIEFINGS_REPLAY.",
            ) from error
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ReplayError(f"The recorded reply {path} cannot be read.", "Record it again.") from error
        yield Piece(reply.replace(_NONCE, prompt.nonce) if prompt.nonce else reply)
        yield Piece(usage=Usage(read, written))

    def close(self) -> None:
        """Nothing is open."""


def _path(folder: Path, name: str, prompt: Prompt) -> Path:
    plain = json.dumps(_asked(name, prompt), sort_keys=True, ensure_ascii=False)
    return folder / f"{hashlib.sha256(plain.encode()).hexdigest()}.json"


def _asked(name: str, prompt: Prompt) -> dict[str, object]:
    """What a reply is kept under: model, messages and parameters, the random word masked."""
    messages = [_masked(prompt.system, prompt.nonce), _masked(prompt.user, prompt.nonce)]
    schema = dict(prompt.schema) if prompt.schema else None
    return {"model": name, "messages": messages, "parameters": {"schema": schema, "temperature": 0.0}}


def _masked(text: str, nonce: str) -> str:
    return text.replace(nonce, _NONCE) if nonce else text
