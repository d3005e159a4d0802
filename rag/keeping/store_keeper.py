"""Keeping the vector mirror: one process owns the embedded store at a time, probes it after an unclean end, and
builds it anew when it is broken."""

import contextlib
import logging
import shutil
from pathlib import Path

from filelock import FileLock, Timeout

from rag.errors import LibraryError, reason_of
from rag.keeping.copying import Copying, MirrorState, Progress, raise_if_quitting, too_long
from rag.library import Library
from rag.storage.permissions import may_write
from rag.storage.stamps import Stamp
from rag.vectors import ROWS, VectorMirror

_log = logging.getLogger(__name__)


class StoreKeeper:
    """The vector mirror of one library: in a home folder, or on a Chroma server. One thread at a time
    may use it."""

    def __init__(
        self, home: Path, library: Library, embedder: str, url: str | None = None, rows: int = ROWS
    ) -> None:
        """`rows` are written at once."""
        self._url = url
        self._rows = rows
        self._path = home / "chroma"
        self._writable = may_write(home, self._path, home / "chroma.lock")
        self._lock = FileLock(home / "chroma.lock", thread_local=False)
        self._open_mark = home / "chroma.open"  # stands while a process has the store open
        self._left = self._path / "briefings.stamp"  # the state that the store was left in by a clean end
        self._copying = Copying(library, embedder)
        self._store: VectorMirror | None = None
        self._suspect = False

    def current(self, backlog: int | None = None, progress: Progress | None = None) -> VectorMirror | None:
        """The vector mirror at the library's revision, or None when it is another process's, when there is
        nothing to keep in it, or when the backlog is longer than a question should wait for."""
        if not self.owns():
            return None
        if self._store is None:
            if self._copying.library.embedder() is None:  # as of a library that nothing was written to yet
                return None
            self._store = self._opened()
        stamp = self._store.stamp()
        if stamp is not None and not self._suspect and self._copying.is_current(stamp):
            return self._store
        if self._url is not None and (stamp is None or self._copying.missed(stamp) is not None):
            self._store.refresh()  # another process may have brought it up to date, or emptied it
            stamp = self._store.stamp()
        if stamp is not None and not self._copying.is_ours(stamp):
            self._store.clear()
            stamp = None
        missed = self._copying.missed(stamp)
        if missed is not None:
            if too_long(missed, backlog):
                return None
            self._copying.copy(self._store, missed, progress)
        if self._suspect:
            if self._store.ids() != self._copying.library.passage_ids():
                _log.warning("the vector store lost passages in an unclean end and is built anew")
                self._store.clear()
                self._copying.copy(self._store, self._copying.library.changes(-1), progress)
            self._suspect = False
        return self._store

    def owns(self) -> bool:
        """True when this process may use the store: it is a server's, or this process has taken its lock."""
        if self._url is not None or self._lock.is_locked:
            return True
        if not self._writable:
            return False
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            return False
        return True

    def check_writable(self) -> None:
        """Raise LibraryError when the home, which the store is in, can only be read."""
        if self._url is None and not self._writable:
            raise LibraryError(
                f"The search indexes can only be read: {self._path.parent} or what is in it cannot be written.",
                "Check their permissions and the disk, or choose another folder with --home.",
            )

    def is_open(self) -> bool:
        """True when this process has the store open, or would have to ask a server."""
        return self._store is not None or self._url is not None

    def is_current(self) -> bool:
        """True when the store was left at the library's revision, or is another process's care; it is not opened
        for this."""
        if self._url is not None:
            return False
        if not self.owns() or self._copying.library.embedder() is None:
            return True
        try:
            stamp = self._store.stamp() if self._store else Stamp.read(self._left.read_text("utf-8"))
        except OSError:
            return False
        return stamp is not None and self._copying.is_current(stamp)

    def _opened(self) -> VectorMirror:
        if self._url is not None:
            return VectorMirror.at_url(self._url)
        # The mark tells how the last process ended: it is gone after a clean end, says "open" after another,
        # and "probing" when the probe itself took the process down: then the store is not touched again.
        left = self._open_mark.read_text("utf-8") if self._open_mark.exists() else None
        self._suspect = left is not None
        self._open_mark.write_text("probing", "utf-8")
        self._left.unlink(missing_ok=True)
        if left == "probing":
            _log.warning("the vector store brought a process down and is built anew")
            shutil.rmtree(self._path, ignore_errors=True)
        store = None
        try:
            store = VectorMirror.at_path(self._path, self._rows)
            if not store.probe():
                raise ValueError("a query does not find what is in it")
        except BaseException as error:  # a panic of Chroma's native part is no Exception
            raise_if_quitting(error)
            if store is not None:
                store.close()
            shutil.rmtree(self._path, ignore_errors=True)
            store = VectorMirror.at_path(self._path, self._rows)
            _log.warning("the vector store could not be read (%s) and is built anew", reason_of(error))
        self._open_mark.write_text("open", "utf-8")
        return store

    def let_go(self) -> None:
        """After a failure, look at a server's collection anew when it is next used."""
        if self._url is not None and self._store is not None:
            self._store.close()
            self._store = None

    def drop(self) -> None:
        """Remove everything from the store, which the caller owns; the next use builds it anew."""
        if self._url is not None:
            self._store = self._store or VectorMirror.at_url(self._url)
            self._store.clear()
            return
        if self._store is not None:
            self._store.close()
            self._store = None
        shutil.rmtree(self._path, ignore_errors=True)

    def state(self, wanted: set[str]) -> MirrorState:
        """How the store is, where these passages should be in it."""
        name = "vector store (Chroma)"
        if self._url is None and not self._writable:
            return MirrorState(name, "cannot be written, and is not used: vectors are read from the library")
        if not self.owns():
            return MirrorState(name, "open in another process, which keeps it up to date")
        if self._copying.library.embedder() is None:
            return MirrorState(name, "empty")
        try:
            if self._store is None:
                self._store = self._opened()
            if not self._store.probe():
                return MirrorState(name, "damaged", "a query does not find what is in it")
            held = self._store.ids()
        except Exception as error:
            return MirrorState(name, "cannot be used", reason_of(error))
        problem = None if held == wanted else f"holds {len(held & wanted)} of {len(wanted)} passages"
        return MirrorState(name, f"{len(held)} passages", problem)

    def close(self) -> None:
        """Let go of the store and its lock."""
        if self._store is not None:
            stamp = None if self._suspect else self._stamp_now()
            self._store.close()
            self._store = None
            if self._url is None:
                if stamp is not None:
                    with contextlib.suppress(OSError):
                        self._left.write_text(stamp.write(), "utf-8")
                self._open_mark.unlink(missing_ok=True)
        self._lock.release(force=True)

    def _stamp_now(self) -> Stamp | None:
        try:
            return self._store.stamp() if self._store else None
        except Exception:  # a store that broke while it was open; the next process finds out
            return None
