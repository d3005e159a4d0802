"""How likely a sentence answers a question: hard conditions first, then a small fitted model.

A sentence is ruled out when its briefing lacks a name of the question, when its paragraph lacks a number or
date of the question, when it lacks the kind of value asked for or the event that is presupposed ("when did
they sign"); and all are when most of what the question is about is found in none of them. The rest are scored
by logistic regression over FEATURES, fitted by `python -m evals.fit` on the development cases.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rag import kinds
from rag.briefings import Briefing, Paragraph
from rag.kinds import kind_fits
from rag.matching import AskedWords, Matcher, ReadText, Strengths, roles_in, with_roles
from rag.question import Question
from rag.values import numbers_in, times_in

Shortfall = Literal["name", "number", "time", "kind", "event", "subject"]

_LEAST_EVENT = 0.65  # how well a sentence must hold the verb of an event that is taken for a fact
_MOST_LOST = 0.55  # share of what a question is about that may be in none of the passages

# Printed by `python -m evals.fit`.
WEIGHTS: Mapping[str, float] = {
    "covered": 2.536,
    "covered_around": 1.662,
    "similar": 0.988,
    "similar_headed": -0.470,
    "number_fits": 0.122,
    "wants_number": -0.155,
    "time_fits": 0.252,
    "wants_time": 0.252,
    "name_fits": 0.070,
    "wants_name": -0.605,
    "rank": 1.036,
    "length": -0.372,
    "named": -1.140,
    "has_names": -0.348,
    "unmatched": -0.857,
    "factoid_covered": 0.259,
    "factoid_unmatched": 0.548,
    "asked": 0.612,
    "covered_below_best": 2.845,
    "similar_below_best": 3.691,
    "covered_around_below_best": 3.193,
}
BIAS = -2.281
FEATURES = tuple(WEIGHTS)


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

    @property
    def surroundings(self) -> str:
        """What the sentence is read with: title, section, source, date and its paragraph."""
        briefing, paragraph = self.briefing, self.paragraph
        published = briefing.published.strftime("%-d %B %Y") if briefing.published else ""
        around = [briefing.title, paragraph.section or "", briefing.source, published]
        return "\n".join([*around, briefing.words_of(paragraph)])


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with the probability that it answers; 0 when it `lacks` something, `missing` being the
    words of the question that its surroundings lack."""

    candidate: Candidate
    probability: float
    lacks: tuple[Shortfall, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Examined:
    """One row of FEATURES a candidate, and beside it what the candidate lacks and misses (see `Scored`)."""

    table: NDArray[np.float64]
    lacks: tuple[tuple[Shortfall, ...], ...]
    missing: tuple[tuple[str, ...], ...]


class EvidenceScorer:
    """Scores sentences against a question."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher

    def score(self, question: Question, candidates: Sequence[Candidate]) -> list[Scored]:
        """Every candidate with its probability, in the order given."""
        if not candidates:
            return []
        seen = self.examine(question, candidates)
        logits = BIAS + seen.table @ np.array(list(WEIGHTS.values()))
        return [
            Scored(candidate, 0.0 if lacks else 1.0 / (1.0 + math.exp(-logit)), lacks, missing)
            for candidate, logit, lacks, missing in zip(candidates, logits, seen.lacks, seen.missing, strict=True)
        ]

    def examine(self, question: Question, candidates: Sequence[Candidate]) -> Examined:
        """The features and shortfalls of at least one candidate."""
        asked = self._matcher.ask(question)
        plain = [ReadText.of(c.text) for c in candidates]
        sentences = [with_roles(s, roles_in(c.briefing.text)) for s, c in zip(plain, candidates, strict=True)]
        own = [asked.strengths(s) for s in sentences]
        near = [
            np.maximum(strengths, asked.strengths(ReadText.of(c.surroundings)))
            for strengths, c in zip(own, candidates, strict=True)
        ]
        weights = asked.weights(plain)
        similar = self._similarities(question, candidates)
        rows, lacks, missing = [], [], []
        for i, candidate in enumerate(candidates):
            fits = kind_fits(question, plain[i].order, self._matcher)
            shortfalls, absent = _shortfalls(question, asked, candidate, fits, own[i])
            row = _Row(question, candidate, weights, own[i], near[i]).features(fits)
            row["named"] = float(np.mean(asked.named(sentences[i]))) if question.names else 1.0
            row["length"] = math.log(1 + len(plain[i].order))
            row["similar"], row["similar_headed"] = (float(column[i]) for column in similar)
            rows.append(row)
            lacks.append(shortfalls)
            missing.append(absent)
        for name in ("covered", "similar", "covered_around"):
            best = max(row[name] for row in rows)
            for row in rows:
                row[f"{name}_below_best"] = row[name] - best
        if lost := _lost(question, weights, near):
            lacks = [(*some, "subject") for some in lacks]
            missing = [(*some, *lost) for some in missing]
        table = np.array([[row[name] for name in FEATURES] for row in rows])
        return Examined(table, tuple(lacks), tuple(missing))

    def _similarities(self, question: Question, candidates: Sequence[Candidate]) -> tuple[Strengths, Strengths]:
        """Cosines of the question with the sentences, and with the sentences under their headings."""
        embed = self._matcher.embedder.embed
        query = embed([question.text])[0]
        headed = [f"{c.paragraph.section or c.briefing.title}\n{c.text}" for c in candidates]
        return embed([c.text for c in candidates]) @ query, embed(headed) @ query


@dataclass(frozen=True, slots=True)
class _Row:
    """What the features of one candidate are computed from."""

    question: Question
    candidate: Candidate
    weights: Strengths
    own: Strengths
    near: Strengths

    def features(self, fits: float) -> dict[str, float]:
        wants, factoid = self.question.wants, float(self.question.is_factoid)
        total = float(self.weights.sum()) or 1.0
        covered = float(self.weights @ self.own) / total
        unmatched = float(self.weights @ (self.near == 0)) / total if len(self.weights) else 1.0
        number, time = wants == "number", wants in ("date", "time")
        name = wants in ("full_name", "person", "place", "where")
        return {
            "covered": covered,
            "covered_around": float(self.weights @ self.near) / total,
            "unmatched": unmatched,
            "factoid_covered": factoid * covered,
            "factoid_unmatched": factoid * unmatched,
            "number_fits": fits * number,
            "wants_number": float(number),
            "time_fits": fits * time,
            "wants_time": float(time),
            "name_fits": fits * name,
            "wants_name": float(name),
            "rank": 1.0 / (1 + self.candidate.rank),
            "has_names": float(bool(self.question.names)),
            "asked": math.log(1 + len(self.question.subject)),
        }


def _shortfalls(
    question: Question, asked: AskedWords, candidate: Candidate, fits: float, own: Strengths
) -> tuple[tuple[Shortfall, ...], tuple[str, ...]]:
    """What rules a candidate out, and the words of the question that it misses."""
    briefing = candidate.briefing
    around = ReadText.of(candidate.surroundings)
    whole = ReadText.of(f"{briefing.title}\n{briefing.source}\n{briefing.text}")
    numbers = {n.value for n in numbers_in(list(around.order))}
    times = set(times_in(candidate.surroundings, list(around.order)))
    names = [n.written for n, held in zip(question.names, asked.named(whole), strict=True) if not held]
    lost_numbers = [f"{value:g}" for value in question.numbers if value not in numbers]
    lost_times = [time.capitalize() for time in question.times if time not in times]
    lacks: list[Shortfall] = []
    if names:
        lacks.append("name")
    if lost_numbers:
        lacks.append("number")
    if lost_times:
        lacks.append("time")
    if question.wants in kinds.REQUIRED and fits < kinds.LEAST:
        lacks.append("kind")
    if question.event is not None and own[question.event] < _LEAST_EVENT:
        lacks.append("event")
    return tuple(lacks), tuple(dict.fromkeys([*names, *lost_numbers, *lost_times]))


def _lost(question: Question, weights: Strengths, near: Sequence[Strengths]) -> tuple[str, ...]:
    """The subject words that no candidate holds, when they are most of what the question is about."""
    if not len(weights):
        return ()
    lost = np.max(near, axis=0) == 0
    if float(weights @ lost) < _MOST_LOST * float(weights.sum()):
        return ()
    return tuple(w.written for w, gone in zip(question.subject, lost, strict=True) if gone)
