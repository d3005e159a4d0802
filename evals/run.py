"""Runs cases: a system in, a transcript of its answers and of what it found out. No scoring happens here."""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from evals.cases import FOLDERS, REAL, Case
from evals.quotes import Sources
from evals.retrieval import Found
from ingest.pipeline import find_files, ingest
from rag.answers import Answer
from rag.briefings import Briefing, Hit, Scope
from rag.build import App, build_app
from rag.errors import UsageError
from rag.settings import Settings

_DEPTH = 10


class System(Protocol):
    """What is evaluated; `rag.build.App` is one, and anything that answers and searches can be another."""

    def ask(self, question: str, history: Sequence[str] = (), scope: Scope | None = None) -> Answer:
        """One cited answer."""
        ...

    def search(self, query: str, k: int = 10, scope: Scope | None = None) -> Sequence[Hit]:
        """The k best passages, best first."""
        ...


@dataclass(frozen=True, slots=True)
class Turn:
    """A case with the answer it got and the passages found for its question, best first (None: not known)."""

    case: Case
    answer: Answer
    found: tuple[Found, ...] | None


@dataclass(frozen=True, slots=True)
class Transcript:
    """Everything that scoring needs: the turns in the order of their cases' ids, and the briefings."""

    turns: tuple[Turn, ...]
    sources: Sources


def run(
    cases: Sequence[Case],
    systems: Mapping[str, System],
    sources: Sources,
    workers: int = 2,
    told: Callable[[], None] = lambda: None,
) -> Transcript:
    """The transcript of some cases; `systems` by library ("real", "fictional"), or one for all cases. The order
    of cases and the number of workers change nothing in it. `told` is called after every case."""
    only = next(iter(systems.values())) if len(systems) == 1 else None
    with ThreadPoolExecutor(workers) as pool:
        turns = pool.map(lambda case: turn(case, only or systems[library_of(case)]), cases)
        found = []
        for one in turns:
            found.append(one)
            told()
        return Transcript(tuple(sorted(found, key=lambda t: t.case.id)), sources)


def turn(case: Case, system: System) -> Turn:
    """One case asked of a system; timings, which differ from run to run, are left out."""
    scope = Scope(until=case.as_of) if case.as_of else None
    answer = system.ask(case.question, case.earlier, scope)
    hits = system.search(answer.standalone_question, _DEPTH, scope)
    found = tuple(Found(h.passage.passage_id, h.passage.briefing_id, h.passage.start, h.passage.end) for h in hits)
    return Turn(case, replace(answer, timings_ms={}), found)


def library_of(case: Case) -> str:
    """The library that a case is asked of: the real briefing alone, or the fictional ones."""
    return "real" if case.topic == REAL else "fictional"


@contextmanager
def libraries(folders: Mapping[str, Path] = FOLDERS, settings: Settings | None = None) -> Iterator[dict[str, App]]:
    """The product over one temporary library for each folder: without a model, whatever the environment says, or
    with the models of the settings that are given.

    Raises UsageError when a briefing cannot be read.
    """
    chosen = settings or Settings.model_construct()  # the defaults: no model, no server
    with tempfile.TemporaryDirectory() as place:
        apps: dict[str, App] = {}
        try:
            for name, folder in folders.items():
                own = {"home": Path(place) / name, "library_url": None, "chroma_url": None}
                apps[name] = build_app(chosen.model_copy(update=own))
                _fill(apps[name], folder)
            yield apps
        finally:
            for app in apps.values():
                app.close()


def sources_of(apps: Mapping[str, App]) -> dict[str, Briefing]:
    """All briefings of these libraries by id."""
    found = (app.library.briefings(s.briefing_id for s in app.library.summaries()) for app in apps.values())
    return {briefing.briefing_id: briefing for briefings in found for briefing in briefings}


def _fill(app: App, folder: Path) -> None:
    found = find_files([folder])
    for result in (*found.problems, *ingest(app, found.files)):
        if result.outcome != "added":
            raise UsageError(
                f"{result.path} cannot be evaluated: {result.reason or result.outcome}.", result.remedy or ""
            )
    app.mirrors.catch_up()
