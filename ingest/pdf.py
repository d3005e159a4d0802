"""PDF files to blocks, with pypdfium2: the words of its pages in reading order, with page numbers."""

import ctypes
import math
import unicodedata
from collections import Counter
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.documents import Document, drop_empty, stated_author, stated_title, with_byline
from ingest.pdf_blocks import blocks_of
from ingest.pdf_columns import usual_gutters
from ingest.pdf_furniture import without_furniture
from ingest.pdf_gaps import Gaps
from ingest.pdf_lines import reading_order
from ingest.pdf_pieces import HYPHEN, Piece
from rag.errors import UnreadableError

MOST_PAGES = 2_000
_MOST_SIGNS = 200_000  # of one page
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_FEW_SIGNS = 20  # below which a page that shows pictures is a scan


def read_pdf(data: bytes) -> Document:
    """A PDF; title and author come from its properties. When it was made is no date of publication.

    Raises UnreadableError for a damaged or protected file, too many pages, and pages without text.
    """
    pages, gaps, about = _read(data)
    pages = without_furniture(pages)
    usual = usual_gutters(pages)
    blocks = drop_empty(blocks_of([reading_order(page, usual) for page in pages]))
    if not blocks:
        raise gaps.refusal()
    title, author = stated_title(about.get("Title")), stated_author(about.get("Author"))
    return with_byline(Document(blocks, title=title, author=author, notices=gaps.notices()))


def _read(data: bytes) -> tuple[list[list[Piece]], Gaps, dict[str, str]]:
    """The pieces of each page, what pages do not say, and the properties of the file."""
    pdf = _opened(data)
    try:
        pages: list[list[Piece]] = []
        gaps = Gaps()
        for number in range(1, len(pdf) + 1):
            page = _page(pdf, number)
            signs = sum(len(piece.text.strip()) for piece in page.pieces)
            if page.pictures and signs < _FEW_SIGNS:
                gaps.scans.append(number)
            if page.unknown > max(10, 0.3 * signs):
                gaps.garbled.append(number)
                page.pieces.clear()
            if page.damaged:
                gaps.damaged.append(number)
            pages.append(page.pieces)
        return pages, gaps, pdf.get_metadata_dict()
    finally:
        pdf.close()


def _opened(data: bytes) -> pdfium.PdfDocument:
    try:
        pdf = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableError("it is protected with a password", "Save it without one.") from error
        raise UnreadableError("it is damaged or not what its name says", "Save it anew.") from error
    count = len(pdf)
    if 0 < count <= MOST_PAGES:
        return pdf
    pdf.close()
    if count:
        words = f"it has {count:,} pages, more than {MOST_PAGES:,}"
        raise UnreadableError(words, "Split it into several briefings.")
    raise UnreadableError("it has no pages", "Save it anew.")


@dataclass(frozen=True, slots=True)
class _Page:
    """What one page shows: pieces of lines, whether there are pictures, and how many signs are unknown."""

    pieces: list[Piece]
    pictures: bool
    unknown: int
    damaged: bool = False


def _page(pdf: pdfium.PdfDocument, number: int) -> _Page:
    try:
        page = pdf[number - 1]
    except pdfium.PdfiumError:  # one page is damaged: the others are not
        return _Page([], False, 0, damaged=True)
    try:
        text = page.get_textpage()
    except pdfium.PdfiumError:
        page.close()
        return _Page([], False, 0, damaged=True)
    try:
        count = text.count_chars()
        if count > _MOST_SIGNS:
            words = f"page {number} holds more than {_MOST_SIGNS:,} characters"
            raise UnreadableError(words, "Save it anew, or save its text.")
        pieces, unknown = _pieces(text, count, number)
        few = sum(len(piece.text) for piece in pieces) < _FEW_SIGNS
        pictures = few and any(True for _ in page.get_objects([raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
        return _Page(pieces, pictures, unknown)
    finally:
        text.close()
        page.close()


def _pieces(text: pdfium.PdfTextPage, count: int, number: int) -> tuple[list[Piece], int]:
    """The pieces of lines of a page in the order of the file, and how many of its signs are no letters.

    Text that runs in another direction than most of the page (a watermark, a stamp in the margin) is left out.
    """
    turn = Counter(_angle(text, i) for i in range(0, count, max(1, count // 50))).most_common(1)
    found = _Pieces(text, number, turn[0][0] if turn else 0)
    for i in range(count):
        found.add(i)
    found.close()
    return found.pieces, found.unknown


class _Pieces:
    """Puts the signs of a page together to pieces of lines."""

    def __init__(self, text: pdfium.PdfTextPage, page: int, turn: int) -> None:
        self.pieces: list[Piece] = []
        self.unknown = 0
        self._text = text
        self._page = page
        self._turn = turn
        self._signs: list[str] = []
        self._left = self._right = self._base = self._size = 0.0
        self._sizes: Counter[float] = Counter()
        self._first = self._last = 0
        self._x, self._y, self._box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()

    def add(self, i: int) -> None:
        """Take the next sign of the page."""
        code = raw.FPDFText_GetUnicode(self._text, i)
        if code in (10, 13):
            self.close()
            return
        sign = self._sign(code)
        if sign.isspace():
            if self._signs and self._signs[-1] != " ":
                self._signs.append(" ")
            return
        place = self._place(i)
        if not sign or place is None:
            return
        left, right, base, size = place
        signs, high = self._signs, max(self._size, size)
        if signs and abs(base - self._base) > 0.45 * high:
            self.close()
        elif signs and sign != HYPHEN and unicodedata.bidirectional(sign) in ("R", "AL"):
            if self._left - right > 1.2 * high:
                self.close()
        elif signs and (left - self._right > 1.2 * high or left < self._left - 0.5 * size):
            self.close()
        if not signs:
            if _angle(self._text, i) != self._turn:
                return
            self._left, self._right, self._base, self._size, self._first = left, right, base, size, i
        elif left - self._right > 0.22 * self._size and signs[-1] != " ":
            signs.append(" ")
        self._left, self._right = min(self._left, left), max(self._right, right)
        if size > 1.2 * self._size:  # the line began with a small raised sign
            self._base, self._size = base, size
        signs.append(sign)
        self._sizes[round(size, 1)] += 1
        self._last = i

    def close(self) -> None:
        """The piece ends here."""
        words = "".join(self._signs).strip()
        self._signs.clear()
        if words and self._sizes:
            bold = _is_bold(self._text, self._first) and _is_bold(self._text, self._last)
            place = (self._left, self._right, self._base, self._sizes.most_common(1)[0][0])
            self.pieces.append(Piece(words, *place, bold, self._page))
        self._sizes.clear()

    def _sign(self, code: int) -> str:
        """The sign of a code as it is kept; empty for one that shows nothing."""
        if code in (2, 0xFFFE, 0xAD):
            return HYPHEN
        if 0xF000 <= code <= 0xF0FF:  # of a font of symbols: nearly always a bullet
            return "•" if code in (0xF0B7, 0xF0A7, 0xF0D8, 0xF0FC, 0xF076, 0xF06E, 0xF06C) else "\ufffd"
        if code in (0, 0xFFFD, 0xFFFF) or code >= 0x110000 or 0xE000 <= code <= 0xF8FF:
            self.unknown += 1
            return "\ufffd" if code == 0xFFFD else ""
        return _LIGATURES.get(code) or chr(code)

    def _place(self, i: int) -> tuple[float, float, float, float] | None:
        """Left, right, base line and height of a sign, seen in the direction of reading; None when unknown."""
        box = self._box
        if not raw.FPDFText_GetCharOrigin(self._text, i, self._x, self._y):
            return None
        if not raw.FPDFText_GetLooseCharBox(self._text, i, box):
            return None
        x, y = self._x.value, self._y.value
        if self._turn == 270:
            left, right, base, size = box.bottom, box.top, -x, box.right - box.left
        elif self._turn == 90:
            left, right, base, size = -box.top, -box.bottom, x, box.right - box.left
        elif self._turn == 180:
            left, right, base, size = -box.right, -box.left, -y, box.top - box.bottom
        else:
            left, right, base, size = box.left, box.right, y, box.top - box.bottom
        if not all(math.isfinite(v) and abs(v) < 1e6 for v in (left, right, base, size)):
            return None
        return min(left, right), max(left, right), base, abs(size) or 1.0


def _angle(text: pdfium.PdfTextPage, i: int) -> int:
    """The direction of a sign in quarter turns, in degrees."""
    angle = raw.FPDFText_GetCharAngle(text, i)
    return round(math.degrees(angle) / 90) % 4 * 90 if math.isfinite(angle) else 0


def _is_bold(text: pdfium.PdfTextPage, i: int) -> bool:
    name = ctypes.create_string_buffer(100)
    flags = ctypes.c_int()
    length = raw.FPDFText_GetFontInfo(text, i, name, 100, flags)
    written = name.raw[: max(0, min(length, 100) - 1)].lower()
    return (
        any(mark in written for mark in (b"bold", b"black", b"heavy")) or raw.FPDFText_GetFontWeight(text, i) >= 600
    )
