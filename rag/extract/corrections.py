"""What a sentence tells that can be told otherwise, and what of it a correction calls wrong."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

from rag.extract.candidates import Candidate
from rag.extract.readings import ReadText
from rag.words.terms import words
from rag.words.values import month_of, numbers_in

_ON = r"(?:[^,.;:()]|[.,:](?=\d))"  # goes on, as "1,340" and "14:00" do
_NO_DEED = "".join(rf"(?<!\b{w} )" for w in "did does do has have had can could may might".split())  # "did not say"
_CORRECTS = re.compile(
    rf"\b(?:{_NO_DEED}not|instead of|rather than)\s+(?P<behind>{_ON}{{1,40}})"
    r"|\b(?:we (?:wrote|said|reported|stated)|(?:wrongly|incorrectly|mistakenly) \w+"
    r"|(?:our|earlier|previous|preliminary|provisional|interim|first|original)"
    r" (?:version|report|edition|bulletin|story|article|figure)\b"
    rf"[^.;:()]{{0,40}}?\b(?:said|gave|put|stated|named|was|(?<=figure )of))\s+(?P<told>{_ON}{{1,80}})",
    re.IGNORECASE,
)
_SETS_RIGHT = re.compile(
    r"(?:corrections?|corrigend\w+|errat\w+)(?: (?:to|of|on|for|in|and)\b|[^\w ]|$)", re.IGNORECASE
)
# What a newer briefing may tell.
_LEFT_OPEN = re.compile(
    r"\b(?:has|have|had) (?:not|yet to)\b|\bnot yet\b|\b(?:no|none|nobody|nothing|not)\b[^.;]*\b(?:so far|yet)\b"
    r"|\b(?:is|are) (?:still )?(?:considering|weighing|seeking|looking for|searching for)\b",
    re.IGNORECASE,
)
# That something will be at another time, or of another size.
_CHANGED = re.compile(
    r"\b(?:has|have|had|was|were|is|are) (?:been )?(?:since )?(?:slipped|postponed|put off|put back|delayed"
    r"|deferred|rescheduled|brought forward|revised|corrected|reconsidered)(?=[.,;:]|$)",
    re.IGNORECASE,
)
COMMON = 2  # content words that a correction has at least in common with what it corrects
_CLOCK = re.compile(r"\b\d{1,2}:\d\d\b")
_NAME = re.compile(r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)+")


def sets_right(title: str) -> bool:
    """True for the title of a correction: "Corrections to our report of 4 May"."""
    return bool(_SETS_RIGHT.match(title))


def is_left_open(text: str) -> bool:
    """True for a sentence that tells that something is not so yet: "Nobody has been arrested so far."."""
    return bool(_LEFT_OPEN.search(text))


@lru_cache(maxsize=8192)  # the same sentences are compared for many questions
def values_told(text: str) -> frozenset[float | str]:
    """The numbers, the names, the days with their months ("30 july") and the times on the clock of a text."""
    found: set[float | str] = {*_NAME.findall(text), *_CLOCK.findall(text)}
    parsed = words(_CLOCK.sub("", text))
    for number in numbers_in(parsed):
        beside = [parsed[i].written for i in (number.first - 1, number.last + 1) if 0 <= i < len(parsed)]
        month = next((m for m in map(month_of, beside) if m), None)
        found.add(f"{number.value:g} {month}" if month else number.value)
    return frozenset(found)


@lru_cache(maxsize=8192)
def wrong_values(text: str) -> frozenset[float | str]:
    """The numbers and names that a sentence says were wrong."""
    found: set[float | str] = set()
    for match in _CORRECTS.finditer(text):
        found |= values_told(match["behind"] or match["told"])
    return frozenset(found)


def set_right(told: Sequence[Candidate], others: Iterable[Candidate]) -> list[Candidate]:
    """The sentences that are told, in order; in the place of one with a value that another one of a later briefing
    calls wrong, that other one."""
    corrections = [c for c in others if wrong_values(c.text)]
    kept: dict[tuple[str, int], Candidate] = {}
    for one in told:
        right = next((c for c in corrections if _corrects(c, one)), one)
        kept.setdefault((right.briefing.briefing_id, right.start), right)
    return list(kept.values())


def _corrects(one: Candidate, stale: Candidate) -> bool:
    """True for a sentence that calls a value of one of an older briefing, about the same thing, wrong."""
    days = [c.briefing.published or date.min for c in (one, stale)]
    if one.briefing.briefing_id == stale.briefing.briefing_id or days[0] < days[1]:
        return False
    both = ReadText.of(one.text).terms.keys() & ReadText.of(stale.text).terms.keys()
    return len(both) >= COMMON and not wrong_values(one.text).isdisjoint(values_told(stale.text))


def is_set_right_behind(text: str, after: str) -> bool:
    """True for a sentence that tells nothing but what was wrong, or that it has changed, where the one `after` it
    tells what is right: "We wrote that 81 had died. The right number is 18."."""
    match = next((m for m in _CORRECTS.finditer(text) if m["told"]), None)
    if match is None:
        changed = _CHANGED.search(text)
        return changed is not None and not values_told(text[changed.end() :]) and bool(values_told(after))
    wrong = values_told(match["told"])
    return bool(wrong) and values_told(text[match.end() :]) <= wrong and not values_told(after) <= wrong
