"""An ingest that is killed at a commit point loses nothing that it had reported, and the next one completes.

`BRIEFINGS_KILLS=200` kills so often instead of a few times.
"""

import os
import random
import signal
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from ingest.pipeline import find_files, ingest
from rag.build import build_app
from rag.embedders import WordLlamaEmbedder
from rag.settings import Settings
from tests import kill_points
from tests.forked import Forked
from tests.test_kill import PORTS, check_library, check_reopened, paragraphs, write_edition
from ui.doctor import examine

KILLS = int(os.environ.get("BRIEFINGS_KILLS", "8"))
LIFE = 4  # kills in one home, each in an ingest of another edition
SEED = 20240820


@dataclass(frozen=True)
class Ended:
    """What an ingest reported as added, replaced or moved, and whether it was killed."""

    reported: list[str]
    killed: bool


def run(home: Path, folder: Path, point: int, *, follower: bool = False, count: Path | None = None) -> Ended:
    """An ingest that is killed at this point; at none when it is 0. Or else the process that follows it is."""
    settings = {"KILL_POINTS_FOLLOWER": "1"} if follower else {}
    settings |= {"KILL_POINTS_COUNT": str(count)} if count else {}
    command = (str(point), "--home", str(home), "ingest", str(folder))
    process = Forked(home.parent, *command, run=kill_points.main, settings=settings)
    out, complaints = process.communicate(240)
    assert process.poll() in (0, -signal.SIGKILL), complaints
    assert "Traceback" not in complaints
    words = [line.split() for line in out.splitlines(keepends=True) if line.endswith("\n")]
    return Ended([w[1] for w in words if w[0] in ("added", "replaced")], process.poll() != 0)


def live(home: Path, folder: Path, points: list[int], embedder: WordLlamaEmbedder, *, follower: bool) -> int:
    """Kill an ingest of one edition after the other, and check what is left each time; how many were killed."""
    reported: dict[str, int] = {}
    killed = 0
    for edition, point in enumerate(points, start=1):
        write_edition(folder, edition)
        ended = run(home, folder, point, follower=follower)
        killed += ended.killed
        reported.update(dict.fromkeys(ended.reported, edition))
        check_reopened(home, embedder, reported, edition)
    app = build_app(Settings(home=home))
    app.embedder = embedder
    try:
        assert {r.outcome for r in ingest(app, find_files([folder]).files)} <= {"added", "replaced", "unchanged"}
        app.mirrors.catch_up()
        check_library(app, {port.lower(): len(points) for port in PORTS}, len(points))
        assert [f for f in examine(app) if f.problem] == []
        answer = app.ask(f"How many ships did the harbour of {PORTS[-1]} receive in April?")
        assert [c.quote for c in answer.citations][:1] == [paragraphs(39, PORTS[-1], len(points))[1]]
    finally:
        app.close()
    return killed


@pytest.mark.slow
@pytest.mark.timeout(3_600)
def test_a_kill_at_a_commit_point_loses_nothing_that_was_reported(tmp_path: Path) -> None:
    embedder = WordLlamaEmbedder()
    write_edition(tmp_path / "files", 1)
    count = tmp_path / "count"
    assert len(run(tmp_path / "home", tmp_path / "files", 0, count=count).reported) == len(PORTS)
    most = int(count.read_text())
    assert most > 40
    rng = random.Random(SEED)
    points = [1 + (most - 1) * i // max(1, KILLS - 1) for i in range(KILLS)]  # the first, the last, and between
    rng.shuffle(points)
    lives = [points[i : i + LIFE] for i in range(0, KILLS, LIFE)]
    with ThreadPoolExecutor(2) as two:
        begun = [
            two.submit(live, tmp_path / f"home{i}", tmp_path / f"files{i}", some, embedder, follower=False)
            for i, some in enumerate(lives)
        ]
        killed = sum(life.result() for life in begun)
    print(f"{killed} of {KILLS} were killed, at {most} points")
    assert killed >= KILLS * 0.7


@pytest.mark.slow
@pytest.mark.timeout(3_600)
def test_a_kill_of_the_process_that_follows_is_made_good_at_once(tmp_path: Path) -> None:
    points = [3 * i + 1 for i in range(max(2, KILLS // 8))]
    assert live(tmp_path / "home", tmp_path / "files", points, WordLlamaEmbedder(), follower=True) == 0
