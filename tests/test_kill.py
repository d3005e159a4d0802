"""An ingest that is killed at any moment loses nothing that it had reported, and the next one completes.

`BRIEFINGS_KILLS=100` kills so often instead of twenty times.
"""

import os
import random
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from ingest.passages import passages_of
from ingest.pipeline import find_files, ingest
from rag.build import App, build_app
from rag.embedders import WordLlamaEmbedder
from rag.settings import Settings
from rag.words.tokens import token_counter
from tests.forked import Forked
from ui.doctor import examine

FIRST = ("Bel", "Cor", "Dun", "Fal", "Gor", "Hol", "Lor", "Mar")
SECOND = ("ana", "ovik", "eth", "under", "isk")
PORTS = [a + b for a in FIRST for b in SECOND]  # 8 · 5 = 40 files, one a port
KILLS = int(os.environ.get("BRIEFINGS_KILLS", "20"))
LIVES = KILLS // 2  # each is a home in which an ingest is killed twice
SEED = 20240819


@dataclass(frozen=True)
class Moment:
    """When to kill: after so many results were printed, and then a share of the time that a result (or, before
    the first, the start; after the last, the indexing) takes."""

    results: int
    share: float


@dataclass(frozen=True)
class Pace:
    """Seconds that an ingest takes on this machine until its first result, for all results, and after them."""

    start: float
    reading: float
    indexing: float

    def wait(self, moment: Moment) -> float:
        """Seconds to wait after the results of this moment."""
        if moment.results == 0:
            return moment.share * self.start
        if moment.results == len(PORTS):
            return moment.share * self.indexing
        return moment.share * self.reading / len(PORTS)


def write_edition(folder: Path, edition: int) -> None:
    """One file a port, six paragraphs each; in every edition another text under the same names."""
    folder.mkdir(exist_ok=True)
    for number, port in enumerate(PORTS):
        (folder / f"{port.lower()}.md").write_text("\n\n".join(paragraphs(number, port, edition)), "utf-8")


def paragraphs(number: int, port: str, edition: int) -> list[str]:
    return [
        f"# Report on {port}",
        f"The harbour of {port} received {number + 11} ships in April.",
        f"This is edition {edition} of the report, and the pilots of {port} have signed it.",
        f"Grain from {port} goes to the islands, and bread comes back.",
        "## Weather",
        f"Rain fell on {port} for {number % 9 + 2} days.",
        "The lighthouse was out of use during a storm, and the keeper mended it by hand.",
        f"Nobody in {port} expects a dry May.",
    ]


def start(home: Path, folder: Path) -> Forked:
    return Forked(home.parent, "--home", str(home), "ingest", str(folder))


@dataclass(frozen=True)
class Killed:
    """What an ingest had reported as added or replaced when it was killed; `ended` when it had already ended."""

    reported: list[str]
    ended: bool


def killed(home: Path, folder: Path, moment: Moment, pace: Pace) -> Killed:
    """Start an ingest and kill it at this moment."""
    process = start(home, folder)
    lines = [process.stdout.readline() for _ in range(moment.results)]
    time.sleep(pace.wait(moment))
    process.send_signal(signal.SIGKILL)
    rest, complaints = process.communicate()
    assert process.poll() in (0, -signal.SIGKILL), complaints
    lines += rest.splitlines(keepends=True)
    words = [line.split() for line in lines if line.endswith("\n")]
    return Killed([w[1] for w in words if w[0] in ("added", "replaced")], process.poll() == 0)


def measured(home: Path, folder: Path) -> Pace:
    """The pace of an ingest that nobody kills."""
    began = time.perf_counter()
    process = start(home, folder)
    process.stdout.readline()
    first = time.perf_counter()
    for _ in PORTS[1:]:
        process.stdout.readline()
    last = time.perf_counter()
    out, _ = process.communicate()
    assert process.poll() == 0
    assert out.split() == [str(len(PORTS)), "added"]
    return Pace(first - began, last - first, time.perf_counter() - last)


def moments() -> list[Moment]:
    """Moments of an ingest's life: of 20, 3 before the first result, 9 among the results, 8 while indexing."""
    rng = random.Random(SEED)
    first, last = KILLS * 3 // 20, KILLS * 2 // 5
    middle = KILLS - first - last
    before = [Moment(0, rng.uniform(0.3, 1)) for _ in range(first)]
    among = [Moment(1 + (len(PORTS) - 2) * i // middle, rng.random()) for i in range(middle)]
    after = [Moment(len(PORTS), (i + rng.random()) / last) for i in range(last)]
    mixed = [*before, *among, *after]
    rng.shuffle(mixed)
    return mixed


def check_library(app: App, reported: dict[str, int], edition: int) -> None:
    """Whole briefings only, each once, and of everything reported the edition that was reported."""
    assert app.library.check() is None
    count = token_counter()
    known = {port.lower(): (number, port) for number, port in enumerate(PORTS)}
    summaries = app.library.summaries()
    ids = [s.briefing_id for s in summaries]
    assert sorted(set(ids)) == sorted(ids)
    assert len({s.uri for s in summaries}) == len(ids)
    assert set(ids) <= set(known)
    assert set(reported) <= set(ids)
    wanted_passages = set()
    for briefing in app.library.briefings(ids):
        number, port = known[briefing.briefing_id]
        editions = [
            e for e in range(reported.get(briefing.briefing_id, 1), edition + 1) if f"edition {e} " in briefing.text
        ]
        assert len(editions) == 1, "a reported edition was lost, or two are mixed"
        words = [p.lstrip("# ") for p in paragraphs(number, port, editions[0])]
        assert briefing.text == "\n\n".join(words)
        assert len(briefing.paragraphs) == 6
        wanted_passages |= {p.passage_id for p in passages_of(briefing, count)}
    assert app.library.passage_ids() == wanted_passages
    assert app.library.vectors()[2].any(axis=1).all()


def check_reopened(home: Path, embedder: WordLlamaEmbedder, reported: dict[str, int], edition: int) -> None:
    app = build_app(Settings(home=home))
    app.embedder = embedder
    try:
        check_library(app, reported, edition)
        hits = app.search("Which ports received ships?", 50)
        assert len({h.passage.passage_id for h in hits}) == len(hits) == min(50, len(app.library.passage_ids()))
        for finding in examine(app):
            assert finding.problem is None, finding
    finally:
        app.close()


def live(home: Path, folder: Path, kills: list[Moment], pace: Pace, embedder: WordLlamaEmbedder) -> list[Killed]:
    """Kill an ingest of each edition at its moment, and check what is left every time."""
    found: list[Killed] = []
    reported: dict[str, int] = {}
    for edition, moment in enumerate(kills, start=1):
        write_edition(folder, edition)
        found.append(killed(home, folder, moment, pace))
        reported.update(dict.fromkeys(found[-1].reported, edition))
        check_reopened(home, embedder, reported, edition)
    return found


@pytest.mark.slow
@pytest.mark.timeout(3_600)
def test_a_kill_at_any_moment_loses_nothing_that_was_reported(tmp_path: Path) -> None:
    embedder = WordLlamaEmbedder()
    write_edition(tmp_path / "files", 1)
    Forked(tmp_path, "--help").communicate()  # the first of all waits until everything is imported
    pace = measured(tmp_path / "measured", tmp_path / "files")
    times = moments()
    homes = [tmp_path / f"home{i}" for i in range(LIVES)]
    folders = [tmp_path / f"files{i}" for i in range(LIVES)]
    with ThreadPoolExecutor(2) as two:
        lives = [
            two.submit(live, home, folder, times[2 * i : 2 * i + 2], pace, embedder)
            for i, (home, folder) in enumerate(zip(homes, folders, strict=True))
        ]
        found = [kill for life in lives for kill in life.result()]
    assert len(found) == KILLS
    assert sum(not kill.ended for kill in found) >= KILLS * 0.6
    assert sum(len(kill.reported) for kill in found) > 10 * KILLS
    for home, folder in zip(homes, folders, strict=True):
        app = build_app(Settings(home=home))
        app.embedder = embedder
        try:
            outcomes = {r.outcome for r in ingest(app, find_files([folder]).files)}
            assert outcomes <= {"added", "replaced", "unchanged"}
            app.mirrors.catch_up()
            check_library(app, {port.lower(): 2 for port in PORTS}, 2)
            assert all(f.problem is None for f in examine(app))
            answer = app.ask(f"How many ships did the harbour of {PORTS[-1]} receive in April?")
            assert [c.quote for c in answer.citations][:1] == [paragraphs(39, PORTS[-1], 2)[1]]
        finally:
            app.close()


@pytest.mark.slow
def test_after_a_kill_the_commands_themselves_complete(tmp_path: Path) -> None:
    home, folder = tmp_path / "home", tmp_path / "files"
    write_edition(folder, 1)
    reported = killed(home, folder, Moment(7, 0), Pace(0, 0, 0)).reported
    assert len(reported) >= 7

    def briefings(*words: str) -> str:
        process = Forked(tmp_path, "--home", str(home), *words)
        out, complaints = process.communicate(60)
        assert (process.poll(), complaints) == (0, "")
        return out

    added = [line.split()[1] for line in briefings("ingest", str(folder)).splitlines() if line.startswith("added")]
    assert set(added).isdisjoint(reported)
    assert "PROBLEM" not in briefings("doctor")
    last = paragraphs(39, PORTS[-1], 1)[1]
    assert briefings("ask", f"How many ships did the harbour of {PORTS[-1]} receive in April?").startswith(last)
