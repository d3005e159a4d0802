"""The path of a briefing: path → read → paragraphs → passages → embed → library → mirrors."""

import hashlib
import os
import re
import stat
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

from ingest.documents import RECIPE, Document, canonical, date_in, seen, title_of
from ingest.passages import embedded_text, passages_of
from ingest.readers import MAX_BYTES, READERS, read, reader_for
from rag.briefings import Briefing
from rag.build import App
from rag.database import Vectors
from rag.errors import BriefingsError, ConflictError, NotFoundError, UnreadableError
from rag.library import Library
from rag.models import Embedder
from rag.tokens import token_counter

Outcome = Literal["added", "replaced", "unchanged", "moved", "duplicate", "removed", "failed"]


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one file; `reason` and `remedy` say why it failed, `notices` what was assumed."""

    path: str
    outcome: Outcome
    briefing_id: str | None = None
    reason: str | None = None
    remedy: str | None = None
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sources:
    """The files to ingest, in order, and the paths given that hold none, each with its reason."""

    files: tuple[Path, ...]
    problems: tuple[FileResult, ...]


def find_files(paths: Sequence[Path], *, may_be_empty: bool = False) -> Sources:
    """The readable files among and below these paths; hidden ones and unknown formats are passed over.

    A file that was named itself is always taken, so that its reader can say what is wrong with it. A folder
    without readable files is a problem, unless it `may_be_empty`.
    """
    files: dict[Path, None] = {}
    problems: list[FileResult] = []
    for path in (p.expanduser() for p in paths):
        try:
            if path.is_dir():
                below = [p for p in _walk(path) if p.suffix.lower() in READERS]
                files.update((p, None) for p in below)
                if not below and not may_be_empty:
                    remedy = f"Add {', '.join(READERS)} files."
                    problems.append(_failed(path, UnreadableError("no file in it can be read", remedy)))
            elif path.exists():
                files[path.absolute()] = None
            else:
                problems.append(_failed(path, NotFoundError("there is no such file or folder", "Check the path.")))
        except (OSError, ValueError) as error:  # a name too long, a NUL in it
            problems.append(_failed(path, NotFoundError(f"it is no path: {error}", "Check the path.")))
    return Sources(tuple(files), tuple(problems))


def ingest(app: App, files: Sequence[Path]) -> Iterator[FileResult]:
    """Bring files into the library one by one, and yield what became of each once that is safely kept.

    Unchanged files are skipped, changed ones replace their briefing, and one bad file never stops the rest.
    The mirrors are not touched: call `app.mirrors.catch_up()` afterwards.
    """
    for path in files:
        try:
            try:
                yield _ingest_file(app, path)
            except ConflictError:  # another process has just brought in this file, or taken its id
                yield _ingest_file(app, path)
        except BriefingsError as error:
            if not isinstance(error, UnreadableError | NotFoundError | ConflictError):
                raise  # the library or the embedder failed: no other file would fare better
            yield _failed(path, error)


def prune(app: App, folders: Sequence[Path]) -> list[FileResult]:
    """Remove the briefings whose file below one of these folders is gone; what was removed."""
    roots = [folder.expanduser().absolute().resolve() for folder in folders if folder.expanduser().is_dir()]
    gone = [
        (briefing_id, path)
        for briefing_id, uri in sorted(app.library.uris().items())
        if (path := _path_of(uri)) is not None and any(root in path.parents for root in roots) and not path.exists()
    ]
    if gone:
        app.library.remove([briefing_id for briefing_id, _ in gone])
    return [FileResult(str(path), "removed", briefing_id) for briefing_id, path in gone]


def _ingest_file(app: App, path: Path) -> FileResult:
    path, data = _contents(path)
    reader_for(path)  # an unknown format is refused before anything else
    uri = path.as_uri()
    digest = hashlib.sha256(data).hexdigest()
    known = app.library.at_uri(uri)
    if known and known.sha256 == digest and known.recipe == RECIPE:
        return FileResult(str(path), "unchanged", known.briefing_id)
    outcome: Outcome = "replaced" if known else "added"
    twin = None if known else app.library.with_sha256(digest)
    if twin:
        if twin.uri == uri:
            raise ConflictError(f"{twin.briefing_id} has just been added.", "Ingest it again.")
        old = _path_of(twin.uri)
        if old is None or _still_says(old, digest):
            told = f"the same words as {twin.briefing_id}"
            return FileResult(str(path), "duplicate", twin.briefing_id, notices=(told,))
        if not old.exists():
            app.library.move(twin.briefing_id, uri)
            known, outcome = twin, "moved"  # read anew: the name can give date, source and format
    document = read(path, data)
    briefing = _briefing(document, path, uri, digest, known.briefing_id if known else _free_id(app, path, uri))
    passages = passages_of(briefing, token_counter())
    vectors = app.embedder.embed([embedded_text(briefing, p) for p in passages])
    app.library.put(briefing, passages, vectors, app.embedder.fingerprint, replacing=known is not None)
    return FileResult(str(path), outcome, briefing.briefing_id, notices=document.notices)


def _still_says(path: Path, digest: str) -> bool:
    """True when a file still has the bytes with this hash: an edited twin no longer speaks for another file."""
    try:
        return hashlib.sha256(_contents(path)[1]).hexdigest() == digest
    except UnreadableError:
        return False


def _contents(path: Path) -> tuple[Path, bytes]:
    """Where a file really is, and its bytes. Raises UnreadableError for what is no regular file of fair size."""
    try:
        path = path.resolve(strict=True)
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableError("it is no regular file", "Copy its text into a file.")
        if status.st_size > MAX_BYTES:
            limit = f"{MAX_BYTES // 1_000_000} MB"
            raise UnreadableError(f"it is larger than {limit}", "Split it into several briefings.")
        return path, path.read_bytes()
    except (OSError, RuntimeError) as error:
        words = error.strerror if isinstance(error, OSError) and error.strerror else "it cannot be opened"
        raise UnreadableError(words.lower(), "Check the file and its permissions.") from error


def _briefing(document: Document, path: Path, uri: str, digest: str, briefing_id: str) -> Briefing:
    text, paragraphs = canonical(document.blocks)
    return Briefing(
        briefing_id=briefing_id,
        title=title_of(document, fallback=seen(path.stem))[:500],
        published=document.published or _date_of_name(path),
        source=seen(document.source or "") or seen(path.name),
        text=text,
        sha256=digest,
        uri=uri,
        recipe=RECIPE,
        paragraphs=paragraphs,
    )


def _date_of_name(path: Path) -> date | None:
    match = re.match(r"\d{4}-\d{2}-\d{2}(?!\d)", path.stem)
    return date_in(match.group()) if match else None


def _free_id(app: App, path: Path, uri: str) -> str:
    """The file's name as an id; when another file has taken it, with a short mark of this file's address."""
    slug = re.sub(r"[^\w]+", "-", path.stem.lower()).strip("-_")[:100] or "briefing"
    mark = hashlib.sha256(uri.encode()).hexdigest()
    tries = [slug, *(f"{slug}-{mark[:length]}" for length in (8, 16, 32, 64))]
    return next(i for i in (*tries, f"{slug}-{uuid.uuid4().hex}") if not app.library.has(i))


def _walk(folder: Path) -> Iterator[Path]:
    """The files below a folder in the order of their names; hidden ones, and links to folders, are left out."""
    for parent, folders, names in os.walk(folder.absolute()):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(parent, name) for name in sorted(names) if not name.startswith("."))


def _path_of(uri: str) -> Path | None:
    parts = urlsplit(uri)
    return Path(unquote(parts.path)) if parts.scheme == "file" else None


def _failed(path: Path, error: BriefingsError) -> FileResult:
    return FileResult(str(path), "failed", reason=error.reason, remedy=error.remedy)


def embed_anew(library: Library, embedder: Embedder) -> None:
    """Replace all vectors of the library by this embedder's, in one transaction; texts stay as they are."""

    def batches() -> Iterator[tuple[list[str], Vectors]]:
        for summary in library.summaries():
            briefing = library.briefing(summary.briefing_id)
            hits, _ = library.passages([summary.briefing_id])
            texts = [embedded_text(briefing, hit.passage) for hit in hits]
            yield [hit.passage.passage_id for hit in hits], embedder.embed(texts)

    library.replace_vectors(batches(), embedder.fingerprint)
