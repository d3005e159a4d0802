"""How long questions take, and a library to build, at several sizes, beside bare queries of the building blocks."""

import resource
import statistics
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time

from evals.bench.data import DataSet, texts
from evals.bench.rivals import PlainChroma, PlainTantivy
from evals.bench.synthetic import PASSAGES, count, fill
from rag.build import App, build_app
from rag.settings import Settings

LARGEST_RIVAL = 100_000  # passages; larger ones of theirs take too long to build for every run
_WARM, _ASKED = 10, 100
_K = 10


@dataclass(frozen=True, slots=True)
class Speed:
    """At one size of the library. Times are medians over the same questions in milliseconds, `ask_95` the 95th
    percentile; `search_cpu` the processor's time for the search, which other work on the machine changes less;
    `per_second` is what one thread answers; `build` seconds to ingest and index what was missing, 0
    when all was there; `first` seconds from opening the library to the first answer; `memory` the process's
    largest so far, in megabytes. The rivals' are None where they were not built."""

    passages: int
    ask: float
    ask_95: float
    search: float
    search_cpu: float
    chroma: float | None
    tantivy: float | None
    per_second: float
    build: float
    first: float
    memory: float

    @property
    def ratio(self) -> float | None:
        """The whole question over the sum of one bare query of each building block."""
        if self.chroma is None or self.tantivy is None:
            return None
        return self.ask / (self.chroma + self.tantivy)


def measure(
    data: DataSet, passages: int, place: Path, tell: Callable[[str], None] = lambda _: None, *, alone: bool = False
) -> Speed:
    """The speed at this size, over a synthetic library below `place` that is kept for the next run; `alone`
    without the rivals, which are built anew in every run."""
    settings = Settings.model_construct(home=place.absolute() / f"synthetic-{passages}")
    started = perf_counter()
    app = build_app(settings)
    try:
        missing = count(app) * PASSAGES < passages
        fill(app, data.articles, passages, lambda n: tell(f"{n * PASSAGES:,} passages written"))
        app.mirrors.catch_up(lambda done, total: tell(f"{done:,} of {total:,} briefings indexed"))
        build = perf_counter() - started if missing else 0.0
    finally:
        app.close()
    questions = texts(data.queries)[: _WARM + _ASKED]
    started = perf_counter()
    app = build_app(settings)
    try:
        app.ask(questions[0])
        first = perf_counter() - started
        return _measured(app, questions, passages, build, first, alone or passages > LARGEST_RIVAL)
    finally:
        app.close()


def _measured(app: App, questions: Sequence[str], passages: int, build: float, first: float, alone: bool) -> Speed:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        bare = [] if alone else _bare(app, Path(folder))
        asked: list[float] = []
        searched: list[float] = []
        worked: list[float] = []
        others: list[list[float]] = [[] for _ in bare]
        for i, question in enumerate(questions):
            before = process_time()
            app.search(question, _K)
            busy = (process_time() - before) * 1000
            times = [
                _time(lambda q=question: app.ask(q)),  # type: ignore[misc]
                _time(lambda q=question: app.search(q, _K)),  # type: ignore[misc]
                *(_time(lambda q=question, query=query: query(q)) for query in bare),  # type: ignore[misc]
            ]
            if i >= _WARM:
                asked.append(times[0])
                searched.append(times[1])
                worked.append(busy)
                for column, time in zip(others, times[2:], strict=True):
                    column.append(time)
    medians = [statistics.median(column) for column in others]
    return Speed(
        passages=passages,
        ask=statistics.median(asked),
        ask_95=statistics.quantiles(asked, n=20)[-1],
        search=statistics.median(searched),
        search_cpu=statistics.median(worked),
        chroma=medians[0] if medians else None,
        tantivy=medians[1] if medians else None,
        per_second=1000 / statistics.mean(asked),
        build=build,
        first=first,
        memory=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
    )


def _bare(app: App, folder: Path) -> list[Callable[[str], object]]:
    """A query of a Chroma collection, and one of a tantivy index, over the app's passages."""
    hits, vectors = app.library.passages([s.briefing_id for s in app.library.summaries()])
    chroma = PlainChroma(folder / "chroma", hits, vectors, app.embedder)
    tantivy = PlainTantivy(folder / "tantivy", hits)
    return [lambda question: chroma.search(question, _K), lambda question: tantivy.search(question, _K)]


def _time(work: Callable[[], object]) -> float:
    started = perf_counter()
    work()
    return (perf_counter() - started) * 1000
