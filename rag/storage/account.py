"""What `ingest` and the mirrors ask of the library: what it is, what it knows of files, what has changed."""

import contextlib
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import sqlalchemy as sa

from rag.storage import database as db
from rag.storage.entries import Known

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Changed:
    """A briefing that was written at this revision."""

    briefing_id: str
    revision: int


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened after some revision: `gone` are briefings that were removed or replaced, `present` those
    that were added or replaced, oldest change first. `revision` is where the library stood, `token` the name of
    that revision."""

    revision: int
    gone: tuple[str, ...]
    present: tuple[Changed, ...]
    token: str = field(default="", compare=False)


# Asked several times for every question.
_LAST = (
    "SELECT commits.revision, commits.token FROM commits"
    " JOIN meta ON commits.revision = CAST(meta.value AS BIGINT) WHERE meta.key = 'revision'"
)


def asked_quickly(connection: sa.Connection, query: str) -> Sequence[object] | None:
    """The first row that a query without parameters finds, asked of the driver itself: SQLAlchemy takes three times
    as long as that and the database together."""
    driver = connection.connection.dbapi_connection
    assert driver is not None  # it was just taken from the pool
    try:
        with contextlib.closing(driver.cursor()) as cursor:
            cursor.execute(query)
            row: Sequence[object] | None = cursor.fetchone()
            return row
    except Exception as error:  # its own errors, which `translated` knows by SQLAlchemy's name
        raise sa.exc.DBAPIError(query, None, error) from error


class Account:
    """The part of `rag.library.Library` that keeps account of itself."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._own = threading.local()  # `stood`: where it was found to stand, within `unchanging`

    @property
    def engine(self) -> sa.Engine:
        """The database, for what else is kept in it (`rag.storage.conversations`)."""
        return self._engine

    def library_id(self) -> str:
        """The name this library was given when it was made; a mirror of another library is useless."""
        with db.reading(self._engine) as connection:
            return db.value_of(connection, "library_id") or ""

    def revision(self) -> int:
        """How many changes this library has seen."""
        with db.reading(self._engine) as connection:
            return int(db.value_of(connection, "revision") or 0)

    def token(self, revision: int) -> str:
        """The name that this revision was given when it was made: two libraries that were one once, as a backup
        and what it was made from, have the same numbers but not the same names. Empty when there is none."""
        with db.reading(self._engine) as connection:
            return _token(connection, revision)

    def stands_at(self, revision: int, token: str) -> bool:
        """True when the library's last change has this number and was given this name (see `token`)."""
        stood: set[tuple[int, str]] | None = getattr(self._own, "stood", None)
        if stood and (revision, token) in stood:
            return True
        with db.reading(self._engine) as connection:
            stands = asked_quickly(connection, _LAST) == (revision, token)
        if stands and stood is not None:
            stood.add((revision, token))
        return stands

    def unchanging(self) -> "Unchanging":
        """Within it, this thread takes the library to stand where it was found to stand: for one question, which
        need not ask five times. It may be left and entered again, for as long as the question takes."""
        return Unchanging(self._own)

    def embedder(self) -> str | None:
        """The fingerprint of the embedder that made the vectors, or None while there are none."""
        with db.reading(self._engine) as connection:
            return db.value_of(connection, "embedder")

    def uris(self) -> dict[str, str]:
        """The address of every briefing, by its id."""
        with db.reading(self._engine) as connection:
            rows = connection.execute(sa.select(db.briefings.c.briefing_id, db.briefings.c.uri))
            return {row.briefing_id: row.uri for row in rows}

    def known(self) -> list[Known]:
        """What `ingest` compares files with, of every briefing."""
        b = db.briefings.c
        with db.reading(self._engine) as connection:
            rows = connection.execute(sa.select(b.briefing_id, b.uri, b.sha256, b.recipe, b.seen))
            return [Known(*row) for row in rows]

    def sketches(self) -> list[tuple[str, bytes]]:
        """The sketch of every briefing that has one, by its id, oldest first."""
        b = db.briefings.c
        query = sa.select(b.briefing_id, b.sketch).where(b.sketch.is_not(None)).order_by(b.revision, b.briefing_id)
        with db.reading(self._engine) as connection:
            return [(row.briefing_id, row.sketch) for row in connection.execute(query)]

    def passage_counts(self, briefing_ids: Sequence[str]) -> dict[str, int]:
        """How many passages each of these briefings has; one without any is left out."""
        p = db.passages.c
        found: dict[str, int] = {}
        with db.reading(self._engine) as connection:
            for some in db.batches(briefing_ids):
                query = sa.select(p.briefing_id, sa.func.count()).where(p.briefing_id.in_(some))
                found.update((i, int(n)) for i, n in connection.execute(query.group_by(p.briefing_id)))
        return found

    def changes(self, since: int) -> Changes:
        """What happened after revision `since`."""
        b, r = db.briefings.c, db.removals.c
        with db.reading(self._engine) as connection:
            revision = int(db.value_of(connection, "revision") or 0)
            removed = connection.execute(sa.select(r.briefing_id).where(r.revision > since)).scalars()
            present = connection.execute(
                sa.select(b.briefing_id, b.revision).where(b.revision > since).order_by(b.revision)
            )
            changed = tuple(Changed(*row) for row in present)
            return Changes(revision, tuple(removed), changed, _token(connection, revision))


class Unchanging(contextlib.AbstractContextManager[None]):
    """What `Account.unchanging` gives: lets `own.stood` be where the library was found to stand."""

    def __init__(self, own: threading.local) -> None:
        self._own = own
        self._stood: set[tuple[int, str]] = set()
        self._outer: list[set[tuple[int, str]] | None] = []

    def __enter__(self) -> None:
        outer = getattr(self._own, "stood", None)
        self._outer.append(outer)
        self._own.stood = self._stood if outer is None else outer

    def __exit__(self, *error: object) -> None:
        self._own.stood = self._outer.pop()

    def each(self, made: Iterator[Made]) -> Iterator[Made]:
        """Each of these, which is made within it; it is left while others look at one."""
        while True:
            with self:
                try:
                    one = next(made)
                except StopIteration:
                    return
            yield one


def _token(connection: sa.Connection, revision: int) -> str:
    c = db.commits.c
    return connection.execute(sa.select(c.token).where(c.revision == revision)).scalar() or ""
