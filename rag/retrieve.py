"""Retrieval: BM25 and dense hits, fused by rank."""

from collections.abc import Sequence

from llama_index.core.callbacks import CallbackManager
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from rag.briefings import Hit, Scope
from rag.library import Library
from rag.mirrors import Mirrors
from rag.models import Embedder

_DEPTH = 50  # how far down each ranking is read
_RRF_K = 60  # Cormack, Clarke and Büttcher, SIGIR 2009


class FusionRetriever(BaseRetriever):
    """A LlamaIndex retriever over the library; `search` gives the same as plain `Hit` records."""

    def __init__(self, library: Library, mirrors: Mirrors, embedder: Embedder, k: int = 10) -> None:
        super().__init__(callback_manager=CallbackManager([]))
        self._library = library
        self._mirrors = mirrors
        self._embedder = embedder
        self._k = k

    def search(self, query: str, k: int | None = None, scope: Scope | None = None) -> list[Hit]:
        """The k best passages for a query, best first, each once.

        The score is reciprocal rank fusion's: the sum of 1/(60 + rank) over both rankings, ranks from 1.
        """
        k = k or self._k
        within = self._library.within(scope) if scope else None
        if within == []:
            return []
        depth = max(k, _DEPTH)
        lexical = self._mirrors.lexical(query, depth, within)
        vector = self._embedder.embed([query])[0]
        dense = self._mirrors.dense(vector, depth, within) if vector.any() else []
        fused = fuse([[i for i, _ in lexical], [i for i, _ in dense]])
        return self._library.hits(dict(list(fused.items())[:k]))

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return [node_of(hit) for hit in self.search(query_bundle.query_str)]


def fuse(rankings: Sequence[Sequence[str]]) -> dict[str, float]:
    """Every id of these rankings with its fused score, best first; ties keep the order of first appearance.

    score(d) = Σ 1 / (60 + rank of d), over the rankings that hold d, ranks from 1.
    """
    scores: dict[str, float] = {}
    for ranking in rankings:
        for rank, passage_id in enumerate(ranking, start=1):
            scores[passage_id] = scores.get(passage_id, 0.0) + 1.0 / (_RRF_K + rank)
    return dict(sorted(scores.items(), key=lambda item: -item[1]))


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
