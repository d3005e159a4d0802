"""Units and currencies, as they stand before or behind a number."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_SIGNS = dict(zip("$€£¥₹₽₪₩", "dollar euro pound yen rupee rouble shekel won".split(), strict=True))
_PREFIX = re.compile(
    r"(?:(?P<other>US|C|CA|A|AU|NZ|HK|S|R)?(?P<sign>[$€£¥₹₽₪₩])|\b(?P<code>USD|EUR|GBP|CHF|JPY|CNY|INR)) ?$"
)
_AFTER = re.compile(
    r"[- ]?(?:(?P<percentage_point>%? ?percentage points?|percent points?)|(?P<basis_point>basis points?|bps)"
    r"|(?P<percent>%|percent\b|per cent\b|pct\b)|(?P<degree_c>degrees? (?:c|celsius|centigrade)\b|° ?c\b)"
    r"|(?P<degree_f>degrees? (?:f|fahrenheit)\b|° ?f\b)|(?P<degree>°)|(?P<word>[a-z][a-z]*(?:[- ][a-z]+){0,2})\b)",
    re.IGNORECASE,
)
_ADJECTIVES = frozenset(
    "square cubic metric nautical us american canadian australian swiss british russian".split()
)
_NO_PLURAL = 3  # letters of a word that is none of a unit: "flight 418 has" tells of no "ha"
AGE = re.compile(r"[- ]years?[- ](?:old|of age)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unit:
    """What a unit is compared as, and by what a value in it is multiplied."""

    name: str
    factor: float


@cache
def units() -> Mapping[str, Unit]:
    """The units that come with the program, by how they are written."""
    found: dict[str, Unit] = {}
    for line in files("rag.words").joinpath("units.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            name, factor, *written = line.split()
            found.update(dict.fromkeys(written, Unit(name.lstrip("$").replace("-", " "), float(factor))))
    return found


@cache
def currencies() -> frozenset[str]:
    """The units that are money."""
    text = files("rag.words").joinpath("units.txt").read_text("utf-8")
    return frozenset(line[1:].split()[0] for line in text.splitlines() if line.startswith("$"))


def known_unit(written: str) -> Unit | None:
    """The unit that a word names, in the singular or the plural; None for any other word ("has" is no "ha")."""
    lower = written.lower()
    return units().get(lower) or (units().get(lower.removesuffix("s")) if len(lower) > _NO_PLURAL else None)


def unit_of(before: str, after: str) -> Unit | None:
    """The unit that stands right before or behind a number."""
    prefix = _PREFIX.search(before)
    if prefix:
        if prefix["code"]:
            return units()[prefix["code"].lower()]
        sign, other = _SIGNS[prefix["sign"]], prefix["other"]
        return Unit(sign if other in (None, "US") else f"{other[0].lower()} {sign}", 1)
    match = None if AGE.match(after) else _AFTER.match(after)
    if not match:
        return None
    if match.lastgroup and match.lastgroup != "word":
        return Unit(match.lastgroup.replace("_", " "), 1)
    following = re.findall(r"[^\s,;:.()'\"?!-]+", re.split(r"[,;:()]", match["word"].lower())[0])
    adjective = ""
    while following and following[0] in _ADJECTIVES:
        adjective = following.pop(0)
    word = following[0] if following else ""
    forms = (word, word.removesuffix("s"), word.removesuffix("es")) if len(word) > _NO_PLURAL else (word,)
    unit = next((u for form in forms if (u := units().get(form))), None)
    if unit is None:
        return None
    if adjective in ("square", "cubic", "nautical"):
        return Unit(f"{adjective} {word.removesuffix('s')}", 1)
    if adjective in ("canadian", "australian", "swiss", "british", "russian") and unit.name in currencies():
        return Unit(f"{adjective[0]} {unit.name}" if adjective in ("canadian", "australian") else unit.name, 1)
    return unit
