"""OpenDocument texts to blocks: the XML inside, read with lxml."""

from collections.abc import Iterator

from lxml import etree

from ingest.archives import open_archive, xml_of
from ingest.documents import Block, BlockKind, Document, drop_empty, seen, stated_author, stated_title, with_byline
from ingest.numbering import BULLET, written
from ingest.tables import table_blocks
from rag.errors import UnreadableError

_NS = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
}
_MOST_DEEP = 60
_MOST_COLUMNS = 64


def _q(name: str) -> str:
    prefix, local = name.split(":")
    return f"{{{_NS[prefix]}}}{local}"


_H, _P, _LIST, _TABLE, _NOTE = _q("text:h"), _q("text:p"), _q("text:list"), _q("table:table"), _q("text:note")
_BOX, _PAGE = _q("draw:text-box"), _q("text:soft-page-break")
_SPACES = {_q("text:s"), _q("text:tab"), _q("text:line-break")}
_SKIPPED = {_q("text:tracked-changes"), _q("office:annotation"), _q("text:note-citation"), _q("text:ruby-text")}
_INDEXES = {_q(f"text:{name}") for name in ("table-of-content", "alphabetical-index", "illustration-index")}
_FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


def read_odt(data: bytes) -> Document:
    """An OpenDocument text; title and author come from its properties. When it was saved is no date of
    publication."""
    archive = open_archive(data)
    content, about = xml_of(archive, "content.xml"), xml_of(archive, "meta.xml")
    body = content.find(f"{_q('office:body')}/{_q('office:text')}") if content is not None else None
    if content is None or body is None:
        raise UnreadableError("it is not an OpenDocument text, whatever its name says", "Save it anew.")
    reader = _Reader([root for root in (content, xml_of(archive, "styles.xml")) if root is not None], body)
    blocks = drop_empty(reader.blocks(body))
    author = _property(about, "meta:initial-creator") or _property(about, "dc:creator")
    return with_byline(
        Document(blocks, title=stated_title(_property(about, "dc:title")), author=stated_author(author))
    )


class _Reader:
    """One pass over a document's body."""

    def __init__(self, roots: list[etree._Element], body: etree._Element) -> None:
        styles = [style for root in roots for style in root.iter(_q("style:style"))]
        self._parents = {s.get(_q("style:name")): s.get(_q("style:parent-style-name")) for s in styles}
        self._lists = {s.get(_q("style:name")): s for root in roots for s in root.iter(_q("text:list-style"))}
        self._paged = any(True for _ in body.iter(_PAGE))
        self._page = 1
        self._titled = False

    def blocks(self, parent: etree._Element, depth: int = 0) -> Iterator[Block]:
        """The blocks below an element of the document."""
        if depth > _MOST_DEEP:
            raise UnreadableError("it is nested too deeply", "Save it anew, or save its text.")
        for child in parent:
            if child.tag in (_H, _P):
                yield from self._paragraph(child, self._kind(child), "", depth)
            elif child.tag == _LIST:
                yield from self._list(child, child.get(_q("text:style-name")), 1, depth + 1)
            elif child.tag == _TABLE:
                yield from self._table(child, depth)
            elif child.tag == _PAGE:
                self._page += 1
            elif isinstance(child.tag, str) and child.tag not in _SKIPPED | _INDEXES:
                yield from self.blocks(child, depth + 1)

    def _paragraph(self, element: etree._Element, kind: BlockKind, mark: str, depth: int) -> Iterator[Block]:
        page = self._page if self._paged else None
        aside: list[etree._Element] = []
        yield Block(kind, self._words(element, aside), mark, page)
        for other in aside:
            yield from self.blocks(other, depth + 1)

    def _words(self, element: etree._Element, aside: list[etree._Element]) -> str:
        """The words of a paragraph; notes and text boxes in it are only collected."""
        parts: list[str] = []
        stack: list[etree._Element | str] = [element]
        while stack:
            one = stack.pop()
            if isinstance(one, str):
                parts.append(one)
                continue
            if not isinstance(one.tag, str) or one.tag in _SKIPPED:
                pass
            elif one.tag in (_NOTE, _BOX):
                aside.append(one)
            elif one.tag in _SPACES:
                parts.append(" ")
            else:
                if one.tag == _PAGE:
                    self._page += 1
                parts.append(one.text or "")
                for child in reversed(one):
                    stack += [child.tail or "", child]
        return "".join(parts)

    def _kind(self, element: etree._Element) -> BlockKind:
        styles = self._styles_of(element.get(_q("text:style-name")))
        if "Title" in styles and not self._titled:
            self._titled = True
            return "title"
        if element.tag == _H or "Title" in styles or "Subtitle" in styles:
            return "heading"
        return "quote" if "Quotations" in styles else "paragraph"

    def _styles_of(self, name: str | None) -> list[str]:
        """The style and those that it is based on."""
        found: list[str] = []
        while name and len(found) < 12:
            found.append(name)
            name = self._parents.get(name)
        return found

    def _list(self, element: etree._Element, style: str | None, level: int, depth: int) -> Iterator[Block]:
        if depth > _MOST_DEEP:
            raise UnreadableError("it is nested too deeply", "Save it anew, or save its text.")
        form = self._form(style, level)
        count = 0
        for item in element:
            if item.tag == _q("text:list-item"):
                count += 1
                mark = f"{written(count, form)}. " if form else BULLET
            elif item.tag == _q("text:list-header"):
                mark = ""
            else:
                continue
            for child in item:
                if child.tag == _LIST:
                    own = child.get(_q("text:style-name")) or style
                    yield from self._list(child, own, level + 1, depth + 1)
                elif child.tag in (_H, _P):
                    kind: BlockKind = "heading" if child.tag == _H else "list_item"
                    yield from self._paragraph(child, kind, mark if kind == "list_item" else "", depth)
                    mark = ""

    def _form(self, style: str | None, level: int) -> str | None:
        """How a list's level is numbered, or None for a bulleted one."""
        found = self._lists.get(style)
        for kind in found if found is not None else ():
            if kind.get(_q("text:level")) == str(level) and kind.tag == _q("text:list-level-style-number"):
                return _FORMATS.get(kind.get(_q("style:num-format"), ""), "decimal")
        return None

    def _table(self, table: etree._Element, depth: int) -> Iterator[Block]:
        page = self._page if self._paged else None
        rows = [row for row in table.iter(_q("table:table-row")) if next(row.iterancestors(_TABLE)) is table]
        cells = [[c for c in row if c.tag == _q("table:table-cell")] for row in rows]
        holds_table = any(True for row in cells for cell in row for _ in cell.iter(_TABLE))
        if holds_table or max((len(row) for row in cells), default=0) <= 1:
            for row in cells:
                for cell in row:
                    yield from self.blocks(cell, depth + 1)
            return
        headed = bool(rows) and rows[0].getparent().tag == _q("table:table-header-rows")
        yield from table_blocks([self._row(row) for row in cells], headed=headed, page=page)

    def _row(self, cells: list[etree._Element]) -> list[str]:
        found: list[str] = []
        for cell in cells:
            aside: list[etree._Element] = []
            words = [self._words(p, aside) for p in cell.iter(_P, _H)]
            found.append(" ".join(words))
            for attribute, filler in (
                ("table:number-columns-repeated", found[-1]),
                ("table:number-columns-spanned", ""),
            ):
                more = cell.get(_q(attribute), "1")
                times = int(more) - 1 if more.isdecimal() and len(more) < 6 else 0
                found += [filler] * min(times, _MOST_COLUMNS)
        return found


def _property(about: etree._Element | None, name: str) -> str | None:
    found = about.find(f".//{_q(name)}") if about is not None else None
    return seen(found.text or "") or None if found is not None else None
