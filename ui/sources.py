"""What a saved citation is worth today: does the briefing still say these words, and where?"""

from dataclasses import dataclass
from typing import Literal, get_args

from rag.answers import Citation, Verdict
from rag.briefings import Briefing, Paragraph
from rag.verify import is_exact

State = Literal["verified", "unverified", "unchecked"]
LABELS: dict[State, str] = {"verified": "verified", "unverified": "not verified", "unchecked": "not checked"}

_EXACT = "Verified: these are the exact words of the source."
_REMOVED = "Not verified: the briefing has been removed. These are the words that the answer was made from."
CHANGED = "Not verified: the briefing has changed since."
_CHANGED = f"{CHANGED} These are the words that the answer was made from."
_UNCHECKED = "Not checked: nobody has compared this quote with its source."


@dataclass(frozen=True, slots=True)
class Standing:
    """A citation's state in words for the reader. `paragraph` holds the quote today at `start` to `end` of the
    briefing's text; None when the quote is no longer there."""

    state: State
    why: str
    paragraph: Paragraph | None = None
    start: int = 0
    end: int = 0


def standing(citation: Citation, briefing: Briefing | None) -> Standing:
    """Compare a citation with the briefing as it is now (None: removed).

    Words that an edit elsewhere in the briefing has only moved are still verified, at their new place.
    """
    if briefing is None:
        return Standing("unverified", _REMOVED)
    if is_exact(citation, briefing):
        paragraph = briefing.paragraphs[citation.paragraph - 1]
        if citation.verdict not in get_args(Verdict):  # of an answer that a later version saved
            return Standing("unchecked", _UNCHECKED, paragraph, citation.start, citation.end)
        return Standing("verified", _EXACT, paragraph, citation.start, citation.end)
    for paragraph in briefing.paragraphs:
        start = briefing.text.find(citation.quote, paragraph.start, paragraph.end)
        if start >= 0:
            moved = "" if paragraph.number == citation.paragraph else f" They have moved to ¶{paragraph.number}."
            return Standing("verified", _EXACT + moved, paragraph, start, start + len(citation.quote))
    return Standing("unverified", _CHANGED)
