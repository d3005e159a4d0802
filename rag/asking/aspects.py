"""Requests for one aspect of a topic: "key figures on the strike", "what is still open?", "next steps"."""

import re
from dataclasses import dataclass

from rag.asking.aspect_forms import (
    BARE,
    ENDS,
    FEW,
    FORMS,
    IS,
    KEY,
    LIST,
    NAMED,
    ON,
    TOPIC,
    TOPICAL,
    Aspect,
    Form,
)
from rag.asking.stances import stance_asked
from rag.words.phrases import ASKING, AUXILIARY, PLEASE
from rag.words.values import CARDINALS

_LONGEST = 300  # characters of a request

_NARROW = 4  # words of a topic of which more than one thing may have been agreed

_CLAUSE = re.compile(
    rf"\b(?:that|{'|'.join(sorted((ASKING | AUXILIARY) - {'may'}))})\b|(?:\S+ ){{8}}", re.IGNORECASE
)
_NOUNS = r"(?:figures|numbers|statistics|stats|data)"
_BY_WHOM = r"(?:the )?(?P<{}>[^?!“”\"(),:;]+?)"
_STANDS = r"(?:demands|positions|arguments|stances|views|aims|goals)"
_WHOSE = (  # the union’s demands
    r"(?:the )?(?!compare )(?P<{}>[^?!“”\"(),:;’']+?)[’']s? "
    rf"{KEY}?{_STANDS}"
)
_NO_TEXT = "".join(  # which says what it says, and not what somebody thinks
    rf"(?<!\b{text})"
    for text in "Act act bill law treaty accord agreement plan report paper text draft ruling judgment study survey"
    " bulletin notice note letter decree budget proposal briefing article data".split()
)
_DEADLINES = rf"(?:what|which) (?:deadlines?|dates) (?:for|of|in|on) (?:the )?{NAMED}"
_IT = re.compile(r"it|this|that|them|these|those", re.IGNORECASE)
_WITHIN = re.compile(rf"\bin (\w+) {FEW}\b", re.IGNORECASE)
_UPON = re.compile(r"(.+?) (?:up)?(?:on|for) (?:the )?(.+)", re.IGNORECASE)  # "effects of the war on trade"
_SPOKEN = ("quotes", "reactions")  # which somebody utters
_BY = re.compile(r"\b(?:from|by|of) (?:the )?[“\"]?$", re.IGNORECASE)


def _listed(form: Form) -> str:
    keyed = [rf"{KEY}(?:{form.nouns})"] if form.nouns else []
    plain = [rf"{KEY}?(?:{form.also})"] if form.also else []
    return rf"(?:{'|'.join([*keyed, *plain])})" if keyed or plain else ""


def _request(form: Form) -> str:
    listed = _listed(form)
    asked = "|".join(filter(None, (LIST + listed if listed else "", form.else_)))
    return rf"(?:{asked})(?:{TOPIC})?"


def _whole(request: str) -> re.Pattern[str]:
    """A request and what may stand around it."""
    return re.compile(rf"\W{{0,3}}{request}{ENDS}", re.IGNORECASE)


_WORDED: tuple[tuple[Aspect, str], ...] = (  # in other places than behind the aspect stands the topic
    ("figures", rf"(?:the )?{TOPICAL} (?:in|by the) (?:numbers|figures)"),
    ("figures", rf"{BARE}{TOPICAL} (?:numbers|figures|statistics|stats)"),
    ("dates", rf"{BARE}{TOPICAL} (?:key )?dates"),
    ("upcoming", rf"{_DEADLINES} (?:are|is) (?:still )?(?:coming up|upcoming|to come|ahead|approaching)"),
    ("passed", rf"{_DEADLINES} (?:have|has|are|is) (?:already )?(?:passed|past|over|expired)"),
    ("reactions", rf"how (?:was|were) (?:the )?{NAMED} received"),
    ("positions", rf"{LIST}(?:arguments?|case|reasons|voices|points) for and against (?:the )?{NAMED}"),
    (
        "positions",
        rf"who(?:[’']s| is) (?:for|in favou?r) and (?:who(?:[’']s| is) )?against (?:the )?{NAMED}",
    ),
    ("positions", rf"who (?:supports?|backs?) and (?:who )?(?:opposes?|rejects?) (?:the )?{NAMED}"),
    ("positions", rf"{LIST}{KEY}?{_STANDS} of {_BY_WHOM.format('by')}{TOPIC}"),
    ("positions", rf"{LIST}{_WHOSE.format('by')}{TOPIC}"),
    ("decisions", rf"what (?:did|have|has) (?:the )?{NAMED} (?:agree|agreed)(?: (?:up)?on| to)?"),
    ("positions", rf"where (?:do|does|did) {_BY_WHOM.format('by')} stand{TOPIC}"),
    ("quotes", rf"{PLEASE}quote (?:from )?{_BY_WHOM.format('by')}{TOPIC}"),
    ("quotes", rf"{LIST}(?:exact|very|own|actual) words (?:of|from|by) {_BY_WHOM.format('by')}(?:{TOPIC})?"),
    ("criticism", rf"{LIST}(?:arguments|case) against (?:the )?{NAMED}"),
    (
        "disputes",
        rf"what{IS} (?:blocking|holding up|dividing|(?:standing )?in the way of) (?:the )?{NAMED}",
    ),
    (
        "positions",
        rf"who (?:supports?|backs?) (?:the )?{NAMED} and who (?:opposes|rejects|is against)(?: it)?",
    ),
    ("points", rf"(?:the )?{TOPICAL} in (?:a nutshell|brief|short|a few words)"),
    ("points", rf"(?:the )?{TOPICAL} in (?P<most>\w+) {FEW}"),
)
_REQUESTS: tuple[tuple[Aspect, re.Pattern[str]], ...] = (
    *((f.aspect, _whole(_request(f))) for f in FORMS),
    # "key dates cholera outbreak", "the cholera outbreak: key dates"
    *((f.aspect, _whole(rf"{KEY}(?:{f.nouns}) {NAMED}")) for f in FORMS if f.nouns),
    *((f.aspect, _whole(rf"(?:the )?{TOPICAL}(?:\:|,| [-–—]) {_listed(f)}")) for f in FORMS if _listed(f)),
    *((aspect, _whole(words)) for aspect, words in _WORDED),
)
_LOOSE = _whole(  # what somebody says about something is a fact
    rf"{PLEASE}(?:what (?:do|does|did) {_BY_WHOM.format('by')} (?:want|demand|say|think|argue|propose|seek)"
    rf"|(?:what (?:do|does|did) {_BY_WHOM.format('wants')} (?:want|demand|seek)(?= )"
    rf"|what (?:are|is|were) {_BY_WHOM.format('speaker')} saying|{LIST}{_WHOSE.format('whose')}"
    rf")(?: (?:{ON} )?(?:the )?{NAMED})?)"
)
_SAID = _whole(
    rf"{PLEASE}what (?:do|does|did|has|have|had) {_BY_WHOM.format('by')}(?<! you)(?<! we)(?<! they){_NO_TEXT} "
    rf"(?:say|said|think|tell \w+) (?:about|on|of) (?:the )?{NAMED}"
)
_ASPECT_ITSELF = re.compile(
    rf"(?:the )?(?:{'|'.join(filter(None, map(_listed, FORMS)))}|{_NOUNS}|quotes?|gist|bottom line)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for an `aspect` of a `topic`, at most so many sentences; without topic, of what was `spoken_of`, or
    of the only briefing; of what somebody says, `by` whom ("quotes from Hask")."""

    aspect: Aspect
    topic: str = ""
    spoken_of: str = ""
    most: int | None = None
    by: str = ""


def aspect_asked(text: str) -> Asked | None:
    """The request in a text; None for another question."""
    for aspect, request in _REQUESTS if len(text) <= _LONGEST else ():
        if match := request.fullmatch(text):
            told = {name: words for name, words in match.groupdict().items() if words}
            topic, carried = told.get("topic", ""), _carried(told.get("carried", ""))
            if (
                _CLAUSE.search(topic)
                or (topic and aspect == "background")
                or (aspect == "decisions" and len(topic.split()) > _NARROW)
            ):
                continue  # another question, or for an overview: "background on …"
            within = _WITHIN.search(text, match.end("topic") if topic else 0)
            most = told.get("most") or (within[1] if within else "")
            by = topic if aspect in _SPOKEN and _BY.search(text[: match.start("topic")]) else told.get("by", "")
            topic = topic or (by if aspect == "quotes" else "")
            if aspect == "effects" and (on := _UPON.fullmatch(topic)):
                topic, carried = on.groups()
            return Asked(aspect, topic or carried, carried if topic else "", _number(most), by)
    return None


def loosely_asked(text: str) -> Asked | None:
    """The positions, opponents or supporters that a question may ask for, which may be one for a fact, too: "what
    does Hask want?"."""
    if len(text) <= _LONGEST and (found := stance_asked(text)):
        stance, topic, carried = found[0], found[1]["topic"], found[1]["carried"] or ""
        topic, carried = (carried, "") if carried and _IT.fullmatch(topic) else (topic, carried)
        return None if _CLAUSE.search(topic) else Asked(stance, topic, carried)
    short = text if len(text) <= _LONGEST else ""
    said = _SAID.fullmatch(short)
    match = said or _LOOSE.fullmatch(short)
    if match is None:
        return None
    told = {name: words for name, words in match.groupdict().items() if words}
    by = next(filter(None, map(told.get, ("by", "wants", "speaker", "whose"))), "")
    carried = _carried(told.get("carried", ""))
    topic = told.get("topic") or carried or by
    return (
        None
        if _CLAUSE.search(f"{by} {topic}")
        else Asked("sayings" if said else "positions", topic, carried, None, by)
    )


def _carried(said: str) -> str:
    """What was spoken of before, without an aspect of it that was asked for."""
    return ", ".join(part for part in said.split(", ") if not _ASPECT_ITSELF.fullmatch(part.strip()))


def _number(written: str) -> int | None:
    low = written.lower()
    return int(low) if low.isdecimal() else int(CARDINALS.get(low, 0)) or None
