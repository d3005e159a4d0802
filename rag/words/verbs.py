"""Verbs: what is written as past, and the words that say how certain it is."""

from collections.abc import Iterator, Mapping
from typing import Literal

from rag.words.terms import irregular_forms

Mood = Literal["", "may", "can", "could", "will", "would", "must", "should", "planned", "wanted"]

MODALS: Mapping[str, Mood] = {
    **dict.fromkeys("may might".split(), "may"),
    **dict.fromkeys("can cannot can't".split(), "can"),
    **dict.fromkeys("could couldn't".split(), "could"),
    **dict.fromkeys("will shall won't".split(), "will"),
    **dict.fromkeys("would wouldn't".split(), "would"),
    **dict.fromkeys("must mustn't".split(), "must"),
    **dict.fromkeys("should shouldn't ought".split(), "should"),
}
# The same, and adverbs that say it.
MOODS: Mapping[str, Mood] = {
    **MODALS,
    **dict.fromkeys("possibly perhaps maybe probably allegedly reportedly".split(), "may"),
}
# Verbs whose "to ..." has not happened: by stem.
GOVERNING: Mapping[str, Mood] = {
    **dict.fromkeys(
        "plan schedul set intend due agre pledg vow promis decid readi prepar arrang expect aim go".split(),
        "planned",
    ),
    **dict.fromkeys(
        """threaten consid propos want seek tri attempt hope urg ask call demand offer suggest recommend discuss
        like wish invit request advis""".split(),
        "wanted",
    ),
    **dict.fromkeys("requir need oblig forc order".split(), "must"),
}
BE = frozenset("am are is was were be been being aren't isn't wasn't weren't".split())
HAVE = frozenset("has have had hasn't haven't hadn't".split())
# Verbs of saying, as they stand in a question ("what did Holm say?").
SAYING = frozenset(
    """accuse add admit announce answer argue ask believe call claim comment complain conclude
    consider contend criticise criticize declare demand deny describe doubt estimate expect explain hold insist
    maintain mention note predict promise propose react regret reject repeat reply report respond reveal say
    state stress suggest tell think urge warn welcome write""".split()
)
_SAID = dict(
    pair.split(":")
    for pair in "admit:admitted hold:held regret:regretted say:said tell:told think:thought write:wrote".split()
)


def _said(verb: str) -> Iterator[str]:
    """How a verb stands in a report: "says", "said"; "replies", "replied"."""
    stem = f"{verb[:-1]}ie" if verb[-2:] in ("ly", "ny") else verb
    yield f"{stem}{'e' if stem.endswith('ss') else ''}s"
    yield _SAID.get(verb) or f"{stem.removesuffix('e')}ed"


SAY = rf"(?:{'|'.join(sorted(SAYING))})\b"
SAYS = rf"(?:{'|'.join(sorted(form for verb in SAYING for form in _said(verb)))})\b"  # "Holm said", "Holm replies"
_NO_PAST = frozenset("need seed feed weed deed heed speed breed bleed greed indeed exceed proceed succeed".split())


def is_past(written: str) -> bool:
    """True for a word written as something done ("closed", "rose")."""
    lower = written.lower()
    regular = lower.endswith("ed") and len(lower) > 3 and lower not in _NO_PAST
    return regular or lower in irregular_forms("irregular.txt")
