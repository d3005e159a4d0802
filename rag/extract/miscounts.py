"""Sentences whose numbers all count something else than "how many" asks: "two shepherds were hurt", when it is
asked how many soldiers were."""

import re
from collections.abc import Callable, Sequence

from rag.asking.question import Question
from rag.extract.candidates import Candidate
from rag.extract.kinds import is_date
from rag.extract.matching import AKIN, AskedWords
from rag.extract.readings import ReadText
from rag.words.terms import Word, is_stop_word
from rag.words.thesaurus import SYNONYM
from rag.words.values import CARDINALS, Number, numbers_in

_HOW_MANY = re.compile(
    r"\bhow many (?:[a-z-]+ ){0,2}?"
    r"(?P<what>(?!(?:persons|others|times)\b)[a-z]+s|men|women|children|sheep|staff|crew)\b(?! of\b)",
    re.IGNORECASE,
)
_PLURAL = frozenset("sheep staff police crew fish aircraft personnel".split())
# What is cheap to find: a number with a plural, or the like, not far behind.
_COUNTS = re.compile(
    rf"(?:\d|\b(?:{'|'.join(CARDINALS)}|hundred|thousand|million|dozen))[ -](?:[^\W\d_]+[ -]){{0,5}}?"
    rf"(?:[a-z]{{3,}}s|{'|'.join(sorted(_PLURAL))})\b",
    re.IGNORECASE,
)
_REACH = 3  # words behind a number, of which one may say what it counts
_OF_THEM = frozenset("of the its their these those our all".split())
# What may count anything: "six cases", "400 people", "three days".
_ANYTHING = frozenset(
    """persons others ones cases members units times percent years days hours weeks months minutes""".split()
)


def of_other_things(question: Question, asked: AskedWords) -> Callable[[Candidate], bool]:
    """What is true for sentences that count, but only other things; never where the question counts nothing."""
    match = _HOW_MANY.search(question.asked)
    at = next((i for i, w in enumerate(question.subject) if match and w.start == match.start("what")), None)
    if at is None:
        return lambda _: False
    own = {word.term for word in question.subject}

    def is_other(number: Number, sentence: str, order: Sequence[Word]) -> bool:
        """True for a number with a known thing behind it that is not what is asked for, nor near it."""
        k = number.last + 1
        if k < len(order) and sentence[order[number.last].end : order[k].start] not in (" ", "-"):
            return False
        if k < len(order) and order[k].written.lower() == "of":
            k = next((i for i in range(k, len(order)) if order[i].written.lower() not in _OF_THEM), len(order))
        for j in range(k, min(k + _REACH, len(order))):
            if is_stop_word(order[j].written) or (j > k and order[j].start != order[j - 1].end + 1):
                return False
            if _is_plural(order[j].written):
                held = asked.strengths([ReadText.of(order[j].written)])[0]
                named = any(word.term in own for word in order[k : j + 1])
                return not named and bool(held[at] < AKIN and held.max() < SYNONYM)
        return False

    def told(candidate: Candidate) -> bool:
        sentence = candidate.text
        if candidate.paragraph.kind == "table_row" or not _COUNTS.search(sentence):
            return False
        order = ReadText.of(sentence).order
        numbers = [n for n in numbers_in(order) if not n.ordinal and n.value not in question.numbers]
        counting = [n for n in numbers if not is_date(n, sentence, order)]
        return bool(counting) and all(is_other(n, sentence, order) for n in counting)

    return told


def _is_plural(written: str) -> bool:
    """True for a word that looks like the plural of some known kind of thing."""
    ends = len(written) > 3 and written.endswith("s") and not written.endswith("ss")
    return written.islower() and (ends or written in _PLURAL) and written not in _ANYTHING
