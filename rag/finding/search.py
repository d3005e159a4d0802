"""One search: BM25 and vectors propose passages for each part of a question's plan, a small model ranks them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from rag.briefings import Scope
from rag.embedders import Embedder
from rag.finding.plans import Part, Plan
from rag.finding.ranking import PART, WHOLE, Asked, Candidate, scores
from rag.finding.standins import StandIns
from rag.lexicon import LexiconReader, Wanted
from rag.library import Library
from rag.mirrors import Mirrors
from rag.storage.profiles import Profile
from rag.words.casing import quiet
from rag.words.thesaurus import news_thesaurus

_DEPTH = 12  # passages that are proposed for each part of a question, at least
_WHOLE = 30  # and for a question that has none, or only those of names, so that it finds what it finds alone


@dataclass(frozen=True, slots=True)
class Proposals:
    """The passages proposed for a question or for a part of it, in no order, and what stood for its terms."""

    part: Part
    candidates: tuple[Candidate, ...]
    standins: StandIns | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A passage found, with its score by `rag.finding.ranking`."""

    passage_id: str
    score: float


class Search:
    """One search for the k best passages by one plan, within a scope, ranked by the weights for a whole question
    and for parts."""

    def __init__(
        self,
        library: Library,
        mirrors: Mirrors,
        embedder: Embedder,
        planned: Plan,
        k: int,
        scope: Scope,
        weights: tuple[Mapping[str, float], Mapping[str, float]] = (WHOLE, PART),
    ) -> None:
        self._library = library
        self._mirrors = mirrors
        self._plan = planned
        self._k = k
        self._scope = scope
        self._for_whole, self._for_part = weights
        # Days are compared in the index itself: they may admit more briefings than can be listed quickly.
        ids = library.within(scope) if scope.briefing_ids else None
        self._wanted = Wanted({}, ids, scope.sources, since=scope.since, until=scope.until)
        terms = {term for part in (planned.whole, *planned.parts) for term in part.weights}

        def read(words: LexiconReader) -> tuple[dict[str, float], list[Proposals]]:
            return words.rarities(terms), self._proposed(words)

        none: list[Proposals] = []
        rarities, self._of_parts = mirrors.of_words(read, (dict.fromkeys(terms, 1.0), none))
        self._text = quiet(planned.whole.text)
        self.asked = Asked.of(self._text, embedder.embed([self._text])[0], rarities)

    def best(self) -> list[Found]:
        """The k best passages, best first."""
        parts = [(p.part, found) for p in self.for_parts() if (found := self._ranked(p, self._for_part))]
        parts.sort(key=lambda one: -one[1][0].score)
        lists = [found for part, found in parts if not part.name]
        if lists and self._plan.certain:
            chosen = list(islice(taken_in_turn(lists), self._k))
            if len(chosen) == self._k:  # the whole question, and with it the vectors, need not be asked
                return chosen
        whole = self._ranked(self.for_whole(), self._for_whole)
        if not self._plan.certain:
            turns = {"first": [whole, *lists], "last": [*lists, whole], "twice": [whole[::2], whole[1::2], *lists]}
            lists = turns[self._plan.turn]
            first = whole[0].passage_id if whole else ""
            # A name that the first passage of all holds is there already.
            lists += [f for part, f in parts if part.name and first not in (one.passage_id for one in f)]
        filled = taken_in_turn([[*taken_in_turn(lists), *whole]])
        return list(islice(filled, self._k))

    def for_parts(self) -> list[Proposals]:
        """What the words propose for each part of the plan."""
        return self._of_parts

    def for_whole(self) -> Proposals:
        """What words and vectors propose for the whole question."""
        whole, standins = self._plan.whole, self.standins()
        depth = max(self._k, _WHOLE if all(part.name for part in self._plan.parts) else _DEPTH)
        vector = self.asked.vector
        nearest = self._mirrors.dense(vector, depth, self._scope) if vector.any() else []
        ranks = {passage_id: rank for rank, (passage_id, _) in enumerate(nearest)}

        def read(words: LexiconReader) -> list[Candidate]:
            wanted = replace(self._wanted, weights=whole.weights, also=standins.same)
            found = {p.passage_id: p for p in words.search(wanted, depth)}
            others = words.find([i for i in ranks if i not in found], wanted)
            held = [Candidate(p, rank, ranks.get(i)) for rank, (i, p) in enumerate(found.items())]
            return held + [Candidate(p, vector_rank=ranks.get(p.passage_id)) for p in others]

        none: list[Candidate] | None = None
        ranked = self._mirrors.of_words(read, none)
        if ranked is None:
            ranked = [Candidate(Profile.unread(i), vector_rank=rank) for i, rank in ranks.items()]
        return Proposals(whole, tuple(ranked), standins)

    def standins(self) -> StandIns:
        """What may stand for the words of the whole question."""
        return StandIns(self._text, news_thesaurus())

    def _proposed(self, words: LexiconReader) -> list[Proposals]:
        depth = max(_DEPTH, self._k)
        lists = ((part, words.search(self._wanted_in(part), depth)) for part in self._plan.parts)
        return [
            Proposals(part, tuple(Candidate(profile, word_rank=rank) for rank, profile in enumerate(found)))
            for part, found in lists
        ]

    def _wanted_in(self, part: Part) -> Wanted:
        """What to look for for a part, where it belongs: in its sources, under its title, where its name stands, or
        else in its period."""
        titles = (part.title,) if part.title else ()
        sources = [s for s in part.sources if s in self._scope.sources] if self._scope.sources else part.sources
        sources = sources or self._scope.sources
        wanted = replace(self._wanted, weights=part.weights, sources=sources, titles=titles, all_of=part.name)
        if part.name:
            return wanted
        if part.sources or part.title or not part.period:
            return wanted
        since = max(filter(None, (wanted.since, part.period.since)), default=None)
        until = min(filter(None, (wanted.until, part.period.until)), default=None)
        return replace(wanted, since=since, until=until)

    def _ranked(self, proposals: Proposals, weights: Mapping[str, float]) -> list[Found]:
        """The candidates by their scores, best first."""
        marks = scores(self.asked, proposals.part, proposals.candidates, weights, proposals.standins)
        found = [Found(c.profile.passage_id, mark) for c, mark in zip(proposals.candidates, marks, strict=True)]
        return sorted(found, key=lambda one: (-one.score, one.passage_id))


def taken_in_turn(lists: Sequence[Sequence[Found]]) -> Iterator[Found]:
    """The passages of some lists: the first of each, the second of each, and so on; each once."""
    seen: set[str] = set()
    rest = [iter(found) for found in lists]
    while rest:
        for items in tuple(rest):
            for item in items:
                if item.passage_id not in seen:
                    seen.add(item.passage_id)
                    yield item
                    break
            else:
                rest.remove(items)
