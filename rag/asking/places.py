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
# "Bulletins 1 and 2", "Bulletin No. 1 and Bulletin No. 2"
_NUMBER = r"(?:nos?\.? |numbers? )?"
_NO_TOPIC = (
    r"(?:compare|contrast|between|both|and|the|in|of|from|by|with|on|do|does|did|is|are|was|were|has|have|how|what"
    r"|which|many|much)"
)
_BY_NUMBER = re.compile(
    rf"\b(?:the )?(?P<topic>(?:(?!{_NO_TOPIC}\b)[\w’'-]+ ){{0,2}})(?P<piece>{_PIECE}) {_NUMBER}(?P<one>\d\d?)"
    r"(?:,? (?:and|or)|(?P<between>(?: [a-z]+){0,3}?) (?:with|to|than|from)"
    rf"(?= (?:[\w’'-]+ ){{0,3}}(?:{_PIECE}|no)\b))"
    rf" (?:(?:in|by|of|the|that) )*(?:(?P=topic)?{_PIECE} )?{_NUMBER}(?P<other>\d\d?)\b(?![.,:]?\d)",
    re.IGNORECASE,
)
# "the later bulletin differ from the earlier one"
_FROM_OTHER = re.compile(
    rf"(?P<between>(?: (?!(?:the|{_PIECE})\b)[\w’'-]+){{0,6}}?),? (?:and|or|with|to|than|from)"
    rf" (?:(?:in|by|that|those|of) )*the (?P<other>{_PLACE})(?: one| {_PIECE})?\b(?! \w+ {_PIECE})",
    re.IGNORECASE,
)
_OTHER = re.compile(rf"(?:the )?(?P<which>{_PLACE})(?: ones?)?", re.IGNORECASE)


def put_together(text: str) -> str:
    """A question with the two briefings that it names by their places, or numbers, side by side: “how does the
    later bulletin differ from the earlier one?” as “how does the later and the earlier bulletin differ?”."""
    names = {str(n): word for word, n in NUMBERS.items()}
    if (two := _BY_NUMBER.search(text)) and two["one"] in names and two["other"] in names:
        pair = f"the {names[two['one']]} and the {names[two['other']]} {two['topic']}{two['piece']}"
        return f"{text[: two.start()]}{pair}{two['between'] or ''}{text[two.end() :]}"
    one = PLACED.search(text)
    other = _FROM_OTHER.match(text, one.end("piece")) if one and not one["also"] else None
    if one is None or other is None or one["which"].lower() == other["other"].lower():
        return text
    before, thing = text[: one.start("which")], text[one.start("topic") : one.end("piece")]
    pair = f"{one['which']} and the {other['other']} {thing}"
    return f"{before}{pair}{other['between']}{text[other.end() :]}"


def placed_elsewhere(question: str, fragment: str) -> str | None:
    """A question about one of several asked about another of them (“the previous one”); None for any other."""
    other, one = _OTHER.fullmatch(fragment), PLACED.search(question)
    if other is None or one is None or one["also"]:
        return None
    return f"{question[: one.start('which')]}{other['which']}{question[one.end('which') :]}"
