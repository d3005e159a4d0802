"""What `briefings doctor` finds and mends."""

from dataclasses import dataclass

from ingest.pipeline import embed_anew
from rag.briefings import Scope
from rag.build import App
from rag.errors import BriefingsError, EmbedderError, ModelError
from rag.keeping.salvage import damage, salvage
from rag.llm.chat import Prompt
from rag.models import build_embedder
from rag.settings import Settings
from ui.words import counted

REPAIR = "Run `briefings doctor --repair`."


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked; `problem` is None when it is in order, else `remedy` says what mends it."""

    name: str
    detail: str
    problem: str | None = None
    remedy: str = ""


def examine(app: App) -> list[Finding]:
    """Check everything, and change nothing but a mirror that lags behind."""
    count = counted(app.library.count_within(Scope()), "briefing")
    reading = ", which can only be read: nothing can be added" if app.library.is_read_only else ""
    findings = [
        Finding("home", f"{app.settings.home}{reading}"),
        Finding(
            "library",
            f"{count}, revision {app.library.revision()}",
            app.library.check(),
            f"{REPAIR} It saves what can be read, and keeps the damaged file.",
        ),
    ]
    try:
        findings.append(Finding("embedder", app.embedder.fingerprint))
    except EmbedderError as error:
        return [*findings, Finding("embedder", app.settings.embedder, error.reason, error.remedy)]
    try:
        app.mirrors.catch_up()
    except BriefingsError as error:
        return [*findings, Finding("search indexes", "cannot be brought up to date", error.reason, error.remedy)]
    mirrors = [Finding(s.name, s.detail, s.problem, REPAIR) for s in app.mirrors.states()]
    return [*findings, *mirrors, _composer(app), *_searching(app)]


def _composer(app: App) -> Finding:
    """Ask the language model, when there is one, for a word."""
    try:
        model = app.chat_model
        if model is None:
            return Finding("composer", "extractive: answers need no language model")
        for _ in model.stream(Prompt("Reply with the word OK.", "Are you there?")):
            pass
    except ModelError as error:
        name = app.settings.model or app.settings.composer
        return Finding(
            "composer", name, error.reason, f"{error.remedy} Until then answers are composed without it."
        )
    return Finding("composer", f"{model.name} answers")


def _searching(app: App) -> list[Finding]:
    """The models that plan a search and order what it finds, when the settings ask for any."""
    settings = app.settings
    findings = []
    for name, chosen in (("planner", settings.planner), ("reranker", settings.reranker)):
        if chosen == "llm":
            model, why = app.helper
            problem = None if model else "There is no language model."
            remedy = f"{why} Until then searches go without it.".strip()
            findings.append(Finding(name, f"llm: {model.name}" if model else chosen, problem, remedy))
    if settings.reranker == "cross-encoder":
        try:
            _ = app.retriever
            findings.append(Finding("reranker", settings.reranker_model))
        except ModelError as error:
            findings.append(Finding("reranker", settings.reranker_model, error.reason, error.remedy))
    return findings


def rescue(settings: Settings) -> str | None:
    """Save what can be read of a damaged library file, before anything opens it; what was done, or None when the
    file is in order. Raises BriefingsError when another process is using it."""
    path = settings.home / "library.sqlite3"
    if settings.library_url is not None or damage(path) is None:
        return None
    saved = salvage(settings.home, path)
    lost = f" Lost: {', '.join(saved.lost)}; ingest their files again." if saved.lost else ""
    held = counted(saved.briefings, "briefing")
    return f"The library was damaged. Saved: {held}.{lost} Kept aside: {saved.aside}"


def mend(app: App) -> None:
    """Embed everything anew when the embedder has changed, and build both mirrors anew.

    Raises LibraryError when the library can only be read.
    """
    app.library.check_writable()
    embedder = build_embedder(app.settings)
    if app.library.embedder() not in (None, embedder.fingerprint):
        embed_anew(app.library, embedder)
    app.mirrors.rebuild()
