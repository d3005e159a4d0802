"""From what a file says to a document: title, date, source and blocks of text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from rag.briefings import Paragraph, ParagraphKind

BlockKind = ParagraphKind | Literal["title", "heading", "byline"]

RECIPE = 1  # grows when the rules below, or a reader's, give another text for the same file
UNCITED: tuple[BlockKind, ...] = ("title", "heading", "byline")
_BLOCK_BREAK = "\n\n"

# Characters that nobody sees: hidden text would be searched and cited unseen.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e0fff\ud800-\udfff]"
)


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a document as its reader found it. `mark` stands before the text and is not cited."""

    kind: BlockKind
    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader makes of a file; None where the file does not say. `notices` tell what was assumed."""

    blocks: tuple[Block, ...]
    title: str | None = None
    published: date | None = None
    source: str | None = None
    notices: tuple[str, ...] = field(default=())


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
            paragraphs.append(Paragraph(len(paragraphs) + 1, start, length, section, block.kind))
    return "".join(parts), tuple(paragraphs)


def seen(text: str, *, keep_lines: bool = False) -> str:
    """The text as a reader sees it: without unseen characters, every run of white space one plain space."""
    if keep_lines:
        return _UNSEEN.sub("", "\n".join(text.splitlines())).strip("\n")
    return " ".join(_UNSEEN.sub("", " ".join(text.split())).split())


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


def _month(name: str) -> int:
    names = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
    return names.index(name[:3].lower()) + 1


def drop_empty(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks that a reader can see."""
    return tuple(b for b in blocks if seen(b.text))
