"""Which briefings tell the same story as others, whatever words a question has for it."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from rag.asking.typed import LONGEST_QUESTION
from rag.asking.understanding import Find
from rag.briefings import Briefing, Scope
from rag.extract.summaries import gist_of
from rag.library import Library

_ABOUT_THE_SAME = timedelta(days=7)
# Measured on pairs of reports of an event: passages of one, found by the title and the first sentence of the other,
# score at least this share of the best passage; those of other briefings of the same days score less.
_AS_NEAR = 0.3


class Related:
    """Finds the briefings of a library that tell the same story, whose passages are looked for by `find`."""

    def __init__(self, library: Library, find: Find) -> None:
        self._library = library
        self._find = find

    def to(self, some: Sequence[Briefing], within: Scope) -> list[Briefing]:
        """The briefings within a scope that tell the story of one of these, but none of these, nearest first."""
        ids = dict.fromkeys(one for briefing in some for one in self._near(briefing, within))
        known = {b.briefing_id for b in some}
        return self._library.briefings(one for one in ids if one not in known)

    def beside(self, some: Sequence[Briefing], within: Scope) -> list[Briefing]:
        """Those of other sources and of about the same day: what others report of the same."""
        told = {b.source for b in some}
        return [o for o in self.to(some, within) if o.source not in told and any(_of_a_week(o, b) for b in some)]

    def _near(self, briefing: Briefing, within: Scope) -> Iterator[str]:
        first = next((c.text for c in gist_of(briefing)), "")
        hits = self._find(f"{briefing.title}. {first}"[:LONGEST_QUESTION], within)
        yield from (hit.passage.briefing_id for hit in hits if hit.score > _AS_NEAR * hits[0].score)


def _of_a_week(one: Briefing, other: Briefing) -> bool:
    return not (one.published and other.published and abs(one.published - other.published) > _ABOUT_THE_SAME)
