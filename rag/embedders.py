"""Embedders: texts in, vectors out. `rag.models` builds the one that the settings name."""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from rag.errors import EmbedderError, reason_of
from rag.pooling import TokenSums
from rag.storage.database import Vectors

if TYPE_CHECKING:
    from wordllama.inference import WordLlamaInference

WORDLLAMA = "wordllama:l2_supercat:256"
MINILM = "chroma:all-MiniLM-L6-v2:384"
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
        self.fingerprint = WORDLLAMA
        model = load_wordllama()
        self._sums = TokenSums(model.tokenizer, model.embedding)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row of unit length a text, or of zeros for a text without tokens."""
        return _unit(self.sums(texts))  # a sum points where wordllama's own mean does

    def sums(self, texts: Sequence[str]) -> Vectors:
        """One row a text: the sum of the vectors of its tokens."""
        if not texts:
            return np.zeros((0, 256), dtype=np.float32)
        rows = self._sums.of([t[:_LONGEST] for t in texts])
        rows[[not t.strip() for t in texts]] = 0.0  # the model has a vector for a blank, too
        return rows


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
            raise EmbedderError(f"The embedder failed: {reason_of(error)}.", self._remedy) from error
        if len(rows) != len(texts):
            raise EmbedderError(f"The embedder gave {len(rows)} vectors for {len(texts)} texts.", self._remedy)
        return _unit(np.asarray(rows, dtype=np.float32))


class MiniLMEmbedder:
    """Chroma's own MiniLM, run by ONNX; Chroma downloads it when it is first used."""

    def __init__(self) -> None:
        from rag.vectors import minilm

        self.fingerprint = MINILM
        self._function = minilm()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row of unit length a text. Raises EmbedderError when the model cannot be downloaded."""
        try:
            rows = self._function([t[:_LONGEST] or " " for t in texts])
        except Exception as error:
            raise EmbedderError(
                f"The MiniLM model cannot be loaded: {reason_of(error)}.",
                "Connect to the network once, or set BRIEFINGS_EMBEDDER=wordllama.",
            ) from error
        return _unit(np.asarray(rows, dtype=np.float32))


def load_wordllama() -> "WordLlamaInference":
    """The model that ships inside the package; the root logger stays as it was."""
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
