"""Two sentences, one of each side of a comparison, that tell the same thing: rather these than the best of each."""

from collections.abc import Sequence
from itertools import product

from rag.extract.choice import LEAST, LEAST_OF_BEST
from rag.extract.evidence import Scored
from rag.extract.quantities import quantities, tell_it_differently

# Chosen on the development and training cases, as those of `rag.extract.choice`.
OF_ALIKE = 4.0  # how much likelier two sentences are together that count or measure the same
LEAST_OF_PAIR = 0.02  # of the less probable one


def told_alike(one: Sequence[Scored], other: Sequence[Scored]) -> tuple[Scored, Scored] | None:
    """The likeliest sentences of two sides that count or measure the same; None where each side's best, which do
    not, are likelier still, and where neither side answers."""
    if max(_sum(one), _sum(other)) < LEAST:
        return None
    likely = [[s for s in side if s.probability >= LEAST_OF_PAIR] for side in (one, other)]
    pairs = [(a, b) for a, b in product(*likely) if max(a.probability, b.probability) >= LEAST_OF_BEST]
    best = max(pairs, key=_together, default=None)
    return best if best and _are_alike(*best) else None


def _together(pair: tuple[Scored, Scored]) -> float:
    one, other = pair
    return one.probability * other.probability * (OF_ALIKE if _are_alike(one, other) else 1.0)


def _are_alike(one: Scored, other: Scored) -> bool:
    """True for two sentences with the same number of the same thing, or with numbers near each other."""
    texts = one.candidate.text, other.candidate.text
    mine, theirs = map(quantities, texts)
    agree = any(not mine[key].isdisjoint(theirs[key]) for key in mine.keys() & theirs.keys())
    return agree or tell_it_differently(*texts)


def _sum(side: Sequence[Scored]) -> float:
    return sum(s.probability for s in side)
