"""A model's sentence under review: are its quotes where it says, and do they hold what it says?"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rag.answers import Citation, Support
from rag.briefings import Briefing
from rag.locating import QuoteCheck, QuoteVerdict, check_quote
from rag.packing import Place
from rag.records import Quote, Record
from rag.sentences import sentence_spans
from rag.support import check_support
from rag.terms import visible
from rag.untrusted import gives_orders

Elsewhere = Callable[[str], Sequence[Briefing]]

_MARK = re.compile(r"\s*\[\s*(?:P?\d+|\d+(?:\s*[,–-]\s*\d+)+)\s*\]")
_LINK = re.compile(
    r"(?:https?|ftp|data|javascript|mailto|file):|www\.|!?\[[^\]]*\]\([^)]*\)|<[a-z/!][^>]*>", re.IGNORECASE
)
_LONGEST = 1_000  # characters of one sentence
_ORDER: tuple[Support, ...] = ("supported", "unchecked", "unsupported")


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What a record came to: the sentence as it may be shown, its citations (unnumbered), how well they support
    it and why not better, and the verdict on each of its quotes."""

    text: str
    citations: tuple[Citation, ...]
    support: Support
    reason: str | None
    verdicts: tuple[QuoteVerdict, ...]

    @property
    def passes(self) -> bool:
        """True for a sentence that may be shown without more: nothing in it speaks against its quotes."""
        return bool(self.text and self.citations) and self.support != "unsupported"

    @property
    def complaint(self) -> str:
        """What the model is told to mend; empty when there is nothing."""
        if not self.text or self.support == "supported":
            return ""
        return f"“{self.text}”: {self.reason}"


@dataclass(frozen=True, slots=True)
class _Evidence:
    """A quote that was found, and what is told around it."""

    citation: Citation
    around: tuple[str, ...]


class Reviewer:
    """Reviews the records of one reply. `places` are the paragraphs that the model was shown, `briefings` those
    they stand in, and `elsewhere` finds others that may hold a quote."""

    def __init__(
        self,
        places: Mapping[str, Place],
        briefings: Sequence[Briefing],
        elsewhere: Elsewhere,
    ) -> None:
        self._places = places
        self._briefings = briefings
        self._elsewhere = elsewhere

    def review(self, record: Record) -> Reviewed:
        """What a record comes to. A sentence none of whose quotes stands in a briefing is unsupported."""
        text = _clean(record.text)
        if not text:
            return Reviewed("", (), "unsupported", None, ())
        checks = [self._checked(quote) for quote in record.quotes[:8]]
        verdicts = tuple(check.verdict for check in checks)
        found = [evidence for check in checks if (evidence := _evidence(check))]
        if not found:
            why = "; ".join(dict.fromkeys(f"its quote {c.why}" for c in checks)) or "it has no quote"
            return Reviewed(text, (), "unsupported", why, verdicts)
        citations = tuple(evidence.citation for evidence in found)
        around = [words for evidence in found for words in evidence.around]
        support, reason = _support(text, [c.quote for c in citations], around)
        return Reviewed(text, citations, support, reason, verdicts)

    def _checked(self, quote: Quote) -> QuoteCheck:
        place = self._places.get(quote.paragraph.strip("[] ").upper())
        briefing = place.briefing if place else None
        number = place.paragraph.number if place else None
        found = check_quote(quote.quote, briefing, number, self._briefings)
        if found.verdict != "fabricated":
            return found
        known = {b.briefing_id for b in self._briefings}
        others = [b for b in self._elsewhere(quote.quote) if b.briefing_id not in known]
        return check_quote(quote.quote, briefing, number, others) if others else found


def _clean(text: str) -> str:
    """A model's sentence in one line, without hidden characters and without marks of its own."""
    return " ".join(_MARK.sub("", visible(text)).split())[:_LONGEST]


def _evidence(check: QuoteCheck) -> _Evidence | None:
    """The citation of a quote that was found. A briefing's orders to the program are no evidence for anything."""
    briefing, paragraph = check.briefing, check.paragraph
    if briefing is None or paragraph is None or check.verdict == "fabricated":
        return None
    whole = briefing.words_of(paragraph)
    quote = briefing.text[check.start : check.end]
    if gives_orders(quote, whole):
        return None
    citation = Citation(
        number=0,
        briefing_id=briefing.briefing_id,
        title=briefing.title,
        published=briefing.published,
        source=briefing.source,
        section=paragraph.section,
        paragraph=paragraph.number,
        quote=quote,
        start=check.start,
        end=check.end,
        verdict=check.verdict,
        page=paragraph.page,
    )
    published = briefing.published.strftime("%-d %B %Y") if briefing.published else ""
    told = (briefing.title, paragraph.section or "", briefing.source, published, whole)
    return _Evidence(citation, tuple(words for words in told if words))


def _support(text: str, quotes: Sequence[str], around: Sequence[str]) -> tuple[Support, str | None]:
    """The least support that any sentence of a record has; a model may have written two in one."""
    link = _LINK.search(text)
    if link and not any(link.group() in quote for quote in quotes):
        return "unsupported", f"it holds a link or markup ({link.group()}) that is in none of its quotes"
    spans = sentence_spans(text, 0, len(text))
    checks = [check_support(text[s.start : s.end], quotes, around) for s in spans]
    worst = max(checks, key=lambda c: _ORDER.index(c.support))
    return worst.support, worst.reason
