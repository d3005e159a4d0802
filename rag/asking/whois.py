"""Questions who or what somebody or something is: "who is Abbas Kamel", "what does PNRM stand for"."""

import re
from dataclasses import dataclass
from itertools import pairwise

from rag.asking.question import Question
from rag.words.names import OFFICES, ROLES
from rag.words.phrases import PLEASE
from rag.words.terms import words

_LEAD = rf"{PLEASE}(?:do you know |I(?:[’']d| would) like to know |I want to know )?(?:tell (?:me|us) |explain )?"
_TELL = (
    r"(?:tell (?:me|us) (?:something |more |all )?|(?:what )?do (?:you|we) know (?:anything |something |more )?"
    r"|(?:(?:give|show) (?:me|us) )?(?:any |some |more |all )?info(?:rmation)? )"
)
_IS = r"(?P<is>is|are|was|were)"
_NAME = r"(?P<name>.+?)"
_OFFICE = r"(?:role|job|position|post|title|office|occupation|profession)"
_CERTAIN, _PERHAPS = (
    tuple(re.compile(rf"{_LEAD}{form}", re.IGNORECASE) for form in forms)
    for forms in (
        (
            rf"(?:(?P<who>who)|what)(?:(?: exactly| actually)? {_IS}|[’']s)(?: exactly| actually)? {_NAME}"
            r"(?: again| exactly)?",
            rf"(?:(?P<who>who)|what) {_NAME} {_IS}",
            rf"define {_NAME}",
            rf"what does {_NAME} (?:mean|(?P<short>stand for))",
        ),
        (
            rf"{_TELL}(?P<who>about|on) {_NAME}",
            rf"{_TELL}(?:about|on) {_NAME}",
            rf"what(?:[’']s| is| was) (?P<who>the {_OFFICE} of) {_NAME}",
            rf"what(?:[’']s| is| was) {_NAME}[’']s? (?P<who>{_OFFICE})",
            rf"what {_OFFICE} (?P<who>does|did) {_NAME} (?:have|hold|play)",
        ),
    )
)
_WITHIN = frozenset("of the for and with de del al la le du der el bin ibn van von ten ter da dos ben abu".split())
_NOT_OF_PEOPLE = frozenset("of for and with".split())

# What is asked for its value, even where it is written like a name: "the Bank Rate", "Israel’s GDP".
_MEASURES = frozenset(
    """rate price index yield budget deficit score total toll number cost population temperature status date name
    result gdp gnp cpi ppi rpi pmi ftse libor euribor sofr brent""".split()
)


@dataclass(frozen=True, slots=True)
class AskedName:
    """The name of which a question asks who or what it is, `written` as there; `is_short` when it asks what its
    letters stand for. It `may_ask_more` when what introduces the name is but one answer: "tell me about Kamel"."""

    written: str
    is_person: bool
    is_short: bool = False
    may_ask_more: bool = False


def may_ask_for_a_name(text: str) -> bool:
    """False for a question that `asked_name` finds no name in: known without reading it."""
    asked = text.rstrip(" ?(")
    return any(form.fullmatch(asked) for form in (*_CERTAIN, *_PERHAPS))


def asked_name(question: Question) -> AskedName | None:
    """The name that a question is about; None for any other question, as "who is the prime minister"."""
    text = question.asked
    for form in (*_CERTAIN, *_PERHAPS):
        if match := form.fullmatch(text):
            asked = match.groupdict()
            is_person = asked.get("who") is not None
            if name := _name(asked["name"], is_person, asked.get("is") or ""):
                return AskedName(name, is_person, asked.get("short") is not None, form in _PERHAPS)
    return None


def _name(written: str, is_person: bool, verb: str) -> str | None:
    """What is written when it is nothing but a name, without its article and rank."""
    name = written.strip(" “”\"‘’'")
    if article := re.match(r"(?:the|an?|this) ", name, re.IGNORECASE):
        if is_person and verb.lower() not in ("are", "were"):
            return None  # "who is the Pope"
        name = name[article.end() :]
    parsed = words(name)
    if not parsed or not all(may_be_named(w.written) for w in (parsed[0], parsed[-1])):
        return None
    lower = [w.written.lower() for w in parsed]
    head = next((a for a, b in pairwise(lower) if b in ("of", "for")), lower[-1])
    if head in _MEASURES or verb[:1].isupper():  # "What Is The …", in which any word has a capital
        return None
    if not all(may_be_named(w.written) or low in _WITHIN for w, low in zip(parsed, lower, strict=True)):
        return None
    if is_person:
        if lower[-1] in OFFICES or not _NOT_OF_PEOPLE.isdisjoint(lower) or re.search(r"[’']s\b", name):
            return None
        return name[next(w.start for w, low in zip(parsed, lower, strict=True) if low not in ROLES) :]
    if lower[0].upper() == parsed[0].written and "of" in lower:
        return None  # "the GDP of France"
    return name


def may_be_named(written: str) -> bool:
    """True for a word with a capital, or of digits and letters, as names have them."""
    return written[0].isupper() or (written[0].isdigit() and not written.isdecimal())
