"""A model's sentence under review: are its quotes where it says, and do they hold what it says?"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rag.answers import Citation, Support
from rag.briefings import Briefing
from rag.checks.locating import QuoteCheck, QuoteVerdict, check_quote
from rag.checks.riders import addresses_reader, other_alphabet, riders
from rag.checks.support import check_support
from rag.checks.untrusted import commands, quotable
from rag.llm.packing import Place
from rag.llm.records import Quote, Record
from rag.verify import citation_of
from rag.words.sentences import sentence_spans
from rag.words.terms import content_words, term, visible

Elsewhere = Callable[[str], Sequence[Briefing]]

# "[1]", "[P2, P3]" and the like: only we number the sources of an answer.
_MARK = re.compile(
    r"\s*[\[［【⟦〔](?=[^\[\]］】⟧〕]*\d)[^\[\]［］【】⟦⟧〔〕]{1,40}[\]］】⟧〕]|\s+[\u00b9\u00b2\u00b3\u2070-\u2079\u2460-\u24ff]+"
)
_LINK = re.compile(
    r"\w+://\S*|(?:data|javascript|mailto|file):\S+|www\.\S+|\S+@\S+\.\w+|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/\S*"
    r"|!?\[[^\]]*\][(\[][^)\]]*[)\]]|<[a-z/!][^>]*>",
    re.IGNORECASE,
)
_LONGEST = 1_000  # characters of one sentence
_MOST_QUOTES = 8  # of one sentence
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

    @cached_property
    def _ordered(self) -> frozenset[str]:
        """The terms that stand in orders of the briefings and nowhere else in them."""
        return _words_of_orders(self._briefings)

    def review(self, record: Record) -> Reviewed:
        """What a record comes to. A sentence none of whose quotes stands in a briefing is unsupported."""
        text = _clean(record.text)
        if not text:
            return Reviewed("", (), "unsupported", None, ())
        checks = [self._checked(quote) for quote in record.quotes[:_MOST_QUOTES]]
        verdicts = tuple(check.verdict for check in checks)
        found = [evidence for check in checks if (evidence := _evidence(check))]
        if not found:
            why = "; ".join(dict.fromkeys(f"its quote {_why(c)}" for c in checks)) or "it has no quote"
            return Reviewed(text[:_LONGEST], (), "unsupported", why, verdicts)
        citations = tuple(evidence.citation for evidence in found)
        if len(text) > _LONGEST:
            return Reviewed(text[:_LONGEST], citations, "unsupported", "it is too long for a sentence", verdicts)
        around = [words for evidence in found for words in evidence.around]
        support, reason = self._support(text, [c.quote for c in citations], around)
        return Reviewed(text, citations, support, reason, verdicts)

    def _support(self, text: str, quotes: Sequence[str], around: Sequence[str]) -> tuple[Support, str | None]:
        """The least support that any sentence of a record has; a model may have written two in one."""
        for link in _LINK.findall(text):
            if not any(link in quote for quote in quotes):
                return "unsupported", f"it holds a link or markup ({link}) that is in none of its quotes"
        spans = sentence_spans(text, 0, len(text))
        checks = [self._one(text[s.start : s.end], quotes, around) for s in spans]
        return max(checks, key=lambda c: _ORDER.index(c[0]))

    def _one(self, sentence: str, quotes: Sequence[str], around: Sequence[str]) -> tuple[Support, str | None]:
        check = check_support(sentence, quotes, around)
        if check.support == "unsupported":
            return check.support, check.reason
        own = riders(sentence, quotes)
        if ordered := next((word for word in own.added if term(word) in self._ordered), None):
            return "unsupported", f"it repeats “{ordered}” from an order that a briefing gives"
        if strange := other_alphabet(sentence, quotes):
            return "unsupported", f"none of its quotes is written in the letters of “{strange}”"
        if addresses_reader(sentence, quotes):
            return "unsupported", "it speaks to the reader, as its quotes do not"
        if not own.held:
            return "unsupported", "its quotes hold none of its words"
        if check.support == "supported" and own.added:
            return "unchecked", f"its quotes do not say “{own.added[0]}”"
        return check.support, check.reason

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
    shown, marks = visible(text), 1
    while marks:  # what a mark leaves may be another: "[[1]1]"
        shown, marks = _MARK.subn("", shown)
    return " ".join(shown.split())


def _words_of_orders(briefings: Sequence[Briefing]) -> frozenset[str]:
    ordered: set[str] = set()
    told: set[str] = set()
    for briefing in briefings:
        for words in {briefing.title, briefing.source, *(p.section or "" for p in briefing.paragraphs)}:
            (ordered if commands(words) else told).update(w.term for w in content_words(words))
        for paragraph in briefing.paragraphs:
            whole = briefing.words_of(paragraph)
            until = quotable(whole)
            told.update(w.term for w in content_words(whole[:until]))
            ordered.update(w.term for w in content_words(whole[until:]))
    return frozenset(ordered - told)


def _evidence(check: QuoteCheck) -> _Evidence | None:
    """The citation of a quote that was found. A briefing's orders to the program are no evidence for anything."""
    briefing, paragraph = check.briefing, check.paragraph
    if briefing is None or paragraph is None or check.verdict == "fabricated":
        return None
    whole = briefing.words_of(paragraph)
    if check.end - paragraph.start > quotable(whole):
        return None
    citation = citation_of(briefing, paragraph, check.start, check.end, check.verdict)
    told = (*briefing.headings(paragraph), whole[: quotable(whole)])
    return _Evidence(citation, tuple(words for words in told if not commands(words)))


def _why(check: QuoteCheck) -> str:
    return "is a briefing's order to the program" if check.briefing else check.why
