"""Retrieval: a question in, its best passages out, found by its plan; by setting, a model refines the plan and puts
what was found in order once more."""

import logging
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial

from llama_index.core.callbacks import CallbackManager
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from rag.asking.comparing import Named
from rag.asking.overviews import searched_as
from rag.asking.parts import read_parts
from rag.asking.whois import asked_name, may_ask_for_a_name
from rag.briefings import Hit, Scope
from rag.embedders import Embedder
from rag.finding.catalogue import Catalogue, Shelf
from rag.finding.events import Event, period_of
from rag.finding.plans import Plan
from rag.finding.search import Search
from rag.finding.sides import Side, known_among, sides_in
from rag.finding.titles import Titled, may_name_titles, titles_in
from rag.lexicon import Wanted
from rag.library import Library
from rag.llm.planning import ModelPlanner
from rag.llm.rerank import DEPTH, Reranked, Reranker
from rag.mirrors import Mirrors
from rag.plan import plan
from rag.storage.profiles import Profile
from rag.words.casing import cased
from rag.words.periods import Period
from rag.words.terms import Word, index_terms

_log = logging.getLogger(__name__)
_ALIKE = 8  # terms that are looked at for a misspelt name
_FEW = 10  # passages that are read for how a name is spelt in them
_FOR_A_NAME = 20  # passages where it is asked who or what one is: few that tell of it introduce it
_TELLING = 40  # passages that are looked at for the day of an event


class PlannedRetriever(BaseRetriever):
    """A LlamaIndex retriever over the library; `search` gives the same as plain `Hit` records."""

    def __init__(
        self,
        library: Library,
        mirrors: Mirrors,
        embedder: Embedder,
        planner: ModelPlanner | None = None,
        reranker: Reranker | None = None,
    ) -> None:
        super().__init__(callback_manager=CallbackManager([]))
        self._library = library
        self._mirrors = mirrors
        self._embedder = embedder
        self._shelf = Shelf(library)
        self._planner = planner
        self._reranker = reranker

    def plan(self, query: str, scope: Scope | None = None) -> Plan:
        """The plan by which a query is searched for. Within a scope, only its briefings date an event, and "last
        week" is counted from its last day."""
        query = searched_as(query)
        planned = self.plan_by_rules(query, scope)
        return self._planner.refined(query, planned, self._shelf.catalogue()) if self._planner else planned

    def plan_by_rules(self, query: str, scope: Scope | None = None) -> Plan:
        """The plan that needs no language model, whatever the settings."""
        catalogue, scope = self._shelf.catalogue(), scope or Scope()
        today = min(filter(None, (catalogue.newest, scope.until)), default=None)
        titles: list[Titled] = []
        if may_name_titles(query):
            titles = self._mirrors.of_words(lambda words: titles_in(query, words.has_title), titles)
        return plan(query, catalogue, today, partial(self._dated, scope), titles, partial(self._sides, query))

    def _sides(self, query: str) -> list[Side]:
        """The names set side by side in a query that the library knows."""
        none: list[Side] = []
        found = sides_in(query)
        return self._mirrors.of_words(lambda words: known_among(found, words.holds), none) if found else none

    def search(self, query: str, k: int = 10, scope: Scope | None = None) -> list[Hit]:
        """The k best passages for a query, best first, each once; the score is that of `rag.finding.ranking`.

        Where the query's plan has parts, they take turns, that of the best find first; the whole query fills what
        is left. A reranker, where there is one, orders them once more. Raises NotFoundError for an unknown briefing
        in `scope`.
        """
        planned = self.plan(query, scope)
        found = self.retrieved(planned, k, scope)
        for notice in (*planned.notices, *found.notices):
            _log.warning("%s", notice)
        return list(found.hits)

    def catalogue(self) -> Catalogue:
        """The sources and days of the library as it is now."""
        return self._shelf.catalogue()

    def mentioned(self, query: str) -> list[Named]:
        """The sources that a query names, also by the last words of their names."""
        return self._shelf.catalogue().mentioned(query)

    def holding(self, terms: Collection[str], scope: Scope, most: int) -> list[Profile] | None:
        """Passages that hold all these terms, themselves or in what stands above them, so many at `most`; None when
        the index that would tell is missing."""
        wanted = Wanted(
            dict.fromkeys(terms, 1.0),
            scope.briefing_ids or None,
            scope.sources,
            since=scope.since,
            until=scope.until,
            all_of=terms,
        )
        none: list[Profile] | None = None
        return self._mirrors.of_words(lambda words: words.search(wanted, most), none)

    def unheld(self, some: Sequence[Word]) -> list[Word]:
        """Those of these words that no briefing held when the library was last searched."""
        none: list[Word] = []
        return self._mirrors.of_words(lambda held: [w for w in some if not held.holds(w.term)], none, as_it_is=True)

    def near(self, term: str) -> list[str]:
        """The terms that briefings hold and that are spelt almost as this one; a few where there are many."""
        none: list[str] = []
        return self._mirrors.of_words(lambda held: held.near(term, _ALIKE), none)

    def texts(self, terms: Collection[str]) -> list[str]:
        """A few passages that hold all these terms."""
        found = self.holding(terms, Scope(), _FEW) or ()
        return [hit.text for hit in self._library.hits({one.passage_id: one.score for one in found})]

    def search_by(self, planned: Plan, k: int, scope: Scope | None = None) -> list[Hit]:
        """What this plan finds, without a reranker."""
        found = Search(self._library, self._mirrors, self._embedder, planned, k, scope or Scope()).best()
        order = {one.passage_id: rank for rank, one in enumerate(found)}
        hits = self._library.hits({one.passage_id: one.score for one in found})
        return sorted(hits, key=lambda hit: order[hit.passage.passage_id])

    def retrieved(self, planned: Plan, k: int, scope: Scope | None = None) -> Reranked:
        """What `search` finds by this plan, and what is to be told of it."""
        if self._reranker is None:
            return Reranked(tuple(self.search_by(planned, k, scope)))
        hits = self.search_by(planned, max(k, DEPTH), scope)
        found = self._reranker.rerank(planned.whole.text, hits[:DEPTH])
        if found.notices and k < DEPTH:  # it failed, and fewer passages may be other ones
            return replace(found, hits=tuple(self.search_by(planned, k, scope)))
        return replace(found, hits=(*found.hits, *hits[DEPTH:])[:k])

    def enough_for(self, question: str, planned: Plan, k: int, scope: Scope | None = None) -> Reranked:
        """What is `retrieved` for a question, at least k passages; more where it asks who or what somebody is."""
        found = self.retrieved(planned, k, scope)
        if not may_ask_for_a_name(question):
            return found
        if not any(map(asked_name, read_parts(cased(question, (hit.text for hit in found.hits))))):
            return found
        more = self.retrieved(planned, max(k, _FOR_A_NAME), scope)
        return replace(more, usage=found.usage + more.usage)

    def _dated(self, scope: Scope, event: Event) -> Period | None:
        """The days of an event, when the briefings that hold its words best are at one about it."""
        wanted = Wanted(
            dict.fromkeys(index_terms(event.text), 1.0),
            scope.briefing_ids or None,
            scope.sources,
            since=scope.since,
            until=scope.until,
        )
        none: list[Profile] = []
        found = self._mirrors.of_words(lambda words: words.search(wanted, _TELLING), none)
        ids = dict.fromkeys(profile.briefing_id for profile in found)
        return period_of(event, self._library.briefings(ids))

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return [node_of(hit) for hit in self.search(query_bundle.query_str)]


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
