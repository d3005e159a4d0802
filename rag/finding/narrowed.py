"""Questions that name whose report they ask for: each is asked of these briefings alone.

“Do the Courier and the Gazette agree on the toll?” is asked of each source by itself, “what does the Courier say?”
of the Courier where the answer is not its own, “what did the second bulletin say?” of that bulletin.
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace

from rag.answers import Answer
from rag.asking.comparing import Named, sides_of
from rag.asking.followup import Standalone
from rag.briefings import Hit, Scope
from rag.finding.attributed import attributed, may_attribute
from rag.finding.catalogue import Catalogue
from rag.finding.compared import Answered, SideBySide, compared
from rag.finding.holdings import both
from rag.finding.series import Find, Placed, placed
from rag.library import Library

Told = tuple[Answer, list[Hit]]
_TWO = 2


class Narrowed:
    """Asks questions of the briefings that they name. `side_by_side` puts two sides into one answer."""

    def __init__(
        self, library: Library, catalogue: Callable[[], Catalogue], find: Find, side_by_side: SideBySide
    ) -> None:
        self._library = library
        self._catalogue = catalogue
        self._find = find
        self._side_by_side = side_by_side

    def told(self, asked: Standalone, within: Scope, spoken_of: Sequence[str], answered: Answered) -> Told | None:
        """The sides of a question that compares, one after the other, or what the briefing tells that it names by
        its place among others, “the previous one” before those `spoken_of`; None for any other question, and where
        they tell nothing. `answered` gives the answers to one question within a scope."""
        found = placed(asked.text, self._library, self._find, within, spoken_of)
        if not asked.carried and (sides := sides_of(asked.text, self._named(found))):
            return compared(asked, sides, within, answered, self._side_by_side)
        if found is None or len(found.briefings) != 1:
            return None
        (one,) = found.briefings
        scope = replace(within, briefing_ids=(one.briefing_id,))
        answer, hits = _last(replace(asked, text=found.without), scope, answered)
        notice = f"“{found.written[0]}” is taken for “{one.title}”."
        answer = replace(answer, standalone_question=asked.text, notices=(notice, *answer.notices))
        return None if answer.abstained else (answer, hits)

    def told_by(self, asked: Standalone, within: Scope, answer: Answer, answered: Answered) -> Told | None:
        """What the sources tell whose report alone is asked for, where an answer is not by them; None where they
        tell nothing."""
        by = attributed(asked.text, self._catalogue()) if may_attribute(asked.text) else ()
        only = both(within, Scope(sources=by)) if by else None
        if only is None or (answer.citations and all(c.source in by for c in answer.citations)):
            return None
        told = _last(asked, only, answered)
        return None if told[0].abstained else told

    def _named(self, found: Placed | None) -> Callable[[str], Sequence[Named]]:
        """What a text names: the two briefings that were found by their places, or sources."""
        if found and len(found.named) == _TWO:
            two = found.named
            return lambda text: two
        return lambda text: self._catalogue().mentioned(text)


def _last(asked: Standalone, within: Scope, answered: Answered) -> Told:
    return deque(answered(asked, within), maxlen=1)[0]
