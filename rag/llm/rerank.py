"""Reordering the best passages of a search by a model that reads them, by setting; off by default.

Either the language model puts them in order as a list (Sun et al., EMNLP 2023) or a cross-encoder scores each
beside the question (Nogueira and Cho, 2019). Where that fails the order of the search stays, and a notice says why.
"""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from rag.answers import NO_USAGE, Usage
from rag.briefings import Hit
from rag.errors import reason_of
from rag.llm.chat import ChatModel, Prompt
from rag.llm.helper import asked
from rag.prompts import ORDER, ORDER_SCHEMA
from rag.words.terms import visible

DEPTH = 20  # passages that are put in order
_PER_TOKEN = 4  # characters, about
_LONGEST_TITLE = 200  # characters


@dataclass(frozen=True, slots=True)
class Reranked:
    """The same hits in their new order, and what the reader is told of it."""

    hits: tuple[Hit, ...]
    notices: tuple[str, ...] = ()
    usage: Usage = NO_USAGE


class Reranker(Protocol):
    """Puts the passages found for a question in order."""

    def rerank(self, question: str, hits: Sequence[Hit]) -> Reranked:
        """The hits, each once, best first. Scores stay those of the search."""
        ...


class ModelReranker:
    """Has a language model put passages in order. `model` is None when there is none, and `why` says so;
    `prompt_tokens` bounds what it is shown."""

    def __init__(self, model: ChatModel | None, prompt_tokens: int = 6000, why: str = "") -> None:
        self._model = model
        self._longest = prompt_tokens * _PER_TOKEN // DEPTH
        self._why = why

    def rerank(self, question: str, hits: Sequence[Hit]) -> Reranked:
        """The hits as the model orders them, or as they were when its reply is no order of them. One request."""
        if len(hits) < 2:
            return Reranked(tuple(hits))
        if self._model is None:
            return _as_it_was(hits, self._why)
        nonce = secrets.token_hex(8)
        shown = "\n".join(f"[{n}] {self._line(hit, nonce)}" for n, hit in enumerate(hits, start=1))
        user = f"<<passages {nonce}>>\n{shown}\n<<end {nonce}>>\n\nQuestion: {question}"
        reply = asked(self._model, Prompt(ORDER.format(nonce=nonce, count=len(hits)), user, ORDER_SCHEMA, nonce))
        if reply.problem:
            return _as_it_was(hits, reply.problem, reply.usage)
        order = _order(reply.value, len(hits))
        if order is None:
            return _as_it_was(hits, "The model's reply is not an order of them.", reply.usage)
        return Reranked(tuple(hits[n - 1] for n in order), (), reply.usage)

    def _line(self, hit: Hit, nonce: str) -> str:
        """A passage in one line, so that nothing in it can look like another one."""
        told = {"title": hit.title[:_LONGEST_TITLE], "source": hit.source[:_LONGEST_TITLE]}
        if hit.published:
            told["published"] = hit.published.isoformat()
        told["text"] = hit.text[: self._longest]
        plain = {name: " ".join(visible(value).replace(nonce, "").split()) for name, value in told.items()}
        return json.dumps(plain, ensure_ascii=False)


class CrossEncoderReranker:
    """Orders passages by a LlamaIndex node postprocessor that scores them, such as `SentenceTransformerRerank`."""

    def __init__(self, postprocessor: Any) -> None:
        self._postprocessor = postprocessor

    def rerank(self, question: str, hits: Sequence[Hit]) -> Reranked:
        """The hits by their scores, title and text read together; as they were when the model fails."""
        from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

        known = {hit.passage.passage_id: hit for hit in hits}
        nodes = [TextNode(id_=i, text=f"{hit.title}\n{hit.text}") for i, hit in known.items()]
        if len(nodes) < 2:
            return Reranked(tuple(hits))
        try:
            scored = self._postprocessor.postprocess_nodes(
                [NodeWithScore(node=node, score=0.0) for node in nodes], query_bundle=QueryBundle(question)
            )
            marks = {one.node.node_id: float(one.score) for one in scored}
        except Exception as error:  # whatever a model of somebody else's raises
            return _as_it_was(hits, f"The cross-encoder failed: {reason_of(error)}.")
        if marks.keys() != known.keys() or any(mark != mark for mark in marks.values()):
            return _as_it_was(hits, "The cross-encoder did not score all of them.")
        return Reranked(tuple(sorted(hits, key=lambda hit: -marks[hit.passage.passage_id])))


def _as_it_was(hits: Sequence[Hit], why: str, usage: Usage = NO_USAGE) -> Reranked:
    return Reranked(tuple(hits), (f"Passages are in the order of the search (BRIEFINGS_RERANKER). {why}",), usage)


def _order(value: Any, count: int) -> list[int] | None:
    """The order that a reply holds: the numbers from 1 to `count`, each once; None for anything else."""
    order = value.get("order") if isinstance(value, dict) else None
    if not isinstance(order, list) or not all(type(n) is int for n in order):
        return None
    return order if sorted(order) == list(range(1, count + 1)) else None
