"""The fit of the ranking learns which feature tells the gold from the rest."""

import numpy as np
import pytest

from evals.fit_ranking import Example, example, fit
from rag.build import App
from rag.finding.ranking import FEATURES

SIMILAR, COVERED = FEATURES.index("similar"), FEATURES.index("covered")


def examples(seed: int = 1) -> list[Example]:
    """Forty lists of five passages with chance features; the gold one of each has `similar` raised by 3."""
    chance = np.random.default_rng(seed)
    made = []
    for i in range(40):
        table = chance.normal(size=(5, len(FEATURES)))
        table[i % 5, SIMILAR] += 3.0
        made.append(Example(table, np.arange(5) == i % 5))
    return made


def test_the_telling_feature_gets_the_weight() -> None:
    weights = fit(examples(), ridge=1.0)
    assert set(weights) == set(FEATURES)
    assert max(weights, key=lambda name: abs(weights[name])) == "similar"
    assert weights["similar"] > 0.5


def test_an_unused_feature_weighs_nothing() -> None:
    assert fit(examples(), unused=["covered"])["covered"] == pytest.approx(0.0, abs=1e-9)


def test_passages_that_are_all_gold_are_alike() -> None:
    table = np.zeros((2, len(FEATURES)))
    table[0, SIMILAR] = 1.0
    weights = fit([Example(table, np.ones(2, dtype=bool))], ridge=0.1)
    assert list(weights.values()) == pytest.approx([0.0] * len(FEATURES), abs=1e-6)


def test_a_greater_penalty_makes_smaller_weights() -> None:
    assert fit(examples(), ridge=1.0)["similar"] > fit(examples(), ridge=30.0)["similar"] > 0


def test_a_list_without_gold_teaches_nothing() -> None:
    barren = Example(np.ones((3, len(FEATURES))), np.zeros(3, dtype=bool))
    plain = examples()
    with_it = fit([*plain, barren])
    assert with_it == pytest.approx(fit(plain), rel=1e-6)


def test_an_example_marks_the_gold_among_what_is_proposed(real_app: App) -> None:
    made = example(
        real_app, "What does the three-phase plan involve?", lambda hit: "three-phase" in hit.text, parts=False
    )
    assert made is not None
    assert made.table.shape == (len(made.gold), len(FEATURES))
    assert 0 < made.gold.sum() < len(made.gold)
    assert example(real_app, "What does the three-phase plan involve?", lambda hit: True, parts=True) is None
