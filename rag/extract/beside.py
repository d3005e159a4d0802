"""What stands beside a chosen sentence and tells the answer, or the rest of it: "The closing has slipped. The two
airlines now expect to sign on 30 June."."""

import re
from collections.abc import Iterator, Sequence

from rag.asking.question import Question
from rag.extract.cues import WHETHER, Cues
from rag.extract.evidence import Scored
from rag.extract.readings import ReadText

# Chosen on the development and training cases, as those of `rag.extract.choice`.
SHARE_BESIDE = 0.3  # of the best, from which another sentence of its paragraph joins it
SHARE_OF_VALUE = 0.2  # where a number, a day or a time is asked for: both tell one
SHARE_OF_REST = 0.005  # of the best of a part that is told already, from which its neighbour tells the part
_NEAR = 2  # sentences
_FEW = 4  # content words that a question has not, of a sentence that only leads to what it asks for
_VALUES = ("number", "date", "time")
_DIGIT = re.compile(r"\d")
_PRONOUN = re.compile(r"\b(?:he|she|they|it|his|her|their|its)\b", re.IGNORECASE)


def beside(question: Question, chosen: Scored, scored: Sequence[Scored]) -> list[Scored]:
    """The sentences of its paragraph that complete a chosen one, of all that were scored: one that is not much less
    probable; the next one, where it leads to that or lacks the reason that is asked for; the one before it, where
    that names whom it speaks of."""
    paragraph, at = _paragraph(chosen, scored)
    found = dict.fromkeys(_completing(question, paragraph, at))
    return [paragraph[i] for i in found if paragraph[i].candidate.may_be_quoted]


def rest_beside(told: Scored, scored: Sequence[Scored]) -> list[Scored]:
    """The likeliest sentence near one that is told already, of its paragraph; none where none is likely at all."""
    paragraph, at = _paragraph(told, scored)
    best = _likeliest_near(paragraph, at)
    enough = SHARE_OF_REST * told.probability
    return [paragraph[best]] if best != at and paragraph[best].probability >= enough > 0 else []


def _paragraph(one: Scored, scored: Sequence[Scored]) -> tuple[list[Scored], int]:
    """The sentences of its paragraph in order, of all that were scored, and its place among them."""
    here = one.candidate
    own = [s for s in scored if s.candidate.paragraph is here.paragraph and s.candidate.briefing is here.briefing]
    own.sort(key=lambda s: s.candidate.start)
    return own, next(i for i, s in enumerate(own) if s.candidate.start == here.start)


def _likeliest_near(paragraph: Sequence[Scored], at: int) -> int:
    """The place of the likeliest sentence near a place; the place itself where there is none."""
    near = [i for i in range(len(paragraph)) if 0 < abs(i - at) <= _NEAR]
    return max(near, key=lambda i: paragraph[i].probability, default=at)


def _completing(question: Question, paragraph: Sequence[Scored], at: int) -> Iterator[int]:
    """The places of the sentences that complete the one at a place."""
    texts = [one.candidate.text for one in paragraph]
    likely = [one.probability for one in paragraph]
    cues = Cues(question)
    if at + 1 < len(texts) and (texts[at + 1].endswith(":") or _leads_on(question, cues, texts[at])):
        yield at + 1
    if at and _PRONOUN.search(texts[at]) and cues.finds_name(texts[at - 1]) and not cues.finds_name(texts[at]):
        yield at - 1
    if not WHETHER.search(question.text):
        share = SHARE_OF_VALUE if question.wants in _VALUES else SHARE_BESIDE
        best = _likeliest_near(paragraph, at)
        if best != at and likely[best] >= share * likely[at] > 0:
            yield best


def _leads_on(question: Question, cues: Cues, text: str) -> bool:
    """True for a sentence that tells hardly more than an open question takes for known ("Three firms had bid."), or
    not the reason that it asks for."""
    if cues.misses_reason(text):
        return True
    if question.is_factoid or WHETHER.search(question.text) or _DIGIT.search(text):
        return False
    known = {word.term for word in (*question.subject, *question.names)}
    return len(ReadText.of(text).terms.keys() - known) <= _FEW
