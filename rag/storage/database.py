"""The library's tables, and the databases that can hold them: SQLite in WAL mode, or PostgreSQL by URL."""

import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from rag.errors import LibraryError
from rag.storage.permissions import is_read_only, to_read

SCHEMA_VERSION = 4
_TABLES_LOCK = 20240819  # any number that is the same for all
Vectors = NDArray[np.float32]
T = TypeVar("T")

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
    sa.Column("author", sa.Text),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("revision", sa.BigInteger, nullable=False, index=True),
    sa.Column("seen", sa.Text),  # the state of the file when it was read, for `ingest.walk`
    sa.Column("sketch", sa.LargeBinary),  # what `ingest.alike` compares briefings by
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
    sa.Column("page", sa.Integer),
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
versions = sa.Table(
    "versions",
    tables,
    sa.Column("briefing_id", sa.String(200), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("replaced", sa.BigInteger, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("published", sa.Date),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("paragraphs", sa.Text, nullable=False),  # JSON
)
commits = sa.Table(
    "commits",
    tables,
    sa.Column("revision", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("token", sa.String(32), nullable=False),
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

    Transactions begin explicitly; those with the execution option `writes` take SQLite's write lock at once. A file
    that cannot be written is opened to be read.
    """
    if isinstance(where, str):
        return sa.create_engine(where, pool_pre_ping=True)
    if is_read_only(where):
        # Opened anew every time: what is opened as unchanging must not outlive a change by somebody else.
        engine = sa.create_engine("sqlite://", creator=lambda: to_read(where), poolclass=sa.NullPool)
        engine.update_execution_options(read_only=where)
    else:
        engine = sa.create_engine(sa.URL.create("sqlite", database=str(where)), connect_args={"timeout": 30})
        sa.event.listen(engine, "connect", _set_up_sqlite)
    sa.event.listen(engine, "connect", _know_letters)
    # pysqlite would begin a transaction lazily, as a reader; a writer must take its lock at once.
    sa.event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: sa.Connection) -> None:
    if connection.get_execution_options().get("writes"):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:  # takes no lock and cannot fail, so it need not go through SQLAlchemy, which takes longer than to read
        connection.connection.driver_connection.execute("BEGIN")  # type: ignore[union-attr]


def _set_up_sqlite(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # transactions are begun by _begin alone
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")  # what is reported as added survives a power cut


def _know_letters(connection: sqlite3.Connection, _: object) -> None:
    """SQLite knows the small letters of A to Z alone; what is looked for has others."""
    connection.create_function("lower", 1, lambda text: text.lower() if text else text, deterministic=True)


@contextlib.contextmanager
def translated() -> Iterator[None]:
    """Turn the database's errors into the project's own."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        words = str(error.orig)
        remedy = "Run `briefings doctor`."
        if "not a database" in words or "malformed" in words:
            remedy = "Run `briefings doctor --repair`, which saves what can be read of it."
        elif "locked" in words:
            remedy = "Another command is writing to it; try again in a moment."
        elif "disk is full" in words or "disk I/O" in words:
            remedy = "Free some space and run the command again; what was reported as added is kept."
        elif "readonly" in words or "unable to open" in words:
            remedy = "Check the folder's permissions, or choose another with --home."
        raise LibraryError(f"The library cannot be used: {words.splitlines()[0]}.", remedy) from error


@contextlib.contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection that sees one state of the database. Raises LibraryError for the database's own errors."""
    with translated(), engine.connect() as connection:
        yield connection


@contextlib.contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection in a transaction that is kept when the block ends and undone when it raises.

    Raises LibraryError for the database's own errors, and for one that can only be read.
    """
    check_writable(engine)
    with translated(), engine.connect().execution_options(writes=True) as connection, connection.begin():
        yield connection


def check_writable(engine: sa.Engine) -> None:
    """Raise LibraryError when the database can only be read."""
    if path := engine.get_execution_options().get("read_only"):
        raise LibraryError(
            f"The library can only be read: {path} or its folder cannot be written.",
            "Check their permissions and the disk, or choose another folder with --home.",
        )


def alone(connection: sa.Connection) -> None:
    """Wait until no other process is making or changing the tables; SQLite's writers are alone anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_TABLES_LOCK)))


def upgrade(connection: sa.Connection) -> None:
    """Give the tables of an older version what they lack: new tables, and new columns, which are empty."""
    tables.create_all(connection)
    look = sa.inspect(connection)
    quoted = connection.dialect.identifier_preparer.quote
    for table in tables.sorted_tables:
        known = {column["name"] for column in look.get_columns(table.name)}
        for column in table.columns:
            if column.name not in known:
                kind = column.type.compile(connection.dialect)
                words = f"ALTER TABLE {quoted(table.name)} ADD COLUMN {quoted(column.name)} {kind}"
                connection.exec_driver_sql(words)
    set_value(connection, "schema_version", str(SCHEMA_VERSION))


# Asked several times for every question, so that making it anew counts.
_VALUE = sa.select(meta.c.value).where(meta.c.key == sa.bindparam("key"))


def value_of(connection: sa.Connection, key: str) -> str | None:
    """What the table `meta` holds under a key, or None."""
    return connection.execute(_VALUE, {"key": key}).scalar()


def set_value(connection: sa.Connection, key: str, value: str) -> None:
    """Keep a value under a key of the table `meta`."""
    connection.execute(sa.delete(meta).where(meta.c.key == key))
    connection.execute(sa.insert(meta), {"key": key, "value": value})


def batches(values: Sequence[T], size: int = 500) -> Iterator[Sequence[T]]:
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
