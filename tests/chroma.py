"""A Chroma client of the test's own, as others open the store."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import chromadb
from chromadb.api import ClientAPI
from chromadb.config import Settings


@contextmanager
def client_at(path: Path) -> Iterator[ClientAPI]:
    """A client of the store in this folder, which nobody else may have open."""
    client = chromadb.PersistentClient(str(path), settings=Settings(anonymized_telemetry=False))
    yield client
    client.close()  # type: ignore[attr-defined]  # both kinds of client have it
