"""How likely a sentence answers a question: hard conditions first, then a small fitted model.

A sentence is ruled out when its briefing lacks a name of the question, when its paragraph lacks a number or
date of the question, when it lacks the kind of value asked for or the event that is presupposed ("when did
they sign"), and all are when most of what the question is about is found in none of them. The rest are scored
by logistic regression over the features below, fitted by `python -m evals.fit` on the development cases.
"""

import math
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rag.briefings import Briefing, Paragraph
from rag.library import Vectors
from rag.models import WordLlamaEmbedder
from rag.question import Question
from rag.terms import Word, content_words, words
from rag.thesaurus import Thesaurus, phrases
from rag.values import MONTHS, WEEKDAYS, Number, numbers_in, times_in

Shortfall = Literal["name", "number", "time", "kind", "event", "subject"]

_LEAST_SIMILAR = 0.25  # word vectors below this cosine say nothing
_SYNONYM = 0.9  # what a thesaurus match counts, where the word itself counts 1
_MOST_LOST = 0.6  # share of what a question is about that may be in none of the passages
_NEAR_NUMBER = 4  # words between a number and what it counts
_CACHED_WORDS = 200_000

WEIGHTS: Mapping[str, float] = {
    "covered": 2.527,
    "covered_around": 1.103,
    "similar": 0.639,
    "similar_headed": -0.691,
    "number_fits": 0.148,
    "wants_number": -0.335,
    "time_fits": 0.217,
    "wants_time": 0.217,
    "name_fits": 0.459,
    "wants_name": -0.782,
    "rank": 0.983,
    "length": -0.321,
    "named": -1.341,
    "has_names": -0.431,
    "unmatched": -1.884,
    "factoid_covered": 0.092,
    "factoid_unmatched": 1.081,
    "asked": 0.717,
    "covered_below_best": 3.272,
    "similar_below_best": 3.900,
    "covered_around_below_best": 2.707,
}
BIAS = -1.212


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer: `briefing.text[start:end]`, in `paragraph`; `rank` is its passage's, from 0."""

    briefing: Briefing
    paragraph: Paragraph
    start: int
    end: int
    rank: int

    @property
    def text(self) -> str:
        """The sentence."""
        return self.briefing.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with the probability that it answers; 0 and the reasons when it is ruled out."""

    candidate: Candidate
    probability: float
    lacks: tuple[Shortfall, ...]
    missing: tuple[str, ...]


class EvidenceScorer:
    """Scores sentences against a question, with word vectors and a thesaurus."""

    def __init__(self, embedder: WordLlamaEmbedder, thesaurus: Thesaurus) -> None:
        self._embedder = embedder
        self._thesaurus = thesaurus
        self._vectors: dict[str, Vectors] = {}

    def score(self, question: Question, candidates: Sequence[Candidate]) -> list[Scored]:
        """Every candidate with its probability, in the order given."""
        if not candidates:
            return []
        table, shortfalls, missing = self.features(question, candidates)
        logits = BIAS + table @ np.array([WEIGHTS[name] for name in FEATURES])
        return [
            Scored(c, 0.0 if lacks else 1.0 / (1.0 + math.exp(-logit)), lacks, absent)
            for c, logit, lacks, absent in zip(candidates, logits, shortfalls, missing, strict=True)
        ]

    def features(
        self, question: Question, candidates: Sequence[Candidate]
    ) -> tuple[NDArray[np.float64], list[tuple[Shortfall, ...]], list[tuple[str, ...]]]:
        """One row of FEATURES a candidate; what each is ruled out for; and the words that it lacks."""
        asked = _Asked(question, self._thesaurus, self)
        briefings = {c.briefing.briefing_id: c.briefing for c in candidates}
        whole = {i: _Text.of(f"{b.title}\n{b.source}\n{b.text}") for i, b in briefings.items()}
        roles = {i: _roles(b.text) for i, b in briefings.items()}
        sentences = [_Text.of(c.text) for c in candidates]
        around = [_Text.of(_surroundings(c)) for c in candidates]
        extra = [
            _Text.union([roles[c.briefing.briefing_id][t] for t in s.terms if t in roles[c.briefing.briefing_id]])
            for c, s in zip(candidates, sentences, strict=True)
        ]
        self._learn({w for t in (*sentences, *around, *extra) for w in t.terms.values()})
        weights = asked.weights(sentences)
        query = self._embedder.embed([question.text])[0]
        below = self._embedder.embed([c.text for c in candidates]) @ query
        headed = self._embedder.embed(
            [f"{c.paragraph.section or c.briefing.title}\n{c.text}" for c in candidates]
        ) @ query  # fmt: skip
        rows, shortfalls, missing, nears = [], [], [], []
        for i, candidate in enumerate(candidates):
            own, near = asked.strengths(sentences[i], extra[i]), asked.strengths(around[i], extra[i])
            near = np.maximum(own, near)
            nears.append(near)
            named = asked.named(sentences[i], extra[i])
            names = asked.names
            absent = [n.written for n, here in zip(names, asked.named(whole[candidate.briefing.briefing_id], extra[i]), strict=True) if not here]  # fmt: skip
            lacks: list[Shortfall] = ["name"] if absent else []
            numbers, times = _values_around(candidate, around[i])
            if lost := [f"{n:g}" for n in question.numbers if n not in numbers]:
                lacks.append("number")
                absent += lost
            if lost := [t.capitalize() for t in question.times if t not in times]:
                lacks.append("time")
                absent += lost
            kind = asked.kind(sentences[i])
            if question.wants in ("number", "date", "time", "full_name") and kind < 0.5:
                lacks.append("kind")
            if question.event is not None and own[question.event] == 0:
                lacks.append("event")
            total = float(weights.sum()) or 1.0
            cov, covx = float(weights @ own) / total, float(weights @ near) / total
            unmatched = float(weights @ (near == 0)) / total if len(weights) else 1.0
            factoid = float(question.is_factoid)
            rows.append(
                {
                    "covered": cov,
                    "covered_around": covx,
                    "similar": float(below[i]),
                    "similar_headed": float(headed[i]),
                    "number_fits": kind if question.wants == "number" else 0.0,
                    "wants_number": float(question.wants == "number"),
                    "time_fits": kind if question.wants in ("date", "time") else 0.0,
                    "wants_time": float(question.wants in ("date", "time")),
                    "name_fits": kind if question.wants in ("full_name", "person", "place") else 0.0,
                    "wants_name": float(question.wants in ("full_name", "person", "place")),
                    "rank": 1.0 / (1 + candidate.rank),
                    "length": math.log(1 + len(sentences[i].order)),
                    "named": float(np.mean(named)) if names else 1.0,
                    "has_names": float(bool(names)),
                    "unmatched": unmatched,
                    "factoid_covered": factoid * cov,
                    "factoid_unmatched": factoid * unmatched,
                    "asked": math.log(1 + len(question.subject)),
                }
            )
            shortfalls.append(tuple(lacks))
            missing.append(tuple(dict.fromkeys(absent)))
        lost = _lost(question, weights, nears)
        if lost:
            shortfalls = [(*lacks, "subject") for lacks in shortfalls]
            missing = [(*absent, *lost) for absent in missing]
        for name in ("covered", "similar", "covered_around"):
            best = max(row[name] for row in rows)
            for row in rows:
                row[f"{name}_below_best"] = row[name] - best
        table = np.array([[row[name] for name in FEATURES] for row in rows])
        return table, shortfalls, missing

    def vector(self, word: str) -> Vectors:
        """A word's vector, of unit length."""
        if word not in self._vectors:
            self._learn({word})
        return self._vectors[word]

    def matrix(self, some: Sequence[str]) -> Vectors:
        """One row of unit length a word."""
        return np.stack([self.vector(w) for w in some])

    def _learn(self, some: set[str]) -> None:
        new = sorted(some - self._vectors.keys())
        if len(self._vectors) + len(new) > _CACHED_WORDS:
            self._vectors.clear()
            new = sorted(some)
        if new:
            self._vectors.update(zip(new, self._embedder.embed(new), strict=True))


FEATURES = (
    "covered", "covered_around", "similar", "similar_headed", "number_fits", "wants_number", "time_fits",
    "wants_time", "name_fits", "wants_name", "rank", "length", "named", "has_names", "unmatched",
    "factoid_covered", "factoid_unmatched", "asked", "covered_below_best", "similar_below_best",
    "covered_around_below_best",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Text:
    """A text, read once: its words, its content terms with how each is written, and its phrases."""

    order: tuple[Word, ...]
    terms: Mapping[str, str]
    phrases: frozenset[str]

    @staticmethod
    @lru_cache(maxsize=4096)
    def of(text: str) -> "_Text":
        order = tuple(words(text))
        terms = {w.term: w.written.lower() for w in content_words(text)}
        return _Text(order, terms, frozenset(phrases([w.term for w in order])))

    @staticmethod
    def union(texts: Sequence["_Text"]) -> "_Text":
        terms = {t: w for text in texts for t, w in text.terms.items()}
        return _Text((), terms, frozenset().union(*(t.phrases for t in texts)))


class _Asked:
    """The words of a question, made ready to be looked for in many sentences."""

    def __init__(self, question: Question, thesaurus: Thesaurus, scorer: EvidenceScorer) -> None:
        parsed = words(question.text)
        at = {w.start: i for i, w in enumerate(parsed)}
        self.question = question
        self.names = question.names
        self._scorer = scorer
        self._synonyms = {w.start: thesaurus.synonyms(parsed, at[w.start]) for w in (*question.subject, *question.names)}
        written = [w.written.lower() for w in question.subject]
        self._subject = scorer.matrix(written) if written else np.zeros((0, 256), dtype=np.float32)
        self._counted = scorer.matrix([w.written.lower() for w in question.counted]) if question.counted else None
        self._own = {w.term for w in (*question.subject, *question.names)}

    def weights(self, sentences: Sequence[_Text]) -> NDArray[np.float64]:
        """How much each subject word says among these sentences: log(1 + N / (n + ½))."""
        n = len(sentences)
        counts = [sum(w.term in s.terms for s in sentences) for w in self.question.subject]
        return np.array([math.log(1 + n / (0.5 + count)) for count in counts])

    def strengths(self, text: _Text, extra: _Text) -> NDArray[np.float64]:
        """For each subject word how well this text holds it: 1 the word, 0.9 a synonym, else the nearest cosine."""
        found = np.zeros(len(self.question.subject))
        written = [*text.terms.values(), *extra.terms.values()]
        if not len(found) or not written:
            return found
        nearest = (self._subject @ self._scorer.matrix(written).T).max(axis=1)
        for i, word in enumerate(self.question.subject):
            if word.term in text.terms or word.term in extra.terms:
                found[i] = 1.0
            else:
                cosine = float(nearest[i]) if nearest[i] >= _LEAST_SIMILAR else 0.0
                held = not self._synonyms[word.start].isdisjoint(text.phrases | extra.phrases)
                found[i] = max(cosine, _SYNONYM) if held else cosine
        return found

    def named(self, text: _Text, extra: _Text) -> list[bool]:
        """For each name of the question whether this text holds it, as such, by alias or by demonym."""
        return [self._holds(name, text) or self._holds(name, extra) for name in self.names]

    def _holds(self, name: Word, text: _Text) -> bool:
        if name.term in text.terms or not self._synonyms[name.start].isdisjoint(text.phrases):
            return True
        plain = _bare(name.written)
        return any(_akin(plain, _bare(written)) for written in text.terms.values())

    def kind(self, sentence: _Text) -> float:
        """How well a sentence holds the kind of value asked for, 0 to 1."""
        question, order = self.question, sentence.order
        if question.wants == "number":
            return self._count(order, [n for n in numbers_in(list(order)) if n.value not in question.numbers])
        if question.wants in ("date", "time"):
            text = " ".join(w.written for w in order)
            times = [t for t in times_in(text, list(order)) if t not in question.times]
            exact = [t for t in times if t in MONTHS or t in WEEKDAYS or t.isdigit()]
            return float(bool(exact if question.wants == "date" else times))
        if question.wants == "any":
            return 0.5
        fresh = [
            w.written[0].isupper() and w.term not in self._own and w.term in sentence.terms
            and (question.wants != "full_name" or w.written.lower() not in _TITLES)
            for w in order
        ]  # fmt: skip
        if question.wants == "full_name":
            return float(any(a and b for a, b in zip(fresh, fresh[1:], strict=False)))
        return 1.0 if any(fresh[1:]) else 0.5 * float(any(fresh))

    def _count(self, order: Sequence[Word], numbers: Sequence[Number]) -> float:
        if not numbers:
            return 0.0
        if self._counted is None:
            return 0.8
        terms = {w.term for w in self.question.counted}
        if "time" in terms and any(number.ordinal for number in numbers):  # "how many times": "his ninth visit"
            return 1.0
        for number in numbers:
            beside = order[max(0, number.first - 3) : number.first] + order[number.last + 1 : number.last + 1 + _NEAR_NUMBER]  # fmt: skip
            near = [w for w in beside if len(w.written) > 2]
            if any(w.term in terms for w in near):
                return 1.0
            if near and float((self._counted @ self._scorer.matrix([w.written.lower() for w in near]).T).max()) > 0.4:
                return 1.0
        return 0.4


def _lost(
    question: Question, weights: NDArray[np.float64], nears: Sequence[NDArray[np.float64]]
) -> tuple[str, ...]:
    """The subject words that no candidate holds, when they are most of what the question is about."""
    if not len(weights):
        return ()
    lost = np.max(nears, axis=0) == 0
    if float(weights @ lost) < _MOST_LOST * float(weights.sum()):
        return ()
    return tuple(w.written for w, gone in zip(question.subject, lost, strict=True) if gone)


_NAME = re.compile(r"(?:[A-Z][\w.’'-]* (?:(?:of|the|for|de|and) )*)+[A-Z][\w’-]+")


@lru_cache(maxsize=256)
def _roles(text: str) -> Mapping[str, _Text]:
    """What a briefing calls its people and bodies: the last word of a longer name, to the whole of it.

    "U.S. Secretary of State Antony Blinken" lets a later "Blinken" be found as the secretary of state.
    """
    found: dict[str, list[_Text]] = {}
    for match in _NAME.finditer(text):
        whole = _Text.of(match.group())
        if len(whole.terms) > 1 and whole.order[-1].term in whole.terms:
            found.setdefault(whole.order[-1].term, []).append(whole)
    return {term: _Text.union(texts) for term, texts in found.items()}


def _surroundings(candidate: Candidate) -> str:
    """What a sentence is read with: title, section, source, date and its paragraph."""
    briefing, paragraph = candidate.briefing, candidate.paragraph
    published = briefing.published.strftime("%-d %B %Y") if briefing.published else ""
    return "\n".join([briefing.title, paragraph.section or "", briefing.source, published, briefing.words_of(paragraph)])


def _values_around(candidate: Candidate, around: _Text) -> tuple[set[float], set[str]]:
    """The numbers and the times that a sentence is read with."""
    order = list(around.order)
    return {n.value for n in numbers_in(order)}, set(times_in(_surroundings(candidate), order))


_TITLES = frozenset(
    "prime minister president secretary state foreign king queen chancellor sir mr mrs ms dr prof general".split()
)


def _bare(written: str) -> str:
    return re.split(r"['’]", written.lower(), maxsplit=1)[0]


def _akin(a: str, b: str) -> bool:
    """True for a country and its people: "Israeli", "Israel"; "Palestinian", "Palestine"."""
    shared = len(os.path.commonprefix([a, b]))
    return shared >= 4 and shared >= 0.6 * max(len(a), len(b))
