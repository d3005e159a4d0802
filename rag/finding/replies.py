"""What is said at once to a question, without a search: what the library holds, and to words that ask nothing."""

from collections.abc import Callable, Sequence

from rag.asking.smalltalk import reply_to
from rag.briefings import Scope
from rag.finding.catalogue import Catalogue
from rag.finding.holdings import Holdings
from rag.finding.inquiries import Inquiry
from rag.finding.misspelt import Spelling
from rag.finding.strangers import Texts, told_by_none
from rag.library import Library
from rag.prompts import REFUSAL
from rag.words.terms import Word

_NONE_WITHIN = f"{REFUSAL} None lies within the limits of the question; dates leave out those without one."


class Replies:
    """Replies out of what a library holds, offering names as the briefings spell them; `texts` gives passages that
    hold all of some terms."""

    def __init__(
        self,
        library: Library,
        holdings: Holdings,
        spelling: Spelling,
        catalogue: Callable[[], Catalogue],
        texts: Texts,
    ) -> None:
        self._library = library
        self._catalogue = catalogue
        self._texts = texts
        self._holdings = holdings
        self._spelling = spelling

    def offer(self, unknown: Sequence[Word]) -> str:
        """Asks whether other names than these unknown ones are meant; "" where none is like them."""
        names = " and ".join(f"“{one.meant}”" for one in self._spelling.offered(unknown))
        return f"Did you mean {names}?" if names else ""

    def told_of(self, text: str, within: Scope, going_on: Inquiry | None = None) -> str | None:
        """What is told of the briefings that the library holds, to a question that asks it."""
        inquiry = self._holdings.inquiry(text) or going_on
        told = self._holdings.reply(inquiry, within) if inquiry else None
        offer = self.offer(self._spelling.unknown(text)) if told and inquiry and inquiry.topics else ""
        return f"{told} {offer}" if offer else told

    def of_stranger(self, text: str) -> str | None:
        """What is said to a question after the report of a source that no briefing is from."""
        return told_by_none(text, self._catalogue, self._texts)

    def said_to(self, typed: str, scope: Scope | None, follows: bool) -> str | None:
        """What is said to words that ask nothing of the briefings, or to a question that none is left for."""
        if reply_to(typed, 0, follows=follows):
            held = self._library.count_within(scope or Scope())
            return reply_to(typed, held, limited=bool(scope), follows=follows)
        return _NONE_WITHIN if scope and not self._library.within(scope) else None
