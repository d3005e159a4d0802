"""The library: the only truth about which briefings there are and what they say.

SQLAlchemy Core over SQLite in WAL mode, or over PostgreSQL by URL. Every change is one
transaction; one that changes passages moves the library to the next revision, by which the mirrors
(`rag.mirrors`) know what they have missed.
"""

import secrets
import uuid
from collections.abc import Iterable, Sequence
from pathlib import Path

import sqlalchemy as sa

from rag.errors import ConflictError, LibraryError
from rag.storage import database as db
from rag.storage import versions
from rag.storage.account import Changed as Changed
from rag.storage.account import Changes as Changes
from rag.storage.database import SCHEMA_VERSION, Vectors
from rag.storage.entries import Entry, Standing, Written, conflict_of, delete, insert, standing_of
from rag.storage.reading import LibraryReader


class Library(LibraryReader):
    """An open library. Safe to share between threads and to open from several processes."""

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
            with db.reading(engine) as connection:
                known = sa.inspect(connection).has_table("meta")
                version = db.value_of(connection, "schema_version") if known else None
            if version is None:
                with db.writing(engine) as connection:
                    db.alone(connection)
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
            elif int(version) < SCHEMA_VERSION:
                with db.writing(engine) as connection:
                    db.alone(connection)
                    db.upgrade(connection)
        except BaseException:
            engine.dispose()
            raise
        return library

    @property
    def is_read_only(self) -> bool:
        """True when its file, or the folder of that, cannot be written."""
        return "read_only" in self._engine.get_execution_options()

    def check_writable(self) -> None:
        """Raise LibraryError when it can only be read."""
        db.check_writable(self._engine)

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()

    def put_all(self, entries: Sequence[Entry], embedder: str) -> Written:
        """Write several briefings in one transaction, but for those whose id or address another writer has taken
        meanwhile. Of every other one all is written when this returns, and nothing of any when it raises.

        Earlier words of a replaced briefing are kept as a version. Raises LibraryError when the library cannot
        be written, or when its vectors are another embedder's.
        """
        conflicts: list[ConflictError | None] = []
        with db.writing(self._engine) as connection:
            revision = _next_revision(connection)  # from here on there is no other writer
            _claim_embedder(connection, embedder)
            taken = standing_of(connection, entries)
            good = []
            for entry in entries:
                conflict = conflict_of(entry, taken)
                conflicts.append(conflict)
                if conflict is None:
                    good.append(entry)
                    taken.append(Standing(entry.briefing.briefing_id, entry.briefing.uri, entry.briefing.sha256))
            if not good:
                connection.rollback()
                return Written(revision - 1, tuple(conflicts))
            ids = {t.briefing_id for t in taken}
            replaced = [e.briefing for e in good if e.old_uri is not None and e.briefing.briefing_id in ids]
            versions.keep_old(connection, replaced)
            delete(connection, [b.briefing_id for b in replaced])
            _note_removals(connection, [b.briefing_id for b in replaced], revision)
            insert(connection, good, revision)
        return Written(revision, tuple(conflicts))

    def note_seen(self, seen: dict[str, str]) -> None:
        """Keep the states of the files that these briefings, by id, were found unchanged in."""
        with db.writing(self._engine) as connection:
            b = db.briefings.c
            connection.execute(
                sa.update(db.briefings)
                .where(b.briefing_id == sa.bindparam("id"))
                .values(seen=sa.bindparam("state")),
                [{"id": i, "state": state} for i, state in seen.items()],
            )

    def remove(self, briefing_ids: Sequence[str]) -> int:
        """Remove these briefings and all that is kept of them; the new revision.

        Raises NotFoundError, and removes nothing, when one of them does not exist.
        """
        with db.writing(self._engine) as connection:
            b = db.briefings.c.briefing_id
            known: set[str] = set()
            for some in db.batches(briefing_ids):
                known.update(connection.execute(sa.select(b).where(b.in_(some))).scalars())
            for briefing_id in briefing_ids:
                if briefing_id not in known:
                    raise self._no_such(briefing_id)
            revision = _next_revision(connection)
            delete(connection, briefing_ids)
            versions.forget(connection, briefing_ids)
            _note_removals(connection, sorted(known), revision)
        return revision

    def replace_vectors(self, vectors: Iterable[tuple[Sequence[str], Vectors]], embedder: str) -> int:
        """Replace every passage's vector by another embedder's, in one transaction; the new revision.

        `vectors` comes in batches of passage ids and as many rows.
        """
        p = db.passages.c
        with db.writing(self._engine) as connection:
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


def _next_revision(connection: sa.Connection) -> int:
    """Take the next revision and give it a name of its own, so that nobody takes it for the same number in a
    restored backup. The updated row stays locked: revisions become visible in their order."""
    grown = sa.cast(sa.cast(db.meta.c.value, sa.BigInteger) + 1, sa.Text)
    connection.execute(sa.update(db.meta).where(db.meta.c.key == "revision").values(value=grown))
    revision = int(db.value_of(connection, "revision") or 0)
    connection.execute(sa.insert(db.commits), {"revision": revision, "token": secrets.token_hex(8)})
    return revision


def _claim_embedder(connection: sa.Connection, embedder: str) -> None:
    known = db.value_of(connection, "embedder")
    if known is None:
        db.set_value(connection, "embedder", embedder)
    elif known != embedder:
        raise LibraryError(
            f"The library was embedded with {known}, not with {embedder}.",
            "Run `briefings doctor --repair` to embed it anew.",
        )


def _note_removals(connection: sa.Connection, briefing_ids: Sequence[str], revision: int) -> None:
    for some in db.batches(briefing_ids):
        connection.execute(sa.delete(db.removals).where(db.removals.c.briefing_id.in_(some)))
        connection.execute(sa.insert(db.removals), [{"briefing_id": i, "revision": revision} for i in some])
