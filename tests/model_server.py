"""A server on this machine that speaks the OpenAI chat protocol, and misbehaves as a test asks it to."""

import json
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KINDS = ("openai", "openai-like")  # the composers that ask such a server


@dataclass(frozen=True)
class Reply:
    """One reply: `pieces` of content, then `finish` and the usage; or an error of `status`.

    `raw` is sent after the pieces as it is; `breaks` ends the connection there without a word of farewell;
    `wait` seconds pass before anything is sent, `pause` before every piece; `keep_alive` comments are sent, one
    every tenth of a second, before the end.
    """

    pieces: Sequence[str] = ()
    finish: str | None = "stop"
    usage: tuple[int, int] | None = (100, 20)
    status: int = 200
    error: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: bytes = b""
    breaks: bool = False
    wait: float = 0.0
    pause: float = 0.0
    keep_alive: int = 0
    refusal: str | None = None


def refuse(status: int, message: str, code: str | None = None, **headers: str) -> Reply:
    """An error as the OpenAI API words it."""
    return Reply(status=status, error={"message": message, "type": "error", "code": code}, headers=headers)


class ModelServer(ThreadingHTTPServer):
    """Gives its replies in turn, the last one again and again; `asked` holds the requests' bodies."""

    daemon_threads = True

    def __init__(self, *replies: Reply) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.replies = list(replies)
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.gone = threading.Event()  # set when a client went away before the reply's end

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def next_reply(self) -> Reply:
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]

    def handle_error(self, request: Any, client_address: Any) -> None:
        self.gone.set()


@contextmanager
def model_server(*replies: Reply) -> Iterator[ModelServer]:
    """A server with these replies, for the time of the block."""
    server = ModelServer(*replies)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: ModelServer

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.asked.append({"path": self.path, **json.loads(body)})
        self.server.keys.append(self.headers["authorization"])
        reply = self.server.next_reply()
        time.sleep(reply.wait)
        if reply.status != 200:
            self._plain(reply)
            return
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        for data in _events(reply):
            time.sleep(0.1 if data == _KEEP_ALIVE else reply.pause)
            self._chunk(data)
        if reply.breaks:
            self.close_connection = True
            self.connection.shutdown(2)
        else:
            self._chunk(b"")

    def _plain(self, reply: Reply) -> None:
        body = json.dumps({"error": reply.error}).encode()
        self.send_response(reply.status)
        for name, value in {"content-type": "application/json", **reply.headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self.wfile.flush()

    def log_message(self, *args: Any) -> None:
        pass


_KEEP_ALIVE = b": still here\n\n"


def _events(reply: Reply) -> Iterator[bytes]:
    for piece in reply.pieces:
        yield _event({"content": piece})
    yield from [_KEEP_ALIVE] * reply.keep_alive
    if reply.raw:
        yield reply.raw
    if reply.breaks:
        return
    if reply.refusal:
        yield _event({"refusal": reply.refusal})
    if reply.finish:
        yield _event({}, reply.finish)
    if reply.usage:
        read, written = reply.usage
        usage = {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}
        yield b"data: " + json.dumps({**_FRAME, "choices": [], "usage": usage}).encode() + b"\n\n"
    yield b"data: [DONE]\n\n"


_FRAME = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "toy-model"}


def _event(delta: dict[str, Any], finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": {"role": "assistant", **delta}, "finish_reason": finish}
    return b"data: " + json.dumps({**_FRAME, "choices": [choice]}).encode() + b"\n\n"
