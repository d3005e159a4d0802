"""Verification: no quote reaches a reader unless it is the exact words of its paragraph, and no sentence is
shown as supported whose quotes do not hold what it says.

`check_quote` says what becomes of one quote, `check_support` how far quotes hold a sentence; `verified` is the
last look at an answer. It counts in `Answer.checks`: `dropped`, sentences without a citation that stands, and
`relabelled`, sentences whose support is not what the answer said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from rag.answers import Answer, Citation, Sentence, Verdict
from rag.briefings import Briefing, Paragraph
from rag.checks.locating import QuoteCheck, check_quote
from rag.checks.support import SupportCheck, check_support

__all__ = [
    "DROPPED",
    "QuoteCheck",
    "SupportCheck",
    "appended",
    "check_quote",
    "check_support",
    "citation_of",
    "is_exact",
    "renumbered",
    "summed",
    "surroundings",
    "verified",
]

_Number = TypeVar("_Number", int, float)
CHANGED = "The briefings changed while the answer was composed; ask again."
DROPPED = "A sentence was dropped because its source changed while the answer was composed."


def verified(answer: Answer, briefings: Mapping[str, Briefing]) -> Answer:
    """The answer with only those citations whose quote stands, exactly, inside its paragraph.

    `briefings` are read from the library for this check. A sentence that has no such citation is dropped with
    a notice, and one whose quotes do not support it as it says is labelled anew; an answer that loses all its
    sentences abstains.
    """
    if answer.abstained:
        return answer
    good = {c.number: c for c in answer.citations if is_exact(c, briefings.get(c.briefing_id))}
    kept: list[Sentence] = []
    for sentence in answer.sentences:
        cited = tuple(n for n in sentence.citations if n in good)
        if cited:
            kept.append(_labelled(replace(sentence, citations=cited), [good[n] for n in cited], briefings))
    if len(good) == len(answer.citations) and tuple(kept) == answer.sentences:
        return answer
    dropped = len(answer.sentences) - len(kept)
    relabelled = len(kept) - sum(s.support == t.support for s, t in _pairs(answer.sentences, kept))
    counts = {"dropped": dropped, "relabelled": relabelled}
    checks = dict(answer.checks)
    for name, count in counts.items():
        if count:
            checks[name] = checks.get(name, 0) + count
    return renumbered(
        replace(
            answer,
            sentences=tuple(kept),
            citations=tuple(good.values()),
            abstained=not kept,
            reason=None if kept else CHANGED,
            notices=(*answer.notices, DROPPED) if dropped else answer.notices,
            checks=checks,
        )
    )


def surroundings(briefing: Briefing, paragraph: Paragraph) -> tuple[str, ...]:
    """What a quote is read with: the title, section, source and date of its briefing, and its paragraph."""
    return (*briefing.headings(paragraph), briefing.words_of(paragraph))


def citation_of(
    briefing: Briefing, paragraph: Paragraph, start: int, end: int, verdict: Verdict = "exact", number: int = 0
) -> Citation:
    """The citation of `briefing.text[start:end]`, which lies in this paragraph."""
    return Citation(
        number=number,
        briefing_id=briefing.briefing_id,
        title=briefing.title,
        published=briefing.published,
        source=briefing.source,
        section=paragraph.section,
        paragraph=paragraph.number,
        quote=briefing.text[start:end],
        start=start,
        end=end,
        verdict=verdict,
        page=paragraph.page,
    )


def _labelled(sentence: Sentence, cited: Sequence[Citation], briefings: Mapping[str, Briefing]) -> Sentence:
    """The sentence with the support that its citations give it; a label that is already lower stays."""
    around: dict[str, None] = {}
    for citation in cited:
        briefing = briefings[citation.briefing_id]
        around.update(dict.fromkeys(surroundings(briefing, briefing.paragraphs[citation.paragraph - 1])))
    found = check_support(sentence.text, [c.quote for c in cited], tuple(around))
    order = ("unsupported", "unchecked", "supported")
    if order.index(sentence.support) <= order.index(found.support):
        return sentence
    return replace(sentence, support=found.support, reason=found.reason)


def _pairs(before: Sequence[Sentence], after: Sequence[Sentence]) -> list[tuple[Sentence, Sentence]]:
    """Each kept sentence as it was and as it is."""
    at = 0
    found = []
    for sentence in after:
        while before[at].text != sentence.text:
            at += 1
        found.append((before[at], sentence))
        at += 1
    return found


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


def appended(answer: Answer, other: Answer) -> Answer:
    """An answer with the sentences and citations of another behind its own, and what was taken for both."""
    last = max((c.number for c in answer.citations), default=0)
    sentences = (replace(s, citations=tuple(last + n for n in s.citations)) for s in other.sentences)
    return replace(
        answer,
        sentences=(*answer.sentences, *sentences),
        citations=(*answer.citations, *(replace(c, number=last + c.number) for c in other.citations)),
        notices=tuple(dict.fromkeys((*answer.notices, *other.notices))),
        checks=summed(answer.checks, other.checks),
        plan=(*answer.plan, *other.plan),
        usage=summed(answer.usage, other.usage),
        timings_ms=summed(answer.timings_ms, other.timings_ms),
    )


def summed(some: Mapping[str, _Number], others: Mapping[str, _Number]) -> dict[str, _Number]:
    """The sums by key."""
    return {key: some.get(key, 0) + others.get(key, 0) for key in {**some, **others}}
