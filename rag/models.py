"""Every model class is named here only, and built from Settings; all else gets a model as an argument."""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from rag.database import Vectors
from rag.errors import EmbedderError
from rag.settings import Settings

if TYPE_CHECKING:
    from wordllama.inference import WordLlamaInference

_LONGEST = 20_000  # characters; more of one text changes its mean vector little and costs memory


class Embedder(Protocol):
    """Turns texts into vectors. `fingerprint` names the model: equal fingerprints give equal vectors."""

    fingerprint: str

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One float32 row of unit length (or of zeros, for a text without words) for each text."""
        ...


class WordLlamaEmbedder:
    """Static 256-dimensional vectors that ship inside the `wordllama` package: no network, no download."""

    def __init__(self) -> None:
        self.fingerprint = "wordllama:l2_supercat:256"
        self._model = _load_wordllama()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row of unit length a text, or of zeros for a text without tokens."""
        if not texts:
            return np.zeros((0, 256), dtype=np.float32)
        rows = np.asarray(self._model.embed([t[:_LONGEST] or " " for t in texts]), dtype=np.float32)
        rows[[not t.strip() for t in texts]] = 0.0  # the model has a vector for a blank, too
        return _unit(rows)


class LlamaIndexEmbedder:
    """Any embedding model of LlamaIndex (OpenAI and compatible servers)."""

    def __init__(self, model: Any, fingerprint: str, remedy: str) -> None:
        self.fingerprint = fingerprint
        self._model = model
        self._remedy = remedy

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row of unit length a text. Raises EmbedderError, naming the setting, when the server fails."""
        if not texts:
            return np.zeros((0, 0), dtype=np.float32)
        try:
            rows = self._model.get_text_embedding_batch([t[:_LONGEST] or " " for t in texts])
        except Exception as error:
            raise EmbedderError(f"The embedder failed: {_first_line(error)}.", self._remedy) from error
        if len(rows) != len(texts):
            raise EmbedderError(f"The embedder gave {len(rows)} vectors for {len(texts)} texts.", self._remedy)
        return _unit(np.asarray(rows, dtype=np.float32))


class MiniLMEmbedder:
    """Chroma's own MiniLM, run by ONNX; Chroma downloads it when it is first used."""

    def __init__(self) -> None:
        from rag.vectors import minilm

        self.fingerprint = "chroma:all-MiniLM-L6-v2:384"
        self._function = minilm()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row of unit length a text. Raises EmbedderError when the model cannot be downloaded."""
        try:
            rows = self._function([t[:_LONGEST] or " " for t in texts])
        except Exception as error:
            raise EmbedderError(
                f"The MiniLM model cannot be loaded: {_first_line(error)}.",
                "Connect to the network once, or set BRIEFINGS_EMBEDDER=wordllama.",
            ) from error
        return _unit(np.asarray(rows, dtype=np.float32))


def build_embedder(settings: Settings) -> Embedder:
    """The embedder that the settings name. Raises EmbedderError when a key or address is missing."""
    if settings.embedder == "wordllama":
        return WordLlamaEmbedder()
    if settings.embedder == "minilm":
        return MiniLMEmbedder()
    key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else None
    if settings.embedder == "openai" and not key:
        raise EmbedderError(
            "The embedder `openai` needs a key.", "Set OPENAI_API_KEY, or BRIEFINGS_EMBEDDER=wordllama."
        )
    if settings.embedder == "openai-like" and not settings.openai_base_url:
        raise EmbedderError("The embedder `openai-like` needs the server's address.", "Set OPENAI_BASE_URL.")
    from llama_index.embeddings.openai import OpenAIEmbedding

    model = OpenAIEmbedding(
        model_name=settings.embedder_model,
        api_key=key or "none",
        api_base=settings.openai_base_url,
        timeout=settings.timeout,
        max_retries=1,  # of LlamaIndex and of the client each: four requests in all
        embed_batch_size=100,
    )
    where = settings.openai_base_url or "the OpenAI API"
    return LlamaIndexEmbedder(
        model,
        f"{settings.embedder}:{settings.embedder_model}",
        f"Check OPENAI_API_KEY, OPENAI_BASE_URL ({where}) and BRIEFINGS_EMBEDDER_MODEL.",
    )


def _load_wordllama() -> "WordLlamaInference":
    before, level = logging.root.handlers[:], logging.root.level
    import wordllama  # it sets up the root logger when it is imported

    logging.root.handlers[:] = before
    logging.root.setLevel(level)
    # The weights lie in the package; its own default looks elsewhere and goes to a hub.
    folder = Path(wordllama.__file__).parent
    model: WordLlamaInference = wordllama.WordLlama.load(cache_dir=folder, disable_download=True)
    return model


def _unit(rows: Vectors) -> Vectors:
    rows = np.nan_to_num(rows)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: Vectors = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    return unit


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(".") if lines else type(error).__name__
