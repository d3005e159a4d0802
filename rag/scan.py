"""Exact search over the library's own vectors, for a process that has no vector store."""

from collections.abc import Collection

import numpy as np

from rag.database import Vectors


class Scan:
    """Exact search over all vectors of one revision of the library."""

    def __init__(self, revision: int, ids: list[str], briefing_ids: list[str], vectors: Vectors) -> None:
        self.revision = revision
        self._ids = ids
        self._briefing_ids = np.array(briefing_ids, dtype=object)
        self._vectors = vectors

    def query(self, vector: Vectors, k: int, within: Collection[str] | None) -> list[tuple[str, float]]:
        """The ids of the k nearest passages of these briefings, with cosine similarities, best first."""
        if not self._ids:
            return []
        scores = self._vectors @ vector
        if within is not None:
            admitted = set(within)
            scores = np.where([b in admitted for b in self._briefing_ids], scores, -np.inf)
        best = np.argsort(-scores, kind="stable")[:k]
        return [(self._ids[i], float(scores[i])) for i in best if np.isfinite(scores[i])]
