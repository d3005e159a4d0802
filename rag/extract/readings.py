"""Texts as questions are compared with them: sentences read once, whole briefings only where they must be."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, KeysView, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

import numpy as np

from rag.words.names import SAME_START, akin, bare
from rag.words.remembered import Remembered
from rag.words.terms import Form, Word, form_at, forms_of, starts_of, words, written_words
from rag.words.thesaurus import LONGEST

_ASCII = 127
_PART = r"[\w.’'-]{0,40} (?:(?:of|the|for|de|and) ){0,3}"
# It begins with the capital itself, which is looked for much faster than what is not before it.
_NAME = re.compile(rf"[A-Z](?<!\w.){_PART}(?:[A-Z]{_PART}){{0,7}}[A-Z][\w’-]{{1,40}}")


@dataclass(frozen=True, slots=True)
class Phrases:
    """What is looked for in texts: single terms, and longer phrases with a space around each."""

    words: frozenset[str]
    longer: tuple[str, ...]

    @staticmethod
    def of(keys: Iterable[str]) -> "Phrases":
        """Keys of the thesaurus, but for those that are longer than its phrases."""
        keys = frozenset(keys)
        if not keys:  # as for most words
            return _NONE
        words = frozenset(key for key in keys if " " not in key)
        return Phrases(words, tuple(f" {key} " for key in keys - words if key.count(" ") < LONGEST))


_NONE = Phrases(frozenset(), ())


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text, read once: how many words it has, and how many of them tell something; its content terms with how
    each is written, all its terms, and these in order with a space around each, in which phrases are looked for."""

    text: str
    length: int
    telling: int
    terms: Mapping[str, str]
    every: frozenset[str]
    said: str

    @staticmethod
    @lru_cache(maxsize=8192)
    def of(text: str) -> "ReadText":
        """The reading of a text; kept, because the same sentences are read for many questions."""
        forms = forms_of(written_words(text))
        telling = [form for form in forms if form.tells]
        every = [form.term for form in forms]
        terms = {form.term: form.lower for form in telling}
        return ReadText(text, len(forms), len(telling), terms, frozenset(every), f" {' '.join(every)} ")

    @property
    def order(self) -> tuple[Word, ...]:
        """Its words in order."""
        return _in_order(self.text)


@lru_cache(maxsize=2048)
def _in_order(text: str) -> tuple[Word, ...]:
    return tuple(words(text))


class WholeText:
    """A whole briefing, in which words are looked for by how they begin: reading all of it takes much longer."""

    def __init__(self, text: str) -> None:
        self._text = text

    @staticmethod
    @lru_cache(maxsize=256)
    def of(text: str) -> "WholeText":
        """A text; kept, because the same briefings are looked into for many questions."""
        return WholeText(text)

    def beginning(self, starts: Iterable[str]) -> Iterator[Form]:
        """The words that begin in one of these ways, in lower case and without accents, and perhaps others."""
        return (form for start in starts for form, _ in self._words(start))

    def says(self, phrases: Phrases) -> bool:
        """True when one of these phrases stands in the text."""
        return any(self._says(*phrase.split()) for phrase in (*phrases.words, *phrases.longer))

    def holds(self, phrase: str) -> bool:
        """True when these letters stand in the text one after the other, whatever their case."""
        plain = self._plain
        return plainly(phrase) in plain if len(plain) == len(self._text) else phrase.lower() in self._text.lower()

    def holds_akin(self, plain: str) -> bool:
        """True when the text names the people of this place, or the place of this people; of words with the same
        term, the last counts."""
        if len(plain) < SAME_START:
            return False
        last = {f.term: f.lower for f, _ in self._words(plainly(plain[:SAME_START])) if f.tells}
        return any(akin(plain, bare(w)) for w in last.values() if w[:SAME_START] == plain[:SAME_START])

    def _says(self, first: str, *others: str) -> bool:
        if others and not self._may_hold(max(others, key=len)):
            return False
        return any(
            form.term == first and self._goes_on(end, others)
            for start in starts_of(first)
            for form, end in self._words(start)
        )

    def _may_hold(self, term: str) -> bool:
        """False when no word begins as those with this term: quicker than to look for the words themselves."""
        plain = self._plain
        return len(plain) != len(self._text) or any(plainly(start) in plain for start in starts_of(term))

    def _goes_on(self, at: int, terms: Sequence[str]) -> bool:
        """True when the next words have these terms."""
        for term in terms:
            found = form_at(self._text, at, anywhere=True)
            if found is None or found[0].term != term:
                return False
            at = found[1]
        return True

    def _words(self, start: str) -> Iterator[tuple[Form, int]]:
        """The words that begin so, in lower case and without accents, and where each ends; all words of a text that
        has other offsets without its accents."""
        text, plain = self._text, self._plain
        if len(plain) != len(text):
            yield from ((forms_of([w.written])[0], w.end) for w in words(text))
            return
        start = _sought(start)
        at = plain.find(start)
        while at >= 0:
            before = text[at - 1] if at else " "
            if not before.isalnum() and not (before in ".,'’ʼ" and at > 1 and text[at - 2].isalnum()):
                found = form_at(text, at)
                if found:
                    yield found
            at = plain.find(start, at + 1)

    @cached_property
    def _plain(self) -> str:
        """The text in lower case and without accents; nothing when a word of it may begin with an apostrophe."""
        return "" if "ʼ" in self._text else plainly(self._text)


@lru_cache(maxsize=65_536)
def _sought(start: str) -> str:
    """How a word begins in a plain text: "2" for the "2⁄" of "2½", "?" for the letters of other alphabets."""
    return plainly(start.partition("⁄")[0])


def plainly(text: str) -> str:
    """The text in lower case and without accents, letter for letter: "?" stands for what is not ASCII then, "1" for
    "½", and nothing is left of a text with other signs that are more than one letter ("Ⅻ")."""
    if text.isascii():
        return text.lower()
    plain = bytearray(text.encode("ascii", "replace"))
    codes = np.frombuffer(text.encode("utf-32-le"), dtype="<u4")
    for at in np.flatnonzero(codes > _ASCII).tolist():
        plain[at] = _letters()[text[at]]
    return "" if 0 in plain else plain.decode().lower()


@cache
def _letters() -> Remembered[int]:
    return Remembered(_plain_letter)


def _plain_letter(letter: str) -> int:
    """The code of a letter, or other sign, that is not ASCII, without its accent; 0 where that is more than one."""
    if letter in "‘’":
        return ord("'")
    if not letter.isalnum():
        return ord("?")
    parts = unicodedata.normalize("NFKD", letter.lower())
    plain = "".join(c for c in parts if not unicodedata.combining(c))
    if len(plain) != 1 and plain[1:2] != "⁄":
        return 0
    return ord(plain[0]) if plain[0].isascii() else ord("?")


class Roles:
    """What a text calls its people and bodies, by the last term of every longer name."""

    def __init__(self, text: str) -> None:
        self._written: dict[str, list[str]] = {}
        self._read: dict[str, tuple[ReadText, ...]] = {}
        for match in _NAME.finditer(text):
            name = match.group()
            if key := _last_term(name[name.rfind(" ") :]):
                self._written.setdefault(key, []).append(name)

    def keys(self) -> KeysView[str]:
        """The last terms of names."""
        return self._written.keys()

    def __getitem__(self, term: str) -> tuple[ReadText, ...]:
        """The names that end with a term, of those that have more than one."""
        if term not in self._read:
            names = map(ReadText.of, self._written[term])
            self._read[term] = tuple(name for name in names if len(name.terms) > 1)
        return self._read[term]


@lru_cache(maxsize=65_536)
def _last_term(text: str) -> str:
    (last,) = forms_of(written_words(text)[-1:])
    return last.term if last.tells else ""


@lru_cache(maxsize=256)
def roles_in(text: str) -> Roles:
    """What a text calls its people and bodies.

    "U.S. Secretary of State Antony Blinken" lets a later "Blinken" be found as the secretary of state.
    """
    return Roles(text)


def called(sentence: ReadText, roles: Roles) -> list[ReadText]:
    """What the people that a sentence names are called elsewhere in the text."""
    named = sentence.terms.keys() & roles.keys()
    return [name for term in sentence.terms if term in named for name in roles[term]] if named else []
