"""Plain text to blocks: paragraphs are lines, or the lines of a hard-wrapped paragraph joined again."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from ingest.documents import Block, Document, date_in, drop_empty

_ITEM = re.compile(r"(?P<mark>[-*•‣–]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+(?P<text>\S.*)")
_TERMINAL = re.compile(r"[.!?;:,…][\"'”’)\]]*$")


def read_blocks(text: str) -> Document:
    """The document in a plain text.

    The first line is the title when it looks like a heading; a line below it that is nothing but a date, or a
    source and a date, gives these.
    """
    lines = _unwrapped(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    blocks: list[Block] = []
    published, source = None, None
    for i, (line, alone) in enumerate(lines):
        following = lines[i + 1][0] if i + 1 < len(lines) else None
        item = _ITEM.fullmatch(line)
        if i == 0 and following and _may_be_heading(line) and not following[0].islower():
            blocks.append(Block("title", line))
        elif i in (1, 2) and published is None and (dated := _byline(line)) is not None:
            source, published = dated
            blocks.append(Block("byline", line))
        elif item:
            mark = item["mark"] if item["mark"][-1] in ".)" else "•"
            blocks.append(Block("list_item", item["text"], f"{mark} "))
        elif following and _is_heading(line, following, alone):
            blocks.append(Block("heading", line))
        else:
            blocks.append(Block("paragraph", line))
    return Document(drop_empty(blocks), published=published, source=source)


def _unwrapped(lines: Sequence[str]) -> list[tuple[str, bool]]:
    """The lines that are not blank, hard-wrapped ones joined; and whether blank lines stand around each."""
    shown = [line.expandtabs(4).rstrip() for line in lines]  # an indent counts for where a line was broken
    width = _wrap_width(shown)
    joined: list[tuple[str, bool]] = []
    for i, line in enumerate(shown):
        if not line:
            continue
        before = shown[i - 1] if i else ""
        after = shown[i + 1] if i + 1 < len(shown) else ""
        text = line.strip()
        if joined and before and _goes_on(before, line, width):
            joined[-1] = (f"{joined[-1][0]} {text}", False)
        else:
            joined.append((text, not before and not after))
    return joined


def _goes_on(before: str, line: str, width: int) -> bool:
    """True when a line continues the one above it: that was full, or is a list item and this one is indented."""
    text = line.strip()
    ended = _TERMINAL.search(before) is not None
    if _ITEM.fullmatch(text) and (ended or not text[0].isdigit()):
        return False  # "19. The talks" below "on August" is no list item
    if _ITEM.fullmatch(before.strip()) and line[0] == " " and text[0].islower() and not ended:
        return True
    return width > 0 and _is_full(before, text, width)


def _is_full(line: str, following: str, width: int) -> bool:
    """True when the next word would not have fitted: the line was broken for its length."""
    return len(line) + 1 + len(following.strip().split(" ", 1)[0]) > width


def _wrap_width(lines: Sequence[str]) -> int:
    """The column that the text was wrapped at, or 0 when its lines are whole paragraphs.

    It is the width at which most lines are full and fewest too long.
    """
    inner = [(a, b) for a, b in pairwise(lines[:2000]) if a and b]
    if len(inner) < 2:
        return 0

    def fit(width: int) -> int:
        return sum(_is_full(a, b, width) if len(a) <= width else -2 for a, b in inner)

    width = max((w for w in {len(a) for a, _ in inner} if 40 <= w <= 130), key=lambda w: (fit(w), w), default=0)
    full = sum(len(a) <= width and _is_full(a, b, width) for a, b in inner)
    too_long = sum(len(a) > width for a, _ in inner)
    wrapped = full >= min(3, len(inner)) and full >= 0.6 * len(inner) and too_long <= 0.1 * len(inner)
    return width if wrapped else 0


def _may_be_heading(line: str) -> bool:
    return len(line) <= 160 and len(line.split()) <= 20 and not _TERMINAL.search(line) and not _ITEM.fullmatch(line)


def _is_heading(line: str, following: str, alone: bool) -> bool:
    """A short line without a full stop above prose or a list, in title case or capitals or set apart."""
    count = len(line.split())
    if (
        not _may_be_heading(line)
        or count > 14
        or not (line[0].isupper() or line[0].isdigit() or line[0] in "“\"‘'")
    ):
        return False
    prose = bool(_TERMINAL.search(following)) or len(following) > 100 or _ITEM.fullmatch(following) is not None
    if not prose:
        return False
    long_words = [w for w in re.findall(r"[^\W\d_]+", line) if len(w) > 3]
    capital = sum(w[0].isupper() for w in long_words)
    in_title_case = bool(long_words) and capital >= 0.6 * len(long_words)
    return in_title_case or alone or (count <= 8 and len(following) > 3 * len(line))


def _byline(line: str) -> tuple[str | None, date] | None:
    """Source and date of a line like "Sennet Courier, 14 March 2031", or None."""
    if (day := date_in(line)) is not None:
        return None, day
    for cut in re.finditer(r"[,|·—–-]\s+", line):
        if (day := date_in(line[cut.end() :])) is not None and len(line[: cut.start()].split()) <= 8:
            return line[: cut.start()].strip(), day
    return None
