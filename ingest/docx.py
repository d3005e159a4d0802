"""Word documents to blocks, with python-docx: paragraphs, headings, lists and tables in document order."""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from lxml import etree

from ingest.archives import open_archive, parse_xml
from ingest.documents import Block, BlockKind, Document, drop_empty, seen, stated_author, stated_title, with_byline
from ingest.numbering import Counters, Numbering
from ingest.tables import table_blocks
from rag.errors import UnreadableError

_NOT_TEXT = {qn(tag) for tag in ("w:del", "w:moveFrom", "w:instrText", "w:delText", "w:pPr", "w:rPr")} | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
_BOX = qn("w:txbxContent")
_WORDS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "\u2011"}
_HEADING = re.compile(r"heading (\d)")
_MOST_DEEP = 60  # tables in tables, text boxes in text boxes
_ENDED = re.compile(r"[.!?;:,…][\"'”’)\]]*$")


def read_docx(data: bytes) -> Document:
    """A Word document; title and author come from its properties. When it was saved is no date of publication."""
    archive = open_archive(data)
    if "word/document.xml" in archive.namelist() and b"<!DOCTYPE" in archive.read("word/document.xml")[:100_000]:
        raise UnreadableError("its XML declares a document type, as no document does", "Save it anew.")
    document = docx.Document(io.BytesIO(data))
    about = document.core_properties
    read = _Reader(document)
    blocks = drop_empty(read.blocks(document.element.body))
    return with_byline(Document(blocks, title=stated_title(about.title), author=stated_author(about.author)))


@dataclass(frozen=True, slots=True)
class _Style:
    """What a paragraph style says: the kind of its paragraphs, its level in the outline, and its list."""

    name: str
    outline: int | None
    numbering: etree._Element | None
    bold: bool


class _Reader:
    """One pass over a document's body."""

    def __init__(self, document: WordDocument) -> None:
        self._document = document
        self._paged = any(True for _ in document.element.body.iter(qn("w:lastRenderedPageBreak")))
        self._page = 1
        self._titled = False
        self._counters = Counters(Numbering.of(self._part("numbering")))
        self._notes = _notes(self._part("footnotes"), "footnote") | _notes(self._part("endnotes"), "endnote")

    def blocks(self, parent: etree._Element, depth: int = 0) -> Iterator[Block]:
        """The blocks below an element of the document."""
        if depth > _MOST_DEEP:
            raise UnreadableError("it is nested too deeply", "Save it anew, or save its text.")
        for child in parent:
            if child.tag == qn("w:p"):
                yield from self._paragraph(child, depth)
            elif child.tag == qn("w:tbl"):
                yield from self._table(child, depth)
            elif isinstance(child.tag, str) and child.tag not in _NOT_TEXT:  # content controls and the like
                yield from self.blocks(child, depth + 1)

    def _paragraph(self, paragraph: etree._Element, depth: int) -> Iterator[Block]:
        page = self._page if self._paged else None
        boxes: list[etree._Element] = []
        notes: list[str] = []
        text = self._words(paragraph, boxes, notes)
        if seen(text):
            style = self._style(paragraph)
            kind, mark = self._kind(paragraph, style, text), ""
            if kind == "list_item":
                mark = self._counters.mark(*self._list_of(paragraph, style))
            yield Block(kind, text, mark, page)
        for box in boxes:
            yield from self.blocks(box, depth + 1)
        for note in notes:
            yield Block("paragraph", self._notes.get(note, ""), "", page)

    def _words(self, element: etree._Element, boxes: list[etree._Element], notes: list[str]) -> str:
        """The words that a reader sees, with deletions left out; text boxes and notes are only collected."""
        parts: list[str] = []
        stack = [element]
        while stack:
            one = stack.pop()
            tag = one.tag
            if tag in _NOT_TEXT or not isinstance(tag, str):
                continue
            if tag == _BOX:
                boxes.append(one)
            elif tag == qn("w:t"):
                parts.append(one.text or "")
            elif tag in _WORDS:
                parts.append(_WORDS[tag])
            elif tag == qn("w:lastRenderedPageBreak"):
                self._page += 1
            elif tag in (qn("w:footnoteReference"), qn("w:endnoteReference")):
                notes.append(f"{tag.rsplit('}', 1)[1].removesuffix('Reference')} {one.get(qn('w:id'))}")
            else:
                stack.extend(reversed(one))
        return "".join(parts)

    def _kind(self, paragraph: etree._Element, style: _Style | None, text: str) -> BlockKind:
        name = style.name if style else ""
        if name == "title" and not self._titled:
            self._titled = True
            return "title"
        level = _value(paragraph.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}"))
        outlined = level is not None and level < 9
        if (
            _HEADING.match(name)
            or name in ("title", "subtitle")
            or outlined
            or (style and style.outline is not None)
        ):
            return "heading"
        if self._list_of(paragraph, style)[0] is not None or name.startswith("list bullet"):
            return "list_item"
        if name in ("quote", "intense quote", "block text"):
            return "quote"
        return "heading" if _stands_out(paragraph, text) else "paragraph"

    def _list_of(self, paragraph: etree._Element, style: _Style | None) -> tuple[int | None, int]:
        """The number of the list that a paragraph is an item of (None for none), and its level."""
        own = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        for numbering in (own, style.numbering if style else None):
            number = _value(numbering.find(qn("w:numId"))) if numbering is not None else None
            if numbering is not None and number is not None:
                return (number or None), _value(numbering.find(qn("w:ilvl"))) or 0
        return None, 0

    def _style(self, paragraph: etree._Element) -> _Style | None:
        named = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return self._styles.get(named.get(qn("w:val"), "")) if named is not None else None

    @cached_property
    def _styles(self) -> dict[str, _Style]:
        """Every paragraph style by its id, with what it takes from the styles that it is based on."""
        elements = {s.get(qn("w:styleId"), ""): s for s in self._document.styles.element.findall(qn("w:style"))}
        found = {}
        for style_id, element in elements.items():
            line = [element]
            while len(line) < 12 and (base := line[-1].find(qn("w:basedOn"))) is not None:
                parent = elements.get(base.get(qn("w:val"), ""))
                if parent is None:
                    break
                line.append(parent)
            name = element.find(qn("w:name"))
            levels = (_value(e.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")) for e in line)
            lists = (e.find(f"{qn('w:pPr')}/{qn('w:numPr')}") for e in line)
            found[style_id] = _Style(
                (name.get(qn("w:val"), "") if name is not None else "").lower(),
                next((level for level in levels if level is not None and level < 9), None),
                next((numbering for numbering in lists if numbering is not None), None),
                any(_is_on(e.find(f"{qn('w:rPr')}/{qn('w:b')}")) for e in line),
            )
        return found

    def _table(self, table: etree._Element, depth: int) -> Iterator[Block]:
        page = self._page if self._paged else None
        rows = [row for row in table.iter(qn("w:tr")) if _table_of(row) is table]
        cells = [[c for c in row.iter(qn("w:tc")) if _table_of(c) is table] for row in rows]
        holds_table = any(True for row in cells for cell in row for _ in cell.iter(qn("w:tbl")))
        if holds_table or max((len(row) for row in cells), default=0) <= 1:  # it only places things on the page
            for row in cells:
                for cell in row:
                    yield from self.blocks(cell, depth + 1)
            return
        headed = bool(rows) and (
            _is_on(rows[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}"))
            or (len(rows) > 1 and all(_all_bold(c) for c in cells[0]) and not all(_all_bold(c) for c in cells[1]))
        )
        yield from table_blocks([list(self._cell_words(row)) for row in cells], headed=headed, page=page)

    def _cell_words(self, row: Sequence[etree._Element]) -> Iterator[str]:
        """A string for each column: a cell over several columns leaves the others empty."""
        for cell in row:
            boxes: list[etree._Element] = []
            notes: list[str] = []
            words = [self._words(p, boxes, notes) for p in _own_paragraphs(cell)]
            words += [self._notes.get(note, "") for note in notes]
            words += [self._words(p, [], []) for box in boxes for p in _own_paragraphs(box)]
            yield " ".join(w for w in words if w)
            span = _value(cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")) or 1
            yield from [""] * (min(span, 64) - 1)

    def _part(self, kind: str) -> etree._Element | None:
        """The root of a part of the package that the document refers to, or None."""
        for relation in self._document.part.rels.values():
            if relation.reltype.endswith(f"/{kind}") and not relation.is_external:
                return parse_xml(relation.target_part.blob)
        return None


def _notes(root: etree._Element | None, kind: str) -> dict[str, str]:
    """The words of every note by its kind and id."""
    found = {}
    for note in root.findall(qn(f"w:{kind}")) if root is not None else ():
        texts = (t.text or "" for t in note.iter(qn("w:t")))
        found[f"{kind} {note.get(qn('w:id'))}"] = "".join(texts)
    return found


def _own_paragraphs(holder: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs of a cell or a text box, without those of text boxes in it."""
    return (p for p in holder.iter(qn("w:p")) if next(p.iterancestors(holder.tag, _BOX)) is holder)


def _table_of(element: etree._Element) -> etree._Element | None:
    return next(element.iterancestors(qn("w:tbl")), None)


def _stands_out(paragraph: etree._Element, text: str) -> bool:
    """True for a heading that is one by its look alone: a short bold line without a full stop."""
    words = seen(text)
    return len(words.split()) <= 14 and not _ENDED.search(words) and len(words) > 2 and _all_bold(paragraph)


def _all_bold(element: etree._Element) -> bool:
    runs = [r for r in element.iter(qn("w:r")) if any((t.text or "").strip() for t in r.findall(qn("w:t")))]
    return bool(runs) and all(_is_on(run.find(f"{qn('w:rPr')}/{qn('w:b')}")) for run in runs)


def _is_on(switch: etree._Element | None) -> bool:
    return switch is not None and switch.get(qn("w:val"), "1") not in ("0", "false", "off")


def _value(element: etree._Element | None) -> int | None:
    value = element.get(qn("w:val"), "") if element is not None else ""
    return int(value) if re.fullmatch(r"-?\d{1,9}", value) else None
