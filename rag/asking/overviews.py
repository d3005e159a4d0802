"""Requests for overviews: "tell me about the strike", "a timeline of the talks", "key figures on the outbreak"."""

import re
from dataclasses import dataclass
from datetime import date

from rag.asking.aspect_forms import DATED, Aspect
from rag.asking.aspects import Asked, aspect_asked, loosely_asked
from rag.asking.question import Question, read_question
from rag.briefings import Briefing
from rag.words.phrases import ASKING, AUXILIARY, PLEASE, request
from rag.words.terms import words
from rag.words.values import CARDINALS

_LONGEST = 8  # words of a topic
_SHORT = 400  # characters of a request
_KINDS = (
    r"(?:(?:an?|the|short|brief|quick|full|general) )*(?:overview|timeline|chronology|history|background|rundown"
    r"|outline|recap|primer|summary|gist|updates?|description)"
)
_GIVE = (
    r"(?:(?:give|show|write|list|prepare|provide|make|create|draw up|put together)(?: me| us)?(?: with)? "
    r"|what are )?"
)
_IT = r"(?:it|this|that|these|those|them|him|her)"
_ABOUT = (
    r"(?:tell (?:me|us) )?(?:a (?:bit|little) )?(?:more |something |everything |all )?"
    r"(?:(?:that |what )?(?:you|we) know )?about",
    rf"{_GIVE}(?:everything|all|any(?:thing)?|(?:the )?latest)(?: (?:news|updates?|information|(?:that )?you"
    r"(?:[’']ve| have)(?: got)?))? (?:on|about|regarding)|(?:write|draft|compose|prepare)"
    r" (?:(?:me|us|up) )?an? (?:short |brief )?(?:report|brief|note|text|article) (?:on|about)"
    r"|news (?:on|about)",
    r"what (?:else )?(?:(?:do|should) (?:you|we|I) know|is (?:known|said|reported|written)"
    r"|can you (?:tell (?:me|us)|say))(?: so far)? about",
    r"(?:what (?:information )?(?:do you have|have you got)|(?:is there|do you have) any(?:thing| news| updates?"
    r"| information)) (?:on|about)",
    r"(?:(?:what|how) (?:do|does|did|has|have)|compare (?:what|how)) (?P<who>\w.*?)"
    r" (?:say|said|write|written|report(?:ed)?(?: on)?|cover(?:ed)?|tell(?: us)?|described?)(?: about| on)?",
    r"what(?:[’']s| is) (?:the )?(?:current |latest |present )?(?:situation|state of play|background|story)"
    r" (?:in|at|on|of|with|regarding|behind|about|to)",
    r"what(?:[’']s| is| has) (?:been )?(?:going on|up|happening|(?:the )?(?:latest|news|new))"
    r" (?:in|with|at|on|about|regarding|from)",
    rf"{_GIVE}{_KINDS} (?:of|on|about|for|to)",
    r"(?:bring|get) (?:me|us) up to (?:speed|date) (?:on|with)|(?:walk|run) (?:me|us) through|explain|describe",
    r"(?:brief|update|fill|catch) (?:me|us) (?:in |up )?on",
    r"(?:summari[sz]e|sum up|recap)(?: (?:everything|all|what is known) (?:on|about)"
    r"| what happened (?:in|with|to))?",
    rf"{_GIVE}(?:(?:all|only|just) )?(?:the )?(?:(?:key|main|basic|most important) )?"
    r"(?:points|facts|takeaways|developments|highlights|findings) (?:of|in|from|on|about)",
)
_REQUEST = re.compile(
    rf"\W{{0,3}}{PLEASE}(?:{'|'.join(_ABOUT)}) (?:the )?[“\"]?(?!{_IT}\b)(?P<topic>[^?!“”\"()]+?)[”\"]?"
    r"(?: (?:story|saga|news|coverage))?(?: according to (?P<by>[^?!“”\"()]+?))?(?P<carried> \([^()]+\))?"
    r"(?:,? (?:please|for (?:me|us|dummies|(?:an?|my|our) (?:very )?(?:busy )?\w+)|with dates"
    r"|so far|now|briefly|like (?:I[’']m|I am) (?:five|a child)"
    r"|in (?:short|brief|detail|(?:simple|plain) (?:terms|words|English|language)"
    r"|(?:a few|\w+) (?:words|(?:short )?sentences?|lines?|paragraphs?|(?:bullet )?points?|bullets))))*[\s.?!]*",
    re.IGNORECASE,
)
# What was asked about before stands behind, as `rag.asking.followup` adds it.
_MORE = re.compile(
    rf"\W{{0,3}}{PLEASE}(?:(?:tell|give|show) (?:me|us) )?(?:as )?(?:a (?:bit|little) )?(?:more|what else"
    rf"|anything else|go on|continue|elaborate|{_KINDS}|{'|'.join(_ABOUT)})(?: details?| information)?"
    rf"(?:(?: about| on| of)? {_IT})?(?:,? please)?\W* \((?P<topic>[^()]+)\)[\s.?!]*",
    re.IGNORECASE,
)
_BEHIND = request(
    r"(?:the )?(?!(?:an?|any|some|more|no)\b)(?P<topic>[^?!“”\"(),:]+?) (?:overview|timeline|chronology|rundown"
    r"|recap|summary|updates?)"
)
_WENT = r"(?:develop|evolve|unfold|progress)(?:e?d)?"
_COURSE = request(rf"how (?:did|has|have) (?:the )?(?P<topic>[^?!“”\"(),:]+?) {_WENT}(?: over time| so far)?")
_CALLED = request(  # "What is Situation Report No. 5 about?"
    r"what(?:[’']s| is| was) (?:the )?(?P<topic>(?-i:[A-Z])[^?!“”\"(),:]+?) (?:all )?about"
)
_FORMS = (_MORE, _REQUEST, _BEHIND, _COURSE, _CALLED)
_SENTENCES = re.compile(
    r"\bin (?P<number>\w+) (?:short )?(?:sentences?|(?:bullet )?points?|bullets)", re.IGNORECASE
)
_ALL = re.compile(r"(?:the |your |our )?(?:briefings|sources)", re.IGNORECASE)
_VAGUE = re.compile(
    r"(?<=\w) (?:incidents?|affair|issues?|situation|case|matter|story|saga|topic|subject|episode|business|question"
    r"|dispute|row|controversy|debate|crisis|process|developments)$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r",? (?:and|or) |, ")
_IN_ORDER = re.compile(rf"\b(?:timeline|chronology|history|{_WENT})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A request for an overview of a `topic`, `in_order` of time or with what is newest first; of what those say
    `who` are named by these words, if any, in briefings that tell of what was `spoken_of` before; only of an
    `aspect` of it, and at `most` so many sentences, where these are asked for; what is said `by` somebody.
    Deadlines are still to come, or have passed, as seen from `today`."""

    topic: Question
    in_order: bool
    who: str = ""
    spoken_of: str = ""
    aspect: Aspect | None = None
    most: int | None = None
    by: str = ""
    today: date | None = None

    @property
    def names_one(self) -> bool:
        """True where it says of what."""
        return bool(words(self.topic.text.removeprefix("About")))

    def may_tell(self, briefing: Briefing) -> bool:
        """False for a briefing of another source than is asked for, by its name or the last words of it."""
        who, source = self.who.lower(), re.sub(r"^the ", "", briefing.source.lower())
        named = tuple(re.sub(r"^(?:both )?(?:the )?", " ", name) for name in _BETWEEN.split(who))
        whole = re.search(rf"\b{re.escape(source)}\b", who) is not None  # "The Ark" is not in "the market"
        return not who or (source != "" and (whole or f" {source}".endswith(named)))


def overview_wanted(text: str) -> Wanted | None:
    """The request in a text; None for another question, and where a clause stands in place of a topic."""
    if part := aspect_asked(text):
        return _aspect_of(part)
    match = _request_in(text)
    if match is None:
        return None
    start, end = match.span("topic")
    in_order = _IN_ORDER.search(f"{text[:start]} {text[end:]}") is not None
    who = _named_in(match)
    carried = (match.groupdict().get("carried") or "").strip(" ()")
    topic = read_question(f"About {_plain(match['topic'])}")
    return Wanted(topic, in_order, "" if _ALL.fullmatch(who) else who, carried, most=_most(text[end:]))


def perhaps_wanted(text: str) -> Wanted | None:
    """The request that a text may be, where it asks for no single fact: "what does the union want?"."""
    part = loosely_asked(text)
    return _aspect_of(part) if part else None


def _aspect_of(part: Asked) -> Wanted:
    topic = read_question(f"About {_plain(part.topic)}")
    return Wanted(topic, part.aspect in ("dates", *DATED), "", part.spoken_of, part.aspect, part.most, part.by)


def _plain(topic: str) -> str:
    """A topic without a last word that tells nothing of it: "the grain ship incident"."""
    return _VAGUE.sub("", topic) or topic


def _most(behind: str) -> int | None:
    """How many sentences are asked for behind the topic: “… in two sentences”."""
    match = _SENTENCES.search(behind)
    number = match["number"].lower() if match else ""
    value = float(number) if number.isdecimal() else CARDINALS.get(number, 0.0)
    return int(value) or None


def searched_as(text: str) -> str:
    """What a question is searched for by: a request that asks no source is, without the words of asking."""
    if part := aspect_asked(text):
        return f"About {part.topic} {part.spoken_of}".rstrip() if part.topic else text
    match = _request_in(text)
    if match is None or not _ALL.fullmatch(_named_in(match) or "briefings"):
        return text
    return f"About {match['topic']}{match.groupdict().get('carried') or ''}"


def _named_in(match: re.Match[str]) -> str:
    """Whose words are asked for; "" where nobody is named."""
    told = match.groupdict()
    return told.get("who") or told.get("by") or ""


def _request_in(text: str) -> re.Match[str] | None:
    if len(text) > _SHORT:
        return None
    match = next(filter(None, (form.fullmatch(text) for form in _FORMS)), None)
    topic = words(match["topic"]) if match else []
    clause = not (ASKING | AUXILIARY).isdisjoint(w.written.lower() for w in topic)
    return None if clause or len(topic) > _LONGEST else match
