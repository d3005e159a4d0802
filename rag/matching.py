"""How well a text holds the words of a question: the word itself, a synonym, an alias, or a near vector."""

import math
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from rag.database import Vectors
from rag.embedders import WordLlamaEmbedder
from rag.names import SAME_START, akin, bare
from rag.question import Question
from rag.readings import Phrases, ReadText, WholeText
from rag.terms import words
from rag.textvectors import TextVectors
from rag.thesaurus import Thesaurus

SYNONYM = 0.9  # what a thesaurus match counts, where the word itself counts 1
RELATED = 0.6  # what a related word of the thesaurus counts
ASIDE = 0.5  # what a word weighs that only says what the talk is about
_LEAST_SIMILAR = 0.25  # word vectors below this cosine say nothing

# Multiplications of one product. For more the linear algebra library wakes threads, which on a busy machine wait
# for each other much longer than multiplying takes.
_SMALL = 250_000

Strengths = NDArray[np.float64]


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
        self._plain = [bare(name.written) for name in self.names]
        self._starts: dict[str, list[int]] = {}  # the names by how they begin
        for i, plain in enumerate(self._plain):
            self._starts.setdefault(plain[:SAME_START], []).append(i)
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

    def echoes(self, texts: Sequence[ReadText]) -> Strengths:
        """For each text how near its words come to the subject words: the mean of their best cosines."""
        self._learn(texts)
        best = self._nearest.max(axis=1) if self.subject else np.zeros(len(self._rows))
        best = np.where(best >= _LEAST_SIMILAR, best, 0.0)
        rows = [[self._rows[written] for written in text.terms.values()] for text in texts]
        return np.array([best[row].mean() if row else 0.0 for row in rows])

    def _learn(self, texts: Sequence[ReadText]) -> None:
        """Compare the words of these texts, as far as they are new, with the subject words and the names."""
        new = list(dict.fromkeys(w for text in texts for w in text.terms.values() if w not in self._rows))
        if not new:
            return
        self._rows.update({written: i for i, written in enumerate(new, start=len(self._rows))})
        if self.subject:
            nearest = _product(self._matcher.matrix(new), self._vectors)
            self._nearest = np.concatenate([self._nearest, nearest]) if len(self._nearest) else nearest
        for written in new:
            for i in self._starts.get(written[:SAME_START], ()):
                if akin(self._plain[i], bare(written)):
                    self._akin[i].add(written)

    def named(self, text: ReadText) -> list[bool]:
        """For each name of the question whether a text holds it, as it is, by alias ("U.S.") or by demonym."""
        if not all(map(self._rows.__contains__, text.terms.values())):
            self._learn([text])
        return [
            name.term in text.terms or text.says(same) or bool(kin and not kin.isdisjoint(text.terms.values()))
            for name, same, kin in zip(self.names, self._same, self._akin, strict=True)
        ]

    def named_in(self, whole: WholeText) -> list[bool]:
        """The same for a whole briefing."""
        return [
            whole.writes(name.written) or whole.holds(name.term) or whole.says(same) or whole.holds_akin(plain)
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


def _product(rows: Vectors, columns: Vectors) -> Vectors:
    """Each row with each of the columns, which lie in rows, too."""
    step = max(1, _SMALL // max(1, columns.size))
    return np.concatenate([rows[i : i + step] @ columns.T for i in range(0, len(rows), step)])
