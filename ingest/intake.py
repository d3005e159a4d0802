"""What is to be done with a file: nothing, or a briefing to be added, replaced or moved."""

import hashlib
import re
import uuid
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ingest.alike import Alike, sketch_of
from ingest.documents import RECIPE, Document, canonical, date_in, seen, title_of
from ingest.passages import passages_of
from ingest.readers import read, reader_for
from ingest.results import FileResult, Outcome
from ingest.walk import Contents, contents, is_gone, path_of
from rag.briefings import Briefing, Paragraph
from rag.entries import Entry, Known
from rag.errors import LibraryError, UnreadableError
from rag.library import Library
from rag.tokens import token_counter


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of a file: its bytes' hash and state, and what they say, if that is not known already."""

    contents: Contents
    said: "Said | None"


@dataclass(frozen=True, slots=True)
class Said:
    """What a file says: its document, the canonical text and paragraphs, and what near-duplicates are found by."""

    document: Document
    text: str
    paragraphs: tuple[Paragraph, ...]
    sketch: bytes | None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A briefing that is ready to be embedded and written, and what will have become of its file then."""

    path: Path
    outcome: Outcome
    entry: Entry
    notices: tuple[str, ...]

    @property
    def result(self) -> FileResult:
        """The result once it is written."""
        return FileResult(str(self.path), self.outcome, self.entry.briefing.briefing_id, notices=self.notices)


class Intake:
    """What the library knows of all files, to compare files with; kept up to date with what this run prepares.

    Other processes may write meanwhile: the library refuses what conflicts with theirs, and `look_again` helps.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._count = token_counter()
        self._alike: Alike | None = None
        self._states: dict[str, str] = {}
        self.look_again()

    def look_again(self) -> None:
        """Take in what other processes have written."""
        self._by_uri: dict[str, Known] = {}
        self._by_sha256: dict[str, Known] = {}
        self._ids: set[str] = set()
        for known in self._library.known():
            self._learn(known)

    def _learn(self, known: Known) -> None:
        self._ids.add(known.briefing_id)
        self._by_uri[known.uri] = self._by_sha256[known.sha256] = known

    def unchanged(self, path: str, state: str | None) -> FileResult | None:
        """The result for a file whose state shows that it is as it was when it was read; else None."""
        known = self._by_uri.get(Path(path).as_uri())
        if known is None or state is None or known.seen != state or known.recipe != RECIPE:
            return None
        return FileResult(path, "unchanged", known.briefing_id)

    def read(self, path: Path) -> Read:
        """Read a file, and understand it unless its bytes are known. Raises UnreadableError, saying why not.

        This may be called from any thread."""
        found = contents(path)
        reader_for(found.path)  # an unknown format is refused before anything else
        known = self._by_uri.get(found.path.as_uri())
        if found.sha256 in self._by_sha256 and (known is None or self._is_same(known, found)):
            return Read(found, None)
        return Read(found, _said(found))

    def prepare(self, got: Read) -> FileResult | Prepared:
        """What is to be done with a file that was read. Raises UnreadableError."""
        found = got.contents
        uri = found.path.as_uri()
        known = self._by_uri.get(uri)
        if known and self._is_same(known, found):
            if found.seen:
                self._states[known.briefing_id] = found.seen
            return FileResult(str(found.path), "unchanged", known.briefing_id)
        outcome: Outcome = "replaced" if known else "added"
        twin = None if known else self._by_sha256.get(found.sha256)
        if twin:
            old = path_of(twin.uri)
            if old is None or _still_says(old, found.sha256):
                told = f"the same words as {twin.briefing_id}"
                return FileResult(str(found.path), "duplicate", twin.briefing_id, notices=(told,))
            if is_gone(old):
                known, outcome = twin, "moved"  # read anew: the name can give date, source and format
        said = got.said or _said(found)
        briefing_id = known.briefing_id if known else self._free_id(found.path, uri)
        briefing = _briefing(said, found, uri, briefing_id)
        entry = Entry(
            briefing,
            passages_of(briefing, self._count),
            old_uri=known.uri if known else None,
            alone=known is None and twin is None,
            seen=found.seen,
            sketch=said.sketch,
        )
        notices = (*said.document.notices, *self._alike_notices(briefing_id, said.sketch))
        if known:
            self._by_uri.pop(known.uri, None)
            self._by_sha256.pop(known.sha256, None)
        self._learn(Known(briefing_id, uri, found.sha256, RECIPE, found.seen))
        return Prepared(found.path, outcome, entry, notices)

    def note_unchanged(self) -> None:
        """Keep the states of files that had to be read to see that nothing has changed, to save that next time."""
        if self._states:
            with suppress(LibraryError):
                self._library.note_seen(self._states)
            self._states = {}

    def _is_same(self, known: Known, found: Contents) -> bool:
        return known.sha256 == found.sha256 and known.recipe == RECIPE

    def _alike_notices(self, briefing_id: str, sketch: bytes | None) -> tuple[str, ...]:
        if sketch is None:
            return ()
        if self._alike is None:
            self._alike = Alike(self._library.sketches())
        found = self._alike.nearest(briefing_id, sketch)
        self._alike.add(briefing_id, sketch)
        if found is None or found.briefing_id not in self._ids:
            return ()
        return (f"near-duplicate of {found.briefing_id}: about {found.share:.0%} the same",)

    def _free_id(self, path: Path, uri: str) -> str:
        """The file's name as an id; when another file has taken it, with a short mark of this file's address."""
        slug = re.sub(r"[^\w]+", "-", path.stem.lower()).strip("-_")[:100] or "briefing"
        if slug not in self._ids:
            return slug
        mark = hashlib.sha256(uri.encode()).hexdigest()
        tries = (f"{slug}-{mark[:length]}" for length in (8, 16, 32, 64))
        return next((i for i in tries if i not in self._ids), f"{slug}-{uuid.uuid4().hex}")


def _said(found: Contents) -> Said:
    document = read(found.path, found.data)
    text, paragraphs = canonical(document.blocks)
    return Said(document, text, paragraphs, sketch_of(text))


def _still_says(path: Path, digest: str) -> bool:
    """True when a file still has the bytes with this hash: an edited twin no longer speaks for another file."""
    try:
        return contents(path).sha256 == digest
    except UnreadableError:
        return False


def _briefing(said: Said, found: Contents, uri: str, briefing_id: str) -> Briefing:
    path = found.path
    return Briefing(
        briefing_id=briefing_id,
        title=title_of(said.document, fallback=seen(path.stem))[:500],
        published=said.document.published or _date_of_name(path),
        source=seen(said.document.source or "") or seen(path.name),
        text=said.text,
        sha256=found.sha256,
        uri=uri,
        recipe=RECIPE,
        paragraphs=said.paragraphs,
    )


def _date_of_name(path: Path) -> date | None:
    match = re.match(r"\d{4}-\d{2}-\d{2}(?!\d)", path.stem)
    return date_in(match.group()) if match else None
