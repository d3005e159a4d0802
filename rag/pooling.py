"""The sum of the vectors of a text's tokens, for Llama's vocabulary, which never joins words.

No token of it has a space after another sign, or a line break beside one: the tokens of a text are those of its
words, each with the spaces before it. Words come again and again, texts do not.
"""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from rag.storage.database import Vectors
from rag.words.remembered import Remembered

_PARTS = re.compile(r" +[^ \n]*|\n|[^ \n]+")
_SPACE = "▁"  # as the vocabulary writes it


class TokenSums:
    """Sums over the rows of `vectors`, one row a token of `tokenizer`. Safe to share between threads."""

    def __init__(self, tokenizer: Any, vectors: Vectors) -> None:
        self._tokenizer = tokenizer
        self._vectors = vectors
        self._tokens = _tokens_of_words(tokenizer.model)
        added = tokenizer.get_added_tokens_decoder().values()
        self._added = re.compile("|".join(re.escape(token.content) for token in added) or r"(?!)")

    def of(self, texts: Sequence[str]) -> Vectors:
        """One float32 row a text: the sum of its tokens' vectors, of zeros for a text without tokens."""
        rows = np.empty((len(texts), self._vectors.shape[1]), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            self._vectors.take(self._ids(text), axis=0, mode="clip").sum(axis=0, out=row)
        return rows

    def _ids(self, text: str) -> Any:
        if not text or self._added.search(text):  # a special token parts the text, before words do
            return np.array(self._tokenizer.encode(text, add_special_tokens=False).ids, dtype=np.intp)
        parts = _PARTS.findall(f" {text}".replace(_SPACE, " "))  # Llama puts a space before every text
        return np.frombuffer(b"".join(map(self._tokens.__getitem__, parts)), dtype=np.intp)


def _tokens_of_words(model: Any) -> Remembered[bytes]:
    """The tokens of each word, as the bytes of an array of integers."""

    def tokens(word: str) -> bytes:
        found = model.tokenize(word.replace(" ", _SPACE))
        return np.fromiter((token.id for token in found), dtype=np.intp).tobytes()

    return Remembered(tokens)
