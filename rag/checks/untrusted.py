"""Briefings are material, never orders: recognising where one speaks to the program instead of the reader."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from rag.words.sentences import sentence_spans
from rag.words.terms import visible

_PROGRAM = r"(?:(?:ai|artificial|virtual|language)[ -])?(?:assistant|chatbot|llm|language model|ai model|ai)s?"
_ANSWER = r"(?:repl(?:y|ies)|answers?|responses?)"
_BEGINS = r"(?:^|[.!?:;][\"'”’)]* )\W*(?:(?:please|now|then|and|always|only|just)\W+)*"  # a sentence, or a clause
_POSES = re.compile(
    r"\W*(?:(?:system|assistant)(?: (?:message|notice|prompt|note|override|turn))?\s*[:\]]"
    r"|(?:developer|user|human|operator|tool|admin(?:istrator)?)(?: (?:message|note|result|turn))?\s*:"
    r".*[.!?}\]]\W*$)"
)
_NUMBERED = re.compile(r"\W{0,2}\[p\d+\]")  # as our prompts number paragraphs
_SPELLED = re.compile(r"(?:\b\w\b[ .·_-]?){8,}")
_SINGLES = re.compile(r"(?:[ .·-]\w){4}[ .·-]")  # in all that is spelled, and much quicker to look for
_SPELLED_ORDER = re.compile(r"ignore|disregard|instruction|system|prompt|assistant")
# Letters of other alphabets that look like Latin ones.
_LOOKALIKES = str.maketrans("аеоурсхіјѕԁһԛԝвкмнтαεοιρυνκτχ", "aeoypcxijsdhqwbkmhtaeoipuvktx")
_TYPOGRAPHY = tuple(zip("“”„«»’‘–—…\u00a0", '"""""\'\'--. ', strict=True))
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class _Order:
    """A pattern of an order, and the parts of words without one of which it is not worth looking for."""

    signs: tuple[str, ...]
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Orders:
    """What `orders.txt` holds: patterns, and in other languages the parts of words that make an order."""

    patterns: tuple[_Order, ...]
    languages: tuple[tuple[tuple[str, ...], ...], ...]


@cache
def _orders() -> _Orders:
    lines = files("rag.checks").joinpath("orders.txt").read_text("utf-8").splitlines()
    written = [line.split(" => ") for line in lines if " => " in line and line[0] != "#"]
    names = {"{answer}": _ANSWER, "{program}": _PROGRAM, "{begins}": _BEGINS}
    patterns = []
    for signs, pattern in written:
        for name, meaning in names.items():
            pattern = pattern.replace(name, meaning)
        patterns.append(_Order(tuple(signs.split(",")), re.compile(pattern)))
    languages = (line.removeprefix("+ ").split() for line in lines if line.startswith("+ "))
    return _Orders(tuple(patterns), tuple(tuple(tuple(s.split("|")) for s in parts) for parts in languages))


@lru_cache(maxsize=4096)
def quotable(paragraph: str) -> int:
    """How far a paragraph may be quoted, in code points: up to the first sentence that orders the program about.

    What follows such a sentence in its paragraph is a part of the order. Of a paragraph that poses as a system
    message, as a turn of a conversation or as a numbered paragraph of a prompt, nothing may be quoted. It is all
    shown where the briefing is read, but never taken for an answer.
    """
    readings = _readings(paragraph)
    if any(_POSES.match(plain) or _NUMBERED.match(plain) for plain in readings):
        return 0
    if not _command(readings):
        return len(paragraph)
    spans = sentence_spans(paragraph)
    return next((s.start for s in spans if commands(paragraph[s.start : s.end])), 0)


def commands(text: str) -> bool:
    """True for a text, such as a sentence, a title or a heading, in which the program is ordered about.

    Recognises common ways to do so, in English and in outline in some twenty other languages; what it does not
    recognise is quoted like any other sentence.
    """
    return _command(_readings(text))


def _command(readings: Sequence[str]) -> bool:
    for plain in readings:
        if _POSES.match(plain):
            return True
        for order in _orders().patterns:
            for sign in order.signs:
                if sign in plain:
                    if order.pattern.search(plain):
                        return True
                    break
    spelled = _SINGLES.search(readings[-1]) and _SPELLED.search(readings[-1])
    if spelled and _SPELLED_ORDER.search(re.sub(r"\W", "", spelled.group())):
        return True
    return any(all(any(w in readings[0] for w in some) for some in parts) for parts in _orders().languages)


def _readings(text: str) -> tuple[str, ...]:
    """The text as it is read, in lower case; and the same in plain Latin letters where it is not in these."""
    typed = text
    if not text.isascii():
        for sign, plain in _TYPOGRAPHY:  # translating sign by sign takes ten times as long
            typed = typed.replace(sign, plain)
    if typed.isascii():
        return (" ".join(_CONTROLS.sub("", typed).lower().split()),)
    plain = " ".join(unicodedata.normalize("NFKC", visible(typed)).casefold().split())
    return plain, _FOREIGN.sub(_in_latin, plain)


def _in_latin(letters: re.Match[str]) -> str:
    parts = unicodedata.normalize("NFKD", letters.group())
    return "".join(c for c in parts if not unicodedata.combining(c)).translate(_LOOKALIKES)
