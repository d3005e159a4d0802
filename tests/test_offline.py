"""Without a network everything works, and nobody even tries; and asking for help loads nothing heavy."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REAL, ROOT, SEEDS

# Stands before the command: an attempt to reach anything but this machine is written down and fails.
GUARD = """
import runpy, sys

LOG, *COMMAND = sys.argv[1:]
NAMES = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.connect", "socket.sendto")

def watch(event, arguments):
    if event not in NAMES:
        return
    address = arguments[1] if event in ("socket.connect", "socket.sendto") else arguments[0]
    host = address[0] if isinstance(address, tuple) else address
    if host in ("127.0.0.1", "::1", "localhost") or str(host).startswith("/"):
        return
    with open(LOG, "a") as log:
        print(event, address, file=log)
    raise OSError("there is no network")

sys.addaudithook(watch)
sys.argv = ["briefings", *COMMAND]
runpy.run_module("ui.cli", run_name="__main__")
"""


def python(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, *arguments], cwd=cwd, env=environment, capture_output=True, encoding="utf-8", timeout=120
    )


@pytest.mark.slow
def test_ingest_and_ask_never_try_the_network(tmp_path: Path) -> None:
    log = tmp_path / "attempts"
    home = tmp_path / "home"

    def briefings(*words: str) -> str:
        ended = python("-c", GUARD, str(log), "--home", str(home), *words, cwd=tmp_path)
        assert ended.returncode == 0, ended.stderr
        assert ended.stderr == ""
        return ended.stdout

    assert json.loads(briefings("ingest", str(SEEDS), "--json"))["results"][0]["outcome"] == "added"
    answer = json.loads(briefings("ask", "What does the three-phase plan involve?", "--json"))
    assert [(c["briefing_id"], c["paragraph"]) for c in answer["citations"]] == [(REAL, 8)]
    assert not log.exists(), log.read_text("utf-8")


@pytest.mark.slow
def test_the_guard_notices_an_attempt(tmp_path: Path) -> None:
    """Without this, the test above would also pass with a guard that sees nothing."""
    (tmp_path / "ui").mkdir()
    (tmp_path / "ui" / "cli.py").write_text(
        "import socket\n"
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('127.0.0.1', 9))\n"
        "for attempt in (\n"
        "    lambda: socket.getaddrinfo('briefings.invalid', 443),\n"
        "    lambda: socket.socket().connect(('192.0.2.1', 443)),\n"
        "    lambda: socket.create_connection(('192.0.2.1', 443)),\n"
        "):\n"
        "    try:\n"
        "        attempt()\n"
        "    except OSError as error:\n"
        "        print(error)\n",
        "utf-8",
    )
    log = tmp_path / "attempts"
    ended = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", GUARD, str(log)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    assert ended.stdout.splitlines() == ["there is no network"] * 3, ended.stderr
    assert len(log.read_text("utf-8").splitlines()) == 3


@pytest.mark.slow
def test_help_imports_neither_llama_index_nor_chromadb_nor_sqlalchemy(tmp_path: Path) -> None:
    code = (
        "import atexit, json, runpy, sys\n"
        "atexit.register(lambda: print(json.dumps(sorted(sys.modules)), file=sys.stderr))\n"
        "sys.argv = ['briefings', *sys.argv[1:]]\n"
        "runpy.run_module('ui.cli', run_name='__main__')\n"
    )
    for words in (["--help"], ["ask", "--help"]):
        ended = python("-c", code, *words, cwd=tmp_path)
        assert ended.returncode == 0, ended.stderr
        assert "Usage" in ended.stdout
        loaded = {name.split(".")[0] for name in json.loads(ended.stderr.splitlines()[-1])}
        assert "typer" in loaded
        heavy = {"llama_index", "chromadb", "sqlalchemy", "numpy", "tantivy", "wordllama", "openai", "streamlit"}
        assert loaded & heavy == set()
