"""Web pages to blocks, with selectolax: what an article says, without navigation, banners and what is hidden."""

import re
from collections.abc import Iterator
from typing import Literal

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.documents import Block, BlockKind, Document, drop_empty, seen, with_byline
from ingest.encodings import decode_declared
from ingest.page_facts import facts_of
from ingest.tables import table_blocks
from rag.errors import UnreadableError

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_UNSEEN = frozenset(
    "script style noscript template svg iframe object embed canvas audio video map button input select textarea"
    " dialog head title".split()
)
_AROUND = frozenset("nav aside footer".split())  # of a page
_ROLES = frozenset("navigation banner contentinfo search complementary dialog alertdialog menu menubar".split())
_BREAKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary table"
    " tbody td tfoot th thead tr ul".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])", re.IGNORECASE)
_FURNITURE = re.compile(
    r"(?:(?:site|page|global|main|top|bottom|mega|primary|secondary|article|post)[-_]?)?"
    r"(?:nav|navbar|navigation|menu|breadcrumbs?|footer|sidebar|cookies?|consent|gdpr|newsletter|subscribe|signup"
    r"|share|sharing|social|related|recommended|recirc|comments|advert|advertisement|ads?|promo|skip-?links?"
    r"|pagination|paywall|popup|modal|mw-editsection|sr-only|visually-hidden|screen-reader-text)"
    r"(?:[-_](?:bar|banner|box|block|buttons?|links?|list|wrapper|container|section|area|widget|form|notice|menu|items?"
    r"|articles?|posts?|stories|content|icons?|tools|media|text|nav|\d+))*",
    re.IGNORECASE,
)
_MOST_DEEP = 3_000  # elements in elements
_MOST_JUDGED = 300  # elements whose share of the page is measured
_OPTIONAL = frozenset(
    "p li dd dt tr td th thead tbody tfoot colgroup option optgroup rp rt area base br col embed hr img input link"
    " meta param source track wbr".split()
)
_TAGS = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,30})[^<>]{0,2000}?(/?)>")


def read_html(data: bytes, charset: str | None = None) -> Document:
    """A web page; title, author, date and source come from its metadata. `charset` is what the server said.

    Raises UnreadableError for what is no text, or nested too deeply.
    """
    if charset is None and (found := _CHARSET.search(data[:4096])):
        charset = found[1].decode("ascii", "replace")
    text, notices = decode_declared(data, charset)
    _check_depth(text)
    page = LexborHTMLParser(text)
    root = _content(page)
    facts = facts_of(page, root)
    blocks = drop_empty(_Walk(root).blocks()) if root is not None else ()
    if not any(block.kind not in ("title", "heading") for block in blocks):
        blocks = html_blocks(text, whole=True)
    document = Document(
        blocks,
        title=facts.title,
        published=facts.published,
        source=facts.source,
        notices=notices,
        author=facts.author,
    )
    return with_byline(document)


def html_blocks(text: str, *, whole: bool = False) -> tuple[Block, ...]:
    """The blocks of a piece of HTML; with `whole`, also what would be the furniture of a page."""
    _check_depth(text)
    body = LexborHTMLParser(text).body
    return drop_empty(_Walk(body, whole=whole).blocks()) if body is not None else ()


def _check_depth(text: str) -> None:
    """Raise UnreadableError for what is nested so deeply that building its tree would take for ever."""
    depth = at = 0
    while (tag := _TAGS.search(text, at)) is not None:
        at = tag.end()
        name = tag[2].lower()
        if name in ("script", "style") and not tag[1]:
            end = text.find(f"</{tag[2]}", at)
            at = end if end >= 0 else at
        elif name not in _OPTIONAL and not tag[3]:
            depth = max(0, depth - 1) if tag[1] else depth + 1
            if depth > _MOST_DEEP:
                raise UnreadableError("it is nested too deeply", "Save its text.")


def _content(page: LexborHTMLParser) -> LexborNode | None:
    """The element that holds what the page is about."""
    body = page.body
    if body is None:
        return None
    for found in page.css("main, [role=main]"):
        if seen(found.text()[:2000]):
            return found
    articles = [a for a in page.css("article")[:50] if not _inside(a, "article")]
    if len(articles) == 1 and len(articles[0].text()) >= 0.3 * len(body.text()):
        return articles[0]
    return body


def _inside(node: LexborNode, tag: str) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.tag == tag:
            return True
        parent = parent.parent
    return False


Step = tuple[Literal["open", "close", "text"], LexborNode]


class _Walk:
    """One pass over an element, in document order."""

    def __init__(self, root: LexborNode, *, whole: bool = False) -> None:
        self._root = root
        self._whole = whole
        self._judged = 0
        self._size = 0
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
            elif self._is_left_out(node):
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

    def _is_left_out(self, node: LexborNode) -> bool:
        """True for what nobody sees, and for the furniture of a page unless the `whole` is wanted."""
        tag = node.tag or ""
        if tag in _UNSEEN:
            return True
        attributes = node.attributes
        if "hidden" in attributes or attributes.get("aria-hidden") == "true":
            return True
        if _HIDDEN.search(attributes.get("style") or ""):
            return True
        if self._whole or node.mem_id == self._root.mem_id:
            return False
        if tag in _AROUND and not (tag == "footer" and self._quotes):
            return True
        if (attributes.get("role") or "").lower() in _ROLES:
            return True
        if tag == "header":
            return self._root.tag == "body" and not _inside(node, "article") and node.css_first("h1") is None
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".split()
        if any(_FURNITURE.fullmatch(name) for name in names[:20]):
            return not self._is_most(node)
        return tag in ("ul", "ol") and self._root.tag == "body" and _is_menu(node)

    def _is_most(self, node: LexborNode) -> bool:
        """True for an element that holds most of what there is, whatever its class says."""
        self._judged += 1
        if self._judged > _MOST_JUDGED:
            return False
        self._size = self._size or len(self._root.text())
        return 2 * len(node.text()) > self._size or node.css_first("h1, main, article") is not None


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


def _is_menu(node: LexborNode) -> bool:
    """True for a list of nothing but four short links or more."""
    links = node.css("a")
    words = len(seen(node.text()))
    if len(links) < 4 or len(links) > 200 or words > 60 * len(links):
        return False
    return sum(len(seen(link.text())) for link in links) >= 0.9 * words


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
    return " ".join(seen(b.text) for b in _Walk(cell).blocks())
