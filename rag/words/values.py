"""Values in text: numbers, ordinals and points in time, so that "1,200", "twelve hundred" and dates compare."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rag.words.terms import Word, words, written_words

_UNITS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen""".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "trillion": 10**12,
           "m": 1_000_000, "mn": 1_000_000, "bn": 1_000_000_000, "tn": 10**12, "k": 1_000, "dozen": 12}  # fmt: skip
_ORDINAL_UNITS = """zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
    thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth""".split()
_ORDINAL_TENS = "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth".split()

_SCALE_WORDS = {w: v for w, v in _SCALES.items() if len(w) > 4}
CARDINALS = {w: float(i) for i, w in enumerate(_UNITS)} | {w: 10.0 * i for i, w in enumerate(_TENS, 2)}
ORDINALS = {w: float(i) for i, w in enumerate(_ORDINAL_UNITS)} | {
    w: 10.0 * i for i, w in enumerate(_ORDINAL_TENS, 2)
}
_BEGIN = frozenset([*CARDINALS, *ORDINALS, "half", "a"])  # the words that a number can begin with
MONTHS = "january february march april may june july august september october november december".split()
_MONTH_SHORT = {m[:3]: m for m in MONTHS} | {"sept": "september"}
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_EVERY_WEEKDAY = {f"{day}s": day for day in WEEKDAYS}
_CALENDAR = frozenset([*MONTHS, *_MONTH_SHORT, *WEEKDAYS, *_EVERY_WEEKDAY])

# Of every text with a number, or a day, one of these words or a digit is a part: to look for them among its bytes
# takes a fifth of the time of reading its words.
_NUMBER_WORDS = frozenset(w.encode() for w in (*(_BEGIN - {"a"}), *_SCALE_WORDS))
_DAY_WORDS = frozenset(w.encode() for w in _CALENDAR)
_LETTERS = bytes(ord(chr(i).lower()) if chr(i).isalpha() else ord(" ") for i in range(128)).ljust(256)
_DIGIT, _YEAR = re.compile(r"\d"), re.compile(r"\d{4}")

_DIGITS = re.compile(r"(?P<digits>\d+(?:,\d{3})*(?:\.\d+)?)(?P<scale>bn|mn|tn|m|k)?")
_DIGIT_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_RELATIVE_TIME = re.compile(
    r"\b(?:today|yesterday|tomorrow|tonight|overnight|midnight|noon|(?:this|next|last|coming|past|following|same) "
    r"(?:week|weekend|month|year|quarter|spring|summer|autumn|winter|morning|evening|night|day)\w*"
    r"|in the (?:coming|next|past|last) \w+|within \w+ (?:hours?|days?|weeks?|months?|years?)"
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


def numbers_in(parsed: Sequence[Word]) -> list[Number]:
    """The numbers among these words in order: digits, number words, with scale ("1.2 million", "half a million",
    "one hundred and five"), ordinals."""
    return _numbers_in([word.written.lower() for word in parsed])


def _numbers_in(said: list[str]) -> list[Number]:
    found: list[Number] = []
    i = 0
    while i < len(said):
        first = said[i]
        begins = first[0].isdecimal() or (_is_one(said, i) if first == "a" else first in _BEGIN)
        if not begins:  # as most words
            i += 1
            continue
        number = _ordinal_at(said, i) or _half_at(said, i) or _cardinal_at(said, i)
        if number:
            found.append(number)
            i = number.last
        i += 1
    return found


def _ordinal_at(said: list[str], i: int) -> Number | None:
    plain = _at(said, i)
    if match := _DIGIT_ORDINAL.fullmatch(plain):
        return Number(float(match[1]), True, i, i)
    if plain in ORDINALS:
        return Number(ORDINALS[plain], True, i, i)
    unit = ORDINALS.get(_at(said, i + 1), 0)
    if plain in _TENS and 0 < unit < 10:
        return Number(CARDINALS[plain] + unit, True, i, i + 1)
    return None


def _half_at(said: list[str], i: int) -> Number | None:
    """ "half a million", "half a dozen"."""
    if _at(said, i) != "half":
        return None
    at = i + 2 if _at(said, i + 1) in ("a", "an") else i + 1
    scale = _SCALE_WORDS.get(_at(said, at))
    return Number(scale / 2, False, i, at) if scale else None


def _cardinal_at(said: list[str], i: int) -> Number | None:
    """Digits or number words from word `i` on, as one number: every following part is below the last scale."""
    piece = _piece_at(said, i)
    if piece is None:
        return None
    total, current, last = 0.0, piece.value, piece.last
    least = float("inf")  # the smallest scale that was read
    spelt = not _at(said, i)[0].isdigit()
    while True:
        if scale := _SCALES.get(_at(said, last + 1)):
            last += 1
            if scale in (12, 100):
                current *= scale
                least = min(least, 100.0) if scale == 100 else 0.0
            else:
                total, current = total + current * scale, 0.0
                least = scale
            continue
        half = _and_a_half(said, last + 1)
        if half and current and total == 0 and least == float("inf"):
            current += 0.5
            last = half
            continue
        joined = last + 2 if _at(said, last + 1) == "and" else last + 1
        following = _piece_at(said, joined) if spelt and least < float("inf") else None
        fits = following and not _at(said, joined)[0].isdigit() and _at(said, joined) != "a"
        if following and fits and 0 < following.value < least and current % 100 == 0:
            if least > 1_000 and _at(said, following.last + 1) not in ("hundred", "thousand"):
                break  # "two million twenty five"
            current += following.value
            last = following.last
            continue
        break
    return Number(total + current, False, i, last)


def _piece_at(said: list[str], i: int) -> Number | None:
    """One number without a scale word: digits, or a number word below a hundred; the "a" of "a hundred" is 1."""
    plain = _at(said, i)
    if digits := _DIGITS.fullmatch(plain):
        value = float(digits["digits"].replace(",", "")) * _SCALES.get(digits["scale"] or "", 1)
        return Number(value, False, i, i)
    if plain in CARDINALS:
        unit = CARDINALS.get(_at(said, i + 1), 0)
        if plain in _TENS and 0 < unit < 10:
            return Number(CARDINALS[plain] + unit, False, i, i + 1)
        return Number(CARDINALS[plain], False, i, i)
    return Number(1.0, False, i, i) if _is_one(said, i) else None


def _and_a_half(said: list[str], i: int) -> int | None:
    """The index of the "half" of "and a half", or None."""
    return i + 2 if [_at(said, j) for j in range(i, i + 3)] == ["and", "a", "half"] else None


def _at(said: list[str], i: int) -> str:
    return said[i] if 0 <= i < len(said) else ""


def _is_one(said: list[str], i: int) -> bool:
    """True for the "a" of "a hundred"."""
    return _at(said, i) == "a" and _at(said, i + 1) in _SCALE_WORDS


def month_of(written: str) -> str | None:
    """The month that a word names ("Sept", "september"), or None."""
    plain = written.lower().rstrip(".")
    if plain in MONTHS:
        return plain
    return _MONTH_SHORT.get(plain)


def times_in(text: str, parsed: list[Word] | None = None) -> list[str]:
    """What in a text tells when: months, weekdays, years, phrases like "this week"; each in lower case."""
    parsed = words(text) if parsed is None else parsed
    return [m.group().lower() for m in _RELATIVE_TIME.finditer(text)] + calendar_in(parsed)


@lru_cache(maxsize=8192)
def calendar_of(text: str) -> frozenset[str]:
    """The months, weekdays and years that a text names, in lower case."""
    return frozenset(calendar_in(words(text)) if _may_hold(_DAY_WORDS, _YEAR, text) else ())


@lru_cache(maxsize=8192)
def values_of(text: str) -> frozenset[float]:
    """The values of the numbers of a text."""
    if not _may_hold(_NUMBER_WORDS, _DIGIT, text):
        return frozenset()
    return frozenset(n.value for n in _numbers_in(written_words(text.lower())))


def _may_hold(some: frozenset[bytes], digits: re.Pattern[str], text: str) -> bool:
    """False when neither such digits nor one of these words is in a text."""
    plain = text.encode("ascii", "replace").translate(_LETTERS)
    return not some.isdisjoint(plain.split()) or digits.search(text) is not None


def calendar_in(parsed: list[Word]) -> list[str]:
    """The months, weekdays and years among these words in order, each in lower case."""
    found = []
    for i, word in enumerate(parsed):
        plain = word.written.lower()
        if plain not in _CALENDAR and not plain[0].isdigit():  # as most words
            continue
        month = month_of(plain)
        plain = _EVERY_WEEKDAY.get(plain, plain)
        if month and (month not in ("may", "march") or _is_date_word(parsed, i)):
            found.append(month)
        elif plain in WEEKDAYS or (plain.isdecimal() and len(plain) == 4 and 1800 <= int(plain) <= 2200):
            found.append(plain)
            found += _month_behind(parsed, i) if plain.isdecimal() else []
    return found


def _month_behind(parsed: list[Word], i: int) -> list[str]:
    """The month of "2031-05-22", of which word `i` is the year."""
    date = parsed[i : i + 3]
    joined = all(b.start == a.end + 1 and len(b.written) == 2 and b.written.isdecimal() for a, b in pairwise(date))
    if len(date) == 3 and joined and 1 <= int(date[1].written) <= len(MONTHS):
        return [MONTHS[int(date[1].written) - 1]]
    return []


def _is_date_word(parsed: list[Word], i: int) -> bool:
    """True when "may" or "march" is a month: beside a number, or written with a capital after another word."""
    if parsed[i].written == "may" and i + 1 < len(parsed) and parsed[i + 1].written in ("be", "have", "not"):
        return False  # "before Unit 3 may be built"
    beside = [parsed[j].written for j in (i - 1, i + 1) if 0 <= j < len(parsed)]
    if any(w[0].isdigit() for w in beside):
        return True
    return i > 0 and parsed[i].written[0].isupper()
