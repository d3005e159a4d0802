"""What the product is measured beside: its own building blocks as they come out of the box, over the same passages.

Each is built in a folder from the same passages and vectors, with that library's defaults.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import chromadb
import tantivy
from chromadb.config import Settings as ChromaSettings
from llama_index.core import StorageContext, VectorStoreIndex
from llama_index.core.embeddings import BaseEmbedding
from llama_index.core.schema import TextNode
from llama_index.vector_stores.chroma import ChromaVectorStore

from rag.briefings import Hit
from rag.build import App
from rag.embedders import Embedder
from rag.storage.database import Vectors

_BATCH = 2_000  # rows; Chroma takes at most 5,461 at once


class System(Protocol):
    """Finds passages."""

    name: str

    def search(self, question: str, k: int) -> list[str]:
        """The ids of the k best passages, best first."""
        ...


class Product:
    """This project: `App.search` with its defaults."""

    name = "briefings"

    def __init__(self, app: App) -> None:
        self._app = app

    def search(self, question: str, k: int) -> list[str]:
        """The ids of the k best passages, best first."""
        return [hit.passage.passage_id for hit in self._app.search(question, k)]


class PlainTantivy:
    """tantivy's own query parser and tokenizer over title, source and text."""

    name = "plain tantivy"

    def __init__(self, folder: Path, hits: Sequence[Hit]) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw")
        for field in ("title", "source", "text"):
            builder.add_text_field(field)
        folder.mkdir(parents=True, exist_ok=True)
        self._index = tantivy.Index(builder.build(), path=str(folder))
        writer = self._index.writer(256_000_000, 1)
        for hit in hits:
            passage = tantivy.Document(id=hit.passage.passage_id, title=hit.title, source=hit.source, text=hit.text)
            writer.add_document(passage)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def search(self, question: str, k: int) -> list[str]:
        """The ids of the k best passages, best first."""
        query, _ = self._index.parse_query_lenient(question, ["title", "source", "text"])
        searcher = self._index.searcher()
        return [str(searcher.doc(at)["id"][0]) for _, at in searcher.search(query, k, count=False).hits]


class PlainChroma:
    """A Chroma collection with its defaults, asked with the question's vector."""

    name = "plain Chroma"

    def __init__(self, folder: Path, hits: Sequence[Hit], vectors: Vectors, embedder: Embedder) -> None:
        self._embedder = embedder
        self._collection = _collection(folder)
        for i in range(0, len(hits), _BATCH):
            some = hits[i : i + _BATCH]
            self._collection.add(
                ids=[h.passage.passage_id for h in some],
                embeddings=vectors[i : i + _BATCH],
                documents=[h.text for h in some],
            )

    def search(self, question: str, k: int) -> list[str]:
        """The ids of the k best passages, best first."""
        vector = self._embedder.embed([question])
        return list(self._collection.query(query_embeddings=vector, n_results=k)["ids"][0])


class StockLlamaIndex:
    """LlamaIndex's `VectorStoreIndex` on Chroma, with its default retriever and the same embedder.

    Title, source and date are metadata of the nodes, which LlamaIndex embeds together with the text."""

    name = "LlamaIndex on Chroma"

    def __init__(self, folder: Path, hits: Sequence[Hit], embedder: Embedder) -> None:
        store = ChromaVectorStore(chroma_collection=_collection(folder))
        nodes = [
            TextNode(
                id_=hit.passage.passage_id,
                text=hit.text,
                metadata={"title": hit.title, "source": hit.source, "published": str(hit.published or "")},
            )
            for hit in hits
        ]
        self._index = VectorStoreIndex(
            nodes,
            storage_context=StorageContext.from_defaults(vector_store=store),
            embed_model=SameEmbedder(embedder),
        )

    def search(self, question: str, k: int) -> list[str]:
        """The ids of the k best passages, best first."""
        return [found.node.node_id for found in self._index.as_retriever(similarity_top_k=k).retrieve(question)]


class SameEmbedder(BaseEmbedding):
    """The product's embedder as LlamaIndex wants it."""

    _embedder: Any

    def __init__(self, embedder: Embedder, batch: int = 256) -> None:
        super().__init__(embed_batch_size=batch)
        self._embedder = embedder

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return [row.tolist() for row in self._embedder.embed(texts)]

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)


def _collection(folder: Path) -> Any:
    folder.mkdir(parents=True, exist_ok=True)
    client = chromadb.PersistentClient(str(folder), settings=ChromaSettings(anonymized_telemetry=False))
    return client.create_collection("bench", embedding_function=None)
