"""Several commands bring in overlapping files at once while others ask: the right end state, and no error.

`BRIEFINGS_CROWD=10` lets ten commands and four readers go at it instead of three and two.
"""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from ingest.pipeline import find_files, ingest
from rag.build import build_app
from rag.settings import Settings
from tests.conftest import ROOT
from ui.doctor import examine

WRITERS = int(os.environ.get("BRIEFINGS_CROWD", "3"))
READERS = max(2, WRITERS * 2 // 5)
SHARED, OWN = 40, 8  # files that all commands bring in, and that each brings in alone

# Asks until standard input ends, and says how often it was answered.
READER = """
import json, sys, threading
from rag.build import open_home
ended = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
asked = answered = 0
with open_home() as app:
    while not ended.is_set() or not asked:
        answer = app.ask("How many ships did the harbour of Bel7 receive?")
        asked += 1
        answered += not answer.abstained
        for c in answer.citations:
            assert app.library.briefing(c.briefing_id).text[c.start : c.end] == c.quote
print(json.dumps([asked, answered]))
"""


def text(name: str) -> str:
    return f"# Report on {name}\n\nThe harbour of {name} received {len(name)} ships.\n\nRain fell on {name}.\n"


def start(home: Path, *command: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, *command],
        cwd=home.parent,
        env={**os.environ, "PYTHONPATH": str(ROOT), "BRIEFINGS_HOME": str(home), "OMP_NUM_THREADS": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_commands_at_once_with_readers_and_an_open_window(tmp_path: Path) -> None:
    home, folder = tmp_path / "home", tmp_path / "files"
    names = [f"Bel{n}" for n in range(SHARED)]
    for writer in range(WRITERS):
        (folder / f"own{writer}").mkdir(parents=True)
        for n in range(OWN):
            (folder / f"own{writer}" / f"report{n}.md").write_text(text(f"Cor{writer}-{n}"))
    (folder / "shared").mkdir()
    for name in names:
        (folder / "shared" / f"{name.lower()}.md").write_text(text(name))

    window = build_app(Settings(home=home))  # as an open chat window: it owns the vector store
    window.search("warm")
    readers = [start(home, "-c", READER) for _ in range(READERS)]
    writers = [
        start(home, "-m", "ui.cli", "ingest", "--json", str(folder / "shared"), str(folder / f"own{writer}"))
        for writer in range(WRITERS)
    ]
    ended, failures = threading.Event(), []

    def chat() -> None:
        try:
            while not ended.is_set():
                window.ask("How many ships did the harbour of Bel7 receive?")
        except Exception as error:
            failures.append(error)

    chatting = threading.Thread(target=chat)
    chatting.start()
    told = []
    for process in writers:
        out, complaints = process.communicate(timeout=600)
        assert (process.returncode, complaints) == (0, "")
        told.append(json.loads(out)["results"])
    for process in readers:
        out, complaints = process.communicate(timeout=120)
        assert (process.returncode, complaints) == (0, "")
        asked, answered = json.loads(out)
        assert asked >= answered >= 0
    ended.set()
    chatting.join()
    assert failures == []

    outcomes = [r["outcome"] for results in told for r in results]
    assert set(outcomes) <= {"added", "unchanged"}
    assert outcomes.count("added") == SHARED + WRITERS * OWN  # each was added once, by one of them
    assert window.ask("How many ships did the harbour of Bel7 receive?").citations[0].briefing_id == "bel7"
    assert [f for f in examine(window) if f.problem] == []
    summaries = window.library.summaries()
    assert len(summaries) == len({s.uri for s in summaries}) == SHARED + WRITERS * OWN
    assert {r.outcome for r in ingest(window, find_files([folder]).files)} == {"unchanged"}
    window.close()
