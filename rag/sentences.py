"""Sentences with their offsets, by the rule-based splitter `sentencex`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import sentencex

# Where sentencex cuts although the sentence goes on: "approx. 40", "3 a.m. Tuesday".
_BEFORE_NUMBER = re.compile(r"\b(?:approx|ca|no|nos|vol|pp|art|sec|para|fig|max|min|est)\.$", re.IGNORECASE)
_TITLE = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|Prof|Gen|Sen|Rep|Gov|Lt|Col|Sgt|Capt|Maj|Adm|Rev|Hon|Messrs)\.$")
_CLOCK = re.compile(r"\b[ap]\.m\.$", re.IGNORECASE)
_WINDOW = 4_000  # characters
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
    spans: list[Span] = []
    glue = False
    for at, piece in _pieces(part):
        stop = at + len(piece)
        left = at + len(piece) - len(piece.lstrip())
        right = at + len(piece.rstrip())
        if left < right:
            if glue and spans:
                spans[-1] = Span(spans[-1].start, start + right)
            else:
                spans.append(Span(start + left, start + right))
            glue = _goes_on(part, right, stop)
    return spans


def _pieces(part: str) -> Iterator[tuple[int, str]]:
    """What sentencex cuts a text into, each piece with its offset. A long text is cut a window at a time, since
    sentencex may take time by the square of its length; the last piece of a window begins the next."""
    at, size = 0, _WINDOW
    while at < len(part):
        window, is_last = part[at : at + size], at + size >= len(part)
        pieces = sentencex.segment("en", window)
        if not is_last and len(pieces) < 2:
            size *= 2  # one sentence fills it
            continue
        inside = 0
        for piece in pieces if is_last else pieces[:-1]:
            inside = window.index(piece, inside)
            yield at + inside, piece
            inside += len(piece)
        at, size = (len(part), 0) if is_last else (at + inside, _WINDOW)


def _goes_on(part: str, right: int, stop: int) -> bool:
    if part[right - 1] != ".":
        return False
    tail, following = part[max(0, right - 12) : right], part[stop : stop + 12].lstrip()
    if _TITLE.search(tail):
        return True
    if _BEFORE_NUMBER.search(tail):
        return following[:1].isdigit()
    return bool(_CLOCK.search(tail) and _DAY_OR_ZONE.match(following))
