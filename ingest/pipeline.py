"""The path of a briefing: path → read → paragraphs → passages → embed → library → mirrors."""

import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import replace
from pathlib import Path

import numpy as np

from ingest.intake import Intake, Prepared, Read
from ingest.passages import embedded_text
from ingest.readers import bytes_read_here
from ingest.results import FileResult as FileResult
from ingest.results import failed
from ingest.sandbox import Sandbox
from ingest.walk import Places, find_files, is_gone, path_of, seen_at
from ingest.web import Address, is_address
from rag.build import App
from rag.embedders import Embedder
from rag.errors import ConflictError, NotFoundError, UnreadableError
from rag.library import Library
from rag.storage.database import Vectors

__all__ = ["FileResult", "embed_anew", "find_files", "ingest", "prune"]

_READERS = 2  # files that are read at once
_AHEAD = 32  # files that are read ahead of what is written,
_AHEAD_BYTES = 50_000_000  # and how large they may be together
_SMALL = 16_000  # bytes of a file that is not read ahead, when no other process is needed for it
_QUICK = 0.003  # and the mean of seconds that such a file took: on a slow disk they are read ahead, too
_SHARE = 0.05  # of the newest in that mean
_PASSAGES = 512  # that are embedded at once; so many, or one briefing's, are written at once
_LONGEST = 0.25  # seconds that a briefing waits for others to be written with

# They refuse one file. What else fails is the library or the embedder: no other file would fare better.
_REFUSALS = (UnreadableError, NotFoundError, ConflictError)


def ingest(app: App, files: Sequence[Path | Address]) -> Iterator[FileResult]:
    """Bring files and URLs into the library, and yield what became of each, in order, once that is safely kept.

    Unchanged files are skipped, changed ones replace their briefing, and one bad file never stops the rest. Files
    are read ahead; several briefings are embedded and written together, each of them wholly or not at all.
    The mirrors are not touched: call `app.mirrors.catch_up()` afterwards.
    """
    pool = ThreadPoolExecutor(_READERS, "read")
    sandbox = Sandbox()
    try:
        yield from _Run(app, pool, sandbox).over(files)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        sandbox.close()


def prune(app: App, folders: Sequence[Path]) -> list[FileResult]:
    """Remove the briefings whose file below one of these folders is gone, be it with the whole folder; what was
    removed."""
    given = [folder.expanduser().absolute() for folder in folders]
    roots = [folder.resolve() for folder in given if folder.is_dir() or is_gone(folder)]
    gone = [
        (briefing_id, path)
        for briefing_id, uri in sorted(app.library.uris().items())
        if (path := path_of(uri)) is not None
        and any(root == path or root in path.parents for root in roots)
        and is_gone(path)
    ]
    if gone:
        app.library.remove([briefing_id for briefing_id, _ in gone])
    return [FileResult(str(path), "removed", briefing_id) for briefing_id, path in gone]


_Step = Read | FileResult | Future[Read | FileResult]


class _Run:
    """One run over some files."""

    def __init__(self, app: App, pool: ThreadPoolExecutor, sandbox: Sandbox) -> None:
        self._app = app
        self._pool = pool
        self._intake = Intake(app.library, sandbox, private=app.settings.allow_private_urls)
        self._group: list[FileResult | Prepared] = []  # what waits to be written, and results that stand behind it
        self._passages = 0
        self._since = 0.0
        self._seconds = 0.0  # that a small file takes, about

    def over(self, files: Sequence[Path | Address]) -> Iterator[FileResult]:
        """What became of each of these files, in order."""
        for step in self._ahead(files):
            if isinstance(step, Future):
                if self._passages and not wait([step], self._patience()).done:
                    yield from self._written()  # a slow file: what is ready does not wait for it
                step = step.result()
            for outcome in self._outcomes_of(step):
                self._add(outcome)
            if self._passages == 0 or self._passages >= _PASSAGES or self._patience() <= 0:
                yield from self._written()
        yield from self._written()
        self._intake.note_unchanged()

    def _ahead(self, files: Sequence[Path | Address]) -> Iterator[_Step]:
        """For each file its result, when it plainly has not changed, or what was read of it at once; else its
        reading, begun some files ahead."""
        line: deque[tuple[_Step, int]] = deque()
        held = 0
        for step, size in self._begun(files):
            line.append((step, size))
            held += size
            while line and (len(line) >= _AHEAD or held > _AHEAD_BYTES or not isinstance(line[0][0], Future)):
                first, size_of_first = line.popleft()
                held -= size_of_first
                yield first
        yield from (step for step, _ in line)

    def _begun(self, files: Sequence[Path | Address]) -> Iterator[tuple[_Step, int]]:
        places = Places()
        for path in files:
            if isinstance(path, Address):
                yield self._pool.submit(self._read, path), 0
                continue
            try:
                real = places.of(path)
                state = seen_at(real)
                unchanged = self._intake.unchanged(real, state)
            except UnreadableError as error:
                yield failed(path, error), 0
                continue
            if unchanged:
                yield unchanged, 0
            else:
                size = int(state.partition(":")[0]) if state else 0
                now = self._seconds <= _QUICK and size <= min(_SMALL, bytes_read_here(path))
                yield self._read_now(path) if now else self._pool.submit(self._read, path), size

    def _read_now(self, path: Path) -> Read | FileResult:
        """Read a file at once: handing it to a thread, which shares Python's lock, takes longer than reading it."""
        began = time.monotonic()
        found = self._read(path)
        self._seconds += _SHARE * (time.monotonic() - began - self._seconds)
        return found

    def _read(self, path: Path | Address) -> Read | FileResult:
        try:
            return self._intake.read(path)
        except _REFUSALS as error:
            return failed(path, error)

    def _outcomes_of(self, got: Read | FileResult) -> list[FileResult | Prepared]:
        if isinstance(got, FileResult):
            return [got]
        try:
            return list(self._intake.prepare(got))
        except _REFUSALS as error:
            return [failed(got.contents.shown, error)]

    def _add(self, found: FileResult | Prepared) -> None:
        if isinstance(found, Prepared):
            if not self._passages:
                self._since = time.monotonic()
            self._passages += max(1, len(found.entry.passages))
        self._group.append(found)

    def _patience(self) -> float:
        return max(0.0, self._since + _LONGEST - time.monotonic())

    def _written(self) -> Iterator[FileResult]:
        """Write what waits, and yield its results; what another process was quicker with is looked at again."""
        group, self._group, self._passages = self._group, [], 0
        refused = self._write([item for item in group if isinstance(item, Prepared)])
        if refused:
            self._intake.look_again()
        for item in group:
            if isinstance(item, Prepared):
                again = item.entry.briefing.briefing_id in refused
                yield self._again(item.source, item.shown) if again else item.result
            elif item.outcome == "duplicate" and item.briefing_id in refused:
                yield self._again(_source_of(item.path), item.path)
            else:
                yield item

    def _again(self, source: Path | Address, shown: str) -> FileResult:
        """Read a file anew; what became of it, or of the part of it that is `shown` so."""
        outcomes = self._outcomes_of(self._read(source))
        prepared = [found for found in outcomes if isinstance(found, Prepared)]
        refused = self._write(prepared)
        results = [found.result if isinstance(found, Prepared) else found for found in outcomes]
        mine = next((i for i, result in enumerate(results) if result.path == shown), len(results) - 1)
        found = outcomes[mine]
        if isinstance(found, Prepared) and found.entry.briefing.briefing_id in refused:
            return failed(shown, refused[found.entry.briefing.briefing_id])
        return results[mine]

    def _write(self, items: Sequence[Prepared]) -> dict[str, ConflictError]:
        """Embed and write briefings; those that the library refused, by id."""
        if not items:
            return {}
        entries = [item.entry for item in items]
        texts = [embedded_text(e.briefing, p) for e in entries for p in e.passages]
        embedder = self._app.embedder
        rows = [embedder.embed(texts[i : i + _PASSAGES]) for i in range(0, len(texts), _PASSAGES)]
        vectors = np.concatenate(rows) if rows else embedder.embed([])
        at, whole = 0, []
        for entry in entries:
            whole.append(replace(entry, vectors=vectors[at : at + len(entry.passages)]))
            at += len(entry.passages)
        written = self._app.library.put_all(whole, embedder.fingerprint)
        conflicts = zip(entries, written.conflicts, strict=True)
        return {e.briefing.briefing_id: conflict for e, conflict in conflicts if conflict}


def _source_of(shown: str) -> Path | Address:
    """What to read again for a result: the URL, the file, or the file that it is a part of."""
    if is_address(shown):
        return Address(shown)
    path = Path(shown)
    return path if not is_gone(path) else Path(shown.rpartition("#")[0] or shown)


def embed_anew(library: Library, embedder: Embedder) -> None:
    """Replace all vectors of the library by this embedder's, in one transaction; texts stay as they are."""

    def batches() -> Iterator[tuple[list[str], Vectors]]:
        for summary in library.summaries():
            briefing = library.briefing(summary.briefing_id)
            hits, _ = library.passages([summary.briefing_id])
            texts = [embedded_text(briefing, hit.passage) for hit in hits]
            yield [hit.passage.passage_id for hit in hits], embedder.embed(texts)

    library.replace_vectors(batches(), embedder.fingerprint)
