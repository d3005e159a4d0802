"""Tables to blocks: a row is a paragraph, `Header: cell | Header: cell` when the first row names the columns."""

import re
from collections.abc import Iterator, Sequence

from ingest.documents import Block, seen

_FIGURE = re.compile(r"[\d\s.,:/%()+\-–—€$£¥]*\d[\d\s.,:/%()+\-–—€$£¥]*\w{0,3}")


def table_blocks(
    rows: Sequence[Sequence[str]], *, headed: bool = False, page: int | None = None
) -> Iterator[Block]:
    """The rows of a table in order. The first is the header when the file says so (`headed`) or it looks so; a
    table that has nothing else keeps it as a row. Empty cells are left out."""
    shown = [[seen(cell) for cell in row] for row in rows]
    shown = [row for row in shown if any(row)]
    header: Sequence[str] = ()
    if len(shown) > 1 and (headed or _looks_headed(shown)):
        header, shown = shown[0], shown[1:]
    for row in shown:
        yield Block("table_row", row_words(header, row), page=page)


def row_words(header: Sequence[str], row: Sequence[str]) -> str:
    """The cells of a row, each with its column's header where there is one."""
    names = [*header, *[""] * (len(row) - len(header))]
    return " | ".join(f"{name}: {cell}" if name else cell for name, cell in zip(names, row, strict=False) if cell)


def _looks_headed(rows: Sequence[Sequence[str]]) -> bool:
    """True when short words without figures stand above a column that holds figures, or above three columns."""
    first, rest = rows[0], rows[1:]
    if not all(first[1:]) or len(first) < 2 or any(_FIGURE.fullmatch(cell) or len(cell) > 60 for cell in first):
        return False
    if len(set(first)) < len(first):
        return False
    figures = any(
        all(_FIGURE.fullmatch(row[column]) for row in rest if column < len(row) and row[column])
        and any(column < len(row) and row[column] for row in rest)
        for column in range(1, len(first))
    )
    return figures or len(first) >= 3
