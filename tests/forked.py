"""Commands in processes of their own, forked from one that has imported what they need: they start in no time."""

import contextlib
import logging
import multiprocessing
import os
import signal
import socket
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection, wait
from pathlib import Path

from ui.cli import main

_NEEDED = """chromadb.api.rust ingest.indexing ingest.pipeline ingest.watch rag.build rag.engine rag.generate
sqlalchemy.dialects.sqlite starlette.applications tiktoken_ext.openai_public ui.briefings ui.conversation ui.doctor
ui.guard ui.ingesting ui.pane ui.serve ui.terminal ui.threads uvicorn.loops.auto uvicorn.protocols.http.auto
uvicorn.protocols.websockets.auto wordllama"""
_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(_NEEDED.split())
_lock = threading.Lock()  # a start, too, asks which processes have ended, and an end can be read only once


class Forked:
    """A process that is the command line, or whatever `run` is, with what tests need of a `subprocess.Popen`."""

    def __init__(
        self, folder: Path, *words: str, run: Callable[[], None] = main, settings: Mapping[str, str] | None = None
    ) -> None:
        out, into = _context.Pipe(duplex=False)
        self._complaints = tempfile.NamedTemporaryFile("r", encoding="utf-8")  # noqa: SIM115
        surroundings = folder, {**os.environ, **(settings or {})}, into, self._complaints.name
        self._process = _context.Process(target=_be, args=(run, words, *surroundings), daemon=True)
        with _lock:
            self._process.start()
        into.close()
        self.stdout = os.fdopen(os.dup(out.fileno()), encoding="utf-8")
        self.pid = self._process.pid or 0

    def poll(self) -> int | None:
        """The exit code, or minus the signal; None before the end."""
        with _lock:
            return self._process.exitcode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):  # it ends just now
                os.kill(self.pid, number)

    def communicate(self, timeout: float = 240) -> tuple[str, str]:
        """What it printed that was not read yet, on standard output and on standard error, when it has ended.

        One that has not ended after so many seconds is killed, and the test fails.
        """
        late = threading.Event()
        clock = threading.Timer(timeout, lambda: (late.set(), self.send_signal(signal.SIGKILL)))
        clock.start()
        with self.stdout, self._complaints:
            out = self.stdout.read()
            wait([self._process.sentinel])
            clock.cancel()
            assert not late.is_set(), f"it was still running after {timeout} seconds"
            return out, self._complaints.read()


def _be(
    run: Callable[[], None],
    words: tuple[str, ...],
    folder: Path,
    environment: Mapping[str, str],
    out: Connection,
    complaints: str,
) -> None:
    os.dup2(out.fileno(), 1)
    os.dup2(os.open(complaints, os.O_WRONLY), 2)
    out.close()
    sys.stdout, sys.stderr = (os.fdopen(number, "w", closefd=False) for number in (1, 2))
    logging.root.handlers.clear()  # as in a process of its own: wordllama set it up when it was imported
    logging.root.setLevel(logging.WARNING)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.argv = ["briefings", *words]
    run()


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
