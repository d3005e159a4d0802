"""The library: the only truth about which briefings there are and what they say.

SQLAlchemy Core over SQLite in WAL mode, or over PostgreSQL by URL. Every change is one
transaction; one that changes passages moves the library to the next revision, by which the mirrors
(`rag.mirrors`) know what they have missed.
"""

import contextlib
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from rag import database as db
from rag.briefings import Briefing, BriefingSummary, Hit, Paragraph, Passage, Scope
from rag.database import SCHEMA_VERSION, Vectors
from rag.errors import ConflictError, LibraryError, NotFoundError


@dataclass(frozen=True, slots=True)
class Changed:
    """A briefing that was written at this revision."""

    briefing_id: str
    revision: int


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened after some revision: `gone` are briefings that were removed or replaced, `present` those
    that were added or replaced, oldest change first. `revision` is where the library stood."""

    revision: int
    gone: tuple[str, ...]
    present: tuple[Changed, ...]


class Library:
    """An open library. Safe to share between threads and to open from several processes."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, where: Path | str) -> "Library":
        """The library in this SQLite file, or at this SQLAlchemy database URL; made when missing.

        Raises LibraryError when it cannot be opened or was written by a newer version of the program.
        """
        try:
            engine = db.connect(where)
        except (sa.exc.ArgumentError, sa.exc.NoSuchModuleError, ImportError) as error:
            raise LibraryError(
                f"BRIEFINGS_LIBRARY_URL cannot be used: {error}.",
                "Write it like postgresql+psycopg://user@host/database; PostgreSQL needs the extra `postgresql`.",
            ) from error
        library = cls(engine)
        try:
            with library._reader() as connection:
                known = sa.inspect(connection).has_table("meta")
                version = db.value_of(connection, "schema_version") if known else None
            if version is None:
                with library._writer() as connection:
                    db.tables.create_all(connection)
                    if db.value_of(connection, "schema_version") is None:
                        first = {
                            "schema_version": str(SCHEMA_VERSION),
                            "revision": "0",
                            "library_id": uuid.uuid4().hex,
                        }
                        connection.execute(sa.insert(db.meta), [{"key": k, "value": v} for k, v in first.items()])
            elif int(version) > SCHEMA_VERSION:
                raise LibraryError(
                    f"The library was written by a newer version of briefings (its format is {version}, "
                    f"this program knows {SCHEMA_VERSION}).",
                    "Update the program, or choose another folder with --home.",
                )
        except BaseException:
            engine.dispose()
            raise
        return library

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()

    @property
    def engine(self) -> sa.Engine:
        """The database, for what else is kept in it (`rag.conversations`)."""
        return self._engine

    # -- reading -----------------------------------------------------------------------------------------

    def library_id(self) -> str:
        """The name this library was given when it was made; a mirror of another library is useless."""
        with self._reader() as connection:
            return db.value_of(connection, "library_id") or ""

    def revision(self) -> int:
        """How many changes this library has seen."""
        with self._reader() as connection:
            return int(db.value_of(connection, "revision") or 0)

    def embedder(self) -> str | None:
        """The fingerprint of the embedder that made the vectors, or None while there are none."""
        with self._reader() as connection:
            return db.value_of(connection, "embedder")

    def summaries(self) -> list[BriefingSummary]:
        """All briefings, newest first, undated ones last."""
        counts = (
            sa.select(db.paragraphs.c.briefing_id, sa.func.count().label("n"))
            .group_by(db.paragraphs.c.briefing_id)
            .subquery()
        )
        b = db.briefings.c
        query = (
            sa.select(b.briefing_id, b.title, b.published, b.source, b.uri, sa.func.coalesce(counts.c.n, 0))
            .outerjoin(counts, counts.c.briefing_id == b.briefing_id)
            .order_by(b.published.is_(None), b.published.desc(), b.briefing_id)
        )
        with self._reader() as connection:
            return [BriefingSummary(*row) for row in connection.execute(query)]

    def briefing(self, briefing_id: str) -> Briefing:
        """One briefing with its paragraphs. Raises NotFoundError, naming the nearest id, when there is none."""
        found = self.briefings([briefing_id])
        if not found:
            raise self._no_such(briefing_id)
        return found[0]

    def briefings(self, briefing_ids: Iterable[str]) -> list[Briefing]:
        """Those of these briefings that exist, in the order asked for."""
        wanted = list(dict.fromkeys(briefing_ids))
        found: dict[str, Briefing] = {}
        with self._reader() as connection:
            for some in db.batches(wanted):
                paragraphs: dict[str, list[Paragraph]] = {}
                p = db.paragraphs.c
                for row in connection.execute(
                    sa.select(p.briefing_id, p.number, p.start, p.end, p.section, p.kind)
                    .where(p.briefing_id.in_(some))
                    .order_by(p.briefing_id, p.number)
                ):
                    paragraphs.setdefault(row[0], []).append(Paragraph(*row[1:]))
                for row in connection.execute(_select_briefings().where(db.briefings.c.briefing_id.in_(some))):
                    found[row.briefing_id] = _briefing(row, tuple(paragraphs.get(row.briefing_id, ())))
        return [found[i] for i in wanted if i in found]

    def at_uri(self, uri: str) -> Briefing | None:
        """The briefing that was read from this address (without its paragraphs), or None."""
        return self._find(db.briefings.c.uri == uri)

    def with_sha256(self, sha256: str) -> Briefing | None:
        """A briefing that was read from bytes with this hash (without its paragraphs), or None."""
        return self._find(db.briefings.c.sha256 == sha256)

    def has(self, briefing_id: str) -> bool:
        """True when there is a briefing with this id."""
        return self._find(db.briefings.c.briefing_id == briefing_id) is not None

    def uris(self) -> dict[str, str]:
        """The address of every briefing, by its id."""
        with self._reader() as connection:
            rows = connection.execute(sa.select(db.briefings.c.briefing_id, db.briefings.c.uri))
            return {row.briefing_id: row.uri for row in rows}

    def within(self, scope: Scope) -> list[str]:
        """The ids of the briefings that a scope admits. Raises NotFoundError for an id that does not exist."""
        b = db.briefings.c
        query = sa.select(b.briefing_id).order_by(b.briefing_id)
        if scope.briefing_ids:
            query = query.where(b.briefing_id.in_(scope.briefing_ids))
        if scope.since:
            query = query.where(b.published >= scope.since)
        if scope.until:
            query = query.where(b.published <= scope.until)
        with self._reader() as connection:
            found = list(connection.execute(query).scalars())
            known = set(
                connection.execute(sa.select(b.briefing_id).where(b.briefing_id.in_(scope.briefing_ids))).scalars()
            )
        for wanted in scope.briefing_ids:
            if wanted not in known:
                raise self._no_such(wanted)
        return found

    def hits(self, scores: dict[str, float]) -> list[Hit]:
        """The passages with these ids, each with its score, highest first. Ids that the library does not
        hold (a mirror that is behind) are left out."""
        p, b, q = db.passages.c, db.briefings.c, db.paragraphs.c
        fields = (p.passage_id, p.briefing_id, p.first_paragraph, p.last_paragraph, p.start, p.end)
        found = []
        with self._reader() as connection:
            for some in db.batches(list(scores)):
                of = sa.select(p.briefing_id).where(p.passage_id.in_(some))
                texts = sa.select(b.briefing_id, b.text).where(b.briefing_id.in_(of))
                text = {row.briefing_id: row.text for row in connection.execute(texts)}
                rows = connection.execute(
                    sa.select(*fields, b.title, b.source, b.published, q.section)
                    .join(db.briefings, b.briefing_id == p.briefing_id)
                    .join(db.paragraphs, (q.briefing_id == p.briefing_id) & (q.number == p.first_paragraph))
                    .where(p.passage_id.in_(some))
                )
                for row in rows:
                    passage = Passage(*row[:6])
                    words = text[passage.briefing_id][passage.start : passage.end]
                    score = scores[passage.passage_id]
                    found.append(Hit(passage, score, words, row.title, row.source, row.published, row.section))
        return sorted(found, key=lambda hit: (-hit.score, hit.passage.passage_id))

    def passages(self, briefing_ids: Sequence[str]) -> tuple[list[Hit], Vectors]:
        """All passages of these briefings in reading order (scores are 0), and their vectors, one row each."""
        p = db.passages.c
        vectors: dict[str, bytes] = {}
        with self._reader() as connection:
            for some in db.batches(briefing_ids):
                rows = connection.execute(
                    sa.select(p.passage_id, p.vector)
                    .where(p.briefing_id.in_(some))
                    .order_by(p.briefing_id, p.start)
                )
                vectors.update((r.passage_id, r.vector) for r in rows)
        hits = self.hits(dict.fromkeys(vectors, 0.0))
        hits.sort(key=lambda hit: (hit.passage.briefing_id, hit.passage.start))
        return hits, db.matrix([vectors[hit.passage.passage_id] for hit in hits])

    def vectors(self) -> tuple[list[str], list[str], Vectors]:
        """Every passage's id, its briefing's id, and its vector: a float32 matrix with one row a passage."""
        p = db.passages.c
        query = sa.select(p.passage_id, p.briefing_id, p.vector).order_by(p.passage_id)
        with self._reader() as connection:
            rows = connection.execute(query).all()
        return [r.passage_id for r in rows], [r.briefing_id for r in rows], db.matrix([r.vector for r in rows])

    def passage_ids(self) -> set[str]:
        """The ids of all passages."""
        with self._reader() as connection:
            return set(connection.execute(sa.select(db.passages.c.passage_id)).scalars())

    def changes(self, since: int) -> Changes:
        """What happened after revision `since`."""
        b, r = db.briefings.c, db.removals.c
        with self._reader() as connection:
            revision = int(db.value_of(connection, "revision") or 0)
            removed = connection.execute(sa.select(r.briefing_id).where(r.revision > since)).scalars()
            present = connection.execute(
                sa.select(b.briefing_id, b.revision).where(b.revision > since).order_by(b.revision)
            )
            return Changes(revision, tuple(removed), tuple(Changed(*row) for row in present))

    def check(self) -> str | None:
        """What is wrong with the database file, in the database's own words, or None."""
        if self._engine.dialect.name != "sqlite":
            return None
        with self._reader() as connection:
            verdict = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
        return None if verdict == "ok" else str(verdict)

    # -- writing -----------------------------------------------------------------------------------------

    def put(
        self,
        briefing: Briefing,
        passages: Sequence[Passage],
        vectors: Vectors,
        embedder: str,
        *,
        replacing: bool = True,
    ) -> int:
        """Add a briefing, or replace the one with its id; the new revision. All of it or nothing is written.

        `vectors` has one float32 row for each passage. Raises ConflictError when the id belongs to another
        address or the address to another id, or when the briefing exists although it is not `replacing` one;
        LibraryError when the library's vectors are another embedder's.
        """
        b = db.briefings.c
        with self._writer() as connection:
            _claim_embedder(connection, embedder)
            same = sa.or_(b.briefing_id == briefing.briefing_id, b.uri == briefing.uri)
            for row in connection.execute(sa.select(b.briefing_id, b.uri).where(same)):
                if not replacing or (row.briefing_id, row.uri) != (briefing.briefing_id, briefing.uri):
                    raise ConflictError(f"{row.briefing_id} was read from {row.uri}.", "Ingest it again.")
            revision = _next_revision(connection)
            if _delete(connection, [briefing.briefing_id]):
                _note_removals(connection, [briefing.briefing_id], revision)
            connection.execute(
                sa.insert(db.briefings),
                {
                    "briefing_id": briefing.briefing_id,
                    "title": briefing.title,
                    "published": briefing.published,
                    "source": briefing.source,
                    "uri": briefing.uri,
                    "sha256": briefing.sha256,
                    "recipe": briefing.recipe,
                    "text": briefing.text,
                    "revision": revision,
                },
            )
            if briefing.paragraphs:
                connection.execute(
                    sa.insert(db.paragraphs),
                    [
                        {
                            "briefing_id": briefing.briefing_id, "number": p.number, "start": p.start,
                            "end": p.end, "section": p.section, "kind": p.kind,
                        }
                        for p in briefing.paragraphs
                    ],
                )  # fmt: skip
            if passages:
                connection.execute(
                    sa.insert(db.passages),
                    [
                        {
                            "passage_id": p.passage_id, "briefing_id": p.briefing_id,
                            "first_paragraph": p.first_paragraph, "last_paragraph": p.last_paragraph,
                            "start": p.start, "end": p.end, "vector": db.blob(v),
                        }
                        for p, v in zip(passages, vectors, strict=True)
                    ],
                )  # fmt: skip
        return revision

    def move(self, briefing_id: str, uri: str) -> None:
        """Note that the same briefing is now read from another address; its words do not change."""
        with self._writer() as connection:
            connection.execute(
                sa.update(db.briefings).where(db.briefings.c.briefing_id == briefing_id).values(uri=uri)
            )

    def remove(self, briefing_ids: Sequence[str]) -> int:
        """Remove these briefings and all that is kept of them; the new revision.

        Raises NotFoundError, and removes nothing, when one of them does not exist.
        """
        with self._writer() as connection:
            b = db.briefings.c.briefing_id
            known = set(connection.execute(sa.select(b).where(b.in_(briefing_ids))).scalars())
            for briefing_id in briefing_ids:
                if briefing_id not in known:
                    raise self._no_such(briefing_id)
            revision = _next_revision(connection)
            _delete(connection, briefing_ids)
            _note_removals(connection, sorted(known), revision)
        return revision

    def replace_vectors(self, vectors: Iterable[tuple[Sequence[str], Vectors]], embedder: str) -> int:
        """Replace every passage's vector by another embedder's, in one transaction; the new revision.

        `vectors` comes in batches of passage ids and as many rows.
        """
        p = db.passages.c
        with self._writer() as connection:
            revision = _next_revision(connection)
            for ids, rows in vectors:
                connection.execute(
                    sa.update(db.passages)
                    .where(p.passage_id == sa.bindparam("id"))
                    .values(vector=sa.bindparam("v")),
                    [{"id": i, "v": db.blob(v)} for i, v in zip(ids, rows, strict=True)],
                )
            db.set_value(connection, "embedder", embedder)
            everything = list(connection.execute(sa.select(db.briefings.c.briefing_id)).scalars())
            connection.execute(sa.update(db.briefings).values(revision=revision))
            _note_removals(connection, everything, revision)
        return revision

    # -- inside ------------------------------------------------------------------------------------------

    def _find(self, condition: sa.ColumnElement[bool]) -> Briefing | None:
        with self._reader() as connection:
            row = connection.execute(_select_briefings().where(condition).limit(1)).first()
            return _briefing(row, ()) if row else None

    def _no_such(self, briefing_id: str) -> NotFoundError:
        from rapidfuzz import process

        known = list(self.uris())
        best = process.extractOne(briefing_id, known, score_cutoff=60)
        remedy = f"Did you mean {best[0]!r}?" if best else "See `briefings list`."
        return NotFoundError(f"There is no briefing {briefing_id!r}.", remedy)

    @contextlib.contextmanager
    def _reader(self) -> Iterator[sa.Connection]:
        with db.translated(), self._engine.connect() as connection:
            yield connection

    @contextlib.contextmanager
    def _writer(self) -> Iterator[sa.Connection]:
        with (
            db.translated(),
            self._engine.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            yield connection


def _next_revision(connection: sa.Connection) -> int:
    """Take the next revision; the updated row stays locked, so revisions become visible in their order."""
    grown = sa.cast(sa.cast(db.meta.c.value, sa.BigInteger) + 1, sa.Text)
    connection.execute(sa.update(db.meta).where(db.meta.c.key == "revision").values(value=grown))
    return int(db.value_of(connection, "revision") or 0)


def _claim_embedder(connection: sa.Connection, embedder: str) -> None:
    known = db.value_of(connection, "embedder")
    if known is None:
        db.set_value(connection, "embedder", embedder)
    elif known != embedder:
        raise LibraryError(
            f"The library was embedded with {known}, not with {embedder}.",
            "Run `briefings doctor --repair` to embed it anew.",
        )


def _delete(connection: sa.Connection, briefing_ids: Sequence[str]) -> bool:
    found = False
    for table in (db.passages, db.paragraphs, db.briefings):
        result = connection.execute(sa.delete(table).where(table.c.briefing_id.in_(briefing_ids)))
        found = found or result.rowcount > 0
    return found


def _note_removals(connection: sa.Connection, briefing_ids: Sequence[str], revision: int) -> None:
    for some in db.batches(briefing_ids):
        connection.execute(sa.delete(db.removals).where(db.removals.c.briefing_id.in_(some)))
        connection.execute(sa.insert(db.removals), [{"briefing_id": i, "revision": revision} for i in some])


def _select_briefings() -> Any:
    b = db.briefings.c
    return sa.select(b.briefing_id, b.title, b.published, b.source, b.text, b.sha256, b.uri, b.recipe)


def _briefing(row: Any, paragraphs: tuple[Paragraph, ...]) -> Briefing:
    return replace(Briefing(*row), paragraphs=paragraphs)
