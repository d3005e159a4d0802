"""Writing briefings: what is written of each, and what may stand in its way."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa

from rag.briefings import Briefing, Passage
from rag.errors import ConflictError
from rag.storage import database as db
from rag.storage.database import Vectors


@dataclass(frozen=True, slots=True)
class Entry:
    """A briefing to be written, with one vector row for each of its passages.

    `old_uri` is where the library is expected to have read the briefing from so far, None when it must be new;
    with `alone`, no other briefing may have been read from the same bytes. `seen` and `sketch` are kept for
    `ingest`: the state of the file, and what near-duplicates are found by.
    """

    briefing: Briefing
    passages: Sequence[Passage]
    vectors: Vectors = field(default_factory=lambda: db.matrix([]), compare=False)
    old_uri: str | None = None
    alone: bool = False
    seen: str | None = None
    sketch: bytes | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What `ingest` compares a file with: the address and the hash that a briefing was read from, by which rules,
    and the state of the file then."""

    briefing_id: str
    uri: str
    sha256: str
    recipe: int
    seen: str | None


@dataclass(frozen=True, slots=True)
class Written:
    """What came of writing several entries: the library's revision, and for each None or why it was left out."""

    revision: int
    conflicts: tuple[ConflictError | None, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a briefing stands: nothing else may stand there."""

    briefing_id: str
    uri: str
    sha256: str


def standing_of(connection: sa.Connection, entries: Sequence[Entry]) -> list[Standing]:
    """The briefings that stand where any of these would."""
    b = db.briefings.c
    found: set[Standing] = set()
    for some in db.batches(entries, 200):
        same = sa.or_(
            b.briefing_id.in_([e.briefing.briefing_id for e in some]),
            b.uri.in_([e.briefing.uri for e in some]),
            b.sha256.in_([e.briefing.sha256 for e in some if e.alone]),
        )
        found |= {
            Standing(*row) for row in connection.execute(sa.select(b.briefing_id, b.uri, b.sha256).where(same))
        }
    return list(found)


def conflict_of(entry: Entry, taken: Sequence[Standing]) -> ConflictError | None:
    """Why an entry may not be written beside these briefings, or None."""
    new = entry.briefing
    for other in taken:
        same_id, same_uri = other.briefing_id == new.briefing_id, other.uri == new.uri
        same_words = entry.alone and other.sha256 == new.sha256
        its_own = same_id and entry.old_uri is not None and other.uri in (entry.old_uri, new.uri)
        if (same_id or same_uri or same_words) and not its_own:
            return ConflictError(f"{other.briefing_id} was read from {other.uri}.", "Ingest it again.")
    return None


def insert(connection: sa.Connection, entries: Sequence[Entry], revision: int) -> None:
    """Write entries that nothing stands in the way of."""
    connection.execute(
        sa.insert(db.briefings),
        [
            {
                "briefing_id": b.briefing_id, "title": b.title, "published": b.published, "source": b.source,
                "uri": b.uri, "sha256": b.sha256, "recipe": b.recipe, "text": b.text, "revision": revision,
                "seen": e.seen, "sketch": e.sketch, "author": b.author,
            }
            for e in entries
            for b in [e.briefing]
        ],
    )  # fmt: skip
    paragraphs = [
        {
            "briefing_id": e.briefing.briefing_id, "number": p.number, "start": p.start, "end": p.end,
            "section": p.section, "kind": p.kind, "page": p.page,
        }
        for e in entries
        for p in e.briefing.paragraphs
    ]  # fmt: skip
    if paragraphs:
        connection.execute(sa.insert(db.paragraphs), paragraphs)
    passages = [
        {
            "passage_id": p.passage_id, "briefing_id": p.briefing_id, "first_paragraph": p.first_paragraph,
            "last_paragraph": p.last_paragraph, "start": p.start, "end": p.end, "vector": db.blob(v),
        }
        for e in entries
        for p, v in zip(e.passages, e.vectors, strict=True)
    ]  # fmt: skip
    if passages:
        connection.execute(sa.insert(db.passages), passages)


def delete(connection: sa.Connection, briefing_ids: Sequence[str]) -> None:
    """Remove briefings with all that is searched of them."""
    for some in db.batches(briefing_ids):
        for table in (db.passages, db.paragraphs, db.briefings):
            connection.execute(sa.delete(table).where(table.c.briefing_id.in_(some)))
