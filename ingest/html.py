"""Web pages to blocks, with selectolax: what an article says, without navigation, banners and what is hidden."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.documents import Block, Document, drop_empty, seen, with_byline
from ingest.encodings import decode_declared
from ingest.html_furniture import is_inside
from ingest.html_walk import Walk
from ingest.page_facts import facts_of
from rag.errors import UnreadableError

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_MOST_DEEP = 3_000  # elements in elements
_OPTIONAL = frozenset(
    "p li dd dt tr td th thead tbody tfoot colgroup option optgroup rp rt area base br col embed hr img input link"
    " meta param source track wbr".split()
)
_TAGS = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,30})[^<>]{0,2000}?(/?)>")


def read_html(data: bytes) -> Document:
    """A web page; title, author, date and source come from its metadata.

    Raises UnreadableError for what is not text, or is nested too deeply.
    """
    declared = _CHARSET.search(data[:4096])
    text, notices = decode_declared(data, declared[1].decode("ascii", "replace") if declared else None)
    _check_depth(text)
    page = LexborHTMLParser(text)
    root = _content(page)
    facts = facts_of(page, root)
    blocks = drop_empty(Walk(root).blocks()) if root is not None else ()
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
    return drop_empty(Walk(body, whole=whole).blocks()) if body is not None else ()


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
    articles = [a for a in page.css("article")[:50] if not is_inside(a, "article")]
    if len(articles) == 1 and len(articles[0].text()) >= 0.3 * len(body.text()):
        return articles[0]
    return body
