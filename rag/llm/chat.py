"""A language model as the composer sees it: a prompt in, pieces of a reply out, every failure in words."""

import threading
import time
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import httpx

from rag.answers import Usage
from rag.errors import ModelError, reason_of

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

RETRIES = 2  # of a request that was refused for a moment or got no answer; three requests in all
_LONGEST_WAIT = 8.0  # seconds that a server may ask us to wait before a retry
# Parameters that not every server knows, by the words that its refusal names them with.
_OPTIONAL = {
    "response_format": ("response_format", "json_schema", "schema", "grammar"),
    "stream_options": ("stream_options", "include_usage"),
    "temperature": ("temperature",),
    "limit": ("max_tokens", "max_completion_tokens"),
}


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is asked: `schema` is the JSON schema of its reply, `nonce` the random word in its fences."""

    system: str
    user: str
    schema: Mapping[str, Any] | None = None
    nonce: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a reply; the last one may carry the usage."""

    text: str = ""
    usage: Usage | None = None


class ChatModel(Protocol):
    """A language model. `name` is what a reader is told."""

    name: str

    def stream(self, prompt: Prompt) -> Generator[Piece]:
        """The reply, piece by piece; closing it ends the request. Raises ModelError where it fails or breaks off;
        what came before stands."""
        ...

    def close(self) -> None:
        """Let go of the connection."""
        ...


class BoundedTransport(httpx.HTTPTransport):
    """An HTTP transport whose every reply ends after `seconds`, also when the server drips byte by byte, and
    which does not let the client wait longer for a retry than a reader would."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._seconds = seconds
        self._mine = threading.local()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The response, its body bounded."""
        response = super().handle_request(request)
        if _asked_to_wait(response.headers) > _LONGEST_WAIT:
            response.headers["x-should-retry"] = "false"  # the client's own way of being told
        assert isinstance(response.stream, httpx.SyncByteStream)
        response.stream = self._mine.stream = _Until(response.stream, time.monotonic() + self._seconds)
        return response

    def begin(self) -> None:
        """Forget what this thread requested before."""
        self._mine.stream = None

    def latest(self) -> httpx.SyncByteStream | None:
        """The body of what this thread has requested since `begin`; to be closed by whoever stops reading, as the
        client would keep it until memory is cleared up."""
        stream: httpx.SyncByteStream | None = self._mine.stream
        return stream


class _Until(httpx.SyncByteStream):
    def __init__(self, stream: httpx.SyncByteStream, deadline: float) -> None:
        self._stream, self._deadline = stream, deadline

    def __iter__(self) -> Iterator[bytes]:
        for some in self._stream:
            if time.monotonic() > self._deadline:
                raise httpx.ReadTimeout("the whole reply took too long")
            yield some

    def close(self) -> None:
        self._stream.close()


class LlamaIndexChat:
    """Any chat model of LlamaIndex that speaks the OpenAI protocol. `limit` names and holds the parameter
    for the longest reply in tokens, `where` says in words whose server it is, and `transport` is what the
    model sends its requests through."""

    def __init__(
        self, model: "LLM", transport: BoundedTransport, name: str, where: str, limit: tuple[str, int]
    ) -> None:
        self.name = name
        self._model = model
        self._transport = transport
        self._where = where
        self._limit = limit
        self._unknown: set[str] = set()  # parameters that the server has refused

    def stream(self, prompt: Prompt) -> Generator[Piece]:
        """The reply, piece by piece. A parameter that the server does not know is left out from then on."""
        while True:
            begun, body = False, None
            self._transport.begin()
            try:
                for piece in self._reply(prompt):
                    if not begun:  # another request may be made before we go on
                        begun, body = True, self._transport.latest()
                    yield piece
                return
            except ModelError:
                raise
            except Exception as error:  # of the client, of its transport, or of what the server wrote
                unknown = None if begun else self._unknown_parameter(error)
                if unknown is None:
                    raise worded(error, self.name, self._where) from error
                self._unknown.add(unknown)
            finally:
                body = body if begun else self._transport.latest()
                if body is not None:
                    body.close()

    def close(self) -> None:
        """Close the transport."""
        self._transport.close()

    def _reply(self, prompt: Prompt) -> Iterator[Piece]:
        from llama_index.core.llms import ChatMessage

        messages = [ChatMessage(role="system", content=prompt.system), ChatMessage(content=prompt.user)]
        finish = None
        for reply in self._model.stream_chat(messages, **self._parameters(prompt)):
            chunk: Any = reply.raw
            for choice in chunk.choices[:1]:
                finish = choice.finish_reason or finish
                if getattr(choice.delta, "refusal", None):
                    raise ModelError(f"The model {self.name} declined to answer.", "Ask in other words.")
            usage = getattr(chunk, "usage", None)
            counted = Usage(usage.prompt_tokens or 0, usage.completion_tokens or 0) if usage else None
            if reply.delta or counted:
                yield Piece(reply.delta or "", counted)
        if finish != "stop":
            raise ModelError(*_BROKEN_OFF.get(finish or "", _BROKEN_OFF[""]))

    def _parameters(self, prompt: Prompt) -> dict[str, Any]:
        from openai import NOT_GIVEN

        wanted: dict[str, Any] = {"stream_options": {"include_usage": True}, "limit": self._limit[1]}
        if prompt.schema:
            schema = {"name": "answer", "strict": True, "schema": dict(prompt.schema)}
            wanted["response_format"] = {"type": "json_schema", "json_schema": schema}
        wanted = {name: value for name, value in wanted.items() if name not in self._unknown}
        if "temperature" in self._unknown:
            wanted["temperature"] = NOT_GIVEN
        return {self._limit[0] if name == "limit" else name: value for name, value in wanted.items()}

    def _unknown_parameter(self, error: Exception) -> str | None:
        from openai import BadRequestError, UnprocessableEntityError

        if not isinstance(error, (BadRequestError, UnprocessableEntityError)):
            return None
        words = str(error).lower()
        named = (name for name, signs in _OPTIONAL.items() if any(sign in words for sign in signs))
        return next((name for name in named if name not in self._unknown), None)


_BROKEN_OFF = {
    "length": ("The model's reply reached its limit and was cut off.", "Raise BRIEFINGS_REPLY_TOKENS."),
    "content_filter": ("The model's reply was withheld by its provider's filter.", "Ask in other words."),
    "": ("The model's reply broke off.", "Ask again."),
}


def worded(error: Exception, name: str, where: str) -> ModelError:
    """A client's error in words for the reader: what is wrong, and which setting mends it."""
    import openai

    said = reason_of(error)[:200]
    if isinstance(error, openai.AuthenticationError | openai.PermissionDeniedError):
        return ModelError(f"The key was refused by {where}.", "Check OPENAI_API_KEY.")
    if isinstance(error, openai.NotFoundError):
        return ModelError(f"There is no model {name!r} at {where}.", "Check BRIEFINGS_MODEL and OPENAI_BASE_URL.")
    if isinstance(error, openai.RateLimitError):
        if getattr(error, "code", None) == "insufficient_quota":
            return ModelError("The account has no credit left.", "Add credit, or set another OPENAI_API_KEY.")
        return ModelError(f"{_start(where)} is handling too many requests.", "Ask again in a moment.")
    if isinstance(error, openai.APITimeoutError | httpx.TimeoutException):
        return ModelError(f"{_start(where)} did not answer in time.", "Ask again, or raise BRIEFINGS_TIMEOUT.")
    if isinstance(error, openai.BadRequestError | openai.UnprocessableEntityError):
        return ModelError(f"{_start(where)} refused the request: {said}.", "Check BRIEFINGS_MODEL.")
    if isinstance(error, openai.InternalServerError):
        return ModelError(f"{_start(where)} failed ({error.status_code}).", "Ask again in a moment.")
    if isinstance(error, openai.APIConnectionError | httpx.ConnectError):
        return ModelError(f"{_start(where)} cannot be reached.", "Check OPENAI_BASE_URL and the network.")
    if isinstance(error, httpx.TransportError):
        return ModelError("The connection to the model broke off.", "Ask again.")
    if isinstance(error, openai.APIStatusError | openai.APIError):
        return ModelError(f"{_start(where)} failed: {said}.", "Ask again in a moment.")
    return ModelError(f"{_start(where)} sent something that cannot be read: {said}.", "Check OPENAI_BASE_URL.")


def _asked_to_wait(headers: Mapping[str, str]) -> float:
    """Seconds that a server asks for before the next try; an HTTP date is more than anyone waits for."""
    value = headers.get("retry-after-ms") or headers.get("retry-after")
    if not value:
        return 0.0
    try:
        return float(value) / (1000 if "retry-after-ms" in headers else 1)
    except ValueError:
        return float("inf")


def _start(where: str) -> str:
    return where if "://" in where else where[0].upper() + where[1:]
