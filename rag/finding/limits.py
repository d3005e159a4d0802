"""The limits that a request for news or an overview names: “…, only from the Courier”, “… since 3 May”."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from rag.asking.comparing import Named
from rag.briefings import Scope
from rag.finding.catalogue import Catalogue
from rag.words.periods import periods_in

_LONGEST = 200  # characters of such a request
_MAY_LIMIT = re.compile(
    r"\W*(?:(?:please|kindly|can|could|would|will|you|and|but|so|ok|okay|now),? )*(?:tell|give|show|write|list"
    r"|draft|compose|prepare|provide|make|create|draw|put|what|what[’']s|summari[sz]e|sum|recap|brief|update|fill"
    r"|catch|bring|get|walk|run"
    r"|explain|describe|any|anything|is|are|do|news|latest|an?|the|overview|timeline|history|everything|how about"
    r"|compare|only|just|by|from|since|in|on|before|after|until|between|this|last|according)\b",
    re.IGNORECASE,
)
REPORTS = (
    r"(?:reports?|reporting|coverage|accounts?|articles?|briefings?|stor(?:y|ies)|pieces?|versions?|views?|news"
    r"|notes?)"
)
_PAPERS = r"(?:reports?|reporting|coverage|articles?|briefings?|stories|pieces)"
_ONLY = r"(?:(?:but |and )?(?:only|just|solely|exclusively) )?"
_FROM = re.compile(
    rf"(?:^|[\s,(])(?:{_ONLY}(?:(?:in )?(?:{_PAPERS} )?(?:from|in)|(?:in )?{_PAPERS} (?:by|of)|according to|per"
    r"|as reported by)|what about|how about|only|just)(?: only| just)? (?:both |either )?(?:the )?$",
    re.IGNORECASE,
)
_ENDED = rf"(?:['’]s?)?(?: {REPORTS})?(?: (?:only|alone))?"
_GOES_ON = (
    r"(?:$|[,)]|(?= (?:on|about|regarding|since|before|after|until|between|in|from|during|this|last|over)\b))"
)
_BEHIND = re.compile(rf"{_ENDED}{_GOES_ON}", re.IGNORECASE)
# "the Gazette's coverage of the flood", "what the Gazette wrote about it"
_OWNED = re.compile(rf"(?:['’]s?) {REPORTS} (?:of|on|about) ", re.IGNORECASE)
_TOLD = re.compile(
    r"(?: (?:has|have|had))? (?:says?|said|writes?|wrote|written|reports?|reported|tells?|told|to say)"
    r" (?:about|on|of) ",
    re.IGNORECASE,
)
_ALONE = re.compile(r" (?:only|alone|reports? only)", re.IGNORECASE)  # "…, Sennet Courier only"
_HAS = re.compile(r"\W*(?:and |so )?what(?:[’']s| has| have| did| does| is) (?:the )?", re.IGNORECASE)
_LATELY = re.compile(
    r" (?:been )?(?:say|said|saying|writ(?:e|ten|ing)|report(?:ed|ing)?|publish(?:ed|ing)?|told us)"
    r" (?:lately|recently|of late|these days|so far|now)",
    re.IGNORECASE,
)
_WHAT = re.compile(r"\bwhat (?:the )?$", re.IGNORECASE)
_THE = re.compile(r"\b(?:the )?$", re.IGNORECASE)
_WHAT_IS = re.compile(r"\W*what(?:[’']s| is| was| are| were)", re.IGNORECASE)
_SHOWN = re.compile(r"\b(?:(?:tell|give|show) (?:me|us))$", re.IGNORECASE)
_AND = re.compile(r"(?:['’]s?)?(?: and| or|,)(?: (?:from|in))?(?: the)? ", re.IGNORECASE)
_DATED = re.compile(
    r"(?:^|[\s,(])(?:(?:that|which|is|was|were|are|published|written|dated|but|only|just) )*"
    r"(?:(?:from|of|in|on|for|during|over|within) )?(?:the )?$",
    re.IGNORECASE,
)
_COURSE = re.compile(r"\W*how (?:did|do|does|has|have)\b", re.IGNORECASE)  # "… develop between May and July?"
_OF_MONTH = re.compile(r"\b(?:of|from|during)(?= \w+$)", re.IGNORECASE)  # "from May", which "in May" means as well
_DATED_ON = re.compile(r"$|[,)]| (?=(?:on|about|regarding|with|from|by|only|according)\b)", re.IGNORECASE)
_OPEN = re.compile(
    r"(?:since|before|after|until|by|from|between|today|yesterday|this|last|past|the)\b", re.IGNORECASE
)
_POLITE = re.compile(r"(?:,? (?:please|for (?:me|us)|so far))*[\s.?!]*$", re.IGNORECASE)
# What is left of a question that names nothing but limits: "and only from the Courier?"
_NOTHING = re.compile(
    r"(?:\W|\b(?:and|but|so|ok|okay|now|please|only|just|what|how|about|then|the|those|ones?)\b)*", re.IGNORECASE
)
_UNKNOWN = re.compile(
    r"(?:^|[\s,])(?:only|just|solely) (?:from|by|according to) (?:the )?"
    r"(?P<name>(?-i:[A-Z])[\w’'-]*(?: (?-i:[A-Z])[\w’'-]*)*)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Limited:
    """A request without its limits ("" where it names nothing else), and these, as a `scope` and as they are
    written: `by` whom it is told and `when`. `unknown` names a source that there is not, and `loose` limits may
    belong to what is asked about: “the flood in May”."""

    text: str
    scope: Scope = field(default_factory=Scope)
    by: str = ""
    when: str = ""
    unknown: str = ""
    loose: bool = False

    def __bool__(self) -> bool:
        return bool(self.scope or self.unknown)

    @property
    def of_one_day(self) -> bool:
        """True where the days may be that of an event: “on 3 May”."""
        return self.loose and self.scope.since == self.scope.until


def may_limit(text: str) -> bool:
    """False for a text that is no request, nor a piece that limits one, known at a glance."""
    return len(text) <= _LONGEST and _MAY_LIMIT.match(text) is not None


def limited(text: str, catalogue: Catalogue, today: date) -> Limited:
    """A request and its limits, where it names any. “Last week” is counted from `today`."""
    core = text[: match.start()] if (match := _POLITE.search(text)) else text
    if len(core) > _LONGEST:
        return Limited(text)
    found = _by_whom(core, catalogue)
    found = _when(found or Limited(core), today) or found or Limited(core)
    if not found and (named := _UNKNOWN.search(core)):
        return Limited(core[: named.start()].strip(" ,"), unknown=named["name"])
    if not found:
        return Limited(text)
    rest = "" if _NOTHING.fullmatch(found.text) else found.text
    return Limited(rest, found.scope, found.by, found.when, "", found.loose)


def _by_whom(text: str, catalogue: Catalogue) -> Limited | None:
    """A text without the sources that it is limited to; None where it names none so."""
    for sources, start, end in side_by_side(catalogue.mentioned(text), text):
        before, behind = text[:start], text[end:]
        scope, article = Scope(sources=sources), "the " if before.lower().endswith("the ") else ""
        named = f"from {article}{text[start:end]}"
        if _NOTHING.fullmatch(before) and _NOTHING.fullmatch(behind):  # "and the Gazette?"
            return Limited("", scope, named, loose=True)
        if (told := _FROM.search(before)) and (rest := _BEHIND.match(behind)):
            written = f"{before[told.start() :]}{text[start:end]}{rest.group().rstrip(',')}"
            return Limited(_joined(before[: told.start()], behind[rest.end() :]), scope, written.strip(" ,"))
        if _ALONE.fullmatch(behind) and (asking := before.rstrip(" ,").removesuffix(" the")):
            return Limited(asking, scope, f"only {named}")
        if _LATELY.fullmatch(behind) and _HAS.fullmatch(before):
            return Limited("what’s new?", scope, named)
        owned = _OWNED.match(behind)
        if (rest := owned or _TOLD.match(behind)) and (said := (_THE if owned else _WHAT).search(before)):
            asking = before[: said.start()].rstrip()
            asking = "tell me about" if _SHOWN.search(asking) or _WHAT_IS.fullmatch(asking) else asking
            if asking:
                return Limited(f"{asking} {behind[rest.end() :]}", scope, named)
    return None


def _when(found: Limited, today: date) -> Limited | None:
    """What is found without the days that it is limited to as well; None where it names none."""
    text = _OF_MONTH.sub("in", found.text)
    if _COURSE.match(text):
        return None
    for days in reversed(periods_in(text, today)):
        before = _DATED.search(text[: days.start])
        behind = _DATED_ON.match(text, days.end)
        is_open = _OPEN.match(text, days.start) is not None
        if before and behind and (before.group().strip() or is_open or not before.start()):
            scope = Scope(since=days.since, until=days.until, sources=found.scope.sources)
            written = text[before.start() : days.end].strip(" ,")
            rest = _joined(text[: before.start()], text[behind.end() :])
            return Limited(rest, scope, found.by, written, loose=not is_open)
    return None


def side_by_side(named: Sequence[Named], text: str) -> list[tuple[tuple[str, ...], int, int]]:
    """The sources that a text names, those side by side as one: their names, and where they stand."""
    found: list[tuple[tuple[str, ...], int, int]] = []
    for one in named:
        if found and _AND.fullmatch(text[found[-1][2] : one.start]):
            sources, start, _ = found.pop()
            found.append((tuple(dict.fromkeys((*sources, *one.sources))), start, one.end))
        else:
            found.append((one.sources, one.start, one.end))
    return found


def _joined(before: str, behind: str) -> str:
    return " ".join(f"{before.rstrip(' ,(')} {behind.lstrip(' ,)')}".split())
