"""The elements of a web page to blocks: headings, lists, quotations and tables in document order."""

import re
from collections.abc import Iterator
from typing import Literal

from selectolax.lexbor import LexborNode

from ingest.documents import Block, BlockKind, seen
from ingest.html_furniture import Furniture
from ingest.tables import table_blocks

_BREAKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary table"
    " tbody td tfoot th thead tr ul".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())

Step = tuple[Literal["open", "close", "text"], LexborNode]


class Walk:
    """One pass over an element, in document order; with `whole`, also what would be the furniture of a page."""

    def __init__(self, root: LexborNode, *, whole: bool = False) -> None:
        self._root = root
        self._furniture = Furniture(root, whole=whole)
        self._found: list[Block] = []
        self._words: list[str] = []
        self._lists: list[int | None] = []  # the next number of each open list, None for a bulleted one
        self._quotes = self._code = 0
        self._heading: str | None = None
        self._mark = ""
        self._broken = False

    def blocks(self) -> list[Block]:
        """The blocks of the element."""
        skipped: LexborNode | None = None
        for what, node in _steps(self._root):
            if skipped is not None:
                if what == "close" and node.mem_id == skipped.mem_id:
                    skipped = None
            elif what == "text":
                words = node.text_content or ""
                self._words.append(words)
                self._broken = self._broken and not words.strip()
            elif what == "close":
                self._close(node)
            elif self._furniture.holds(node, quoted=bool(self._quotes)):
                skipped = node
            elif node.tag == "table" and (rows := _rows(node)) is not None:
                self._flush()
                self._found += [Block("paragraph", _cell_words(caption)) for caption in node.css("caption")]
                self._found += table_blocks(rows[1], headed=rows[0])
                skipped = node
            else:
                self._open(node)
        self._flush()
        return self._found

    def _open(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag == "br":
            if self._broken and not self._code:
                self._flush()
            self._words.append("\n")
            self._broken = True
            return
        if tag not in _BREAKS:
            return
        self._flush()
        if tag in _HEADINGS:
            self._heading = tag
        elif tag == "pre":
            self._code += 1
        elif tag == "blockquote":
            self._quotes += 1
        elif tag in ("ul", "menu"):
            self._lists.append(None)
        elif tag == "ol":
            start = node.attributes.get("start") or "1"
            self._lists.append(int(start) if re.fullmatch(r"-?\d{1,6}", start) else 1)
        elif tag == "li":
            number = self._lists[-1] if self._lists else None
            self._mark = "• " if number is None else f"{number}. "
            if number is not None:
                self._lists[-1] = number + 1

    def _close(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag not in _BREAKS:
            return
        self._flush()
        if tag in _HEADINGS:
            self._heading = None
        elif tag == "pre":
            self._code = max(0, self._code - 1)
        elif tag == "blockquote":
            self._quotes = max(0, self._quotes - 1)
        elif tag in ("ul", "ol", "menu") and self._lists:
            self._lists.pop()
        elif tag == "li":
            self._mark = ""

    def _flush(self) -> None:
        text = "".join(self._words)
        self._words, self._broken = [], False
        if not seen(text):
            return
        kind: BlockKind = "paragraph"
        if self._heading:
            kind = "title" if self._heading == "h1" and not self._found else "heading"
        elif self._code:
            kind = "code"
        elif self._lists:
            kind = "list_item"
        elif self._quotes:
            kind = "quote"
        if kind == "heading" and (self._lists or self._quotes):  # what it stands above ends with the list or quote
            kind = "list_item" if self._lists else "quote"
        self._found.append(Block(kind, text, self._mark if kind == "list_item" else ""))
        self._mark = ""


def _steps(root: LexborNode) -> Iterator[Step]:
    """Every element's beginning and end, and every text, in document order; nested however deeply."""
    stack: list[Step] = [("open", root)]
    while stack:
        what, node = stack.pop()
        yield what, node
        if what != "open":
            continue
        stack.append(("close", node))
        children: list[Step] = []
        child = node.first_child
        while child is not None:
            if child.is_text_node:
                children.append(("text", child))
            elif child.is_element_node:
                children.append(("open", child))
            child = child.next
        stack.extend(reversed(children))


def _rows(table: LexborNode) -> tuple[bool, list[list[str]]] | None:
    """Whether the first row is a header, and the rows; None for a table that only places things on the page."""
    if table.attributes.get("role") in ("presentation", "none") or len(table.css("table")) > 1:
        return None
    rows = table.css("tr")
    cells = [[c for c in row.iter() if c.tag in ("td", "th")] for row in rows]
    if max((len(row) for row in cells), default=0) < 2:
        return None
    if any(len(c.css("p, h1, h2, h3, h4, li")) > 2 for row in cells[:50] for c in row):
        return None
    first = rows[0]
    headed = (first.parent is not None and first.parent.tag == "thead") or all(c.tag == "th" for c in cells[0])
    below: dict[int, int] = {}  # how many more rows a cell over several rows covers, by column
    found: list[list[str]] = []
    for row in cells:
        line: list[str] = []
        for cell in row:
            while below.get(len(line), 0) > 0:
                below[len(line)] -= 1
                line.append("")
            columns, deep = _span(cell, "colspan"), _span(cell, "rowspan")
            for column in range(columns):
                below[len(line)] = deep - 1
                line.append(_cell_words(cell) if column == 0 else "")
        found.append(line)
    return headed, found


def _span(cell: LexborNode, name: str) -> int:
    value = cell.attributes.get(name) or "1"
    return min(64, int(value)) if re.fullmatch(r"[1-9]\d{0,4}", value) else 1


def _cell_words(cell: LexborNode) -> str:
    return " ".join(seen(b.text) for b in Walk(cell).blocks())
