"""How well a text holds the words of a question: the word itself, a synonym, an alias, or a near vector."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from rag.database import Vectors
from rag.models import WordLlamaEmbedder
from rag.names import akin
from rag.question import Question
from rag.terms import Word, is_stop_word, term, words, written_words
from rag.textvectors import TextVectors
from rag.thesaurus import LONGEST, Thesaurus

SYNONYM = 0.9  # what a thesaurus match counts, where the word itself counts 1
RELATED = 0.6  # what a related word of the thesaurus counts
ASIDE = 0.5  # what a word weighs that only says what the talk is about
_LEAST_SIMILAR = 0.25  # word vectors below this cosine say nothing
_SAME_START = 4  # letters that a place and its people share at least

Strengths = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text, read once: its words in order, its content terms with how each is written, all its terms, and these
    in order with a space around each, in which phrases are looked for."""

    order: tuple[Word, ...]
    terms: Mapping[str, str]
    every: frozenset[str]
    said: str

    @staticmethod
    @lru_cache(maxsize=4096)
    def of(text: str) -> "ReadText":
        """The reading of a text; kept, because the same sentences are read for many questions."""
        order = tuple(words(text))
        terms = {w.term: w.written.lower() for w in order if not is_stop_word(w.written)}
        return ReadText(order, terms, *_said([w.term for w in order]))

    @staticmethod
    @lru_cache(maxsize=256)
    def whole(text: str) -> "ReadText":
        """The reading of a whole briefing, without the order of its words."""
        written = written_words(text)
        terms: dict[str, str] = {}
        for word in dict.fromkeys(reversed(written)):  # each once, the last of those with the same term first
            if not is_stop_word(word):
                terms.setdefault(term(word), word.lower())
        return ReadText((), terms, *_said([term(w) for w in written]))

    def says(self, phrases: "Phrases") -> bool:
        """True when one of these phrases stands in the text."""
        return not phrases.words.isdisjoint(self.every) or any(map(self.said.__contains__, phrases.longer))

    def __or__(self, other: "ReadText") -> "ReadText":
        terms = {**self.terms, **other.terms}
        return ReadText(self.order, terms, self.every | other.every, f"{self.said}\n{other.said}")


def _said(terms: Sequence[str]) -> tuple[frozenset[str], str]:
    return frozenset(terms), f" {' '.join(terms)} "


NOTHING = ReadText((), {}, frozenset(), "")


@dataclass(frozen=True, slots=True)
class Phrases:
    """What is looked for in texts: single terms, and longer phrases with a space around each."""

    words: frozenset[str]
    longer: tuple[str, ...]

    @staticmethod
    def of(keys: Iterable[str]) -> "Phrases":
        """Keys of the thesaurus, but for those that are longer than its phrases."""
        keys = frozenset(keys)
        words = frozenset(key for key in keys if " " not in key)
        return Phrases(words, tuple(f" {key} " for key in keys - words if key.count(" ") < LONGEST))


class Matcher:
    """Looks for the words of questions, with word vectors and a thesaurus. Safe to share between threads."""

    def __init__(self, embedder: WordLlamaEmbedder, thesaurus: Thesaurus) -> None:
        self.embedder = embedder
        self.thesaurus = thesaurus
        self._words = TextVectors(embedder.embed, most=200_000)
        self._sentences = TextVectors(embedder.embed, most=20_000)

    def matrix(self, written: Sequence[str]) -> Vectors:
        """One row of unit length for each word; new words are embedded together, so ask for many at once."""
        return self._words.of(written)

    def sentences(self, texts: Sequence[str]) -> Vectors:
        """One row of unit length for each sentence."""
        return self._sentences.of(texts)

    def ask(self, question: Question) -> "AskedWords":
        """The question's words, made ready to be looked for in many texts."""
        return AskedWords(question, self)


class AskedWords:
    """The subject words and names of one question."""

    def __init__(self, question: Question, matcher: Matcher) -> None:
        parsed = words(question.text)
        at = {w.start: i for i, w in enumerate(parsed)}
        asked = {w.start: w for w in (*question.subject, *question.names)}
        self.subject, self.names = question.subject, question.names
        beside = {w.start for w in question.aside}
        self._aside = np.array([w.start in beside for w in question.subject], dtype=bool)
        self._matcher = matcher
        self._same = {start: Phrases.of(matcher.thesaurus.synonyms(parsed, at[start])) for start in asked}
        self._related = {start: Phrases.of(matcher.thesaurus.related(parsed, at[start])) for start in asked}
        self._vectors = matcher.matrix([w.written.lower() for w in question.subject])

    def weights(self, sentences: Sequence[ReadText]) -> Strengths:
        """How much each subject word says among these N sentences, n of which hold it: log(1 + N / (n + ½)).

        The words that stand aside weigh ASIDE of that, and together at most ASIDE of the others."""
        total = len(sentences)
        counts = [sum(w.term in s.terms for s in sentences) for w in self.subject]
        said = np.array([math.log(1 + total / (0.5 + count)) for count in counts])
        own, aside = float(said[~self._aside].sum()), float(said[self._aside].sum())
        if own and aside:
            said[self._aside] *= min(1.0, own / aside) * ASIDE
        return said

    def strengths(self, text: ReadText) -> Strengths:
        """For each subject word how well a text holds it: 1 as it is, SYNONYM, RELATED, or the best cosine."""
        found = np.zeros(len(self.subject))
        written = list(text.terms.values())
        if not len(found) or not written:
            return found
        nearest = (self._vectors @ self._matcher.matrix(written).T).max(axis=1)
        for i, word in enumerate(self.subject):
            if word.term in text.terms:
                found[i] = 1.0
                continue
            if text.says(self._same[word.start]):
                found[i] = SYNONYM
            elif text.says(self._related[word.start]):
                found[i] = RELATED
            if nearest[i] >= _LEAST_SIMILAR:
                found[i] = max(found[i], float(nearest[i]))
        return found

    def named(self, text: ReadText) -> list[bool]:
        """For each name of the question whether a text holds it, as it is, by alias ("U.S.") or by demonym."""
        return [self._holds(name, text) for name in self.names]

    def _holds(self, name: Word, text: ReadText) -> bool:
        if name.term in text.terms or text.says(self._same[name.start]):
            return True
        plain = _bare(name.written)
        alike = (written for written in text.terms.values() if written[:_SAME_START] == plain[:_SAME_START])
        return any(akin(plain, _bare(written)) for written in alike)


_NAME = re.compile(r"(?<!\w)(?:[A-Z][\w.’'-]{0,40} (?:(?:of|the|for|de|and) ){0,3}){1,8}[A-Z][\w’-]{1,40}")


@lru_cache(maxsize=256)
def roles_in(text: str) -> Mapping[str, ReadText]:
    """What a text calls its people and bodies: the last term of every longer name, with the whole of it.

    "U.S. Secretary of State Antony Blinken" lets a later "Blinken" be found as the secretary of state.
    """
    found: dict[str, ReadText] = {}
    for match in _NAME.finditer(text):
        whole = ReadText.of(match.group())
        last = whole.order[-1].term
        if len(whole.terms) > 1 and last in whole.terms:
            found[last] = found.get(last, NOTHING) | whole
    return found


def with_roles(sentence: ReadText, roles: Mapping[str, ReadText]) -> ReadText:
    """A sentence together with what the people that it names are called elsewhere in the text."""
    for named in sentence.terms:
        if named in roles:
            sentence = sentence | roles[named]
    return sentence


def _bare(written: str) -> str:
    return re.split(r"['’]", written.lower(), maxsplit=1)[0]
