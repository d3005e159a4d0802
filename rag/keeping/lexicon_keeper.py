"""Keeping the lexical mirror: opened by all, written by whoever finds it behind, built anew when broken.

tantivy writes a lock file even to read. In a home that cannot be written, a temporary folder takes its place: it
begins with links to the index's files, which never change, and may go its own way from there.
"""

import contextlib
import logging
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from rag.errors import reason_of
from rag.keeping.copying import Copying, MirrorState, Progress, too_long
from rag.lexicon import FORMAT, Lexicon
from rag.library import Library
from rag.storage.permissions import may_write

_log = logging.getLogger(__name__)
_PATIENCE = 5.0  # seconds to wait for another process that is writing,
_GLANCE = 0.3  # and for a question to do so


class LexiconKeeper:
    """The lexical mirror of one library in a home folder. One thread at a time may use it."""

    def __init__(self, home: Path, library: Library) -> None:
        self._home = home
        self._lock = FileLock(home / "lexicon.lock", thread_local=False)
        self._writable = may_write(home, home / "lexicon", home / "lexicon.lock")
        self._aside: tempfile.TemporaryDirectory[str] | None = None  # in place of a home that cannot be written
        self._copying = Copying(library, FORMAT)
        self._lexicon: Lexicon | None = None

    def current(self, backlog: int | None = None, progress: Progress | None = None) -> Lexicon:
        """The lexical mirror at the library's revision, or behind it while another process is writing it
        or when the backlog is longer than a question should wait for."""
        if self._lexicon is None and self._is_outdated():  # without it questions would find little
            backlog = None
            with contextlib.suppress(Timeout), self._locked(_PATIENCE):
                if self._is_outdated():
                    self.drop()
        self._lexicon = self.as_it_is()
        stamp = self._lexicon.stamp()
        if stamp is not None and self._copying.is_current(stamp):
            return self._lexicon
        if stamp is None or self._copying.is_ours(stamp):
            missed = self._copying.missed(stamp)
            if missed is None or too_long(missed, backlog):
                return self._lexicon
        patience = _PATIENCE if backlog is None else _GLANCE
        with contextlib.suppress(Timeout), self._locked(patience):
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
                _log.warning("the lexical index could not be opened (%s) and is built anew", reason_of(error))
        return self._lexicon

    def _is_outdated(self) -> bool:
        """True for an index that another version of the program made."""
        stamp = Lexicon.stamp_at(self._path)
        return stamp is not None and stamp.recipe != FORMAT

    def is_current(self) -> bool:
        """True when the index says that it stands at the library's revision; it is not opened for this."""
        stamp = Lexicon.stamp_at(self._path)
        return stamp is not None and self._copying.is_current(stamp)

    def drop(self) -> None:
        """Remove the index; the next use builds it anew."""
        self._lexicon = None
        with self._locked(60):
            shutil.rmtree(self._path, ignore_errors=True)

    def state(self, wanted: set[str]) -> MirrorState:
        """How the index is, where these passages should be in it."""
        name = "lexical index (tantivy)"
        try:
            count = Lexicon(self._path).count()
        except Exception as error:
            return MirrorState(name, "cannot be opened", reason_of(error))
        problem = None if count == len(wanted) else f"holds {count} of {len(wanted)} passages"
        return MirrorState(name, f"{count} passages", problem)

    def close(self) -> None:
        """Let go of the index."""
        self._lexicon = None
        if self._aside:
            self._aside.cleanup()
            # A thread of tantivy's may have made its lock file there meanwhile.
            shutil.rmtree(self._aside.name, ignore_errors=True)
            self._aside = None

    @property
    def _path(self) -> Path:
        if self._writable:
            return self._home / "lexicon"
        if self._aside is None:
            self._aside = tempfile.TemporaryDirectory(prefix="briefings-", ignore_cleanup_errors=True)
            _link(self._home / "lexicon", Path(self._aside.name, "lexicon"))
        return Path(self._aside.name, "lexicon")

    @contextlib.contextmanager
    def _locked(self, patience: float) -> Iterator[None]:
        """Hold the lock of the folder; a temporary one is nobody else's."""
        if not self._writable:
            yield
            return
        with self._lock.acquire(timeout=patience):
            yield


def _link(index: Path, folder: Path) -> None:
    """Make a folder that has the files of an index by links, and as its own those that are written anew."""
    folder.mkdir()
    with contextlib.suppress(OSError):  # what is missing or unreadable is built from the library
        for file in index.iterdir():
            if file.suffix == ".json":
                shutil.copyfile(file, folder / file.name)
            elif file.suffix != ".lock":
                (folder / file.name).symlink_to(file.absolute())
