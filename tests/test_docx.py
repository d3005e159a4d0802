"""Word documents become blocks in document order without what was deleted or written by a program itself."""

import io
from collections.abc import Callable

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml

from ingest.documents import canonical, seen
from ingest.docx import read_docx
from ingest.numbering import Counters, Level, Numbering, written
from rag.errors import UnreadableError

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(fill: Callable[[WordDocument], object]) -> bytes:
    """The bytes of a document that was filled so."""
    document = docx.Document()
    fill(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def lines(fill: Callable[[WordDocument], None]) -> list[str]:
    """Kind, mark and words of each block, as one line a block."""
    return [f"{b.kind}: {b.mark}{seen(b.text)}" for b in read_docx(word(fill)).blocks]


def test_paragraphs_lists_and_tables_come_in_document_order() -> None:
    def fill(document: WordDocument) -> None:
        document.add_heading("Talks", 0)
        document.add_paragraph("They began.")
        document.add_heading("Terms", 2)
        table = document.add_table(2, 2)
        for cell, words in zip(
            [c for row in table.rows for c in row.cells], "Port Ships Sennet 9".split(), strict=True
        ):
            cell.text = words
        document.add_paragraph("Nine ships", "List Bullet")
        for words in ("One", "Two"):
            document.add_paragraph(words, "List Number")
        document.add_paragraph("Soon.", "Quote")

    assert lines(fill) == [
        "title: Talks", "paragraph: They began.", "heading: Terms", "table_row: Port: Sennet | Ships: 9",
        "list_item: • Nine ships", "list_item: 1. One", "list_item: 2. Two", "quote: Soon.",
    ]  # fmt: skip


def test_deleted_words_are_gone_and_inserted_ones_are_there() -> None:
    def fill(document: WordDocument) -> None:
        document.element.body.insert(0, parse_xml(
            f"<w:p {W}><w:r><w:t>Nine </w:t></w:r><w:del><w:r><w:delText>old </w:delText></w:r></w:del>"
            "<w:ins><w:r><w:t>new </w:t></w:r></w:ins><w:hyperlink><w:r><w:t>ships</w:t></w:r></w:hyperlink></w:p>"
        ))  # fmt: skip

    assert lines(fill) == ["paragraph: Nine new ships"]


def test_a_text_box_in_a_cell_is_read_once_though_word_saves_it_twice() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>by sea</w:t></w:r></w:p></w:txbxContent>"
    drawn = parse_xml(
        f'<w:r {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:v">'
        f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback><v:textbox>{box}</v:textbox></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )

    def fill(document: WordDocument) -> None:
        row = document.add_table(1, 2).rows[0]
        row.cells[0].text, row.cells[1].text = "Nine", "ships"
        row.cells[1].paragraphs[0]._p.append(drawn)

    assert lines(fill) == ["table_row: Nine | ships by sea"]


def test_a_short_bold_line_is_a_heading_and_a_bold_sentence_is_not() -> None:
    def fill(document: WordDocument) -> None:
        for words in ("Terms of the deal", "Nine ships left."):
            document.add_paragraph().add_run(words).bold = True

    assert lines(fill) == ["heading: Terms of the deal", "paragraph: Nine ships left."]


def test_pages_are_those_that_word_laid_out() -> None:
    def fill(document: WordDocument) -> None:
        for words in ("One.", "Two."):
            document.add_paragraph(words)
        document.paragraphs[1].runs[0]._r.insert(0, parse_xml(f"<w:lastRenderedPageBreak {W}/>"))

    _, paragraphs = canonical(read_docx(word(fill)).blocks)
    assert [p.page for p in paragraphs] in ([1, 2], [1, 1])
    assert canonical(read_docx(word(lambda d: d.add_paragraph("One."))).blocks)[1][0].page is None


@pytest.mark.parametrize(
    "title", ["", "Word Document", "Microsoft Word - Document1", "Document 3", "talks final.docx", "Untitled"]
)
def test_what_a_program_writes_by_itself_is_no_title_and_no_author(title: str) -> None:
    def fill(document: WordDocument) -> None:
        document.core_properties.title = title
        document.add_paragraph("Words.")

    read = read_docx(word(fill))  # python-docx writes itself down as the author
    assert (read.title, read.author, read.published) == (None, None, None)


def test_what_is_no_word_document_is_refused() -> None:
    with pytest.raises(UnreadableError, match="damaged"):
        read_docx(b"\xd0\xcf\x11\xe0 an old one")


def test_items_are_counted_as_word_counts_them() -> None:
    levels = {(1, 0): Level("decimal", "%1."), (1, 1): Level("lowerLetter", "%1.%2)"), (2, 0): Level("bullet")}
    counters = Counters(Numbering(levels))
    marks = [
        counters.mark(1, 0),
        counters.mark(1, 1),
        counters.mark(1, 1),
        counters.mark(1, 0),
        counters.mark(1, 1),
    ]
    assert marks == ["1. ", "1.a) ", "1.b) ", "2. ", "2.a) "]
    assert (counters.mark(2, 0), counters.mark(None, 0)) == ("• ", "• ")
    assert [written(n, "upperRoman") for n in (4, 9, 1994)] == ["IV", "IX", "MCMXCIV"]
    assert [written(n, "lowerLetter") for n in (1, 26, 27)] == ["a", "z", "aa"]
