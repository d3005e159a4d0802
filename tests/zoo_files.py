"""Word, OpenDocument, rich text, web, mail and text files of the zoo, written with real writers."""

import io
import random
import textwrap
from collections.abc import Sequence
from email.message import EmailMessage
from html import escape
from typing import Any

import docx
from docx.oxml import OxmlElement
from odf import style as odf_style
from odf import table as odf_table
from odf import text as odf_text
from odf.opendocument import OpenDocumentText

from tests.zoo import Animal, Part, Story


def word(told: Story, *, bold_headings: bool = False, controls: bool = False) -> Animal:
    """A Word document; `bold_headings` are ordinary paragraphs in bold, and `controls` wraps paragraphs in content
    controls, as templates do."""
    document = docx.Document()
    document.core_properties.title, document.core_properties.author = told.title, told.author
    document.sections[0].header.paragraphs[0].text = "Sennet Courier Special Report"
    document.sections[0].footer.paragraphs[0].text = "Page 1"
    document.add_heading(told.title, 0)
    table: Any = None
    for part in told.parts:
        if part.kind == "row":
            if table is None:
                table = document.add_table(0, len(part.cells))
            for cell, words in zip(table.add_row().cells, part.cells, strict=True):
                cell.text = words
            continue
        table = None
        if part.kind == "heading" and not bold_headings:
            document.add_heading(part.text, 1)
        elif part.kind == "heading":
            document.add_paragraph().add_run(part.text).bold = True
        elif part.kind in ("item", "number"):
            document.add_paragraph(part.text, "List Bullet" if part.kind == "item" else "List Number")
        elif part.kind == "quote":
            document.add_paragraph(part.text, "Quote")
        else:
            half = len(part.text) // 2  # Word cuts a paragraph into runs wherever something was edited
            paragraph = document.add_paragraph(part.text[:half])
            paragraph.add_run(part.text[half:]).italic = True
            if controls:
                control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
                paragraph._p.addprevious(control)
                control.append(content)
                content.append(paragraph._p)
    out = io.BytesIO()
    document.save(out)
    return Animal("", out.getvalue(), told.expected(), told)


def opendocument(told: Story) -> Animal:
    """An OpenDocument text."""
    document = OpenDocumentText()
    from odf import dc, meta

    document.meta.addElement(dc.Title(text=told.title))
    document.meta.addElement(meta.InitialCreator(text=told.author))
    numbered = odf_text.ListStyle(name="L1")
    numbered.addElement(odf_text.ListLevelStyleNumber(level="1", numformat="1", numsuffix="."))
    document.automaticstyles.addElement(numbered)
    document.styles.addElement(odf_style.Style(name="Title", family="paragraph"))
    document.styles.addElement(odf_style.Style(name="Quotations", family="paragraph"))
    document.text.addElement(odf_text.P(text=told.title, stylename="Title"))
    group: Any = None
    before = ""
    for part in told.parts:
        if part.kind != before or part.kind not in ("item", "number", "row"):
            group = None
        before = part.kind
        if part.kind == "row":
            if group is None:
                group = odf_table.Table()
                document.text.addElement(group)
            row = odf_table.TableRow()
            group.addElement(row)
            for words in part.cells:
                cell = odf_table.TableCell()
                cell.addElement(odf_text.P(text=words))
                row.addElement(cell)
        elif part.kind in ("item", "number"):
            if group is None:
                group = odf_text.List(stylename="L1") if part.kind == "number" else odf_text.List()
                document.text.addElement(group)
            item = odf_text.ListItem()
            item.addElement(odf_text.P(text=part.text))
            group.addElement(item)
        elif part.kind == "heading":
            document.text.addElement(odf_text.H(outlinelevel=1, text=part.text))
        else:
            paragraph = odf_text.P(stylename="Quotations") if part.kind == "quote" else odf_text.P()
            first, _, rest = part.text.partition(" ")
            paragraph.addText(f"{first} ")
            paragraph.addElement(odf_text.Span(text=rest))
            document.text.addElement(paragraph)
    out = io.BytesIO()
    document.write(out)
    return Animal("", out.getvalue(), told.expected(), told)


def rich(told: Story, *, outlined: bool = True) -> Animal:
    """A rich text as word processors write it; without an outline, headings are told by their look alone."""
    lines = [
        r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil\fcharset0 Times;}}",
        r"{\stylesheet{\s1\outlinelevel0 heading 1;}}",
        rf"{{\info{{\title {_rtf(told.title)}}}{{\author {_rtf(told.author)}}}}}",
        r"{\header\pard Sennet Courier Special Report\par}",
    ]
    if not outlined:
        lines.append(rf"\pard {_rtf(told.title)}\par")
    number = 0
    for part in told.parts:
        number = number + 1 if part.kind == "number" else 0
        if part.kind == "heading":
            style = r"\s1\outlinelevel0\b " if outlined else r"\b "
            lines.append(rf"\pard{style}{_rtf(part.text)}\b0\par")
        elif part.kind == "row":
            cells = "".join(rf"\pard\intbl {_rtf(cell)}\cell" for cell in part.cells)
            lines.append(rf"\trowd{cells}\row")
        elif part.kind in ("item", "number"):
            mark = f"{number}." if number else r"\bullet"
            lines.append(rf"\pard\li360 {mark}\tab {_rtf(part.text)}\par")
        else:
            lines.append(rf"\pard\plain\f0 {_rtf(part.text)}\par")
    return Animal("", "\n".join([*lines, "}"]).encode("ascii"), told.expected(), told)


def _rtf(words: str) -> str:
    escaped = words.replace("\\", r"\\").replace("{", r"\{").replace("}", r"\}")
    return "".join(c if c < "\x80" else rf"\u{ord(c)}?" for c in escaped)


def page(told: Story, *, frame: str = "article") -> Animal:
    """A web page with everything around its text that pages have; `frame` is the element that holds the text."""
    body = "\n".join(_elements(told.parts))
    links = "".join(f"<li><a href='/{n}'>Section {n}</a></li>" for n in range(8))
    start, end = {
        "article": ("<article>", "</article>"),
        "main": ("<div class='wrap'><main id='content'>", "</main></div>"),
        "div": ("<div class='story-body'><div>", "</div></div>"),
        "table": ("<table role='presentation'><tr><td>", "</td></tr></table>"),
    }[frame]
    facts = (
        f"<meta property='og:title' content='{escape(told.title)}'><meta name=author content='{told.author}'>"
        f"<meta property='article:published_time' content='{told.published}T06:30:00Z'>"
        "<meta property='og:site_name' content='Sennet Courier'>"
    )
    text = (
        f"<!doctype html><html><head><meta charset=utf-8><title>{escape(told.title)} | Sennet Courier</title>"
        f"{facts}"
        "<style>p { color: red }</style><script>if (a < b) { track('<p>not shown</p>') }</script></head><body>"
        f"<header><a href='/'>Sennet Courier</a><nav><ul>{links}</ul></nav></header>"
        "<div id='cookie-banner' class='cookie-banner'><p>We value your privacy.</p><button>Accept</button></div>"
        f"{start}<h1>{escape(told.title)}</h1><p class='byline'>By {told.author}</p>\n{body}"
        "<div class='share-buttons'><a href='#'>Share</a></div><p style='display:none'>Not shown</p>"
        f"<aside><h2>Related</h2><p>Another story altogether.</p></aside>{end}"
        f"<ul class='links'>{links}</ul><footer><p>© 2031 Sennet Courier.</p></footer></body></html>"
    )
    return Animal("", text.encode(), told.expected(), told)


def _elements(parts: Sequence[Part]) -> list[str]:
    found: list[str] = []
    before = ""
    tags = {"item": ("ul", "li"), "number": ("ol", "li"), "row": ("table", "tr")}
    for part in [*parts, Part("paragraph", "")]:
        if before in tags and part.kind != before:
            found.append(f"</{tags[before][0]}>")
        if part.kind in tags and part.kind != before:
            found.append(f"<{tags[part.kind][0]}>")
        words = escape(part.text)
        if part.kind == "row":
            cell = "th" if before != "row" else "td"
            found.append(f"<tr>{''.join(f'<{cell}>{escape(c)}</{cell}>' for c in part.cells)}</tr>")
        elif part.kind in tags:
            found.append(f"<li>{words}</li>")
        elif part.kind == "heading":
            found.append(f"<h2>{words}</h2>")
        elif part.kind == "quote":
            found.append(f"<blockquote><p>{words}</p></blockquote>")
        elif words:
            first, _, rest = words.partition(" ")
            found.append(f"<p><b>{first}</b>\n   {rest}</p>")
        before = part.kind
    return found


def markdown(told: Story) -> Animal:
    """A Markdown text with front matter."""
    lines = ["---", f"title: {told.title}", f"date: {told.published}", f"author: {told.author}", "---", ""]
    number, header = 0, False
    for part in told.parts:
        number = number + 1 if part.kind == "number" else 0
        if part.kind == "row":
            lines.append(f"| {' | '.join(part.cells)} |")
            lines += [] if header else ["|---|---|---|"]
            header = True
            continue
        header = False
        mark = {"heading": "## ", "item": "- ", "number": f"{number}. ", "quote": "> "}.get(part.kind, "")
        lines += ["", f"{mark}{part.text}"]
        lines += [""] if part.kind not in ("item", "number") else []
    return Animal("", "\n".join(lines).encode(), told.expected(), told)


def plain(told: Story, *, width: int = 0) -> Animal:
    """A plain text, its paragraphs wrapped at a column when `width` says so."""
    blocks = [told.title]
    number = 0
    for part in told.parts:
        number = number + 1 if part.kind == "number" else 0
        mark = {"item": "- ", "number": f"{number}. "}.get(part.kind, "")
        words = f"{mark}{part.text}"
        blocks.append(textwrap.fill(words, width, break_on_hyphens=False) if width else words)
        if part.kind == "heading" and number == 0 and width:
            blocks[-1] += "\n" + "-" * len(words)
    return Animal("", "\n\n".join(blocks).encode(), told.expected(), told)


def mail(told: Story, *, html: bool = False, flowed: bool = False, attached: Sequence[Animal] = ()) -> Animal:
    """A mail with these files attached to it."""
    message = EmailMessage()
    message["Subject"], message["From"] = told.title, f"{told.author} <ada@sennet.example>"
    message["To"] = ", ".join(f"Reader {n} <r{n}@sennet.example>" for n in range(30))
    message["Date"] = f"{told.published:%a, %d %b %Y} 06:30:00 +0000"
    lines: list[str] = []
    for part in told.parts:
        mark = "- " if part.kind == "item" else ""
        words = f"{mark}{part.text}"
        lines += [
            " \n".join(textwrap.wrap(words, 70, break_on_hyphens=False)) if flowed else textwrap.fill(words, 72),
            "",
        ]
    message.set_content("\n".join(lines), params={"format": "flowed"} if flowed else None)
    if html:
        shown = "".join(_elements(told.parts))
        message = _like(message)
        message.set_content(f"<html><body><div>{shown}</div></body></html>", subtype="html")
    for animal in attached:
        message.add_attachment(animal.data, maintype="application", subtype="octet-stream", filename=animal.name)
    return Animal("", message.as_bytes(), told.expected(), told, tuple(a.expected for a in attached))


def _like(message: EmailMessage) -> EmailMessage:
    other = EmailMessage()
    for name in ("Subject", "From", "To", "Date"):
        other[name] = message[name]
    return other


def mutated(data: bytes, seed: int) -> bytes:
    """The bytes with a few of them changed, cut out, repeated or swapped; the same for the same seed."""
    chance = random.Random(seed)
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(out) + 1)
        length = min(chance.choice((1, 1, 2, 8, 64, 1024)), len(out) - at)
        what = chance.randrange(5)
        if what == 0:
            out[at : at + length] = chance.randbytes(length)
        elif what == 1:
            del out[at : at + length]
        elif what == 2:
            out[at:at] = out[at : at + length] * chance.choice((1, 2, 50))
        elif what == 3:
            out[at:at] = chance.choice((b"\x00", b"\xff\xfe", b"<", b"&", b"{\\", b"99999999999", b"%", b"\r\n"))
        else:
            other = chance.randrange(len(out) + 1)
            out[at : at + length] = out[other : other + length]
    return bytes(out)
