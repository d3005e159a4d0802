"""The reports say what a run measured, in the same bytes for the same results."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from evals.document import as_json
from evals.gate import Baseline, Problem, blessed
from evals.junit import junit
from evals.report import detail, markdown
from evals.summary import summarise
from tests.conftest import ROOT
from tests.eval_toys import SOURCES, gold, said
from tests.test_gate import BASELINE, GOOD, results
from tests.test_summary import WORSE, summary

_RUN = """
import sys
from evals.cases import FOLDERS, read_cases
from evals.document import as_json
from evals.gate import Baseline
from evals.junit import junit
from evals.page import page
from evals.report import markdown
from evals.run import libraries, run, sources_of
from evals.scoring import score
from evals.summary import summarise
cases = read_cases(("dev",), ("real",))[:12][:: int(sys.argv[1])]
with libraries({"real": FOLDERS["real"]}) as apps:
    sources = sources_of(apps)
    results = score(run(cases, apps, sources, int(sys.argv[2])))
found = summarise(results, Baseline(), [], sources)
print(markdown(found), as_json(found), junit(found), page(found))
"""


def test_the_tables_show_value_interval_change_floor_and_aim() -> None:
    text = markdown(summary())
    assert "## Development: 2 of 2 cases pass" in text
    assert "| citation precision | 1.000 | 0.158–1.000 | = | 1.000 | 2 | 0.980 | 0.95 |" in text
    assert "| toy | 2 | 2 | 1.000 | 1.000 | 1.000 | 1.000 |" in text
    assert "**The gate is open**: nothing is worse" in text


def test_a_closed_gate_lists_its_problems_and_what_changed() -> None:
    text = markdown(summary(WORSE))
    assert "**The gate is closed**: 5 problems.\n\n- toy-3 passed and now fails: invalid marks: \\[9\\]\n" in text
    assert "1 newly failing: toy-3" in text
    assert "| marker validity | 0.800 | 0.667–1.000 | −0.200 |" in text
    assert "2 not in the baseline: toy-1, toy-3" in markdown(summary(GOOD, Baseline()))
    assert "| marker validity | 1.000 | 0.158–1.000 | – |" in markdown(summary(GOOD, Baseline()))


def test_words_of_briefings_are_no_markdown() -> None:
    hostile = Problem("case", "dev", "toy-1", "<img src=x> ![a](http://x.test) | `b`\n# head")
    text = markdown(summarise(GOOD, BASELINE, [hostile], SOURCES))
    assert r"\<img src=x\> !\[a\](http://x.test) \| \`b\` \# head" in text


def test_a_case_is_shown_in_full() -> None:
    text = detail(results(gold(), said())[1])
    assert "toy-3 (dev/toy.yaml:1; toy): FAILS" in text
    assert "fault     refused, although the briefings say it" in text


def test_the_order_of_results_changes_nothing() -> None:
    one, other = (summarise(found, BASELINE, [], SOURCES) for found in (GOOD, GOOD[::-1]))
    for report in (markdown, as_json, junit):
        assert report(one) == report(other)
    assert blessed(GOOD, Baseline()) == blessed(GOOD[::-1], Baseline())


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
    assert b"</html>" in first
    assert first == second
