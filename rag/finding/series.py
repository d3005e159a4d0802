"""The briefings that a question names by their place among others: “the later report”."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from rag.asking.comparing import Named
from rag.asking.places import BEFORE, LAST, NUMBERS, PLACED
from rag.briefings import Briefing, Hit, Scope
from rag.library import Library
from rag.words.terms import content_words, is_stop_word, words
from rag.words.values import MONTHS

_LONGEST = 250  # characters of a question that names some
_TOLD_BY_ANYBODY = re.compile(r"(?:report|article|stor|account)", re.IGNORECASE)  # need not be so called
_PLACED = 5  # passages whose briefings may be meant
_SHARED = 2  # words of their titles that briefings of a series have in common
_NUMBERED = re.compile(r"\bno\.? ?(?P<number>\d+)\b", re.IGNORECASE)
_WHAT_IT_SAYS = re.compile(  # around its name, where nothing else is asked
    r"\W*(?:what(?:[’']s| is| was| do| does| did)(?: (?:said|written|reported))?)?\W*"
    r"(?:(?:say|tell(?: us)?|report|contain)s?)?\W*",
    re.IGNORECASE,
)
_CORRECTS = re.compile(r"corrections?\b", re.IGNORECASE)

Find = Callable[[str, Scope], list[Hit]]


@dataclass(frozen=True, slots=True)
class Placed:
    """The briefings that `text[start:end]` names by their place among others, in the order it names them, as they
    are `written`; the question `without` what tells the place, "" where it asks what that briefing says, and the
    `rest` of it without the briefings. They are of this `series`, in order."""

    briefings: tuple[Briefing, ...]
    written: tuple[str, ...]
    named: tuple[Named, ...]
    without: str
    rest: str
    series: tuple[Briefing, ...]
    sure: bool = False  # by the number in the title
    about: str = ""  # what is named behind them: "the second bulletin on deaths"


def places_a_topic(text: str) -> bool:
    """True for a question that names briefings by their place and what they are about, which needs no other: “the
    second drought bulletin”."""
    match = PLACED.search(text) if len(text) <= _LONGEST else None
    return match is not None and bool(match["topic"] or match["about"])


def placed(text: str, library: Library, find: Find, scope: Scope, spoken_of: Sequence[str] = ()) -> Placed | None:
    """The one or two briefings that a question names by their place; None where it names none or they are not
    known. “The previous one” comes before those that were `spoken_of`."""
    match = PLACED.search(text) if len(text) <= _LONGEST else None
    if match is None:
        return None
    thing = f"{match['topic']}{match['piece']}"
    rest = f"{text[: match.start()].rstrip()}{text[match.end() :]}"
    without = f"{text[: match.start()]}the {thing}{text[match.end('piece') :]}"
    if match["in"] and content_words(rest):  # "list the measures in the second bulletin"
        without = rest
    elif _WHAT_IT_SAYS.fullmatch(rest):
        without = ""
    series = _series(match, without or text, library, find, scope, spoken_of)
    wanted = [match[name] for name in ("also", "which") if match[name]]
    found = [one for which in wanted if (one := _placed(which.lower(), series, spoken_of))]
    if len(found) == 1 and len(wanted) == 2 and found[0] is series[-1] and wanted[1].lower() in BEFORE:
        found.append(series[-2])  # "the later and the earlier one" of three are the last two
    if len(found) != len(wanted) or len({b.briefing_id for b in found}) != len(found):
        return None
    written = [f"the {which} {thing}" for which in wanted]
    begin = match.start() + len(match["in"] or "")
    starts = [begin, match.start("which")] if match["also"] else [begin]
    ends = [match.end("also"), match.end("piece")] if match["also"] else [match.end("piece")]
    named = (Named((), a, b, (one.briefing_id,)) for a, b, one in zip(starts, ends, found, strict=True))
    told = zip(map(str.lower, wanted), found, strict=True)
    sure = all(which in NUMBERS and _number(one) == NUMBERS[which] for which, one in told)
    return Placed(
        tuple(found), tuple(written), tuple(named), without, rest, tuple(series), sure, match["about"] or ""
    )


def _series(
    match: re.Match[str], text: str, library: Library, find: Find, scope: Scope, spoken_of: Sequence[str]
) -> list[Briefing]:
    """The briefings among which one is named, by number or else by date: where no topic is named, rather those that
    were `spoken_of`."""
    hits = [*find(f"{match['topic']}{match['piece']}{match['about'] or ''}", scope), *find(text, scope)]
    topic = {w.term for w in content_words(f"{match['topic']}{match['about'] or ''}")}
    before: Sequence[str] = () if topic else spoken_of
    if before and scope:
        admitted = set(library.within(scope))
        before = [one for one in before if one in admitted]
    ids = dict.fromkeys([*before, *(hit.passage.briefing_id for hit in hits)])
    known = [b for b in library.briefings(ids) if b.published and not _CORRECTS.match(b.title)]
    piece = {w.term for w in words(match["piece"])}
    called = [b for b in known if piece <= (told := _telling(b)) and (not topic or topic & told)]
    if called:
        first = called[0]
        own = [b for b in called if b.source == first.source and len(_telling(b) & _telling(first)) >= _SHARED]
        if len(own) > 1:
            return sorted(own, key=lambda b: (_number(b) or 0, b.published or date.min))
    if topic and _TOLD_BY_ANYBODY.match(match["piece"]):
        near = [b for b in known[:_PLACED] if topic & _telling(b)]
        return sorted(near, key=lambda b: b.published or date.min) if len(near) > 1 else []
    return []


def _placed(which: str, series: Sequence[Briefing], spoken_of: Sequence[str]) -> Briefing | None:
    """The one of a series that stands there; None where that is not known."""
    at = next((i for i, b in enumerate(series) if b.briefing_id in spoken_of), None)
    if len(series) < 2:
        return None
    if which in LAST:
        return series[-1]
    if which in ("previous", "preceding"):
        place = (len(series) if at is None else at) - (2 if at is None else 1)
        return series[place] if place >= 0 else None
    if which in BEFORE:
        return series[0] if len(series) == 2 or which == "original" else None
    if which in MONTHS:
        own = [b for b in series if b.published and b.published.month == MONTHS.index(which) + 1]
        return own[0] if len(own) == 1 else None
    number = NUMBERS[which]
    if any(map(_number, series)):
        return next((b for b in series if _number(b) == number), None)
    return series[number - 1] if number <= len(series) else None


def _telling(briefing: Briefing) -> set[str]:
    """The words of a title without numbers, months and the like."""
    return {
        w.term
        for w in words(briefing.title)
        if w.written.isalpha() and not is_stop_word(w.written) and w.written.lower() not in (*MONTHS, *NUMBERS)
    }


def _number(briefing: Briefing) -> int | None:
    """The number that a title gives its briefing."""
    if match := _NUMBERED.search(briefing.title):
        return int(match["number"])
    return next((n for w in words(briefing.title) if (n := NUMBERS.get(w.written.lower()))), None)
