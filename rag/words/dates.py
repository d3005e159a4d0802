"""Dates and times of day in text, as values: "19 August 2024" and "August 19" agree, "3 p.m." is 15:00."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rag.words.terms import term
from rag.words.values import MONTHS, WEEKDAYS, month_of

_MONTH = r"(?P<month>[A-Za-z]{3,9})\b\.?"
_YEAR = r"(?:,? (?P<year>(?:18|19|20|21)\d\d)\b)?"
_SPELT = (
    re.compile(rf"(?<![\d.,])(?P<day>[0-3]?\d)(?:st|nd|rd|th)? (?:of )?{_MONTH}{_YEAR}"),
    re.compile(rf"\b{_MONTH} (?:the )?(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b(?![.,]?\d|:\d){_YEAR}"),
    re.compile(r"\b(?P<year>\d{4})-(?P<number>[01]\d)-(?P<day>[0-3]\d)\b"),
)
_CLOCK = re.compile(
    r"\b(?P<hour>[01]?\d|2[0-3])(?:[:.](?P<minute>[0-5]\d))? ?(?P<half>[ap])\.?m\b\.?"
    r"|\b(?P<h>[01]?\d|2[0-3]):(?P<m>[0-5]\d)\b|\b(?P<named>noon|midday|midnight)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(?:(?P<word>today|yesterday|tomorrow|tonight|overnight)|(?P<which>this|next|last|past|coming|following|previous)"
    r" (?P<unit>weekend|week|month|year|quarter|decade|century|spring|summer|autumn|fall|winter|season|morning"
    r"|afternoon|evening|night))\b",
    re.IGNORECASE,
)
_SEASON = re.compile(r"\b(?:spring|summer|autumn|winter|weekend|easter|christmas)\b", re.IGNORECASE)
_SAME_WHICH = {"coming": "next", "following": "next", "past": "last", "previous": "last"}
_YEAR_ALONE = re.compile(r"(?<![\d.,$€£])(?:18|19|20|21)\d\d(?P<decade>s)?\b(?![,.]?\d|%)")


@dataclass(frozen=True, slots=True)
class Moment:
    """A day of a month, with its year when the text gives one."""

    day: int
    month: str
    year: int | None

    def agrees(self, other: "Moment") -> bool:
        """True for the same day, unless both name a year and the years differ."""
        years = None in (self.year, other.year) or self.year == other.year
        return self.day == other.day and self.month == other.month and years

    def weekday(self) -> str | None:
        """Its day of the week ("monday"), or None without a year or when there is no such day."""
        if self.year is None:
            return None
        try:
            return WEEKDAYS[date(self.year, MONTHS.index(self.month) + 1, self.day).weekday()]
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Dated:
    """A moment and where it stands: `text[start:end]`."""

    start: int
    end: int
    moment: Moment


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day, `minutes` after midnight, and where it stands; `sure` when it says a.m. or p.m. or runs
    over 24 hours."""

    start: int
    end: int
    minutes: int
    sure: bool

    def agrees(self, other: "Clock") -> bool:
        """True for the same time; half a day apart when one of them does not say which half."""
        if self.sure and other.sure:
            return self.minutes == other.minutes
        return self.minutes % 720 == other.minutes % 720


@dataclass(frozen=True, slots=True)
class Times:
    """What a text says of when: days of months, months, years, weekdays, times of day and relative words.

    `months` and `years` are those outside and inside of days alike; `taken` are the spans of all of it.
    """

    days: tuple[Dated, ...]
    months: frozenset[str]
    years: frozenset[int]
    weekdays: frozenset[str]
    clocks: tuple[Clock, ...]
    relative: frozenset[str]
    seasons: frozenset[str]
    taken: tuple[tuple[int, int], ...]

    @staticmethod
    @lru_cache(maxsize=2048)
    def of(text: str) -> "Times":
        """The times in a text with single spaces and plain quotation marks."""
        days = tuple(days_in(text))
        clocks = tuple(_clocks(text))
        taken = [(d.start, d.end) for d in days] + [(c.start, c.end) for c in clocks]
        months = {d.moment.month for d in days}
        years = {d.moment.year for d in days if d.moment.year is not None}
        for match in re.finditer(r"\b[A-Z][a-z]{2,8}\b|\b[a-z]{3,9}\b", text):
            month = month_of(match.group())
            if month and not _covered(match.start(), taken) and _names_a_month(text, match):
                months.add(month)
        for match in _YEAR_ALONE.finditer(text):
            if not _covered(match.start(), taken):
                years.add(int(match.group()[:4]))
                taken.append(match.span())
        weekdays = {w for w in WEEKDAYS if re.search(rf"\b{w}s?\b", text, re.IGNORECASE)}
        return Times(
            days,
            frozenset(months),
            frozenset(years),
            frozenset(weekdays),
            clocks,
            frozenset(_relative(text)),
            frozenset(m.group().lower() for m in _SEASON.finditer(text)),
            tuple(taken),
        )

    def behind(self, text: str) -> list["Behind"]:
        """The years, months and weekdays that stand in the text behind a word and nothing but a preposition:
        ("began", "2030") of "began in 2030"."""
        values = "|".join(sorted({*map(str, self.years), *self.months, *self.weekdays}))
        pattern = rf"\b([^\W\d_]+) (?:in|on|since|until|by|from|of|for) ({values})\b"
        matches = re.finditer(pattern, text, re.IGNORECASE) if values else ()
        return [Behind(term(m[1]), m[2].lower()) for m in matches]


@dataclass(frozen=True, slots=True)
class Behind:
    """A time and the word that it belongs to, by their terms."""

    word: str
    value: str

    @property
    def kind(self) -> str:
        """What kind of time it is."""
        return "year" if self.value.isdigit() else "weekday" if self.value in WEEKDAYS else "month"


def days_in(text: str) -> list[Dated]:
    """The days of months in a text, in order, and where they stand."""
    found: list[Dated] = []
    for pattern in _SPELT:
        for match in pattern.finditer(text):
            parts = match.groupdict()
            number = int(parts.get("number") or 0)
            month = MONTHS[number - 1] if 1 <= number <= 12 else month_of(parts.get("month") or "")
            if month in ("may", "march") and not (parts.get("month") or "May")[0].isupper():
                month = None
            overlaps = any(d.start < match.end() and match.start() < d.end for d in found)
            if month and 1 <= int(parts["day"]) <= 31 and not overlaps:
                year = int(parts["year"]) if parts["year"] else None
                found.append(Dated(match.start(), match.end(), Moment(int(parts["day"]), month, year)))
    return sorted(found, key=lambda d: d.start)


def _clocks(text: str) -> Iterator[Clock]:
    for match in _CLOCK.finditer(text):
        if match["named"]:
            yield Clock(match.start(), match.end(), 0 if match["named"].lower() == "midnight" else 720, True)
        elif match["half"]:
            hour = int(match["hour"]) % 12 + (12 if match["half"].lower() == "p" else 0)
            yield Clock(match.start(), match.end(), hour * 60 + int(match["minute"] or 0), True)
        else:
            hour = int(match["h"])
            sure = hour > 12 or hour == 0 or match["h"][0] == "0"
            yield Clock(match.start(), match.end(), hour * 60 + int(match["m"]), sure)


def _relative(text: str) -> Iterator[str]:
    for match in _RELATIVE.finditer(text):
        if match["word"]:
            yield match["word"].lower()
        else:
            which = match["which"].lower()
            unit = match["unit"].lower()
            yield f"{_SAME_WHICH.get(which, which)} {'autumn' if unit == 'fall' else unit}"


def _covered(at: int, taken: Sequence[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in taken)


def _names_a_month(text: str, match: re.Match[str]) -> bool:
    """False for "may", "march" and words like "mar" or "dec" in lower case, and for "May" that opens a
    sentence or stands for permission."""
    written = match.group()
    if written.islower():
        return len(written) > 4 and written != "march"
    if written in ("May", "March"):
        before = text[: match.start()].rstrip()
        return before != "" and before[-1] not in ".!?:;\"'"
    return True


def is_calendar(written: str) -> bool:
    """True for a weekday or a month in full."""
    return written.lower() in WEEKDAYS or written.lower() in MONTHS
