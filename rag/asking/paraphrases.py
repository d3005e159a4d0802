"""What a follow-up says in words of its own, in those that are understood: "no, I meant the port strike"."""

import re
from collections.abc import Sequence

from rag.asking.overviews import overview_wanted
from rag.asking.smalltalk import without_greeting
from rag.words.phrases import ASKING

_IT = r"(?:that|this|it|those|these|them)"
_MEANT = re.compile(
    r"\W*(?:(?:no|nope|sorry|wait|hmm?|ah|oh|actually|well)\b[\s,.!–-]*)*"
    r"(?:(?:I|we) (?:(?:actually|really) )?(?:mean|meant|was (?:asking|talking) about|am (?:asking|talking) about)"
    r"|not (?:that|this)(?: one)?,(?: but)?)[\s,:]+(?P<what>[^\w?!]*\w[^?!]*?)"
    r"(?:, not (?:that|this|the) [^,?!]+)?[\s?!.]*",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    rf"\W*(?:(?:and|so|now|please|ok|okay|can you|could you),? )*(?:how (?:does|do|did) {_IT} (?:compare|stack up)"
    rf"(?: with| to| against)?|compare {_IT}(?: with| to| against)|(?:as )?compared (?:with|to)|versus|vs\.?)"
    r" (?P<what>[^?!]+?)[\s?!.]*",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"(?:what |how )?(?P<who>.+?) (?:says?|said|writes?|wrote|reports?|reported|tells?|told)(?: (?:about|on|of) "
    rf"{_IT})?",
    re.IGNORECASE,
)
_ONLY = re.compile(
    r"\W*(?:(?:and|now|please|ok|okay|can you|could you|give me|show me|list|i (?:just |only )?(?:want|need)),? )*"
    r"(?:just|only) (?:the )?(?P<what>numbers|figures|statistics|stats|data|dates|names|people|quotes|quotations)"
    r"(?:,? (?:please|pls|plz))?[\s?!.]*",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"\W*(?:(?:and|so|now|please|ok|okay|but),? )*(?:(?:let[’']?s|can we|could we|I want to) )?"
    r"(?:(?:go|going|get|come|coming) )?back to (?P<what>[^?!:,]+?)(?: again)?[\s?!.]*",
    re.IGNORECASE,
)
_LONGEST = 200  # characters
_INSTEAD = "tell me about "
_LISTED = {"names": "people", "data": "figures"}


def own_words(typed: str, before: str) -> str:
    """A question without a greeting and thanks, in words that are understood behind the one before it ("" where
    there is none)."""
    text = without_greeting(typed)
    return without_greeting(paraphrased(text, before)) if before else text


def paraphrased(text: str, before: str) -> str:
    """A follow-up in the words that others are asked in: a correction and a comparison ask about something else in
    the place of what was asked about ("what about the port strike?"), "only the numbers" for key figures."""
    if len(text) > _LONGEST:
        return text
    if only := _ONLY.fullmatch(text):
        what = only["what"].lower()
        return f"key {_LISTED.get(what, what)}"
    if back := _BACK.fullmatch(text):
        return f"tell me about {back['what']}"
    if meant := _MEANT.fullmatch(text):
        what = meant["what"]
        if what.split()[0].lower() in ASKING:
            return what
        of = overview_wanted(before)
        return f"{_INSTEAD}{what}" if of and not of.aspect else f"what about {what}?"
    if compared := _COMPARED.fullmatch(text):
        told = _TOLD.fullmatch(compared["what"])
        return f"what does {told['who']} say?" if told else f"what about {compared['what']}?"
    return text


def all_in_own_words(typed: Sequence[str]) -> list[str]:
    """The questions of a conversation, each in words that are understood behind the one before it; "" for a request
    that the next one takes back: "tell me about the strike", "no, I meant the port strike"."""
    told: list[str] = []
    for text in typed:
        told.append(own_words(text, told[-1] if told else ""))
        if told[1:] and told[-1].startswith(_INSTEAD) and _MEANT.fullmatch(without_greeting(text)):
            told[-2] = ""
    return told
