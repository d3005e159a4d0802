"""The workflow to copy and the page on evaluation name only what exists."""

import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import typer.main
import yaml

from evals.cases import FIELDS, read_cases
from tests.conftest import ROOT
from ui.cli import cli

# Every scalar as a string: YAML would read the key `on` as true.
WORKFLOW: dict[str, Any] = yaml.load(
    (ROOT / ".github" / "workflows" / "citations.yml").read_text("utf-8"), Loader=yaml.BaseLoader
)
STEPS: list[dict[str, Any]] = WORKFLOW["jobs"]["gate"]["steps"]
RUNS = [shlex.split(line) for step in STEPS if "run" in step for line in step["run"].splitlines()]


def options(*path: str) -> set[str]:
    """The options of a command."""
    command: Any = typer.main.get_command(cli)
    for name in path:
        command = command.commands[name]
    return {option for parameter in command.params for option in parameter.opts if option.startswith("--")}


def test_it_runs_on_pull_requests_and_may_only_read() -> None:
    assert "pull_request" in WORKFLOW["on"]
    assert WORKFLOW["permissions"] == {"contents": "read"}


def test_it_uses_few_actions_with_their_major_version() -> None:
    used = [step["uses"] for step in STEPS if "uses" in step]
    assert [re.sub(r"@v\d+$", "", name) for name in used] == [
        f"actions/{name}" for name in ("checkout", "setup-python", "upload-artifact")
    ]


def test_every_command_of_it_exists() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert len(RUNS) == 2
    for words in RUNS:
        if words[0] == "make":
            assert set(words[1:]) <= targets
        elif words[0] == "briefings":
            assert words[1] == "eval"
            assert {w for w in words if w.startswith("--")} <= options("eval")
        else:
            assert words[:5] == ["python", "-m", "pip", "install", "-c"]
            assert (ROOT / words[5]).exists()
            assert set(re.findall(r"\[(\w+)\]", words[-1])) <= set(project["optional-dependencies"])


def test_it_keeps_what_the_gate_writes_and_writes_the_summary_even_when_that_is_closed() -> None:
    gate = RUNS[-1]
    written = {gate[gate.index(option) + 1] for option in ("--html", "--junit")}
    kept = STEPS[-1]
    assert set(kept["with"]["path"].split()) == written
    assert kept["if"] == "${{ !cancelled() }}"
    assert gate[gate.index("--markdown") + 1] == "$GITHUB_STEP_SUMMARY"


def test_the_example_of_a_case_is_one_and_every_field_is_told(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "evaluation.md").read_text("utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    (tmp_path / "dev").mkdir()
    (tmp_path / "dev" / "flood.yaml").write_text(example, "utf-8")
    (found,) = read_cases(folder=tmp_path)
    assert found.claims[0].must_not == ("25",)
    assert all(re.search(rf"\b{field}\b", page) for field in FIELDS)


def test_every_option_of_the_page_on_evaluation_exists_and_none_is_left_out() -> None:
    page = (ROOT / "docs" / "evaluation.md").read_text("utf-8")
    for block in re.findall(r"```console\n(.*?)```", page, re.DOTALL):
        for line in block.splitlines():
            words = shlex.split(line.split(">")[0])
            command = ("eval", "compare") if "compare" in words else ("eval",)
            assert words[:2] == ["briefings", "eval"]
            assert {w for w in words if w.startswith("--")} <= options(*command), line
    told = set(re.findall(r"--[a-z][a-z-]+", page))
    assert told <= options("eval")
    assert options("eval") - told <= {"--half", "--case"}
