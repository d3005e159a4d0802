"""The scorers of the benchmark: MultiHop-RAG's own, restated from its definition, and a strict one.

A retrieved text is a hit when it contains a fact, white space aside (Tang and Yang, COLM 2024). The official
measures look for any fact of a question, the strict ones for all.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_SPACE = re.compile(r"\s+")
DEPTH = 10


@dataclass(frozen=True, slots=True)
class Scores:
    """Of one question, or the means of many: `hits_10` and `hits_4` whether any fact is among the first 10 or 4,
    `mrr_10` 1 / rank of the first hit, `map_10` as the official script has it; strict: `recall_10` the share of
    the facts found among the first 10, `all_10` whether all are."""

    hits_10: float
    hits_4: float
    mrr_10: float
    map_10: float
    recall_10: float
    all_10: float


def bare(text: str) -> str:
    """The text without white space."""
    return _SPACE.sub("", text)


def score(texts: Sequence[str], facts: Sequence[str]) -> Scores:
    """The scores of the texts retrieved for a question, best first, against its facts (at least one).

    MAP@10 = Σ (facts first seen at rank r) / r over the ranks with a hit, over min(number of facts, 10).
    """
    wanted = [bare(fact) for fact in facts]

    def held(text: str) -> set[int]:
        return {i for i, fact in enumerate(wanted) if fact in bare(text)}

    return score_by(texts, len(wanted), held)


def score_by(texts: Sequence[str], count: int, held: Callable[[str], set[int]]) -> Scores:
    """The same for `count` facts, `held` giving the numbers of those that a text holds."""
    seen: set[int] = set()
    first = 0
    precision = 0.0
    for rank, text in enumerate(texts[:DEPTH], start=1):
        found = held(text)
        if found and not first:
            first = rank
        precision += len(found - seen) / rank
        seen |= found
    return Scores(
        hits_10=float(first > 0),
        hits_4=float(0 < first <= 4),
        mrr_10=1 / first if first else 0.0,
        map_10=precision / min(count, DEPTH),
        recall_10=len(seen) / count,
        all_10=float(len(seen) == count),
    )


def means(scores: Sequence[Scores]) -> Scores:
    """The mean of each measure over at least one question."""
    n = len(scores)
    return Scores(*(sum(getattr(s, name) for s in scores) / n for name in Scores.__slots__))
