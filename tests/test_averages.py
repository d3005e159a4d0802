"""Micro and macro averages and their intervals."""

import pytest

from evals.averages import average
from evals.metrics import Score


def test_micro_counts_marks_and_macro_counts_cases() -> None:
    found = average([Score(1, 1), Score(0, 3), Score(0, 0)])
    assert found is not None
    assert (found.micro, found.macro, found.cases, found.hits, found.of) == (0.25, 0.5, 2, 1, 4)
    assert found.low <= 0.25 <= found.high


def test_shares_of_cases_get_the_exact_interval() -> None:
    found = average([Score(1, 1)] * 8 + [Score(0, 1)] * 2)
    assert found is not None
    assert (found.low, found.high) == (0.4439, 0.9748)  # Clopper–Pearson for 8 of 10


def test_no_fault_in_ten_cases_is_no_proof_of_perfection() -> None:
    found = average([Score(3, 3)] * 10)
    assert found is not None
    assert found.micro == 1
    assert found.low == pytest.approx(0.025**0.1, abs=1e-4)  # lowest p with p¹⁰ ≥ 0.025


def test_a_bootstrap_repeats_itself_and_knows_nothing_of_one_case() -> None:
    some = [Score(i % 4, 4) for i in range(40)]
    assert average(some) == average(some)
    single = average([Score(1, 2)])
    assert single is not None
    assert (single.low, single.high) == (0, 1)


def test_nothing_that_applies_has_no_average() -> None:
    assert average([Score(0, 0)]) is None
