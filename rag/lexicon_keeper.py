"""Keeping the lexical mirror: opened by all, written by whoever finds it behind, built anew when broken."""

import contextlib
import logging
import shutil
from pathlib import Path

from filelock import FileLock, Timeout

from rag.copying import Copying, MirrorState, Progress, first_line, too_long
from rag.lexicon import FORMAT, Lexicon
from rag.library import Library

_log = logging.getLogger(__name__)
_PATIENCE = 5.0  # seconds to wait for another process that is writing,
_GLANCE = 0.3  # and for a question to do so


class LexiconKeeper:
    """The lexical mirror of one library in a home folder. One thread at a time may use it."""

    def __init__(self, home: Path, library: Library) -> None:
        self._path = home / "lexicon"
        self._lock = FileLock(home / "lexicon.lock", thread_local=False)
        self._copying = Copying(library, FORMAT)
        self._lexicon: Lexicon | None = None

    def current(self, backlog: int | None = None, progress: Progress | None = None) -> Lexicon:
        """The lexical mirror at the library's revision, or behind it while another process is writing it
        or when the backlog is longer than a question should wait for."""
        self._lexicon = self.as_it_is()
        stamp = self._lexicon.stamp()
        if stamp is None or self._copying.is_ours(stamp):
            missed = self._copying.missed(stamp)
            if missed is None or too_long(missed, backlog):
                return self._lexicon
        patience = _PATIENCE if backlog is None else _GLANCE
        with contextlib.suppress(Timeout), self._lock.acquire(timeout=patience):
            stamp = self._lexicon.stamp()
            if stamp is not None and not self._copying.is_ours(stamp):
                self.drop()
                self._lexicon, stamp = Lexicon(self._path), None
            missed = self._copying.missed(stamp)  # another process may have caught up meanwhile
            if missed is not None:
                self._copying.copy(self._lexicon, missed, progress)
        return self._lexicon

    def as_it_is(self) -> Lexicon:
        """The lexical mirror wherever it stands."""
        if self._lexicon is None:
            try:
                self._lexicon = Lexicon(self._path)
            except Exception as error:
                self.drop()
                self._lexicon = Lexicon(self._path)
                _log.warning("the lexical index could not be opened (%s) and is built anew", first_line(error))
        return self._lexicon

    def is_current(self) -> bool:
        """True when the index says that it stands at the library's revision; it is not opened for this."""
        stamp = Lexicon.stamp_at(self._path)
        return stamp is not None and self._copying.is_ours(stamp) and self._copying.missed(stamp) is None

    def drop(self) -> None:
        """Remove the index; the next use builds it anew."""
        self._lexicon = None
        with self._lock.acquire(timeout=60):
            shutil.rmtree(self._path, ignore_errors=True)

    def state(self, wanted: set[str]) -> MirrorState:
        """How the index is, where these passages should be in it."""
        name = "lexical index (tantivy)"
        try:
            count = Lexicon(self._path).count()
        except Exception as error:
            return MirrorState(name, "cannot be opened", first_line(error))
        problem = None if count == len(wanted) else f"holds {count} of {len(wanted)} passages"
        return MirrorState(name, f"{count} passages", problem)

    def close(self) -> None:
        """Let go of the index."""
        self._lexicon = None
