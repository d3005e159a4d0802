"""The days that a text speaks of: dates, months, years, and "last week", counted from a day that is given."""

import calendar
import re
from calendar import day_name
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from rag.words.values import CARDINALS, MONTHS, month_of

_MONTH = (
    "(?:" + "|".join([*(m.capitalize() for m in MONTHS), *(m[:3].capitalize() for m in MONTHS), "Sept"]) + r")\b\.?"
)
_DAY = r"(?P<{0}d>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<{0}y>(?:19|20)\d\d)"
_TO = r" ?(?:and|to|until|through|–|-) ?"
_WHEN = (
    # "between February and April 2031", "from 3 to 9 May": what the second says holds for the first
    rf"(?:(?<=between )|(?<=from ))(?P<hm>{_MONTH}){_TO}(?P<im>{_MONTH})(?! \d{{1,2}}\b)"
    rf"(?:,? (?:of )?{_YEAR.format('i')})?"
    rf"|(?:(?<=between )|(?<=from ))(?:the )?{_DAY.format('k')}{_TO}(?:the )?{_DAY.format('j')} "
    rf"(?:of )?(?P<jm>{_MONTH})(?:,? {_YEAR.format('j')})?"
    r"|(?P<iso>(?:19|20)\d\d-[01]\d-[0-3]\d)"
    rf"|(?P<am>{_MONTH}) {_DAY.format('a')}\b(?:,? {_YEAR.format('a')})?"
    rf"|{_DAY.format('b')} (?:of )?(?P<bm>{_MONTH})(?:,? {_YEAR.format('b')})?"
    rf"|(?P<cm>{_MONTH}),? (?:of )?{_YEAR.format('c')}"
    rf"|(?<=in )(?P<dm>{_MONTH})(?! \d)"
    rf"|(?:(?<=since )|(?<=before )|(?<=after )|(?<=until ))(?P<em>{_MONTH})(?! \d)"
    rf"|(?<=since )(?:last )?(?P<wd>{'|'.join(day_name)})\b"
    r"|(?<=in )(?P<fy>(?:19|20)\d\d)\b"
    r"|(?<=since )(?P<gy>(?:19|20)\d\d)\b"
    r"|(?P<near>today|yesterday|(?:last|this|past|previous) (?:week|month|year))"
    r"|(?:in |over |during |within )?the (?:last|past) (?P<count>\d+|[a-z]+) (?P<unit>days?|weeks?|months?|years?)"
)
_PERIOD = re.compile(
    rf"(?:\b(?P<how>before|after|since|until|by|between|from)\s+(?:the )?)?\b(?:{_WHEN})", re.IGNORECASE
)
_AND = re.compile(r"\s*(?:and|to|until|through|–|-)\s*$", re.IGNORECASE)
_FAR = 400  # years; nothing is older


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `since` to `until`, both included, None where it is open; `text[start:end]` says so.

    Where an `event` tells the days ("the port strike"), `dated_by` is the anchor of the paragraph that gave them.
    """

    since: date | None
    until: date | None
    start: int
    end: int
    event: str = ""
    dated_by: str = ""

    def holds(self, day: date | None) -> bool:
        """True for a day of the period."""
        return day is not None and (self.since or date.min) <= day <= (self.until or date.max)


def periods_in(text: str, today: date) -> list[Period]:
    """The periods that a text names, in order.

    A day or month without a year is the latest one that is not after `today`, and so is "Monday". "Last week" is
    the week, Monday to Sunday, before that of `today`; "the past 3 days" end with `today`.
    """
    found: list[Period] = []
    opened = False
    for match in _PERIOD.finditer(text):
        days = _days(match, today)
        if days is None:
            continue
        first, last = days
        how = (match["how"] or "").lower()
        if opened and found and _AND.search(text[found[-1].end : match.start()]):
            begun = found[-1].since
            if begun and begun > last:  # "between November 3 and May 1": of the year before
                begun = _latest(None, begun.month, begun.day, last)
            found[-1] = Period(begun, last, found[-1].start, match.end())
            opened = False
            continue
        opened = how in ("between", "from") and not (match["im"] or match["jm"])
        since, until = {
            "before": (None, first - timedelta(days=1)),
            "after": (last + timedelta(days=1), None),
            "since": (first, None),
            "until": (None, last),
            "by": (None, last),
        }.get(how, (first, last))
        found.append(Period(since, until, match.start(), match.end()))
    return found


def _days(match: re.Match[str], today: date) -> tuple[date, date] | None:
    """The first and last day that a match names, or None for one that the calendar does not have."""
    try:
        if match["iso"]:
            return (day := date.fromisoformat(match["iso"])), day
        if match["im"]:
            last = _latest(match["iy"], _number(match["im"]), 1, today)
            first = _latest(None, _number(match["hm"]), 1, last)
            return first, last.replace(day=calendar.monthrange(last.year, last.month)[1])
        if match["jm"]:
            last = _latest(match["jy"], _number(match["jm"]), int(match["jd"]), today)
            first = last.replace(day=int(match["kd"]))
            return (first, last) if first <= last else None
        if match["wd"]:
            back = (today.weekday() - list(day_name).index(match["wd"].capitalize())) % 7
            return (day := today - timedelta(days=back)), day
        if match["near"]:
            return _near(match["near"].lower(), today)
        if match["count"]:
            return _past(match["count"].lower(), match["unit"].lower().rstrip("s"), today)
        for which in "ab":
            if month := match[f"{which}m"]:
                return (day := _latest(match[f"{which}y"], _number(month), int(match[f"{which}d"]), today)), day
        for which in "cde":
            if month := match[f"{which}m"]:
                year = match["cy"] if which == "c" else None
                first = _latest(year, _number(month), 1, today)
                return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])
        year = int(match["fy"] or match["gy"])
        return date(year, 1, 1), date(year, 12, 31)
    except (ValueError, OverflowError):
        return None


def _number(month: str) -> int:
    name = month_of(month)
    return MONTHS.index(name) + 1 if name else 0


def _latest(year: str | None, month: int, day: int, today: date) -> date:
    if year:
        return date(int(year), month, day)
    return next(d for d in _years_back(month, day, today) if d <= today)


def _years_back(month: int, day: int, today: date) -> Iterator[date]:
    date(2000, month, day)  # raises ValueError for a day that no year has
    for year in range(today.year, today.year - 9, -1):
        if day <= calendar.monthrange(year, month)[1]:
            yield date(year, month, day)


def _near(words: str, today: date) -> tuple[date, date] | None:
    if words in ("today", "yesterday"):
        day = today - timedelta(days=words == "yesterday")
        return day, day
    which, unit = words.split()
    before = which != "this"
    if unit == "week":
        first = today - timedelta(days=today.weekday() + 7 * before)
        return first, first + timedelta(days=6)
    if unit == "month":
        last = today.replace(day=1) - timedelta(days=1) if before else today
        return last.replace(day=1), last.replace(day=calendar.monthrange(last.year, last.month)[1])
    year = today.year - before
    return date(year, 1, 1), date(year, 12, 31)


def _past(count: str, unit: str, today: date) -> tuple[date, date] | None:
    number = int(count) if count.isdigit() else int(CARDINALS.get(count, 0))
    days = number * {"day": 1, "week": 7, "month": 30, "year": 365}[unit]
    return (today - timedelta(days=days), today) if 0 < days <= _FAR * 365 else None
