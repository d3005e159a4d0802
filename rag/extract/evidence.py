"""How likely each sentence answers a question, and how likely none does: hard conditions, then a fitted model.

A sentence is ruled out when its briefing lacks a name of the question; when its paragraph lacks a number or date
of it; when it is a fragment, or speaks to the program; when it has no number, date, time, name, age, share or
unit where one is asked for; when it does not tell the event that the question takes for a fact ("when did they
sign"). All are when most of what it is about is found in none of them. What tells that the answer is not known
yet ("the board will meet on Monday", when it is asked what it decided) speaks for saying so. So does the best of
those that lack what is asked for: where the sentence about just this does not tell it, others hardly will. The
rest, and the answer that there is none, share one softmax over linear scores (as in ListNet, Cao et al. 2007),
whose weights `make fit` writes. A question who or what somebody or something is is answered by whatever introduces
it, best by what does so best, and by nothing else.
"""

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rag.asking.overviews import Wanted
from rag.asking.question import Question
from rag.asking.whois import asked_name
from rag.extract.candidates import Candidate
from rag.extract.features import FEATURES, NOTHING, Examined, examine
from rag.extract.introductions import introduced
from rag.extract.lists import LEAST_LISTED, listed, may_lead, may_list
from rag.extract.matching import Matcher
from rag.extract.overviews import overview
from rag.extract.readings import ReadText
from rag.extract.surroundings import Lost, Surroundings
from rag.words.thesaurus import RELATED

Shortfall = Literal["name", "number", "time", "words", "kind", "event", "subject"]

_MOST_UNSAID = 8  # content words of a question that is told which of them are nowhere
_MOST_LOST = 0.55  # share of what a question is about that may be in none of the passages
_OF_INTRODUCING = 3.0  # what a step of how well a sentence introduces a name counts
_OF_HEADING = math.log(0.3)  # what a heading or caption counts beside a sentence
_OF_UNFIT = math.log(0.3)  # what the best of the sentences that were ruled out adds to saying that there is none
_HOW = re.compile(r"\bhow (?:many times|\w+)", re.IGNORECASE)  # no answer need say "old" or "times"
WEIGHTS_FILE = "evidence.json"


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with the probability that it answers, beside the others and none of them; 0 when it `lacks`
    something. What is `lost` is lacking around it, the words that are `gone` around all candidates; `held` are the
    places of the subject words, names left out, that it holds, be it by a synonym."""

    candidate: Candidate
    probability: float
    lacks: tuple[Shortfall, ...]
    lost: Lost
    gone: tuple[str, ...] = ()
    held: frozenset[int] = frozenset()

    @property
    def missing(self) -> tuple[str, ...]:
        """The words of the question that its surroundings lack."""
        return self.gone or self.lost.missing

    def misses(self, word: str) -> bool:
        """True for a word that is among the `missing`."""
        return word in self.gone if self.gone else self.lost.lacks(word)


@dataclass(frozen=True, slots=True)
class Weights:
    """Of the scores: by feature for a sentence, and by feature, with a `bias`, for saying that there is none."""

    sentence: Mapping[str, float]
    nothing: Mapping[str, float]
    bias: float


@cache
def fitted_weights() -> Weights:
    """The weights that come with the program."""
    plain = json.loads(files("rag.extract").joinpath(WEIGHTS_FILE).read_text("utf-8"))
    return Weights(plain["sentence"], plain["nothing"], plain["bias"])


class EvidenceScorer:
    """Scores sentences against a question."""

    def __init__(self, matcher: Matcher, weights: Weights | None = None) -> None:
        weights = weights or fitted_weights()
        self._matcher = matcher
        self._sentence = np.array([weights.sentence[name] for name in FEATURES])
        self._nothing = np.array([weights.nothing[name] for name in NOTHING])
        self._bias = weights.bias

    def around(self, question: Question) -> Surroundings:
        """What is lost of a question around sentences."""
        return Surroundings(question, self._matcher.thesaurus)

    def overview(
        self, wanted: Wanted, candidates: Sequence[Candidate], said: str = "", *, limited: bool = False
    ) -> list[Candidate]:
        """The sentences that tell of a topic, of candidates with its names, numbers and dates around them, and that
        were not `said`; none where nothing is about it, which is rarer among a `limited` few."""
        around = self.around(wanted.topic)
        kept = [c for c in candidates if not around.lost(c.briefing, c.paragraph).kind]
        return overview(wanted, kept, self._matcher, said, limited=limited) if kept else []

    def unsaid(self, question: Question, candidates: Sequence[Candidate]) -> tuple[str, ...]:
        """The words of a question's own that no candidate holds, be it by a synonym, as they are written; none of a
        long question, which much else can be said of."""
        asking = {i for m in _HOW.finditer(question.text) for i in range(*m.span())}
        own = [w not in question.aside and w.start not in asking for w in question.subject]
        if sum(own) > _MOST_UNSAID:
            return ()
        held = self._matcher.ask(question).strengths([ReadText.of(c.text) for c in candidates])
        nowhere = np.max(held, axis=0, initial=0.0) < RELATED
        return tuple(
            w.written for w, gone, mine in zip(question.subject, nowhere, own, strict=True) if gone and mine
        )

    def listed(self, question: Question, scored: Sequence[Scored]) -> tuple[Scored, ...]:
        """What tells a whole list that the question asks for, if anything does; `scored` is what `score` gave."""
        if not may_list(question):
            return ()
        told = [(one.candidate, one.probability) for one in scored if one.lost.kind != "name"]
        if not any(may_lead(candidate) for candidate, _ in told):
            return ()
        found = listed(question, told, self._matcher.ask(question))
        return tuple(Scored(candidate, LEAST_LISTED, (), scored[0].lost) for candidate in found)

    def score(
        self, question: Question, candidates: Sequence[Candidate], around: Surroundings | None = None
    ) -> list[Scored]:
        """Every candidate with its probability, in the order given; they sum to the probability of any answer.
        `around` is what is known of the question's surroundings already."""
        around = around or self.around(question)
        lacks, lost, weighed, seen, well = weighable(around, candidates, self._matcher)
        probabilities = np.zeros(len(candidates))
        if seen:
            scores = np.append(seen.table @ self._sentence, seen.nothing @ self._nothing + self._bias)
            scores[:-1] += _OF_INTRODUCING * well
            scores[:-1] += _OF_HEADING * np.array([candidates[i].is_heading for i in weighed])
            unfit = np.array([bool(lacks[i]) for i in weighed])
            rival = scores[:-1][unfit].max(initial=-np.inf) + _OF_UNFIT
            scores[:-1][unfit] = -np.inf
            scores[-1] = -np.inf if well.any() else np.logaddexp(scores[-1], rival)
            likely = np.exp(scores - scores.max())
            probabilities[weighed] = np.where(seen.open, 0.0, likely[:-1] / likely.sum())
        gone = (
            tuple(w.written for w, lost_ in zip(question.subject, seen.lost, strict=True) if lost_) if seen else ()
        )
        held = [frozenset[int]()] * len(candidates)
        for i, row in zip(weighed, seen.held if seen else (), strict=True):
            held[i] = frozenset(np.flatnonzero(row).tolist())
        return [
            Scored(candidate, float(p), some, around, gone if "subject" in some else (), own)
            for candidate, p, some, around, own in zip(candidates, probabilities, lacks, lost, held, strict=True)
        ]


class Weighable(NamedTuple):
    """What each candidate `lacks`, and what is `lost` of the question around it; the indexes of those to be
    `weighed`, which may answer and whose surroundings lack nothing, and what is `seen` of these, if any."""

    lacks: list[tuple[Shortfall, ...]]
    lost: list[Lost]
    weighed: list[int]
    seen: Examined | None
    introduced: NDArray[np.float64]


def weighable(around: Surroundings, candidates: Sequence[Candidate], matcher: Matcher) -> Weighable:
    """What rules candidates out, and the features of the others. Those whose surroundings rule them out are not
    looked at any closer, nor compared with the rest."""
    question = around.question
    lost = [around.lost(c.briefing, c.paragraph) for c in candidates]
    lacks: list[tuple[Shortfall, ...]] = [(one.kind,) if one.kind else () for one in lost]
    weighed = []
    for i, candidate in enumerate(candidates):
        if not lacks[i]:
            if candidate.may_answer:
                weighed.append(i)
            else:
                lacks[i] = ("words",)
    if not weighed:
        return Weighable(lacks, lost, [], None, np.zeros(0))
    seen = examine(question, [candidates[i] for i in weighed], matcher.ask(question))
    total = float(seen.weights.sum())
    nowhere = bool(total) and float(seen.weights @ seen.lost) >= _MOST_LOST * total
    for i, unfit, eventless in zip(weighed, seen.unfit, seen.eventless, strict=True):
        checks: tuple[tuple[Shortfall, bool], ...] = (("kind", unfit), ("event", eventless), ("subject", nowhere))
        lacks[i] = tuple(name for name, short in checks if short)
    well = np.zeros(len(weighed))
    if name := asked_name(question):
        well += [introduced(name, candidates[i].text, candidates[i].briefing.text) for i in weighed]
        if well.any() or not name.may_ask_more:
            for i, how_well in zip(weighed, well, strict=True):
                lacks[i] = () if how_well else ("kind",)
    return Weighable(lacks, lost, weighed, seen, well)
