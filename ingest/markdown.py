"""Markdown to blocks of plain text, with markdown-it-py. HTML tags in it go, the words between them stay."""

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.documents import Block, BlockKind, drop_empty
from ingest.tables import row_words

# Only what HTML knows is a tag: "<name>" and "a < b" are words.
_ATTRIBUTES = r"(?:\s(?:[^<>\"'“”]|\"[^\"<]*\"|'[^'<]*')*)?"
_INLINE = (
    "a|abbr|acronym|b|bdi|bdo|big|center|cite|del|dfn|em|font|i|ins|kbd|mark|q|ruby|s|samp|small|span|strike"
    "|strong|sub|sup|time|tt|u|var|wbr"
)
_APART = (
    "address|article|aside|blockquote|br|caption|col|colgroup|dd|details|div|dl|dt|figcaption|figure|footer"
    "|h[1-6]|header|hr|iframe|li|main|nav|ol|p|picture|pre|section|source|summary|table|tbody|td|tfoot|th|thead|tr"
    "|ul|video"
)
_TAG = re.compile(rf"</?(?:(?P<inline>{_INLINE})|{_APART}){_ATTRIBUTES}/?>", re.IGNORECASE)
_IMAGE = re.compile(rf"<img(?P<attributes>{_ATTRIBUTES})/?>", re.IGNORECASE)
_ALT = re.compile(r"\salt\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_PROGRAM = re.compile(r"<(script|style)\b[^<>]*>[^<]*</\1\s*>", re.IGNORECASE)


def markdown_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a Markdown text in order; a table's row is `Header: cell | Header: cell`."""
    text = _without_comments(text)  # nobody who reads the page sees them
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 200}).enable("table")
    blocks: list[Block] = []
    lists: list[list[int | None]] = []  # the next number of each open list, None for a bulleted one
    quotes = 0
    mark = ""
    headers: list[str] = []
    cells: list[str] = []
    in_head = False
    rows = 0
    kind: BlockKind = "paragraph"
    for token in parser.parse(text):
        match token.type:
            case "heading_open":
                kind = "title" if token.tag == "h1" and not blocks else "heading"
                if lists or quotes:  # what it stands above ends with the quote
                    kind = "list_item" if lists else "quote"
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
                kind, headers, rows = "table_row", [], 0
            case "table_close":
                kind = "paragraph"
                if not rows:
                    blocks.append(Block("table_row", row_words((), headers)))
            case "thead_open" | "thead_close":
                in_head = token.type == "thead_open"
            case "tr_close":
                if in_head:
                    headers = cells
                else:
                    rows += 1
                    blocks.append(Block("table_row", row_words(headers, cells)))
                cells = []
    return drop_empty(blocks)


def _without_comments(text: str) -> str:
    parts: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        parts.append(text[at:start])
        at = end + 3
    return "".join([*parts, text[at:]])


def _description(image: re.Match[str]) -> str:
    found = _ALT.search(image["attributes"])
    return (found[1] or found[2] or "") if found else ""


def _plain(token: Token) -> str:
    """The words of a line: a link is its text, an image its description, emphasis and HTML tags are gone."""
    parts: list[str] = []
    code: list[str] = []  # stays as typed
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif child.type == "code_inline":
            code.append(child.content)
            parts.append("\x00")  # which Markdown itself never leaves in a text
        else:  # an image's content is its description
            parts.append(child.content)
    words = "".join(parts)
    if "<" in words:
        words = _IMAGE.sub(_description, words)
        words = _TAG.sub(lambda m: "" if m["inline"] else " ", _PROGRAM.sub("", words))
    pieces = words.split("\x00")
    return pieces[0] + "".join(typed + piece for typed, piece in zip(code, pieces[1:], strict=False))
