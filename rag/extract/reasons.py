"""Whether a sentence leaves open why something is so, when a question asks for its reason."""

import re

from rag.asking.question import Question
from rag.extract.cues import BECAUSE
from rag.extract.readings import ReadText
from rag.words.values import MONTHS, WEEKDAYS

_WHY = re.compile(
    r"^(?:(?:and|so|but) )?why\b(?! not\b)|\bhow come\b|\b(?:tell (?:me|us)|know|explain|say|wonder(?:ing)?) why\b",
    re.IGNORECASE,
)
_CAUSE = re.compile(r"\b(?:cause[sd]?|reasons?)\b", re.IGNORECASE)
_REASON = re.compile(
    rf"{BECAUSE.pattern}|, (?:\w+ly )?\w+ing\b|\b(?:so|thanks|for (?:lack|want|fear))\b|, to (?-i:[a-z]+)\b",
    re.IGNORECASE,
)
# Of time alone: "since Christmas", "after three days".
_TIME = re.compile(
    rf"\bsince (?:\d|then\b|(?:last|early|late|mid|{'|'.join((*MONTHS, *WEEKDAYS))}|christmas|easter|ramadan)\b"
    r"|the (?:start|beginning|end)\b)|\bafter [^\W_]+ (?:minutes?|hours?|days?|weeks?|months?|years?)\b",
    re.IGNORECASE,
)
# Not of what is an example, or of what something is: "cuts such as that of the ward", "seen as a cut".
_PERHAPS = re.compile(r"\b(?:since|after|(?<!\bsuch )as(?! an?\b)|following)\b(?P<clause>[^,;]*)", re.IGNORECASE)
_SOUGHT = re.compile(
    r"\bsubject of an? (?:\w+ )?(?:inquiry|investigation|probe)\b|\bunder investigation\b"
    r"|\bbeing (?:investigated|examined)\b|\b(?:is|are) investigating\b",
    re.IGNORECASE,
)
# "Why could they not read it": "It did reach them, but in English."
_WHY_NOT = re.compile(r"\bwhy\b.*(?:\bnot\b|n[’']t\b|\bnever\b|\bno(?:body|thing)?\b)", re.IGNORECASE)
_BUT = re.compile(r"\b(?:but|only)\b")
_SAYS_AGAIN = 0.33  # share of what a question is about in a sentence that says just this again


class Reason:
    """What one question wants to have explained, if anything."""

    def __init__(self, question: Question) -> None:
        why = _WHY.search(question.asked) is not None
        own = (*question.names, *(w for w in question.subject if w not in question.aside))
        self._unexplained = frozenset(w.term for w in own) if why else frozenset()
        self._why_not = _WHY_NOT.search(question.asked) is not None
        self._sought = why or _CAUSE.search(question.asked) is not None

    def left_open(self, sentence: str) -> bool:
        """True for a sentence that says again what is to be explained, and no reason for it; that gives it as the
        reason of something else; or that says that the reason is still looked for."""
        if self._sought and _SOUGHT.search(sentence):
            return True
        return bool(self._unexplained) and (self._says_again(sentence) or self._explains_another(sentence))

    def _says_again(self, sentence: str) -> bool:
        said = len(self._unexplained & ReadText.of(sentence).terms.keys())
        if self._why_not and _BUT.search(sentence):
            return False
        return said >= _SAYS_AGAIN * len(self._unexplained) and not _REASON.search(_TIME.sub("", sentence))

    def _explains_another(self, sentence: str) -> bool:
        """True where what is to be explained stands behind the "since" or "after": "Work has stopped since the bank
        closed", when it is asked why the bank closed."""
        said = self._unexplained & ReadText.of(sentence).terms.keys()
        if 2 * len(said) <= len(self._unexplained):
            return False
        for match in _PERHAPS.finditer(sentence):
            behind = self._unexplained & ReadText.of(match["clause"]).terms.keys()
            if len(behind) > 1 and 2 * len(behind) > len(said):
                return True
        return False
