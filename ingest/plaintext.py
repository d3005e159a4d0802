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
        if i == 0 and _may_be_heading(line) and following:
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
        if width and before and _is_full(before, text, width) and not _ITEM.fullmatch(text) and joined:
            joined[-1] = (f"{joined[-1][0]} {text}", False)
        else:
            joined.append((text, not before and not after))
    return joined


def _is_full(line: str, following: str, width: int) -> bool:
    """True when the next word would not have fitted: the line was broken for its length."""
    return len(line) + 1 + len(following.strip().split(" ", 1)[0]) > width


def _wrap_width(lines: Sequence[str]) -> int:
    """The column that the text was wrapped at, or 0 when its lines are whole paragraphs."""
    inner = [(a, b) for a, b in pairwise(lines) if a and b]
    if len(inner) < 3:
        return 0
    width = sorted(len(a) for a, _ in inner)[int(len(inner) * 0.98)]
    if not 40 <= width <= 130:
        return 0
    full = sum(_is_full(a, b, width) for a, b in inner)
    return width if full >= 3 and full >= 0.6 * len(inner) else 0


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
