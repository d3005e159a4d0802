"""The fit of the evidence model learns which sentences answer, and when none does."""

import numpy as np
import pytest

from evals.cases import read_cases
from evals.fit import TRAINING, Example, asked_after, asked_in, collect, fit
from evals.followups import conversations
from rag.build import App
from rag.extract.features import FEATURES, NOTHING

PLAIN, LOST = FEATURES.index("plain"), NOTHING.index("lost")


def examples(seed: int = 1) -> list[Example]:
    """Sixty questions with five sentences: `plain` tells the one that answers; every third, lost, has none."""
    chance = np.random.default_rng(seed)
    made = []
    for i in range(60):
        table, nothing = chance.normal(size=(5, len(FEATURES))), chance.normal(size=len(NOTHING))
        right = np.arange(5) == (i % 5 if i % 3 else -1)
        table[right, PLAIN] += 4.0
        nothing[LOST] += 0.0 if right.any() else 4.0
        made.append(Example(table, right, nothing))
    return made


def test_the_telling_features_get_the_weights() -> None:
    weights = fit(examples(), ridge=1.0)
    assert tuple(weights.sentence) == FEATURES
    assert tuple(weights.nothing) == NOTHING
    assert max(weights.sentence, key=lambda name: abs(weights.sentence[name])) == "plain"
    assert max(weights.nothing, key=lambda name: abs(weights.nothing[name])) == "lost"
    assert min(weights.sentence["plain"], weights.nothing["lost"]) > 0.3


def test_the_weights_are_of_plain_features() -> None:
    """Features in other units get weights in other units, and the same choices."""
    plain = examples()
    scaled = [Example(10 * e.table + 3, e.answers, 5 * e.nothing - 2) for e in plain]
    found, again = fit(plain), fit(scaled)
    for one, other in zip(plain, scaled, strict=True):
        scores = [
            [*(e.table @ list(w.sentence.values())), e.nothing @ list(w.nothing.values()) + w.bias]
            for e, w in ((one, found), (other, again))
        ]
        assert scores[0] - np.max(scores[0]) == pytest.approx(scores[1] - np.max(scores[1]), abs=0.02)


def test_an_example_that_weighs_nothing_teaches_nothing() -> None:
    plain = examples()
    odd = Example(plain[1].table[::-1].copy(), plain[1].answers, plain[1].nothing, weight=0.0)
    twice = [*plain, Example(plain[1].table, plain[1].answers, plain[1].nothing, weight=0.0)]
    assert fit([*plain, odd]).sentence["plain"] == pytest.approx(fit(twice).sentence["plain"], rel=0.02)


def test_examples_are_questions_with_one_part_and_their_sentences(real_app: App) -> None:
    asked = list(asked_in(read_cases(("dev",), ("real",))[:12]))
    made = list(collect(real_app, asked, weight=2.0))
    assert 0 < len(made) <= len(asked)
    assert {e.weight for e in made} <= {2.0, 0.6}
    assert all(e.table.shape == (len(e.answers), len(FEATURES)) for e in made)
    assert any(e.answers.any() for e in made)


def test_a_follow_up_is_understood_after_the_questions_before_it() -> None:
    some = [asked for c in conversations("dev") for asked in asked_after(c)]
    assert any(asked.question.carried for asked in some)
    assert all(asked.right for asked in some)


@pytest.mark.slow
def test_training_cases_are_about_other_briefings_than_those_that_are_measured() -> None:
    measured = {e.briefing for c in read_cases() for any_of in c.evidence for e in any_of}
    trained = {
        e.briefing for c in read_cases(("dev",), folder=TRAINING / "cases") for any_of in c.evidence for e in any_of
    }
    assert len(trained) > 60
    assert measured.isdisjoint(trained)


def test_a_rare_cue_weighs_as_much_as_a_frequent_one_that_is_right_as_often() -> None:
    rare, frequent = FEATURES.index("denied"), FEATURES.index("to_come")
    chance = np.random.default_rng(3)
    made = []
    for i in range(300):
        table, nothing = chance.normal(size=(5, len(FEATURES))), chance.normal(size=len(NOTHING))
        table[:, [rare, frequent]] = 0.0
        cued = i % 5 if i % 3 else (i + 1) % 5  # right two times of three
        table[cued, rare if i % 50 < 3 else frequent] = 1.0
        made.append(Example(table, np.arange(5) == i % 5, nothing))
    weights = fit(made).sentence
    assert weights["denied"] == pytest.approx(weights["to_come"], rel=0.15)
