"""Markdown to blocks of plain text, with markdown-it-py. HTML in it stays as typed: text, never markup."""

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.documents import Block, BlockKind, drop_empty

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def markdown_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a Markdown text in order; a table's row is `Header: cell | Header: cell`."""
    text = _COMMENT.sub("", text)  # nobody who reads the page sees it
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 200}).enable("table")
    blocks: list[Block] = []
    lists: list[list[int | None]] = []  # the next number of each open list, None for a bulleted one
    quotes = 0
    mark = ""
    headers: list[str] = []
    cells: list[str] = []
    in_head = False
    kind: BlockKind = "paragraph"
    for token in parser.parse(text):
        match token.type:
            case "heading_open":
                kind = "title" if token.tag == "h1" and not blocks else "heading"
            case "paragraph_open":
                kind = "list_item" if lists else "quote" if quotes else "paragraph"
            case "inline" if token.map is not None and kind != "table_row":
                blocks.append(Block(kind, _plain(token), mark if kind == "list_item" else ""))
                mark = ""
            case "inline":
                cells.append(" ".join(_plain(token).split()))
            case "bullet_list_open":
                lists.append([None])
            case "ordered_list_open":
                lists.append([int(token.attrGet("start") or 1)])
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
            case "list_item_open":
                number = lists[-1][0]
                mark = "• " if number is None else f"{number}. "
                if number is not None:
                    lists[-1][0] = number + 1
            case "blockquote_open":
                quotes += 1
            case "blockquote_close":
                quotes -= 1
            case "fence" | "code_block":
                blocks.append(Block("code", token.content))
            case "table_open":
                kind, headers = "table_row", []
            case "table_close":
                kind = "paragraph"
            case "thead_open" | "thead_close":
                in_head = token.type == "thead_open"
            case "tr_close":
                if in_head:
                    headers = cells
                else:
                    blocks.append(Block("table_row", _row(headers, cells)))
                cells = []
    return drop_empty(blocks)


def _row(headers: list[str], cells: list[str]) -> str:
    pairs = zip(headers, cells, strict=False)
    return " | ".join(f"{header}: {cell}" if header else cell for header, cell in pairs if cell)


def _plain(token: Token) -> str:
    """The words of a line: a link is its text, an image its description, emphasis is gone."""
    parts = []
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        else:  # an image's content is its description
            parts.append(child.content)
    return _BREAK.sub(" ", "".join(parts))
