"""How much of what a question is about a sentence holds, and so its neighbours, its paragraph and its headings."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.asking.question import Question
from rag.extract.candidates import Candidate
from rag.extract.matching import EXACT, AskedWords, Strengths
from rag.extract.readings import ReadText, called, roles_in
from rag.extract.surroundings import strengths_around
from rag.words.thesaurus import RELATED, SYNONYM

_BESIDE, _NEXT, _ABOVE, _PARAGRAPH = 0.8, 0.6, 0.6, 0.5  # what words around a sentence count in its context

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Held:
    """How well candidates, a row each, hold the subject words: in the sentence itself, in those before and behind
    it, in its paragraph and in its headings; and which names the sentence holds. The subject words have `weights`,
    and `plain_weights` without the names."""

    own: Strengths
    named: Strengths
    previous: Strengths
    following: Strengths
    paragraph: Strengths
    heading: Strengths
    weights: Strengths
    plain_weights: Strengths

    @staticmethod
    def by(candidates: Sequence[Candidate], question: Question, asked: AskedWords) -> "Held":
        """What these candidates hold of a question."""
        plain = [ReadText.of(c.text) for c in candidates]
        with_roles = [(s, *called(s, roles_in(c.briefing.text))) for s, c in zip(plain, candidates, strict=True)]
        whole = np.split(_highest(asked.held, with_roles), [len(asked.subject)], axis=1)
        own, named = map(np.ascontiguousarray, whole)
        beside = [ReadText.of(text) for text in (*(c.before for c in candidates), *(c.after for c in candidates))]
        previous, following = np.split(asked.strengths(beside), 2)
        around = strengths_around(asked, [(c.briefing, c.paragraph) for c in candidates])
        weights = asked.weights(asked.strengths(plain))
        names = {name.start for name in question.names}
        plain_weights = weights * [w.start not in names for w in question.subject]
        return Held(own, named, previous, following, *around, weights, plain_weights)

    def share(self, rows: NDArray[Any]) -> Matrix:
        """The weighted mean of each row; 0 where nothing has a weight."""
        return _share(rows, self.weights)

    @property
    def near(self) -> Strengths:
        """The best of sentence, paragraph and headings."""
        return np.asarray(np.maximum.reduce([self.own, self.paragraph, self.heading]))

    def plain_share(self, rows: NDArray[Any]) -> Matrix:
        """The weighted mean of each row without the names; 1 where there is nothing but names."""
        return _share(rows, self.plain_weights, empty=1.0)


def shares(question: Question, candidates: Sequence[Candidate], held: Held) -> dict[str, Matrix]:
    """The features that are shares of what the question is about."""
    own, share, plain_share = held.own, held.share, held.plain_share
    places = [(c.briefing.briefing_id, c.paragraph.number) for c in candidates]
    covered, exact = share(own), own >= EXACT
    unmatched = share(held.near == 0) if len(held.weights) else np.ones(len(own))
    beside = (_BESIDE * held.previous, _NEXT * held.following, _ABOVE * held.heading, _PARAGRAPH * held.paragraph)
    context = np.maximum.reduce([own, *beside])
    return {
        "near": share(held.near),
        "unmatched": unmatched,
        "factoid_unmatched": unmatched * question.is_factoid,
        "plain": plain_share(own),
        "plain_below_best": below_best(plain_share(own)),
        "plain_paragraph": plain_share(np.maximum(own, held.paragraph)),
        "exact_plain": plain_share(exact),
        "exact_below_best": below_best(share(exact)),
        "related": share((own >= RELATED) & (own < SYNONYM)),
        "gain_heading": share(np.maximum(own, held.heading)) - covered,
        "gain_after": share(np.maximum(own, held.following)) - covered,
        "context_below_best": below_best(plain_share(context)),
        "paragraph_below_best": below_best(share(_together(own, places))),
        "briefing": share(_together(own, [briefing_id for briefing_id, _ in places])),
        "named": (held.named > 0).mean(axis=1) if question.names else np.ones(len(own)),
    }


def below_best(values: Matrix) -> Matrix:
    """The difference of each from the highest."""
    return np.asarray(values - values.max())


def _share(rows: NDArray[Any], weights: Strengths, empty: float = 0.0) -> Matrix:
    """The weighted mean of each row; `empty` where nothing has a weight."""
    total = float(weights.sum())
    return np.asarray(rows @ weights / total if total else np.full(len(rows), empty), dtype=float)


def _together(rows: Matrix, keys: Sequence[Hashable]) -> Matrix:
    """For each row the highest values of all rows with the same key."""
    places = {key: i for i, key in enumerate(dict.fromkeys(keys))}
    at = np.array([places[key] for key in keys])
    best: Matrix = np.zeros((len(places), rows.shape[1]))
    np.maximum.at(best, at, rows)
    return np.asarray(best[at])


def _highest(read: Callable[[Sequence[ReadText]], NDArray[Any]], groups: Sequence[Sequence[ReadText]]) -> Matrix:
    """For each group of texts the highest values of their rows."""
    starts = np.cumsum([0, *map(len, groups[:-1])])
    return np.asarray(np.maximum.reduceat(read(list(chain.from_iterable(groups))), starts, axis=0))
