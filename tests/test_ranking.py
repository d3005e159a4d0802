"""The features of a proposed passage, worked out by hand."""

from datetime import date

import numpy as np
import pytest

from rag.finding.plans import Part
from rag.finding.ranking import FEATURES, PART, WHOLE, Asked, Candidate, features, scores
from rag.finding.standins import StandIns
from rag.storage.profiles import Profile
from rag.words.periods import Period
from rag.words.thesaurus import Thesaurus

NORTH = np.array([1.0, 0.0], dtype=np.float32)
STEPS = np.array([127, 0], dtype=np.int8).tobytes()  # the same, of a passage
QUESTION = "red ships carry bread"
RARITIES = {"red": 1.0, "ship": 2.0, "carri": 3.0, "bread": 4.0}
ASKED = Asked.of(QUESTION, NORTH, RARITIES)
STANDINS = StandIns(QUESTION, Thesaurus("ship, vessel\nbread, daily bread, loaf\ncarry, port"))
WEIGHTS = {"red": 1.0, "ship": 1.0, "carri": 0.5, "bread": 0.5}  # by rarity 1, 2, 1½, 2: together 6½


def profile(*sentences: str, headings: str = "", score: float = 0.0) -> Profile:
    return Profile("p", "b", "Courier", date(2032, 5, 3), headings, sentences, STEPS, 1 / 127, score)


def row(part: Part, candidate: Candidate) -> dict[str, float]:
    return dict(zip(FEATURES, features(ASKED, part, [candidate], STANDINS)[0], strict=True))


def test_the_features_of_a_passage() -> None:
    found = row(
        Part(QUESTION, WEIGHTS), Candidate(profile("red ship port", "bread", headings="carri", score=3.25), 0, 59)
    )
    assert found["words"] == pytest.approx(3.25 / 6.5)
    assert found["words_rank"] == pytest.approx(60 / 61)
    assert found["similar"] == pytest.approx(1.0)
    assert found["similar_rank"] == pytest.approx(60 / 120)
    assert found["covered"] == pytest.approx(1.0)  # "carri" by the heading
    assert found["in_one_sentence"] == pytest.approx(4 / 10)  # "bread", of the whole question's 1 + 2 + 3 + 4
    # Pairs: red ship 1 · 3, ship carri ½ · 5, carri bread ½ · 7; only the first stands side by side.
    assert found["side_by_side"] == pytest.approx(3 / (3 + 2.5 + 3.5))
    assert found["dated"] == 0.5
    assert found["meant"] == pytest.approx(1.0)
    assert found["meant_in_one_sentence"] == pytest.approx((1 + 2 + 0.9 * 1.5) / 6.5)  # "port" for "carri"


def test_a_passage_speaks_of_a_term_by_what_stands_for_it() -> None:
    found = row(
        Part(QUESTION, WEIGHTS), Candidate(profile("vessel leav port", "loav day", headings="red daili bread"))
    )
    assert found["covered"] == pytest.approx((1 + 2) / 6.5)  # "red" and "bread" by the heading
    assert found["meant"] == pytest.approx((1 + 0.9 * 2 + 0.9 * 1.5 + 2) / 6.5)
    assert found["meant_in_one_sentence"] == pytest.approx((0.9 * 2 + 0.9 * 1.5) / 6.5)


def test_what_stands_for_a_term_may_stand_in_the_headings() -> None:
    found = row(Part(QUESTION, WEIGHTS), Candidate(profile("rain", headings="vessel")))
    assert (found["meant"], found["meant_in_one_sentence"]) == (pytest.approx(0.9 * 2 / 6.5), 0.0)
    # "daili", with which a phrase in the headings begins, stands in a sentence, too.
    found = row(Part(QUESTION, WEIGHTS), Candidate(profile("daili rain", headings="daili bread")))
    assert found["meant"] == pytest.approx(2 / 6.5)
    standins = StandIns(QUESTION, Thesaurus("ship, sea going craft"))
    table = features(
        ASKED, Part(QUESTION, WEIGHTS), [Candidate(profile("sea rain", headings="sea go craft"))], standins
    )
    assert table[0][FEATURES.index("meant")] == pytest.approx(0.9 * 2 / 6.5)


@pytest.mark.parametrize(
    ("headings", "titled"), [("", 0.0), ("rain", 0.0), ("red ship red", 1.0), ("red ship port rain", 0.5)]
)
def test_a_title_is_asked_for_by_the_share_of_its_terms_in_the_question(headings: str, titled: float) -> None:
    found = row(Part(QUESTION, WEIGHTS), Candidate(profile("bread", headings=headings)))
    assert found["titled"] == pytest.approx(titled)


def test_of_two_passages_with_the_same_words_that_under_the_title_asked_for_is_better() -> None:
    named, longer = (Candidate(profile("bread", headings=h), 0, 0) for h in ("red ship", "red ship port rain"))
    best, other = scores(ASKED, Part(QUESTION, WEIGHTS), [named, longer], WHOLE)
    assert best > other


def test_words_side_by_side_do_not_reach_over_the_end_of_a_sentence() -> None:
    found = row(Part(QUESTION, WEIGHTS), Candidate(profile("red", "ship")))
    assert (found["side_by_side"], found["words_rank"], found["similar_rank"]) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize(("day", "dated"), [(3, 1.0), (4, 0.0)])
def test_a_passage_of_the_period_is_dated(day: int, dated: float) -> None:
    period = Period(date(2032, 5, day), None, 0, 1)
    assert row(Part(QUESTION, WEIGHTS, (), period), Candidate(profile("red")))["dated"] == dated


def test_nothing_asked_and_nothing_held_is_no_division_by_zero() -> None:
    blank = Asked.of("", np.zeros(2, dtype=np.float32), {})
    assert np.isfinite(features(blank, Part("", {}), [Candidate(profile())])).all()
    assert features(blank, Part("", {}), []).shape == (0, len(FEATURES))


@pytest.mark.parametrize("weights", [WHOLE, PART])
def test_a_passage_that_holds_more_of_the_question_scores_higher(weights: dict[str, float]) -> None:
    good = Candidate(profile("red ship carri bread", score=6.0), 0)
    poor = Candidate(profile("ship", score=1.0), 1)
    best, worst = scores(ASKED, Part(QUESTION, WEIGHTS), [good, poor], weights)
    assert best > worst


def test_both_tables_weigh_the_same_features() -> None:
    assert tuple(WHOLE) == tuple(PART) == FEATURES
