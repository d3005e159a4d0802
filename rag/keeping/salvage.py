"""Saving what can be read of a damaged library file into a new one; the damaged file is kept beside it."""

import contextlib
import itertools
import shutil
import sqlite3
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from filelock import FileLock, Timeout

from rag.errors import BriefingsError, LibraryError, refusal_of
from rag.library import Library
from rag.storage import database as db
from rag.storage.permissions import is_read_only, to_read

_KEPT = ("briefings", "paragraphs", "passages", "versions", "conversations", "exchanges")
_PARTS = ("", "-wal", "-shm")  # SQLite's files
_GAP = 200_000  # row numbers that are tried one by one between two damaged places
_BATCH = 200


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What was saved; `lost` are the ids of briefings of which something could not be read, `aside` is where the
    damaged file is kept."""

    briefings: int
    lost: tuple[str, ...]
    aside: Path


def damage(path: Path) -> str | None:
    """What is wrong with a library file, in SQLite's own words, or None; a file that is not there is in order."""
    if not path.exists():
        return None
    try:
        opened = to_read(path) if is_read_only(path) else sqlite3.connect(path, timeout=30)
        with contextlib.closing(opened) as connection:
            verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error) or "unable to open" in str(error):
            return None
        return str(error)
    except sqlite3.DatabaseError as error:
        return str(error)
    return None if verdict == "ok" else str(verdict).splitlines()[-1]


def salvage(home: Path, path: Path) -> Salvaged:
    """Put a new library with all that can be read in the place of a damaged one. Only whole briefings are taken.

    Raises BriefingsError while another process has the search indexes of this home open, LibraryError when the
    new file cannot be written; the damaged one is then left as it is.
    """
    lock = FileLock(home / "chroma.lock", thread_local=False)
    try:
        with lock.acquire(timeout=0):
            return _salvage(path)
    except Timeout as error:
        raise BriefingsError(
            "Another process is using this library.", "Close the chat window and run this again."
        ) from error
    except OSError as error:
        raise LibraryError(
            f"The library could not be saved: {refusal_of(error)}.",
            "Check the disk and the permissions of the folder, and run this again.",
        ) from error


def _salvage(path: Path) -> Salvaged:
    aside = path.with_name(f"{path.name}.damaged-{datetime.now():%Y%m%d-%H%M%S}-{uuid.uuid4().hex[:4]}")
    for part in _PARTS:
        if (whole := path.with_name(path.name + part)).exists():
            shutil.copy2(whole, aside.with_name(aside.name + part))
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    library = Library.open(fresh)
    try:
        with db.writing(library.engine) as connection:
            embedder = _copy(aside, connection)
            lost, count = _drop_incomplete(connection)
            connection.execute(sa.update(db.briefings).values(revision=0, seen=None))
            db.set_value(connection, "embedder", embedder or "an unknown embedder")
    finally:
        library.close()  # the last connection: all is in the one file then
    for part in _PARTS[1:]:
        path.with_name(path.name + part).unlink(missing_ok=True)
    fresh.replace(path)
    return Salvaged(count, tuple(sorted(lost)), aside)


def _copy(damaged: Path, connection: sa.Connection) -> str | None:
    """Copy every row that can be read; the name of the embedder."""
    embedder = None
    with contextlib.closing(sqlite3.connect(damaged)) as source:
        source.text_factory = lambda data: data.decode("utf-8", "replace")
        for _, row in _rows(source, "meta"):
            if row.get("key") == "embedder":
                embedder = row.get("value")
        for name in _KEPT:
            table = db.tables.tables[name]
            batch = []
            for _, row in _rows(source, name):
                if any(row.get(c.name) is None for c in table.columns if not c.nullable):
                    continue
                batch.append([row.get(c.name) for c in table.columns])
                if len(batch) >= _BATCH:
                    _insert(connection, table, batch)
                    batch = []
            _insert(connection, table, batch)
    return str(embedder) if embedder else None


def _insert(connection: sa.Connection, table: sa.Table, rows: list[list[object]]) -> None:
    """Insert rows as SQLite holds them; one that is there already is passed over."""
    if rows:
        names = ", ".join(f'"{c.name}"' for c in table.columns)
        marks = ", ".join("?" for _ in table.columns)
        words = f'INSERT OR IGNORE INTO "{table.name}" ({names}) VALUES ({marks})'
        connection.exec_driver_sql(words, [tuple(row) for row in rows])


def _rows(source: sqlite3.Connection, table: str) -> Iterator[tuple[int, dict[str, object]]]:
    """The rows of a table that can be read, with their numbers: from both ends, then one by one in between."""
    low, high = -(2**63), 2**63 - 1
    for order in ("ASC", "DESC"):
        query = f'SELECT rowid AS row_number, * FROM "{table}" WHERE rowid > ? ORDER BY rowid {order}'
        try:
            found = source.execute(query, (low,))
            names = [column[0] for column in found.description]
            for row in found:
                if order == "ASC":
                    low = row[0]
                else:
                    high = row[0]
                yield row[0], dict(zip(names, row, strict=True))
            return
        except sqlite3.DatabaseError:
            continue
    if not -(2**63) < low < high < 2**63 - 1:
        return
    for number in range(low + 1, min(high, low + _GAP)):
        with contextlib.suppress(sqlite3.DatabaseError):
            found = source.execute(f'SELECT * FROM "{table}" WHERE rowid = ?', (number,))
            names = [column[0] for column in found.description]
            for row in found:
                yield number, dict(zip(names, row, strict=True))


def _drop_incomplete(connection: sa.Connection) -> tuple[set[str], int]:
    """Remove every briefing of which a part is missing, and every part of which the briefing is; their ids, and how
    many whole ones are left."""
    b, p, q = db.briefings.c, db.paragraphs.c, db.passages.c
    paragraphs = {
        row.briefing_id: (row.n, row.last, row.end)
        for row in connection.execute(
            sa.select(p.briefing_id, sa.func.count().label("n"), sa.func.max(p.number).label("last"),
                      sa.func.max(p.end).label("end")).group_by(p.briefing_id)
        )
    }  # fmt: skip
    passages: dict[str, list[tuple[int, int, int]]] = {}
    sizes: dict[int, int] = {}
    size = sa.func.length(q.vector)
    for row in connection.execute(
        sa.select(q.briefing_id, q.first_paragraph, q.last_paragraph, size).order_by(q.briefing_id, q.start)
    ):
        passages.setdefault(row[0], []).append((row[1], row[2], row[3]))
        sizes[row[3]] = sizes.get(row[3], 0) + 1
    usual = max(sizes, key=lambda s: sizes[s], default=0)
    whole = set()
    for briefing_id, length in connection.execute(sa.select(b.briefing_id, sa.func.length(b.text))):
        count, last, end = paragraphs.get(briefing_id, (0, 0, 0))
        parts = passages.get(briefing_id, [])
        covered = parts[0][0] == 1 and parts[-1][1] == count if parts else count == 0
        joined = all(after[0] in (before[1], before[1] + 1) for before, after in itertools.pairwise(parts))
        if count == last and end <= length and covered and joined and all(s == usual for *_, s in parts):
            whole.add(briefing_id)
    known = set(connection.execute(sa.select(b.briefing_id)).scalars())
    lost = (known | set(paragraphs) | set(passages)) - whole
    for some in db.batches(sorted(lost)):
        for table in (db.passages, db.paragraphs, db.briefings):
            connection.execute(sa.delete(table).where(table.c.briefing_id.in_(some)))
    return lost, len(whole)
