"""The answers to requests, within what these are limited to."""

from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rag.answers import Answer
from rag.asking.followup import Turn
from rag.briefings import Hit, Scope
from rag.finding.catalogue import Catalogue
from rag.finding.digests import digest_wanted
from rag.finding.holdings import Holdings, both, in_words
from rag.finding.inquiries import Inquiry
from rag.finding.limits import Limited, limited, may_limit
from rag.finding.requests import Conversation, Request, conversation
from rag.library import Library
from rag.prompts import REFUSAL

Steps = Generator[tuple[Answer, list[Hit]], None, bool]


@dataclass(frozen=True, slots=True)
class Asking:
    """A `question`, as it was `typed`, its `own` words without a greeting, those asked `earlier`, and the request
    that it makes, if any."""

    question: str
    typed: str
    own: str
    earlier: tuple[Turn, ...]
    request: Request | None = None

    @property
    def said(self) -> str:
        """What was told already of what is requested."""
        return self.request.said if self.request else ""


Ask = Callable[[Asking, Scope | None], Iterable[tuple[Answer, list[Hit]]]]


class Requests:
    """Reads what is requested of a library, and tells it within its limits. A composer that words what it tells
    anew cannot go on with an overview."""

    def __init__(
        self, library: Library, catalogue: Callable[[], Catalogue], holdings: Holdings, *, words_anew: bool
    ) -> None:
        self._library = library
        self._catalogue = catalogue
        self._holdings = holdings
        self._words_anew = words_anew

    def conversation(self, question: str, earlier: Sequence[Turn]) -> Conversation:
        """A conversation up to this question."""
        return conversation(question, earlier, self._read, self._library.titles)

    def refusal(self, request: Request, scope: Scope | None) -> str | None:
        """What is said where no briefing lies within the limits of a request; None where one does, or where the
        days may be those of what it is about."""
        limits, given = request.limited, scope or Scope()
        if limits.unknown:
            return self._holdings.reply(Inquiry("some", unknown=limits.unknown), given) or REFUSAL
        if limits.loose or self._holds_any(both(given, limits.scope)):
            return None
        return f"{REFUSAL} No briefing {in_words(limits.scope)} is among them."

    def told(self, request: Request, asking: Asking, scope: Scope | None, ask: Ask) -> Steps:
        """The answer to a request within its limits, again with everything that arrives; returns False when the
        question is better asked as any other. `ask` answers a request without its limits."""
        limits, text = request.limited, request.text
        within = both(scope or Scope(), limits.scope)
        if not self._holds_any(within) or (self._words_anew and request.told and not digest_wanted(text)):
            return False
        whole = replace(asking, typed=text, own=text, earlier=request.before, request=request)
        answer, shown = None, None
        for draft, hits in ask(whole, within or None):
            if draft is not answer:
                answer, shown = draft, request.shown(draft, asking.question)
            if shown:
                yield shown, hits
        return answer is not None and not (answer.abstained and limits.loose)

    def _holds_any(self, within: Scope | None) -> bool:
        return within is not None and bool(self._library.within(within, 1) if within else True)

    def _read(self, text: str) -> Limited:
        """The limits that a text names."""
        if not may_limit(text):
            return Limited(text)
        catalogue = self._catalogue()
        return limited(text, catalogue, catalogue.newest or date.today())
