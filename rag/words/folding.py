"""Text made comparable: one white space, one dash, one quotation mark, one case, and the way back to the original.

Accents and letters of other alphabets stay what they are: "Élise" is not "Elise", and a Cyrillic "а" is no "a".
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rag.words.terms import visible

_QUOTES = frozenset("'\"`´‘’‚‛“”„‟«»‹›′″ʼʹ＇＂｀「」『』")
_DASHES = frozenset("-‐‑‒–—―−﹘﹣－⁃")
_REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069]")  # they show words in another order than they are read
_LATIN = re.compile(r"[0-9A-Za-zÀ-ɏ]")
# Greek, Cyrillic, Armenian, Cherokee, Lisu, phonetic letters and small capitals
_LIKE_LATIN = re.compile(r"[Ͱ-ϿЀ-ԯ԰-֏Ꭰ-Ᏼꓐ-꓿ɐ-ʯᴀ-ᶿꜰ-ꟿ]")
_MICRO = re.compile(r"μ(?=[a-zA-Z]{1,2}\b)")  # "5 μg"
_WEIGHTY = frozenset("not no never none nor neither may might will must can cannot without".split())
_RUN = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; its character `i` was made of the original's `starts[i]` up to `ends[i]`, in code points."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]


@lru_cache(maxsize=2048)
def fold(text: str) -> Folded:
    """The text folded: compatibility-decomposed and lower case; runs of white space, of quotation marks and of
    dashes are one each, a dash takes the space around it; what cannot be seen is gone. No space at either end.
    """
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for at, character in enumerate(text):
        for letter in _folded(character):
            last = letters[-1] if letters else " "
            if letter == last and letter in " '-":
                if letters:
                    ends[-1] = at + 1 if letter != " " else ends[-1]
                continue
            if letter == " " and last == "-":
                continue
            if letter == "-" and last == " " and letters:
                letters.pop(), starts.pop(), ends.pop()
                if letters and letters[-1] == "-":  # two dashes with space between
                    ends[-1] = at + 1
                    continue
            letters.append(letter)
            starts.append(at)
            ends.append(at + 1)
            _put_mark_in_order(letters, starts, ends)
    while letters and letters[-1] == " ":
        letters.pop(), starts.pop(), ends.pop()
    return Folded("".join(letters), tuple(starts), tuple(ends))


def as_read(text: str) -> str:
    """The text as it is read: composed, without characters that cannot be seen."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isspace() or not _is_hidden(c))


def deception(text: str) -> str | None:
    """What in a text makes it read otherwise than it looks: characters that reorder it, a word of mixed alphabets,
    or a small word of weight in disguise ("nȯt"); None when there is nothing."""
    if text.isascii():
        return None
    if _REORDERING.search(text):
        return "it holds hidden characters that change the order of its words"
    for run in _RUN.findall(_MICRO.sub("", as_read(text))):
        if _LATIN.search(run) and _LIKE_LATIN.search(run):
            return f"“{run}” mixes letters of different alphabets"
        bare = "".join(c for c in unicodedata.normalize("NFKD", run) if not unicodedata.combining(c))
        if bare != run and bare.casefold() in _WEIGHTY:
            return f"“{run}” is “{bare}” in disguise"
    return None


def _put_mark_in_order(letters: list[str], starts: list[int], ends: list[int]) -> None:
    """Move the combining mark that was added last to its canonical place; its letter then ends behind it."""
    rank = unicodedata.combining(letters[-1])
    if not rank:
        return
    i = len(letters) - 1
    end = ends[i]
    while i > 0 and unicodedata.combining(letters[i - 1]) > rank:
        letters[i - 1], letters[i] = letters[i], letters[i - 1]
        i -= 1
    base = len(letters) - 1
    while base > 0 and unicodedata.combining(letters[base]):
        base -= 1
    for j in range(base, len(letters)):  # one letter with all its marks is one piece
        starts[j] = starts[base]
        ends[j] = end


@lru_cache(maxsize=65_536)
def _folded(character: str) -> str:
    """What one character becomes; "" for one that cannot be seen."""
    if character in _QUOTES:
        return "'"
    if character in _DASHES:
        return "-"
    if character.isspace():
        return " "
    if _is_hidden(character):
        return ""
    plain = unicodedata.normalize("NFKD", character).casefold()
    return unicodedata.normalize("NFKD", plain)


@lru_cache(maxsize=65_536)
def _is_hidden(character: str) -> bool:
    """True for what does not show."""
    return not visible(character)
