"""The most telling terms are searched for, as far as their postings go."""

import pytest

from rag.storage.postings import affordable


def test_common_terms_are_left_out_when_reading_them_would_take_long(monkeypatch: pytest.MonkeyPatch) -> None:
    weights = dict.fromkeys(("rare", "middling", "common", "plain", "absent"), 1.0)
    counts = {"rare": 10, "middling": 200, "common": 5_000, "plain": 9_000, "absent": 0}
    assert affordable(counts, weights) == ["rare", "middling", "common", "plain"]
    monkeypatch.setattr("rag.storage.postings._POSTINGS", 6_000)
    assert affordable(counts, weights) == ["rare", "middling", "common"]
    monkeypatch.setattr("rag.storage.postings._POSTINGS", 100)
    assert affordable(counts, weights) == ["rare", "middling", "common"]  # three at least
    assert affordable(counts, {**weights, "rare": 0.001}) == ["middling", "common", "plain"]
