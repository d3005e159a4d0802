"""What `briefings doctor` finds and mends."""

from dataclasses import dataclass

from ingest.pipeline import embed_anew
from rag.build import App
from rag.chat import Prompt
from rag.errors import BriefingsError, EmbedderError, ModelError
from rag.models import build_embedder

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
    damage = app.library.check()
    count = len(app.library.summaries())
    findings = [
        Finding("home", str(app.settings.home)),
        Finding(
            "library",
            f"{count} briefings, revision {app.library.revision()}",
            damage,
            "Move library.sqlite3 aside and ingest your files again; the indexes follow by themselves.",
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
    return [*findings, *mirrors, _composer(app)]


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


def mend(app: App) -> None:
    """Embed everything anew when the embedder has changed, and build both mirrors anew."""
    embedder = build_embedder(app.settings)
    if app.library.embedder() not in (None, embedder.fingerprint):
        embed_anew(app.library, embedder)
    app.mirrors.rebuild()
