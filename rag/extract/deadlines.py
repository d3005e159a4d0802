"""Deadlines and other days that a text names: which of them are still to come, and which have passed."""

import re
from collections.abc import Sequence
from datetime import date

from rag.asking.aspect_forms import Aspect
from rag.extract.candidates import Candidate
from rag.prompts import REFUSAL
from rag.words.dates import days_in
from rag.words.values import MONTHS

_BACK = 4  # months that a day without a year may lie before its briefing; else it is one of the next year
_ENDS = re.compile(
    r"\b(?:deadlines?|due|until|by|no later than|not later than|at the latest|expir\w+|laps\w+|run(?:s|ning)? out"
    r"|ends?|closes?|closing|last day|before|latest|within|submit\w*|apply|appeal|lodge[sd]?)\b",
    re.IGNORECASE,
)
_PLAINLY = re.compile(
    r"\b(?:deadlines?|due (?:by|on)|no(?:t)? later than|at the latest|expir\w+|laps\w+|run(?:s|ning)? out|last day"
    r"|ha(?:s|ve) until|until)\b",
    re.IGNORECASE,
)
_PLAIN = 2.0  # what a sentence counts that plainly tells of a deadline


def days_told(candidate: Candidate) -> list[date]:
    """The days that a sentence names, a day without a year being the one near to its briefing's own."""
    own = candidate.briefing.published
    found = []
    for dated in days_in(candidate.text):
        moment = dated.moment
        month, year = MONTHS.index(moment.month) + 1, moment.year
        if year is None and own:
            behind = own.month - month
            year = own.year + (behind > _BACK) - (-behind > 12 - _BACK)
        try:
            found += [date(year, month, moment.day)] if year else []
        except ValueError:  # 31 June
            continue
    return found


def tells_deadline(when: Aspect, candidate: Candidate, today: date | None) -> float:
    """How much a sentence tells of a deadline, or, where those are asked for that are "upcoming", of any day that
    is still to come on the day that is `today`; 0 for nothing."""
    days = days_told(candidate)
    if today and when == "upcoming":
        days = [day for day in days if day >= today]
    if today and when == "passed":
        days = days if days and max(days) < today else []
    ends = _ENDS.search(candidate.text) or (
        candidate.paragraph.section and _PLAINLY.search(candidate.paragraph.section)
    )
    if not days or not (ends or when == "upcoming"):
        return 0.0
    return _PLAIN if _PLAINLY.search(candidate.text) else 1.0


def in_order(when: Aspect, told: Sequence[Candidate], today: date | None) -> list[Candidate]:
    """The sentences in the order of the days they tell: the next first, where only those to come are asked for."""

    def day(candidate: Candidate) -> date:
        days = days_told(candidate)
        ahead = [d for d in days if today and d >= today] if when == "upcoming" else []
        return min(ahead or days, default=date.min)

    return sorted(told, key=day)


def none_told(today: date | None) -> str:
    """What is said where no day is still to come, or none has passed."""
    return f"{REFUSAL} No such day is told. {counted_from('upcoming', (), today)}".rstrip()


def counted_from(when: Aspect, told: Sequence[Candidate], today: date | None) -> str:
    """What is said of the day that deadlines are seen from; "" where none is known or needed."""
    if today is None or (when == "deadlines" and all(day >= today for c in told for day in days_told(c))):
        return ""
    day = f"{today.day} {today:%B %Y}, the date of the newest briefing"
    return f"Days before {day}, have passed." if when == "deadlines" else f"Counted from {day}."
