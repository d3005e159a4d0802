"""The briefings that a question names by their titles: “what does ‘Harbour strike enters second week’ say of pay?”.

The index (`rag.lexicon`) knows a title by two keys: how it begins, which is looked up at every word of a question,
and the whole, which is looked up only where a title begins so. No title is read for it, however many there are. A
title without quotation marks counts only where the question asks what it says: else its words may as well be what
the question is about.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rag.words.keys import BEGINNING, key_of, key_of_word, tells
from rag.words.terms import unowned, words
from rag.words.verbs import SAY, SAYS

_LONGEST = 40  # words
_QUOTED = re.compile(r"\"([^\"]+)\"|“([^“”]+)”|„([^„“”]+)[“”]|«([^«»]+)»|(?<!\w)['‘](.{1,300}?)['’](?!\w)")
_PIECES = r"(?:article|briefing|bulletin|column|dispatch|editorial|item|note|piece|report|story)"
_SAYS = re.compile(
    rf"[^\w\s]{{0,3}}\s+(?:also |really |actually )?"
    rf"(?:{SAY}|{SAYS}|(?:{_PIECES}|discuss(?:es|ed)?|cover(?:s|ed)?)\b)",
    re.IGNORECASE,
)
_TELLS = (
    rf"(?:\b(?:according to|{_PIECES}s?|titled|entitled|headed|headlined|called)(?: the)?[:,]?"
    r"|^(?:and |but )?(?:in|by|per))\s"
)
_TELLING = re.compile(_TELLS, re.IGNORECASE)
_AS_TOLD = re.compile(rf"{_TELLS}\s*[\"“„‘'«]?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Titled:
    """A title that stands in `question[start:end]`, and the key by which the index knows it. It is `certain` when
    the question asks what is told under that title."""

    key: str
    start: int
    end: int
    certain: bool


def may_name_titles(question: str) -> bool:
    """False for a question in which no title can count, so that the index need not be asked."""
    return any(pattern.search(question) for pattern in (_QUOTED, _SAYS, _TELLING))


def titles_in(question: str, known: Callable[[str], bool]) -> list[Titled]:
    """The titles that a question names, in order; `known` tells whether a key is one of a title."""
    quoted = [(m.start(i), m.end(i)) for m in _QUOTED.finditer(question) for i in [m.lastindex or 0]]
    found = [
        Titled(key, start, end, _is_asked(question, start, end))
        for start, end in quoted
        if (key := key_of(question[start:end])) and known(key)
    ]
    for one in _unquoted(question, known):
        if not any(one.start < other.end and other.start < one.end for other in found):
            found.append(one)
    return sorted(found, key=lambda one: one.start)


def masked(question: str, titles: Sequence[Titled]) -> str:
    """The question with one long word in each title's place: no source, day or clause of its own is in there."""
    for one in titles:
        question = question[: one.start] + "x" * (one.end - one.start) + question[one.end :]
    return question


def _unquoted(question: str, known: Callable[[str], bool]) -> Iterator[Titled]:
    parsed = words(question)
    keys = [key_of_word(w.written) for w in parsed]
    i = 0
    while i < len(parsed):
        letters = "".join(keys[i : i + BEGINNING])[:BEGINNING]
        longest = min(len(parsed), i + _LONGEST) if len(letters) == BEGINNING and known(f"^{letters}") else i
        for last in range(longest - 1, i, -1):
            start, end = parsed[i].start, parsed[last].end
            ends = dict.fromkeys((keys[last], key_of_word(unowned(parsed[last].written))))
            key = next((k for e in ends if known(k := "".join([*keys[i:last], e]))), None)
            if key and tells(question[start:end]) and _is_asked(question, start, end):
                yield Titled(key, start, end, certain=True)
                i = last
                break
        i += 1


def _is_asked(question: str, start: int, end: int) -> bool:
    return bool(_SAYS.match(question, end) or _AS_TOLD.search(question[:start]))
