"""A briefing as the reader beside the chat shows it: paragraphs cut into pieces, some of them marked."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rag.answers import Answer
from rag.briefings import Briefing, Hit, Paragraph
from rag.storage.versions import Version
from rag.verify import is_exact
from ui.sources import CHANGED, standing
from ui.words import day, meta_of

Kind = Literal["chosen", "other", "passage"]
MOST = 800  # paragraphs that are sent to the page at once


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the briefing's text to be marked."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a paragraph; `kind` None is unmarked."""

    text: str
    kind: Kind | None


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """One paragraph with its number for the margin."""

    number: int
    section: str | None
    kind: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class PageView:
    """What the reader shows. `target` is the paragraph to scroll to; `why` says what is unusual about the
    citation that was opened, and `saved` holds its words when they are nowhere to be marked (empty when they are
    marked in an earlier version). `previous` and `next` are numbers of citations, or None at either end."""

    title: str
    meta: str
    present: bool
    paragraphs: tuple[ParagraphView, ...]
    target: int | None = None
    why: str | None = None
    saved: str | None = None
    number: int | None = None
    of: int = 0
    previous: int | None = None
    next: int | None = None
    cut: str | None = None


def page_of_briefing(briefing: Briefing) -> PageView:
    """The whole briefing with nothing marked."""
    return _page(briefing, (), None)


def page_of_passage(briefing: Briefing, hit: Hit) -> PageView:
    """The briefing at a passage that was found."""
    passage = hit.passage
    return _page(briefing, (Span(passage.start, passage.end, "passage"),), passage.first_paragraph)


def page_of_citation(
    briefing: Briefing | None, answer: Answer, number: int, earlier: Sequence[Version] = ()
) -> PageView:
    """The briefing at a citation of this answer, with the answer's other citations of it marked lightly.

    When the briefing no longer says the words, the last of its `earlier` versions that does is shown.
    """
    order = [c.number for c in answer.citations]
    at = order.index(number)
    citation = answer.citations[at]
    now = standing(citation, briefing)
    old = next((v for v in reversed(earlier) if now.paragraph is None and is_exact(citation, v.briefing)), None)
    if old is not None:
        briefing, now = old.briefing, replace(standing(citation, old.briefing), state="unverified", why=_was(old))
    unusual = now.why if now.paragraph is None or now.paragraph.number != citation.paragraph else None
    unusual = now.why if now.state != "verified" else unusual
    saved = citation.quote if now.paragraph is None else None if old is None else ""
    target = now.paragraph.number if now.paragraph else None
    gone = PageView(citation.title, "", False, ())
    return replace(
        _page(briefing, _marked(briefing, answer, number), target) if briefing else gone,
        why=unusual,
        saved=saved,
        number=number,
        of=len(order),
        previous=order[at - 1] if at else None,
        next=order[at + 1] if at + 1 < len(order) else None,
    )


def _marked(briefing: Briefing, answer: Answer, chosen: int) -> list[Span]:
    """What of a briefing an answer cites, as far as it still says it."""
    spans: list[Span] = []
    for citation in answer.citations:
        now = standing(citation, briefing) if citation.briefing_id == briefing.briefing_id else None
        if now and now.paragraph:
            spans.append(Span(now.start, now.end, "chosen" if citation.number == chosen else "other"))
    return spans


def _was(old: Version) -> str:
    return f"{CHANGED} This is what it said until {day(old.replaced.date())}."


def _page(briefing: Briefing, spans: Sequence[Span], target: int | None) -> PageView:
    first = max(0, min((target or 1) - 1 - MOST // 2, len(briefing.paragraphs) - MOST))
    some = briefing.paragraphs[first : first + MOST]
    cut = None
    if len(some) < len(briefing.paragraphs):
        cut = f"Paragraphs {some[0].number} to {some[-1].number} of {len(briefing.paragraphs):,} are shown."
    shown = tuple(ParagraphView(p.number, p.section, p.kind, _pieces(briefing.text, p, spans)) for p in some)
    return PageView(briefing.title, meta_of(briefing), True, shown, target, cut=cut)


def _pieces(text: str, paragraph: Paragraph, spans: Sequence[Span]) -> tuple[Piece, ...]:
    """Cut at every edge of a span; where spans overlap, the chosen one wins."""
    inside = [s for s in spans if s.start < paragraph.end and paragraph.start < s.end]
    edges = {paragraph.start, paragraph.end}
    for span in inside:
        edges |= {max(span.start, paragraph.start), min(span.end, paragraph.end)}
    cuts = sorted(edges)
    pieces = []
    for start, end in itertools.pairwise(cuts):
        kinds = {s.kind for s in inside if s.start <= start and end <= s.end}
        kind: Kind | None = next((k for k in ("chosen", "other", "passage") if k in kinds), None)
        pieces.append(Piece(text[start:end], kind))
    return tuple(pieces)
