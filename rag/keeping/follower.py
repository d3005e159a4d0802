"""Bringing the vector store up to date in a process of its own, beside one that is writing the library.

Chroma holds Python's lock while it writes, so that nothing else of its process goes on meanwhile: a large ingest
takes half the time when the store is written elsewhere.
"""

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from rag.errors import BriefingsError
from rag.settings import Settings

_SMALL = {"MALLOC_ARENA_MAX": "2"}  # glibc keeps memory for every thread of Chroma's otherwise
_ROWS = 1_000  # that are written at once: more take more memory, fewer more time, and nobody waits in this process
_PAUSE = 0.1  # seconds between looks at the library
_PATIENCE = 60.0  # seconds for a process that was told to stop to end by itself


class Follower:
    """The parent's side: a process that follows the library from its start until `finish` or `stop`."""

    def __init__(self, settings: Settings, fingerprint: str) -> None:
        order = {
            "library": settings.library_url or str(settings.home / "library.sqlite3"),
            "by_url": settings.library_url is not None,
            "home": str(settings.home),
            "fingerprint": fingerprint,
        }
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", "from rag.keeping.follower import main; main()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what it could not do is done again, and told, by the parent
            env={**_SMALL, **os.environ, "PYTHONPATH": os.pathsep.join(str(Path(p).absolute()) for p in sys.path)},
            text=True,
            process_group=0,  # an interrupt from the keyboard is the parent's to handle
        )
        self._say(json.dumps(order))

    def finish(self, progress: Callable[[int, int], None] | None = None) -> bool:
        """Wait until the store is at the library's present revision, and end the process; True when it got there.

        `progress(done, total)` counts briefings copied.
        """
        self._say("finish")
        done = False
        assert self._process.stdout is not None
        for line in self._process.stdout:
            words = line.split()
            done = words == ["done"]
            if progress and len(words) == 2:
                progress(int(words[0]), int(words[1]))
        self.stop()
        return done and self._process.returncode == 0

    def stop(self) -> None:
        """End the process as soon as it has finished what it is writing."""
        with contextlib.suppress(OSError):
            self._process.stdin.close()  # type: ignore[union-attr]
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()  # type: ignore[union-attr]

    def _say(self, words: str) -> None:
        with contextlib.suppress(OSError):  # a process that has ended says so by its exit code
            self._process.stdin.write(words + "\n")  # type: ignore[union-attr]
            self._process.stdin.flush()  # type: ignore[union-attr]


class _Stopped(BaseException):
    """The parent is gone, or wants this process to end: leave what is being copied as it is."""


def main() -> None:
    """Follow the library that the first line on standard input names, until "finish" or its end."""
    order = json.loads(sys.stdin.readline())
    finish, stop = threading.Event(), threading.Event()

    def listen() -> None:
        for line in sys.stdin:
            if line.strip() == "finish":
                finish.set()
        stop.set()
        finish.set()

    threading.Thread(target=listen, daemon=True).start()
    try:
        _follow(order, finish, stop)
    except _Stopped:
        pass
    except BriefingsError:
        sys.exit(1)


def _follow(order: dict[str, str], finish: threading.Event, stop: threading.Event) -> None:
    from rag.keeping.store_keeper import StoreKeeper
    from rag.library import Library

    def progress(done: int, total: int) -> None:
        if stop.is_set():
            raise _Stopped
        if finish.is_set():
            with contextlib.suppress(OSError):
                print(done, total, flush=True)

    library = Library.open(order["library"] if order["by_url"] else Path(order["library"]))
    keeper = StoreKeeper(Path(order["home"]), library, order["fingerprint"], rows=_ROWS)
    try:
        while not stop.is_set():
            last = finish.is_set()
            store = keeper.current(progress=progress)
            if last:
                if store is not None or library.embedder() is None:
                    print("done", flush=True)
                return
            finish.wait(_PAUSE)
    finally:
        keeper.close()
        library.close()
