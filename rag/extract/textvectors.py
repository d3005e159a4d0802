"""The vectors of words and sentences that were embedded before, in one table so that many are read at once."""

import threading
from collections.abc import Callable, Sequence

import numpy as np

from rag.storage.database import Vectors

_FIRST = 4_096  # rows of a new table

Embed = Callable[[Sequence[str]], Vectors]


class TextVectors:
    """A table of vectors that grows as texts are asked for, and begins anew when it would hold more than `most`.
    Safe to share between threads."""

    def __init__(self, embed: Embed, most: int, dimensions: int = 256) -> None:
        self._embed = embed
        self._most = most
        self._dimensions = dimensions
        self._writing = threading.Lock()
        self._table = _Table(np.zeros((_FIRST, dimensions), dtype=np.float32))

    def of(self, texts: Sequence[str]) -> Vectors:
        """One row a text, in the order given; new ones are embedded together, so ask for many at once."""
        try:
            return self._table.of(texts)
        except KeyError:
            return self._with(list(dict.fromkeys(texts))).of(texts)

    def _with(self, texts: Sequence[str]) -> "_Table":
        """The table, with at least these texts."""
        with self._writing:
            new = [t for t in texts if t not in self._table.rows]
            if len(self._table.rows) + len(new) > self._most:
                self._table = _Table(np.zeros((_FIRST, self._dimensions), dtype=np.float32))
                new = list(texts)
            if new:
                self._table.add(new, self._embed(new))
            return self._table


class _Table:
    """Rows by text. While one thread adds, others may read: a row is written before its text is known."""

    def __init__(self, vectors: Vectors) -> None:
        self.rows: dict[str, int] = {}
        self._vectors = vectors

    def of(self, texts: Sequence[str]) -> Vectors:
        """One row a text. Raises KeyError for a text that it does not hold."""
        rows = [self.rows[t] for t in texts]  # before the vectors, which may be exchanged for more meanwhile
        return self._vectors[np.array(rows, dtype=np.intp)]

    def add(self, texts: Sequence[str], vectors: Vectors) -> None:
        first = len(self.rows)
        last = first + len(texts)
        if last > len(self._vectors):
            more = np.zeros((max(last, 2 * len(self._vectors)), self._vectors.shape[1]), dtype=np.float32)
            more[:first] = self._vectors[:first]
            self._vectors = more
        self._vectors[first:last] = vectors
        self.rows.update({t: first + i for i, t in enumerate(texts)})
