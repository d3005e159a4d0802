"""How a question names a briefing by its place among others: “the second drought bulletin”, “the later report”,
“the May bulletin”."""

import re

from rag.words.values import MONTHS

NUMBERS = {
    w: n for n, w in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split(), 1)
}
LAST = ("last", "latest", "newest", "final", "later", "newer", "most recent")
BEFORE = ("previous", "preceding", "earlier", "older", "original")
_MONTH = rf"(?-i:{'|'.join(map(str.capitalize, MONTHS))})"
_PLACE = rf"(?:{'|'.join((*NUMBERS, *LAST, *BEFORE))}|{_MONTH})"
_PIECE = (
    r"(?:bulletins?|reports?|drafts?|notices?|notes?|statements?|updates?|reviews?|summar(?:y|ies)|articles?"
    r"|stor(?:y|ies)|accounts?)"
)
_SAID = r"(?:say|give|tell|report|differ|compare|do|does)s?"
PLACED = re.compile(
    rf"(?P<in>\b(?:in|of|from|by|according to) )?\b(?:the )?"
    rf"(?:(?P<also>{_PLACE})(?: ones?)?,? (?:and|or|with|to|than|from) (?:the )?)?"
    rf"\b(?P<which>{_PLACE}) (?P<topic>(?:(?!{_PIECE}\b)[\w’'-]+ ){{0,3}}?)(?P<piece>{_PIECE})\b"
    rf"(?P<about> (?:on|about) (?:the )?(?:(?!{_SAID}\b)[\w’'-]+ ?){{1,4}})?",
    re.IGNORECASE,
)
_OTHER = re.compile(rf"(?:the )?(?P<which>{_PLACE})(?: ones?)?", re.IGNORECASE)


def placed_elsewhere(question: str, fragment: str) -> str | None:
    """A question about one of several asked about another of them (“the previous one”); None for any other."""
    other, one = _OTHER.fullmatch(fragment), PLACED.search(question)
    if other is None or one is None or one["also"]:
        return None
    return f"{question[: one.start('which')]}{other['which']}{question[one.end('which') :]}"
