"""How likely each sentence answers a question, and how likely none does: hard conditions, then a fitted model.

A sentence is ruled out when its briefing lacks a name of the question; when its paragraph lacks a number or date
of it; when it is a fragment, or speaks to the program; when it has no number, date or time where one is asked for;
when it does not tell the event that the question takes for a fact ("when did they sign"). All are when most of what
it is about is found in none of them. The rest, and the answer that there is none, share one softmax over linear
scores (as in ListNet, Cao et al. 2007), whose weights `make fit` writes.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

import numpy as np

from rag.candidates import Candidate
from rag.features import FEATURES, NOTHING, Examined, examine
from rag.matching import Matcher
from rag.question import Question
from rag.surroundings import Lost, lost_around

Shortfall = Literal["name", "number", "time", "words", "kind", "event", "subject"]

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
        lacks, missing, weighed, seen = weighable(question, candidates, self._matcher)
        probabilities = np.zeros(len(candidates))
        if seen:
            scores = np.append(seen.table @ self._sentence, seen.nothing @ self._nothing + self._bias)
            scores[:-1][[bool(lacks[i]) for i in weighed]] = -np.inf
            likely = np.exp(scores - scores.max())
            probabilities[weighed] = likely[:-1] / likely.sum()
        return [
            Scored(candidate, float(p), some, words)
            for candidate, p, some, words in zip(candidates, probabilities, lacks, missing, strict=True)
        ]


class Weighable(NamedTuple):
    """What each candidate `lacks`, and the words of the question that are `missing` around it; the indexes of those
    to be `weighed`, which may answer and whose surroundings lack nothing, and what is `seen` of these, if any."""

    lacks: list[tuple[Shortfall, ...]]
    missing: list[tuple[str, ...]]
    weighed: list[int]
    seen: Examined | None


def weighable(question: Question, candidates: Sequence[Candidate], matcher: Matcher) -> Weighable:
    """What rules candidates out, and the features of the others. Those whose surroundings rule them out are not
    looked at any closer, nor compared with the rest."""
    lost = lost_around(question, [(c.briefing, c.paragraph) for c in candidates], matcher.thesaurus)
    lacks = [_lacking(one) for one in lost]
    missing = [one.missing for one in lost]
    weighed = []
    for i, candidate in enumerate(candidates):
        if not lacks[i]:
            if candidate.may_answer:
                weighed.append(i)
            else:
                lacks[i] = ("words",)
    if not weighed:
        return Weighable(lacks, missing, [], None)
    seen = examine(question, [candidates[i] for i in weighed], matcher.ask(question))
    total = float(seen.weights.sum())
    nowhere = bool(total) and float(seen.weights @ seen.lost) >= _MOST_LOST * total
    gone = tuple(w.written for w, lost in zip(question.subject, seen.lost, strict=True) if lost) if nowhere else ()
    for i, unfit, untold in zip(weighed, seen.unfit, seen.untold, strict=True):
        checks: tuple[tuple[Shortfall, bool], ...] = (("kind", unfit), ("event", untold), ("subject", nowhere))
        lacks[i] = tuple(name for name, short in checks if short)
        missing[i] = gone
    return Weighable(lacks, missing, weighed, seen)


def _lacking(lost: Lost) -> tuple[Shortfall, ...]:
    checks: tuple[tuple[Shortfall, tuple[str, ...]], ...] = (
        ("name", lost.names),
        ("number", lost.numbers),
        ("time", lost.times),
    )
    return tuple(name for name, words in checks if words)
