"""What asks the question before it once more: "shorter", "is that confirmed?", "and before that?"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rag.asking.aspect_forms import FEW
from rag.asking.followup import Turn
from rag.asking.smalltalk import is_small_talk
from rag.words.phrases import PLEASE
from rag.words.values import CARDINALS

Kind = Literal["shorter", "others", "dissent", "earlier", "later", "now"]

_IT = r"(?:that|this|it|so)"
_SAID = rf"(?:{_IT}(?: (?:number|figure|claim|account|version|date|story))?)"
_THEY = rf"(?:{_SAID}|they|those|these)"
_PAPERS = r"(?:sources?|papers?|briefings?|reports?|newspapers?|outlets?)"
_ANYBODY = rf"(?:(?:any|some)(?:one|body)|others?|(?:(?:the|any) )?other {_PAPERS})"
_DOES = r"(?:does|do|did|has|have|is|are)"
_WITH_IT = r"(?: with (?:that|this|it|them|him|her))?"
_ON_IT = rf"(?: (?:about|on|over) {_IT})?"
_AGREES = (
    rf"(?:agree[sd]?{_WITH_IT}|(?:say|said|report(?:ed)?|confirm(?:ed)?|back(?:ed)?)"
    rf"(?: {_IT}| the same)(?: too| as well)?)"
)
_DENIES = r"(?:disput|den|contradict|contest|challeng|question|doubt|rebut)\w*"
_DISSENTS = rf"(?:disagree(?:s|d|ing)?{_WITH_IT}|{_DENIES} {_SAID}|says? (?:otherwise|the opposite))"
_ALL = rf"(?:{_IT}|these|those|them|everything|all(?: of)?(?: {_IT}|these|those|them)?|the above)"
_MAKE = (
    rf"(?:(?:make|keep|say|put|give|summari[sz]e|sum|boil|reduce)(?: me)?(?: {_ALL})?(?: (?:up|down))?"
    r"(?: (?:a|an|the|something|even|much|bit|little))* )?"
)
_CONFIRMED = r"(?:confirmed|corroborated|verified|undisputed|certain|official|reliable|a fact)"
_IN_DISPUTE = r"(?:disputed|contested|contradicted|denied|in dispute)"
_ACCOUNTS = r"(?:accounts?|versions?|views?|figures?|numbers?)"
_FORMS: tuple[tuple[Kind, str], ...] = (
    (
        "shorter",
        rf"{_MAKE}(?:even |much |a (?:bit|little) )*(?:shorter|briefer|more (?:briefly|concise(?:ly)?))"
        rf"(?: version| answer| one)?|too long|in short|briefly|(?:make|keep|put) {_IT} (?:short|brief)"
        rf"|{_MAKE}(?:in |into |to |as |only |just )(?P<most>\w+) (?:{FEW}|line)",
    ),
    (
        "others",
        rf"(?:is|was|were|are|has|have|can) {_SAID}(?: been)?(?: also)? {_CONFIRMED}"
        rf"(?: by (?:{_ANYBODY}|another source)| (?:any|some)where)?(?: else)?"
        rf"|{_DOES} {_ANYBODY}(?: else)? {_AGREES}|who else (?:says|said|report(?:s|ed)|confirm(?:s|ed)) {_IT}"
        rf"|(?:what|how) (?:do|does|did|about|are) (?:(?:the )?others?|(?:(?:any|the) )?other {_PAPERS})"
        rf"(?: (?:say|said|saying|report|reporting|write|tell))?{_ON_IT}"
        rf"|(?:any )?(?:other|second|another|further) (?:{_PAPERS}|{_ACCOUNTS})",
    ),
    (
        "dissent",
        rf"{_DOES} {_ANYBODY}(?: else)? {_DISSENTS}|who {_DISSENTS}|(?:is|was) {_SAID} {_IN_DISPUTE}"
        rf"(?: by {_ANYBODY})?|(?:is|was) there (?:any|an?|some|another) (?:(?:other|different) )?"
        rf"(?:{_ACCOUNTS}|disagreements?|dissent|doubts?|disputes?){_ON_IT}"
        rf"|any (?:conflicting|contradicting|different|diverging) (?:{_PAPERS}|{_ACCOUNTS})",
    ),
    (
        "earlier",
        r"(?:(?:what|how) (?:about|was (?:it|that)) )?(?:(?:the time )?before(?: (?:that|then|this))?"
        r"|earlier(?: than that)?|previously)",
    ),
    ("later", r"(?:(?:what|how) about )?(?:after(?:wards?| (?:that|then|this))|later(?: on)?)"),
    (
        "now",
        r"(?:(?:what|how) (?:about|is (?:it|that)) )?(?:since(?: then)?|now|these days|today)"
        rf"|{_DOES} {_THEY} still (?:true|right|correct|current|valid|so|the case|hold|accurate|up to date)"
        rf"|(?:has|have) {_THEY} (?:since )?(?:changed|been (?:updated|revised|corrected))(?: since(?: then)?)?"
        rf"|is {_IT} (?:up to date|outdated|out of date)",
    ),
)
_AROUND = rf"\W*{PLEASE}(?:(?:but|hmm?),? )?(?:{{}})(?:,? (?:please|pls|plz|though|then))*[\s.?!…]*"
_ANEW = tuple((kind, re.compile(_AROUND.format(form), re.IGNORECASE)) for kind, form in _FORMS)
_LONGEST = 80  # characters


@dataclass(frozen=True, slots=True)
class Anew:
    """The last question asked once more: in fewer sentences, at `most` so many where that is said; of `others` than
    those that told it, where somebody may tell it otherwise (`dissent`); of the
    briefings just before or after, or of those that tell how it is `now`."""

    kind: Kind
    most: int | None = None


def anew_wanted(text: str) -> Anew | None:
    """What a text asks of the question before it; None for one with words of its own."""
    for kind, form in _ANEW if len(text) <= _LONGEST else ():
        if match := form.fullmatch(text):
            number = (match.groupdict().get("most") or "").lower()
            most = int(number) if number.isdecimal() else int(CARDINALS.get(number, 0))
            return None if number and not most else Anew(kind, most or None)
    return None


def folded(history: Sequence[Turn]) -> tuple[Turn, ...]:
    """The earlier questions, without those that ask one before them once more, whose answers are that one's."""
    kept: list[Turn] = []
    for turn in history:
        at = last_asked(kept) if anew_wanted(turn.question) else None
        if at is None:
            kept.append(turn)
            continue
        asked = kept[at]
        cited = tuple(dict.fromkeys((*asked.briefing_ids, *turn.briefing_ids)))
        kept[at] = replace(asked, answer=f"{asked.answer} {turn.answer}".strip(), briefing_ids=cited)
    return tuple(kept)


def last_asked(history: Sequence[Turn]) -> int | None:
    """The place of the last question that asks something of the briefings; None where there is none."""
    return next((i for i in reversed(range(len(history))) if not is_small_talk(history[i].question)), None)
