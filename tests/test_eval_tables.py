"""An evaluation in a terminal: what to act on stands at the end."""

import pytest

from evals.compare import compare
from evals.document import document
from tests.test_summary import WORSE, summary
from ui.eval_tables import asking, print_comparison, print_summary


def test_a_run_ends_with_its_verdict(capsys: pytest.CaptureFixture[str]) -> None:
    print_summary(summary(WORSE))
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == "Development: 1 of 2 cases pass"
    assert "marker validity 0.800 0.667–1.000 −0.200 1.000 1.00 2" in lines
    assert "toy 1 of 2 50%" in lines
    assert lines[-7:-4] == [
        "development: 1 newly failing: toy-3",
        "toy-3 passed and now fails: invalid marks: [9]",
        "dev: citation_f1 0.900 is under its floor 0.980",
    ]
    assert lines[-1] == "The gate is closed: 5 problems."


def test_progress_is_for_terminals(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    with asking(2) as told:
        told()
    assert capsys.readouterr().err == ""
    monkeypatch.setenv("FORCE_COLOR", "1")
    with asking(2) as told:
        told()
    assert "Asking" in capsys.readouterr().err


def test_two_runs_end_with_what_chance_says(capsys: pytest.CaptureFixture[str]) -> None:
    print_comparison(compare(document(summary()), document(summary(WORSE)), ("one.json", "two.json")))
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert lines[:3] == ["A one.json", "B two.json", "2 cases in both"]
    assert "marker validity 1.000 0.800 −0.200 −0.333 to +0.000 1" in lines
    assert lines[-3:-1] == ["Failing only in B (1):", "toy-3: invalid marks: [9]"]
    assert lines[-1].startswith("A passes 2 of 2 cases, B 1: 1 lost, 0 won")
