"""The vector mirror: the library's passages in Chroma. The only file that imports chromadb.

A mirror may lag behind the library and may be lost; `rag.mirrors` brings it up to date or builds it anew.
"""

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np

from rag.briefings import Hit
from rag.errors import LibraryError
from rag.storage.database import Vectors
from rag.storage.stamps import Stamp

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

COLLECTION = "briefings"
# Wider than Chroma's defaults: many passages that are alike must not hide the one that is nearest.
_HNSW: Any = {"space": "cosine", "ef_construction": 200, "ef_search": 400, "max_neighbors": 32}
_SAMPLES = 8  # passages that a probe looks for
_SAME = 0.999  # cosine of a vector with itself, as Chroma rounds
ROWS = 500  # far below Chroma's limit of 5,461; nothing else of the process goes on while it writes them


class VectorMirror:
    """Chroma's collection `briefings`: ids, metadata and vectors of all passages.

    Their words are in the library, where the metadata says. As Chroma's documents they would get a second full-text
    index, which nobody asks and which takes half the time of writing them.
    """

    def __init__(self, client: "ClientAPI", rows: int = ROWS) -> None:
        """`rows` are written at once, 5,461 at most."""
        self._client = client
        self._rows = rows
        self._collection = self._open()

    @classmethod
    def at_path(cls, path: Path, rows: int = ROWS) -> "VectorMirror":
        """The embedded Chroma store in this folder; `rows` are written at once. The caller must hold the folder's
        lock.

        Raises whatever Chroma raises when the store is broken.
        """
        import chromadb
        from chromadb.api.shared_system_client import SharedSystemClient
        from chromadb.config import Settings

        try:
            return cls(chromadb.PersistentClient(str(path), settings=Settings(anonymized_telemetry=False)), rows)
        except BaseException:
            # Chroma keeps a half-started store for the next client of this path; make it forget.
            SharedSystemClient.clear_system_cache()
            raise

    @classmethod
    def at_url(cls, url: str) -> "VectorMirror":
        """The Chroma server at this address. Raises LibraryError when it does not answer."""
        import chromadb
        from chromadb.config import Settings

        parts = urlsplit(url)
        try:
            client = chromadb.HttpClient(
                host=parts.hostname or "localhost",
                port=parts.port or (443 if parts.scheme == "https" else 8000),
                ssl=parts.scheme == "https",
                settings=Settings(anonymized_telemetry=False),
            )
            return cls(client)
        except Exception as error:
            raise LibraryError(
                f"The Chroma server at {url} does not answer ({type(error).__name__}).",
                "Start it, or unset CHROMA_URL to use the built-in store.",
            ) from error

    def _open(self) -> Any:
        return self._client.get_or_create_collection(
            COLLECTION, embedding_function=None, configuration={"hnsw": _HNSW}
        )

    def stamp(self) -> Stamp | None:
        """Which state of which library the mirror stands at, or None for a new or unknown one."""
        return Stamp.read((self._collection.metadata or {}).get("stamp"))

    def ids(self) -> set[str]:
        """The ids of all passages in the mirror."""
        return set(self._collection.get(include=[])["ids"])

    def update(self, forget: Sequence[str], hits: Sequence[Hit], vectors: Vectors) -> None:
        """Remove all passages of the briefings to forget, then add these with their vectors. When it is cut short,
        doing it again gives the same."""
        for i in range(0, len(forget), 500):
            self._collection.delete(where={"briefing_id": {"$in": list(forget[i : i + 500])}})
        for i in range(0, len(hits), self._rows):
            some = hits[i : i + self._rows]
            self._collection.upsert(
                ids=[h.passage.passage_id for h in some],
                embeddings=vectors[i : i + self._rows],
                metadatas=[_metadata(h) for h in some],
            )

    def record(self, stamp: Stamp) -> None:
        """Note which state of which library the mirror stands at."""
        self._collection.modify(metadata={"stamp": stamp.write()})

    def query(self, vector: Vectors, k: int) -> list[tuple[str, float]]:
        """The ids of the k passages nearest to a vector of unit length, with their cosine similarity."""
        result = self._collection.query(query_embeddings=vector[None, :], n_results=k, include=["distances"])
        return [(i, 1.0 - float(d)) for i, d in zip(result["ids"][0], result["distances"][0], strict=True)]

    def probe(self) -> bool:
        """True when queries find the passages they are made from, as most must, though the search is approximate.

        Raises what Chroma raises when it cannot answer at all.
        """
        count = self._collection.count()
        found = wanted = 0
        for offset in range(0, count, max(1, count // _SAMPLES)):
            sample = self._collection.get(limit=1, offset=offset, include=["embeddings"])
            vector = np.asarray(sample["embeddings"][0], dtype=np.float32)
            if vector.any():
                wanted += 1
                nearest = self.query(vector, 1)
                found += bool(nearest) and nearest[0][1] > _SAME
        return found * 2 >= wanted

    def refresh(self) -> None:
        """Look again at what other processes have made of a server's collection."""
        self._collection = self._open()

    def clear(self) -> None:
        """Empty the mirror."""
        from chromadb.errors import NotFoundError

        with contextlib.suppress(NotFoundError):  # another process has just done so
            self._client.delete_collection(COLLECTION)
        self._collection = self._open()

    def close(self) -> None:
        """Let go of the store, so that another process may open it."""
        self._client.close()  # type: ignore[attr-defined]  # both kinds of client have it


def _metadata(hit: Hit) -> dict[str, str | int]:
    """What another user of the store expects to find beside a vector; dates also as a number, because
    Chroma compares only numbers."""
    passage = hit.passage
    found: dict[str, str | int] = {
        "briefing_id": passage.briefing_id,
        "title": hit.title,
        "source": hit.source,
        "first_paragraph": passage.first_paragraph,
        "last_paragraph": passage.last_paragraph,
        "start": passage.start,
        "end": passage.end,
    }
    if hit.section:
        found["section"] = hit.section
    if hit.published:
        found["published"] = hit.published.isoformat()
        found["published_day"] = int(hit.published.strftime("%Y%m%d"))
    return found


def minilm() -> Any:
    """Chroma's MiniLM embedding function: a list of texts in, a list of vectors out."""
    from chromadb.utils.embedding_functions.onnx_mini_lm_l6_v2 import ONNXMiniLM_L6_V2

    return ONNXMiniLM_L6_V2()
