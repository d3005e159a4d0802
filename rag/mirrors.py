"""The two mirrors of the library: kept up to date, probed after an unclean end, built anew when broken.

An embedded Chroma store belongs to one process at a time. A process that finds it taken scans the library's
vectors itself, exactly; the owner catches up with whatever the others write. The lexical index may be read
by all, and is written by whoever finds it behind, under a lock that is held only while writing.
"""

import contextlib
import logging
import shutil
import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Protocol

import numpy as np
from filelock import FileLock, Timeout

from rag.briefings import Hit
from rag.database import Vectors
from rag.errors import BriefingsError, LibraryError
from rag.lexicon import FORMAT, Lexicon
from rag.library import Changes, Library
from rag.stamps import Stamp
from rag.vectors import VectorMirror

_log = logging.getLogger(__name__)
_BATCH = 200  # briefings that are copied into a mirror at once
_BACKLOG = 500  # briefings; a question does not wait for a mirror that is further behind
_PATIENCE = 5.0  # seconds to wait for another process that is writing the lexical index

Progress = Callable[[int, int], None]


class Mirror(Protocol):
    """What both mirrors can do."""

    def stamp(self) -> Stamp | None:
        """The state that the mirror stands at."""
        ...

    def update(self, forget: Sequence[str], hits: Sequence[Hit], vectors: Vectors, stamp: Stamp) -> None:
        """Remove the passages of some briefings, add others, record the state reached."""
        ...


@dataclass(frozen=True, slots=True)
class MirrorState:
    """What `doctor` reports of a mirror; `problem` is None when it is in order."""

    name: str
    detail: str
    problem: str | None = None


class Mirrors:
    """Both mirrors of one library. Safe to share between threads."""

    def __init__(self, home: Path, library: Library, embedder: str, chroma_url: str | None = None) -> None:
        self._library = library
        self._library_id = library.library_id()
        self._embedder = embedder
        self._mutex = threading.RLock()
        self._lexicon_path = home / "lexicon"
        self._lexicon_lock = FileLock(home / "lexicon.lock", thread_local=False)
        self._lexicon: Lexicon | None = None
        self._chroma_url = chroma_url
        self._store_path = home / "chroma"
        self._store_lock = FileLock(home / "chroma.lock", thread_local=False)
        self._open_mark = home / "chroma.open"  # stands while a process has the store open
        self._store: VectorMirror | None = None
        self._store_suspect = False
        self._scan: _Scan | None = None

    # -- searching ---------------------------------------------------------------------------------------

    def lexical(self, question: str, k: int, within: Collection[str] | None) -> list[tuple[str, float]]:
        """The ids of the k best passages for the words of the question, with BM25 scores, best first."""
        with self._mutex:
            try:
                return self._current_lexicon(_BACKLOG).query(question, k, within)
            except BaseException as error:  # files gone or broken; a panic of tantivy is no Exception
                _raise_if_quitting(error)
                _log.warning("the lexical index is broken (%s) and is built anew", _first_line(error))
            try:
                self._drop_lexicon()
                return self._current_lexicon().query(question, k, within)
            except Exception as error:
                _log.warning(
                    "the lexical index cannot be built (%s); vectors alone are searched", _first_line(error)
                )
                return []

    def dense(self, vector: Vectors, k: int, within: Collection[str] | None) -> list[tuple[str, float]]:
        """The ids of the k passages nearest to a vector of unit length, with cosine similarities, best first."""
        with self._mutex:
            if within is None:  # Chroma is slow when it must filter
                try:
                    store = self._current_store(_BACKLOG)
                    found = store.query(vector, k) if store else []
                except Exception as error:
                    _log.warning("the vector store failed (%s); the library is searched instead", error)
                    found = []
                if found:
                    return found
            revision = self._library.revision()
            if self._scan is None or self._scan.revision != revision:
                self._scan = _Scan(revision, *self._library.vectors())
            return self._scan.query(vector, k, within)

    # -- keeping up --------------------------------------------------------------------------------------

    def catch_up(self, progress: Progress | None = None) -> None:
        """Bring both mirrors to the library's revision, however far behind they are.

        A store that another process has open is left to that process. `progress(done, total)` counts
        briefings copied. Raises LibraryError when a mirror cannot be written; the library is not touched.
        """
        with self._mutex:
            try:
                try:
                    self._current_lexicon(progress=progress)
                    self._current_store(progress=progress)
                except BriefingsError:
                    raise
                except Exception as error:  # files that vanished or broke while they were open: build them anew
                    _log.warning("a search index is broken (%s) and is built anew", _first_line(error))
                    self._drop_lexicon()
                    if self._owns_store():
                        self._drop_store()
                    self._current_lexicon(progress=progress)
                    self._current_store(progress=progress)
            except BriefingsError:
                raise
            except Exception as error:
                raise LibraryError(
                    f"The search indexes could not be brought up to date: {_first_line(error)}.",
                    "The library itself is complete; check the disk, then run `briefings doctor`.",
                ) from error

    def rebuild(self) -> None:
        """Drop both mirrors and build them from the library. Raises BriefingsError when another process
        has the vector store open."""
        with self._mutex:
            if not self._owns_store():
                raise BriefingsError(
                    "Another process has the vector store open.", "Close the chat window and run this again."
                )
            self._drop_lexicon()
            self._drop_store()
            self.catch_up()

    def states(self) -> list[MirrorState]:
        """How the mirrors are, for `doctor`."""
        with self._mutex:
            wanted = self._library.passage_ids()
            return [self._lexicon_state(wanted), self._store_state(wanted)]

    def close(self) -> None:
        """Let go of the stores and their locks."""
        with self._mutex:
            self._lexicon = None
            if self._store is not None:
                self._store.close()
                self._store = None
                self._open_mark.unlink(missing_ok=True)
            self._store_lock.release(force=True)

    def _missed(self, stamp: Stamp | None) -> Changes | None:
        """What a mirror at this stamp has missed, or None when it is up to date."""
        since = stamp.revision if stamp else -1
        if since == self._library.revision():
            return None
        return self._library.changes(since)

    def _is_ours(self, stamp: Stamp, recipe: str) -> bool:
        same = stamp.library_id == self._library_id and stamp.recipe == recipe
        return same and stamp.revision <= self._library.revision()

    def _copy(self, mirror: Mirror, missed: Changes, recipe: str, progress: Progress | None) -> None:
        """Copy in batches; each is recorded, so that what was cut short goes on where it stopped.

        What is added is forgotten first: a batch may be in the mirror already, without its record.
        """
        forget: Sequence[str] = missed.gone
        batch: list[str] = []
        done, reached = 0, 0
        for revision, group in groupby(missed.present, key=lambda changed: changed.revision):
            batch += [changed.briefing_id for changed in group]
            reached = revision
            if len(batch) >= _BATCH:
                hits, vectors = self._library.passages(batch)
                mirror.update([*forget, *batch], hits, vectors, Stamp(self._library_id, recipe, reached))
                done += len(batch)
                forget, batch = (), []
                if progress:
                    progress(done, len(missed.present))
        hits, vectors = self._library.passages(batch)
        mirror.update([*forget, *batch], hits, vectors, Stamp(self._library_id, recipe, missed.revision))
        if progress:
            progress(len(missed.present), len(missed.present))

    # -- the lexical mirror ------------------------------------------------------------------------------

    def _current_lexicon(self, backlog: int | None = None, progress: Progress | None = None) -> Lexicon:
        """The lexical mirror at the library's revision, or behind it while another process is writing it
        or when the backlog is longer than a question should wait for."""
        if self._lexicon is None:
            try:
                self._lexicon = Lexicon(self._lexicon_path)
            except Exception as error:
                _log.warning("the lexical index cannot be opened (%s) and is built anew", error)
                self._drop_lexicon()
                self._lexicon = Lexicon(self._lexicon_path)
        stamp = self._lexicon.stamp()
        missed = self._missed(stamp)
        ours = stamp is None or self._is_ours(stamp, FORMAT)
        if ours and (missed is None or _too_long(missed, backlog)):
            return self._lexicon
        with contextlib.suppress(Timeout), self._lexicon_lock.acquire(timeout=_PATIENCE):
            stamp = self._lexicon.stamp()
            if stamp is not None and not self._is_ours(stamp, FORMAT):
                self._drop_lexicon()
                self._lexicon, stamp = Lexicon(self._lexicon_path), None
            missed = self._missed(stamp)  # another process may have caught up meanwhile
            if missed is not None:
                self._copy(self._lexicon, missed, FORMAT, progress)
        return self._lexicon

    def _drop_lexicon(self) -> None:
        self._lexicon = None
        with self._lexicon_lock.acquire(timeout=60):
            shutil.rmtree(self._lexicon_path, ignore_errors=True)

    def _lexicon_state(self, wanted: set[str]) -> MirrorState:
        name = "lexical index (tantivy)"
        try:
            count = Lexicon(self._lexicon_path).count()
        except Exception as error:
            return MirrorState(name, "cannot be opened", _first_line(error))
        problem = None if count == len(wanted) else f"holds {count} of {len(wanted)} passages"
        return MirrorState(name, f"{count} passages", problem)

    # -- the vector mirror -------------------------------------------------------------------------------

    def _current_store(self, backlog: int | None = None, progress: Progress | None = None) -> VectorMirror | None:
        """The vector mirror at the library's revision, or None when it is another process's, when there is
        nothing to keep in it, or when the backlog is longer than a question should wait for."""
        if not self._owns_store() or self._library.embedder() is None:
            return None
        if self._store is None:
            self._store = self._opened_store()
        stamp = self._store.stamp()
        if stamp is not None and not self._is_ours(stamp, self._embedder):
            self._store.clear()
            stamp = None
        missed = self._missed(stamp)
        if missed is not None:
            if _too_long(missed, backlog):
                return None
            self._copy(self._store, missed, self._embedder, progress)
        if self._store_suspect:
            if self._store.ids() != self._library.passage_ids():
                _log.warning("the vector store lost passages in an unclean end and is built anew")
                self._store.clear()
                self._copy(self._store, self._library.changes(-1), self._embedder, progress)
            self._store_suspect = False
        return self._store

    def _owns_store(self) -> bool:
        if self._chroma_url is not None or self._store_lock.is_locked:
            return True
        try:
            self._store_lock.acquire(timeout=0)
        except Timeout:
            return False
        return True

    def _opened_store(self) -> VectorMirror:
        if self._chroma_url is not None:
            return VectorMirror.at_url(self._chroma_url)
        # The mark tells how the last process ended: it is gone after a clean end, says "open" after another,
        # and "probing" when the probe itself took the process down: then the store is not touched again.
        left = self._open_mark.read_text("utf-8") if self._open_mark.exists() else None
        self._store_suspect = left is not None
        self._open_mark.write_text("probing", "utf-8")
        if left == "probing":
            _log.warning("the vector store brought a process down and is built anew")
            shutil.rmtree(self._store_path, ignore_errors=True)
        store = None
        try:
            store = VectorMirror.at_path(self._store_path)
            if not store.probe():
                raise ValueError("a query does not find what is in it")
        except BaseException as error:  # a panic of Chroma's native part is no Exception
            _raise_if_quitting(error)
            _log.warning("the vector store cannot be read (%s) and is built anew", _first_line(error))
            if store is not None:
                store.close()
            shutil.rmtree(self._store_path, ignore_errors=True)
            store = VectorMirror.at_path(self._store_path)
        self._open_mark.write_text("open", "utf-8")
        return store

    def _drop_store(self) -> None:
        if self._chroma_url is not None:
            VectorMirror.at_url(self._chroma_url).clear()
            return
        if self._store is not None:
            self._store.close()
            self._store = None
        shutil.rmtree(self._store_path, ignore_errors=True)

    def _store_state(self, wanted: set[str]) -> MirrorState:
        name = "vector store (Chroma)"
        if not self._owns_store():
            return MirrorState(name, "open in another process, which keeps it up to date")
        if self._library.embedder() is None:
            return MirrorState(name, "empty")
        try:
            if self._store is None:
                self._store = self._opened_store()
            if not self._store.probe():
                return MirrorState(name, "damaged", "a query does not find what is in it")
            held = self._store.ids()
        except Exception as error:
            return MirrorState(name, "cannot be used", _first_line(error))
        problem = None if held == wanted else f"holds {len(held & wanted)} of {len(wanted)} passages"
        return MirrorState(name, f"{len(held)} passages", problem)


class _Scan:
    """Exact search over all vectors of one revision of the library."""

    def __init__(self, revision: int, ids: list[str], briefing_ids: list[str], vectors: Vectors) -> None:
        self.revision = revision
        self._ids = ids
        self._briefing_ids = np.array(briefing_ids, dtype=object)
        self._vectors = vectors

    def query(self, vector: Vectors, k: int, within: Collection[str] | None) -> list[tuple[str, float]]:
        """The ids of the k nearest passages of these briefings, with cosine similarities, best first."""
        if not self._ids:
            return []
        scores = self._vectors @ vector
        if within is not None:
            admitted = set(within)
            scores = np.where([b in admitted for b in self._briefing_ids], scores, -np.inf)
        best = np.argsort(-scores, kind="stable")[:k]
        return [(self._ids[i], float(scores[i])) for i in best if np.isfinite(scores[i])]


def _too_long(missed: Changes, backlog: int | None) -> bool:
    return backlog is not None and len(missed.present) > backlog


def _raise_if_quitting(error: BaseException) -> None:
    if isinstance(error, KeyboardInterrupt | SystemExit):
        raise error


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
