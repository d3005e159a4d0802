"""How well the product and its rivals retrieve, on the questions of a data set."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from evals.bench.data import DataSet
from evals.bench.rivals import PlainChroma, PlainTantivy, Product, StockLlamaIndex, System
from evals.bench.scorers import DEPTH, Scores, bare, means, score_by
from rag.briefings import Hit
from rag.build import App

_Measured = TypeVar("_Measured")


@dataclass(frozen=True, slots=True)
class Recall:
    """The share of CLAPNQ's questions whose own passage is the first, or among the first five."""

    at_1: float
    at_5: float


@dataclass(frozen=True, slots=True)
class Refusals:
    """How many unanswerable questions were asked and refused; `known` those that name a source of the library."""

    known: int
    known_refused: int
    unknown: int
    unknown_refused: int


def systems(app: App, folder: Path) -> list[System]:
    """The product and its rivals over the same passages; the rivals are built in this folder."""
    hits, vectors = app.library.passages([s.briefing_id for s in app.library.summaries()])
    return [
        Product(app),
        StockLlamaIndex(folder / "llamaindex", hits, app.embedder),
        PlainChroma(folder / "chroma", hits, vectors, app.embedder),
        PlainTantivy(folder / "tantivy", hits),
    ]


def multihop_scores(app: App, data: DataSet) -> dict[str, Scores]:
    """The mean scores of each system over the answerable questions."""
    texts = _texts(app)
    facts = sorted({bare(fact) for query in data.queries for fact in query.facts})
    held = {i: {n for n, fact in enumerate(facts) if fact in text} for i, text in texts.items()}
    numbers = {fact: n for n, fact in enumerate(facts)}
    asked = [(q.text, {numbers[bare(f)] for f in q.facts}) for q in data.queries if q.facts]

    def measure(system: System) -> Scores:
        return means(
            [
                score_by(system.search(text, DEPTH), len(wanted), lambda i, wanted=wanted: held[i] & wanted)  # type: ignore[misc]
                for text, wanted in asked
            ]
        )

    return _each(app, measure)


def clapnq_recall(app: App, data: DataSet) -> dict[str, dict[str, Recall]]:
    """The recall of each system by kind of question."""
    briefing = {h.passage.passage_id: h.passage.briefing_id for h in _hits(app)}
    kinds = sorted({q.kind for q in data.queries})

    def measure(system: System) -> dict[str, Recall]:
        ranks: dict[str, list[int]] = {kind: [] for kind in kinds}
        for query in data.queries:
            found = [briefing[i] for i in system.search(query.text, DEPTH)]
            ranks[query.kind].append(found.index(query.facts[0]) + 1 if query.facts[0] in found else DEPTH + 1)
        return {
            kind: Recall(sum(r == 1 for r in some) / len(some), sum(r <= 5 for r in some) / len(some))
            for kind, some in ranks.items()
        }

    return _each(app, measure)


def refusals(app: App, data: DataSet) -> Refusals:
    """What the product says to the questions that the articles do not answer."""
    count = {True: [0, 0], False: [0, 0]}
    for query in data.queries:
        if not query.facts:
            names = any(not part.name for part in app.retriever.plan(query.text).parts)
            count[names][0] += 1
            count[names][1] += app.ask(query.text).abstained
    return Refusals(*count[True], *count[False])


def _each(app: App, measure: Callable[[System], _Measured]) -> dict[str, _Measured]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        return {system.name: measure(system) for system in systems(app, Path(folder))}


def _hits(app: App) -> Sequence[Hit]:
    return app.library.passages([s.briefing_id for s in app.library.summaries()])[0]


def _texts(app: App) -> dict[str, str]:
    return {hit.passage.passage_id: bare(hit.text) for hit in _hits(app)}
