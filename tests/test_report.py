"""The report says what a run measured, in the same bytes for the same results."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from evals.gate import Baseline, blessed
from evals.report import as_json, detail, markdown
from tests.conftest import ROOT
from tests.eval_toys import gold, said
from tests.test_gate import BASELINE, GOOD, results

_RUN = """
import json, sys
from evals.cases import FOLDERS, read_cases
from evals.gate import Baseline
from evals.report import as_json, markdown
from evals.run import libraries, run, sources_of
from evals.scoring import score
cases = read_cases(("held_out",), ("real",))[:25][:: int(sys.argv[1])]
with libraries({"real": FOLDERS["real"]}) as apps:
    results = score(run(cases, apps, sources_of(apps), int(sys.argv[2])))
print(markdown(results, Baseline(), []), json.dumps(as_json(results, Baseline(), [])))
"""


def test_the_tables_show_value_interval_floor_and_target() -> None:
    text = markdown(GOOD, BASELINE, [])
    assert "## Development: 2 of 2 cases pass" in text
    assert "| citation precision | 1.000 | 0.158–1.000 | 1.000 | 2 | 0.980 | 0.95 |" in text
    assert "| toy | 2 | 2 | 1.000 | 1.000 | 1.000 | 1.000 |" in text
    assert "The gate is open" in text


def test_a_closed_gate_lists_its_problems() -> None:
    assert "**The gate is closed**: 1 problems.\n\n- a cause" in markdown(GOOD, BASELINE, ["a cause"])


def test_json_holds_every_case_and_the_schema() -> None:
    found = as_json(GOOD, BASELINE, ["a cause"])
    assert (found["schema"], found["ok"], found["targets"]["refusal_f1"]) == (1, False, 0.9)
    assert [c["id"] for c in found["halves"]["dev"]["cases"]] == ["toy-1", "toy-3"]
    assert found["halves"]["dev"]["cases"][0]["scores"]["claim_recall"] == [2, 2]
    json.dumps(found)


def test_a_case_is_shown_in_full() -> None:
    text = detail(results(gold(), said())[1])
    assert "toy-3 (dev/toy.yaml:1; toy): FAILS" in text
    assert "fault     refused, although the briefings say it" in text


def test_the_order_of_results_changes_nothing() -> None:
    reverse = GOOD[::-1]
    assert markdown(GOOD, BASELINE, []) == markdown(reverse, BASELINE, [])
    assert as_json(GOOD, BASELINE, []) == as_json(reverse, BASELINE, [])
    assert blessed(GOOD, Baseline()) == blessed(reverse, Baseline())


@pytest.mark.slow
def test_hash_seed_order_and_workers_change_no_byte(tmp_path: Path) -> None:
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", _RUN, step, workers],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
        )
        for seed, step, workers in (("1", "1", "1"), ("2", "-1", "3"))
    ]
    first, second = (run.communicate()[0] for run in runs)
    assert first
    assert first == second
