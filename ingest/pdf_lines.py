"""The lines of a PDF's page in reading order."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.pdf_columns import regions
from ingest.pdf_pieces import Piece, rows_of

_MARK = re.compile(r"[•‣◦▪●○■□–—*·-]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)]|\(?[ivx]{1,4}[.)]")


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


def reading_order(page: Sequence[Piece], usual: Sequence[float] = ()) -> list[Line]:
    """The lines of a page in the order that they are read in; `usual` are the document's gutters."""
    lines: list[Line] = []
    for number, region in enumerate(regions(page, usual)):
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
