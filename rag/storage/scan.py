"""Exact search over the library's own vectors, for a process that has no vector store."""

from collections.abc import Collection

import numpy as np

from rag.storage.database import Vectors


class Scan:
    """Exact search over all vectors of one revision of the library."""

    def __init__(self, revision: int, ids: list[str], briefing_ids: list[str], vectors: Vectors) -> None:
        self.revision = revision
        self._ids = ids
        self._numbers = {briefing_id: n for n, briefing_id in enumerate(dict.fromkeys(briefing_ids))}
        self._briefing_of = np.array([self._numbers[i] for i in briefing_ids], dtype=np.int64)
        self._vectors = vectors

    def query(self, vector: Vectors, k: int, within: Collection[str] | None) -> list[tuple[str, float]]:
        """The ids of the k nearest passages of these briefings, with cosine similarities, best first."""
        if not self._ids:
            return []
        if within is None:
            rows = np.arange(len(self._ids))
        else:
            admitted = np.zeros(len(self._numbers), dtype=bool)
            admitted[[self._numbers[i] for i in within if i in self._numbers]] = True
            rows = np.flatnonzero(admitted[self._briefing_of])
        scores = self._vectors[rows] @ vector if within is not None else self._vectors @ vector
        best = np.argsort(-scores, kind="stable")[:k]
        return [(self._ids[rows[i]], float(scores[i])) for i in best]
