"""`briefings eval`: exit codes, what it prints and writes, and that breaking the product turns the gate red."""

import json
import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest
from typer.testing import CliRunner, Result

import evals.run
from rag.answers import Answer
from rag.compose import ExtractiveComposer
from rag.errors import UsageError
from rag.retrieve import PlannedRetriever
from tests.model_server import Reply, model_server
from ui.cli import cli, main

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
def project(tmp_path: Path) -> Path:
    """A folder with two cases in `cases` and one briefing in `briefings`."""
    (tmp_path / "cases" / "dev").mkdir(parents=True)
    (tmp_path / "briefings").mkdir()
    (tmp_path / "briefings" / "flood.md").write_text(BRIEFING, "utf-8")
    (tmp_path / "cases" / "dev" / "t.yaml").write_text(CASES, "utf-8")
    return tmp_path


def own(project: Path, *words: str) -> list[str]:
    return ["eval", *words, "--cases", str(project / "cases"), "--briefings", str(project / "briefings")]


def call(project: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, own(project, *words))


def test_without_a_baseline_it_fails_and_blessing_makes_one(project: Path) -> None:
    assert "there is no baseline" in call(project).output
    done = call(project, "--bless")
    assert done.exit_code == 0
    assert "dev: now passes: t-1" in done.stderr
    assert (project / "cases" / "baseline.json").exists()
    assert call(project).exit_code == 0
    assert "nothing changes" in call(project, "--bless").stderr


def test_json_is_one_document(project: Path) -> None:
    call(project, "--bless")
    document = json.loads(call(project, "--json").stdout)
    assert document["ok"]
    assert [c["id"] for c in document["halves"]["dev"]["cases"]] == ["t-1", "t-2"]


def test_reports_are_written_beside_the_table(project: Path) -> None:
    files = {name: project / "new" / f"a.{name}" for name in ("html", "junit", "markdown", "record")}
    done = call(project, "--bless", *(word for name, file in files.items() for word in (f"--{name}", str(file))))
    assert done.exit_code == 0
    assert "The gate is open" in done.stdout
    assert files["html"].read_text("utf-8").startswith("<!doctype html>")
    assert Xml.parse(files["junit"]).getroot().get("failures") == "0"
    assert "**The gate is open**" in files["markdown"].read_text("utf-8")
    assert [json.loads(line)["case"] for line in files["record"].read_text("utf-8").splitlines()] == ["t-1", "t-2"]


def test_the_number_of_workers_changes_nothing(project: Path) -> None:
    assert call(project, "--json", "--workers", "1").stdout == call(project, "--json", "--workers", "3").stdout


def test_recorded_answers_are_scored_without_asking(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recorded, altered = project / "a.jsonl", project / "b.jsonl"
    call(project, "--bless", "--record", str(recorded))
    monkeypatch.setattr(ExtractiveComposer, "compose", None)  # whoever asks, fails
    assert call(project, "--answers", str(recorded)).exit_code == 0
    altered.write_text(recorded.read_text("utf-8").replace("lorries with blankets", "lorries with bread"), "utf-8")
    done = call(project, "--answers", str(altered))
    assert done.exit_code == 1
    assert "t-1 passed and now fails: quotes not exact: 1 altered" in done.stdout
    altered.write_text(recorded.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    assert "missing from the run: t-2" in call(project, "--answers", str(altered)).stdout


def test_two_runs_are_compared(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compose = ExtractiveComposer.compose
    for name, change in (("a", lambda answer: answer), ("b", refuse)):
        monkeypatch.setattr(ExtractiveComposer, "compose", lambda *a, change=change: change(compose(*a)))
        (project / f"{name}.json").write_text(call(project, "--json").stdout, "utf-8")
    reports = [str(project / "a.json"), str(project / "b.json")]
    done = CliRunner().invoke(cli, ["eval", "compare", *reports])
    assert done.exit_code == 0
    assert "Failing only in B (1):\n  t-1: claim missed: " in done.stdout
    assert "refused, although the briefings say it" in done.stdout
    assert "A passes 2 of 2 cases, B 1: 1 lost, 0 won, McNemar's exact p = 1.000" in done.stdout
    plain = json.loads(CliRunner().invoke(cli, ["eval", "compare", *reports, "--json"]).stdout)
    assert [flip["case_id"] for flip in plain["lost"]] == ["t-1"]


def test_settings_decide_only_when_asked(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFINGS_EMBEDDER", "none-such")
    assert call(project, "--bless").exit_code == 0
    assert "BRIEFINGS_EMBEDDER is wrong" in str(call(project, "--configured").exception)


def test_a_single_case_is_shown(project: Path) -> None:
    done = call(project, "--case", "t-1")
    assert done.exit_code == 0
    assert "t-1 (dev/t.yaml:1; single): passes" in done.stdout
    assert isinstance(call(project, "--case", "none").exception, UsageError)
    assert isinstance(call(project, "--case", "t-1", "--bless").exception, UsageError)


def test_lint_passes_good_cases_and_refuses_what_is_not_there(project: Path) -> None:
    assert "2 cases: nothing wrong." in call(project, "lint").stdout
    (project / "cases" / "dev" / "t.yaml").write_text(CASES.replace("52 lorries with", "53 lorries with"), "utf-8")
    done = call(project, "lint")
    assert "is in no paragraph of flood; the nearest is" in done.stderr
    assert isinstance(done.exception, UsageError)
    assert str(done.exception).startswith("One fault in the cases, so nothing was measured.")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (CASES.replace("[single]", "[single"), "dev/t.yaml:3 is not YAML: while parsing a flow sequence, expected"),
        (CASES.replace("expect: answer", "expects: answer"), "dev/t.yaml:4, case t-1: there is no field expects."),
        (CASES.replace("  expect: answer", "  expect: answer\n  expect: answer"), "dev/t.yaml:5: the field expect"),
        (CASES.replace("52 lorries with", "53 lorries with"), "the nearest is “The ministry sent 52 lorries with"),
        (CASES.replace("t-2", "t-1"), "dev/t.yaml:9, case t-1: the id is taken by dev/t.yaml:1"),
        (
            CASES.replace("briefing: flood", "briefing: floods"),
            "there is no briefing floods; the nearest is “f",
        ),
        ("[]", "There are no cases in cases/."),
    ],
)
def test_bad_input_ends_with_2_before_anything_is_asked(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: str, message: str
) -> None:
    """Malformed YAML, an unknown field, a field twice, a quote or briefing not found, an id twice, no case."""
    (project / "cases" / "dev" / "t.yaml").write_text(words, "utf-8")
    monkeypatch.setattr(evals.run, "turn", None)  # whoever asks, fails
    assert exit_code(monkeypatch, own(project, "--bless")) == 2
    shown = capsys.readouterr()
    assert message in shown.err
    assert shown.out == ""
    assert not (project / "cases" / "baseline.json").exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--half", "held_out"], "There are no cases in the half held_out."),
        (["--case", "none"], "There is no case none in this half."),
        (["--baseline", "broken.json"], "The baseline broken.json cannot be read: Invalid JSON"),
        (["--answers", "broken.json"], "broken.json:1 is not a recorded answer: Invalid JSON"),
        (["--answers", "none.jsonl"], "none.jsonl cannot be read: no such file"),
        (["--answers", "none.jsonl", "--record", "a.jsonl"], "--answers asks nothing."),
        (["--html", "."], ". is a folder."),
        (["--html", "broken.json/a.html"], "cannot be written: file exists"),
        (["--half", "third"], "Invalid value"),
    ],
)
def test_wrong_options_end_with_2(
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    options: list[str],
    message: str,
) -> None:
    monkeypatch.chdir(project)
    Path("broken.json").write_text("{", "utf-8")
    assert exit_code(monkeypatch, own(project, *options)) == 2
    assert message in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            CASES.replace("  expect: abstain", "  expect: abstain\n  canary: OTTER-9"),
            "OTTER-9 stands in no briefing",
        ),
        (CASES.replace('["52"]', '["53"]'), "an answer made of its own evidence fails: claim missed: “53”"),
    ],
)
def test_a_case_that_measures_badly_closes_the_gate(project: Path, words: str, message: str) -> None:
    call(project, "--bless")
    (project / "cases" / "dev" / "t.yaml").write_text(words, "utf-8")
    before = (project / "cases" / "baseline.json").read_bytes()
    for options in (["--bless"], ["lint"]):
        done = call(project, *options)
        assert done.exit_code == 1
        assert message in done.stdout
    assert (project / "cases" / "baseline.json").read_bytes() == before


def test_options_before_a_subcommand_are_refused() -> None:
    done = CliRunner().invoke(cli, ["eval", "--cases", "mine", "lint"])
    assert "--cases stands before `lint`, which does not see it." in str(done.exception)
    assert isinstance(done.exception, UsageError)


def test_add_prints_a_case(project: Path, tmp_path: Path) -> None:
    home = ["--home", str(tmp_path / "home")]
    CliRunner().invoke(cli, [*home, "ingest", str(project / "briefings")])
    question = "How many lorries did the ministry send to Mossgate?"
    done = CliRunner().invoke(cli, [*home, "eval", "add", question])
    assert "quote: The ministry sent 52 lorries with blankets to Mossgate." in done.stdout


def exit_code(monkeypatch: pytest.MonkeyPatch, words: list[str]) -> object:
    """What the command line ends with."""
    monkeypatch.setattr(sys, "argv", ["briefings", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    return ended.value.code


def refuse(answer: Answer) -> Answer:
    return replace(answer, sentences=(), citations=(), abstained=True, reason="The briefings do not say.")


def next_paragraph(answer: Answer) -> Answer:
    return replace(answer, citations=tuple(replace(c, paragraph=c.paragraph + 1) for c in answer.citations))


def marks_twice(answer: Answer) -> Answer:
    return replace(answer, sentences=tuple(replace(s, citations=s.citations * 2) for s in answer.sentences))


def never_silent(answer: Answer) -> Answer:
    return replace(answer, abstained=False)


def cut_quotes(answer: Answer) -> Answer:
    return replace(answer, citations=tuple(replace(c, quote=c.quote[:-2]) for c in answer.citations))


@pytest.mark.parametrize(
    ("breakage", "cause"),
    [
        (refuse, "refused, although the briefings say it"),
        (cut_quotes, "t-1 passed and now fails: quotes not exact: 1 misplaced"),
        (next_paragraph, "t-1 passed and now fails: quotes not exact: 1 elsewhere"),
        (marks_twice, "t-1 passed and now fails: invalid marks: [1]"),
        (never_silent, "t-2 passed and now fails: answered, although the briefings do not say"),
    ],
)
def test_a_broken_composer_turns_the_gate_red(
    project: Path, monkeypatch: pytest.MonkeyPatch, breakage: object, cause: str
) -> None:
    call(project, "--bless")
    compose = ExtractiveComposer.compose
    monkeypatch.setattr("rag.engine.verified", lambda answer, briefings: answer)
    monkeypatch.setattr(ExtractiveComposer, "compose", lambda *a: breakage(compose(*a)))  # type: ignore[operator]
    done = call(project)
    assert done.exit_code == 1
    assert cause in done.stdout


def test_a_broken_retriever_turns_the_gate_red(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    call(project, "--bless")
    monkeypatch.setattr(PlannedRetriever, "search_by", lambda *a: [])
    done = call(project)
    assert done.exit_code == 1
    assert "dev: all_evidence@10 0.000 is under its floor 0.980" in done.stdout


@pytest.mark.slow
def test_a_language_model_is_asked_when_configured_and_its_replies_are_replayed(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quote = "The ministry sent 52 lorries with blankets to Mossgate."
    said = {"text": "Mossgate was sent 52 lorries with blankets.", "quotes": [{"paragraph": "P2", "quote": quote}]}
    monkeypatch.setenv("BRIEFINGS_COMPOSER", "openai-like")
    monkeypatch.setenv("BRIEFINGS_MODEL", "toy")
    monkeypatch.setenv("BRIEFINGS_RECORD", str(project / "replies"))
    with model_server(Reply([json.dumps({"sentences": [said], "missing": None})])) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        assert call(project, "--json").exit_code == 1  # there is no baseline
        assert server.asked == []
        live = call(project, "--configured", "--json")
        assert server.asked
    monkeypatch.delenv("BRIEFINGS_RECORD")
    monkeypatch.setenv("BRIEFINGS_REPLAY", str(project / "replies"))
    assert call(project, "--configured", "--json").stdout == live.stdout
    document = json.loads(live.stdout)
    first, second = document["halves"]["dev"]["cases"]
    assert document["composers"] == ["openai-like:toy"]
    assert first["answer"] == "Mossgate was sent 52 lorries with blankets. [1]"
    assert (first["passed"], second["faults"]) == (True, ["answered, although the briefings do not say"])
