"""The sides of a question that compares: “how do the Courier's and the Gazette's counts of strikers differ?” asks
two things, “how many strikers?” of the Courier and the same of the Gazette.

A side is a source that the library holds, a month, week or the like, or what the question sets against another:
“in Oriel than in Kelby”, “higher, the union or the operator”. What is asked of each is the question without its
sides and without the words that only compare; a side that is no source stays in it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.asking.question import subject_of
from rag.words.values import MONTHS
from rag.words.verbs import SAY

_LONGEST = 25  # words of a question that sets two sides against each other
_MARK = "\N{BULLET OPERATOR}"  # stands where a side stood
_JOIN = r"(?:and|or|nor|versus|vs\.?|with|to|than|from|against)"
_COMPARES = re.compile(
    r"\b(?:compar\w+|contrast\w*|differ\w*|(?:dis)?agree\w*|contradict\w*|discrepanc\w+|than|versus|vs|both|each"
    r"|match(?:es)?|exceeds?|equals?"
    r"|higher|lower|bigger|larger|smaller|greater|the same)\b",
    re.IGNORECASE,
)
_OPPOSES = re.compile(r"\b(?:compar\w+|contrast\w*|differ\w*|than|versus|vs)\b", re.IGNORECASE)
_MAY_COMPARE = re.compile(rf"{_COMPARES.pattern}|\b{_JOIN}\b", re.IGNORECASE)
_ONE_THING = re.compile(r"\b(?:why|reasons?|how come|explains?)\b", re.IGNORECASE)  # what makes two differ
_TO_OTHER = rf"(?:{_JOIN}|match(?:es)?|exceeds?|equals?)(?: (?:the|in|by|on|from|that|those|what|of|according to))*"
_JOINED = re.compile(rf"(?:['’]s?)?,? {_JOIN} (?:(?:the|in|by|of|according to) )*", re.IGNORECASE)
_ENDS_JOINED = re.compile(rf"\b{_TO_OTHER} $", re.IGNORECASE)
# What stands before two sources of which something is asked, and what makes it so: "what do both say", "in both"
_BEFORE = re.compile(
    r"(?:^|[,:]|\b(?P<do>do|did)|\b(?:according to|in|by|per|does))(?: (?:the|both|either))*\W*$", re.IGNORECASE
)
SAYS = re.compile(rf"\b(?:{SAY}|(?:count|give|name|put|quote|see)\b)")
_REJECTED = re.compile(r"\b(?:rather than|instead of|(?:but|and) not)(?: (?:the|by|in|to))*\W*$", re.IGNORECASE)
_MONTH = "|".join(m.capitalize() for m in MONTHS)
_YEAR = re.compile(r" (?:19|20)\d\d$")
_TIME = rf"\b(?:(?:{_MONTH})(?: (?:19|20)\d\d)?|(?:19|20)\d\d|(?:week|day|round|phase|stage|quarter) \d+)\b(?! \d)"
_DEGREE = r"(?:more|fewer|less|higher|lower|bigger|larger|smaller|greater|longer|shorter|earlier|later|sooner)"
# "in week 22 than in week 19", "the May figure compare with June's"
_TIMES = re.compile(
    rf"(?P<one>{_TIME})(?:['’]s)?(?P<noun>(?: (?!{_DEGREE}\b)[a-z]+){{0,3}}?)(?P<degree>(?: {_DEGREE})?)"
    rf"(?: (?:compares?|differs?))?,? {_JOIN}"
    rf"(?: (?:those|that|the ones?|in|of|by|for|on|at|the)){{0,4}} (?P<other>{_TIME})(?:['’]s)?"
)
# A side with what leads up to it and what hangs on it: "in the Courier's report", "than the Courier does".
_LEADING = r"(?:\b(?:according to|in|by|from|of|at|on|for|per|between|both|either|do|does|did|has|have|the) )*"
_REPORT = (
    r"(?: (?:reports?|statements?|articles?|accounts?|versions?|views?|findings|pieces?|stor(?:y|ies)"
    r"|does|do|did|each|respectively)\b)"
)
_BEHIND = rf"(?:['’]s?)?{_REPORT}?"
_OWNED = re.compile(rf"['’]s?{_REPORT}?$", re.IGNORECASE)
_SIDE = rf"{_LEADING}{_MARK}{_BEHIND}"
_SIDES = re.compile(
    rf"{_SIDE}(?:,? {_JOIN} (?:(?:in|by|of|with) )?(?:(?:that|those|what|the ones?) )?{_SIDE})?,?", re.IGNORECASE
)
_HOW_FAR = re.compile(r"^(?:by how much|how far|how|where|in what(?: way)?) (?=(?:do|does|did)\b)", re.IGNORECASE)
_ONLY_COMPARES = re.compile(
    r"\b(?:(?:what|how (?:big|large|great|wide)) (?:is|are|was|were) the (?:differences?|gap|discrepanc(?:y|ies))"
    r"|(?:is|are|was|were) there (?:an?|any) (?:differences?|discrepanc(?:y|ies))"
    r"|(?:which|whose) (?:of (?:the )?(?:two|both) )?(?:\w*papers?|sources?|outlets?|reports?|sides?|one)"
    r"|which of (?:them|these|those|the two)"
    r"|(?:compar|differ|contrast|contradict|disagree|agree)\w*(?: (?:each other|one another))?"
    r"(?: (?:with|to|from|on|about|over|as to|in|regarding)\b)*|than|match(?:es)?|exceeds?|equals?)\b",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"^(?:[ ,:;]|\b(?:who|do|does|did|is|are|was|were|on|in|about|over|for|as to|put|puts|gives?|gave|reports?"
    r"|reported|counts?(?! of)|counted|says?|said|saw|sees?|names?|named|has|have|records?|recorded)\b)+",
    re.IGNORECASE,
)
_HOW_MANY = re.compile(r"^(?:the )?(?:numbers?|counts?|tally|tallies) of (?:the )?", re.IGNORECASE)
_FIGURES = re.compile(r"^(?:the |an? )?(?:figures?|numbers?|estimates?|counts?) (?:for|of|on) ", re.IGNORECASE)
_HAS_HEIGHT = re.compile(
    r"\b(?:by how much|numbers?|counts?|tolls?|figures?|(?<!at any )rates?|prices?|costs?|totals?|estimates?"
    r"|turnout|shares?|percentages?|sums?|amounts?|averages?|sizes?|wages?|pay|fares?|population|speeds?|cases|deaths"
    r"|losses|sales|targets?|forecasts?|tall(?:y|ies))\b",
    re.IGNORECASE,
)
_ASKS = re.compile(r"\b(?:how|what|when|where|who|whom|whose|which|why)\b.*", re.IGNORECASE)
_BY_DEGREE = tuple(
    (re.compile(rf"\b(?:a |the )?(?:{words})\b"), how)  # no name: "Lower Sennet"
    for words, how in (
        ("more (?:about|on|of)", "What is said about"),
        ("more|fewer", "How many"),
        ("less", "How much"),
        ("earlier|later|sooner", "When"),
        ("longer|shorter", "How long"),
        ("bigger|smaller", "How big is"),
        ("larger|greater", "How large is"),
        ("higher|lower", "How high is"),
    )
)
# What asks for the difference itself, which may be told.
_HOW_MUCH_MORE = re.compile(rf"(?:by )?how (?:many|much|far) {_DEGREE}\b", re.IGNORECASE)
# Sides that are told apart by words of their own, of which a source may be one.
_WORDS = r"(?!(?:how|what|who|when|where|which|why|a|an|one)\b)[\w'’.&-]+(?: (?!(?:and|or|than)\b)[\w'’.&-]+){0,5}"
_IN_WORDS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # "who put the number higher, the union or the operator"
        rf"(?P<asked>(?!what).*\b{_DEGREE}\b.*),(?P<by>) (?:the )?(?P<one>{_WORDS})"
        rf" or (?:the )?(?P<other>{_WORDS})",
        # "is the share higher in Oriel than in Sennet"
        rf"(?P<asked>.*\b{_DEGREE}\b.*?) (?P<by>in|by|for|among|at|under) (?P<one>{_WORDS})"
        rf" than (?P=by) (?P<other>{_WORDS})",
        # "how do the rates of the bank in Oriel and the one in Sennet differ"
        rf"how (?:do|did) (?P<asked>.+?) (?P<by>of|for|in|among|on) (?P<one>{_WORDS}) and (?P<other>{_WORDS})"
        r" (?:differ|compare)",
    )
)


@dataclass(frozen=True, slots=True)
class Side:
    """A side as it is `written`, what is `asked` of it, and its `sources` or briefings; a side without any stands
    in what is asked."""

    written: str
    asked: str
    sources: tuple[str, ...] = ()
    briefing_ids: tuple[str, ...] = ()

    @property
    def is_told(self) -> bool:
        """True for a side that has briefings of its own."""
        return bool(self.sources or self.briefing_ids)


@dataclass(frozen=True, slots=True)
class Named:
    """Sources, or briefings, that `text[start:end]` names."""

    sources: tuple[str, ...]
    start: int
    end: int
    briefing_ids: tuple[str, ...] = ()


def sides_of(text: str, named: Callable[[str], Sequence[Named]]) -> tuple[Side, ...]:
    """The two sides that a question compares, in order; none for another question. `named` gives the sources that
    a text names. A long question tells by itself what it asks of each."""
    if not _MAY_COMPARE.search(text) or _ONE_THING.search(text) or len(text.split()) > _LONGEST:
        return ()
    if _OPPOSES.search(text) and (match := _TIMES.search(text)):
        return _in_times(match)
    if len(sources := named(text)) == 2 and set(sources[0].sources).isdisjoint(sources[1].sources):
        one, other = sources
        gap = text[one.end : other.start]
        if not _REJECTED.search(gap) and _are_set_side_by_side(text, one.start, gap):
            asked = _asked(f"{text[: one.start]}{_MARK}{gap}{_MARK}{text[other.end :]}")
            sides = (Side(text[s.start : s.end], asked, s.sources, s.briefing_ids) for s in sources)
            return tuple(sides) if asked else ()
    return _in_words(text, named) if _COMPARES.search(text) or re.search(rf"\b{_DEGREE}\b", text) else ()


def _in_times(match: re.Match[str]) -> tuple[Side, ...]:
    """The sides that are two times; a month without a year is of the other's: “in March than in May 2031”."""
    one, other = match.group("one", "other")
    if one[0].isupper() and not _YEAR.search(one) and (year := _YEAR.search(other)):
        one += year.group()
    before, behind = _HOW_FAR.sub("", match.string[: match.start()]), match.string[match.end() :]
    times = [f"{time}{match['noun']}" for time in (one, other)]
    sides = tuple(Side(time, _asked(f"{before}{time}{match['degree']}{behind}")) for time in times)
    return sides if all(side.asked for side in sides) else ()


def _are_set_side_by_side(text: str, start: int, gap: str) -> bool:
    """True for two sources, `start` and behind the `gap`, which something is asked of both."""
    if _COMPARES.search(text):
        return _ENDS_JOINED.search(gap) is not None
    before = _BEFORE.search(text[:start]) if _JOINED.fullmatch(gap) else None
    return before is not None and (not before["do"] or SAYS.search(text) is not None)


def _in_words(text: str, named: Callable[[str], Sequence[Named]]) -> tuple[Side, ...]:
    """The sides that are told apart by words; those that name a source are looked for there."""
    found = (pattern.fullmatch(text.rstrip(" ?.!")) for pattern in _IN_WORDS)
    match = None if _HOW_MUCH_MORE.match(text) else next(filter(None, found), None)
    asked = _asked(match["asked"]).rstrip("?") if match else ""
    if not match or not subject_of(f"? {asked}"):
        return ()
    sides = []
    for written in match.group("one", "other"):
        sources, owner = named(f"the {written}"), _OWNED.sub("", written)
        if len(sources) == 1:
            sides.append(Side(written, f"{asked}?", sources[0].sources))
        else:
            by = match["by"] if match["by"] and owner == written else "according to"
            sides.append(Side(written, f"{asked} {by} {owner}?"))
    return tuple(sides)


def _asked(marked: str) -> str:
    """What is asked of each side, of a question with a mark in the place of each; "" where nothing is left."""
    rest = _HOW_FAR.sub("", marked) if _COMPARES.search(marked) else marked
    rest = _SIDES.sub(" ", rest.rstrip(" ?.!"))
    rest = _ONLY_COMPARES.sub(" ", rest)
    ask = ""
    for degree, how in _BY_DEGREE:
        if degree.search(rest):
            rest, ask = degree.sub(" ", rest), how
            break
    rest = " ".join(_OPENING.sub("", rest).split()).strip(" ,:;")
    rest = _FIGURES.sub("", rest) if _ASKS.match(_FIGURES.sub("", rest)) else rest
    if rest.lower().startswith(("what say about ", "what say of ", "what say on ")):
        return f"What is said about {rest.split(maxsplit=3)[3]}?"
    if asks := _ASKS.search(rest):
        return f"{asks.group()[0].upper()}{asks.group()[1:]}?"
    if not subject_of(f"? {rest}"):
        return ""
    if _HOW_MANY.match(rest):
        return f"How many {_HOW_MANY.sub('', rest)}?"
    if rest.lower().startswith("that "):
        return f"Is it true {rest}?"
    ask = ask or ("How high is" if _HAS_HEIGHT.search(marked) else "")
    return f"{ask} {rest}?".lstrip()
