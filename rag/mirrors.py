"""The two mirrors of the library: kept up to date, probed after an unclean end, built anew when broken.

An embedded Chroma store belongs to one process at a time. A process that finds it taken scans the library's
vectors itself, exactly; the owner catches up with whatever the others write. The lexical index may be read
by all, and is written by whoever finds it behind, under a lock that is held only while writing.
"""

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal, TypeVar

from rag.briefings import Scope
from rag.errors import BriefingsError, LibraryError, reason_of
from rag.keeping.copying import MirrorState as MirrorState
from rag.keeping.copying import Progress as Progress
from rag.keeping.copying import raise_if_quitting
from rag.keeping.lexicon_keeper import LexiconKeeper
from rag.keeping.store_keeper import StoreKeeper
from rag.lexicon import LexiconReader
from rag.library import Library
from rag.storage.database import Vectors
from rag.storage.scan import Scan

_log = logging.getLogger(__name__)
_TURN = 0.001  # seconds in which a waiting question begins
Which = Literal["words", "vectors"]
_Found = TypeVar("_Found")
_SCANNED = 100_000  # passages whose vectors are read into memory for an exact search: 100 MB for the default
_FEW = 200  # briefings whose vectors are read for one question
_WIDE = 1_000  # passages
_BACKLOG = 500  # briefings; a question does not wait for a mirror that is further behind


class Mirrors:
    """Both mirrors of one library. Safe to share between threads."""

    def __init__(self, home: Path, library: Library, embedder: str, chroma_url: str | None = None) -> None:
        self._library = library
        self._mutex = threading.RLock()
        self._lexicon = LexiconKeeper(home, library)
        self._store = StoreKeeper(home, library, embedder, chroma_url)
        self._scan: Scan | None = None
        self._catching_up = 0  # threads that are doing so

    # -- searching ---------------------------------------------------------------------------------------

    def of_words(
        self, read: Callable[[LexiconReader], _Found], otherwise: _Found, *, as_it_is: bool = False
    ) -> _Found:
        """What is read from the lexical mirror, which is built anew when it is broken; `otherwise` when it cannot
        be built. `as_it_is` does not look whether the library has changed since the last time."""
        with self._mutex:
            try:
                behind = as_it_is or self._catching_up
                words = self._lexicon.as_it_is() if behind else self._lexicon.current(_BACKLOG)
                return read(words.reader())
            except BaseException as error:  # files gone or broken; a panic of tantivy is no Exception
                raise_if_quitting(error)
                broken = reason_of(error)
            try:
                self._lexicon.drop()
                found = read(self._lexicon.current().reader())
                _log.warning("the lexical index was broken (%s) and was built anew", broken)
                return found
            except Exception as error:
                _log.warning("the lexical index cannot be built (%s); vectors alone are searched", reason_of(error))
                return otherwise

    def dense(self, vector: Vectors, k: int, scope: Scope | None = None) -> list[tuple[str, float]]:
        """The ids of the k passages nearest to a vector of unit length, with cosine similarities, best first.

        Within a few briefings the search is exact; within many of a large library only passages that are among the
        _WIDE nearest of all are found, and none while another process has the large library's store open. Raises
        NotFoundError for an unknown briefing in `scope`.
        """
        with self._mutex:
            scope = scope or Scope()
            if not scope:  # Chroma is slow when it must filter
                if found := self._nearest(vector, k):
                    return found
            elif not (scope.sources and self._is_large()):  # which would have to be looked for one by one
                few = self._library.within(scope, _FEW + 1)
                if len(few) <= _FEW:
                    return Scan(0, *self._library.vectors(few)).query(vector, k, None)
            if self._is_large():
                nearest = self._nearest(vector, _WIDE) if scope else []
                admitted = self._library.passages_within([i for i, _ in nearest], scope)
                return [(i, cosine) for i, cosine in nearest if i in admitted][:k]
            revision = self._library.revision()
            if self._scan is None or self._scan.revision != revision:
                self._scan = Scan(revision, *self._library.vectors())
            return self._scan.query(vector, k, self._library.within(scope) if scope else None)

    def _nearest(self, vector: Vectors, k: int) -> list[tuple[str, float]]:
        """What the store finds; nothing when it is another process's, behind, catching up, or broken."""
        if self._catching_up:
            return []
        try:
            store = self._store.current(_BACKLOG)
            return store.query(vector, k) if store else []
        except Exception as error:
            self._store.let_go()
            _log.warning("the vector store failed (%s); the library is searched instead", reason_of(error))
            return []

    def _is_large(self) -> bool:
        """True when there are too many passages to read all their vectors into memory."""
        return self.of_words(lambda words: words.count, 0) > _SCANNED

    # -- keeping up --------------------------------------------------------------------------------------

    def catch_up(self, progress: Progress | None = None, only: Which | None = None) -> None:
        """Bring both mirrors, or `only` one, to the library's revision, however far behind they are.

        A store that another process has open is left to that process. `progress(done, total)` counts
        briefings copied. Questions are answered meanwhile: between two batches they have their turn. Raises
        LibraryError when a mirror cannot be written; the library is not touched.
        """

        def step(done: int, total: int) -> None:
            if progress:
                progress(done, total)
            self._mutex.release()
            time.sleep(_TURN)
            self._mutex.acquire()

        with self._mutex:
            self._catching_up += 1
            try:
                try:
                    self._follow(step, only)
                except BriefingsError:
                    raise
                except Exception as error:  # files that vanished or broke while they were open: build them anew
                    self._drop(only)
                    self._follow(step, only)
                    _log.warning("a search index was broken (%s) and was built anew", reason_of(error))
            except BriefingsError:
                raise
            except Exception as error:
                raise LibraryError(
                    f"The search indexes could not be brought up to date: {reason_of(error)}.",
                    "The library itself is complete; check the disk, then run `briefings doctor`.",
                ) from error
            finally:
                self._catching_up -= 1

    def are_current(self) -> bool:
        """True when both say that nothing is missing; neither is opened for this, so it costs little."""
        with self._mutex:
            return self._lexicon.is_current() and self._store.is_current()

    def has_store_open(self) -> bool:
        """True when this process itself keeps the vector store, or a server does."""
        with self._mutex:
            return self._store.is_open()

    def _follow(self, progress: Progress | None, only: Which | None) -> None:
        if only != "vectors":
            self._lexicon.current(progress=progress)
        if only != "words":
            self._store.current(progress=progress)

    def _drop(self, only: Which | None) -> None:
        if only != "vectors":
            self._lexicon.drop()
        if only != "words" and self._store.owns():
            self._store.drop()

    def rebuild(self) -> None:
        """Drop both mirrors and build them from the library. Raises BriefingsError when another process
        has the vector store open, and LibraryError when the home can only be read."""
        with self._mutex:
            self._store.check_writable()
            if not self._store.owns():
                raise BriefingsError(
                    "Another process has the vector store open.", "Close the chat window and run this again."
                )
            self._drop(None)
            self.catch_up()

    def states(self) -> list[MirrorState]:
        """How the mirrors are, for `doctor`."""
        with self._mutex:
            wanted = self._library.passage_ids()
            return [self._lexicon.state(wanted), self._store.state(wanted)]

    def close(self) -> None:
        """Let go of the stores and their locks."""
        with self._mutex:
            self._lexicon.close()
            self._store.close()
