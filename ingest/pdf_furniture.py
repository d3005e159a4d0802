"""The running headers and footers of a PDF, and its page numbers: what pages repeat is no part of their text."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from ingest.pdf_pieces import Piece, rows_of

_EDGE_ROWS = 3  # of a page that can be its header or footer
_NUMBER = re.compile(r"\d+")
_FOLIO = re.compile(
    r"(?:page|p\.|seite|pág\.?)? ?[-–—|]? ?(\d{1,4})(?: ?(?:of|/|von|de) ?\d{1,4})? ?[-–—|]?", re.IGNORECASE
)


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
