"""The lexical mirror finds passages by their words, and remembers how far it has come."""

import math
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rag.briefings import Briefing
from rag.lexicon import Lexicon, Wanted
from rag.storage.profiles import Profile
from rag.storage.stamps import Stamp
from rag.words.terms import index_terms
from tests.toys import briefing, hits, vectors

STAMP = Stamp("library", "lexicon", 1)
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
    rows = np.vstack([np.zeros((0, 3), dtype=np.float32), *(vectors(whole) for whole in some)])
    lexicon.update(forget, [hit for whole in some for hit in hits(whole)], rows)
    lexicon.record(stamp)


def found(lexicon: Lexicon, question: str, k: int = 10, within: list[str] | None = None) -> list[str]:
    return [profile.passage_id for profile in search(lexicon, question, k, briefing_ids=within)]


def search(lexicon: Lexicon, question: str, k: int = 10, **where: Any) -> list[Profile]:
    return lexicon.reader().search(Wanted(dict.fromkeys(index_terms(question), 1.0), **where), k)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("negotiating", ["talks:1"]),  # stemmed
        ("CEASE FIRE", ["talks:1"]),
        ("ceasefires", ["talks:1"]),  # a hyphenated word is also one
        ("cease‑fire", ["talks:1"]),
        ("zurich", ["talks:2"]),
        ("prisoner's", ["flood:2", "talks:2"]),  # the shorter first, title, source and date included
        ("Who was it, and what did they do there?", []),  # nothing but stop words
        ("volcano", []),
        ("", []),
        ("?! -", []),
    ],
)
def test_a_question_finds_passages_by_their_words(shared: Lexicon, question: str, expected: list[str]) -> None:
    assert found(shared, question) == expected


def test_a_word_that_stands_twice_in_a_short_passage_counts_more(shared: Lexicon) -> None:
    twice, once = search(shared, "river")
    assert (twice.passage_id, once.passage_id) == ("flood:1", "flood:2")
    assert twice.score > once.score > 0


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


def test_a_search_can_be_limited_to_sources_and_days(shared: Lexicon) -> None:
    def ids(**where: Any) -> list[str]:
        return [p.passage_id for p in search(shared, "prisoner", **where)]

    assert ids(sources=("Aldry Gazette",)) == ["talks:2"]
    assert ids(sources=("Gazette",)) == []  # the whole name
    assert ids(sources=("Courier", "Aldry Gazette")) == found(shared, "prisoner")
    assert ids(since=date(2032, 5, 3), until=date(2032, 5, 3)) == ["talks:2"]
    assert ids(since=date(2032, 5, 4)) == []
    assert ids(until=date(2032, 5, 2)) == []  # a briefing without a date is of no period
    assert ids(until=date(2032, 6, 1), briefing_ids=["flood"]) == []


def test_a_limit_does_not_change_the_scores(shared: Lexicon) -> None:
    by_id = {p.passage_id: p.score for p in search(shared, "prisoner")}
    (limited,) = search(shared, "prisoner", briefing_ids=["flood"])
    assert limited.score == by_id["flood:2"]


def test_a_term_counts_by_its_weight(shared: Lexicon) -> None:
    reader = shared.reader()
    (plain,) = reader.search(Wanted({"negoti": 1.0}), 10)
    (half,) = reader.search(Wanted({"negoti": 0.5}), 10)
    assert half.score == pytest.approx(plain.score / 2)


def test_what_stands_in_the_place_of_a_term_is_found_but_counts_less(shared: Lexicon) -> None:
    wanted = Wanted({"boat": 1.0}, also={"boat": ["ship", "vessel"]})
    (instead,) = shared.reader().search(wanted, 10)
    (itself,) = search(shared, "ship")
    assert instead.passage_id == itself.passage_id
    assert instead.score == pytest.approx(0.4 * itself.score)
    both = shared.reader().search(Wanted({"sea": 1.0}, also={"sea": ["ship"]}), 10)
    assert [p.score for p in both] == [p.score for p in search(shared, "sea")]  # not both for one


def test_how_rare_a_term_is_tells_how_much_it_says(shared: Lexicon) -> None:
    rarities = shared.reader().rarities(["prison", "negoti", "volcano"])
    assert rarities == {  # log(1 + (4 - n + ½) / (n + ½)) for n of 4 passages
        "prison": pytest.approx(math.log(1 + 2.5 / 2.5)),
        "negoti": pytest.approx(math.log(1 + 3.5 / 1.5)),
        "volcano": pytest.approx(math.log(1 + 4.5 / 0.5)),
    }


def test_a_profile_tells_what_ranking_needs(shared: Lexicon) -> None:
    (profile,) = search(shared, "negotiators")
    assert (profile.briefing_id, profile.source, profile.published) == ("talks", "Aldry Gazette", date(2032, 5, 3))
    assert profile.headings == "strait summit"
    assert profile.sentences == ("negoti sign ceas fire ceasefir",)


def test_passages_are_found_by_their_ids_where_they_are_wanted(shared: Lexicon) -> None:
    reader = shared.reader()
    everything = reader.find(["talks:2", "flood:1", "nobody"], Wanted({}))
    assert {(p.passage_id, p.score) for p in everything} == {("talks:2", 0.0), ("flood:1", 0.0)}
    assert [p.passage_id for p in reader.find(["talks:2", "flood:1"], Wanted({}, ["flood"]))] == ["flood:1"]
    assert reader.find([], Wanted({})) == []


def test_a_forgotten_briefing_is_not_found(lexicon: Lexicon) -> None:
    add(lexicon, forget=("flood", "nobody"))
    assert found(lexicon, "river prisoner") == ["talks:2"]
    assert lexicon.count() == 2


def test_a_replaced_briefing_is_found_by_its_new_words_only(lexicon: Lexicon) -> None:
    add(lexicon, briefing("flood", "A drought."), forget=("flood",))
    assert found(lexicon, "river") == []
    assert found(lexicon, "drought") == ["flood:1"]
    assert lexicon.count() == 3


def test_a_term_is_known_where_a_passage_holds_it_and_all_terms_may_be_asked_for(lexicon: Lexicon) -> None:
    reader = lexicon.reader()
    assert [reader.holds(term) for term in ("river", "prison", "volcano")] == [True, True, False]
    wanted = dict.fromkeys(("river", "prison"), 1.0)

    def ids(*all_of: str) -> set[str]:
        return {p.passage_id for p in reader.search(Wanted(wanted, all_of=all_of), 10)}

    assert ids() == {"talks:2", "flood:1", "flood:2"}
    assert ids("prison") == {"talks:2", "flood:2"}
    assert ids("prison", "river") == {"flood:2"}


def test_a_stamp_that_another_wrote_is_seen(lexicon: Lexicon, tmp_path: Path) -> None:
    first, later = Stamp("library", "recipe", 1, "one"), Stamp("library", "recipe", 2, "two")
    lexicon.record(first)
    assert lexicon.stamp() == lexicon.stamp() == first
    other = Lexicon(tmp_path / "lexicon")
    other.record(later)
    assert lexicon.stamp() == other.stamp() == later


def test_a_title_is_known_by_its_keys_and_searched_in(lexicon: Lexicon) -> None:
    reader = lexicon.reader()
    known = ("straitsummit", "^straitsummit", "strait", "aboutflood", "^aboutflood")
    assert [reader.has_title(key) for key in known] == [True, True, False, True, False]
    assert [p.passage_id for p in search(lexicon, "prisoner", titles=["straitsummit"])] == ["talks:2"]
    assert search(lexicon, "prisoner", titles=["straitsummit"], sources=["Courier"]) == []
    assert search(lexicon, "prisoner", titles=["nothing"]) == []


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


def test_an_index_that_lost_its_list_of_files_stands_nowhere(lexicon: Lexicon, tmp_path: Path) -> None:
    assert lexicon.stamp() == STAMP
    (tmp_path / "lexicon" / "meta.json").unlink()
    assert Lexicon(tmp_path / "lexicon").stamp() is None


def test_what_is_asked_for_itself_stands_for_nothing_else(shared: Lexicon) -> None:
    plain = Wanted({"sea": 1.0, "volcano": 1.0})
    (alone,) = shared.reader().search(plain, 10)
    (both,) = shared.reader().search(replace(plain, also={"volcano": ["sea"]}), 10)
    assert both.score == pytest.approx(alone.score)


def test_an_update_that_is_done_again_changes_nothing(lexicon: Lexicon) -> None:
    add(lexicon, FLOOD)
    assert lexicon.count() == 4
    assert found(lexicon, "river") == ["flood:1", "flood:2"]


def test_what_another_of_the_same_size_replaces_is_not_found_again(lexicon: Lexicon) -> None:
    for day in ("Monday", "Friday", "Sunday"):
        add(lexicon, briefing("note", f"The port opens on {day}."))
        assert found(lexicon, day) == ["note:1"]


def test_how_much_a_term_says_does_not_depend_on_what_was_removed(tmp_path: Path) -> None:
    lexicon = Lexicon(tmp_path)
    add(lexicon, *(briefing(f"b{i}", "ships", "bread") for i in range(9)))
    lexicon.update([f"b{i}" for i in range(8)], [], np.zeros((0, 3), dtype=np.float32))
    assert lexicon.count() == 2
    assert lexicon.reader().rarities(["ship"])["ship"] >= math.log(1 + 0.5 / 2.5)


def test_the_terms_that_differ_by_a_letter_are_known(lexicon: Lexicon) -> None:
    whole = briefing("near", "Venn met Vann.", "Venns came; a vent blew.", "Ven.", source="Fenn Post", title="Benn")
    lexicon.update([], hits(whole), vectors(whole))
    reader = lexicon.reader()
    assert sorted(reader.near("venn", 9)) == ["benn", "fenn", "vann", "ven", "vent"]
    assert len(reader.near("venn", 2)) == 2
    assert sorted(reader.near("vnen", 9)) == ["ven", "venn"]  # two swapped, or one left out
    assert reader.near("volcano", 9) == reader.near("", 9) == []
