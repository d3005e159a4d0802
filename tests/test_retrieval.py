"""Retrieval measures, worked out by hand from the ranks of the passages that hold the evidence."""

import math

import pytest

from evals.retrieval import Found, Ranking, retrieval_scores
from tests.eval_toys import AID, FLOOD, SOURCES, WARNING, case, refusal_case

FIRST = Found("a", "flood", 0, len(FLOOD))
SECOND = Found("b", "flood", len(FLOOD) + 2, len(FLOOD) + 2 + len(AID))
OTHER = Found("c", "flood", len(FLOOD) + len(AID) + 4, len(FLOOD) + len(AID) + 4 + len(WARNING))


def scores(*found: Found) -> dict[str, float]:
    (by_measure,) = retrieval_scores([Ranking(case(), found)], SOURCES).values()
    return {name: score.hits for name, score in by_measure.items()}


def test_one_of_two_found_at_rank_two() -> None:
    found = scores(OTHER, FIRST)
    ideal = 1 + 1 / math.log2(3)
    assert found["recall@5"] == found["recall@10"] == 0.5
    assert found["all_evidence@10"] == 0
    assert found["mrr@10"] == 0.5
    assert found["map@10"] == 0.25  # precision ½ at rank 2, over two relevant
    assert found["ndcg@10"] == pytest.approx(1 / math.log2(3) / ideal)


def test_all_found_first() -> None:
    assert set(scores(FIRST, SECOND).values()) == {1.0}


def test_one_passage_that_holds_all_evidence_is_enough() -> None:
    assert set(scores(Found("whole", "flood", 0, 200)).values()) == {1.0}


def test_nothing_found_scores_zero_and_the_eleventh_does_not_count() -> None:
    fillers = [Found(f"x{i}", "plan", 0, 5) for i in range(10)]
    assert set(scores(*fillers, FIRST).values()) == {0.0}
    assert set(scores().values()) == {0.0}


def test_cases_without_evidence_have_no_scores() -> None:
    assert retrieval_scores([Ranking(refusal_case(), (FIRST,))], SOURCES) == {}
