"""Counting tokens with tiktoken, offline: its tables come from a package, never from the network."""

import importlib.util
import os
from collections.abc import Callable
from functools import cache
from itertools import islice
from pathlib import Path

from rag.words.remembered import Remembered

_ENCODING = "cl100k_base"
_PIECE = 2_000  # tiktoken's time grows faster than the length of a run without spaces


@cache
def token_counter() -> Callable[[str], int]:
    """A function that returns how many cl100k_base tokens a text has.

    llama-index-core ships tiktoken's tables; where they are missing, four characters count as a token.
    """
    spec = importlib.util.find_spec("llama_index.core")  # finds the folder without the cost of importing it
    if spec is None or spec.origin is None:
        return _estimate
    tables = Path(spec.origin).parent / "_static" / "tiktoken_cache"
    if not tables.is_dir():
        return _estimate
    os.environ.setdefault("TIKTOKEN_CACHE_DIR", str(tables))
    import tiktoken

    try:
        encoding = tiktoken.get_encoding(_ENCODING)
    except Exception:  # a cache folder of the user's without the table, and no network to fetch it
        return _estimate

    encode = encoding.encode_ordinary
    # No token of cl100k_base reaches over the space between two words.
    first, others = Remembered(lambda word: len(encode(word))), Remembered(lambda word: len(encode(f" {word}")))

    def of(text: str) -> int:
        words = text.split(" ")
        if len(words) == 1 or words != text.split():  # a run of white space is read as one
            return len(encode(text))
        return first[words[0]] + sum(map(others.__getitem__, islice(words, 1, None)))

    def count(text: str) -> int:
        return sum(of(text[i : i + _PIECE]) for i in range(0, len(text), _PIECE))

    return count


def _estimate(text: str) -> int:
    return -(-len(text) // 4)
