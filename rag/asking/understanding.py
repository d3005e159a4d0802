"""What a follow-up asks: in full after what was asked before, or as typed where its own words lead elsewhere."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from rag.asking.aspects import aspect_asked
from rag.asking.followup import Standalone, Turn, standalone
from rag.asking.smalltalk import asks_for_source
from rag.briefings import Hit, Scope
from rag.library import Library
from rag.words.casing import cased
from rag.words.people import people_among
from rag.words.phrases import phrases_of
from rag.words.terms import content_words

_NEAREST = 3  # passages found for a question that tell which briefings it is about
# Chosen on conversations. A short question is about other briefings when the best score among those of the talk is
# less than this share of the best of all, and times that share less than this for each word that tells something.
_MUCH_LESS, _LITTLE = 0.8, 1.9

_OF_ONE = re.compile(r"\b(?:it|its|he|him|his|she|hers?)\b", re.IGNORECASE)

Find = Callable[[str, Scope], list[Hit]]


class Understanding:
    """Understands questions after those before them by `complete`, and looks what their own words `find`."""

    def __init__(
        self, library: Library, find: Find, complete: Callable[[str, Sequence[Turn]], Standalone] = standalone
    ) -> None:
        self._library = library
        self._find = find
        self._complete = complete

    def of(self, question: str, before: Sequence[Turn], scope: Scope) -> Standalone:
        """The question as it is understood after those before it: as typed when it only seems to lean on them."""
        before = self._with_people(question, before, scope)
        asked, by_rules = self._complete(question, before), standalone(question, before)
        if asked.text == question or asked.text != by_rules.text or asks_for_source(question):
            return asked

        @cache
        def found(words: str) -> list[Hit]:
            return self._find(words, scope)

        def texts() -> Iterator[str]:  # which are looked for only when the question has no capitals
            yield from (hit.text for hit in found(question))

        named = cased(question, texts())
        part = aspect_asked(question)
        if part and not part.topic:
            return asked  # "who are the key people?" is about what the talk is about
        alone = named != question and standalone(named, before).text == named
        if alone or (by_rules.leans_on and self._stands_alone(found, question, by_rules, scope)):
            return Standalone(question, question, usage=asked.usage)
        return asked

    def _with_people(self, question: str, before: Sequence[Turn], scope: Scope) -> Sequence[Turn]:
        """The earlier questions with those of their names that answers or passages show to be people's, where the
        question says "it" or "he"."""
        if not before or not _OF_ONE.search(question):
            return before
        answers = [turn.answer for turn in before]
        named = {p.text for t in before for p in phrases_of(cased(t.question, answers)) if p.kind == "name"}
        people = people_among(named, answers)
        for name in sorted(named - people):
            people |= people_among([name], (hit.text for hit in self._find(name, scope)))
        return [*before[:-1], replace(before[-1], people=people)]

    def _stands_alone(
        self, found: Callable[[str], list[Hit]], question: str, asked: Standalone, scope: Scope
    ) -> bool:
        """True for a question whose own words lead to the briefings that the talk is about, or to others that hold
        much more of it than these: the more it says, the less of it these must lack."""
        best = found(question)[:_NEAREST]
        if best and all(hit.passage.briefing_id in asked.about for hit in best):
            return True
        near = (hit.passage.briefing_id for hit in found(asked.leans_on)[:_NEAREST])
        known = self._library.briefings(dict.fromkeys((*asked.about, *near)))
        if not best or not known or best[0].score <= 0:
            return False
        here = self._find(question, replace(scope, briefing_ids=tuple(b.briefing_id for b in known)))
        most = here[0].score if here else 0.0
        share = most / best[0].score
        return share < _MUCH_LESS and most * share < _LITTLE * len(content_words(question))
