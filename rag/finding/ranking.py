"""What makes a passage a good find: a small linear model over cheap features (`python -m evals.fit_ranking`).

BM25 and the nearest vectors propose passages; this orders them. Over BM25 alone it sees how much of the question
stands in one sentence, that words stand side by side as they do in the question, the vector's cosine and the date.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.finding.plans import Part
from rag.finding.standins import StandIns
from rag.storage.database import Vectors
from rag.storage.profiles import Profile, cosines
from rag.words.terms import index_terms
from rag.words.thesaurus import SYNONYM

# Printed by `python -m evals.fit_ranking`: for questions as a whole, and for the parts of a plan.
WHOLE: Mapping[str, float] = {
    "words": 1.10,
    "words_rank": 0.53,
    "similar": 3.84,
    "similar_rank": 1.22,
    "covered": 4.00,
    "in_one_sentence": -3.00,
    "side_by_side": 2.19,
    "dated": 0.00,
    "meant": 3.07,
    "meant_in_one_sentence": 4.41,
    "titled": 3.54,
}
PART: Mapping[str, float] = {
    "words": -1.32,
    "words_rank": 14.73,
    "similar": 1.41,
    "similar_rank": 0.00,
    "covered": 2.39,
    "in_one_sentence": 6.16,
    "side_by_side": 2.88,
    "dated": 0.62,
    "meant": 0.00,
    "meant_in_one_sentence": 0.00,
    "titled": 0.00,
}
FEATURES = tuple(WHOLE)
_SMOOTH = 60  # of a rank; Cormack, Clarke and Büttcher, SIGIR 2009

Table = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that was proposed; its ranks count from 0 in the list of the words and of the vectors, and are
    None where it is not in the list."""

    profile: Profile
    word_rank: int | None = None
    vector_rank: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What candidates are compared with: the whole question's terms and pairs of neighbours, its vector, and how
    much each term says (`rarities`, see `rag.lexicon`)."""

    terms: tuple[str, ...]
    vector: Vectors
    rarities: Mapping[str, float]

    @staticmethod
    def of(question: str, vector: Vectors, rarities: Mapping[str, float]) -> "Asked":
        """A question, made ready."""
        return Asked(tuple(index_terms(question)), vector, rarities)


def features(asked: Asked, part: Part, candidates: Sequence[Candidate], standins: StandIns | None = None) -> Table:
    """One row of FEATURES a candidate.

    words: BM25's score over the sum of the terms' rarities by weight; similar: cosine with the question;
    words_rank and similar_rank: 60 / (60 + rank), ranks from 1, 0 where a list does not hold it; covered: share of
    the part's terms, by weight and rarity, that the passage and its headings hold; in_one_sentence: the greatest
    share of the whole question's terms in one sentence; side_by_side: share of the question's neighbouring terms
    that are neighbours in the passage; dated: 1 in the part's period, 0 outside, a half without a period; meant: as
    covered, where what stands in for a term counts SYNONYM of it; meant_in_one_sentence: the greatest such share in
    one sentence; both 0 without `standins`; titled: share of the terms of title and section that are asked for.
    """
    rarity = asked.rarities
    weights = {t: w * rarity.get(t, 0.0) for t, w in part.weights.items()}
    whole = {t: rarity.get(t, 0.0) for t in asked.terms}
    pairs = {
        (a, b): min(part.weights.get(a, 0.0), part.weights.get(b, 0.0)) * (whole[a] + whole[b])
        for a, b in zip(asked.terms, asked.terms[1:], strict=False)
    }
    most, most_whole, most_pairs = (sum(table.values()) or 1.0 for table in (weights, whole, pairs))
    asked_for = set(asked.terms)
    relevant = weights.keys() | whole.keys() | (standins.terms if standins else set())
    similar = cosines([candidate.profile for candidate in candidates], asked.vector)
    rows = []
    for i, candidate in enumerate(candidates):
        profile = candidate.profile
        inside = [relevant.intersection(sentence.split()) for sentence in profile.sentences]
        body = set().union(*inside)
        headings = set(profile.headings.split())
        above = relevant.intersection(headings)
        held = body | above
        best = max([sum([whole.get(t, 0.0) for t in terms]) for terms in inside], default=0.0)
        meant = _meant(standins, weights, profile, inside, above) if standins else (0.0, 0.0)
        near = [pair for pair in pairs if pair[0] in body and pair[1] in body]
        text = " \n ".join(["", *profile.sentences, ""]) if near else ""
        beside = sum(pairs[a, b] for a, b in near if f" {a} {b} " in text)
        rows.append(
            (
                profile.score / most,
                _rank(candidate.word_rank),
                float(similar[i]),
                _rank(candidate.vector_rank),
                sum([weights.get(t, 0.0) for t in held]) / most,
                best / most_whole,
                beside / most_pairs,
                0.5 if part.period is None else float(part.period.holds(profile.published)),
                meant[0] / most,
                meant[1] / most,
                len(asked_for & headings) / (len(headings) or 1),
            )
        )
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(FEATURES))


def scores(
    asked: Asked,
    part: Part,
    candidates: Sequence[Candidate],
    weights: Mapping[str, float],
    standins: StandIns | None = None,
) -> list[float]:
    """The score of each candidate for a question or a part of it, by WHOLE or PART; comparable between parts."""
    table = features(asked, part, candidates, standins) @ np.array([weights[name] for name in FEATURES])
    return [float(score) for score in table]


def _meant(
    standins: StandIns, weights: Mapping[str, float], profile: Profile, inside: Sequence[set[str]], above: set[str]
) -> tuple[float, float]:
    """What a passage holds of the weights, itself or by what stands in, and what the best of its sentences does.
    The relevant terms of its sentences are `inside`, those of its headings `above`."""

    def told(held: set[str], by_others: set[str]) -> float:
        own = sum([weights.get(t, 0.0) for t in held])
        return own + SYNONYM * sum([weights.get(t, 0.0) for t in by_others - held]) if by_others else own

    stood = [standins.within(held, text) for held, text in zip(inside, profile.sentences, strict=True)]
    everywhere = standins.within(above, profile.headings).union(*stood)
    return told(above.union(*inside), everywhere), max(map(told, inside, stood), default=0.0)


def _rank(rank: int | None) -> float:
    return 0.0 if rank is None else _SMOOTH / (_SMOOTH + 1.0 + rank)
