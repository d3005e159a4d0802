"""How long questions take, and a library to build, at several sizes, beside bare queries of the building blocks."""

import resource
import statistics
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter, process_time

from evals.bench.data import DataSet
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
    when all was there; `first` seconds from opening the library to the first answer; `memory` the largest that the
    process had needed by then, smaller libraries included, in megabytes. The rivals' are None where they were not
    built."""

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
    data: DataSet,
    sizes: Sequence[int],
    place: Path,
    tell: Callable[[str], None] = lambda _: None,
    *,
    alone: bool = False,
) -> list[Speed]:
    """The speed at each size, smallest first, over synthetic libraries below `place` that are kept for the next
    run; `alone` without the rivals, which are built anew in every run.

    Every question is asked at all sizes before the next one, so that they compare although other work on the
    machine comes and goes.
    """
    sizes = sorted(sizes)
    builds = [_built(data, passages, place, tell) for passages in sizes]
    questions = [query.text for query in data.queries[: _WARM + _ASKED]]
    with ExitStack() as stack:
        opened = []
        for passages, build in zip(sizes, builds, strict=True):
            started = perf_counter()
            app = build_app(_settings(place, passages))
            stack.callback(app.close)
            app.ask(questions[0])
            timed = _Timed(app, passages, build, perf_counter() - started, _megabytes())
            if not alone and passages <= LARGEST_RIVAL:
                tell(f"building the others over {passages:,} passages")
                folder = stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
                timed.bare = _bare(app, Path(folder))
            opened.append(timed)
        for i, question in enumerate(questions):
            tell(f"question {i + 1} of {len(questions)}")
            for timed in opened:
                timed.ask(question, counts=i >= _WARM)
        return [timed.speed() for timed in opened]


def _settings(place: Path, passages: int) -> Settings:
    return Settings.model_construct(home=place.absolute() / f"synthetic-{passages}")


def _built(data: DataSet, passages: int, place: Path, tell: Callable[[str], None]) -> float:
    """Seconds to build what is missing of a library."""
    started = perf_counter()
    app = build_app(_settings(place, passages))
    try:
        missing = count(app) * PASSAGES < passages
        fill(app, data.articles, passages, lambda n: tell(f"{n * PASSAGES:,} passages written"))
        app.mirrors.catch_up(lambda done, total: tell(f"{done:,} of {total:,} briefings indexed"))
        return perf_counter() - started if missing else 0.0
    finally:
        app.close()


@dataclass(slots=True)
class _Timed:
    """An open library of one size, its rivals, and the milliseconds that questions took."""

    app: App
    passages: int
    build: float
    first: float
    memory: float
    bare: Sequence[Callable[[str], object]] = ()
    times: list[list[float]] = field(default_factory=list)

    def ask(self, question: str, *, counts: bool) -> None:
        """Ask a question of all, the whole answer first: nothing that it reads is kept of a search for the same
        words. What it takes is kept if it `counts`."""
        asked, *bare = (_time(work, question) for work in (self.app.ask, *self.bare))
        before = process_time()
        searched = _time(lambda words: self.app.search(words, _K), question)
        busy = (process_time() - before) * 1000
        if counts:
            self.times.append([busy, asked, searched, *bare])

    def speed(self) -> Speed:
        """The medians."""
        busy, asked, searched, *bare = zip(*self.times, strict=True)
        chroma, tantivy = (statistics.median(times) for times in bare) if bare else (None, None)
        return Speed(
            passages=self.passages,
            ask=statistics.median(asked),
            ask_95=statistics.quantiles(asked, n=20)[-1],
            search=statistics.median(searched),
            search_cpu=statistics.median(busy),
            chroma=chroma,
            tantivy=tantivy,
            per_second=1000 / statistics.mean(asked),
            build=self.build,
            first=self.first,
            memory=self.memory,
        )


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def _bare(app: App, folder: Path) -> list[Callable[[str], object]]:
    """A query of a Chroma collection, and one of a tantivy index, over the app's passages."""
    hits, vectors = app.library.passages([s.briefing_id for s in app.library.summaries()])
    chroma = PlainChroma(folder / "chroma", hits, vectors, app.embedder)
    tantivy = PlainTantivy(folder / "tantivy", hits)
    return [lambda question: chroma.search(question, _K), lambda question: tantivy.search(question, _K)]


def _time(work: Callable[[str], object], question: str) -> float:
    started = perf_counter()
    work(question)
    return (perf_counter() - started) * 1000
