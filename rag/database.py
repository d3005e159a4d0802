"""The library's tables, and the databases that can hold them: SQLite in WAL mode, or PostgreSQL by URL."""

import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from rag.errors import LibraryError

SCHEMA_VERSION = 1
Vectors = NDArray[np.float32]

tables = sa.MetaData()
meta = sa.Table(
    "meta",
    tables,
    sa.Column("key", sa.String(40), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)
briefings = sa.Table(
    "briefings",
    tables,
    sa.Column("briefing_id", sa.String(200), primary_key=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("published", sa.Date, index=True),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("uri", sa.Text, nullable=False, unique=True),
    sa.Column("sha256", sa.String(64), nullable=False, index=True),
    sa.Column("recipe", sa.Integer, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("revision", sa.BigInteger, nullable=False, index=True),
)
paragraphs = sa.Table(
    "paragraphs",
    tables,
    sa.Column("briefing_id", sa.String(200), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("start", sa.BigInteger, nullable=False),
    sa.Column("end", sa.BigInteger, nullable=False),
    sa.Column("section", sa.Text),
    sa.Column("kind", sa.String(20), nullable=False),
)
passages = sa.Table(
    "passages",
    tables,
    sa.Column("passage_id", sa.String(250), primary_key=True),
    sa.Column("briefing_id", sa.String(200), nullable=False, index=True),
    sa.Column("first_paragraph", sa.Integer, nullable=False),
    sa.Column("last_paragraph", sa.Integer, nullable=False),
    sa.Column("start", sa.BigInteger, nullable=False),
    sa.Column("end", sa.BigInteger, nullable=False),
    sa.Column("vector", sa.LargeBinary, nullable=False),
)
removals = sa.Table(
    "removals",
    tables,
    sa.Column("briefing_id", sa.String(200), primary_key=True),
    sa.Column("revision", sa.BigInteger, nullable=False, index=True),
)
conversations = sa.Table(
    "conversations",
    tables,
    sa.Column("conversation_id", sa.String(32), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("changed", sa.BigInteger, nullable=False, index=True),
)
exchanges = sa.Table(
    "exchanges",
    tables,
    sa.Column("exchange_id", sa.Integer, primary_key=True),
    sa.Column("conversation_id", sa.String(32), nullable=False, index=True),
    sa.Column("asked", sa.BigInteger, nullable=False),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("scope", sa.Text, nullable=False),
    sa.Column("searched", sa.Integer, nullable=False),
    sa.Column("answer", sa.Text),
    sa.Column("failure", sa.Text),
    sa.Column("words", sa.Text, nullable=False),  # what was said, for the search
)


def connect(where: Path | str) -> sa.Engine:
    """An engine for the SQLite file at this path, or for the database at this SQLAlchemy URL.

    Transactions begin explicitly; those with the execution option `writes` take SQLite's write lock at once.
    """
    if isinstance(where, str):
        return sa.create_engine(where, pool_pre_ping=True)
    engine = sa.create_engine(sa.URL.create("sqlite", database=str(where)), connect_args={"timeout": 30})
    sa.event.listen(engine, "connect", _set_up_sqlite)
    # pysqlite would begin a transaction lazily, as a reader; a writer must take its lock at once.
    sa.event.listen(engine, "begin", lambda c: c.exec_driver_sql(_begin_statement(c)))
    return engine


def _begin_statement(connection: sa.Connection) -> str:
    return "BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN"


def _set_up_sqlite(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # transactions are begun by _begin_statement alone
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")  # what is reported as added survives a power cut


@contextlib.contextmanager
def translated() -> Iterator[None]:
    """Turn the database's errors into the project's own."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        words = str(error.orig)
        remedy = "Run `briefings doctor`."
        if "not a database" in words or "malformed" in words:
            remedy = "Move library.sqlite3 aside and ingest your files again."
        elif "locked" in words:
            remedy = "Another command is writing to it; try again in a moment."
        elif "disk is full" in words or "disk I/O" in words:
            remedy = "Free some space and run the command again; what was reported as added is kept."
        elif "readonly" in words or "unable to open" in words:
            remedy = "Check the folder's permissions, or choose another with --home."
        raise LibraryError(f"The library cannot be used: {words.splitlines()[0]}.", remedy) from error


def value_of(connection: sa.Connection, key: str) -> str | None:
    """What the table `meta` holds under a key, or None."""
    return connection.execute(sa.select(meta.c.value).where(meta.c.key == key)).scalar()


def set_value(connection: sa.Connection, key: str, value: str) -> None:
    """Keep a value under a key of the table `meta`."""
    connection.execute(sa.delete(meta).where(meta.c.key == key))
    connection.execute(sa.insert(meta), {"key": key, "value": value})


def batches(values: Sequence[str], size: int = 500) -> Iterator[Sequence[str]]:
    """Stay below the databases' limits on the number of parameters."""
    return (values[i : i + size] for i in range(0, len(values), size))


def blob(vector: Vectors) -> bytes:
    """A vector as little-endian float32 bytes."""
    return np.ascontiguousarray(vector, dtype="<f4").tobytes()


def matrix(blobs: Sequence[bytes]) -> Vectors:
    """One row for each of these vectors."""
    if not blobs:
        return np.zeros((0, 0), dtype=np.float32)
    return np.frombuffer(b"".join(blobs), dtype="<f4").reshape(len(blobs), -1)
