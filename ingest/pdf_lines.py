"""The lines of a PDF's pages in reading order: columns one after the other, running headers and footers gone."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

HYPHEN = "\u00ad"  # a hyphen that may have been set only because a line was full

_SIDE = 3  # a column has at least so many pieces
_EDGE_ROWS = 3  # of a page that can be its header or footer
_MOST_DEEP = 6  # columns in columns
_MOST_PLACES = 8  # that are looked at for a stripe between columns
_NUMBER = re.compile(r"\d+")
_FOLIO = re.compile(
    r"(?:page|p\.|seite|pág\.?)? ?[-–—|]? ?(\d{1,4})(?: ?(?:of|/|von|de) ?\d{1,4})? ?[-–—|]?", re.IGNORECASE
)
_MARK = re.compile(r"[•‣◦▪●○■□–—*·-]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)]|\(?[ivx]{1,4}[.)]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words on one line. `base` is the height of its base line, which grows upwards."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    page: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a region; its pieces stand far apart, as the cells of a table do, or there is only one. `left` is
    the region's edge, `right` where the line could have gone on to."""

    pieces: tuple[Piece, ...]
    left: float
    right: float
    region: int
    rows: int  # of the region

    @property
    def text(self) -> str:
        """The words of the line."""
        return " ".join(piece.text for piece in self.pieces)

    @property
    def first(self) -> Piece:
        """The piece that it begins with."""
        return self.pieces[0]


def rows_of(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces by rows from the top, each in the direction that it is read in."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: -p.base):
        if rows and rows[-1][0].base - piece.base <= 0.4 * min(rows[-1][0].size, piece.size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    for row in rows:
        row.sort(key=lambda p: p.left, reverse=_runs_left("".join(p.text for p in row)))
    return rows


def _runs_left(text: str) -> bool:
    letters = [c for c in text[:200] if c.isalpha()]
    return sum("\u0590" <= c <= "\u08ff" for c in letters) > 0.5 * len(letters)


# -- headers and footers ---------------------------------------------------------------------------------


def without_furniture(pages: Sequence[Sequence[Piece]]) -> list[list[Piece]]:
    """The pages without what is repeated at their upper and lower edges, and without page numbers."""
    edges = [_edges(page) for page in pages]
    seen: defaultdict[tuple[str, int], list[tuple[int, float]]] = defaultdict(list)
    numbered: Counter[tuple[str, int]] = Counter()
    for at, rows in enumerate(edges):
        for row in rows:
            seen[_words(row), round(row[0].size)].append((at, row[0].base))
            for shape in _shapes(row, at):
                numbered[shape] += 1
    enough = max(2, round(0.4 * len(pages)))
    kept = []
    for at, page in enumerate(pages):
        gone: set[int] = set()
        for row in edges[at]:
            places = [p for p, base in seen[_words(row), round(row[0].size)] if abs(base - row[0].base) < 4]
            repeated = len(set(places)) >= enough
            counted = any(numbered[shape] >= enough for shape in _shapes(row, at))
            if repeated or counted or _is_folio(row, at, edges[at]):
                gone |= {id(piece) for piece in row}
        kept.append([piece for piece in page if id(piece) not in gone])
    return kept if any(kept) else [list(page) for page in pages]


def _edges(page: Sequence[Piece]) -> list[list[Piece]]:
    rows = rows_of(page)
    return rows if len(rows) <= 2 * _EDGE_ROWS else [*rows[:_EDGE_ROWS], *rows[-_EDGE_ROWS:]]


def _words(row: Sequence[Piece]) -> str:
    return " ".join(piece.text for piece in row)


def _shapes(row: Sequence[Piece], at: int) -> list[tuple[str, int]]:
    """For each number in a short row: the row without it, and how far it is from the number of the page."""
    words = _words(row)
    if len(words.split()) > 10 or words.endswith((".", "!", "?")):
        return []
    return [
        (f"{words[: m.start()]}#{words[m.end() :]}", int(m[0]) - at)
        for m in _NUMBER.finditer(words)
        if len(m[0]) < 5
    ]


def _is_folio(row: Sequence[Piece], at: int, edges: Sequence[Sequence[Piece]]) -> bool:
    """True for a page's number alone at its upper or lower edge."""
    found = _FOLIO.fullmatch(_words(row))
    if found is None or (row is not edges[0] and row is not edges[-1]) or len(edges) == 1:
        return False
    return int(found[1]) == at + 1


# -- columns ---------------------------------------------------------------------------------------------


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


def reading_order(page: Sequence[Piece], usual: Sequence[float] = ()) -> list[Line]:
    """The lines of a page in the order that they are read in; `usual` are the document's `usual_gutters`."""
    lines: list[Line] = []
    for number, region in enumerate(_regions(list(page), 0, usual)):
        left = min(piece.left for piece in region)
        right = max(piece.right for piece in region)
        rows = [tuple(_joined(row)) for row in rows_of(region)]
        for at, row in enumerate(rows):
            lines.append(Line(row, left, _right_of(rows, at, left, right), number, len(rows)))
    return lines


def _right_of(rows: Sequence[tuple[Piece, ...]], at: int, left: float, right: float) -> float:
    """Where a line could have gone on to: the region's edge, or that of the indented lines that it stands among."""
    first = rows[at][0]
    if first.left < left + 0.8 * first.size:
        return right
    start = end = at
    while start > 0 and at - start < 4 and abs(rows[start - 1][0].left - first.left) < 0.3 * first.size:
        start -= 1
    while end + 1 < len(rows) and end - at < 4 and abs(rows[end + 1][0].left - first.left) < 0.3 * first.size:
        end += 1
    block = rows[start : end + 1]
    if len(block) == 1 or (len(block) == 2 and block[0][-1].text.endswith((".", "!", "?"))):
        return right  # the first lines of indented paragraphs
    return max(row[-1].right for row in block)


def _joined(row: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces of a row; the mark of an item, and pieces that stand close, are one with what follows."""
    held: Piece | None = None
    for piece in row:
        if held is None:
            held = piece
        elif _MARK.fullmatch(held.text) or _gap(held, piece) <= 1.2 * max(held.size, piece.size):
            text = f"{held.text} {piece.text}"
            marked = _MARK.fullmatch(held.text) is not None
            size, bold = (
                (piece.size, piece.bold) if marked else (max(held.size, piece.size), held.bold and piece.bold)
            )
            held = Piece(
                text, min(held.left, piece.left), max(held.right, piece.right), held.base, size, bold, held.page
            )
        else:
            yield held
            held = piece
    if held is not None:
        yield held


def _gap(one: Piece, other: Piece) -> float:
    return max(one.left, other.left) - min(one.right, other.right)


def _regions(pieces: list[Piece], depth: int, usual: Sequence[float]) -> Iterator[list[Piece]]:
    """The pieces in groups that are read one after the other: what spans the page, the left side, the right."""
    cut = _gutter(pieces) if depth < _MOST_DEEP else None
    if cut is None and depth < _MOST_DEEP:
        cut = next((near for x in usual if (near := _gutter_at(pieces, x)) is not None), None)
    if cut is None:
        if pieces:
            yield pieces
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
                yield from _regions(left, depth + 1, usual)
                yield from _regions(right, depth + 1, usual)
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
    yield from _regions(left, depth + 1, usual)
    yield from _regions(right, depth + 1, usual)


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
