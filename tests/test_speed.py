"""Speeds are measured at several sizes, question by question."""

from pathlib import Path

import pytest

import evals.bench.speed as speed
from evals.bench.data import Article, DataSet, Query

pytestmark = pytest.mark.slow  # builds libraries, and Chroma's beside them

WORDS = ["The port reopened on Monday.", "A strike began in Aldry.", "Ministers met twice this week.", "Rain fell."]
ARTICLES = tuple(Article(f"{i}", f"Title {i}", "Courier", "2030-01-01", " ".join(WORDS[i:])) for i in range(3))
DATA = DataSet("toy", ARTICLES, tuple(Query(f"What happened in Aldry, part {i}?", "any", ()) for i in range(6)))


def test_each_size_is_measured_and_only_the_small_one_beside_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speed, "_WARM", 1)
    monkeypatch.setattr(speed, "_ASKED", 5)
    monkeypatch.setattr(speed, "LARGEST_RIVAL", 20)
    small, large = speed.measure(DATA, [40, 20], tmp_path)
    assert (small.passages, large.passages) == (20, 40)
    assert small.ratio is not None
    assert (large.chroma, large.tantivy, large.ratio) == (None, None, None)
    assert 0 < small.ask <= small.ask_95
    assert small.build > 0
    assert large.memory >= small.memory
    (again,) = speed.measure(DATA, [20], tmp_path, alone=True)
    assert (again.build, again.chroma) == (0.0, None)
