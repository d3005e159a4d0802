"""Every model is built here, from Settings; all else gets one as an argument."""

from dataclasses import dataclass
from typing import Any, Literal

import httpx

from rag.embedders import MINILM, WORDLLAMA, Embedder, LlamaIndexEmbedder, MiniLMEmbedder, WordLlamaEmbedder
from rag.errors import EmbedderError, ModelError, reason_of
from rag.llm.chat import RETRIES, BoundedTransport, ChatModel, LlamaIndexChat
from rag.llm.recorded import RecordingChat, ReplayingChat
from rag.llm.rerank import DEPTH, CrossEncoderReranker
from rag.settings import Settings

_OPENAI_MODEL = "gpt-4.1-mini"
_HELPER_TOKENS = 1_000  # of a plan or an order


def fingerprint_of(settings: Settings) -> str:
    """The fingerprint of the embedder that the settings name, without loading it. Raises EmbedderError when a key
    or address is missing."""
    if settings.embedder == "openai" and not _key(settings):
        raise EmbedderError(
            "The embedder `openai` needs a key.", "Set OPENAI_API_KEY, or BRIEFINGS_EMBEDDER=wordllama."
        )
    if settings.embedder == "openai-like" and not settings.openai_base_url:
        raise EmbedderError("The embedder `openai-like` needs the server's address.", "Set OPENAI_BASE_URL.")
    known = {"wordllama": WORDLLAMA, "minilm": MINILM}
    return known.get(settings.embedder) or f"{settings.embedder}:{settings.embedder_model}"


def build_embedder(settings: Settings) -> Embedder:
    """The embedder that the settings name. Raises EmbedderError when a key or address is missing."""
    if settings.embedder == "wordllama":
        return WordLlamaEmbedder()
    if settings.embedder == "minilm":
        return MiniLMEmbedder()
    fingerprint = fingerprint_of(settings)
    from llama_index.embeddings.openai import OpenAIEmbedding

    model = OpenAIEmbedding(
        model_name=settings.embedder_model,
        api_key=_key(settings) or "none",
        api_base=settings.openai_base_url,
        timeout=settings.timeout,
        max_retries=1,  # of LlamaIndex and of the client each: four requests in all
        embed_batch_size=100,
    )
    where = settings.openai_base_url or "the OpenAI API"
    return LlamaIndexEmbedder(
        model,
        fingerprint,
        f"Check OPENAI_API_KEY, OPENAI_BASE_URL ({where}) and BRIEFINGS_EMBEDDER_MODEL.",
    )


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long a model may take: `wait` seconds for its next words, `reply` seconds and `tokens` for one whole
    reply; how often a refused request is made again."""

    wait: float
    reply: float
    tokens: int
    retries: int = RETRIES


def build_chat_model(settings: Settings, bounds: Bounds | None = None) -> ChatModel | None:
    """The language model that the settings name, or None when answers are to be composed without one.

    `auto` takes one as soon as there is a key, or a server's address together with a model's name. Raises
    ModelError when a key, an address or a name is missing.
    """
    bounds = bounds or Bounds(settings.timeout, settings.reply_timeout, settings.reply_tokens)
    kind = _kind_of_model(settings)
    if kind is None:
        return None
    name = settings.model or (_OPENAI_MODEL if kind == "openai" else None)
    if name is None:
        raise ModelError("The composer `openai-like` needs a model's name.", "Set BRIEFINGS_MODEL.")
    if settings.replay:
        return ReplayingChat(settings.replay, f"{kind}:{name}")
    transport = BoundedTransport(bounds.reply)
    model = LlamaIndexChat(
        _llm(settings, transport, kind, name, bounds),
        transport,
        f"{kind}:{name}",
        settings.openai_base_url or "the OpenAI API",
        ("max_completion_tokens" if kind == "openai" else "max_tokens", bounds.tokens),
    )
    return RecordingChat(model, settings.record) if settings.record else model


def build_helper(settings: Settings) -> tuple[ChatModel | None, str]:
    """The language model for a search: the same one, asked once and not for long. None with the reason, in words
    for the reader, when the settings give none."""
    seconds = min(settings.search_timeout, settings.reply_timeout)
    bounds = Bounds(min(seconds, settings.timeout), seconds, min(settings.reply_tokens, _HELPER_TOKENS), retries=0)
    try:
        model = build_chat_model(settings, bounds)
    except ModelError as error:
        return None, str(error)
    if model is None and settings.composer == "extractive":
        return None, "It needs one, and BRIEFINGS_COMPOSER=extractive asks none."
    return model, "" if model else "It needs one: set OPENAI_API_KEY, or OPENAI_BASE_URL and BRIEFINGS_MODEL."


def build_cross_encoder(settings: Settings) -> CrossEncoderReranker:
    """The cross-encoder that the settings name. Raises ModelError when its package is not installed, or when the
    model cannot be loaded."""
    from llama_index.core.postprocessor import SentenceTransformerRerank

    try:
        postprocessor = SentenceTransformerRerank(
            model=settings.reranker_model, top_n=DEPTH, trust_remote_code=False
        )
    except ImportError as error:
        raise ModelError(
            "The reranker `cross-encoder` needs a package that is not installed.",
            "Run `pip install 'briefings[cross-encoder]'`, or unset BRIEFINGS_RERANKER.",
        ) from error
    except Exception as error:
        raise ModelError(
            f"The cross-encoder {settings.reranker_model} cannot be loaded: {reason_of(error)}.",
            "Check BRIEFINGS_RERANKER_MODEL, or unset BRIEFINGS_RERANKER.",
        ) from error
    return CrossEncoderReranker(postprocessor)


def _kind_of_model(settings: Settings) -> Literal["openai", "openai-like"] | None:
    key, address = settings.openai_api_key, settings.openai_base_url
    if settings.composer == "extractive":
        return None
    if settings.composer == "auto":
        if not (key or settings.replay or (address and settings.model)):
            return None
        return "openai-like" if address else "openai"
    if settings.composer == "openai" and not key and not settings.replay:
        raise ModelError(
            "The composer `openai` needs a key.", "Set OPENAI_API_KEY, or BRIEFINGS_COMPOSER=extractive."
        )
    if settings.composer == "openai-like" and not address and not settings.replay:
        raise ModelError("The composer `openai-like` needs the server's address.", "Set OPENAI_BASE_URL.")
    return settings.composer


def _llm(settings: Settings, transport: BoundedTransport, kind: str, name: str, bounds: Bounds) -> Any:
    from llama_index.llms.openai import OpenAI
    from llama_index.llms.openai_like import OpenAILike

    key = _key(settings)
    if key and not (key.isascii() and key.isprintable()):
        raise ModelError("The key holds characters that cannot be sent.", "Check OPENAI_API_KEY.")
    common: dict[str, Any] = {
        "model": name,
        "api_key": key or "none",
        "temperature": 0.0,
        "timeout": bounds.wait,
        "max_retries": bounds.retries,  # the client's; LlamaIndex does not retry a stream
        "http_client": httpx.Client(transport=transport, timeout=bounds.wait),
    }
    if kind == "openai":
        model = OpenAI(**common, api_base=settings.openai_base_url)
        try:
            _ = model.metadata
            return model
        except ValueError:  # newer than the list of models that LlamaIndex knows
            common["api_base"] = model.api_base
    else:
        common["api_base"] = settings.openai_base_url
    return OpenAILike(**common, is_chat_model=True)


def _key(settings: Settings) -> str | None:
    return settings.openai_api_key.get_secret_value().strip() or None if settings.openai_api_key else None
