"""Folders that live: what changes in them is brought into the library as it happens."""

import os
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import watchfiles

from ingest.pipeline import ingest
from ingest.readers import READERS
from ingest.results import FileResult
from ingest.walk import find_files, is_gone, is_wanted
from rag.build import App
from rag.errors import BriefingsError, NotFoundError, UsageError

_TICK = 250  # milliseconds between looks at what is settling
_SETTLED = 0.8  # seconds for which a file must have kept its size and time before it is read
_RETRY = (2.0, 60.0)  # seconds until the first repetition after a failure, and the longest pause, doubling


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that went wrong without ending the watch."""

    reason: str
    remedy: str


@dataclass(slots=True)
class _Settling:
    """A file that changed: how it looked when it was last looked at, and since when it has looked so."""

    look: tuple[int, int] | None
    since: float


class Watch:
    """Watches folders until `stop` is set. Make it before the folders are first ingested: then it misses nothing.

    A file that is gone is removed from the library; while a whole folder is gone, nothing of it is.
    """

    def __init__(self, app: App, folders: Sequence[Path], stop: threading.Event) -> None:
        """Raises UsageError for anything but a folder."""
        self._app = app
        self._stop = stop
        self._roots = [folder.expanduser().absolute() for folder in folders]
        for root in self._roots:
            if not root.is_dir():
                raise UsageError(f"{root} is not a folder.", "Give --watch one or more folders.")
        self._files: dict[Path, tuple[int, int] | None] = {}
        self._files = self._now()
        self._settling: dict[Path, _Settling] = {}
        self._not_before = 0.0
        self._pause = _RETRY[0]

    def events(self) -> Iterator[FileResult | Trouble]:
        """What became of each file that changed, and what went wrong."""
        while not self._stop.is_set():
            present = {root: _identity(root) for root in self._roots}
            there = [root for root, identity in present.items() if identity]
            for root in self._roots:
                if root not in there:
                    yield Trouble(
                        f"{root} is gone.", "Its briefings are kept; it is watched again when it is back."
                    )
            while not there and not self._stop.wait(_TICK / 1000):
                there = [root for root in self._roots if _identity(root)]
                present = {root: _identity(root) for root in self._roots}
            try:
                yield from self._while_unmoved(there, present)
            except (OSError, RuntimeError) as error:  # the system's watches are used up, or a folder vanished
                words = str(error).splitlines()[0]
                yield Trouble(f"The folders cannot be watched: {words}.", "They are tried again in a moment.")
                self._stop.wait(_RETRY[0])

    def _while_unmoved(
        self, there: Sequence[Path], present: dict[Path, tuple[int, int] | None]
    ) -> Iterator[FileResult | Trouble]:
        """Watch these folders until one of all comes or goes."""
        first = True
        for changes in watchfiles.watch(
            *there,
            watch_filter=None,
            debounce=_TICK,
            rust_timeout=_TICK,
            yield_on_timeout=True,
            stop_event=self._stop,
            raise_interrupt=False,
            ignore_permission_denied=True,
        ):
            if {root: _identity(root) for root in self._roots} != present:
                return
            if first or self._note({Path(path) for _, path in changes}):
                self._look_everywhere()
            first = False
            yield from self._take_in()

    def _note(self, paths: set[Path]) -> bool:
        """Let changed files settle; True when more has changed than can be told from these paths."""
        unclear = False
        for path in paths:
            if path.suffix.lower() not in READERS or path.is_dir():
                unclear = True  # a folder, or the rules of what to leave out
            elif any(is_wanted(root, path) for root in self._roots) or path in self._files:
                self._let_settle(path)
        return unclear

    def _let_settle(self, path: Path) -> None:
        self._settling[path] = _Settling(_look(path), time.monotonic())

    def _look_everywhere(self) -> None:
        """Let everything settle that is not as it was; unchanged files among it cost little."""
        now = self._now()
        for path in now.keys() | self._files.keys():
            if now.get(path) != self._files.get(path) and path not in self._settling:
                self._let_settle(path)
        self._files = now

    def _now(self) -> dict[Path, tuple[int, int] | None]:
        """The files as they look now; those of a folder that is gone as they looked."""
        there = [root for root in self._roots if _identity(root)]
        now = {path: _look(path) for path in find_files(there, may_be_empty=True).files}
        return now | {path: look for path, look in self._files.items() if not self._has_root(path)}

    def _has_root(self, path: Path) -> bool:
        return any(root in path.parents and _identity(root) for root in self._roots)

    def _take_in(self) -> Iterator[FileResult | Trouble]:
        """Take in what has settled; when the library or the embedder fails, later again."""
        now = time.monotonic()
        ready = []
        for path, settling in list(self._settling.items()):
            if not self._has_root(path):
                del self._settling[path]
                continue
            look = _look(path)
            if look != settling.look:
                settling.look, settling.since = look, now
            elif now - settling.since >= _SETTLED:
                ready.append(path)
        if not ready or now < self._not_before:
            return
        try:
            gone = [path for path in ready if is_gone(path)]
            for result in ingest(self._app, [path for path in ready if path not in gone]):
                if result.outcome != "unchanged":
                    yield result
                if self._stop.is_set():
                    break
            if not self._stop.is_set():
                yield from self._remove(gone)
            self._app.mirrors.catch_up()
            self._app.mirrors.close()  # a chat window may want the vector store
        except BriefingsError as error:
            self._not_before = time.monotonic() + self._pause
            yield Trouble(error.reason, f"{error.remedy} It is tried again in {self._pause:.0f} s.".strip())
            self._pause = min(2 * self._pause, _RETRY[1])
            return
        self._pause = _RETRY[0]
        for path in ready:
            self._files[path] = _look(path)
            if is_gone(path):
                del self._files[path]
            if self._files.get(path) == self._settling[path].look:
                del self._settling[path]

    def _remove(self, gone: Sequence[Path]) -> Iterator[FileResult]:
        for path in gone:
            real = path.parent.resolve() / path.name
            uri = real.as_uri()
            found = [
                i for i, other in self._app.library.uris().items() if other == uri or other.startswith(f"{uri}#")
            ]
            for briefing_id in found:
                try:
                    self._app.library.remove([briefing_id])
                except NotFoundError:  # another process was quicker
                    continue
                yield FileResult(str(real), "removed", briefing_id)


def _look(path: Path) -> tuple[int, int] | None:
    """Size and time of a file, or None when there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def _identity(folder: Path) -> tuple[int, int] | None:
    """What tells a folder from another in its place; None when there is none."""
    try:
        status = os.stat(folder)  # noqa: PTH116
    except OSError:
        return None
    return status.st_dev, status.st_ino
