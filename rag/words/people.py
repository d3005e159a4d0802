"""Whether texts show that a name is somebody's: by a rank or office in front of it, or an age behind it."""

import re
from collections.abc import Iterable

from rag.words.names import OFFICES

_NO_OFFICE = frozenset("state foreign finance defence defense interior deputy vice prime head".split())
_OFFICES = "|".join(sorted(OFFICES - _NO_OFFICE))
_CALLED = re.compile(
    rf"\b(?i:{_OFFICES})\b\.?(?: of (?:the )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)? "
    r"(?:(?!The\b)[A-Z][\w.’'-]* (?:(?:de|van|von|bin|al|el) )?){0,2}$"
)
_AGED = re.compile(r",? (?:\(|aged )?[1-9]\d(?:,|\))")
_NO_PERSON = re.compile(r"\b(?i:in|at|near|across|outside|the|an?) $")
_ITS_OFFICE = re.compile(rf"(?:[’']s?)? (?i:{_OFFICES}|government|officials?|council|ministry)\b")
_BEFORE = 80  # characters in front of a name that are looked at


def people_among(names: Iterable[str], texts: Iterable[str]) -> frozenset[str]:
    """Those of these names that texts show to be a person's more often than a thing's or a place's; one that is
    written with an article is none."""
    whole = "\n".join(texts)
    return frozenset(n for n in names if not n.lower().startswith(("the ", "a ", "an ")) and _is_person(n, whole))


def _is_person(name: str, text: str) -> bool:
    shown = 0
    for found in re.finditer(rf"\b{re.escape(name)}\b", text):
        before = text[max(0, found.start() - _BEFORE) : found.start()]
        if _NO_PERSON.search(before) or _ITS_OFFICE.match(text, found.end()):
            shown -= 1
        elif _CALLED.search(before) or _AGED.match(text, found.end()):
            shown += 1
    return shown > 0
