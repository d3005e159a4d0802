"""The columns of a PDF's pages: parted by white stripes, and read one after the other."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from ingest.pdf_pieces import Piece, rows_of

_SIDE = 3  # a column has at least so many pieces
_MOST_DEEP = 6  # columns in columns
_MOST_PLACES = 8  # that are looked at for a stripe between columns


def usual_gutters(pages: Sequence[Sequence[Piece]]) -> list[float]:
    """Where columns are parted on more than one page, for the pages whose columns are too short to tell."""
    found = Counter(round(cut / 8) for page in pages for cut in _cuts(list(page), 0))
    return [8.0 * place for place, count in found.items() if count > 1]


def _cuts(pieces: list[Piece], depth: int) -> Iterator[float]:
    cut = _gutter(pieces) if depth < _MOST_DEEP else None
    if cut is not None:
        yield cut
        yield from _cuts([p for p in pieces if p.right <= cut], depth + 1)
        yield from _cuts([p for p in pieces if p.left >= cut], depth + 1)


def regions(pieces: Sequence[Piece], usual: Sequence[float] = (), depth: int = 0) -> Iterator[list[Piece]]:
    """The pieces in groups that are read one after the other: what spans the page, the left side, the right.

    `usual` are the document's `usual_gutters`.
    """
    cut = _gutter(pieces) if depth < _MOST_DEEP else None
    if cut is None and depth < _MOST_DEEP:
        cut = next((near for x in usual if (near := _gutter_at(pieces, x)) is not None), None)
    if cut is None:
        if pieces:
            yield list(pieces)
        return
    spanning: list[Piece] = []
    left: list[Piece] = []
    right: list[Piece] = []
    for row in rows_of(pieces):
        for piece in row:
            if piece.right <= cut:
                side = left
            elif piece.left >= cut:
                side = right
            else:
                side = spanning
            if side is spanning and (left or right):
                yield from regions(left, usual, depth + 1)
                yield from regions(right, usual, depth + 1)
                left, right = [], []
            elif side is not spanning and spanning:
                yield spanning
                spanning = []
            if side is spanning:
                spanning.append(piece)
            elif piece.right <= cut:
                left.append(piece)
            else:
                right.append(piece)
    if spanning:
        yield spanning
    yield from regions(left, usual, depth + 1)
    yield from regions(right, usual, depth + 1)


def _gutter(pieces: Sequence[Piece]) -> float | None:
    """Where a white stripe parts two columns that are read one after the other, or None."""
    if len(pieces) < 2 * _SIDE:
        return None
    start, end = min(p.left for p in pieces), max(p.right for p in pieces)
    step = max(2.0, (end - start) / 500)
    size = median(p.size for p in pieces)
    places: dict[tuple[int, int], float] = {}  # by how many pieces cross it, and how evenly it parts the others
    lefts, rights = sorted(p.left for p in pieces), sorted(p.right for p in pieces)
    i = j = 0
    x = start + 4 * step
    while x < end - 4 * step:
        while i < len(rights) and rights[i] <= x:
            i += 1
        while j < len(lefts) and lefts[j] < x:
            j += 1
        before, after = i, len(lefts) - j
        crossing = len(pieces) - before - after
        if min(before, after) >= _SIDE and crossing <= 0.6 * len(pieces):
            places.setdefault((crossing, -min(before, after)), x)
        x += step
    for _, place in sorted(places.items())[:_MOST_PLACES]:
        left = [p for p in pieces if p.right <= place]
        right = [p for p in pieces if p.left >= place]
        edge, other = max(p.right for p in left), min(p.left for p in right)
        cut = (edge + other) / 2
        if other - edge < 0.5 * size or not _side_by_side(left, right):
            continue
        if _in_file_order(pieces, cut) or (_is_prose(left) and _is_prose(right)):
            return cut
    return None


def _gutter_at(pieces: Sequence[Piece], usual: float) -> float | None:
    """The middle of a white stripe that the whole of a region leaves near this place, or None."""
    left = [p for p in pieces if p.left + p.right < 2 * usual]
    right = [p for p in pieces if p.left + p.right >= 2 * usual]
    if not left or not right:
        return None
    edge, other = max(p.right for p in left), min(p.left for p in right)
    size = median(p.size for p in pieces)
    if other - edge < 0.5 * size or abs(other - usual) > 3 * size:
        return None
    return (edge + other) / 2


def _side_by_side(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """True when the two sides stand at the same height, not one below the other."""
    low = max(min(p.base for p in left), min(p.base for p in right))
    high = min(max(p.base for p in left), max(p.base for p in right))
    return sum(low <= p.base <= high for p in left) >= 2 and sum(low <= p.base <= high for p in right) >= 2


def _in_file_order(pieces: Sequence[Piece], cut: float) -> bool:
    """True when the file writes one side before the other, as it does with columns and not with tables."""
    sides = [p.right <= cut for p in pieces if p.right <= cut or p.left >= cut]
    changes = sum(a != b for a, b in pairwise(sides))
    return changes <= max(1, len(sides) // 12)


def _is_prose(side: Sequence[Piece]) -> bool:
    """True when lines are long and mostly full, or stand in columns themselves."""
    width = max(p.right for p in side) - min(p.left for p in side)
    full = sum(p.right - p.left >= 0.75 * width for p in side)
    long = sum(len(p.text) for p in side) >= 15 * len(side)
    return (long and full >= 0.4 * len(side)) or _gutter(side) is not None
