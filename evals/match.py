"""Comparing words with sources: strings, numbers with their units, dates and names, each by what it means."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.words.dates import Dated, Moment
from rag.words.sentences import sentence_spans
from rag.words.terms import Word, is_stop_word, term, words
from rag.words.values import MONTHS, WEEKDAYS, month_of, numbers_in, times_in

_MONTH = r"(?P<month>[A-Z][a-z]{2,8})\.?"
_YEAR = r"(?:,? (?P<year>(?:18|19|20|21)\d\d)\b)?"
_DATES = (
    re.compile(rf"\b(?P<day>[0-3]?\d)(?:st|nd|rd|th)? (?:of )?{_MONTH}{_YEAR}"),
    re.compile(rf"\b{_MONTH} (?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b{_YEAR}"),
    re.compile(r"\b(?P<year>\d{4})-(?P<number>[01]\d)-(?P<day>[0-3]\d)\b"),
)
_UNITS = frozenset(
    term(w)
    for w in """percent crown dollar euro pound tonne ton kilogram kilometre kilometer mile metre meter litre liter
    second minute hour day week month year degree megawatt""".split()
)
_SIGNS = {"$": term("dollar"), "€": term("euro"), "£": term("pound")}
_PLAIN = str.maketrans("“”„‘’‚ʼ–—‑‐\u00a0", "\"\"\"''''---- ")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number: its value, its unit when that is a known one ("percent"), and whether it is a rank."""

    value: float
    unit: str | None
    ordinal: bool

    def agrees(self, other: "Amount") -> bool:
        """True for the same value of the same kind, unless both name a unit and the units differ."""
        same = self.value == other.value and self.ordinal == other.ordinal
        return same and (None in (self.unit, other.unit) or self.unit == other.unit)


@dataclass(frozen=True, slots=True)
class Unsupported:
    """What of a text no source holds, as written for a reader, and how many such things the text has in all."""

    missing: tuple[str, ...]
    total: int


Token = Amount | Moment | str


def plain(text: str) -> str:
    """The text with plain quotation marks and dashes, composed characters and "percent" written out."""
    folded = unicodedata.normalize("NFKC", text).translate(_PLAIN)
    return re.sub(r"\bper cent\b|%", " percent", folded)


def holds(text: str, wanted: str) -> bool:
    """True when the text holds the wanted words side by side: words by stem, numbers and dates by value.

    Wanted words without a number may also be a piece of the text as it is written, whatever its case.
    """
    inside, sought = list(tokens(text)), list(tokens(wanted))
    if sought and all(isinstance(t, str) for t in sought) and plain(wanted).casefold() in plain(text).casefold():
        return True
    starts = range(len(inside) - len(sought) + 1)
    return bool(sought) and any(
        all(_same(a, b) for a, b in zip(inside[i : i + len(sought)], sought, strict=True)) for i in starts
    )


def tokens(text: str) -> Iterator[Token]:
    """The words of a text as stems, with every number and every date as one value."""
    folded = plain(text)
    parsed = words(folded)
    spans = dates_in(folded)
    numbers = {n.first: n for n in numbers_in(parsed)}
    i = 0
    while i < len(parsed):
        dated = next((s for s in spans if s.start <= parsed[i].start < s.end), None)
        if dated:
            yield dated.moment
            while i < len(parsed) and parsed[i].start < dated.end:
                i += 1
        elif number := numbers.get(i):
            yield Amount(number.value, _unit(folded, parsed, number.first, number.last), number.ordinal)
            i = number.last + 1
        else:
            yield parsed[i].term
            i += 1


def unsupported_numbers(text: str, sources: Sequence[str]) -> Unsupported:
    """The numbers of a text that none of the sources holds with the same unit, and how many it has in all."""
    known = [t for s in sources for t in tokens(s) if isinstance(t, Amount)]
    asked = [t for t in tokens(text) if isinstance(t, Amount)]
    return Unsupported(tuple(f"{a.value:g}" for a in asked if not any(a.agrees(k) for k in known)), len(asked))


def unsupported_dates(text: str, sources: Sequence[str]) -> Unsupported:
    """The days, months, weekdays and years of a text that no source holds, and how many it has in all."""
    known = [t for s in sources for t in tokens(s) if isinstance(t, Moment)]
    known_words = {w for s in sources for w in _calendar(s)}
    days = [t for t in tokens(text) if isinstance(t, Moment)]
    loose = _calendar(text)
    bad = [f"{d.day} {d.month}" for d in days if not any(d.agrees(k) for k in known)]
    bad += [w for w in loose if w not in known_words]
    return Unsupported(tuple(bad), len(days) + len(loose))


def unsupported_names(text: str, sources: Sequence[str]) -> Unsupported:
    """The names of a text that no source holds, and how many it has in all.

    A name is a word with a capital, or with a digit among letters, that does not begin a sentence and is
    neither a day nor a month.
    """
    known = {w.term for s in sources for w in words(plain(s))}
    asked = _names(plain(text))
    return Unsupported(tuple(w.written for w in asked if w.term not in known), len(asked))


def _same(a: Token, b: Token) -> bool:
    if isinstance(a, Amount) and isinstance(b, Amount):
        return a.agrees(b)
    if isinstance(a, Moment) and isinstance(b, Moment):
        return a.agrees(b)
    return a == b


def dates_in(folded: str) -> list[Dated]:
    """The days of months in a text, and where they stand."""
    found = []
    for pattern in _DATES:
        for match in pattern.finditer(folded):
            parts = match.groupdict()
            number = int(parts.get("number") or 0)
            month = MONTHS[number - 1] if 1 <= number <= 12 else month_of(parts.get("month") or "")
            if month:
                year = int(parts["year"]) if parts["year"] else None
                found.append(Dated(match.start(), match.end(), Moment(int(parts["day"]), month, year)))
    return found


def _calendar(text: str) -> list[str]:
    """The weekdays, months and years that a text names."""
    return [t for t in times_in(plain(text)) if t in WEEKDAYS or t in MONTHS or t.isdigit()]


def _unit(folded: str, parsed: Sequence[Word], first: int, last: int) -> str | None:
    before = folded[parsed[first].start - 1 : parsed[first].start]
    after = parsed[last + 1].term if last + 1 < len(parsed) else None
    return _SIGNS.get(before) or (after if after in _UNITS else None)


def _names(folded: str) -> list[Word]:
    spans = sentence_spans(folded)
    first = {w[0].start + s.start for s in spans if (w := words(folded[s.start : s.end]))}
    return [
        w for w in words(folded) if w.start not in first and _is_name(w.written) and not _opens(folded, w.start)
    ]


def _is_name(written: str) -> bool:
    capital = written[0].isupper() or (any(c.isdigit() for c in written) and any(c.isupper() for c in written))
    day = written.lower() in WEEKDAYS or month_of(written) is not None
    return capital and not day and not is_stop_word(written)


def _opens(folded: str, start: int) -> bool:
    """True behind an opening quotation mark or a colon, where any word may have a capital."""
    return folded[max(0, start - 2) : start].strip()[-1:] in ('"', "'", ":", "|")
