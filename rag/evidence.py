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
from rag.matching import Matcher, Strengths
from rag.question import Question
from rag.readings import ReadText, roles_in, with_roles
from rag.surroundings import Around, Surroundings

Shortfall = Literal["name", "number", "time", "kind", "event", "subject"]

_LEAST_EVENT = 0.65  # how well a sentence must hold the verb of an event that is taken for a fact
_MOST_LOST = 0.55  # share of what a question is about that may be in none of the passages

# Printed by `python -m evals.fit` while passages were ranked by plain fusion; fitted anew over today's ranking they
# answer no more of the development cases.
WEIGHTS: Mapping[str, float] = {
    "covered": 1.340,
    "covered_around": 2.243,
    "similar": 0.245,
    "number_fits": -0.198,
    "wants_number": 0.189,
    "time_fits": 0.299,
    "wants_time": 0.299,
    "name_fits": 0.012,
    "wants_name": -0.479,
    "rank": 1.223,
    "length": -0.384,
    "named": -0.689,
    "has_names": -0.149,
    "unmatched": -1.671,
    "factoid_covered": 0.658,
    "factoid_unmatched": 0.776,
    "asked": 0.524,
    "covered_below_best": 0.779,
    "similar_below_best": 4.338,
    "covered_around_below_best": 3.086,
    "plain": 1.560,
    "plain_paragraph": -1.784,
    "lead": -0.740,
    "plain_below_best": 2.451,
}
BIAS = -1.718
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
        surroundings = Surroundings(question, asked)
        around = surroundings.of_all([(c.briefing, c.paragraph) for c in candidates])
        own = list(asked.strengths(sentences))
        near = [np.maximum(strengths, a.near) for strengths, a in zip(own, around, strict=True)]
        weights = asked.weights(plain)
        names = {name.start for name in question.names}
        plain_weights = weights * [w.start not in names for w in question.subject]
        query, *vectors = self._matcher.sentences([question.text, *(c.text for c in candidates)])
        similar = [vector @ query for vector in vectors]
        rows, lacks, missing = [], [], []
        for i, candidate in enumerate(candidates):
            fits = kind_fits(question, candidate.text, self._matcher)
            row = _Row(question, candidate, weights, plain_weights, own[i], near[i], around[i].paragraph).features(
                fits
            )
            row["named"] = sum(asked.named(sentences[i])) / len(question.names) if question.names else 1.0
            row["length"] = math.log(1 + plain[i].length)
            row["similar"] = float(similar[i])
            rows.append(row)
            lacks.append(_shortfalls(question, around[i], fits, own[i]))
            missing.append(around[i].missing)
        for name in ("covered", "similar", "covered_around", "plain"):
            best = max(row[name] for row in rows)
            for row in rows:
                row[f"{name}_below_best"] = row[name] - best
        if lost := _lost(question, weights, near):
            lacks = [(*some, "subject") for some in lacks]
            missing = [(*some, *lost) for some in missing]
        table = np.array([[row[name] for name in FEATURES] for row in rows])
        return Examined(table, tuple(lacks), tuple(missing))


@dataclass(frozen=True, slots=True)
class _Row:
    """What the features of one candidate are computed from."""

    question: Question
    candidate: Candidate
    weights: Strengths
    plain_weights: Strengths  # 0 for names
    own: Strengths
    near: Strengths
    paragraph: Strengths

    def features(self, fits: float) -> dict[str, float]:
        wants, factoid = self.question.wants, float(self.question.is_factoid)
        total = float(self.weights.sum()) or 1.0
        covered = float(self.weights @ self.own) / total
        unmatched = float(self.weights @ (self.near == 0)) / total if len(self.weights) else 1.0
        number, time = wants == "number", wants in ("date", "time")
        name = wants in ("full_name", "body", "person", "place", "where")
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
            "plain": self._share(self.own),
            "plain_paragraph": self._share(np.maximum(self.own, self.paragraph)),
            "rank": 1.0 / (1 + self.candidate.rank),
            "lead": float(self.candidate.paragraph.number == 1),
            "has_names": float(bool(self.question.names)),
            "asked": math.log(1 + len(self.question.subject)),
        }

    def _share(self, strengths: Strengths) -> float:
        """The weighted mean strength over the subject words that are no names; 1 when there are none."""
        total = float(self.plain_weights.sum())
        return float(self.plain_weights @ strengths / total) if total else 1.0


def _shortfalls(question: Question, around: Around, fits: float, own: Strengths) -> tuple[Shortfall, ...]:
    """What rules a candidate out."""
    checks: tuple[tuple[Shortfall, bool], ...] = (
        ("name", bool(around.names)),
        ("number", bool(around.numbers)),
        ("time", bool(around.times)),
        ("kind", question.wants in kinds.REQUIRED and fits < kinds.LEAST),
        ("event", question.event is not None and own[question.event] < _LEAST_EVENT),
    )
    return tuple(name for name, short in checks if short)


def _lost(question: Question, weights: Strengths, near: Sequence[Strengths]) -> tuple[str, ...]:
    """The subject words that no candidate holds, when they are most of what the question is about."""
    if not len(weights):
        return ()
    lost = np.max(near, axis=0) == 0
    if float(weights @ lost) < _MOST_LOST * float(weights.sum()):
        return ()
    return tuple(w.written for w, gone in zip(question.subject, lost, strict=True) if gone)
