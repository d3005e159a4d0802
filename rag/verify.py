"""Verification: no quote reaches a reader unless it is the exact words of its paragraph."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rag.answers import Answer, Citation, Support
from rag.briefings import Briefing, Paragraph

DROPPED = "A sentence was dropped because its source changed while the answer was composed."


def verified(answer: Answer, briefings: Mapping[str, Briefing]) -> Answer:
    """The answer with only those citations whose quote stands, exactly, inside its paragraph.

    `briefings` are read from the library for this check. A sentence that loses all its citations is
    dropped with a notice; an answer that loses all its sentences abstains.
    """
    if answer.abstained:
        return answer
    good = {c.number: c for c in answer.citations if is_exact(c, briefings.get(c.briefing_id))}
    sentences = [replace(s, citations=tuple(n for n in s.citations if n in good)) for s in answer.sentences]
    kept = tuple(s for s in sentences if s.citations)
    if len(good) == len(answer.citations) and len(kept) == len(sentences):
        return answer
    return renumbered(
        replace(
            answer,
            sentences=kept,
            citations=tuple(good.values()),
            abstained=not kept,
            reason=None if kept else "The briefings changed while the answer was composed; ask again.",
            notices=(*answer.notices, DROPPED),
        )
    )


def is_exact(citation: Citation, briefing: Briefing | None) -> bool:
    """True when the quote is the briefing's text between its offsets and lies in the paragraph it names."""
    if briefing is None or not 1 <= citation.paragraph <= len(briefing.paragraphs):
        return False
    paragraph = briefing.paragraphs[citation.paragraph - 1]
    inside = paragraph.start <= citation.start < citation.end <= paragraph.end
    return inside and briefing.text[citation.start : citation.end] == citation.quote


def renumbered(answer: Answer) -> Answer:
    """The same answer with its citations numbered from 1 in the order of their first use; unused ones go."""
    order: dict[int, int] = {}
    for sentence in answer.sentences:
        for number in sentence.citations:
            order.setdefault(number, len(order) + 1)
    by_number = {c.number: c for c in answer.citations}
    return replace(
        answer,
        sentences=tuple(replace(s, citations=tuple(order[n] for n in s.citations)) for s in answer.sentences),
        citations=tuple(replace(by_number[old], number=new) for old, new in order.items()),
    )


QuoteVerdict = Literal["exact", "normalised", "misattributed", "fabricated"]


@dataclass(frozen=True, slots=True)
class QuoteCheck:
    verdict: QuoteVerdict
    briefing: Briefing | None
    paragraph: Paragraph | None
    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True)
class SupportCheck:
    support: Support
    reason: str | None


def check_quote(
    quote: str, briefing: Briefing | None, paragraph_number: int | None, others: Iterable[Briefing] = ()
) -> QuoteCheck:
    raise NotImplementedError


def check_support(sentence: str, quotes: Sequence[str], around: Sequence[str] = ()) -> SupportCheck:
    raise NotImplementedError
