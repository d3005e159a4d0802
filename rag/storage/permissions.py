"""What may be written: a home that can only be read is asked all the same."""

import os
import sqlite3
from pathlib import Path


def may_write(*paths: Path) -> bool:
    """True when each of these files and folders can be written, or made where it is missing."""
    return all(os.access(path if path.exists() else path.parent, os.W_OK) for path in paths)


def is_read_only(path: Path) -> bool:
    """True for a SQLite file that is there and cannot be written, or has a folder that cannot."""
    return path.exists() and not may_write(path, path.parent)


def to_read(path: Path) -> sqlite3.Connection:
    """A connection that writes nothing, not even the files beside a database in WAL mode. They are missing after a
    clean end: then all is in the one file, which SQLite must be told will not change."""
    log = path.with_name(f"{path.name}-wal")
    for mode in ("mode=ro", "immutable=1"):
        address = f"{path.absolute().as_uri()}?{mode}"
        connection = sqlite3.connect(address, timeout=30, isolation_level=None, check_same_thread=False, uri=True)
        try:
            connection.execute("PRAGMA schema_version")
        except sqlite3.OperationalError:
            connection.close()
            if mode != "mode=ro" or (log.exists() and log.stat().st_size > 0):
                raise
        else:
            break
    return connection
