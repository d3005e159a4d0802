"""What is to be done with a file: nothing, or a briefing to be added, replaced or moved."""

import hashlib
from collections.abc import Iterator, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from urllib.parse import unquote, urlsplit

from ingest.alike import Alike, sketch_of
from ingest.documents import RECIPE, Attachment, Document, canonical, date_of_name, seen, title_of
from ingest.inventory import Inventory
from ingest.passages import passages_of
from ingest.readers import read
from ingest.results import FileResult, Outcome, failed
from ingest.sandbox import Sandbox
from ingest.walk import Contents, contents, is_gone, path_of
from ingest.web import Address, fetch
from rag.briefings import Briefing, Paragraph
from rag.errors import LibraryError, UnreadableError
from rag.library import Library
from rag.storage.entries import Entry, Known
from rag.words.tokens import token_counter


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
    """A briefing that is ready to be embedded and written, and what will have become of it then. `source` is what
    to read again should that be needed, `shown` the same in words, with the part of the file."""

    source: Path | Address
    shown: str
    outcome: Outcome
    entry: Entry
    notices: tuple[str, ...]

    @property
    def result(self) -> FileResult:
        """The result once it is written."""
        return FileResult(self.shown, self.outcome, self.entry.briefing.briefing_id, notices=self.notices)


class Intake:
    """What the library knows of all files, to compare files with; kept up to date with what this run prepares.

    Other processes may write meanwhile: the library refuses what conflicts with theirs, and `look_again` helps.
    """

    def __init__(self, library: Library, sandbox: Sandbox, *, private: bool = False) -> None:
        self._library = library
        self._sandbox = sandbox
        self._private = private
        self._count = token_counter()
        self._alike: Alike | None = None
        self._states: dict[str, str] = {}
        self.look_again()

    def look_again(self) -> None:
        """Take in what other processes have written."""
        self._known = Inventory(self._library.known())

    def unchanged(self, path: str, state: str | None) -> FileResult | None:
        """The result for a file whose state shows that it is as it was when it was read; else None."""
        known = self._known.at(Path(path).as_uri())
        if known is None or state is None or known.seen != state or known.recipe != RECIPE:
            return None
        return FileResult(path, "unchanged", known.briefing_id)

    def read(self, source: Path | Address) -> Read:
        """Read a file or a URL, and understand it unless its bytes are known. Raises UnreadableError, saying why
        not.

        This may be called from any thread."""
        if isinstance(source, Address):
            return self._fetch(source)
        found = contents(source)
        known = self._known.at(found.uri)
        if self._known.of_bytes(found.sha256) and (known is None or self._is_same(known, found)):
            return Read(found, None)
        return Read(found, self._said(found))

    def _fetch(self, address: Address) -> Read:
        """A page is known by its words: what stands around them is another at every visit."""
        page = fetch(address, private=self._private)
        path = Path(page.name)
        document = read(path, page.data, self._sandbox)
        said = _understood(replace(document, source=document.source or page.host))
        told = (document.title, document.author, document.published, said.text)
        digest = hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()
        return Read(Contents(path, b"", digest, None, address=address), said)

    def _said(self, found: Contents) -> "Said":
        return _understood(read(found.path, found.data, self._sandbox))

    def prepare(self, got: Read) -> Iterator[FileResult | Prepared]:
        """What is to be done with a file that was read, and with each file that it carries. The file itself comes
        last: once it is known, so are the others. Raises UnreadableError."""
        found = got.contents
        main = self._prepared(got)
        said = got.said
        if isinstance(main, Prepared):
            said = said or self._said(found)
            parts = _parts(found, said.document.attachments)
            yield from self._let_go(found, {part.uri for part, _ in parts})
            for part, attachment in parts:
                if attachment.document is None:
                    error = UnreadableError(attachment.reason, attachment.remedy)
                    yield failed(part.shown, error)
                else:
                    yield self._prepared(Read(part, _understood(attachment.document)))
        yield main

    def _let_go(self, found: Contents, kept: Set[str]) -> Iterator[FileResult]:
        """Remove the briefings of files that a changed file carries no more."""
        for known in self._known.parts_of(found.uri):
            if known.uri not in kept:
                self._library.remove([known.briefing_id])
                self._known.drop(known)
                part = unquote(known.uri.partition("#")[2])
                yield FileResult(f"{found.path}#{part}", "removed", known.briefing_id)

    def _prepared(self, got: Read) -> FileResult | Prepared:
        found = got.contents
        uri = found.uri
        known = self._known.at(uri)
        if known and self._is_same(known, found):
            if found.seen:
                self._states[known.briefing_id] = found.seen
            return FileResult(found.shown, "unchanged", known.briefing_id)
        outcome: Outcome = "replaced" if known else "added"
        twin = None if known else self._known.of_bytes(found.sha256)
        if twin:
            old = path_of(twin.uri)
            if old is None or _still_says(twin.uri, old, found.sha256):
                told = f"the same words as {twin.briefing_id}"
                return FileResult(found.shown, "duplicate", twin.briefing_id, notices=(told,))
            if is_gone(old):
                known, outcome = twin, "moved"  # read anew: the name can give date, source and format
        said = got.said or self._said(found)
        briefing_id = known.briefing_id if known else self._known.free_id(found.name, uri)
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
            self._known.drop(known)
        self._known.add(Known(briefing_id, uri, found.sha256, RECIPE, found.seen))
        return Prepared(found.address or found.path, found.shown, outcome, entry, notices)

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
        if found is None or found.briefing_id not in self._known:
            return ()
        return (f"near-duplicate of {found.briefing_id}: about {found.share:.0%} the same",)


def _parts(found: Contents, attachments: Sequence[Attachment]) -> list[tuple[Contents, Attachment]]:
    """The files that a file carries, and those that they carry, each under a name of its own."""
    parts: dict[str, tuple[Contents, Attachment]] = {}
    waiting = [(attachment, "") for attachment in reversed(attachments)]
    while waiting:
        attachment, inside = waiting.pop()
        plain = PurePath(attachment.name)
        name, number = f"{inside}{plain}", 1
        while name in parts:
            number += 1
            name = f"{inside}{plain.stem}-{number}{plain.suffix}"
        parts[name] = (Contents(found.path, b"", attachment.sha256, None, name), attachment)
        if attachment.document:
            waiting += [(inner, f"{name}/") for inner in reversed(attachment.document.attachments)]
    return list(parts.values())


def _understood(document: Document) -> Said:
    text, paragraphs = canonical(document.blocks)
    return Said(document, text, paragraphs, sketch_of(text))


def _still_says(uri: str, path: Path, digest: str) -> bool:
    """True when a file still has the bytes with this hash: an edited twin no longer speaks for another file."""
    if urlsplit(uri).fragment:  # a file that another one carries
        return not is_gone(path)
    try:
        return contents(path).sha256 == digest
    except UnreadableError:
        return False


def _briefing(said: Said, found: Contents, uri: str, briefing_id: str) -> Briefing:
    name = found.name
    return Briefing(
        briefing_id=briefing_id,
        title=title_of(said.document, fallback=seen(name.stem))[:500],
        published=said.document.published or date_of_name(name.name),
        source=seen(said.document.source or "") or seen(name.name),
        text=said.text,
        sha256=found.sha256,
        uri=uri,
        recipe=RECIPE,
        author=seen(said.document.author or "")[:200],
        paragraphs=said.paragraphs,
    )
