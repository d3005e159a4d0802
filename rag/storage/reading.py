"""What can be read from the library: briefings and their versions, passages and their vectors."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from rag.briefings import Briefing, Hit, Paragraph, Passage, Scope
from rag.errors import NotFoundError
from rag.storage import database as db
from rag.storage.database import Vectors
from rag.storage.kept import AsItStands, Kept
from rag.storage.listing import Listing, admitting
from rag.storage.versions import Version, versions_of

_ALIKE = 75  # of 100, from which an id is suggested for a mistyped one
_KEPT = 2_000_000  # characters of briefings, and as many of passages, that are kept once they were read
_BESIDE = 500  # characters that what is known of one counts beside its text

_b, _p, _q = db.briefings.c, db.passages.c, db.paragraphs.c

# What every question asks, made once: that takes as long as asking it.
_IDS: Any = sa.bindparam("ids", expanding=True)
_BRIEFINGS: Any = (
    sa.select(_b.briefing_id, _b.title, _b.published, _b.source, _b.text, _b.sha256, _b.uri, _b.recipe)
    .add_columns(sa.func.coalesce(_b.author, ""))
    .where(_b.briefing_id.in_(_IDS))
)
_PARAGRAPHS: Any = (
    sa.select(_q.briefing_id, _q.number, _q.start, _q.end, _q.section, _q.kind, _q.page)
    .where(_q.briefing_id.in_(_IDS))
    .order_by(_q.briefing_id, _q.number)
)
_PASSAGES: Any = (
    sa.select(_p.passage_id, _p.briefing_id, _p.first_paragraph, _p.last_paragraph, _p.start, _p.end)
    .add_columns(_b.title, _b.source, _b.published, _q.section, _q.page)
    .join(db.briefings, _b.briefing_id == _p.briefing_id)
    .join(db.paragraphs, (_q.briefing_id == _p.briefing_id) & (_q.number == _p.first_paragraph))
)
_FIRST, _LENGTH = (sa.cast(n, sa.Integer) for n in (_p.start + 1, _p.end - _p.start))  # for PostgreSQL
_FOUND = _PASSAGES.add_columns(sa.func.substr(_b.text, _FIRST, _LENGTH)).where(_p.passage_id.in_(_IDS))
_WITH_VECTORS = _PASSAGES.add_columns(_p.vector).where(_p.briefing_id.in_(_IDS))
_TEXTS: Any = sa.select(_b.briefing_id, _b.text).where(_b.briefing_id.in_(_IDS))


class LibraryReader(Listing):
    """The reading half of `rag.library.Library`."""

    def __init__(self, engine: sa.Engine) -> None:
        super().__init__(engine)
        self._briefings = AsItStands(self, lambda: Kept(self._read_briefings, _size, _KEPT))
        self._hits = AsItStands(self, lambda: Kept(self._read_hits, _size, _KEPT))

    def briefing(self, briefing_id: str) -> Briefing:
        """One briefing with its paragraphs. Raises NotFoundError, naming the nearest id, when there is none."""
        found = self.briefings([briefing_id])
        if not found:
            raise self._no_such(briefing_id)
        return found[0]

    def briefings(self, briefing_ids: Iterable[str]) -> list[Briefing]:
        """Those of these briefings that exist, in the order asked for."""
        wanted = list(briefing_ids)
        return list(self._briefings.now().of(wanted).values()) if wanted else []  # a refusal cites none

    def _read_briefings(self, briefing_ids: Sequence[str]) -> dict[str, Briefing]:
        found: dict[str, Briefing] = {}
        with db.reading(self._engine) as connection:
            for some in db.batches(briefing_ids):
                paragraphs: dict[str, list[Paragraph]] = {}
                for briefing_id, *about in connection.execute(_PARAGRAPHS, {"ids": some}).all():
                    paragraphs.setdefault(briefing_id, []).append(Paragraph(*about))
                for row in connection.execute(_BRIEFINGS, {"ids": some}).all():
                    whole: list[Any] = [*row, tuple(paragraphs.get(row[0], ()))]
                    found[row[0]] = Briefing(*whole)
        return found

    def versions(self, briefing_id: str) -> list[Version]:
        """The earlier versions of a briefing that are kept, oldest first."""
        with db.reading(self._engine) as connection:
            return versions_of(connection, briefing_id)

    def within(self, scope: Scope, most: int | None = None) -> list[str]:
        """The ids of the briefings that a scope admits, in order, or `most` of them. Raises NotFoundError for an id
        that does not exist."""
        query = sa.select(_b.briefing_id).where(*admitting(scope))
        with db.reading(self._engine) as connection:
            found = sorted(connection.execute(query.limit(most)).scalars())
            known = set(
                connection.execute(
                    sa.select(_b.briefing_id).where(_b.briefing_id.in_(scope.briefing_ids))
                ).scalars()
            )
        for wanted in scope.briefing_ids:
            if wanted not in known:
                raise self._no_such(wanted)
        return found

    def hits(self, scores: dict[str, float]) -> list[Hit]:
        """The passages with these ids, each with its score, highest first. Ids that the library does not
        hold (a mirror that is behind) are left out."""
        found = self._hits.now().of(scores) if scores else {}
        scored = [replace(hit, score=scores[i]) for i, hit in found.items()]
        return sorted(scored, key=lambda hit: (-hit.score, hit.passage.passage_id))

    def _read_hits(self, passage_ids: Sequence[str]) -> dict[str, Hit]:
        found: dict[str, Hit] = {}
        with db.reading(self._engine) as connection:
            for some in db.batches(passage_ids):
                for *where, words in connection.execute(_FOUND, {"ids": some}).all():
                    found[where[0]] = _hit(where, 0.0, words)
        return found

    def passages(self, briefing_ids: Sequence[str]) -> tuple[list[Hit], Vectors]:
        """All passages of these briefings in reading order (scores are 0), and their vectors, one row each."""
        hits: list[Hit] = []
        vectors: dict[str, bytes] = {}
        with db.reading(self._engine) as connection:
            for some in db.batches(briefing_ids):
                texts = {row[0]: row[1] for row in connection.execute(_TEXTS, {"ids": some})}  # each only once
                for *where, vector in connection.execute(_WITH_VECTORS, {"ids": some}).all():
                    vectors[where[0]] = vector
                    hits.append(_hit(where, 0.0, texts[where[1]][where[4] : where[5]]))
        hits.sort(key=lambda hit: (hit.passage.briefing_id, hit.passage.start))
        return hits, db.matrix([vectors[hit.passage.passage_id] for hit in hits])

    def vectors(self, within: Sequence[str] | None = None) -> tuple[list[str], list[str], Vectors]:
        """Every passage's id, its briefing's id, and its vector, a float32 matrix with one row a passage; those of
        all briefings, or `within` some."""
        p = db.passages.c
        query = sa.select(p.passage_id, p.briefing_id, p.vector).order_by(p.passage_id)
        rows: list[Any] = []
        with db.reading(self._engine) as connection:
            if within is None:
                rows += connection.execute(query).all()
            for some in db.batches(within or ()):
                rows += connection.execute(query.where(p.briefing_id.in_(some))).all()
        return [r.passage_id for r in rows], [r.briefing_id for r in rows], db.matrix([r.vector for r in rows])

    def passages_within(self, passage_ids: Sequence[str], scope: Scope) -> set[str]:
        """Those of these passages whose briefings a scope admits."""
        query = sa.select(_p.passage_id).join(db.briefings, _b.briefing_id == _p.briefing_id)
        found: set[str] = set()
        with db.reading(self._engine) as connection:
            for some in db.batches(passage_ids):
                admitted = query.where(_p.passage_id.in_(some), *admitting(scope))
                found.update(connection.execute(admitted).scalars())
        return found

    def passage_ids(self) -> set[str]:
        """The ids of all passages."""
        with db.reading(self._engine) as connection:
            return set(connection.execute(sa.select(db.passages.c.passage_id)).scalars())

    def check(self) -> str | None:
        """What is wrong with the database file, in the database's own words, or None."""
        if self._engine.dialect.name != "sqlite":
            return None
        with db.reading(self._engine) as connection:
            verdict = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
        return None if verdict == "ok" else str(verdict)

    def _no_such(self, briefing_id: str) -> NotFoundError:
        from rapidfuzz import process

        known = list(self.uris())
        best = process.extractOne(briefing_id, known, score_cutoff=_ALIKE)
        remedy = f"Did you mean {best[0]!r}?" if best else "See `briefings list`."
        return NotFoundError(f"There is no briefing {briefing_id!r}.", remedy)


def _size(one: Briefing | Hit) -> int:
    return len(one.text) + _BESIDE


def _hit(row: Sequence[Any], score: float, words: str) -> Hit:
    """The passage of a row of _PASSAGES."""
    return Hit(Passage(*row[:6]), score, words, *row[6:])
