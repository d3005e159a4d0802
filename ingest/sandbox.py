"""Reading files that could be hostile: parsers run in another process, with a limit on time and on memory.

A parser that hangs, crashes or eats memory costs that process alone; the next file gets a new one.
"""

import contextlib
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType

from ingest.documents import Document
from ingest.wire import from_wire, receive, send
from rag.errors import UnreadableError

SECONDS = 9.0  # for one file, the start of the process included
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "TEMP", "TMPDIR")  # no keys, no passwords
_MOST_IDLE = 4  # processes that are kept for the next file


class Sandbox:
    """Reads documents in other processes. Safe to share between threads; each reads one file at a time.

    A process is started when a first file needs one, and ends with the `with` block, or with `close`.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._idle: list[subprocess.Popen[bytes]] = []
        self._lock = threading.Lock()
        self._closed = False

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the processes that are idle; one that is reading ends when it is done."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for worker in idle:
            _end(worker)

    def read(self, suffix: str, data: bytes) -> Document:
        """The document in these bytes, by the reader for the suffix.

        Raises UnreadableError with the reader's reason, or because reading took too much time or memory.
        """
        with self._lock:
            worker = self._idle.pop() if self._idle else None
        worker = worker or _start(self._seconds)
        try:
            answer = self._ask(worker, suffix, data)
        except BaseException:
            _end(worker, kill=True)
            raise
        with self._lock:
            kept = not self._closed and len(self._idle) < _MOST_IDLE and not answer.get("spent")
            if kept:
                self._idle.append(worker)
        if not kept:
            _end(worker)
        return from_wire(answer)

    def _ask(self, worker: subprocess.Popen[bytes], suffix: str, data: bytes) -> dict[str, object]:
        assert worker.stdin
        assert worker.stdout
        late = threading.Event()

        def stop() -> None:
            late.set()
            worker.kill()

        clock = threading.Timer(self._seconds, stop)
        clock.daemon = True
        clock.start()
        try:
            send(worker.stdin, json.dumps({"suffix": suffix}).encode())
            send(worker.stdin, data)
            answer = receive(worker.stdout)
        except OSError:
            answer = None
        finally:
            clock.cancel()
        if late.is_set():
            raise UnreadableError(
                f"reading it takes longer than {self._seconds:.0f} seconds",
                "Split it into several briefings, or save its text.",
            )
        if answer is None:
            raise UnreadableError("its reader crashed or ran out of memory", "Save it anew, or save its text.")
        return json.loads(answer)  # type: ignore[no-any-return]


def _start(seconds: float) -> subprocess.Popen[bytes]:
    paths = os.pathsep.join(path or str(Path.cwd()) for path in sys.path)
    return subprocess.Popen(
        [sys.executable, "-m", "ingest.worker", str(seconds)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={name: os.environ[name] for name in _PASSED_ON if name in os.environ} | {"PYTHONPATH": paths},
    )


def _end(worker: subprocess.Popen[bytes], *, kill: bool = False) -> None:
    if kill:
        worker.kill()
    for pipe in (worker.stdin, worker.stdout):
        if pipe:
            with contextlib.suppress(OSError):
                pipe.close()  # which tells an idle process to end
    try:
        worker.wait(1)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()
