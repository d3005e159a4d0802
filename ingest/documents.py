"""From what a file says to a document: title, date, source and blocks of text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from rag.briefings import Paragraph, ParagraphKind

BlockKind = ParagraphKind | Literal["title", "heading", "byline"]

RECIPE = 3  # grows when the rules below, or a reader's, give another text for the same file
UNCITED: tuple[BlockKind, ...] = ("title", "heading", "byline")
_BLOCK_BREAK = "\n\n"
LONGEST_BYLINE = 300  # characters

# Characters that nobody sees: hidden text would be searched and cited unseen.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e0fff\ud800-\udfff]"
)


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a document as its reader found it. `mark` stands before the text and is not cited; `page`,
    from 1, is where it begins, None where the format has no pages."""

    kind: BlockKind
    text: str
    mark: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader makes of a file; None where the file does not say. `notices` tell what was assumed, and
    `attachments` are files that it carries, each a briefing of its own."""

    blocks: tuple[Block, ...]
    title: str | None = None
    published: date | None = None
    source: str | None = None
    notices: tuple[str, ...] = field(default=())
    author: str | None = None
    attachments: tuple["Attachment", ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that stands in another, as a mail's; `sha256` is the hash of its bytes. Either it was read to a
    `document`, or `reason` and `remedy` say why it could not be."""

    name: str
    sha256: str
    document: Document | None = None
    reason: str = ""
    remedy: str = ""


def canonical(blocks: Sequence[Block]) -> tuple[str, tuple[Paragraph, ...]]:
    """The canonical text of a document, and its paragraphs, numbered from 1, as offsets into that text.

    Blocks stand one blank line apart. Title, headings and bylines are in the text, but are not paragraphs; a
    heading is the section of the paragraphs that follow it.
    """
    parts: list[str] = []
    paragraphs: list[Paragraph] = []
    length = 0
    section: str | None = None
    for block in blocks:
        text = seen(block.text, keep_lines=block.kind == "code")
        if not text:
            continue
        if parts:
            parts.append(_BLOCK_BREAK)
            length += len(_BLOCK_BREAK)
        start = length + len(block.mark)
        parts += [block.mark, text]
        length = start + len(text)
        if block.kind == "heading":
            section = text
        elif block.kind != "title" and block.kind != "byline":
            paragraphs.append(Paragraph(len(paragraphs) + 1, start, length, section, block.kind, block.page))
    return "".join(parts), tuple(paragraphs)


def seen(text: str, *, keep_lines: bool = False) -> str:
    """The text as a reader sees it: without unseen characters, every run of white space one plain space."""
    if keep_lines:
        return _UNSEEN.sub("", "\n".join(text.splitlines())).strip("\n")
    plain = " ".join(text.split())
    if plain.isascii() and plain.isprintable():  # as most are
        return plain
    return " ".join(_UNSEEN.sub("", plain).split())


def title_of(document: Document, fallback: str) -> str:
    """The document's stated title, else the title in its text, else its first heading, else the fallback."""
    in_text = [seen(b.text) for kind in ("title", "heading") for b in document.blocks if b.kind == kind]
    return next((t for t in (seen(document.title or ""), *in_text) if t), fallback)


_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
)
_DATES = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:[T ].*)?"),
    re.compile(rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\.? (?P<n>{_MONTHS})\.?,? (?P<y>\d{{4}})", re.IGNORECASE),
    re.compile(rf"(?P<n>{_MONTHS})\.? (?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y>\d{{4}})", re.IGNORECASE),
)


def date_in(phrase: str) -> date | None:
    """The date that a phrase which is nothing but a date names, else None."""
    if len(phrase) > LONGEST_BYLINE:
        return None
    phrase = phrase.strip().rstrip(".")
    phrase = re.sub(
        r"^(?:published|updated|date|dated)?:?\s*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?",
        "",
        phrase,
        flags=re.IGNORECASE,
    )
    for pattern in _DATES:
        if match := pattern.fullmatch(phrase):
            parts = match.groupdict()
            month = parts.get("m") or _month(parts["n"])
            try:
                return date(int(parts["y"]), int(month), int(parts["d"]))
            except ValueError:
                return None
    return None


def date_of_name(name: str) -> date | None:
    """The date that a file's name begins with ("2024-08-19-talks.pdf"), or None."""
    match = re.match(r"\d{4}-\d{2}-\d{2}(?!\d)", name)
    return date_in(match.group()) if match else None


def _month(name: str) -> int:
    names = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
    return names.index(name[:3].lower()) + 1


def byline(line: str) -> tuple[str | None, date] | None:
    """Source and date of a line like "Sennet Courier, 14 March 2031", or None."""
    if len(line) > LONGEST_BYLINE:
        return None
    if (day := date_in(line)) is not None:
        return None, day
    for cut in re.finditer(r"[,|·—–-]\s+", line):
        if (day := date_in(line[cut.end() :])) is not None and len(line[: cut.start()].split()) <= 8:
            return line[: cut.start()].strip(), day
    return None


def with_byline(document: Document) -> Document:
    """The document with a dated line, and one like "By Ada Orm", among its first blocks taken as bylines: source,
    date and author where nothing better states them, and not cited."""
    for i, block in enumerate(document.blocks[:4]):
        if block.kind != "paragraph":
            continue
        words = seen(block.text)
        dated, written = byline(words), _BY.fullmatch(words)
        if dated is None and written is None:
            continue
        blocks = (*document.blocks[:i], replace(block, kind="byline"), *document.blocks[i + 1 :])
        document = replace(document, blocks=blocks)
        if dated is not None:
            source, day = dated
            document = replace(document, published=document.published or day, source=document.source or source)
        elif written is not None:
            document = replace(document, author=document.author or written["name"])
    return document


_BY = re.compile(r"[Bb]y (?P<name>[A-Z][^.!?;:]{1,60}?)[,.]?")
_NO_TITLE = re.compile(
    r"(?:untitled|unbenannt|sans titre|document|word document|powerpoint presentation|presentation|book|sheet|doc)"
    r"[ \d]*|microsoft (?:word|powerpoint|excel) - .*|.*\.(?:docx?|odt|rtf|pdf|indd|qxd|pptx?|tex|dvi|html?|txt)",
    re.IGNORECASE,
)
_NO_AUTHOR = re.compile(
    r"(?:unknown|anonymous|user|owner|admin|administrator|author|unspecified|python-docx|reportlab|none|default)"
    r"(?: user)?|\d+",
    re.IGNORECASE,
)


def stated_title(words: str | None) -> str | None:
    """A title among a file's properties; None for what a program writes there by itself."""
    title = seen(words or "").strip("() ")
    return None if not title or _NO_TITLE.fullmatch(title) else seen(words or "")


def stated_author(words: str | None) -> str | None:
    """An author among a file's properties; None for what a program writes there by itself."""
    author = seen(words or "")
    return None if not author or _NO_AUTHOR.fullmatch(author.strip("() ")) else author[:200]


def drop_empty(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks that a reader can see."""
    return tuple(b for b in blocks if seen(b.text))
