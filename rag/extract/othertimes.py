"""Sentences that tell what happened at another time than a question names."""

import re
from collections.abc import Callable
from datetime import date

from rag.asking.question import Question
from rag.extract.candidates import Candidate
from rag.extract.surroundings import heading_of
from rag.words.values import MONTHS, calendar_of, month_of
from rag.words.verbs import SAY

_WHICH_YEAR = re.compile(r"\b(?:what|which) year\b", re.IGNORECASE)
_A_YEAR = re.compile(
    r"\b(?:1[5-9]|20|21)\d\d\b|\b(?:last|this|next|same|previous|coming) year\b"
    r"|\byears? (?:ago|earlier|later|before|after)\b",
    re.IGNORECASE,
)
_TODAY = re.compile(r"\b(?:today|yesterday|tomorrow|this (?:week|month|morning|year)|on \w+day)\b", re.IGNORECASE)
_WHEN_WILL = re.compile(r"(?:(?:and|so|until|from|by|since) )*when (?:will|is|are)\b", re.IGNORECASE)
_PAST = re.compile(r"\b(?:was|were|had|did|[^\W\d_]{2,}ed)\b")
_NOT_ALL_PAST = re.compile(
    r"\b(?:will|would|to|by|until|till|due|is|are|plan\w*|expect\w*|from|next|may|can|could|should|must|has|have"
    r"|spring|summer|autumn|winter|\d{1,2} [A-Z]\w+|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
_ON_DAY = re.compile(r"\bon (?:\w+day,? )?(?:\d{1,2} (?P<month>[A-Z][a-z]+))")
# A day from which more than a month may be told, or on which it was only said.
_OVER_MONTHS = re.compile(
    r"\b(?:since|until|till|between|from|after|before|than|months?|sa(?:id|ys)|told|wrote|according|(?:announc|report"
    r"|publish|releas|confirm)\w*)\b"
)
_IN_MONTH = re.compile(rf"\bin (?:early |late |mid-)?(?:{'|'.join(m.capitalize() for m in MONTHS)})\b")
# What was said in one month may have happened in another.
_SAYING = re.compile(rf"\b(?:{SAY}|(?:confirm|find)\b)")
_AROUND_MONTHS = re.compile(r"\b(?:since|until|till|between|after|before|than|months?)\b")
_IN_YEAR = re.compile(r"\bin (?:[A-Z][a-z]+ |(?:early|late|mid)[- ])?(?P<year>(?:1[5-9]|20|21)\d\d)\b")
_OVER_YEARS = re.compile(
    r"\b(?:since|until|till|between|years (?:ago|later|earlier|before|after)|decade\w*)\b|\bfrom\b.*\bto\b"
)
_YEARS_FROM_IT = (
    (-1, re.compile(r"\b(?:previous|prior) year\b|\b(?:a|one|the) year (?:earlier|before|previously)\b", re.I)),
    (1, re.compile(r"\bfollowing year\b|\b(?:a|one|the) year (?:later|after)\b", re.I)),
)
_NOW = r"\b(?:this (?:year|week|month|spring|summer|autumn|winter)|now|today|current\w*|so far|present\w*|still)\b"
_YEARS_FROM_NOW = (
    (0, re.compile(_NOW, re.I)),
    (-1, re.compile(r"\b(?:last|past) year\b|\ba year ago\b", re.I)),
    (1, re.compile(r"\b(?:next|coming) year\b", re.I)),
)


def at_another_time(question: Question, _: object) -> Callable[[Candidate], bool] | None:
    """What happened this week in a briefing of another year than the question names ("in 2030"); no year, where one
    is asked for; what is long over, when it is asked when something will be."""
    years = {t for t in question.times if t.isdigit() and re.search(rf"\bin {t}\b", question.asked)}
    months = [t for t in question.times if t in MONTHS]
    month = months[0] if len(months) == 1 and question.wants not in ("date", "time") else ""
    in_month = (
        bool(month)
        and not _SAYING.search(question.asked)
        and re.search(rf"\bin {month}\b", question.asked, re.IGNORECASE) is not None
    )
    which, when_will = _WHICH_YEAR.search(question.asked), _WHEN_WILL.match(question.asked)
    if not (years or month or which or when_will):
        return None

    def told(candidate: Candidate) -> bool:
        text, published = candidate.text, candidate.briefing.published
        if month and (day := _ON_DAY.search(text)) and month not in calendar_of(text):
            return month_of(day["month"]) is not None and not _OVER_MONTHS.search(text)
        if month and in_month and _IN_MONTH.search(text) and month not in calendar_of(text):
            return not _AROUND_MONTHS.search(text)
        if len(years) == 1 and _of_other_years(text, int(next(iter(years))), published):
            return True
        if years and published and str(published.year) not in years and _TODAY.search(text):
            around = f"{text}\n{heading_of(candidate.briefing, candidate.paragraph)}"
            return "year" not in text and not any(year in around for year in years)
        if which and not _A_YEAR.search(text):
            return True
        return bool(when_will) and bool(_PAST.search(text)) and not _NOT_ALL_PAST.search(text)

    return told


def _of_other_years(text: str, year: int, published: date | None) -> bool:
    """True for what a sentence tells "in" other years than this one, and nothing beside: "57 in 2034, against 39 in
    the year before" is of 2034 and 2033."""
    told = {int(match["year"]) for match in _IN_YEAR.finditer(text)}
    if not told or str(year) in text or _OVER_YEARS.search(text):
        return False
    today = {published.year} if published else set()
    told |= {one + away for away, said in _YEARS_FROM_IT if said.search(text) for one in told}
    told |= {one + away for away, said in _YEARS_FROM_NOW if said.search(text) for one in today}
    return year not in told
