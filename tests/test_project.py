"""The project keeps its word: README commands run, options are documented, imports go down only."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main
from importlinter.cli import lint_imports

from tests.command import Ended, Run
from tests.conftest import ROOT
from ui.cli import cli

README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = [
    line.split("#")[0].strip()
    for block in re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
    if line.strip()
]


def test_imports_go_down_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(config_filename="pyproject.toml", no_cache=True) == 0


def test_every_command_and_option_says_what_it_does() -> None:
    group = typer.main.get_command(cli)
    commands = group.commands  # type: ignore[attr-defined]
    assert {"ingest", "list", "show", "remove", "search", "ask", "chat", "doctor", "eval"} <= set(commands)
    for name, command in {**commands, **commands["eval"].commands}.items():
        assert command.help, name
        for parameter in command.params:
            assert parameter.help, f"{name} {parameter.name}"


def test_every_file_of_the_top_level_tree_in_the_readme_exists() -> None:
    names = re.findall(r"^(\w+)/ ", README, re.MULTILINE)
    assert names == ["rag", "ingest", "evals", "ui", "seeds", "tests"]
    assert all((ROOT / name).is_dir() for name in names)
    rooms = re.findall(r"^  (\w+)/ ", README, re.MULTILINE)
    assert sorted(rooms) == sorted(p.parent.name for p in (ROOT / "rag").glob("*/__init__.py"))


@pytest.mark.slow
def test_every_command_of_the_readme_runs(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """In order, on one new home; the environment is the one that the tests run in."""
    monkeypatch.chdir(ROOT)
    assert len(COMMANDS) > 6
    if not Path(sys.prefix, "ready").exists():
        pytest.skip("the make targets need the environment that the Makefile made")
    for command in COMMANDS:
        if command == "make chat":
            continue  # serves until it is interrupted; tests/window/ uses it
        program, *words = shlex.split(command)
        ended = {"make": made, "briefings": run}[program](*words)
        assert ended.code == 0, f"{command}: {ended.err}"
        assert "Traceback" not in ended.err
        if "three-phase" in command:
            for phase in ("releasing all hostages", "withdrawing its forces", "Palestinian prisoners"):
                assert phase in ended.out, command
            assert "Cease-Fire Proposal Details · ¶8" in ended.out


def made(*words: str) -> Ended:
    """How `make` ended, which starts the commands that were installed."""
    command = ["make", *words, f"VENV={sys.prefix}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return Ended(done.returncode, done.stdout, done.stderr)


@pytest.mark.slow
def test_make_without_a_target_lists_the_targets() -> None:
    done = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True)
    for target in ("chat", "ask", "test", "check"):
        assert re.search(rf"^{target}\b", done.stdout, re.MULTILINE)
