"""How people ask about the library itself, as patterns: what is asked for, and the words that limit it."""

import re
from typing import Literal

from rag.words.phrases import PLEASE, request

Kind = Literal["some", "newest", "oldest", "span", "sources"]

_LONGEST = 200  # characters of such a question
_BRIEFINGS = r"(?P<briefings>(?:news )?briefings?)"
# What briefings may tell of as well: these words count only beside others that tell which library is meant.
_PIECES = r"(?:news )?(?:articles?|stor(?:y|ies)|documents?|reports?|items?|pieces?|files?)"
_SOME = rf"(?:{_BRIEFINGS}|{_PIECES})\b"
_OWN = r"(?: (?!(?:on|about|that|which) )[^\s,.;:?!]+){0,4}?"  # "May 2032", "Sennet Courier"
_OURS = r"(?: the| your| our| my)"
_THE = rf"(?:{_OURS}| these| this)"
END_WORD = r"(?:newest|latest|most recent|last|oldest|earliest|first)"
_END = rf"(?: (?P<end>{END_WORD}))"
THEM = r"(?:all (?:of )?)?(?:it|these|those|them|they)"
_COUNT = r"two|three|four|five|six|seven|eight|nine|ten|\d{1,2}"
_NUMBER, _FEW = rf"(?: (?P<number>{_COUNT}))?", rf"(?: (?P<few>{_COUNT}))?"
_REST = r"(?P<rest>[^\n]*)"
_LIBRARY = r"(?:in|on) (?:the|your|this|my|our) (?:library|collection|database|shelf)"
_HAVE = r"(?:do (?:you|we) have|have (?:you|we) got|does (?:the|your|this) library (?:have|hold|contain))"
_KEPT = (
    rf"(?:{_HAVE}|(?:do|can) (?:you|I|we) (?:have|hold|know(?: of)?|read|see|search|keep|find|use)"
    rf"|(?:are|is) (?:there(?! any)|available|here|loaded)|(?:(?:are|is) )?{_LIBRARY}|here|in total|now)"
)
_MENTIONED = r"(?:mentioned|named|discussed|covered|spoken of|talked about|written about|referred to)"
_WHOLE = rf"(?:{_THE} (?:briefings|library|collection))"

_WRITTEN: tuple[tuple[Kind, str], ...] = (
    (
        "some",
        rf"(?:how many|which|what)(?: of(?: all)?{_THE}?)?{_NUMBER}{_END}?(?P<own>{_OWN}) {_SOME}{_REST}",
    ),
    (
        "some",
        r"(?:(?P<kept>(?:give|show|find|get|list) (?:me|us))|list|show)(?: an?| the)?(?: (?:full )?list of)?"
        rf"(?: all| any| some)?(?: of)?{_THE}?{_NUMBER}{_END}?{_FEW}(?P<own>{_OWN}) "
        rf"{_SOME}{_REST}",
    ),
    (
        "some",
        rf"(?:(?P<kept>{_HAVE})|(?:is|are) there)(?: any| an?| some)?(?: more| other)?(?P<own>{_OWN}) "
        rf"{_SOME}{_REST}",
    ),
    ("some", rf"(?P<kept>{_HAVE}) (?:anything|something)(?: else)?\b{_REST}"),
    (
        "some",
        r"(?P<kept>what (?:do (?:you|we) have|have (?:you|we) got)) (?P<rest>(?:from|dated|published)\b[^\n]*)",
    ),
    ("some", rf"(?:any |all )?{_BRIEFINGS} (?P<rest>(?:on|about|from|of|mentioning)\b[^\n]*)"),
    (
        "some",
        rf"(?:in )?(?:how many|which|what)(?: of{_THE})? {_BRIEFINGS} (?:is|are|was|were|does|do) "
        rf"(?P<topic>.+?) (?:{_MENTIONED}|appear|occur|come up)(?: in| by)?",
    ),
    (
        "some",
        r"(?:how (?:often|many times)) (?:is|are|was|were|does|do) (?P<topic>.+?) "
        rf"(?:{_MENTIONED}|appear|occur|come up) (?:in|by){_THE}? (?:{_BRIEFINGS}|library)",
    ),
    ("some", rf"(?:do|does|is|are) any(?: of{_THE})? {_BRIEFINGS}\b{_REST}"),
    (
        "some",
        rf"(?:what|which)(?:[’']s| is| are| was| were){_OURS}{_NUMBER}(?P<own>{_OWN}){_END}"
        rf"{_FEW}(?P<also>{_OWN}) {_BRIEFINGS}\b{_REST}",
    ),
    (
        "some",
        rf"when (?:was|is|were|are){_OURS}(?P<own>{_OWN}){_END} {_BRIEFINGS}"
        r"(?P<rest>[^\n]*?) (?:published|released|issued|written|from|dated)",
    ),
    (
        "newest",
        rf"how (?:recent|current|fresh|new|up[- ]to[- ]date) (?:is|are)(?:{_WHOLE}"
        rf"|{_OURS} (?:newest|latest) briefing| your (?:news|data|knowledge|information|sources))",
    ),
    (
        "span",
        r"(?:what|which) (?:dates?|days|periods?|years?|months?|time(?: ?span| ?frame| period)?) "
        rf"(?:do|does|are|is){_WHOLE} (?:cover|span|have|from|go back to)"
        rf"|how far back (?:do|does|can){_WHOLE} (?:go|reach|date)|how old (?:is|are){_WHOLE}",
    ),
    (
        "sources",
        rf"(?:which|what|how many) (?:sources|newspapers|outlets|publishers|publications) {_KEPT}"
        rf"|(?:list|show)(?: me| us)?(?: all)?{_THE}? sources(?: {_LIBRARY})?"
        rf"|where (?:do|are){_WHOLE} (?:come )?from|who (?:publishes|published|writes|wrote){_WHOLE}",
    ),
)
FORMS = tuple((kind, request(form)) for kind, form in _WRITTEN)

_BEGINS = re.compile(
    rf"\W*{PLEASE}(?:how|which|what|in|list|show|give|find|get|do|does|have|is|are|when|where|who|any|all"
    r"|(?:news )?briefings?)\b",
    re.IGNORECASE,
)
_NAMES = re.compile(
    r"\b(?:briefings?|articles?|stor(?:y|ies)|documents?|reports?|items?|pieces?|files?|anything|something|library"
    r"|collection|sources|newspapers|outlets|publishers|publications|news|data|knowledge|information|have|got)\b",
    re.IGNORECASE,
)
# Where what briefings hold is told, and what they hold comes behind.
HOLDS = re.compile(
    r"(?:^|\s)(?:that |which |to |(?:do|does) )*(?:also )?(?:(?:mention|contain|discuss|cover|describe|name)"
    r"(?:e?s|e?d|ing)?|describing|naming|(?:talk|speak)(?:s|ing)? (?:about|of)|refer(?:s|red|ring)? to"
    r"|deal(?:s|t|ing)? with|(?:tell|write|report)(?:s|ing)? (?:about|of|on)|say(?:s|ing)? (?:something|anything) "
    r"(?:about|on)|(?:hold(?:s|ing)?|us(?:e|es|ing)|with)(?= the words?\b)|(?:(?:are|is|were|was) )?(?:about"
    r"|on(?! (?:\d|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day))|concerning|regarding|related to|relating to))\s+",
    re.IGNORECASE,
)
_CAME = (
    r"(?:(?:that|which|and|but|also|are|is|was|were|have|has|been|come|comes|came|published|written|issued|released"
    r"|dated) )*"
)
FROM = re.compile(rf"(?:^|[\s,]){_CAME}(?P<by>from|by|in|of)\s+(?:(?:the|either|both)\s+)?", re.IGNORECASE)
DATED = re.compile(rf"(?:^|[\s,]){_CAME}(?:from|of|in|on|for|during|dated|published)?\s*$", re.IGNORECASE)
OF_ONE = re.compile(r"\b(?:of|from|for|during)(?= \w+$)")  # "of 2032", "from May"
OPENS = re.compile(r"(?:before|after|since|until|by|between|from)\b", re.IGNORECASE)  # a period, by itself
KEPT_FIRST, KEPT_LAST = (
    re.compile(rf"{a}{_KEPT}(?: {_KEPT})*{b}", re.IGNORECASE) for a, b in ((r"\s*", r"\b"), (r"(?:^|\s)", r"\s*$"))
)
BY_WHOM = re.compile(r"\b(?:you|we|I|here|library|collection|database|shelf)\b", re.IGNORECASE)
HOW_MANY, LISTS = (re.compile(rf"\W*{PLEASE}{ask}\b", re.IGNORECASE) for ask in ("how many", "(?:list|show)"))

# What is asked of the briefings that were just told of: "and the oldest?", "which of them are the two newest?"
_ONES = r"(?: (?:ones?|briefings?)| of (?:them|those|these|all)(?: briefings)?)"
GOES_ON = re.compile(
    rf"\W*{PLEASE}(?:(?:which|what)(?: ones?)?{_ONES}?(?:[’']s| is| are| was| were)|(?:what|how) about"
    r"|(?:show|give|list|find|tell)(?: me| us)?)?"
    rf"(?: ?the\b)?(?: ?(?P<number>{_COUNT})\b)?(?: ?(?P<end>{END_WORD})){_FEW}{_ONES}?[\s?!.]*"
    rf"|(?P<all>{THEM})",
    re.IGNORECASE,
)


def may_inquire(text: str) -> bool:
    """False for a text that cannot ask anything of the library, known at a glance."""
    return len(text) <= _LONGEST and _BEGINS.match(text) is not None and _NAMES.search(text) is not None


def may_go_on(text: str) -> bool:
    """True for a text that asks for the newest or the oldest of what was told of before it."""
    return len(text) <= _LONGEST and GOES_ON.fullmatch(text) is not None
