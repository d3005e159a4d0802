"""Verification: no quote reaches a reader unless it is the exact words of its paragraph."""

from collections.abc import Mapping
from dataclasses import replace

from rag.answers import Answer, Citation
from rag.briefings import Briefing

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
