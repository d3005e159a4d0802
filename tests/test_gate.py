"""The gate fails on what is worse than the baseline, and only blessing moves that."""

from pathlib import Path

import pytest

from evals.cases import Case
from evals.gate import Baseline, Problem, blessed, changes, check, read_baseline, write_baseline
from evals.run import Transcript, Turn
from evals.scoring import Result, score
from rag.answers import Answer
from rag.errors import UsageError
from tests.eval_toys import AID, FLOOD, SOURCES, case, gold, said

CASES = [case(), case(id="toy-3")]


def said_by(problems: list[Problem]) -> list[str]:
    return [str(p) for p in problems]


def results(*answers: Answer, cases: list[Case] = CASES) -> list[Result]:
    return score(Transcript(tuple(Turn(c, a, ()) for c, a in zip(cases, answers, strict=True)), SOURCES))


GOOD = results(gold(), gold())
BASELINE = blessed(GOOD, Baseline())


def test_the_same_run_passes() -> None:
    assert check(GOOD, BASELINE, CASES) == []


def test_a_case_that_passed_and_now_fails_is_named_with_its_cause() -> None:
    problems = said_by(check(results(gold(), said((FLOOD, (1,)), (AID, (2, 9)))), BASELINE, CASES))
    assert problems[0] == "toy-3 passed and now fails: invalid marks: [9]"
    assert "dev: markers 0.800 is under its floor 1.000" in problems


def test_a_metric_over_its_ceiling_is_named() -> None:
    problems = said_by(check(results(gold(), said((FLOOD, (1, 2)), (AID, (2,)))), BASELINE, CASES))
    assert "dev: over_citation 0.200 is over its ceiling 0.000" in problems


def test_missing_cases_are_named() -> None:
    assert "missing from the run: toy-3" in said_by(check(GOOD[:1], BASELINE, CASES))
    assert "missing from the cases: toy-3" in said_by(check(GOOD[:1], BASELINE, CASES[:1]))


def test_a_half_without_a_baseline_is_a_problem() -> None:
    assert said_by(check(GOOD, Baseline(), CASES)) == ["dev: there is no baseline; make one with --bless"]


def test_floors_are_a_little_under_what_is_measured_and_invariants_at_their_target() -> None:
    worse = blessed(results(gold(), said((FLOOD, (1,)), (AID, (2, 9)))), Baseline()).halves["dev"]
    assert worse.metrics["markers"].measured == 0.8
    assert worse.metrics["markers"].floor == 1.0
    assert worse.metrics["citation_precision"].floor == 0.78
    assert worse.failed == ("toy-3",)


def test_a_blessing_says_what_it_changes() -> None:
    new = blessed(results(gold(), said((FLOOD, (1,)))), BASELINE)
    lines = changes(BASELINE, new)
    assert "dev: now fails: toy-3" in lines
    assert "dev: claim_recall 0.750, floor 0.730 (was 1.000, floor 0.980)" in lines
    assert changes(new, new) == []
    assert "dev: removed: toy-3" in changes(BASELINE, blessed(GOOD[:1], BASELINE))


def test_a_baseline_is_kept_and_read(tmp_path: Path) -> None:
    write_baseline(BASELINE, tmp_path / "baseline.json")
    assert read_baseline(tmp_path / "baseline.json") == BASELINE
    assert read_baseline(tmp_path / "none.json") == Baseline()


def test_a_baseline_that_cannot_be_written_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(
        UsageError, match=r"none/baseline\.json cannot be written: no such file or directory\."
    ) as caught:
        write_baseline(BASELINE, tmp_path / "none" / "baseline.json")
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ('{"schema": 2}', "schema: Input should be 1"),
        ("{", "Invalid JSON"),
        ('{"halves": {"dev": {"passed": 1}}}', "halves.dev.passed: Input should be a valid array"),
    ],
)
def test_an_unreadable_baseline_is_wrong_usage(tmp_path: Path, words: str, why: str) -> None:
    (tmp_path / "baseline.json").write_text(words, "utf-8")
    with pytest.raises(UsageError, match=rf"The baseline baseline\.json cannot be read: {why}") as caught:
        read_baseline(tmp_path / "baseline.json")
    assert caught.value.exit_code == 2


def test_a_folder_is_no_baseline(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a directory"):
        read_baseline(tmp_path)
