"""Near-duplicates: briefings that say almost the same words, found by sketches of a fixed size.

A sketch holds the smallest hashes of a text's runs of three words. Of the smallest hashes of two texts together,
the share that stands in both sketches is close to the share of runs that the texts have in common (Broder 1997).
"""

import re
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from rag.words.remembered import Remembered

LEAST = 0.8  # share of runs in common from which two texts are near-duplicates
_SIZE = 64  # hashes in a sketch: the estimate is within 0.1 nineteen times of twenty
_KEYS = 8  # of them, by which candidates are found,
_SHARED = 3  # and how many a candidate shares: at LEAST, all but one in ten thousand do
_SHORTEST = 20  # runs; texts with fewer say little about each other
_MOST = 64  # candidates under one key, so that a phrase that stands everywhere costs nothing
_WORD = re.compile(r"\w+")

Hashes = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Likeness:
    """Another briefing, and about how much of both is the same, from 0 to 1."""

    briefing_id: str
    share: float


def sketch_of(text: str) -> bytes | None:
    """The sketch of a text, at most 512 bytes, or None for a text that is too short."""
    hashed = np.fromiter(chain.from_iterable(map(_hashed().__getitem__, text.lower().split())), dtype=np.uint64)
    if len(hashed) < _SHORTEST + 2:
        return None
    runs = hashed[:-2] * np.uint64(0x9E3779B97F4A7C15)
    runs ^= hashed[1:-1] * np.uint64(0xC2B2AE3D27D4EB4F)
    runs = (runs ^ (runs >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    runs ^= hashed[2:] * np.uint64(0x165667B19E3779F9)
    runs = (runs ^ (runs >> np.uint64(32))) * np.uint64(0x94D049BB133111EB)
    runs.sort()
    smallest: Hashes = runs[np.concatenate(([True], runs[1:] != runs[:-1]))][:_SIZE]
    return smallest.astype("<u8").tobytes()


class Alike:
    """The sketches of many briefings, to find the ones that are alike."""

    def __init__(self, sketches: Iterable[tuple[str, bytes]] = ()) -> None:
        self._sketches: dict[str, bytes] = {}
        self._under: dict[int, tuple[str, ...]] = {}  # most hold one, and a tuple of one is small
        for briefing_id, sketch in sketches:
            self.add(briefing_id, sketch)

    def add(self, briefing_id: str, sketch: bytes) -> None:
        """Take in a briefing, in place of what was known of it."""
        self._sketches[briefing_id] = sketch
        for key in _hashes(sketch)[:_KEYS].tolist():
            under = self._under.get(key, ())
            if len(under) < _MOST and briefing_id not in under:
                self._under[key] = (*under, briefing_id)

    def nearest(self, briefing_id: str, sketch: bytes) -> Likeness | None:
        """The other briefing that has most in common with this one, when that is enough; ties go to the first."""
        keys = _hashes(sketch)[:_KEYS].tolist()
        shared = Counter(i for key in keys for i in self._under.get(key, ()) if i != briefing_id)
        best = None
        for other in [i for i, n in shared.items() if n >= _SHARED]:
            share = likeness(sketch, self._sketches[other])
            if share >= LEAST and (best is None or share > best.share):
                best = Likeness(other, share)
        return best


def likeness(one: bytes, other: bytes) -> float:
    """About how many of the runs of three words of two texts stand in both, from 0 to 1."""
    a, b = _hashes(one), _hashes(other)
    both = np.union1d(a, b)[:_SIZE]
    common = np.intersect1d(a, b, assume_unique=True)
    return float(np.isin(both, common, assume_unique=True).mean())


@cache
def _hashed() -> Remembered[tuple[int, ...]]:
    """The hashes of the words in what stands between two white spaces."""
    return Remembered(
        lambda written: tuple(zlib.crc32(w.encode("utf-8", "surrogatepass")) + 1 for w in _WORD.findall(written))
    )


def _hashes(sketch: bytes) -> Hashes:
    return np.frombuffer(sketch, dtype="<u8")
