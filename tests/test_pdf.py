"""PDF pages become blocks in reading order, with page numbers; scans, passwords and damage are named."""

import io
from collections.abc import Sequence

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest.documents import Document, seen
from ingest.pdf import read_pdf
from ingest.pdf_furniture import without_furniture
from ingest.pdf_lines import reading_order
from ingest.pdf_pieces import Piece
from rag.errors import UnreadableError

Lines = Sequence[tuple[float, float, str]]


def pdf(
    *pages: Lines, font: str = "Helvetica", size: float = 11, scan: tuple[int, ...] = (), **options: object
) -> bytes:
    """A PDF with words at these places, from the lower left corner; pages in `scan` show a picture."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(400, 600), **options)
    for number, lines in enumerate(pages, start=1):
        canvas.setFont(font, size)
        for x, y, words in lines:
            canvas.drawString(x, y, words)
        if number in scan:
            canvas.drawImage(ImageReader(Image.new("RGB", (40, 40), "grey")), 50, 50, 300, 500)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def blocks(document: Document) -> list[tuple[str, str, int | None]]:
    """Kind, words and page of each block."""
    return [(b.kind, seen(b.mark + b.text), b.page) for b in document.blocks]


def test_lines_are_joined_words_mended_and_paragraphs_parted() -> None:
    lines = [
        (50, 500, "The ministers of both countries agreed on the cease-fire and on the har-"),
        (50, 487, "bours that the ships of either side may use, until the cease-"),
        (50, 474, "fire ends."),
        (50, 450, "Nine ships left."),
        (50, 426, "• Two stayed."),
    ]
    text = (
        "The ministers of both countries agreed on the cease-fire and on the harbours that the ships of either "
        "side may use, until the cease-fire ends."
    )
    assert blocks(read_pdf(pdf(lines, size=10))) == [
        ("paragraph", text, 1), ("paragraph", "Nine ships left.", 1), ("list_item", "• Two stayed.", 1),
    ]  # fmt: skip


def test_running_headers_footers_and_page_numbers_are_gone_and_pages_are_known() -> None:
    def page(number: int, words: str) -> Lines:
        return [(50, 580, "Sennet Courier"), (50, 500, words), (190, 20, f"Page {number} of 3")]

    read = read_pdf(pdf(page(1, "Nine ships left."), page(2, "Two stayed."), page(3, "Rain fell.")))
    assert blocks(read) == [
        ("paragraph", "Nine ships left.", 1), ("paragraph", "Two stayed.", 2), ("paragraph", "Rain fell.", 3),
    ]  # fmt: skip


def test_words_that_differ_by_more_than_the_page_are_no_furniture() -> None:
    def row(words: str, base: float, page: int) -> Piece:
        return Piece(words, 50, 300, base, 10, False, page)

    pages = [
        [row(f"Ship {n * n} left the harbour", 500, n), row(f"Rain fell {n} times.", 400, n)] for n in (1, 2, 3)
    ]
    assert without_furniture(pages) == pages


def test_columns_are_read_one_after_the_other_and_tables_across() -> None:
    left = [f"The first column has line {n} with words" for n in range(8)]
    right = [f"The other column has line {n} with words" for n in range(8)]
    pieces = [Piece("A title over both of the columns of it", 50, 550, 700, 12, False, 1)]
    for n in range(8):
        pieces.append(Piece(left[n], 50, 280, 650 - 12 * n, 10, False, 1))
        pieces.append(Piece(right[n], 320, 550, 650 - 12 * n, 10, False, 1))
    assert [line.text for line in reading_order(pieces)] == [pieces[0].text, *left, *right]
    cells = [
        Piece(w, x, x + 30, 650 - 14 * n, 10, False, 1) for n in range(8) for x, w in ((50, f"p{n}"), (320, f"{n}"))
    ]
    assert [line.text for line in reading_order(cells)] == [f"p{n} {n}" for n in range(8)]


def test_scanned_pages_are_reported() -> None:
    words: Lines = [(50, 500, "Nine ships left the harbour.")]
    read = read_pdf(pdf(words, [], words, [], scan=(2, 4)))
    assert [b.page for b in read.blocks] == [1, 3]  # the same words, but they are all there is
    assert read.notices == ("pages 2 and 4 are scanned and without text",)
    with pytest.raises(UnreadableError, match="scanned") as caught:
        read_pdf(pdf([], [], scan=(1, 2)))
    assert "OCR" in caught.value.remedy


def test_protected_damaged_and_empty_files_are_named() -> None:
    locked = pdf([(50, 500, "Nine ships left.")], encrypt=StandardEncryption("secret", canPrint=0))
    for data, reason in ((locked, "password"), (b"%PDF-1.7 x", "damaged"), (pdf([]), "no text")):
        with pytest.raises(UnreadableError, match=reason):
            read_pdf(data)


def test_when_a_file_was_made_is_no_date_of_publication_and_its_default_title_none() -> None:
    read = read_pdf(pdf([(50, 500, "Nine ships left.")]))  # titled "untitled" by "anonymous"
    assert (read.title, read.author, read.published) == (None, None, None)
