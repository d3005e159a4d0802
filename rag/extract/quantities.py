"""What the numbers of a sentence count or measure, so that two sentences can be seen to differ in it."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from rag.words.amounts import amounts_in, is_age
from rag.words.terms import Word, is_stop_word, words
from rag.words.values import month_of

_BEHIND = 2  # words behind a number that may say what it counts: "3,400 dock workers"
_FACTOR = 2.0  # between two numbers that sources give for the same


@lru_cache(maxsize=4096)
def quantities(text: str) -> Mapping[str, frozenset[float]]:
    """The values of a sentence by their unit, or by each word that says what they count; no ranks, ages, days."""
    found: dict[str, set[float]] = {}
    parsed = words(text)
    for amount in amounts_in(text):
        if amount.ordinal or is_age(text, amount):
            continue
        for key in [amount.unit] if amount.unit else _counted(text, parsed, amount.end):
            found.setdefault(key, set()).add(amount.value)
    return {key: frozenset(values) for key, values in found.items()}


def _counted(text: str, parsed: Sequence[Word], end: int) -> Iterator[str]:
    """The terms of the words right behind a number that ends at `end`, up to the first stop word or break."""
    for word in [w for w in parsed if w.start >= end][:_BEHIND]:
        plain = word.written.isalpha() and not is_stop_word(word.written) and not month_of(word.written)
        if text[end : word.start] != " " or not plain:
            return
        yield word.term
        end = word.end


def count_the_same(text: str, other: str) -> bool:
    """True for two sentences with numbers of the same thing, none of them in common."""
    mine, theirs = quantities(text), quantities(other)
    return any(mine[key].isdisjoint(theirs[key]) for key in mine.keys() & theirs.keys())


def tell_it_differently(text: str, other: str) -> bool:
    """True for two sentences that count the same, and of which two numbers come near each other: what sources tell
    of the same day."""
    mine, theirs = quantities(text), quantities(other)
    return any(
        mine[key].isdisjoint(theirs[key])
        and any(max(a, b) <= _FACTOR * min(a, b) for a in mine[key] for b in theirs[key] if min(a, b) > 0)
        for key in mine.keys() & theirs.keys()
    )
