"""Sentences that tell that something is still to come."""

import re

from rag.asking.question import Question
from rag.words.terms import words
from rag.words.verbs import is_past

_TO_COME = re.compile(
    r"\b(?:(?:is|are) (?:due|to|scheduled|expected|set(?! (?:in|on|at|against)\b)|likely)|due (?:on|by|in)|next \w+"
    r"|will (?!not)|has yet to|not yet|call(?:s|ed) for|announced (?:an )?(?:appeal|complaint)"
    r"|expects? (?:\w+ ){1,5}to|(?:votes?|debates?|meets?|decides?|opens?|begins?) (?:\w+ )?on \w+day"
    r"|(?:is|are) (?:still )?being \w+ed|(?:must|has to|have to|is to|are to) be \w+ (?:by|on|before)"
    r"|until (?!then|now)[^,;.]+ (?:is|are) (?:\w+ly )?\w+(?:ed|en|n|t)"
    r"|whether [^,;.]+ (?:will|would|could|might|may|should|can))\b",
    re.IGNORECASE,
)
_NOT_DONE = frozenset("is are be being to the a an any this that these those new".split())  # "to be signed"


class Awaited:
    """What one question is about, to be told as done or as still to come."""

    def __init__(self, question: Question) -> None:
        self._matter = frozenset(w.term for w in question.subject if w not in question.names)

    def told_by(self, sentence: str) -> bool:
        """True for a sentence about something still to come; not where it tells as done what is asked about: "Holm,
        who joined in 2015, will chair it"."""
        return _TO_COME.search(sentence) is not None and not self._is_done(sentence)

    def _is_done(self, sentence: str) -> bool:
        """True for a sentence with a word of the question in a past form, which is no participle before a noun."""
        before = ""
        for word in words(sentence):
            if word.term in self._matter and is_past(word.written) and before not in _NOT_DONE:
                return True
            before = word.written.lower()
        return False
