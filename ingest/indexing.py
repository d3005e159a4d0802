"""Bringing the search indexes up to date while files are still being read."""

import contextlib
import os
import sys
import threading
from collections.abc import Callable
from types import TracebackType

from ingest.results import FileResult
from rag.build import App
from rag.keeping.follower import Follower

_MANY = 300  # briefings; for fewer, a second process would not be worth its start
_WORDS = 2_000  # briefings after which the lexical index, which is quickly written, takes them in
_NICE = 3  # of the thread that ingests, from then on: only root may take that back


class Indexing:
    """The indexes behind an ingest. Give it every result, then `finish`; leaving the block ends what it began."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._written = 0
        self._follower: Follower | None = None

    def __enter__(self) -> "Indexing":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._follower:
            self._follower.stop()
            self._follower = None

    def note(self, result: FileResult) -> None:
        """Count a result; from many briefings on, the indexes follow at once."""
        if result.outcome not in ("added", "replaced", "moved"):
            return
        self._written += 1
        if self._written == _MANY and not self._app.mirrors.has_store_open():
            self._follower = Follower(self._app.settings, self._app.fingerprint)
            _give_way()
        if self._follower and self._written % _WORDS == 0:
            self._app.mirrors.catch_up(only="words")

    def finish(self, progress: Callable[[int, int], None] | None = None) -> None:
        """Bring both indexes to the library's present revision. Raises LibraryError when that cannot be done."""
        if self._follower:
            self._app.mirrors.catch_up(progress, only="words")
            follower, self._follower = self._follower, None
            if follower.finish(progress):
                return
        elif self._app.mirrors.are_current():
            return
        self._app.mirrors.catch_up(progress)


def _give_way() -> None:
    """Let the process that writes vectors, which takes longest, have the cores first, so that both end together."""
    if sys.platform == "linux":  # elsewhere a thread has no priority of its own
        thread = threading.get_native_id()
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, thread, max(_NICE, os.getpriority(os.PRIO_PROCESS, thread)))
