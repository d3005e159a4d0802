"""Whether a sentence holds the kind of value that a question wants: a count, a date, a time."""

import re
from collections.abc import Sequence
from itertools import pairwise

from rag.asking.question import Question
from rag.extract.matching import Matcher
from rag.extract.readings import ReadText
from rag.words.amounts import amounts_in
from rag.words.terms import Word, is_stop_word
from rag.words.values import MONTHS, WEEKDAYS, Number, month_of, numbers_in, times_in, values_of

_LAST_DAY = 31
_HYPHENS = ("-", "‐", "‑")
_NEAR = 4  # words between a number and what it counts
_ALIKE = 0.4  # cosine from which a word names what is counted
_HOW_OFTEN = re.compile(r"\bhow (?:often|frequently|regularly)\b", re.IGNORECASE)
_AMOUNT_IN_WORDS = re.compile(
    r"\b(?:no|none|nobody|nothing|half|halves|third|thirds|quarters?|fifths?|dozens?|pair|double[ds]?|twice)\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\b\d{1,2}:\d\d\b")
_FREQUENCIES = frozenset("every each daily weekly monthly yearly annually hourly once twice times".split())
_HOW_MUCH = re.compile(r"\bhow much\b|\b(?:percentage|share|proportion)\b", re.IGNORECASE)
# "One of the largest", which counts nothing.
ONE_OF_THE_MOST = re.compile(
    r"\bone of (?:the|its|his|her|their|our) (?:[\w’'-]+ ){0,3}?(?:most|best|worst|least|\w{2,}est|only|few)\b",
    re.IGNORECASE,
)
_MONEY = re.compile(r"[$€£¥₹₽₪₩] ?$")
_SUM = re.compile(r"\bhow much\b|\b(?:what|which) (?:price|amount|sum)\b", re.IGNORECASE)


def kind_fits(question: Question, sentence: str, matcher: Matcher) -> float:
    """How well a sentence holds the number, date or time that is asked for: 0 not at all, to 1 surely."""
    order = list(ReadText.of(sentence).order)
    if question.wants == "number":
        return _count_fits(question, sentence, order, matcher)
    times = [t for t in times_in(sentence, order) if t not in question.times]
    exact = [t for t in times if t in MONTHS or t in WEEKDAYS or t.isdigit()]
    on_the_clock = question.wants == "time" and _CLOCK.search(sentence)
    return float(bool(exact if question.wants == "date" else times or on_the_clock) or _has_day(order, question))


def tells_amount_in_words(sentence: str) -> bool:
    """True for a sentence that may tell how many without a number: "a quarter of them", "nobody"."""
    return bool(_AMOUNT_IN_WORDS.search(sentence))


def _has_day(order: Sequence[Word], question: Question) -> bool:
    """True for a day of a month: "26 June" tells when even if the question itself names June."""
    pairs = [(a, b) if a.isdecimal() else (b, a) for a, b in pairwise(w.written for w in order)]
    return any(
        day.isdecimal() and float(day) <= _LAST_DAY and float(day) not in question.numbers and month_of(month)
        for day, month in pairs
    )


def _count_fits(question: Question, sentence: str, order: list[Word], matcher: Matcher) -> float:
    """1 for a number beside the thing counted, 0.8 for any number when nothing is named and for a sum, share or
    measure when "how much" is asked, 0.4 for another. A number of a unit that nobody has heard of is a measure,
    unless the question names that unit itself ("How much did the tablets cost?": "180,000 tablets")."""
    if _HOW_OFTEN.search(question.text) and any(w.written.lower() in _FREQUENCIES for w in order):
        return 1.0
    if values_of(sentence).issubset(question.numbers):  # as of most sentences, which have no number
        return 0.0
    numbers = [n for n in numbers_in(order) if n.value not in question.numbers and _may_count(n, sentence, order)]
    terms = {w.term for w in question.counted}
    if terms:
        if not _SUM.search(question.text):
            numbers = [n for n in numbers if not is_sum(sentence, order[n.first].start)]
        numbers = [n for n in numbers if _stands_alone(n, sentence, order) or order[n.last + 1].term in terms]
    if not numbers:
        return 0.0
    if not question.counted:
        unmeasured = _SUM.search(question.text) and not _is_measured(question, sentence, numbers, order)
        return 0.4 if unmeasured else 0.8
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
    measured = _HOW_MUCH.search(question.text) and _is_measured(question, sentence, numbers, order)
    return 0.8 if measured else 0.4


def is_sum(sentence: str, start: int) -> bool:
    """True for the number that begins here when a sign of money stands before it: it counts no things."""
    return _MONEY.search(sentence, max(0, start - 3), start) is not None


def _may_count(number: Number, sentence: str, order: Sequence[Word]) -> bool:
    """False for a date, for "one of the largest", and for "first": it says which one, where "his ninth visit" tells
    how many there were."""
    if number.value == 1 and ONE_OF_THE_MOST.match(sentence, order[number.first].start):
        return False
    return not is_date(number, sentence, order) and not (number.ordinal and number.value <= 1)


def _stands_alone(number: Number, sentence: str, order: Sequence[Word]) -> bool:
    """False for a number that says of what kind something is: "a three-phase plan" counts no prisoners."""
    last = order[number.last]
    return number.last + 1 == len(order) or sentence[last.end : order[number.last + 1].start] not in _HYPHENS


def is_date(number: Number, sentence: str, order: Sequence[Word]) -> bool:
    """True for a year, and for a number beside a month: they count nothing. In "June: 1.7" it is no date."""
    written = order[number.first].written
    if number.first == number.last and re.fullmatch(r"(?:1[89]|2[01])\d\d", written):
        return True
    if not number.value.is_integer():
        return False
    beside = [order[i] for i in (number.first - 1, number.last + 1) if 0 <= i < len(order)]
    months = [w for w in beside if month_of(w.written) is not None and w.written[0].isupper()]
    return any(":" not in sentence[w.end : order[number.first].start] for w in months)


def _is_measured(question: Question, sentence: str, numbers: Sequence[Number], order: Sequence[Word]) -> bool:
    """True for a sentence with a unit: "18 million crowns", "9%", "$9", "Growth (per cent) | June: 1.7", and
    "5,000 tarik" when the question does not ask about tarik itself."""
    if "per cent" in sentence or any(amount.unit for amount in amounts_in(sentence)):
        return True
    asked = {w.term for w in (*question.subject, *question.names)}
    behind = [order[n.last + 1] for n in numbers if n.last + 1 < len(order)]
    return any(w.written.islower() and not is_stop_word(w.written) and w.term not in asked for w in behind)
