"""Retrieval: BM25 and vectors propose passages for each part of a question's plan, a small model ranks them."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice

from llama_index.core.callbacks import CallbackManager
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from rag.briefings import Hit, Scope
from rag.catalogue import Shelf
from rag.embedders import Embedder
from rag.events import Event, period_of
from rag.lexicon import LexiconReader, Wanted
from rag.library import Library
from rag.mirrors import Mirrors
from rag.periods import Period
from rag.plan import Part, Plan, plan
from rag.planning import ModelPlanner
from rag.profiles import Profile
from rag.ranking import PART, WHOLE, Asked, Candidate, scores
from rag.rerank import DEPTH, Reranked, Reranker
from rag.terms import index_terms

_log = logging.getLogger(__name__)
_DEPTH = 12  # passages that are proposed for each part of a question, at least
_WHOLE = 30  # and for a question that has no parts
_TELLING = 40  # passages that are looked at for the day of an event


@dataclass(frozen=True, slots=True)
class Proposals:
    """The passages proposed for a question or for a part of it, in no order."""

    part: Part
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A passage found, with its score by `rag.ranking`."""

    passage_id: str
    score: float


class PlannedRetriever(BaseRetriever):
    """A LlamaIndex retriever over the library; `search` gives the same as plain `Hit` records."""

    def __init__(
        self,
        library: Library,
        mirrors: Mirrors,
        embedder: Embedder,
        k: int = 10,
        planner: ModelPlanner | None = None,
        reranker: Reranker | None = None,
    ) -> None:
        super().__init__(callback_manager=CallbackManager([]))
        self._library = library
        self._mirrors = mirrors
        self._embedder = embedder
        self._shelf = Shelf(library)
        self._k = k
        self._planner = planner
        self._reranker = reranker

    def plan(self, query: str, scope: Scope | None = None) -> Plan:
        """The plan by which a query is searched for. Within a scope, only its briefings date an event, and "last
        week" is counted from its last day."""
        planned = self.plan_by_rules(query, scope)
        return self._planner.refined(query, planned, self._shelf.catalogue()) if self._planner else planned

    def plan_by_rules(self, query: str, scope: Scope | None = None) -> Plan:
        """The plan that needs no language model, whatever the settings."""
        catalogue, scope = self._shelf.catalogue(), scope or Scope()
        today = min(filter(None, (catalogue.newest, scope.until)), default=None)
        return plan(query, catalogue, today, partial(self._dated, scope))

    def search(self, query: str, k: int | None = None, scope: Scope | None = None) -> list[Hit]:
        """The k best passages for a query, best first, each once; the score is that of `rag.ranking`.

        Where the query's plan has parts, they take turns, that of the best find first; the whole query fills what
        is left. A reranker, where there is one, orders them once more. Raises NotFoundError for an unknown briefing
        in `scope`.
        """
        planned = self.plan(query, scope)
        found = self.retrieved(planned, k, scope)
        for notice in (*planned.notices, *found.notices):
            _log.warning("%s", notice)
        return list(found.hits)

    def search_by(self, planned: Plan, k: int | None = None, scope: Scope | None = None) -> list[Hit]:
        """What this plan finds, without a reranker."""
        k = k or self._k
        found = Search(self._library, self._mirrors, self._embedder, planned, k, scope or Scope()).best()
        order = {one.passage_id: rank for rank, one in enumerate(found)}
        hits = self._library.hits({one.passage_id: one.score for one in found})
        return sorted(hits, key=lambda hit: order[hit.passage.passage_id])

    def retrieved(self, planned: Plan, k: int | None = None, scope: Scope | None = None) -> Reranked:
        """What `search` finds by this plan, and what is to be told of it."""
        k = k or self._k
        if self._reranker is None:
            return Reranked(tuple(self.search_by(planned, k, scope)))
        hits = self.search_by(planned, max(k, DEPTH), scope)
        found = self._reranker.rerank(planned.whole.text, hits[:DEPTH])
        return replace(found, hits=(*found.hits, *hits[DEPTH:])[:k])

    def _dated(self, scope: Scope, event: Event) -> Period | None:
        """The days of an event, when the briefings that hold its words best are at one about it."""
        wanted = Wanted(
            dict.fromkeys(index_terms(event.text), 1.0),
            scope.briefing_ids or None,
            since=scope.since,
            until=scope.until,
        )
        none: list[Profile] = []
        found = self._mirrors.of_words(lambda words: words.search(wanted, _TELLING), none)
        ids = dict.fromkeys(profile.briefing_id for profile in found)
        return period_of(event, self._library.briefings(ids))

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return [node_of(hit) for hit in self.search(query_bundle.query_str)]


class Search:
    """One search for the k best passages by one plan, within a scope."""

    def __init__(
        self, library: Library, mirrors: Mirrors, embedder: Embedder, planned: Plan, k: int, scope: Scope
    ) -> None:
        self._library = library
        self._mirrors = mirrors
        self._plan = planned
        self._k = k
        self._scope = scope
        # Days are compared in the index itself: they may admit more briefings than can be listed quickly.
        ids = library.within(scope) if scope.briefing_ids else None
        self._wanted = Wanted({}, ids, since=scope.since, until=scope.until)
        terms = {term for part in (planned.whole, *planned.parts) for term in part.weights}
        self.asked = Asked.of(
            planned.whole.text,
            embedder.embed([planned.whole.text])[0],
            mirrors.of_words(lambda words: words.rarities(terms), dict.fromkeys(terms, 1.0)),
        )

    def best(self) -> list[Found]:
        """The k best passages, best first."""
        lists = [found for proposals in self.for_parts() if (found := self._ranked(proposals, PART))]
        lists.sort(key=lambda found: -found[0].score)
        if lists and self._plan.certain:
            chosen = list(islice(taken_in_turn(lists), self._k))
            if len(chosen) == self._k:  # the whole question, and with it the vectors, need not be asked
                return chosen
        whole = self._ranked(self.for_whole(), WHOLE)
        if not self._plan.certain:
            turns = {"first": [whole, *lists], "last": [*lists, whole], "twice": [whole[::2], whole[1::2], *lists]}
            lists = turns[self._plan.turn]
        filled = taken_in_turn([[*taken_in_turn(lists), *whole]])
        return list(islice(filled, self._k))

    def for_parts(self) -> list[Proposals]:
        """What the words propose for each part of the plan."""
        depth = max(_DEPTH, self._k)

        def read(words: LexiconReader) -> list[Proposals]:
            return [
                Proposals(
                    part,
                    tuple(
                        Candidate(profile, word_rank=rank)
                        for rank, profile in enumerate(words.search(self._wanted_in(part), depth))
                    ),
                )
                for part in self._plan.parts
            ]

        return self._mirrors.of_words(read, []) if self._plan.parts else []

    def for_whole(self) -> Proposals:
        """What words and vectors propose for the whole question."""
        whole = self._plan.whole
        depth = max(self._k, _DEPTH if self._plan.parts else _WHOLE)
        vector = self.asked.vector
        within = self._library.within(self._scope) if self._scope else None
        nearest = self._mirrors.dense(vector, depth, within) if vector.any() else []
        ranks = {passage_id: rank for rank, (passage_id, _) in enumerate(nearest)}

        def read(words: LexiconReader) -> list[Candidate]:
            wanted = replace(self._wanted, weights=whole.weights)
            found = {p.passage_id: Candidate(p, rank) for rank, p in enumerate(words.search(wanted, depth))}
            others = words.find([i for i in ranks if i not in found], wanted)
            return [*found.values(), *(Candidate(profile) for profile in others)]

        only = [Candidate(Profile.unread(passage_id)) for passage_id in ranks]
        candidates = self._mirrors.of_words(read, only)
        ranked = (replace(c, vector_rank=ranks.get(c.profile.passage_id)) for c in candidates)
        return Proposals(whole, tuple(ranked))

    def _wanted_in(self, part: Part) -> Wanted:
        """What to look for for a part, where it belongs: in its sources, or else in its period."""
        wanted = replace(self._wanted, weights=part.weights, sources=part.sources)
        if part.sources or not part.period:
            return wanted
        since = max(filter(None, (wanted.since, part.period.since)), default=None)
        until = min(filter(None, (wanted.until, part.period.until)), default=None)
        return replace(wanted, since=since, until=until)

    def _ranked(self, proposals: Proposals, weights: Mapping[str, float]) -> list[Found]:
        """The candidates by their scores, best first."""
        marks = scores(self.asked, proposals.part, proposals.candidates, weights)
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


def node_of(hit: Hit) -> NodeWithScore:
    """A hit as LlamaIndex knows it: the passage's exact words, and where they stand as metadata."""
    passage = hit.passage
    node = TextNode(
        id_=passage.passage_id,
        text=hit.text,
        start_char_idx=passage.start,
        end_char_idx=passage.end,
        metadata={
            "briefing_id": passage.briefing_id,
            "title": hit.title,
            "source": hit.source,
            "published": hit.published.isoformat() if hit.published else None,
            "section": hit.section,
            "first_paragraph": passage.first_paragraph,
            "last_paragraph": passage.last_paragraph,
        },
    )
    return NodeWithScore(node=node, score=hit.score)
