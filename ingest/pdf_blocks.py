"""Lines of a PDF to blocks: paragraphs are joined across lines, columns and pages, headings told by their look."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.documents import Block
from ingest.pdf_lines import Line
from ingest.pdf_pieces import HYPHEN
from ingest.pdf_tables import TERMINAL, rows_at, same_region, table_of
from rag.words.sentences import sentence_spans

_ITEM = re.compile(
    r"(?P<mark>[•‣◦▪●○■□–—*·-]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)]|\(?[ivx]{1,4}[.)])\s+(?P<text>\S.*)", re.DOTALL
)
_FEW_ROWS = 4  # of a region, too few to tell how wide it is


@dataclass(frozen=True, slots=True)
class _Look:
    """What is usual in a document: the size of its running text, the distance of its lines, and whether that text
    is bold; how often each word stands in it; the lowest line; and whether all full lines end at the same edge."""

    size: float
    leading: float
    bold: bool
    words: Counter[str]
    floor: float
    justified: bool


@dataclass(slots=True)
class _Group:
    """Lines of one look that belong together."""

    lines: list[Line]
    large: bool
    bold: bool

    @property
    def last(self) -> Line:
        return self.lines[-1]


def blocks_of(pages: Sequence[Sequence[Line]]) -> Iterator[Block]:
    """The blocks of these pages in order; the first large heading is the title."""
    lines = [line for page in pages for line in page]
    if not lines:
        return
    look = _look(lines)
    titled = False
    at_start = True
    for part in _parts(lines, look):
        if isinstance(part, _Group):
            block = _block(part, look)
            if block.kind == "heading" and part.large and at_start and not titled:
                block, titled = Block("title", block.text, "", block.page), True
            at_start = at_start and block.kind != "paragraph"
            yield block
        else:
            yield from part


def _look(lines: Sequence[Line]) -> _Look:
    sizes: Counter[float] = Counter()
    weights: Counter[bool] = Counter()
    words: Counter[str] = Counter()
    for line in lines:
        for piece in line.pieces:
            sizes[round(2 * piece.size) / 2] += len(piece.text)
            weights[piece.bold] += len(piece.text)
            words.update(re.findall(r"[\w-]+", piece.text.lower()))
    size = sizes.most_common(1)[0][0]
    gaps = [
        above.first.base - line.first.base
        for above, line in pairwise(lines)
        if same_region(above, line) and _is_full(above, line) and abs(line.first.size - size) < 0.1 * size
    ]
    usual = [gap for gap in gaps if 0.5 * size < gap < 3.5 * size]
    leading = median(usual) if usual else 1.15 * size
    floor = min(line.first.base for line in lines if abs(line.first.size - size) < 0.1 * size)
    full = [above for above, line in pairwise(lines) if same_region(above, line) and _is_full(above, line)]
    even = sum(line.right - line.pieces[-1].right < 0.3 * size for line in full)
    return _Look(size, leading, weights[True] > weights[False], words, floor, even > 0.8 * len(full) > 4)


def _is_full(line: Line, following: Line) -> bool:
    """True when the next word would not have fitted: the line was broken for its length."""
    last, text = line.pieces[-1], following.text
    wide = (following.first.right - following.first.left) / max(1, len(following.first.text))
    word = len(text.split(" ", 1)[0]) + 1
    return last.right + word * wide > line.right - 0.5 * last.size


def _parts(lines: Sequence[Line], look: _Look) -> Iterator["_Group | list[Block]"]:
    """The lines in groups, and the tables among them as blocks."""
    group: _Group | None = None
    at = 0
    while at < len(lines):
        line = lines[at]
        rows = rows_at(lines, at)
        if rows > 1:
            if group:
                yield group
                group = None
            yield list(table_of(lines[at : at + rows]))
            at += rows
            continue
        large = line.first.size > 1.12 * look.size
        bold = all(piece.bold for piece in line.pieces) and not look.bold
        if group and (group.large, group.bold) == (large, bold) and _goes_on(group, line, look):
            group.lines.append(line)
        else:
            if group:
                yield group
            group = _Group([line], large, bold)
        at += 1
    if group:
        yield group


def _goes_on(group: _Group, line: Line, look: _Look) -> bool:
    """True when a line belongs to the paragraph or heading above it."""
    above, size = group.last, line.first.size
    if abs(above.first.size - size) > 0.1 * size:
        return False
    full = _is_full(above, line)
    if not same_region(above, line):
        if group.large or group.bold or len(line.pieces) > 1:
            return False
        if line.text[0].islower() or above.text.endswith(HYPHEN):
            return True
        if above.rows < _FEW_ROWS:
            return False
        if not _ends_sentence(above.text, line.text):
            return full or _is_nearly_full(above)
        if _ITEM.match(line.text) or above.first.base - look.floor > 0.9 * look.leading:
            return False  # there was room for another line
        if look.justified and above.right - above.pieces[-1].right > 0.3 * size:
            return False
        return full and line.first.left < line.left + 0.8 * size and not _ITEM.match(group.lines[0].text)
    ended = _ends_sentence(above.text, line.text)
    gap = above.first.base - line.first.base
    if gap > 1.3 * max(look.leading, 1.05 * size) or gap < 0:
        return False
    item = _ITEM.match(line.text)
    first = group.lines[0]
    if item and (ended or not full or line.first.left < above.first.left - 0.3 * size):
        return False
    if item and _ITEM.match(first.text) and abs(line.first.left - first.first.left) < 0.3 * size:
        return False
    if _ITEM.match(first.text):
        hangs = line.first.left > first.first.left + 0.3 * size
        return (hangs or not ended) and (full or line.text[0].islower())
    if ended and line.first.left > above.first.left + 0.8 * size and line.first.left > line.left + 0.8 * size:
        return False  # its first line is indented
    return full or line.text[0].islower() or above.text.endswith(HYPHEN)


def _is_nearly_full(line: Line) -> bool:
    return line.pieces[-1].right > line.right - 0.2 * (line.right - line.left)


def _ends_sentence(text: str, following: str) -> bool:
    """True when a sentence ends with this text: not with "Dr." or "U.S."."""
    if not TERMINAL.search(text):
        return False
    before = text[-200:]
    spans = sentence_spans(f"{before} {following[:100]}", 0, len(before) + 1 + len(following[:100]))
    return any(span.end == len(before) for span in spans)


def _block(group: _Group, look: _Look) -> Block:
    text = _joined([line.text for line in group.lines], look.words)
    page = group.lines[0].first.page
    count = len(text.split())
    ended = TERMINAL.search(text) is not None and not text.endswith(":")
    if group.large and count <= 30 and len(text) > 1 and not (ended and count > 12):
        return Block("heading", text, "", page)
    if group.bold and count <= 14 and len(text) > 2 and not ended and re.search(r"[^\W\d_]", text):
        return Block("heading", text, "", page)
    item = _ITEM.match(text)
    if item:
        mark = item["mark"] if item["mark"][-1] in ".)" else "•"
        return Block("list_item", item["text"], f"{mark} ", page)
    if text.isupper() and 2 <= count <= 12 and not ended and len(group.lines) <= 2:
        return Block("heading", text, "", page)
    return Block("paragraph", text, "", page)


def _joined(lines: Sequence[str], known: Counter[str]) -> str:
    """The lines as one text, with words that were parted at the end of a line made whole again."""
    text = lines[0]
    for line in lines[1:]:
        if text.endswith((HYPHEN, "-")) and len(text) > 1 and text[-2].isalpha():
            text = text[:-1] + _mended(text, line, known) + line
        else:
            text = f"{text} {line}"
    return text.replace(HYPHEN, "-")


def _mended(text: str, line: str, known: Counter[str]) -> str:
    """What stands between the parts of a word: nothing, or its own hyphen ("cease-fire")."""
    before, after = re.search(r"[\w-]*$", text[:-1]), re.match(r"[\w-]+", line)
    if before is None or after is None or not line[0].islower():
        return "-"
    whole, parted = f"{before[0]}{after[0]}".lower(), f"{before[0]}-{after[0]}".lower()
    return "-" if known[parted] > known[whole] else ""
