"""The entry point: a home folder in, the assembled program out."""

import contextlib
import threading
from collections.abc import Generator, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from rag.answers import Answer
from rag.briefings import Hit, Scope
from rag.errors import EmbedderError, LibraryError, refusal_of
from rag.library import Library
from rag.settings import Settings, read_settings

if TYPE_CHECKING:
    from rag.asking.followup import Turn
    from rag.compose import ExtractiveComposer
    from rag.embedders import Embedder
    from rag.engine import CitedQueryEngine
    from rag.llm.chat import ChatModel
    from rag.llm.planning import ModelPlanner
    from rag.llm.rerank import Reranker
    from rag.mirrors import Mirrors
    from rag.retrieve import PlannedRetriever
    from rag.storage.conversations import Conversations

    built_once = cached_property
else:

    class built_once(cached_property):  # noqa: N801  # it is used like the property that it is
        """A cached property that one thread works out while others wait, as Python's own only did before 3.12."""

        def __get__(self, app: "App", owner: type | None = None) -> object:
            """The value."""
            with app.building:
                return super().__get__(app, owner)


class App:
    """The program over one home folder. Its parts are built when first used; safe to share between threads."""

    def __init__(self, settings: Settings, library: Library) -> None:
        self.settings = settings
        self.library = library
        self.building = threading.RLock()

    @built_once
    def embedder(self) -> "Embedder":
        """The embedder of the settings. Raises EmbedderError when the library was embedded with another."""
        from rag.models import build_embedder

        embedder = build_embedder(self.settings)
        _ = self.fingerprint  # refused when it is not the library's
        return embedder

    @property
    def fingerprint(self) -> str:
        """The name of the embedder, which is not loaded for this. Raises EmbedderError when the library was
        embedded with another."""
        from rag.models import fingerprint_of

        if "embedder" in self.__dict__:
            return self.embedder.fingerprint
        wanted, known = fingerprint_of(self.settings), self.library.embedder()
        if known not in (None, wanted):
            raise EmbedderError(
                f"The library was embedded with {known}, but the setting asks for {wanted}.",
                "Set BRIEFINGS_EMBEDDER back, or run `briefings doctor --repair` to embed everything anew.",
            )
        return wanted

    @built_once
    def mirrors(self) -> "Mirrors":
        """The search indexes of the library."""
        from rag.mirrors import Mirrors

        return Mirrors(self.settings.home, self.library, self.fingerprint, self.settings.chroma_url)

    @built_once
    def retriever(self) -> "PlannedRetriever":
        """The LlamaIndex retriever. Raises ModelError when its reranker's package or model is missing."""
        from rag.retrieve import PlannedRetriever

        if self.settings.planner == "rules" and self.settings.reranker == "none":
            return self._plain_retriever
        return PlannedRetriever(
            self.library, self.mirrors, self.embedder, planner=self._planner, reranker=self._reranker
        )

    @built_once
    def _plain_retriever(self) -> "PlannedRetriever":
        from rag.retrieve import PlannedRetriever

        return PlannedRetriever(self.library, self.mirrors, self.embedder)

    @built_once
    def helper(self) -> "tuple[ChatModel | None, str]":
        """The language model that plans searches and orders what they find; None, and why, when there is none."""
        from rag.models import build_helper

        return build_helper(self.settings)

    @property
    def _planner(self) -> "ModelPlanner | None":
        from rag.llm.planning import ModelPlanner

        return ModelPlanner(*self.helper) if self.settings.planner == "llm" else None

    @property
    def _reranker(self) -> "Reranker | None":
        from rag.llm.rerank import ModelReranker
        from rag.models import build_cross_encoder

        if self.settings.reranker == "cross-encoder":
            return build_cross_encoder(self.settings)
        if self.settings.reranker == "none":
            return None
        model, why = self.helper
        return ModelReranker(model, self.settings.prompt_tokens, why)

    @built_once
    def engine(self) -> "CitedQueryEngine":
        """The LlamaIndex query engine. Raises ModelError when the settings of the language model are incomplete."""
        from rag.engine import CitedQueryEngine
        from rag.generate import ModelComposer
        from rag.llm.drafting import ModelOptions
        from rag.llm.rephrase import Rephraser

        model, settings = self.chat_model, self.settings
        if model is None:
            return CitedQueryEngine(self.library, self.retriever, self._extractive)
        options = ModelOptions(
            settings.prompt_tokens, settings.unsupported, settings.input_price, settings.output_price
        )
        composer = ModelComposer(model, self.library, self._extractive, options)
        return CitedQueryEngine(self.library, self.retriever, composer, Rephraser(model).standalone)

    @built_once
    def engine_without_model(self) -> "CitedQueryEngine":
        """The query engine that quotes the briefings' own sentences and asks no model, whatever the settings."""
        from rag.engine import CitedQueryEngine

        return CitedQueryEngine(self.library, self._plain_retriever, self._extractive)

    @built_once
    def _extractive(self) -> "ExtractiveComposer":
        from rag.compose import ExtractiveComposer
        from rag.embedders import WordLlamaEmbedder
        from rag.extract.evidence import EvidenceScorer
        from rag.extract.matching import Matcher
        from rag.finding.catalogue import Shelf
        from rag.words.thesaurus import news_thesaurus

        embedder = self.embedder
        words = embedder if isinstance(embedder, WordLlamaEmbedder) else WordLlamaEmbedder()
        shelf, scorer = Shelf(self.library), EvidenceScorer(Matcher(words, news_thesaurus()))
        return ExtractiveComposer(self.library, scorer, lambda: shelf.catalogue().newest)

    @built_once
    def chat_model(self) -> "ChatModel | None":
        """The language model of the settings, or None. Raises ModelError when they are incomplete."""
        from rag.models import build_chat_model

        return build_chat_model(self.settings)

    @built_once
    def conversations(self) -> "Conversations":
        """The conversations that are kept beside the briefings."""
        from rag.storage.conversations import Conversations

        return Conversations(self.library.engine)

    def ask(self, question: str, history: "Sequence[str | Turn]" = (), scope: Scope | None = None) -> Answer:
        """One cited answer; `history` holds the conversation's earlier questions, oldest first: as they were typed
        or, so that "he" and "that" may stand in an answer, as `rag.asking.followup.turn_of` makes them of answers.

        Raises UsageError for an empty or overlong question, NotFoundError for an unknown briefing in `scope`.
        """
        return self.engine.answer(question, history, scope)

    def stream(
        self, question: str, history: "Sequence[str | Turn]" = (), scope: Scope | None = None
    ) -> Generator[Answer]:
        """The answer as far as it is verified, whenever more has come; the last is whole. Raises as `ask`."""
        return self.engine.stream(question, history, scope)

    def search(self, query: str, k: int = 10, scope: Scope | None = None) -> list[Hit]:
        """The k best passages, best first. Raises UsageError for an empty or overlong query."""
        from rag.asking.typed import checked_question

        return self.retriever.search(checked_question(query), k, scope)

    def close(self) -> None:
        """Let go of everything that is open."""
        if model := self.__dict__.get("chat_model"):
            model.close()
        if helper := self.__dict__.get("helper", (None, ""))[0]:
            helper.close()
        if "mirrors" in self.__dict__:
            self.mirrors.close()
        self.library.close()


@contextlib.contextmanager
def open_home(home: Path | str | None = None) -> Iterator[App]:
    """The program over a home folder, which is made when missing; closed when the block ends.

    Raises LibraryError when the folder cannot be used.
    """
    app = build_app(read_settings(Path(home) if home is not None else None))
    try:
        yield app
    finally:
        app.close()


def build_app(settings: Settings) -> App:
    """The program that these settings describe; the caller closes it. Raises LibraryError."""
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LibraryError(
            f"The folder {settings.home} cannot be made: {refusal_of(error)}.", "Choose another with --home."
        ) from error
    return App(settings, Library.open(settings.library_url or settings.home / "library.sqlite3"))
