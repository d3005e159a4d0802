"""Questions that name whose report they ask for: each is asked of these briefings alone.

“Do the Courier and the Gazette agree on the toll?” is asked of each source by itself, “what does the Courier say?”
of the Courier where the answer is not its own, “what did the second bulletin say?” of that bulletin; “what changed
between the first and the second?” is told by what the later one tells otherwise.
"""

import re
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

from rag.answers import Answer
from rag.asking.comparing import Named, sides_of
from rag.asking.followup import Standalone, as_typed
from rag.asking.overviews import overview_wanted
from rag.asking.places import put_together
from rag.briefings import Briefing, Hit, Scope
from rag.finding.attributed import attributed, may_attribute
from rag.finding.catalogue import Catalogue
from rag.finding.compared import Answered, compared
from rag.finding.digests import titled
from rag.finding.holdings import both
from rag.finding.series import Find, Placed, placed, places_a_topic
from rag.library import Library
from rag.words.terms import content_words, words

Told = tuple[Answer, list[Hit]]  # an answer with the passages it was made from
_TWO = 2
_CHANGE = re.compile(
    r"(?:chang(?:e|es|ed)|differ(?:s|ed|ent|ence|ences)?|compar(?:e|es|ed)|contrast|new|key|main|important|things?)",
    re.IGNORECASE,
)
_CARRIED = re.compile(r" \([^()]*\)\W*$")  # what was spoken of before
_SINCE = re.compile(r"\b(?:since|after|from)\b", re.IGNORECASE)


class Comparer(Protocol):
    """Tells two sides in one answer, without a language model."""

    def side_by_side(self, asked: Standalone, sides: Sequence[tuple[str, Sequence[Hit]]]) -> Answer | None:
        """What two sides, each with what is asked of it and its passages, tell of the same, if anything."""
        ...

    def changed(self, asked: Standalone, earlier: Briefing, later: Briefing, about: str) -> Answer | None:
        """What the later of two briefings tells otherwise than the earlier one, at all or `about` something."""
        ...


class Narrowed:
    """Asks questions of the briefings that they name; `comparer` puts two sides into one answer."""

    def __init__(
        self, library: Library, catalogue: Callable[[], Catalogue], find: Find, comparer: Comparer
    ) -> None:
        self._library = library
        self._catalogue = catalogue
        self._find = find
        self._comparer = comparer

    def told(self, asked: Standalone, within: Scope, spoken_of: Sequence[str], answered: Answered) -> Told | None:
        """The sides of a question that compares, one after the other, or what the briefing tells that it names by
        its place among others, “the previous one” before those `spoken_of`; None for any other question, and where
        they tell nothing. `answered` gives the answers to one question within a scope."""
        side_by_side = put_together(asked.text)
        if side_by_side != asked.text:
            told = self._told(replace(asked, text=side_by_side), within, spoken_of, answered)
            if told and not told[0].abstained:
                return replace(told[0], standalone_question=asked.text), told[1]
        return self._told(asked, within, spoken_of, answered)

    def _told(self, asked: Standalone, within: Scope, spoken_of: Sequence[str], answered: Answered) -> Told | None:
        plain = as_typed(asked)
        if plain and places_a_topic(plain.text) and (told := self.told(plain, within, spoken_of, answered)):
            return told
        found = placed(asked.text, self._library, self._find, within, spoken_of)
        if (
            found
            and (both_of := _changed(found))
            and (changed := self._comparer.changed(asked, *both_of, found.about))
        ):
            earlier, later = both_of
            notice = f"Told in pairs: first “{earlier.title}”, then what “{later.title}” says instead."
            return replace(changed, notices=(notice, *changed.notices)), []
        if not asked.carried and (sides := sides_of(asked.text, self._named(found))):
            return compared(asked, sides, within, answered, self._comparer.side_by_side)
        if found is None or len(found.briefings) != 1:
            return None
        (one,) = found.briefings
        scope = replace(within, briefing_ids=(one.briefing_id,))
        answer, hits = _last(replace(asked, text=found.without or titled(one.title)), scope, answered)
        notice = f"“{found.written[0]}” is taken for “{one.title}”."
        answer = replace(answer, standalone_question=asked.text, notices=(notice, *answer.notices))
        if answer.abstained and found.sure:  # what another one tells was not asked for
            return replace(answer, reason=f"{answer.reason} Only “{one.title}” was searched."), hits
        return None if answer.abstained else (answer, hits)

    def told_nearer(self, asked: Standalone, within: Scope, answer: Answer, answered: Answered) -> Told | None:
        """What answers a question nearer to what it asks than this answer does: that of the sources whose report
        alone it asks for, or of the briefings that the talk is about; None where there is none."""
        return self._told_by(asked, within, answer, answered) or self._of_the_talk(asked, within, answer, answered)

    def _of_the_talk(self, asked: Standalone, within: Scope, answer: Answer, answered: Answered) -> Told | None:
        """What the briefings that the talk is about tell, where a question was completed by its topic and none of
        these is cited."""
        cited = {c.briefing_id for c in answer.citations}
        if not (asked.about and _CARRIED.search(asked.text)) or cited.intersection(asked.about):
            return None
        carried = {w.term for one in asked.carried for w in words(one)}
        titles = self._library.titles(cited).values()
        if overview_wanted(asked.text) or any(carried <= {w.term for w in words(title)} for title in titles):
            return None  # which are on the topic as well, by their titles
        held = self._library.briefings(asked.about)
        ids = tuple(b.briefing_id for b in held if b.briefing_id in (within.briefing_ids or asked.about))
        nearer = _last(asked, replace(within, briefing_ids=ids), answered) if ids else None
        return nearer if nearer and not (nearer[0].abstained or nearer[0].doubtful) else None

    def _told_by(self, asked: Standalone, within: Scope, answer: Answer, answered: Answered) -> Told | None:
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


def _changed(found: Placed) -> tuple[Briefing, Briefing] | None:
    """The earlier and the later briefing of a question that asks only what changed: between two, since one, or in
    one; None for any other question."""
    rest = _CARRIED.sub("", found.rest)
    asks = content_words(rest)
    if not asks or not all(_CHANGE.fullmatch(w.written) for w in asks):
        return None
    if len(found.briefings) == _TWO:
        earlier, later = sorted(found.briefings, key=lambda b: b.published or date.min)
        return earlier, later
    (one,) = found.briefings
    at = found.series.index(one)
    if _SINCE.search(rest) and one is not found.series[-1]:
        return one, found.series[-1]
    return (found.series[at - 1], one) if at else None


def _last(asked: Standalone, within: Scope, answered: Answered) -> Told:
    return deque(answered(asked, within), maxlen=1)[0]
