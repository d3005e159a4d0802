"""Amounts in text: a number with its scale, its unit or currency, its sign, and whether it is a bound."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from rag.words.terms import words
from rag.words.units import AGE, currencies, unit_of, units
from rag.words.values import CARDINALS, numbers_in

Bound = Literal["", "more", "least", "fewer", "most", "about"]

_BOUNDS: Mapping[Bound, str] = {
    "least": "at least|at the very least|no fewer than|no less than|not fewer than|not less than|a minimum of"
    "|minimum",
    "most": "at most|at the most|no more than|not more than|up to|as many as|as much as|as high as|a maximum of"
    "|maximum",
    "more": "more than|over|above|exceed|exceeds|exceeded|exceeding|in excess of|upwards of|upward of|greater than"
    "|higher than|longer than|topped|topping",
    "fewer": "fewer than|less than|under|below|short of|lower than|shorter than",
    "about": "about|around|roughly|some|approximately|approx|an estimated|estimated|nearly|almost|close to|circa",
}
_MONEY = r"(?:US\$|[$€£¥₹₽₪₩])?"
_BEFORE = re.compile(
    "(?:" + "|".join(rf"(?P<{name}>\b(?:{any_of})\b)" for name, any_of in _BOUNDS.items()) + ")"
    rf"\.?[ (]*(?:the |a |an )?{_MONEY}$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"[^.;:,]{0,24}?\b(?:or (?P<more>more|above|higher)|or (?P<fewer>fewer|less|below))\b", re.IGNORECASE
)
_ROLE = re.compile(
    r"\b(from|to|by)\b (?:(?:about|around|nearly|almost|over|more than|less than|under|roughly|a|an|the|some|just"
    r"|only) )*"
    rf"{_MONEY}$",
    re.IGNORECASE,
)
_FRACTION = re.compile(
    r"\b(?:(?P<half>(?:a |one[- ])?half)|(?P<count>a|one|two|three|four|five|seven|nine)[- ]"
    r"(?P<part>third|quarter|fourth|fifth|sixth|eighth|tenth)s?)\b"
    r"(?! (?:a|an|million|thousand|billion|hundred|dozen|time)\b)(?P<of> of\b)?",
    re.IGNORECASE,
)
_PARTS = {"third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "seven": 7, "nine": 9}
_PER = re.compile(
    r"(?:[^.,;:]{0,24}? )??(?:(?:a|an|per|each|every) |/ ?)"
    r"(?P<per>second|minute|hour|h|day|night|week|month|quarter|year|tonne|ton|barrel|litre|liter|kilometre|mile|person|head|household)\b",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(?:-| - | to | or | and )(?:[$€£¥]|US\$)?")
_SCALE = re.compile(r"(?:hundred|thousand|million|billion|trillion|bn|mn|tn|m|k)$", re.IGNORECASE)
_NO_COUNT = re.compile(
    r"\b(?:no one|one another|one of|one day|the one|this one|that one|one-sided|anyone)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as it is meant: `value` in terms of `unit` (None when it names no known one), its rank or not,
    the bound it is, the preposition of change before it, what it is counted by ("a day"),
    and where it stands."""

    value: float
    unit: str | None
    ordinal: bool
    bound: Bound
    role: str
    per: str
    start: int
    end: int
    written: str

    def same_value(self, other: "Amount") -> bool:
        """True for the same value and kind, whatever the unit."""
        return abs(self.value - other.value) <= 1e-9 * max(1.0, abs(self.value)) and self.ordinal == other.ordinal


def amounts_in(text: str, taken: tuple[tuple[int, int], ...] = ()) -> list[Amount]:
    """The amounts of a text with plain quotation marks and single spaces, without those in spans `taken`."""
    text = re.sub(r"(?<=\d)[−‐‑–](?=\d)", "-", text).replace("−", "-")
    parsed = words(text)
    found: list[Amount] = []
    fractions = list(_FRACTION.finditer(text))
    spans = [m.span() for m in fractions] + [m.span() for m in _NO_COUNT.finditer(text)]
    for number in numbers_in(parsed):
        start, end = parsed[number.first].start, parsed[number.last].end
        if any(s <= start < e for s, e in (*taken, *spans)):
            continue
        found.append(_amount(text, number.value, number.ordinal, start, end))
    for match in fractions:
        value = 0.5 if match["half"] else _COUNTS[match["count"].lower()] / _PARTS[match["part"].lower()]
        if match["half"] and re.match(
            r"[- ](?:time|day|hour|year|century|sister|brother|way)\b", text[match.end() :]
        ):
            continue
        if (
            match["count"]
            and match["count"].lower() in ("a", "one")
            and match["part"].lower() != "quarter"
            and not match["of"]
        ):
            continue  # "a third person"
        whole = _amount(text, 100 * value, False, match.start(), match.end())
        found.append(replace(whole, unit="percent"))
    return _shared_units(text, sorted(found, key=lambda a: a.start))


def _amount(text: str, value: float, ordinal: bool, start: int, end: int) -> Amount:
    before, after = text[max(0, start - 48) : start], text[end : end + 48]
    if re.search(r"(?:^|[\s($€£])-$|\bminus $", before, re.IGNORECASE):
        value = -value
        before = re.sub(r"-$|minus $", "", before)
    unit = unit_of(before, after)
    bound = _BEFORE.search(before)
    behind = _BEHIND.match(after)
    kind: Bound = ""
    if bound:
        kind = next((name for name in _BOUNDS if bound[name]), "")
    elif behind:
        kind = "least" if behind["more"] else "most"
    role = _ROLE.search(before)
    return Amount(
        round(value * (unit.factor if unit else 1), 9),
        unit.name if unit else None,
        ordinal,
        kind,
        role[1].lower() if role else "",
        per["per"].lower() if (per := _PER.match(after)) else "",
        start,
        end,
        text[start:end],
    )


def _shared_units(text: str, found: list[Amount]) -> list[Amount]:
    """In a range ("3 to 4 million tonnes", "10-12%") the first number has the unit and scale of the second."""
    for i in range(len(found) - 2, -1, -1):
        first, second = found[i], found[i + 1]
        if first.ordinal or second.ordinal or not _RANGE.fullmatch(text[first.end : second.start]):
            continue
        if second.unit is None and first.unit in currencies():
            found[i + 1] = second = replace(second, unit=first.unit)
        if first.unit is None and second.unit:
            found[i] = replace(first, unit=second.unit, value=first.value * _factor_of(second))
        scale = _SCALE.search(second.written)
        small = re.fullmatch(r"\d{1,3}(?:\.\d+)?", first.written)
        if scale and small and first.unit in (None, second.unit):
            factor = numbers_in(words(f"1 {scale.group()}"))[0].value
            found[i] = replace(found[i], value=found[i].value * factor)
    return found


def _factor_of(amount: Amount) -> float:
    number = numbers_in(words(amount.written))
    plain = number[0].value if number else 0
    return amount.value / plain if plain else 1.0


def are_a_range(text: str, first: Amount, second: Amount) -> bool:
    """True for two amounts of a text that stand together, as in "3-1", "3 to 4" and "3 or 4"."""
    return _RANGE.fullmatch(text[first.end : second.start]) is not None


def is_age(text: str, amount: Amount) -> bool:
    """True for the number of "54-year-old"."""
    return AGE.match(text[amount.end :]) is not None


def is_measure(written: str) -> bool:
    """True for a word that is part of an amount: a unit, a scale or a number word."""
    lower = written.lower()
    unit = (
        lower in units() or lower.removesuffix("s") in units() or lower in ("percentage", "points", "point", "cent")
    )
    return (
        unit or lower in CARDINALS or _SCALE.fullmatch(lower) is not None or lower in _PARTS or lower[:-1] in _PARTS
    )
