"""The pieces of lines that a PDF's pages are made of, and the rows that they stand in."""

from collections.abc import Sequence
from dataclasses import dataclass

HYPHEN = "\u00ad"  # a hyphen that may have been set only because a line was full


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
