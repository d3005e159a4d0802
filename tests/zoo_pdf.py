"""PDF files of the zoo, written with reportlab."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, KeepTogether, PageTemplate, Paragraph, Table

from tests.zoo import Animal, Story

WIDTH, HEIGHT = A4


@dataclass(frozen=True, slots=True)
class Look:
    """How a document is laid out."""

    columns: int = 1
    size: float = 11
    justified: bool = False
    indented: bool = False
    furniture: bool = True
    font: str = "Times"
    centred: bool = False


def flowing(told: Story, look: Look) -> Animal:
    """A PDF that reportlab itself lays out, column after column."""
    pages: dict[int, int] = {}
    base = getSampleStyleSheet()["Normal"]
    regular, bold = {"Times": ("Times-Roman", "Times-Bold"), "Helvetica": ("Helvetica", "Helvetica-Bold")}[
        look.font
    ]

    class Noted(Paragraph):
        """A paragraph that notes the page it begins on."""

        def draw(self) -> None:
            pages.setdefault(self.style.part, self.canv.getPageNumber())
            super().draw()

    def styled(part: int, **values: Any) -> ParagraphStyle:
        style = ParagraphStyle(f"part{part}", parent=base, fontName=regular, fontSize=look.size)
        style.leading = 1.2 * look.size
        style.spaceAfter = 0 if look.indented else 0.6 * look.size
        style.part = part
        for name, value in values.items():
            setattr(style, name, value)
        return style

    flow: list[Any] = []
    title = {"fontSize": 1.8 * look.size, "leading": 2.2 * look.size, "fontName": bold, "spaceAfter": 12}
    if look.centred:
        title["alignment"] = 1
    flow.append(Noted(told.title, styled(-1, **title)))
    number, rows = 0, []
    for at, part in enumerate(told.parts):
        if part.kind == "row":
            rows.append([Noted(cell, styled(at)) for cell in part.cells])
            if at + 1 == len(told.parts) or told.parts[at + 1].kind != "row":
                table = Table(rows)
                table.setStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)])
                flow.append(KeepTogether([table]) if look.columns > 1 else table)
                rows = []
            continue
        number = number + 1 if part.kind == "number" else 0
        if part.kind == "heading":
            size = {"fontSize": 1.3 * look.size, "leading": 1.6 * look.size, "fontName": bold, "spaceBefore": 8}
            flow.append(Noted(part.text, styled(at, keepWithNext=1, spaceAfter=4, **size)))
        elif part.kind in ("item", "number"):
            mark = f"{number}." if number else "•"
            flow.append(Noted(part.text, styled(at, leftIndent=18, bulletIndent=4), bulletText=mark))
        else:
            values: dict[str, Any] = {"alignment": 4} if look.justified else {}
            if look.indented:
                values["firstLineIndent"] = 1.5 * look.size
            if part.kind == "quote":
                values |= {"leftIndent": 24, "rightIndent": 24}
            flow.append(Noted(part.text, styled(at, **values)))

    data = _laid_out(flow, told, look, regular)  # which tells the pages
    return Animal("", data, told.expected([pages.get(at) for at in range(len(told.parts))]), told)


def _laid_out(flow: list[Any], told: Story, look: Look, font: str) -> bytes:
    """The PDF of these paragraphs, in columns, with headers and footers."""

    def furniture(canvas: Canvas, _: Any) -> None:
        if look.furniture:
            canvas.setFont(font, 9)
            canvas.drawString(60, HEIGHT - 36, "Sennet Courier Special Report")
            canvas.drawRightString(WIDTH - 60, HEIGHT - 36, "Spring 2031")
            canvas.drawCentredString(WIDTH / 2, 30, f"Page {canvas.getPageNumber()}")

    out = io.BytesIO()
    gap = 24
    wide = (WIDTH - 120 - gap * (look.columns - 1)) / look.columns
    frames = [
        Frame(60 + i * (wide + gap), 60, wide, HEIGHT - 120, leftPadding=0, rightPadding=0, id=f"f{i}")
        for i in range(look.columns)
    ]
    template = BaseDocTemplate(out, pagesize=A4, title=told.title, author=told.author)
    template.addPageTemplates([PageTemplate(frames=frames, onPage=furniture)])
    template.build(flow)
    return out.getvalue()


def drawn(told: Story, *, columns: int = 2, across: bool = False, size: float = 10, turned: int = 0) -> Animal:
    """A PDF drawn line by line with words parted at the ends of lines; `across` draws the lines of all columns
    in turn, as some programs write them. Only headings and paragraphs are drawn."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(HEIGHT, WIDTH) if turned in (90, 270) else A4)
    canvas.setTitle(told.title)
    gap = 22.0
    wide = (WIDTH - 120 - gap * (columns - 1)) / columns
    lines: list[tuple[int, int, float, float, str, str, float]] = []  # page, column, x, y, font, words, size
    pages: list[int | None] = []
    page, column, y = 1, 0, HEIGHT - 130

    def line_of(words: str, font: str, height: float) -> tuple[int, int]:
        nonlocal page, column, y
        if y < 70:
            column, y = column + 1, HEIGHT - (130 if page == 1 else 80)
            if column == columns:
                page, column, y = page + 1, 0, HEIGHT - 80
        lines.append((page, column, 60 + column * (wide + gap), y, font, words, height))
        y -= 1.25 * height
        return page, column

    for part in told.parts:
        font, height = ("Helvetica-Bold", 1.3 * size) if part.kind == "heading" else ("Helvetica", size)
        if part.kind == "heading" and y < 70 + 6 * size:
            y = 0
        first: int | None = None
        for words in _wrapped(part.text, font, height, wide):
            at, _ = line_of(words, font, height)
            first = first or at
        pages.append(first)
        y -= 0.7 * size
    if across:
        lines.sort(key=lambda one: (one[0], -round(one[3]), one[1]))
    last = 1
    for number, _, x, height_of, font, words, height in lines:
        if number != last:
            canvas.showPage()
            last = number
        if number == 1 and not canvas.__dict__.get("titled"):
            canvas.titled = True
            _draw(canvas, turned, "Helvetica-Bold", 2 * size, 60, HEIGHT - 90, told.title)
        _draw(canvas, turned, font, height, x, height_of, words)
    canvas.save()
    return Animal("", out.getvalue(), told.expected(pages), told)


def _draw(canvas: Canvas, turned: int, font: str, size: float, x: float, y: float, words: str) -> None:
    canvas.saveState()
    if turned == 90:
        canvas.translate(HEIGHT, 0)
        canvas.rotate(90)
    canvas.setFont(font, size)
    canvas.drawString(x, y, words)
    canvas.restoreState()


def _wrapped(text: str, font: str, size: float, wide: float) -> Sequence[str]:
    """The lines of a text, with long words that do not fit parted by a hyphen."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        tried = f"{line} {word}".strip()
        if stringWidth(tried, font, size) <= wide:
            line = tried
            continue
        half = len(word) // 2
        parted = f"{line} {word[:half]}-".strip()
        if len(word) > 8 and word.isalpha() and stringWidth(parted, font, size) <= wide:
            lines.append(parted)
            line = word[half:]
        else:
            lines.append(line)
            line = word
    return [*lines, line]
