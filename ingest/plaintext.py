"""Plain text to blocks: paragraphs are lines, or the lines of a hard-wrapped paragraph joined again."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.documents import Block, Document, byline, drop_empty

_ITEM = re.compile(r"(?P<mark>[-*•‣–]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+(?P<text>\S.*)")
_NUMBERED = re.compile(r"(?:\d{1,2}|[IVX]{1,5}|[A-Z])[.)]\s+(?P<text>\S.*)")
_RULE = re.compile(r"([-=*_~#+])\1{2,}|(?:[-*_=] ){2,}[-*_=]")
_TERMINAL = re.compile(r"[.!?;:,…。！？；：،؛؟۔।॥][\"'”’»)\]」』）]*$")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_PARTED = re.compile(r"((?:[^\W_]+-)*[^\W\d_]+)-$")
_AND = frozenset(["and", "or", "to", "nor", "und", "oder", "bis", "et", "y", "e", "o"])
_LONG, _LONG_DENSE = 100, 40  # characters of prose, in a script with spaces and in one without


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph or heading as it stands in the text: whether blank lines stand around it, and whether a rule is
    drawn below it."""

    text: str
    alone: bool
    ruled: bool = False


def read_blocks(text: str) -> Document:
    """The document in a plain text.

    The first line is the title when it looks like a heading; a line below it that is nothing but a date, or a
    source and a date, gives these.
    """
    return _document(_unwrapped(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")))


def blocks_of_lines(lines: Sequence[str], *, headings: bool, first: bool) -> tuple[Block, ...]:
    """The blocks of lines that are whole paragraphs, of a text whose format marks no lists: items and, when
    asked for, `headings` are told by their looks. The `first` line may be the title."""
    found = _document([_Line(line.strip(), False) for line in lines if line.strip()]).blocks
    if not headings:
        return tuple(replace(b, kind="paragraph") if b.kind in ("title", "heading") else b for b in found)
    return found if first else tuple(replace(b, kind="heading") if b.kind == "title" else b for b in found)


def _document(lines: Sequence[_Line]) -> Document:
    blocks: list[Block] = []
    published, source = None, None
    for i, shown in enumerate(lines):
        line = shown.text
        following = lines[i + 1].text if i + 1 < len(lines) else None
        item = _ITEM.fullmatch(line)
        if i == 0 and following and (shown.ruled or (_may_be_heading(line) and not following[0].islower())):
            blocks.append(Block("title", line))
        elif shown.ruled or (shown.alone and _is_numbered_heading(lines, i)):
            blocks.append(Block("heading", line))
        elif i in (1, 2) and published is None and (dated := byline(line)) is not None:
            source, published = dated
            blocks.append(Block("byline", line))
        elif item:
            mark = item["mark"] if item["mark"][-1] in ".)" else "•"
            blocks.append(Block("list_item", item["text"], f"{mark} "))
        elif following and _is_heading(line, following, shown.alone):
            blocks.append(Block("heading", line))
        else:
            blocks.append(Block("paragraph", line))
    return Document(drop_empty(blocks), published=published, source=source)


def _unwrapped(lines: Sequence[str]) -> list[_Line]:
    """The lines that are not blank, hard-wrapped ones joined. A rule is no line: it sets apart like a blank one,
    and makes a short line that it underlines a heading."""
    shown = [line.expandtabs(4).rstrip() for line in lines]  # an indent counts for where a line was broken
    rules = {i for i, line in enumerate(shown) if _RULE.fullmatch(line.strip())}
    ruled = {i - 1 for i in rules if i and _is_underlined(shown, i)}
    shown = ["" if i in rules else line for i, line in enumerate(shown)]
    width = _wrap_width(shown)
    joined: list[_Line] = []
    parts: list[str] = []
    words: Counter[str] = Counter()
    if any(line.endswith("-") for line in shown):
        words.update(_WORD.findall(" ".join(shown).lower()))
    alone = under = False

    def close() -> None:
        if parts:
            joined.append(_Line(_joined(parts, words), alone and len(parts) == 1, under))
            parts.clear()

    for i, line in enumerate(shown):
        if not line:
            continue
        before = shown[i - 1] if i else ""
        after = shown[i + 1] if i + 1 < len(shown) else ""
        text = line.strip()
        if parts and before and _goes_on(before, line, width):
            parts.append(text)
        else:
            close()
            parts.append(text)
            alone, under = not before and not after, i in ruled
    close()
    return joined


def _is_underlined(lines: Sequence[str], rule: int) -> bool:
    """True when the line above a rule is short, stands below a blank line or another rule, and is about as long
    as the rule."""
    line, drawn = lines[rule - 1].strip(), lines[rule].strip()
    above = lines[rule - 2].strip() if rule >= 2 else ""
    if not line or (above and not _RULE.fullmatch(above)) or not _may_be_heading(line):
        return False
    return drawn[0] in "=~-" and len(drawn) >= 0.5 * min(len(line), 60) and len(drawn) <= 2 * len(line) + 4


def _is_numbered_heading(lines: Sequence[_Line], at: int) -> bool:
    """True for "1. Background" above prose, unless its neighbours are numbered too: those are items of a list."""
    line = lines[at].text
    found = _NUMBERED.fullmatch(line)
    if not found or at + 1 == len(lines) or not _is_short(found["text"]) or _TERMINAL.search(line):
        return False
    if found["text"][0].islower() or any(_NUMBERED.fullmatch(near.text) for near in lines[max(0, at - 1) : at]):
        return False
    following = lines[at + 1].text
    return not _NUMBERED.fullmatch(following) and _is_prose(following)


def _goes_on(before: str, line: str, width: int) -> bool:
    """True when a line continues the one above it: that was full, or is a list item and this one is indented."""
    text = line.strip()
    ended = _TERMINAL.search(before) is not None
    if _ITEM.fullmatch(text) and (ended or not (text[0].isdigit() or text[0] == "(")):
        return False  # "19. The talks" below "on August" is no list item, nor "(62) said" below "Ada Orm"
    if _ITEM.fullmatch(before.strip()) and line[0] == " " and text[0].islower() and not ended:
        return True
    return width > 0 and _is_full(before, text, width)


def _joined(parts: Sequence[str], known: Counter[str]) -> str:
    """The lines as one; a word that was parted at its hyphen or by one is whole again, as the text writes it
    elsewhere, else with its hyphen. "pre- and post-war" stays."""
    pieces = [parts[0]]
    for line in parts[1:]:
        before, after = _PARTED.search(pieces[-1]), _WORD.match(line)
        if before is None or after is None or not line[0].islower() or after[0] in _AND:
            pieces.append(f" {line}")
            continue
        if known[f"{before[1]}{after[0]}".lower()] > known[f"{before[1]}-{after[0]}".lower()]:
            pieces[-1] = pieces[-1][:-1]
        pieces.append(line)
    return "".join(pieces)


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


def _is_short(line: str) -> bool:
    return len(line) <= 100 and len(line.split()) <= 14


def _is_prose(line: str) -> bool:
    """True for a sentence, a long line or an item."""
    dense = " " not in line[:_LONG]
    return (
        bool(_TERMINAL.search(line))
        or len(line) > (_LONG_DENSE if dense else _LONG)
        or _ITEM.fullmatch(line) is not None
    )


def _has_no_case(sign: str) -> bool:
    """True for a letter of a script without capitals."""
    return sign.isalpha() and sign.upper() == sign.lower()


def _is_heading(line: str, following: str, alone: bool) -> bool:
    """A short line without a full stop above prose or a list, in title case or capitals or set apart."""
    count = len(line.split())
    if (
        not _may_be_heading(line)
        or count > 14
        or not (line[0].isupper() or line[0].isdigit() or line[0] in "“\"‘'«「『" or _has_no_case(line[0]))
    ):
        return False
    if not _is_prose(following):
        return False
    long_words = [w for w in re.findall(r"[^\W\d_]+", line) if len(w) > 3]
    capital = sum(w[0].isupper() for w in long_words)
    in_title_case = bool(long_words) and capital >= 0.6 * len(long_words)
    return in_title_case or alone or (count <= 8 and len(following) > 3 * len(line))
