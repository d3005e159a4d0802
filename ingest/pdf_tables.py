"""Tables on the pages of a PDF: lines whose pieces stand in the same columns."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.documents import Block
from ingest.pdf_lines import Line
from ingest.pdf_pieces import HYPHEN
from ingest.tables import table_blocks

TERMINAL = re.compile(r"[.!?;:…。！？؟۔।॥][\"'”’»)\]」』）]*$")


def same_region(one: Line, other: Line) -> bool:
    """True for two lines of the same column of the same page."""
    return one.region == other.region and one.first.page == other.first.page


def rows_at(lines: Sequence[Line], at: int) -> int:
    """How many lines from here on are rows of a table: at least two of several cells, in the same columns."""
    if (len(lines[at].pieces) < 2 and not _tops(lines, at)) or _is_stretched(lines, at):
        return 0
    end = at + 1
    while end < len(lines) and (same_region(lines[end - 1], lines[end]) or _turns(lines, end)):
        line = lines[end]
        if len(line.pieces) < 2 and not _hangs(lines, at, end):
            break
        if len(_columns(lines[at : end + 1])) < max(len(row.pieces) for row in lines[at : end + 1]):
            break
        end += 1
    while end > at and len(lines[end - 1].pieces) < 2 and _closeness(lines, end - 1) > 1.3:
        end -= 1
    return end - at if sum(len(line.pieces) > 1 for line in lines[at:end]) > 1 else 0


def _is_stretched(lines: Sequence[Line], at: int) -> bool:
    """True for a line of a justified paragraph in a narrow column, whose words stand as far apart as cells: it is
    as wide as its column, and so is the line above it, whose sentence goes on."""
    above, line = lines[at - 1], lines[at]
    if at == 0 or not same_region(above, line) or _closeness(lines, at) > 1.3 or TERMINAL.search(above.text):
        return False
    wide = all(row.right - row.pieces[-1].right < 0.4 * row.first.size for row in (above, line))
    return wide and line.first.left - line.left < 0.4 * line.first.size


def _tops(lines: Sequence[Line], at: int) -> bool:
    """True for the first line of a cell that is higher than its neighbours: the row itself follows."""
    if at + 1 >= len(lines) or not same_region(lines[at], lines[at + 1]) or len(lines[at + 1].pieces) < 2:
        return False
    below = lines[at + 1]
    return _closeness(lines, at + 1) < 1.3 and lines[at].first.left > below.first.right


def _hangs(lines: Sequence[Line], start: int, at: int) -> bool:
    """True for a further line of a cell that is not in the first column."""
    first = min(line.first.right for line in lines[start:at])
    return same_region(lines[at - 1], lines[at]) and _closeness(lines, at) < 1.3 and lines[at].first.left > first


def _closeness(lines: Sequence[Line], at: int) -> float:
    """How far a line is from the one above it, in heights of its letters."""
    return (lines[at - 1].first.base - lines[at].first.base) / lines[at].first.size


def _columns(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """The stretches that white stripes part these lines into, on the first page of them."""
    columns: list[tuple[float, float]] = []
    for left, right in sorted((piece.left, piece.right) for line in lines for piece in line.pieces):
        if columns and left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns


def _turns(lines: Sequence[Line], at: int) -> bool:
    """True when a table may go on with this line, on the next page."""
    above, line = lines[at - 1], lines[at]
    return len(above.pieces) > 1 and len(line.pieces) > 1 and line.first.page == above.first.page + 1


def table_of(lines: Sequence[Line]) -> Iterator[Block]:
    """The rows of a table as blocks, each with its page."""
    columns = _columns(lines)
    gaps = [a.first.base - b.first.base if same_region(a, b) else math.inf for a, b in pairwise(lines)]
    inner = [gap for gap in gaps if gap < math.inf] or [0.0]
    tight = min(inner) if max(inner) > 1.25 * min(inner) and min(inner) < 1.35 * lines[0].first.size else 0.0
    rows: list[list[str]] = []
    pages: list[int] = []
    for i, line in enumerate(lines):
        cells = [""] * len(columns)
        for piece in line.pieces:
            near = min(range(len(columns)), key=lambda c: _distance(columns[c], piece.left, piece.right))
            cells[near] = f"{cells[near]} {piece.text}".strip()
        if i and gaps[i - 1] <= 1.1 * tight and (not cells[0] or not rows[-1][0]):
            rows[-1] = [" ".join(filter(None, pair)) for pair in zip(rows[-1], cells, strict=True)]
        else:
            rows.append(cells)
            pages.append(line.first.page)
    shown = [[cell.replace(HYPHEN, "-") for cell in row] for row in rows]
    headed = all(p.bold for p in lines[0].pieces) and not all(p.bold for p in lines[-1].pieces)
    blocks = list(table_blocks(shown, headed=headed and len(lines[0].pieces) > 1))
    for block, page in zip(blocks, pages[len(pages) - len(blocks) :], strict=True):
        yield replace(block, page=page)


def _distance(column: tuple[float, float], left: float, right: float) -> float:
    overlap = min(column[1], right) - max(column[0], left)
    return -overlap if overlap > 0 else abs((column[0] + column[1]) / 2 - (left + right) / 2)
