"""Things that are written in several ways: world wars, saints, days in hours, British and American words."""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

# A number that is part of a name counts nothing.
NUMBERED_NAME = re.compile(r"\b(?:world war (?:one|two|[12])|covid[-‐‑ ]?19)\b", re.IGNORECASE)
_SPANS = {(24, "hour"): (1, "day"), (48, "hour"): (2, "day"), (72, "hour"): (3, "day"), (12, "month"): (1, "year")}
_WORDS = {"24": 24, "48": 48, "72": 72, "12": 12, "twenty-four": 24, "forty-eight": 48, "seventy-two": 72,
          "twelve": 12, "1": 1, "2": 2, "3": 3, "one": 1, "two": 2, "three": 3}  # fmt: skip
_SPAN = re.compile(
    rf"\b(?P<number>{'|'.join(_WORDS)})(?P<mark>[-‐‑ ])(?P<unit>hour|day|month|year)(?P<end>s?)\b",
    re.IGNORECASE,
)
# What must stand in a text, in small letters, before a pattern is looked for: finding that is much quicker.
_ALIKE: tuple[tuple[str, re.Pattern[str], str], ...] = tuple(
    (held, re.compile(pattern, re.IGNORECASE), instead)
    for held, pattern, instead in (
        ("war", r"\b(?:world war (?:ii|two|2)|second world war)\b", "WWII"),
        ("war", r"\b(?:world war (?:i|one|1)|first world war)\b", "WWI"),
        ("ww", r"\bww ?2\b", "WWII"),
        ("ww", r"\bww ?1\b", "WWI"),
        ("covid", r"\bcovid[-‐‑ ]?19\b", "Covid"),
        ("st", r"\b(?-i:St)\.? (?=(?-i:[A-Z]))", "Saint "),
        ("mt", r"\b(?-i:Mt)\.? (?=(?-i:[A-Z]))", "Mount "),
        ("ft", r"\b(?-i:Ft)\.? (?=(?-i:[A-Z]))", "Fort "),
        ("co-o", r"\b(co)-(?=o[pr])", r"\1"),
        ("isation", r"(?<=\w)isation", "ization"),
        ("our", r"\b(lab|harb|neighb|hon|col|fav|behavi|tum|rum|arm|endeav|hum)our", r"\1or"),
        ("re", r"\b(cent|theat|fib|calib|spect)re(s?)\b", r"\1er\2"),
        ("ence", r"\b(def|off|lic)ence(s?)\b", r"\1ense\2"),
        ("programme", r"\b(program)me(s?)\b", r"\1\2"),
        ("aluminium", r"\b(alumin)ium", r"\1um"),
        ("grey", r"\b(gr)ey(?=s?\b)", r"\1ay"),
        ("paediatr", r"\b(p)aed(?=iatr)", r"\1ed"),
    )
)


def spelt_alike(text: str) -> str:
    """The text (with plain hyphens) in one spelling of what is written in several ways; its length may change."""
    lower = text.lower()
    for held, pattern, instead in _ALIKE:
        if held in lower:
            text = pattern.sub(instead, text)
    return _SPAN.sub(_in_days, text) if any(unit in lower for unit in ("hour", "month")) else text


@lru_cache(maxsize=1024)
def other_numbers(text: str) -> Mapping[float, float]:
    """What else may be told for the numbers of a text that count hours or the like: 24 for the 1 of "one-day"."""
    others: dict[float, float] = {}
    for match in _SPAN.finditer(text):
        own = _WORDS[match["number"].lower()], match["unit"].lower()
        for one, other in _SPANS.items():
            if own in (one, other):
                others[float(own[0])] = float(other[0] if own == one else one[0])
    return MappingProxyType(others)


def _in_days(match: re.Match[str]) -> str:
    value = _WORDS[match["number"].lower()]
    same = _SPANS.get((value, match["unit"].lower()))
    if same is None:
        return match.group()
    plural = "s" if match["mark"] == " " and same[0] > 1 else ""
    return f"{same[0]}{match['mark']}{same[1]}{plural}"
