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
_SHORT = r"(?:shorter|briefer|more (?:briefly|concise(?:ly)?|succinct(?:ly)?)|less (?:words|text))"
_ONE = r"(?:anyone|anybody|someone|somebody|others?|(?:the )?other (?:sources|papers|briefings|reports)|any other source)"
_DOES = r"(?:does|do|did|has|have|is|are)"
_AGREES = (
    r"(?:agree(?:s|d)?(?: with (?:that|this|it|them|him|her))?|(?:say|said|report(?:ed)?|confirm(?:ed)?|back(?:ed)?)"
    rf"(?: {_IT}| the same)(?: too| as well)?)"
)
_DISSENTS = (
    r"(?:disagree(?:s|d|ing)?(?: with (?:that|this|it|them|him|her))?|(?:disput|den|contradict|contest|challeng"
    rf"|question|doubt|rebutt?)(?:e|y|ies|ied|es|ed|s|ing)?(?: {_SAID})|say(?:s)? (?:otherwise|the opposite))"
)
_FORMS: tuple[tuple[Kind, str], ...] = (
    (
        "shorter",
        rf"(?:(?:make|keep|say|put|give me)(?: {_IT})? )?(?:(?:a|an|the|something|even|much|bit|little) )*{_SHORT}"
        r"(?: version| answer| one)?|too long|in short|briefly|(?:make|keep|put) (?:it|this|that) (?:short|brief)"
        rf"|(?:(?:make|keep|say|put|give)(?: me)?(?: {_IT})? )?(?:in |as |only |just )(?P<most>\w+) {FEW}",
    ),
    (
        "others",
        rf"(?:is|was|were|are|has|have|can) {_SAID}(?: been)?(?: also)? (?:confirmed|corroborated|verified|undisputed"
        r"|certain|official|reliable|a fact)(?: (?:by (?:anyone|anybody|others?|other sources|another source)"
        r"|(?:any|some)where)(?: else)?)?"
        rf"|{_DOES} {_ONE}(?: else)? {_AGREES}|who else (?:says|said|reports|reported|confirms|confirmed) {_IT}"
        r"|(?:what|how) (?:do|does|did|about|are) (?:(?:the )?others?|(?:any |the )?other (?:sources?|papers?"
        r"|briefings?|reports?|newspapers?|outlets?))(?: (?:say|said|saying|report|reporting|write|tell))?"
        rf"(?: (?:about|on) {_IT})?|(?:any )?(?:other|second|another|further) (?:sources?|reports?|accounts?|versions?)",
    ),
    (
        "dissent",
        rf"{_DOES} {_ONE}(?: else)? {_DISSENTS}|who {_DISSENTS}"
        rf"|(?:is|was) (?:{_SAID}|there (?:any|a|some)) (?:disputed|contested|contradicted|denied|in dispute"
        r"|(?:another|other|different) (?:version|account|view|figure|number)s?"
        r"|(?:disagreement|dissent|doubt|dispute)s?)(?: (?:about|on|over) (?:that|this|it))?(?: by (?:anyone|anybody))?"
        r"|any (?:conflicting|contradicting|different|diverging) (?:sources?|reports?|accounts?|versions?|figures?)",
    ),
    (
        "earlier",
        rf"(?:(?:what|how) (?:about|was (?:it|that)) )?(?:(?:the time )?before(?: (?:that|then|this))?|earlier(?: than that)?"
        r"|previously)",
    ),
    (
        "later",
        r"(?:(?:what|how) about )?(?:after(?:wards?| (?:that|then|this))|later(?: on)?)",
    ),
    (
        "now",
        rf"(?:(?:what|how) (?:about|is (?:it|that)) )?(?:since(?: then)?|now|these days|today)|(?:is|are|does|do) (?:{_SAID}|they|those|these) still (?:true|right|correct|current|valid|so|the case|hold"
        r"|accurate|up to date)|(?:has|have) (?:{_SAID}|they|those|these) (?:since )?(?:changed|been (?:updated|revised"
        r"|corrected))(?: since(?: then)?)?|is (?:that|this|it) (?:up to date|outdated|out of date)",
    ),
)
_ANEW = tuple(
    (kind, re.compile(rf"\W*{PLEASE}(?:but |hmm?,? )?(?:{form})(?:,? (?:please|though|then))*[\s.?!…]*", re.IGNORECASE))
    for kind, form in _FORMS
)
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
