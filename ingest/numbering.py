"""The marks of a Word document's list items: bullets, and numbers counted as Word counts them."""

import re
from dataclasses import dataclass, field

from docx.oxml.ns import qn
from lxml import etree

BULLET = "• "


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is marked: the kind of number, the words around it, and the first number."""

    form: str = "bullet"
    template: str = "%1."
    first: int = 1


@dataclass(frozen=True, slots=True)
class Numbering:
    """The levels of every list of a document, by the list's number and the level, from 0."""

    levels: dict[tuple[int, int], Level] = field(default_factory=dict)

    @staticmethod
    def of(root: etree._Element | None) -> "Numbering":
        """What the part `numbering.xml` says; nothing when there is none."""
        if root is None:
            return Numbering()
        abstract = {a.get(qn("w:abstractNumId")): a for a in root.findall(qn("w:abstractNum"))}
        levels = {}
        for number in root.findall(qn("w:num")):
            refers = number.find(qn("w:abstractNumId"))
            number_id = number.get(qn("w:numId"), "")
            shape = abstract.get(refers.get(qn("w:val"))) if refers is not None else None
            if shape is None or not re.fullmatch(r"\d{1,9}", number_id):
                continue
            for level in shape.findall(qn("w:lvl")):
                depth = level.get(qn("w:ilvl"), "")
                if re.fullmatch(r"\d", depth):
                    levels[int(number_id), int(depth)] = _level(level)
        return Numbering(levels)


class Counters:
    """Counts the items of all lists of a document as they come."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._counts: dict[tuple[int, int], int] = {}

    def mark(self, number: int | None, depth: int) -> str:
        """What stands before the next item of this list at this level."""
        if number is None:
            return BULLET
        level = self._numbering.levels.get((number, depth), Level())
        if level.form in ("bullet", "none"):
            return BULLET
        count = self._counts.get((number, depth), level.first - 1) + 1
        self._counts[number, depth] = count
        for deeper in [key for key in self._counts if key[0] == number and key[1] > depth]:
            del self._counts[deeper]
        return f"{re.sub(r'%([1-9])', lambda m: self._written(number, int(m[1]) - 1), level.template).strip()} "

    def _written(self, number: int, depth: int) -> str:
        level = self._numbering.levels.get((number, depth), Level("decimal"))
        return written(self._counts.get((number, depth), level.first), level.form)


def written(count: int, form: str) -> str:
    """A number as a list shows it: `written(3, "lowerRoman")` is `iii`."""
    if form in ("lowerLetter", "upperLetter") and count > 0:
        letter = chr(ord("a") + (count - 1) % 26) * min(1 + (count - 1) // 26, 9)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman") and 0 < count < 4000:
        roman, rest = "", count
        values = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
        for value, sign in zip(values, "m cm d cd c xc l xl x ix v iv i".split(), strict=True):
            roman += sign * (rest // value)
            rest %= value
        return roman.upper() if form == "upperRoman" else roman
    return str(count)


def _level(level: etree._Element) -> Level:
    def value(name: str, default: str) -> str:
        found = level.find(qn(name))
        return found.get(qn("w:val"), default) if found is not None else default

    first = value("w:start", "1")
    return Level(value("w:numFmt", "bullet"), value("w:lvlText", "%1."), int(first) if first.isdecimal() else 1)
