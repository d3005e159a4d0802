"""Sentences with their offsets, by the rule-based splitter `sentencex`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import sentencex

# Where sentencex cuts although the sentence goes on: "approx. 40", "3 a.m. Tuesday".
_SHORTENED = re.compile(
    r"\b(?:(?P<title>Dr|Mr|Mrs|Ms|Prof|Gen|Sen|Rep|Gov|Lt|Col|Sgt|Capt|Maj|Adm|Rev|Hon|Messrs)"
    r"|(?i:(?P<number>approx|ca|no|nos|vol|pp|art|sec|para|fig|max|min|est)|(?P<clock>[ap]\.m)))\.$"
)
_ENDS = frozenset(
    "dr mr rs ms of en ep ov lt ol gt pt aj dm ev on ox ca no os pp rt ec ra ig ax in st .m".split()
)  # of these, and quickly looked up
_WIDE_SPACE = re.compile(r"[^\S\x00-\x7f]")  # behind a single letter it makes sentencex panic ("A\xa0.")
_OPENS_NEXT = re.compile(r"(?<=\S) [“\"]$")  # ‘… he said. “’
_BRACKETED = re.compile(r"(?<=[.!?…])\)(?= [A-Z“])")  # "(It was late.) They left."
_WINDOW = 4_000  # characters that are cut at once,
_AHEAD = 1_000  # and how many of them are only looked at
_DAY_OR_ZONE = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|[A-Z]{2,4}\b")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text: code points `start` up to, but without, `end`."""

    start: int
    end: int


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The sentences of `text[start:end]` in order, as offsets into `text`, without the space around them.

    Together they cover every character that is not white space. Never cuts after "U.S." or "Dr.".
    """
    part = text[start:end]
    if not part.isascii():
        part = _WIDE_SPACE.sub(" ", part)
    spans: list[Span] = []
    glue = False
    for at, piece in _pieces(part):
        stop = at + len(piece)
        left = stop - len(piece.lstrip())
        right = at + len(piece.rstrip())
        if left < right:
            if glue and spans:
                spans[-1] = Span(spans[-1].start, start + right)
            else:
                spans.append(Span(start + left, start + right))
            glue = _goes_on(part, right, stop)
    return spans


@lru_cache(maxsize=8192)
def spans_of(text: str) -> tuple[Span, ...]:
    """The sentences of a whole paragraph; kept, because the same paragraphs are read for many questions.

    Unlike the pieces that a long paragraph is stored in, one ends behind a sentence in brackets, and a quotation
    mark that opens the next one belongs to that."""
    spans: list[Span] = []
    for span in sentence_spans(text):
        start = span.start
        if spans and (opens := _OPENS_NEXT.search(text, spans[-1].start, spans[-1].end)):
            spans[-1] = Span(spans[-1].start, opens.start())
            start = opens.end() - 1
        for bracketed in _BRACKETED.finditer(text, start, span.end):
            spans.append(Span(start, bracketed.end()))
            start = bracketed.end() + 1
        spans.append(Span(start, span.end))
    return tuple(spans)


def _pieces(part: str) -> Iterator[tuple[int, str]]:
    """What sentencex cuts a text into, each piece with its offset. A long text is cut a window at a time, since
    sentencex may take time by the square of its length; a piece near a window's end, where a quotation may not be
    seen to close, is left to the next window."""
    at, size = 0, _WINDOW
    while at < len(part):
        window = part[at : at + size]
        sure = len(window) if at + size >= len(part) else size - _AHEAD
        inside = 0
        for piece in sentencex.segment("en", window):
            start = window.index(piece, inside)
            if start + len(piece) > sure:
                break
            yield at + start, piece
            inside = start + len(piece)
        if sure == len(window):
            return
        at, size = (at + inside, _WINDOW) if inside else (at, 2 * size)  # one sentence may fill a window


def _goes_on(part: str, right: int, stop: int) -> bool:
    if part[right - 1] != "." or part[right - 3 : right - 1].lower() not in _ENDS:
        return False
    shortened = _SHORTENED.search(part, max(0, right - 12), right)
    if shortened is None:
        return False
    following = part[stop : stop + 12].lstrip()
    if shortened.lastgroup == "number":
        return following[:1].isdigit()
    return shortened.lastgroup == "title" or _DAY_OR_ZONE.match(following) is not None
