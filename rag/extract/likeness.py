"""What two scored sentences have in common: words, what they count, what their briefings are about, days."""

from datetime import date

from rag.extract.evidence import Scored
from rag.extract.quantities import count_the_same
from rag.extract.readings import ReadText
from rag.words.grammar import is_negator
from rag.words.phrases import plain as plainly
from rag.words.terms import is_stop_word, words
from rag.words.values import numbers_in, times_in

_HALF = 0.5
_SAME = 0.8  # share of common terms from which two sentences say the same
_TWINS = 0.75  # share of content words that two sentences have in common that say the same, or just not


def same_subject(one: Scored, other: Scored) -> bool:
    """True when the titles of two sentences' briefings have a word in common."""
    titles = [ReadText.of(s.candidate.briefing.title).terms.keys() for s in (one, other)]
    return not titles[0].isdisjoint(titles[1])


def counts_the_same(one: Scored, other: Scored) -> bool:
    """True for two sentences with other numbers of the same thing, under titles about the same."""
    return same_subject(one, other) and count_the_same(one.candidate.text, other.candidate.text)


def share_words(one: Scored, best: Scored) -> bool:
    """True for a sentence with at least half of the question's own words that the best one has, and with any."""
    both = one.held & best.held
    return bool(both) and len(both) >= _HALF * len(best.held)


def alike(one: Scored, other: Scored, plain: bool = False) -> int:
    """How many content words two sentences have in common; if `plain`, without those that have a capital."""
    both = ReadText.of(one.candidate.text).terms.keys() & ReadText.of(other.candidate.text).terms.keys()
    if plain:
        both = both - {w.term for w in ReadText.of(one.candidate.text).order if w.written[0].isupper()}
    return len(both)


def are_twins(one: Scored, other: Scored) -> bool:
    """True for two sentences of which the shorter has hardly a content word that the other has not."""
    fewest = min(len(ReadText.of(s.candidate.text).terms) for s in (one, other))
    return alike(one, other) >= _TWINS * fewest


def is_older(one: Scored, other: Scored) -> bool:
    """True for a sentence of another briefing that is no newer."""
    return one.candidate.briefing is not other.candidate.briefing and date_of(one) <= date_of(other)


def date_of(one: Scored) -> date:
    """The day of a sentence's briefing; the first of all days for one without."""
    return one.candidate.briefing.published or date.min


def say_the_same(a: str, b: str) -> bool:
    """True for two sentences with the same numbers, times, names and negations in the same order, whose other
    terms are nearly the same."""
    first, second = words(a), words(b)
    if [n.value for n in numbers_in(first)] != [n.value for n in numbers_in(second)]:
        return False
    denials = [sum(is_negator(plainly(w)) for w in some) for some in (first, second)]
    if times_in(a, first) != times_in(b, second) or denials[0] != denials[1]:
        return False
    left, right = ([w.term for w in some if not is_stop_word(w.written)] for some in (first, second))
    both = set(left) & set(right)
    if [t for t in left if t in both] != [t for t in right if t in both]:  # who did it to whom
        return False
    different = {w.term: w.written for w in (*first, *second) if w.term not in both and not is_stop_word(w.written)}
    if any(written[0].isupper() for written in different.values()):
        return False
    return bool(both) and len(both) >= _SAME * len(set(left) | set(right))
