"""Things that are written in several ways: world wars, saints, days in hours, British and American words."""

import re
from collections.abc import Mapping

# A number that is part of a name counts nothing.
NUMBERED_NAME = re.compile(r"\b(?:world war (?:one|two|[12])|covid[-‐‑ ]?19)\b", re.IGNORECASE)
_SPANS = {(24, "hour"): (1, "day"), (48, "hour"): (2, "day"), (72, "hour"): (3, "day"), (12, "month"): (1, "year")}
_WORDS = {"24": 24, "48": 48, "72": 72, "12": 12, "twenty-four": 24, "forty-eight": 48, "seventy-two": 72,
          "twelve": 12, "1": 1, "2": 2, "3": 3, "one": 1, "two": 2, "three": 3}  # fmt: skip
_SPAN = re.compile(
    rf"\b(?P<number>{'|'.join(_WORDS)})(?P<mark>[-‐‑ ])(?P<unit>hour|day|month|year)(?P<end>s?)\b",
    re.IGNORECASE,
)
_ALIKE: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE if low else 0), instead)
    for pattern, instead, low in (
        (r"\b(?:world war (?:ii|two|2)|second world war|ww ?(?:ii|2))\b", "WWII", True),
        (r"\b(?:world war (?:i|one|1)|first world war|ww ?(?:i|1))\b", "WWI", True),
        (r"\bcovid[-‐‑ ]?19\b", "Covid", True),
        (r"\bSt\.? (?=[A-Z])", "Saint ", False),
        (r"\bMt\.? (?=[A-Z])", "Mount ", False),
        (r"\bFt\.? (?=[A-Z])", "Fort ", False),
        (r"\b(co)[-‐‑](?=o[pr])", r"\1", True),
        (r"\b(\w+)isation", r"\1ization", True),
        (r"\b(lab|harb|neighb|hon|col|fav|behavi|tum|rum|arm|endeav|hum)our", r"\1or", True),
        (r"\b(cent|theat|fib|calib|spect)re(s?)\b", r"\1er\2", True),
        (r"\b(def|off|lic)ence(s?)\b", r"\1ense\2", True),
        (r"\b(program)me(s?)\b", r"\1\2", True),
        (r"\b(alumin)ium", r"\1um", True),
        (r"\b(gr)ey(?=s?\b)", r"\1ay", True),
        (r"\b(p)aed(?=iatr)", r"\1ed", True),
    )
)


def spelt_alike(text: str) -> str:
    """The text with one spelling for what is written in several ways; its length may change."""
    for pattern, instead in _ALIKE:
        text = pattern.sub(instead, text)
    return _SPAN.sub(_in_days, text)


def other_numbers(text: str) -> Mapping[float, float]:
    """What else may be told for the numbers of a text that count hours or the like: 24 for the 1 of "one-day"."""
    others: dict[float, float] = {}
    for match in _SPAN.finditer(text):
        own = _WORDS[match["number"].lower()], match["unit"].lower()
        for one, other in _SPANS.items():
            if own in (one, other):
                others[float(own[0])] = float(other[0] if own == one else one[0])
    return others


def _in_days(match: re.Match[str]) -> str:
    value = _WORDS[match["number"].lower()]
    same = _SPANS.get((value, match["unit"].lower()))
    if same is None:
        return match.group()
    plural = "s" if match["mark"] == " " and same[0] > 1 else ""
    return f"{same[0]}{match['mark']}{same[1]}{plural}"
