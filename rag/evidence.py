"""How likely each sentence answers a question, and how likely none does: hard conditions, then a fitted model.

A sentence is ruled out when its briefing lacks a name of the question; when its paragraph lacks a number or date of
it; when it has no number, date or time where one is asked for; when it does not tell the event that the question
takes for a fact ("when did they sign"). All are when most of what it is about is found in none of them. The rest,
and the answer that there is none, share one softmax over linear scores (as in ListNet, Cao et al. 2007), whose
weights `make fit` writes.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import numpy as np

from rag.candidates import Candidate
from rag.features import FEATURES, NOTHING, Examined, examine
from rag.matching import Matcher
from rag.question import Question
from rag.surroundings import Around

Shortfall = Literal["name", "number", "time", "kind", "event", "subject"]

_MOST_LOST = 0.55  # share of what a question is about that may be in none of the passages
WEIGHTS_FILE = "evidence.json"


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with the probability that it answers, beside the others and none of them; 0 when it `lacks`
    something, `missing` being the words of the question that its surroundings lack."""

    candidate: Candidate
    probability: float
    lacks: tuple[Shortfall, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """Of the scores: by feature for a sentence, and by feature, with a `bias`, for saying that there is none."""

    sentence: Mapping[str, float]
    nothing: Mapping[str, float]
    bias: float


@cache
def fitted_weights() -> Weights:
    """The weights that come with the program."""
    plain = json.loads(files("rag").joinpath(WEIGHTS_FILE).read_text("utf-8"))
    return Weights(plain["sentence"], plain["nothing"], plain["bias"])


class EvidenceScorer:
    """Scores sentences against a question."""

    def __init__(self, matcher: Matcher, weights: Weights | None = None) -> None:
        weights = weights or fitted_weights()
        self._matcher = matcher
        self._sentence = np.array([weights.sentence[name] for name in FEATURES])
        self._nothing = np.array([weights.nothing[name] for name in NOTHING])
        self._bias = weights.bias

    def score(self, question: Question, candidates: Sequence[Candidate]) -> list[Scored]:
        """Every candidate with its probability, in the order given; they sum to the probability of any answer."""
        if not candidates:
            return []
        seen = examine(question, candidates, self._matcher)
        lacks = shortfalls(question, seen)
        scores = np.append(seen.table @ self._sentence, seen.nothing @ self._nothing + self._bias)
        scores[:-1][[bool(some) for some in lacks]] = -np.inf
        likely = np.exp(scores - scores.max())
        likely /= likely.sum()
        lost = tuple(w.written for w, gone in zip(question.subject, seen.lost, strict=True) if gone)
        return [
            Scored(candidate, float(p), some, around.missing + (lost if "subject" in some else ()))
            for candidate, p, some, around in zip(candidates, likely, lacks, seen.around, strict=False)
        ]


def shortfalls(question: Question, seen: Examined) -> list[tuple[Shortfall, ...]]:
    """What rules each candidate out."""
    total = float(seen.weights.sum())
    nowhere = bool(total) and float(seen.weights @ seen.lost) >= _MOST_LOST * total
    return [
        _lacking(around, bool(unfit), bool(untold), nowhere)
        for around, unfit, untold in zip(seen.around, seen.unfit, seen.untold, strict=True)
    ]


def _lacking(around: Around, unfit: bool, untold: bool, nowhere: bool) -> tuple[Shortfall, ...]:
    checks: tuple[tuple[Shortfall, bool], ...] = (
        ("name", bool(around.names)),
        ("number", bool(around.numbers)),
        ("time", bool(around.times)),
        ("kind", unfit),
        ("event", untold),
        ("subject", nowhere),
    )
    return tuple(name for name, short in checks if short)
