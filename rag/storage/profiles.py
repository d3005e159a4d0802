"""A passage as ranking reads it: its terms by sentence, its vector in a byte a dimension, and where it is from."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from rag.briefings import Hit
from rag.storage.database import Vectors

_SCALE = struct.Struct("<fH")  # what a vector's bytes are multiplied by, and how many there are
_APART = "\x1f"


@dataclass(frozen=True, slots=True)
class Profile:
    """A passage found, with its BM25 `score`. `headings` holds the terms of title and section, `sentences` those of
    each of its sentences, in order, each with one space between; `vector` is of unit length (or of zeros) but for
    rounding."""

    passage_id: str
    briefing_id: str
    source: str
    published: date | None
    headings: str
    sentences: tuple[str, ...]
    vector: Vectors
    score: float

    @staticmethod
    def unread(passage_id: str) -> "Profile":
        """The profile of a passage of which nothing is known, as the index that would tell is missing."""
        return Profile(passage_id, "", "", None, "", (), np.zeros(0, dtype=np.float32), 0.0)


def pack(hit: Hit, headings: Sequence[str], sentences: Sequence[Sequence[str]], vector: Vectors) -> bytes:
    """A passage's profile as bytes: its vector in a quarter of the size, and its terms."""
    largest = float(np.abs(vector).max(initial=0.0))
    whole: bytes = np.rint(vector * (127.0 / largest if largest else 0.0)).astype(np.int8).tobytes()
    day = hit.published.isoformat() if hit.published else ""
    lines = [
        _APART.join((hit.passage.passage_id, hit.passage.briefing_id, " ".join(hit.source.split()), day)),
        " ".join(headings),
        *map(" ".join, sentences),
    ]
    return _SCALE.pack(largest / 127.0, len(whole)) + whole + "\n".join(lines).encode()


def unpack(packed: bytes, score: float) -> Profile:
    """The profile that `pack` made these bytes of, with a score."""
    scale, length = _SCALE.unpack_from(packed)
    start = _SCALE.size
    vector = np.frombuffer(packed, dtype=np.int8, count=length, offset=start).astype(np.float32) * np.float32(scale)
    place, headings, *sentences = packed[start + length :].decode().split("\n")
    passage_id, briefing_id, source, day = place.split(_APART)
    return Profile(
        passage_id,
        briefing_id,
        source,
        date.fromisoformat(day) if day else None,
        headings,
        tuple(sentences),
        vector,
        score,
    )
