"""Whether a sentence holds the kind of value that a question wants: a count, a date, a name."""

from collections.abc import Sequence
from itertools import pairwise

from rag.matching import Matcher
from rag.question import Question
from rag.terms import Word, is_stop_word
from rag.values import MONTHS, WEEKDAYS, numbers_in, times_in

REQUIRED = frozenset({"number", "date", "time", "full_name", "place"})  # without it the question is not answered
LEAST = 0.5  # below this a sentence does not hold the kind

_NEAR = 4  # words between a number and what it counts
_ALIKE = 0.4  # cosine from which a word names what is counted
_TITLES = frozenset(
    "prime minister president secretary state foreign king queen chancellor sir mr mrs ms dr prof general".split()
)


def kind_fits(question: Question, sentence: Sequence[Word], matcher: Matcher) -> float:
    """How well a sentence, given as its words, holds what is asked for: 0 not at all, to 1 surely."""
    order = list(sentence)
    if question.wants == "number":
        return _count_fits(question, order, matcher)
    if question.wants in ("date", "time"):
        text = " ".join(w.written for w in order)
        times = [t for t in times_in(text, order) if t not in question.times]
        exact = [t for t in times if t in MONTHS or t in WEEKDAYS or t.isdigit()]
        return float(bool(exact if question.wants == "date" else times))
    if question.wants == "any":
        return 0.5
    asked = {w.term for w in (*question.subject, *question.names)}
    fresh = [w.written[0].isupper() and w.term not in asked and not is_stop_word(w.written) for w in order]
    if question.wants == "full_name":
        person = [new and w.written.lower() not in _TITLES for new, w in zip(fresh, order, strict=True)]
        return float(any(a and b for a, b in pairwise(person)))
    return 1.0 if any(fresh[1:]) else 0.4 * float(any(fresh))


def _count_fits(question: Question, order: list[Word], matcher: Matcher) -> float:
    """1 for a number beside the thing counted, 0.8 for any number when nothing is named, 0.4 for another."""
    numbers = [n for n in numbers_in(order) if n.value not in question.numbers]
    if not numbers:
        return 0.0
    if not question.counted:
        return 0.8
    terms = {w.term for w in question.counted}
    if "time" in terms and any(n.ordinal for n in numbers):  # "how many times": "his ninth visit"
        return 1.0
    counted = matcher.matrix([w.written.lower() for w in question.counted])
    for number in numbers:
        beside = order[max(0, number.first - 3) : number.first] + order[number.last + 1 :][:_NEAR]
        near = [w for w in beside if not is_stop_word(w.written)]
        if any(w.term in terms for w in near):
            return 1.0
        if near and float((counted @ matcher.matrix([w.written.lower() for w in near]).T).max()) > _ALIKE:
            return 1.0
    return 0.4
