"""According to whom something is told, where a question asks for what somebody says: “according to the union”."""

import re

from rag.asking.question import Question
from rag.extract.matching import AskedWords
from rag.extract.readings import ReadText

_NEAR = 0.55  # strength from which a word stands there by a related word
_THE = r"(?:the |its |their |his |her |an? )?"
_ASKED = re.compile(
    rf"\baccording to {_THE}(?P<whom>[^,?]+?)(?=,|$| (?:did|do|does|was|were|is|are|has|have|will)\b)"
)
_TOLD = re.compile(rf"\b[Aa]ccording to {_THE}(?P<whom>[^,.;:“”]+)")


class Attribution:
    """Whose word one question asks for."""

    def __init__(self, question: Question, asked: AskedWords) -> None:
        match = _ASKED.search(question.asked)
        start, end = match.span("whom") if match and match["whom"].islower() else (0, 0)
        self._asked = asked
        self._whom = [i for i, word in enumerate(asked.subject) if start <= word.start < end]

    def is_of_another(self, sentence: str) -> bool:
        """True for a sentence that is told according to somebody else, both being known by what they are:
        “according to the company”, where the union is asked."""
        told = _TOLD.search(sentence) if self._whom else None
        if told is None or not told["whom"].islower():
            return False
        held = self._asked.strengths([ReadText.of(told["whom"])])
        return bool(held[:, self._whom].max(initial=0.0) < _NEAR)
