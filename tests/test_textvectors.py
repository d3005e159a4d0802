"""The table of vectors of texts that were embedded before."""

from collections.abc import Sequence

import numpy as np

from rag.extract.textvectors import TextVectors
from rag.storage.database import Vectors


class Lengths:
    """Embeds a text as its length and its number of a's; `asked` are the texts of each call."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def __call__(self, texts: Sequence[str]) -> Vectors:
        self.asked.append(list(texts))
        return np.array([[len(t), t.count("a")] for t in texts], dtype=np.float32)


def test_what_is_new_is_embedded_together_and_only_once() -> None:
    lengths = Lengths()
    vectors = TextVectors(lengths, most=10, dimensions=2)
    assert vectors.of(["aa", "b", "aa"]).tolist() == [[2, 2], [1, 0], [2, 2]]
    assert vectors.of(["bab", "b"]).tolist() == [[3, 1], [1, 0]]
    assert lengths.asked == [["aa", "b"], ["bab"]]


def test_no_texts_are_no_rows() -> None:
    assert TextVectors(Lengths(), most=1, dimensions=2).of([]).shape == (0, 2)


def test_a_full_table_begins_anew_and_answers_all_the_same() -> None:
    lengths = Lengths()
    vectors = TextVectors(lengths, most=2, dimensions=2)
    vectors.of(["a", "b"])
    assert vectors.of(["b", "cc"]).tolist() == [[1, 0], [2, 0]]
    assert vectors.of(["a", "b", "cc"]).tolist() == [[1, 1], [1, 0], [2, 0]]  # more than it keeps
    assert lengths.asked == [["a", "b"], ["b", "cc"], ["a", "b", "cc"]]


def test_a_table_grows_beyond_its_first_rows() -> None:
    vectors = TextVectors(Lengths(), most=20_000, dimensions=2)
    first = vectors.of(["a"])
    rows = vectors.of(["b" * n for n in range(9_000)])
    assert rows[:, 0].tolist() == list(range(9_000))
    assert np.array_equal(vectors.of(["a"]), first)
