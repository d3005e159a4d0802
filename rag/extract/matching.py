"""How well a text holds the words of a question: the word itself, a synonym, an alias, or a near vector."""

import threading
from collections.abc import Iterator, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from rag.asking.question import Question
from rag.embedders import WordLlamaEmbedder
from rag.extract.named import AskedNames
from rag.extract.readings import Phrases, ReadText
from rag.extract.textvectors import TextVectors
from rag.storage.database import Vectors
from rag.words.names import SAME_START, akin, bare, same_name
from rag.words.terms import stop_terms, words
from rag.words.thesaurus import RELATED, SYNONYM, Thesaurus

ASIDE = 0.5  # what a word weighs that only says what the talk is about
# A word stands in a text from SYNONYM or RELATED on (`rag.words.thesaurus`) by such a word, from
EXACT = 0.999  # on itself, and from
AKIN = 0.4  # on it may in some other way.
_LEAST_SIMILAR = 0.25  # word vectors below this cosine say nothing

# Multiplications of one product. For more the linear algebra library wakes threads, which on a busy machine wait
# for each other much longer than multiplying takes.
_SMALL = 250_000

Strengths = NDArray[np.float64]


class Matcher:
    """Looks for the words of questions, with word vectors and a thesaurus. Safe to share between threads."""

    def __init__(self, embedder: WordLlamaEmbedder, thesaurus: Thesaurus) -> None:
        self.thesaurus = thesaurus
        self._words = TextVectors(embedder.embed, most=200_000)
        self._sentences = TextVectors(embedder.sums, most=20_000)
        self._own = threading.local()  # `last`: what this thread last asked, with its question

    def matrix(self, written: Sequence[str]) -> Vectors:
        """One row of unit length for each word; new words are embedded together, so ask for many at once."""
        return self._words.of(written)

    def sums(self, texts: Sequence[str]) -> Vectors:
        """One row for each sentence, the sum of the vectors of its tokens: two neighbours together have the sum of
        their rows."""
        return self._sentences.of(texts)

    def ask(self, question: Question) -> "AskedWords":
        """The question's words, made ready to be looked for in many texts. Those of the last question are kept,
        with all that they were looked for in: a list, or what is unsaid, is looked for where answers were."""
        last: tuple[Question, AskedWords] | None = getattr(self._own, "last", None)
        if last is None or last[0] is not question:
            last = self._own.last = question, AskedWords(question, self)
        return last[1]


class AskedWords:
    """The subject words and names of one question."""

    def __init__(self, question: Question, matcher: Matcher) -> None:
        parsed = words(question.text)
        at = {w.start: i for i, w in enumerate(parsed)}
        self.subject = question.subject
        beside = {w.start for w in question.aside}
        self._aside = np.array([w.start in beside for w in question.subject], dtype=bool)
        self.matcher = matcher
        thesaurus = matcher.thesaurus
        self._names = AskedNames(question, thesaurus)
        self._partners = _Partners()
        for i, word in enumerate(self.subject):
            self._partners.add(Phrases.of(thesaurus.related(parsed, at[word.start])), i, RELATED)
            self._partners.add(Phrases.of(thesaurus.synonyms(parsed, at[word.start])), i, SYNONYM)
        for i, name in enumerate(self._names.all, start=len(self.subject)):
            self._partners.add(name.same, i, 1.0)
        for i, word in enumerate([*question.subject, *question.names]):
            self._partners.add_word(word.term, i, 1.0)
        self._vectors = matcher.matrix([w.written.lower() for w in question.subject])
        self._starts: dict[str, list[int]] = {}  # the names by how they begin
        for i, name in enumerate(self._names.all):
            self._starts.setdefault(name.plain[:SAME_START], []).append(i)
        # What was looked into: words, by term and as written, and texts; and a row for each of how well it holds
        # the subject words and, behind them, the names. `_nearest` is how near a word comes to one of the subject.
        self._words: dict[tuple[str, str], int] = {}
        self._texts: dict[str, int] = {}
        self._held_by_words = self._held_by_texts = np.zeros((0, len(self.subject) + len(self._names.all)))
        self._nearest = np.zeros(0)

    def weights(self, held: Strengths) -> Strengths:
        """How much each subject word says among N sentences with these strengths, n of which hold it as it is:
        log(1 + N / (n + ½)).

        The words that stand aside weigh ASIDE of that, and together at most ASIDE of the others."""
        said = np.log(1 + len(held) / (0.5 + (held >= EXACT).sum(axis=0)))
        own, aside = float(said[~self._aside].sum()), float(said[self._aside].sum())
        if own and aside:
            said[self._aside] *= min(1.0, own / aside) * ASIDE
        return np.asarray(said)

    def strengths(self, texts: Sequence[ReadText]) -> Strengths:
        """For each text, a row, and each subject word how well the text holds it: 1 as it is, SYNONYM, RELATED, or
        the best cosine. Ask for many texts at once."""
        return self.held(texts)[:, : len(self.subject)]

    def named(self, texts: Sequence[ReadText]) -> NDArray[np.bool_]:
        """For each text, a row, and each name of the question whether the text holds it: as it is, by alias
        ("U.S.") or by demonym."""
        return np.asarray(self.held(texts)[:, len(self.subject) :] > 0)

    def held(self, texts: Sequence[ReadText]) -> Strengths:
        """The `strengths`, and behind them for each name of the question more than 0 where the text holds it."""
        if new := list({text.text: text for text in texts if text.text not in self._texts}.values()):
            self._texts.update({text.text: i for i, text in enumerate(new, start=len(self._texts))})
            self._held_by_texts = np.concatenate([self._held_by_texts, self._look_into(new)])
        return np.asarray(self._held_by_texts[[self._texts[text.text] for text in texts]])

    def _look_into(self, texts: Sequence[ReadText]) -> Strengths:
        self._learn(texts)
        found = np.zeros((len(texts), self._held_by_words.shape[1]))
        telling, rows, starts = self._rows_of(texts)
        if telling:
            found[telling] = np.maximum.reduceat(self._held_by_words[rows], starts, axis=0)
        for i, text in enumerate(texts):
            for at, strength in self._partners.within(text):
                found[i, at] = max(found[i, at], strength)
        return found

    def echoes(self, texts: Sequence[ReadText]) -> Strengths:
        """For each text how near its words come to the subject words: the mean of their best cosines."""
        self._learn(texts)
        found = np.zeros(len(texts))
        telling, rows, starts = self._rows_of(texts)
        if telling:
            found[telling] = np.add.reduceat(self._nearest[rows], starts) / np.diff([*starts, len(rows)])
        return found

    def _rows_of(self, texts: Sequence[ReadText]) -> tuple[list[int], list[int], list[int]]:
        """Which texts have words that tell something, the rows of these words, text by text, and where in them
        each such text begins."""
        rows: list[int] = []
        telling, starts = [], []
        for i, text in enumerate(texts):
            if text.terms:
                telling.append(i)
                starts.append(len(rows))
                rows.extend(map(self._words.__getitem__, text.terms.items()))
        return telling, rows, starts

    def _learn(self, texts: Sequence[ReadText]) -> None:
        """Compare the words of these texts, as far as they are new, with the subject words and the names."""
        said = dict.fromkeys(chain.from_iterable(text.terms.items() for text in texts))
        new = [word for word in said if word not in self._words]
        if not new:
            return
        self._words.update({word: i for i, word in enumerate(new, start=len(self._words))})
        held = np.zeros((len(new), self._held_by_words.shape[1]))
        if self.subject:
            cosines = _product(self.matcher.matrix([written for _, written in new]), self._vectors)
            held[:, : len(self.subject)] = np.where(cosines >= _LEAST_SIMILAR, np.minimum(cosines, 1.0), 0.0)
        self._nearest = np.concatenate([self._nearest, held.max(axis=1, initial=0.0)])
        telling = self._partners.words.keys() & {key for key, _ in new}
        for row, (key, written) in enumerate(new):
            if key in telling:
                for at, strength in self._partners.words[key]:
                    if at < len(self.subject) or self._may_be(at - len(self.subject), key, written):
                        held[row, at] = max(held[row, at], strength)
            for i in self._starts.get(written[:SAME_START], ()):
                if akin(self._names.all[i].plain, bare(written)):
                    held[row, len(self.subject) + i] = 1.0
        self._held_by_words = np.concatenate([self._held_by_words, held])

    def _may_be(self, i: int, key: str, written: str) -> bool:
        """False for a word that has the term of a name and is not this name: "declaration" for "Declare"."""
        name = self._names.all[i]
        return key != name.term or same_name(written, name.plain)


class _Partners:
    """What may stand for the subject words of a question, to be looked up by what stands in a text."""

    def __init__(self) -> None:
        self.words: dict[str, list[tuple[int, float]]] = {}  # the subject words that one stands for, how strongly
        self._said: dict[str, list[tuple[str, int, float]]] = {}  # phrases and stop words, by the first term

    def add(self, phrases: Phrases, at: int, strength: float) -> None:
        """Let phrases stand, so strongly, for the subject word `at`."""
        for word in phrases.words:
            if word in stop_terms():
                self._said.setdefault(word, []).append((f" {word} ", at, strength))
            else:
                self.add_word(word, at, strength)
        for phrase in phrases.longer:
            self._said.setdefault(phrase.split()[0], []).append((phrase, at, strength))

    def add_word(self, word: str, at: int, strength: float) -> None:
        """Let a word that tells something stand, so strongly, for the subject word `at`."""
        self.words.setdefault(word, []).append((at, strength))

    def within(self, text: ReadText) -> Iterator[tuple[int, float]]:
        """The subject words that the phrases, and stop words, in a text stand for, and how strongly."""
        for first in self._said.keys() & text.every:
            yield from ((at, strength) for phrase, at, strength in self._said[first] if phrase in text.said)


def _product(rows: Vectors, columns: Vectors) -> Vectors:
    """Each row with each of the columns, which lie in rows, too."""
    step = max(1, _SMALL // max(1, columns.size))
    return np.concatenate([rows[i : i + step] @ columns.T for i in range(0, len(rows), step)])
