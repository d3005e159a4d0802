"""The lexical mirror finds passages by their words, and remembers how far it has come."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from rag.briefings import Briefing
from rag.lexicon import Lexicon
from rag.stamps import Stamp
from tests.toys import briefing, hits

STAMP = Stamp("library", "lexicon", 1)
NO_VECTORS = np.zeros((0, 0), dtype=np.float32)
TALKS = briefing(
    "talks",
    "Negotiators signed the cease-fire.",
    "The prisoners’ families waited in Zürich.",
    published=date(2032, 5, 3),
    source="Aldry Gazette",
    title="Strait summit",
)
FLOOD = briefing("flood", "The river rose, the river fell.", "A prisoner saw the river and the sea and a ship.")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    """Both briefings, to be searched only."""
    lexicon = Lexicon(tmp_path_factory.mktemp("shared"))
    add(lexicon, TALKS, FLOOD)
    return lexicon


@pytest.fixture
def lexicon(tmp_path: Path) -> Lexicon:
    """Both briefings, to be changed."""
    lexicon = Lexicon(tmp_path / "lexicon")
    add(lexicon, TALKS, FLOOD)
    return lexicon


def add(lexicon: Lexicon, *some: Briefing, forget: tuple[str, ...] = (), stamp: Stamp = STAMP) -> None:
    lexicon.update(forget, [hit for whole in some for hit in hits(whole)], NO_VECTORS)
    lexicon.record(stamp)


def found(lexicon: Lexicon, question: str, k: int = 10, within: list[str] | None = None) -> list[str]:
    return [passage_id for passage_id, _ in lexicon.query(question, k, within)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("negotiating", ["talks:1"]),  # stemmed
        ("CEASE FIRE", ["talks:1"]),
        ("ceasefires", ["talks:1"]),  # a hyphenated word is also one
        ("cease‑fire", ["talks:1"]),
        ("zurich", ["talks:2"]),
        ("prisoner's", ["talks:2", "flood:2"]),  # the shorter passage first
        ("Who was it, and what did they do there?", []),  # nothing but stop words
        ("volcano", []),
        ("", []),
        ("?! -", []),
    ],
)
def test_a_question_finds_passages_by_their_words(shared: Lexicon, question: str, expected: list[str]) -> None:
    assert found(shared, question) == expected


def test_a_word_that_stands_twice_in_a_short_passage_counts_more(shared: Lexicon) -> None:
    scores = shared.query("river", 10)
    assert [i for i, _ in scores] == ["flood:1", "flood:2"]
    assert scores[0][1] > scores[1][1] > 0


def test_title_source_and_date_are_searched_too(shared: Lexicon) -> None:
    for question in ("summit", "gazette", "2032-05-03", "May 2032"):
        assert set(found(shared, question)) == {"talks:1", "talks:2"}


def test_only_the_k_best_are_returned(shared: Lexicon) -> None:
    assert found(shared, "prisoner river", k=1) == found(shared, "prisoner river")[:1]
    assert len(found(shared, "prisoner river")) == 3


def test_a_search_can_be_limited_to_some_briefings(shared: Lexicon) -> None:
    assert found(shared, "prisoner", within=["flood"]) == ["flood:2"]
    assert found(shared, "prisoner", within=["flood", "talks"]) == found(shared, "prisoner")
    assert found(shared, "prisoner", within=["nobody"]) == []
    assert found(shared, "prisoner", within=[]) == []


def test_a_limit_does_not_change_the_scores(shared: Lexicon) -> None:
    assert dict(shared.query("prisoner", 10, ["flood"]))["flood:2"] == dict(shared.query("prisoner", 10))["flood:2"]


def test_a_forgotten_briefing_is_not_found(lexicon: Lexicon) -> None:
    add(lexicon, forget=("flood", "nobody"))
    assert found(lexicon, "river prisoner") == ["talks:2"]
    assert lexicon.count() == 2


def test_a_replaced_briefing_is_found_by_its_new_words_only(lexicon: Lexicon) -> None:
    add(lexicon, briefing("flood", "A drought."), forget=("flood",))
    assert found(lexicon, "river") == []
    assert found(lexicon, "drought") == ["flood:1"]
    assert lexicon.count() == 3


def test_an_id_is_forgotten_whole_and_not_by_its_parts(lexicon: Lexicon) -> None:
    add(lexicon, briefing("flood-two", "Another river."))
    add(lexicon, forget=("two", "flood"))
    assert found(lexicon, "river") == ["flood-two:1"]


def test_a_new_index_has_no_stamp(tmp_path: Path) -> None:
    empty = Lexicon(tmp_path / "new")
    assert (empty.stamp(), empty.count(), found(empty, "river")) == (None, 0, [])


def test_stamp_and_passages_survive_reopening(lexicon: Lexicon, tmp_path: Path) -> None:
    add(lexicon, briefing("late", "An earthquake."), stamp=Stamp("library", "lexicon", 2))
    del lexicon
    again = Lexicon(tmp_path / "lexicon")
    assert again.stamp() == Stamp("library", "lexicon", 2)
    assert found(again, "earthquake") == ["late:1"]
    assert again.count() == 5


def test_another_reader_sees_what_was_added_since_it_opened(lexicon: Lexicon, tmp_path: Path) -> None:
    reader = Lexicon(tmp_path / "lexicon")
    assert found(reader, "earthquake") == []
    add(lexicon, briefing("late", "An earthquake."), stamp=Stamp("library", "lexicon", 2))
    assert found(reader, "earthquake") == ["late:1"]
    assert reader.stamp() == Stamp("library", "lexicon", 2)
