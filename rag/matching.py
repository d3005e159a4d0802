"""How well a text holds the words of a question: the word itself, a synonym, an alias, or a near vector."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from rag.database import Vectors
from rag.embedders import WordLlamaEmbedder
from rag.names import akin
from rag.question import Question
from rag.terms import Word, forms_of, words, written_words
from rag.textvectors import TextVectors
from rag.thesaurus import LONGEST, Thesaurus

SYNONYM = 0.9  # what a thesaurus match counts, where the word itself counts 1
RELATED = 0.6  # what a related word of the thesaurus counts
ASIDE = 0.5  # what a word weighs that only says what the talk is about
_LEAST_SIMILAR = 0.25  # word vectors below this cosine say nothing
_SAME_START = 4  # letters that a place and its people share at least

_JOINED_BEFORE, _JOINED_BEHIND = re.compile(r"[^\W_][.,'’ʼ]?$"), re.compile(r"[.,'’ʼ]?[^\W_]")

Strengths = NDArray[np.float64]


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

    def says(self, phrases: "Phrases") -> bool:
        """True when one of these phrases stands in the text."""
        return not phrases.words.isdisjoint(self.every) or any(map(self.said.__contains__, phrases.longer))

    def __or__(self, other: "ReadText") -> "ReadText":
        terms = {**self.terms, **other.terms}
        said = f"{self.said}\n{other.said}"
        return replace(self, terms=terms, every=self.every | other.every, said=said)


@lru_cache(maxsize=2048)
def _in_order(text: str) -> tuple[Word, ...]:
    return tuple(words(text))


NOTHING = ReadText("", 0, 0, {}, frozenset(), "")


class WholeText:
    """A whole briefing, in which names are looked for; only read as far as it must be."""

    def __init__(self, text: str) -> None:
        self._text = text

    @staticmethod
    @lru_cache(maxsize=256)
    def of(text: str) -> "WholeText":
        """The reading of a text; kept, because the same briefings are read for many questions."""
        return WholeText(text)

    def writes(self, word: str) -> bool:
        """True when the word stands in the text just so, by itself."""
        at = self._text.find(word)
        while at >= 0:
            end = at + len(word)
            if not (
                _JOINED_BEFORE.search(self._text[max(0, at - 2) : at]) or _JOINED_BEHIND.match(self._text, end)
            ):
                return True
            at = self._text.find(word, end)
        return False

    @cached_property
    def _written(self) -> list[str]:
        return written_words(self._text)

    @cached_property
    def read(self) -> ReadText:
        """The reading of all its words, of those with the same term the last."""
        forms = forms_of(dict.fromkeys(reversed(self._written)))
        terms: dict[str, str] = {}
        for form in forms:
            if form.tells:
                terms.setdefault(form.term, form.lower)
        return ReadText("", 0, 0, terms, frozenset(form.term for form in forms), "")

    @cached_property
    def said(self) -> str:
        """Its terms in order, with a space around each."""
        return f" {' '.join(form.term for form in forms_of(self._written))} "

    def says(self, phrases: "Phrases") -> bool:
        """True when one of these phrases stands in the text."""
        every = self.read.every
        if not phrases.words.isdisjoint(every):
            return True
        return any(every.issuperset(phrase.split()) and phrase in self.said for phrase in phrases.longer)


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
        self.subject, self.names = question.subject, question.names
        beside = {w.start for w in question.aside}
        self._aside = np.array([w.start in beside for w in question.subject], dtype=bool)
        self._matcher = matcher
        self._at = {word.term: i for i, word in enumerate(self.subject)}
        thesaurus = matcher.thesaurus
        self._same = [Phrases.of(thesaurus.synonyms(parsed, at[name.start])) for name in self.names]
        self._partners = _Partners()
        for i, word in enumerate(self.subject):
            self._partners.add(Phrases.of(thesaurus.related(parsed, at[word.start])), i, RELATED)
            self._partners.add(Phrases.of(thesaurus.synonyms(parsed, at[word.start])), i, SYNONYM)
        self._vectors = matcher.matrix([w.written.lower() for w in question.subject])
        self._rows: dict[str, int] = {}  # of the words of texts that were looked into, in `_nearest`
        self._nearest = np.zeros((0, len(self.subject)), dtype=np.float32)  # each with the subject words
        self._plain = [_bare(name.written) for name in self.names]
        self._akin: list[set[str]] = [set() for _ in self.names]  # words of these texts that are akin to each name

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

    def strengths(self, texts: Sequence[ReadText]) -> Strengths:
        """For each text, a row, and each subject word how well the text holds it: 1 as it is, SYNONYM, RELATED, or
        the best cosine. Ask for many texts at once."""
        found = np.zeros((len(texts), len(self.subject)))
        telling = [i for i, text in enumerate(texts) if text.terms] if self.subject else []
        if not telling:
            return found
        self._learn(texts)
        rows = [self._rows[written] for text in texts for written in text.terms.values()]
        starts = np.cumsum([0, *(len(texts[i].terms) for i in telling[:-1])])
        nearest = np.maximum.reduceat(self._nearest[rows], starts, axis=0)
        found[telling] = np.where(nearest >= _LEAST_SIMILAR, nearest, 0.0)
        for i in telling:
            text, row = texts[i], found[i]
            for at, strength in self._partners.within(text):
                row[at] = max(row[at], strength)
            for term in self._at.keys() & text.terms.keys():
                row[self._at[term]] = 1.0
        return found

    def _learn(self, texts: Sequence[ReadText]) -> None:
        """Compare the words of these texts, as far as they are new, with the subject words and the names."""
        new = list(dict.fromkeys(w for text in texts for w in text.terms.values() if w not in self._rows))
        if not new:
            return
        self._rows.update({written: i for i, written in enumerate(new, start=len(self._rows))})
        if self.subject:
            nearest = self._matcher.matrix(new) @ self._vectors.T
            self._nearest = np.concatenate([self._nearest, nearest]) if len(self._nearest) else nearest
        for plain, akin_words in zip(self._plain, self._akin, strict=True):
            start = plain[:_SAME_START]
            akin_words.update(w for w in new if w[:_SAME_START] == start and akin(plain, _bare(w)))

    def named(self, text: ReadText) -> list[bool]:
        """For each name of the question whether a text holds it, as it is, by alias ("U.S.") or by demonym."""
        self._learn([text])
        return [
            name.term in text.terms or text.says(same) or not kin.isdisjoint(text.terms.values())
            for name, same, kin in zip(self.names, self._same, self._akin, strict=True)
        ]

    def named_in(self, whole: WholeText) -> list[bool]:
        """The same for a whole briefing."""
        return [
            whole.writes(name.written)
            or name.term in whole.read.terms
            or whole.says(same)
            or any(
                akin(plain, _bare(w)) for w in whole.read.terms.values() if w[:_SAME_START] == plain[:_SAME_START]
            )
            for name, same, plain in zip(self.names, self._same, self._plain, strict=True)
        ]


class _Partners:
    """What may stand for the subject words of a question, to be looked up by what stands in a text."""

    def __init__(self) -> None:
        self._words: dict[str, list[tuple[int, float]]] = {}
        self._longer: dict[str, list[tuple[str, int, float]]] = {}  # by the first term

    def add(self, phrases: Phrases, at: int, strength: float) -> None:
        """Let phrases stand, so strongly, for the subject word `at`."""
        for word in phrases.words:
            self._words.setdefault(word, []).append((at, strength))
        for phrase in phrases.longer:
            self._longer.setdefault(phrase.split()[0], []).append((phrase, at, strength))

    def within(self, text: ReadText) -> Iterator[tuple[int, float]]:
        """The subject words that something in the text stands for, and how strongly."""
        for word in self._words.keys() & text.every:
            yield from self._words[word]
        for first in self._longer.keys() & text.every:
            yield from ((at, strength) for phrase, at, strength in self._longer[first] if phrase in text.said)


_PART = r"[\w.’'-]{0,40} (?:(?:of|the|for|de|and) ){0,3}"
# It begins with the capital itself, which is looked for much faster than what is not before it.
_NAME = re.compile(rf"[A-Z](?<!\w.){_PART}(?:[A-Z]{_PART}){{0,7}}[A-Z][\w’-]{{1,40}}")


@lru_cache(maxsize=256)
def roles_in(text: str) -> Mapping[str, ReadText]:
    """What a text calls its people and bodies: the last term of every longer name, with the whole of it.

    "U.S. Secretary of State Antony Blinken" lets a later "Blinken" be found as the secretary of state.
    """
    found: dict[str, ReadText] = {}
    for match in _NAME.finditer(text):
        whole = ReadText.of(match.group())
        last = whole.said.split()[-1]
        if len(whole.terms) > 1 and last in whole.terms:
            found[last] = found.get(last, NOTHING) | whole
    return found


def with_roles(sentence: ReadText, roles: Mapping[str, ReadText]) -> ReadText:
    """A sentence together with what the people that it names are called elsewhere in the text."""
    named = sentence.terms.keys() & roles.keys()
    for term in [t for t in sentence.terms if t in named] if named else ():
        sentence = sentence | roles[term]
    return sentence


def _bare(written: str) -> str:
    return re.split(r"['’]", written.lower(), maxsplit=1)[0]
