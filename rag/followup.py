"""Follow-up questions without a model: what an earlier question was about is carried over when it is needed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.question import read_question
from rag.terms import words
from rag.values import numbers_in

# Words that point back. "it" and "that" also open complete questions ("Is it true that Iran …"), so they
# count only in a question that names nothing itself.
_PERSONAL = frozenset("he she they him her them his hers their theirs".split())
_POINTING = frozenset("it its that this those these there then".split())
_OPENING = re.compile(r"(?:and|but|so|or|what about|how about|also)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Standalone:
    """A question that can be understood by itself: `asked` as typed, `text` with what was carried over,
    `carried` those words alone."""

    asked: str
    text: str
    carried: tuple[str, ...] = ()


def standalone(question: str, history: Sequence[str]) -> Standalone:
    """The question, completed by the subject of the earlier questions (oldest first) when it points back.

    A question that names its own subject is left as it is.
    """
    if not history or not _points_back(question):
        return Standalone(question, question)
    earlier = standalone(history[-1], history[:-1])
    own = {w.term for w in words(question)}
    subject = {w.start for w in read_question(earlier.text).subject}
    told = words(earlier.text)
    counted = {i for n in numbers_in(told) for i in range(n.first, n.last + 1)}  # "three-phase" carries "three"
    kept = [w for i, w in enumerate(told) if w.start in subject or i in counted]
    carried = tuple(dict.fromkeys(w.written for w in kept if w.term not in own))
    if not carried:
        return Standalone(question, question)
    return Standalone(question, f"{question} ({' '.join(carried)})", carried)


def _points_back(question: str) -> bool:
    read = read_question(question)
    plain = {w.written.lower() for w in words(question)}
    if _OPENING.match(question) or len(read.subject) <= 1:
        return True
    if plain & _PERSONAL and not read.names:
        return True
    return bool(plain & _POINTING) and not read.names and len(read.subject) <= 3
