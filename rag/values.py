"""Values in text: numbers, ordinals and points in time, so that "1,200", "twelve hundred" and dates compare."""

import re
from dataclasses import dataclass

from rag.terms import Word, words

_UNITS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen""".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "trillion": 10**12,
           "m": 1_000_000, "mn": 1_000_000, "bn": 1_000_000_000, "tn": 10**12, "k": 1_000, "dozen": 12}  # fmt: skip
_ORDINAL_UNITS = """zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
    thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth""".split()
_ORDINAL_TENS = "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth".split()

CARDINALS = {w: float(i) for i, w in enumerate(_UNITS)} | {w: 10.0 * i for i, w in enumerate(_TENS, 2)}
ORDINALS = {w: float(i) for i, w in enumerate(_ORDINAL_UNITS)} | {
    w: 10.0 * i for i, w in enumerate(_ORDINAL_TENS, 2)
}
MONTHS = "january february march april may june july august september october november december".split()
_MONTH_SHORT = {m[:3]: m for m in MONTHS} | {"sept": "september"}
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()

_DIGITS = re.compile(r"(?P<digits>\d+(?:,\d{3})*(?:\.\d+)?)(?P<scale>bn|mn|tn|m|k)?")
_DIGIT_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_RELATIVE_TIME = re.compile(
    r"\b(?:today|yesterday|tomorrow|tonight|overnight|midnight|noon|(?:this|next|last|coming|past|following|same) "
    r"(?:week|weekend|month|year|quarter|spring|summer|autumn|winter|morning|evening|night|day)\w*"
    r"|in the (?:coming|next|past|last) \w+|within \w+ (?:hours|days|weeks|months|years)"
    r"|(?:hours|days|weeks|months|years) (?:ago|later|earlier|after|before)|\d{1,2}(?::\d\d)? ?[ap]\.?m\b"
    r"|spring|summer|autumn|winter|(?:end|start|beginning|middle) of the (?:week|month|year))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text: its value, whether it is a rank ("ninth"), and its words `first` up to `last`
    as indexes into `words(text)`, both included."""

    value: float
    ordinal: bool
    first: int
    last: int


def numbers_in(parsed: list[Word]) -> list[Number]:
    """The numbers among these words in order: digits, number words, with scale ("1.2 million"), ordinals."""
    found: list[Number] = []
    i = 0
    while i < len(parsed):
        plain = parsed[i].written.lower()
        if match := _DIGIT_ORDINAL.fullmatch(plain):
            found.append(Number(float(match[1]), True, i, i))
        elif plain in ORDINALS:
            found.append(Number(ORDINALS[plain], True, i, i))
        elif (digits := _DIGITS.fullmatch(plain)) or plain in CARDINALS or _is_one(parsed, i):
            last = i
            if digits:
                value = float(digits["digits"].replace(",", "")) * _SCALES.get(digits["scale"] or "", 1)
            else:
                value = CARDINALS.get(plain, 1.0)
            following = parsed[i + 1].written.lower() if i + 1 < len(parsed) else ""
            if plain in _TENS and 0 < CARDINALS.get(following, 0) < 10:
                value += CARDINALS[following]
                last += 1
            elif plain in _TENS and 0 < ORDINALS.get(following, 0) < 10:
                found.append(Number(value + ORDINALS[following], True, i, i + 1))
                i += 2
                continue
            while last + 1 < len(parsed) and (scale := _SCALES.get(parsed[last + 1].written.lower())):
                value *= scale
                last += 1
            found.append(Number(value, False, i, last))
            i = last
        i += 1
    return found


def _is_one(parsed: list[Word], i: int) -> bool:
    """True for the "a" of "a hundred"."""
    return (
        parsed[i].written.lower() == "a"
        and i + 1 < len(parsed)
        and parsed[i + 1].written.lower() in ("hundred", "thousand", "million", "billion", "trillion", "dozen")
    )


def month_of(written: str) -> str | None:
    """The month that a word names ("Sept", "september"), or None."""
    plain = written.lower().rstrip(".")
    if plain in MONTHS:
        return plain
    return _MONTH_SHORT.get(plain)


def times_in(text: str, parsed: list[Word] | None = None) -> list[str]:
    """What in a text tells when: months, weekdays, years, phrases like "this week"; each in lower case."""
    parsed = words(text) if parsed is None else parsed
    found = [m.group().lower() for m in _RELATIVE_TIME.finditer(text)]
    for i, word in enumerate(parsed):
        plain = word.written.lower()
        month = month_of(plain)
        if month and (month not in ("may", "march") or _is_date_word(parsed, i)):
            found.append(month)
        elif plain in WEEKDAYS or (plain.isdigit() and len(plain) == 4 and 1800 <= int(plain) <= 2200):
            found.append(plain)
    return found


def _is_date_word(parsed: list[Word], i: int) -> bool:
    """True when "may" or "march" is a month: beside a number, or written with a capital after another word."""
    beside = [parsed[j].written for j in (i - 1, i + 1) if 0 <= j < len(parsed)]
    if any(w[0].isdigit() for w in beside):
        return True
    return i > 0 and parsed[i].written[0].isupper()
