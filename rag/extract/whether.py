"""What a sentence says to a question that a yes or no answers: if it is about the same, and denies just that."""

import re

from rag.asking.question import Question
from rag.extract.cues import WHETHER
from rag.extract.matching import AskedWords
from rag.extract.readings import ReadText
from rag.words.grammar import read_claims
from rag.words.thesaurus import RELATED

_REACH = 3  # content words from the one denied first
_OUTRIGHT = re.compile(r"\b(?:den(?:y|ies|ied)|refuse[sd]?|reject(?:s|ed)?|ruled out|contrary to)\b", re.IGNORECASE)
# What somebody does not do, without a "not".
_SHIED = re.compile(
    r"\b(?:refrain(?:s|ed|ing)? from|withh(?:eld|olds?|olding)|fail(?:s|ed|ing)? to|declin(?:es?|ing) to"
    r"|stop(?:s|ped|ping)? short of)\b(?P<from>(?:\W+[\w'-]+){1,3})",
    re.IGNORECASE,
)


class Whether:
    """What one question asks whether it is so."""

    def __init__(self, question: Question, asked: AskedWords) -> None:
        self._asked = asked
        names = {name.start for name in question.names}
        self._own = [i for i, word in enumerate(question.subject) if word not in question.aside]
        self._matter = [i for i in self._own if question.subject[i].start not in names]
        self._asks = bool(self._matter) and WHETHER.match(question.asked) is not None

    def strays(self, sentence: str) -> bool:
        """True for a sentence with neither a name nor another word of the question. For any other question, none
        does."""
        if not self._asks:
            return False
        read = [ReadText.of(sentence)]
        return not self._asked.named(read).any() and bool(
            self._asked.strengths(read)[0, self._matter].max() < RELATED
        )

    def denies(self, sentence: str) -> bool:
        """True when what a sentence denies holds a word of the question; when it denies something outright ("she
        rejected it"), or so shortly that it can only mean the question."""
        if not self._own or _OUTRIGHT.search(sentence):
            return True
        plain = sentence.replace("’", "'")
        claims = read_claims(plain)
        struck = [i for i, token in enumerate(claims) if token.struck]
        shied = [ReadText.of(match["from"]) for match in _SHIED.finditer(plain)]
        if not (struck or shied):
            return True
        starts = [*(token.word.start for token in claims), *[len(plain)] * _REACH]
        denied = [ReadText.of(plain[starts[i] : starts[i + _REACH]]) for i in struck]
        return bool(self._asked.strengths([*denied, *shied])[:, self._own].max() >= RELATED)
