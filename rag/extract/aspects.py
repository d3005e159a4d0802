"""What an overview is asked for in particular: "key figures on the strike", "what is still open?", "next steps"."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rag.extract.candidates import Candidate
from rag.extract.people import people_of
from rag.extract.quantities import quantities
from rag.words.dates import days_in
from rag.words.phrases import ASKING, AUXILIARY
from rag.words.values import CARDINALS, MONTHS

Aspect = Literal["points", "figures", "people", "open", "disputes", "next", "risks", "reactions", "quotes", "dates"]

_ROW = 0.3  # what a row of a table counts, which says less by itself than a sentence
_FIRST = 1.0  # what the first paragraph counts more than the last
_LATEST = 2  # briefings that tell what comes next
_MANY = 2  # numbers or dates, of which more say no more
_SMALL = 9
_LONGEST = 300  # characters of a request
_LONG_QUOTE = 60  # characters

_KEY = r"(?:(?:key|main|most important|important|central|crucial|major|biggest|principal|top|essential|core) )"
_PLEASE = r"(?:(?:and|so|please|then|ok|okay),? )*"
_COUNT = rf"(?:(?P<most>\d\d?|{'|'.join(CARDINALS)}) )?"
_LIST = (
    rf"{_PLEASE}(?:(?:give|show|list|tell|name)(?: (?:me|us))?(?: all)? "
    r"|(?:what|which)(?:[’']s| are| is| were) )?"
    rf"(?:(?:the|some|any|all(?: the| of the)?|your|its|their) )?{_COUNT}"
)
_STILL = r"(?:(?:still|yet|as yet|so far) )*"
_SOMEBODY = r"(?:people|players|actors|persons|protagonists|individuals|names|negotiators|officials)"
_YOU = r"(?:I|we|you)"


@dataclass(frozen=True, slots=True)
class _Form:
    """How an aspect is asked for: by the `nouns` of a list ("the key figures"), which have "key" or the like before
    them, or may have (`also`); or in other words (`else_`)."""

    aspect: Aspect
    nouns: str = ""
    also: str = ""
    else_: str = ""


_FORMS = (
    _Form("figures", r"(?:(?:facts|dates) and )?(?:figures|numbers|statistics|stats|data)"),
    _Form(
        "people",
        rf"{_SOMEBODY}(?: involved)?",
        r"(?:people|persons) (?:involved|named|mentioned)",
        rf"{_PLEASE}who(?:[’']s| is) who"
        rf"|{_PLEASE}who (?:are|were) (?:all )?(?:the )?{_KEY}(?:figures|{_SOMEBODY})(?: involved)?",
    ),
    _Form(
        "open",
        "",
        r"(?:still )?(?:open|unanswered|unresolved|outstanding|remaining) (?:questions|issues|points|matters)"
        r"(?: (?:still )?remain\w*)?",
        rf"what (?:(?:don[’']t|do not) {_YOU}(?: yet| still)? know|do {_YOU} (?:still )?not know)(?: yet)?"
        rf"|{_PLEASE}what(?:(?:[’']s| is| are)| (?:still )?remains) {_STILL}(?:unknown|unclear|open|unresolved"
        r"|uncertain|not (?:yet )?(?:known|clear|decided)|undecided|unanswered|unsettled"
        r"|to be (?:decided|settled|agreed|resolved|clarified))"
        r"|(?:what|which) (?:questions|issues|points) (?:are|remain)(?: still)? (?:open|unresolved|unanswered)",
    ),
    _Form(
        "disputes",
        "",
        r"disagreements?|disputed points|sticking points|stumbling blocks|obstacles|bones? of contention"
        r"|points? (?:of (?:dispute|contention|disagreement)|at issue)|controvers(?:y|ies)"
        r"|conflicting (?:views|claims|accounts)|differences",
        r"what(?:[’']s| is) (?:being |still )?(?:disputed|contested|controversial|contentious)"
        r"|(?:what|where|on what) do (?:the )?(?:two |both )?(?:sides|parties|governments) (?:disagree|differ)"
        r"|what obstacles (?:are there|remain|stand in the way)",
    ),
    _Form(
        "next",
        "",
        r"next steps?",
        rf"{_PLEASE}what(?:[’']s| is| happens| comes| will happen| follows)(?: coming| going to happen)? next"
        r"|what (?:is|lies) (?:still )?(?:ahead|to come)"
        rf"|what (?:(?:should|can) {_YOU}|to) (?:expect|watch(?: for)?)(?: next)?",
    ),
    _Form("risks", "", r"risks|dangers|threats|concerns|worries|fears"),
    _Form("reactions", "", r"reactions?|responses"),
    _Form("quotes", r"quotes?|quotations?", r"(?:best|strongest|notable|memorable) (?:quotes?|quotations?)"),
    _Form("dates", r"dates|milestones", r"deadlines", r"what deadlines are there"),
    _Form(
        "points",
        r"points?|facts|messages?|findings|developments",
        r"bullet points?|bullets|takeaways|highlights",
        rf"what (?:should|must|do|would) {_YOU} (?:need to )?know(?: (?:before|for) (?:a|the|my|our) \w+)?",
    ),
)
_TOPIC = (
    r"(?: (?:is|are|were|was|there|so far|now|currently))*"
    r" (?:in the way of|in|on|of|about|for|with|from|to|regarding|around|behind|after|over|at|concerning|against)"
    r" (?:the )?[“\"]?(?P<topic>[^?!“”\"(),:;]+?)[”\"]?"
)
_ENDS = (
    r"(?: \((?P<carried>[^()]+)\))?"
    r"(?:,? (?:please|for (?:me|us)|so far|now|here|then|right now|at the moment))*[\s.?!]*"
)
_CLAUSE = re.compile(rf"\b(?:that|{'|'.join(sorted(ASKING | AUXILIARY))})\b|(?:\S+ ){{8}}", re.IGNORECASE)
_AS_TOPIC = r"(?P<topic>[^?!“”\"(),:;]+?)"


def _request(form: _Form) -> re.Pattern[str]:
    keyed = [rf"{_KEY}(?:{form.nouns})"] if form.nouns else []
    plain = [rf"{_KEY}?(?:{form.also})"] if form.also else []
    listed = rf"{_LIST}(?:{'|'.join([*keyed, *plain])})" if keyed or plain else ""
    asked = "|".join(filter(None, (listed, form.else_)))
    return re.compile(rf"\W*(?:{asked})(?:{_TOPIC})?{_ENDS}", re.IGNORECASE)


_REQUESTS: tuple[tuple[Aspect, re.Pattern[str]], ...] = (
    *((form.aspect, _request(form)) for form in _FORMS),
    ("figures", re.compile(rf"\W*(?:the )?{_AS_TOPIC} (?:in|by the) (?:numbers|figures){_ENDS}", re.IGNORECASE)),
    ("reactions", re.compile(rf"\W*how (?:was|were) (?:the )?{_AS_TOPIC} received{_ENDS}", re.IGNORECASE)),
)
_WORDS: Mapping[Aspect, str] = {
    "open": r"not (?:yet )?(?:known|clear|certain|decided"
    r"|been (?:decided|set|named|agreed|fixed|published|identified|settled|confirmed|found))"
    r"|unclear|unknown|undecided|unresolved|unsettled|uncertain|open questions?|still (?:open|missing|looking)"
    r"|remains? (?:open|to be|unclear|disputed)|(?:has|have|is|are) yet to|no (?:date|decision|successor"
    r"|timetable|trace|explanation) |not say|declin\w+ to|refus\w+ to (?:say|comment|name)|not specify"
    r"|under (?:investigation|review|negotiation|discussion)|(?:being|still) investigat\w+|pending"
    r"|await(?:s|ing)|could not be|cannot (?:yet )?(?:say|be)|whether|is open\b",
    "disputes": r"disput|disagree|reject|den(?:y|ied|ies)\b|refus(?:e|al|ing)|contest(?:s|ed)|accus"
    r"|object(?:s|ed|ion)|oppos(?:e|ition)|at odds|sticking|stumbling|obstacle|contradict|critici"
    r"|challenge[ds]|blam(?:e|ing)|protest|no agreement|failed to agree|unacceptable|argu(?:e|ing)|rival"
    r"|controvers|quarrel|both claim|insist|not compromise|dissatisf|without an? (?:agreement|deal|settlement)",
    "next": r"will|shall|due (?:on|in|by|to|at|for)|(?:is|are) (?:to|set to|expected|scheduled|planned)"
    r"|(?:next|later this|this coming) (?:week|month|year|round|step|stage|phase|session|meeting)"
    r"|plans? to|intends? to|expected|scheduled|deadline|upcoming|(?:before|by) the end of",
    "risks": r"risk|danger|threat|warn|fear|concern|worr(?:y|ied|ies)|vulnerab|derail|hazard|doubt|unless"
    r"|could (?:lose|fail|collapse|derail|prevent)|escalat|shortage|not enough",
    "reactions": r"welcom|critici[sz]|condemn|prais|reject|applaud|hail|denounc|regret|disappoint|dismiss"
    r"|support|object|protest|call(?:s|ed) (?:it|the|for)|appeal|accus|satisf|relie(?:f|ved)"
    r"|too (?:little|late|far)|react",
}
_CUES = {aspect: re.compile(rf"\b(?:{cues})", re.IGNORECASE) for aspect, cues in _WORDS.items()}
_SPOKEN = re.compile(
    r"\b(?:said|says?|told|wrote|writes|called|calls|added|replied|answered|argue[sd]?|warn(?:s|ed))\b"
)
_QUOTED = re.compile(r"[“\"]([^”\"]+ [^”\"]+)[”\"]")
_BY_MONTH = re.compile(
    rf"\b(?:by|until|before|in|since|from) (?:the end of )?(?:{'|'.join(map(str.capitalize, MONTHS))})\b"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for an `aspect` of a `topic`, at most so many sentences; without topic, of what was `spoken_of`, or
    of the only briefing."""

    aspect: Aspect
    topic: str = ""
    spoken_of: str = ""
    most: int | None = None


def aspect_asked(text: str) -> Asked | None:
    """The request in a text; None for another question."""
    for aspect, request in _REQUESTS if len(text) <= _LONGEST else ():
        if match := request.fullmatch(text):
            if _CLAUSE.search(match["topic"] or ""):
                return None  # "… points that they quarrel over"
            told = {name: words for name, words in match.groupdict().items() if words}
            most = told.get("most", "").lower()
            number = int(most) if most.isdecimal() else CARDINALS.get(most)
            topic, carried = told.get("topic", ""), told.get("carried", "")
            return Asked(aspect, topic or carried, carried if topic else "", int(number) if number else None)
    return None


def telling(aspect: Aspect, groups: Sequence[Sequence[Candidate]], most: int) -> list[list[Candidate]]:
    """Of groups of sentences, each of one briefing, those that tell most of the aspect, `most` of each at most; no
    group without any."""
    if aspect == "people":
        return people_of(groups, most)
    found = [_best(group, _by(aspect), most) for group in groups]
    found = [group for group in found if group]
    return found[:_LATEST] if aspect == "next" else found


def _best(group: Sequence[Candidate], score: Callable[[Candidate], float], most: int) -> list[Candidate]:
    scores = {c.start: score(c) for c in group}
    told = [c for c in group if scores[c.start] > 0]
    last = max((c.paragraph.number for c in group), default=1)

    def weighed(c: Candidate) -> float:
        place = _FIRST * (1 - c.paragraph.number / (last + 1))
        return (scores[c.start] + place) * (_ROW if c.paragraph.kind == "table_row" else 1.0)

    return sorted(sorted(told, key=weighed, reverse=True)[:most], key=lambda c: c.start)


def _by(aspect: Aspect) -> Callable[[Candidate], float]:
    """How much a sentence tells of an aspect; 0 for nothing."""
    if aspect == "figures":
        return lambda c: min(_MANY, len(_figures(c.text))) / _MANY
    if aspect == "dates":
        return lambda c: min(_MANY, len(days_in(c.text)) + len(_BY_MONTH.findall(c.text))) / _MANY
    if aspect == "quotes":
        return lambda c: min(1.0, sum(map(len, _QUOTED.findall(c.text))) / _LONG_QUOTE)
    cues = _CUES[aspect]
    spoken = aspect == "reactions"
    return lambda c: float(len(set(_said(cues, c.text)))) * (1.0 if not spoken or _SPOKEN.search(c.text) else 0.5)


def _figures(text: str) -> set[float]:
    """The numbers of a sentence, without small ones, which say little: "three days into the strike"."""
    told = {value for values in quantities(text).values() for value in values}
    return {value for value in told if value > _SMALL or not value.is_integer()}


def _said(cues: re.Pattern[str], text: str) -> Iterator[str]:
    return (match.group().lower() for match in cues.finditer(text))
