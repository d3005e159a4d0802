"""Two systems on the same cases: differences, whether chance explains them, and which cases flipped."""

import json
from collections.abc import Sequence

import pytest

from evals.cases import Case
from evals.compare import Comparison, Difference, compare, mcnemar
from evals.document import Document, document
from evals.gate import Baseline
from evals.summary import summarise
from rag.answers import Answer
from rag.errors import UsageError
from tests.eval_toys import AID, FLOOD, SOURCES, case, gold, said
from tests.test_gate import results

MARKED = said((FLOOD, (1,)), (AID, (2, 9)))  # fails: a mark that leads nowhere


def ran(answers: Sequence[Answer], cases: Sequence[Case] | None = None) -> Document:
    asked = list(cases or [case(id=f"toy-{i:02}") for i in range(len(answers))])
    return document(summarise(results(*answers, cases=asked), Baseline(), [], SOURCES))


def row(found: Comparison, name: str) -> Difference:
    return next(r for r in found.rows if r.name == name)


@pytest.mark.parametrize(
    ("lost", "won", "p"),
    [(0, 0, 1.0), (1, 1, 1.0), (0, 5, 0.0625), (6, 0, 0.03125), (1, 9, 0.021484)],  # 2 · Σ C(n, k≤min) / 2ⁿ
)
def test_mcnemar_by_hand(lost: int, won: int, p: float) -> None:
    assert mcnemar(lost, won) == p


def test_the_same_run_differs_in_nothing() -> None:
    run = ran([gold(), MARKED])
    found = compare(run, run, ("a", "b"))
    assert (found.cases, found.passed_a, found.passed_b, found.lost, found.won) == (2, 1, 1, (), ())
    assert all((r.difference, r.low, r.high, r.differing) == (0, 0, 0, 0) for r in found.rows)
    assert "chance alone would explain that" in found.verdict()


def test_what_is_worse_beyond_chance_is_said_with_the_cases_that_flipped() -> None:
    found = compare(ran([gold()] * 20), ran([gold()] * 8 + [MARKED] * 12), ("a", "b"))
    assert [f.case_id for f in found.lost] == [f"toy-{i:02}" for i in range(8, 20)]
    assert found.lost[0].why == "invalid marks: [9]"
    assert found.p_value == round(2 / 2**12, 6)
    markers = row(found, "markers")
    assert (markers.a, markers.b, markers.differing) == (1.0, round(40 / 52, 4), 12)  # 12 marks lead nowhere
    assert markers.certain
    assert markers.low <= markers.difference <= markers.high < 0
    assert markers.direction == "worse"
    assert row(found, "over_citation").direction == "worse"
    assert not row(found, "claim_recall").certain
    assert found.verdict().endswith("12 lost, 0 won, McNemar's exact p < 0.001; A is better.")


def test_it_reads_the_same_the_other_way_round() -> None:
    one, other = ran([gold()] * 6), ran([gold()] * 4 + [MARKED] * 2)
    there, back = compare(one, other, ("a", "b")), compare(other, one, ("b", "a"))
    assert there.lost == back.won
    assert there.p_value == back.p_value
    assert row(there, "markers").difference == -row(back, "markers").difference


def test_cases_of_one_run_only_are_left_out_and_counted() -> None:
    found = compare(ran([gold()] * 3), ran([gold()] * 2), ("a", "b"))
    assert (found.cases, found.left_out) == (2, 1)
    assert "Cases that only one of the two ran are left out: 1." in found.footnotes()


def test_a_single_case_leaves_everything_open() -> None:
    assert not row(compare(ran([gold()]), ran([MARKED]), ("a", "b")), "markers").certain


def test_runs_that_do_not_fit_are_refused() -> None:
    run = ran([gold()])
    with pytest.raises(UsageError, match="no case in common"):
        compare(run, ran([gold()], [case(id="other")]), ("a", "b"))
    with pytest.raises(UsageError, match="no case in common"):
        compare(run, run, ("a", "b"), halves=("held_out",))
    with pytest.raises(UsageError, match="toy-00 asks different questions"):
        compare(run, ran([gold()], [case(id="toy-00", question="And?")]), ("a", "b"))


def test_it_is_plain_json() -> None:
    found = compare(ran([gold()] * 2), ran([gold(), MARKED]), ("a", "b"))
    plain = json.loads(json.dumps(found.as_dict()))
    assert (plain["schema_version"], plain["a"], plain["lost"][0]["case_id"]) == (1, "a", "toy-01")
