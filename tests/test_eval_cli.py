"""`briefings eval`: exit codes, what it prints, and that breaking the product turns the gate red."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import evals.cases
import evals.gate
import evals.run
from rag.answers import Answer
from rag.compose import ExtractiveComposer
from rag.errors import UsageError
from rag.retrieve import FusionRetriever
from ui.cli import cli

BRIEFING = """# Flood in the Tessel valley

Source: The Courier
Date: 2031-05-10

The river Tessel rose by 4 metres on Friday.

The ministry sent 52 lorries with blankets to Mossgate.

The dam at Karrow did not break.
"""
CASES = """\
- id: t-1
  tags: [single]
  question: How many lorries did the ministry send to Mossgate?
  expect: answer
  claims:
    - must: ["52"]
      evidence:
        - - {briefing: flood, quote: "The ministry sent 52 lorries with blankets to Mossgate."}
- id: t-2
  tags: [refuse]
  question: What did Chancellor Brock eat?
  expect: abstain
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A set of two cases over one briefing, in place of the committed ones."""
    for name in ("cases/dev", "real", "fictional"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "real" / "other.md").write_text("# Other\n\nNothing here.\n", "utf-8")
    (tmp_path / "fictional" / "flood.md").write_text(BRIEFING, "utf-8")
    (tmp_path / "cases" / "dev" / "t.yaml").write_text(CASES, "utf-8")
    folders = {"fictional": tmp_path / "fictional"}
    monkeypatch.setattr(evals.cases.read_cases, "__defaults__", (evals.cases.HALVES, (), tmp_path / "cases"))
    monkeypatch.setattr(evals.run.libraries.__wrapped__, "__defaults__", (folders,))  # type: ignore[attr-defined]
    for function in (evals.gate.read_baseline, evals.gate.write_baseline):
        monkeypatch.setattr(function, "__defaults__", (tmp_path / "baseline.json",))
    return tmp_path


def call(*words: str) -> Result:
    return CliRunner().invoke(cli, ["eval", *words])


def test_without_a_baseline_it_fails_and_blessing_makes_one(project: Path) -> None:
    assert "there is no baseline" in call().output
    done = call("--bless")
    assert done.exit_code == 0
    assert "dev: now passes: t-1" in done.stderr
    assert call().exit_code == 0
    assert "nothing changes" in call("--bless").stderr


def test_json_is_one_document(project: Path) -> None:
    call("--bless")
    document = json.loads(call("--json").stdout)
    assert document["ok"]
    assert [c["id"] for c in document["halves"]["dev"]["cases"]] == ["t-1", "t-2"]


def test_a_single_case_is_shown(project: Path) -> None:
    done = call("--case", "t-1")
    assert done.exit_code == 0
    assert "t-1 (dev/t.yaml:1; single): passes" in done.stdout
    assert isinstance(call("--case", "none").exception, UsageError)
    assert isinstance(call("--case", "t-1", "--bless").exception, UsageError)


def test_lint_passes_good_cases_and_refuses_bad_ones(project: Path) -> None:
    assert "2 cases: nothing wrong." in call("lint").stdout
    path = project / "cases" / "dev" / "t.yaml"
    path.write_text(CASES.replace("sent 52 lorries with", "sent 53 lorries with"), "utf-8")
    done = call("lint")
    assert "is in no paragraph of flood; the nearest text is" in done.stdout
    assert isinstance(done.exception, UsageError)
    done = call("--bless")
    assert done.exit_code == 1
    assert not (project / "baseline.json").exists()


def test_add_prints_a_case(project: Path, tmp_path: Path) -> None:
    home = ["--home", str(tmp_path / "home")]
    CliRunner().invoke(cli, [*home, "ingest", str(project / "fictional")])
    question = "How many lorries did the ministry send to Mossgate?"
    done = CliRunner().invoke(cli, [*home, "eval", "add", question])
    assert "quote: The ministry sent 52 lorries with blankets to Mossgate." in done.stdout


def refuse(answer: Answer) -> Answer:
    return replace(answer, sentences=(), citations=(), abstained=True, reason="The briefings do not say.")


def cut_quotes(answer: Answer) -> Answer:
    return replace(answer, citations=tuple(replace(c, quote=c.quote[:-2]) for c in answer.citations))


@pytest.mark.parametrize(
    ("breakage", "cause"),
    [(refuse, "refused, although the briefings say it"), (cut_quotes, "quotes not exact: 1 misplaced")],
)
def test_a_broken_composer_turns_the_gate_red(
    project: Path, monkeypatch: pytest.MonkeyPatch, breakage: object, cause: str
) -> None:
    call("--bless")
    compose = ExtractiveComposer.compose
    monkeypatch.setattr("rag.engine.verified", lambda answer, briefings: answer)
    monkeypatch.setattr(ExtractiveComposer, "compose", lambda *a: breakage(compose(*a)))  # type: ignore[operator]
    done = call()
    assert done.exit_code == 1
    assert "t-1 passed and now fails" in done.stdout
    assert cause in done.stdout


def test_a_broken_retriever_turns_the_gate_red(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    call("--bless")
    monkeypatch.setattr(FusionRetriever, "search", lambda *a: [])
    done = call()
    assert done.exit_code == 1
    assert "dev: all_evidence@10 0.000 is under its floor 0.980" in done.stdout
