"""Which briefings tell the same story as others, whatever words a question has for it."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from rag.asking.typed import LONGEST_QUESTION
from rag.asking.understanding import Find
from rag.briefings import Briefing, Scope
from rag.extract.summaries import gist_of
from rag.library import Library
from rag.words.names import names_in

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
        known = {b.briefing_id for b in some}
        found = {one.briefing_id: one for briefing in some for one in self._near(briefing, within)}
        return [one for one in found.values() if one.briefing_id not in known]

    def beside(self, some: Sequence[Briefing], within: Scope, told: Sequence[Briefing]) -> list[Briefing]:
        """Those of other sources than all that were `told` of, and of about the same day: what others report of
        the same."""
        by = {b.source for b in told}
        return [o for o in self.to(some, within) if o.source not in by and any(_of_a_week(o, b) for b in some)]

    def _near(self, briefing: Briefing, within: Scope) -> Iterator[Briefing]:
        first = next((c.text for c in gist_of(briefing)), "")
        told = f"{briefing.title}. {first}"[:LONGEST_QUESTION]
        hits = self._find(told, within)
        near = (hit.passage.briefing_id for hit in hits if hit.score > _AS_NEAR * hits[0].score)
        names = _names(told)  # two corrections may have all but these in common
        for one in self._library.briefings(dict.fromkeys(near)):
            if not names or names & _names(f"{one.title}. {one.text}"):
                yield one


def _names(text: str) -> set[str]:
    return {name.plain for name in names_in(text) if name.sure}


def _of_a_week(one: Briefing, other: Briefing) -> bool:
    return not (one.published and other.published and abs(one.published - other.published) > _ABOUT_THE_SAME)
