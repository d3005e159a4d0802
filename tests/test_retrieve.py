"""Two rankings become one, by reciprocal ranks."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answers import PlanStep
from rag.briefings import Hit, Scope
from rag.errors import NotFoundError
from rag.finding.plans import Part, Plan, Turn
from rag.finding.ranking import PART, WHOLE, Candidate, scores
from rag.finding.search import Found, Proposals, Search, taken_in_turn
from rag.library import Library
from rag.llm.rerank import Reranked
from rag.mirrors import Mirrors
from rag.retrieve import PlannedRetriever
from rag.storage.profiles import Profile
from rag.words.periods import Period
from tests.toys import PROPERTY, TOY, ToyEmbedder, briefing, put

RANKING = st.lists(st.sampled_from("abcdefgh"), unique=True)
ALPHA = briefing("alpha", "ships ships bread", "bread", published=date(2032, 5, 3), source="Gazette")
BETA = briefing("beta", "rain in the “north”", "ships storm", published=date(2032, 6, 1))
GAMMA = briefing("gamma", "rain and bread")


# -- taking turns ---------------------------------------------------------------------------------------


def turns(*lists: Sequence[str]) -> list[str]:
    return [found.passage_id for found in taken_in_turn([[Found(i, 0.0) for i in some] for some in lists])]


def test_lists_take_turns_and_each_passage_comes_once() -> None:
    assert turns("abc", "xay", "b") == ["a", "x", "b", "c", "y"]
    assert turns() == turns("", "") == []


@PROPERTY
@given(st.lists(RANKING, max_size=4))
def test_everything_is_taken_once_and_the_first_of_all_comes_first(lists: list[list[str]]) -> None:
    taken = turns(*lists)
    assert sorted(taken) == sorted({i for some in lists for i in some})
    for some in lists:
        if some:
            assert taken.index(some[0]) < len(lists)


# -- searching ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def retriever(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlannedRetriever]:
    home = tmp_path_factory.mktemp("retriever")
    library = Library.open(home / "library.sqlite3")
    for whole in (ALPHA, BETA, GAMMA):
        put(library, whole)
    mirrors = Mirrors(home, library, TOY)
    yield PlannedRetriever(library, mirrors, ToyEmbedder())
    mirrors.close()
    library.close()


def ids(retriever: PlannedRetriever, query: str, k: int = 10, scope: Scope | None = None) -> list[str]:
    return [hit.passage.passage_id for hit in retriever.search(query, k, scope)]


@pytest.mark.parametrize("question", ["Who was kidnapped?", "WHO WAS KIDNAPPED?"])
def test_a_passage_in_other_words_is_found_and_its_synonyms_count(tmp_path: Path, question: str) -> None:
    library = Library.open(tmp_path / "library.sqlite3")
    put(library, briefing("taken", "Nine people were abducted.", "Nobody knew of it."))
    mirrors = Mirrors(tmp_path, library, TOY)
    retriever = PlannedRetriever(library, mirrors, ToyEmbedder())
    search = Search(library, mirrors, ToyEmbedder(), retriever.plan(question), 3, Scope())
    proposals = search.for_whole()
    assert [c.profile.passage_id for c in proposals.candidates] == ["taken:1"]
    (without,) = scores(search.asked, proposals.part, proposals.candidates, WHOLE)
    assert search.best()[0].score > without
    mirrors.close()
    library.close()


def test_a_passage_that_is_first_by_words_and_by_vector_is_first(retriever: PlannedRetriever) -> None:
    hits = retriever.search("rain north", 10)
    assert [hit.passage.passage_id for hit in hits[:2]] == ["beta:1", "gamma:1"]  # (0, 0, 1) by vector
    assert all(a.score >= b.score for a, b in pairwise(hits))
    assert hits[0].text == "rain in the “north”"
    assert (hits[0].title, hits[0].published) == ("About beta", date(2032, 6, 1))


def test_each_passage_comes_once(retriever: PlannedRetriever) -> None:
    found = ids(retriever, "ships bread rain storm")
    assert len(found) == len(set(found)) == 5


def test_only_the_k_best_come(retriever: PlannedRetriever) -> None:
    everything = ids(retriever, "ships bread rain")
    assert ids(retriever, "ships bread rain", k=2) == everything[:2]


def test_a_word_that_the_embedder_does_not_know_is_found_by_the_words_alone(retriever: PlannedRetriever) -> None:
    assert ids(retriever, "the storm") == ["beta:2"]


def test_words_that_stand_nowhere_find_nothing(retriever: PlannedRetriever) -> None:
    assert ids(retriever, "volcano") == []


@pytest.mark.parametrize(
    ("scope", "admitted"),
    [
        (Scope(("beta",)), {"beta:1", "beta:2"}),
        (Scope(("beta", "gamma")), {"beta:1", "beta:2", "gamma:1"}),
        (Scope(until=date(2032, 5, 31)), {"alpha:1", "alpha:2"}),
        (Scope(since=date(2033, 1, 1)), set()),
        (Scope(sources=("Gazette",)), {"alpha:1", "alpha:2"}),
        (Scope(sources=("Gazette", "Courier"), since=date(2032, 6, 1)), {"beta:1", "beta:2"}),
        (Scope(), {"alpha:1", "alpha:2", "beta:1", "beta:2", "gamma:1"}),
    ],
)
def test_a_scope_limits_words_and_vectors(retriever: PlannedRetriever, scope: Scope, admitted: set[str]) -> None:
    assert set(ids(retriever, "ships bread rain", scope=scope)) == admitted


def test_a_briefing_named_by_its_title_comes_first_and_the_whole_question_fills_the_rest(
    retriever: PlannedRetriever,
) -> None:
    asked = "What does “About gamma” say about the storm?"
    assert retriever.plan(asked).steps == (PlanStep(asked, title="About gamma"),)
    assert ids(retriever, asked, k=2) == ["gamma:1", "beta:2"]
    assert ids(retriever, "What does “about” say about the storm?")[0] == "beta:2"  # no title


def test_a_title_outside_the_scope_leaves_the_whole_question(retriever: PlannedRetriever) -> None:
    assert ids(retriever, "What does “About gamma” say of a storm?", scope=Scope(("beta",)))[0] == "beta:2"


def test_a_source_of_the_question_outside_the_scope_is_not_looked_into(retriever: PlannedRetriever) -> None:
    asked = "What do the Gazette and the Courier report about ships?"
    assert {i.split(":")[0] for i in ids(retriever, asked)} >= {"alpha", "beta"}
    assert {i.split(":")[0] for i in ids(retriever, asked, scope=Scope(sources=("Gazette",)))} == {"alpha"}


def test_an_unknown_briefing_in_a_scope_is_an_error(retriever: PlannedRetriever) -> None:
    with pytest.raises(NotFoundError):
        ids(retriever, "ships", scope=Scope(("nobody",)))


def test_llama_index_gets_nodes_with_the_exact_words_and_their_place(retriever: PlannedRetriever) -> None:
    nodes = retriever.retrieve("storm")
    assert [n.node.node_id for n in nodes] == ["beta:2"]
    node = nodes[0].node
    assert node.get_content() == "ships storm"
    assert BETA.text[node.start_char_idx : node.end_char_idx] == "ships storm"  # type: ignore[attr-defined]
    assert node.metadata == {
        "briefing_id": "beta",
        "title": "About beta",
        "source": "Courier",
        "published": "2032-06-01",
        "section": None,
        "first_paragraph": 2,
        "last_paragraph": 2,
    }
    assert nodes[0].score == retriever.search("storm")[0].score
    assert asyncio.run(retriever.aretrieve("storm")) == nodes


def test_sources_that_a_question_names_take_turns(retriever: PlannedRetriever) -> None:
    planned = retriever.plan("Does the Gazette report bread while the Courier reports rain?")
    assert [part.sources for part in planned.parts] == [("Gazette",), ("Courier",)]
    hits = retriever.search_by(planned, 2)
    assert {hit.source for hit in hits} == {"Gazette", "Courier"}
    assert len(retriever.search_by(planned, 10)) == 5  # the whole question fills what is left


def test_a_source_that_holds_nothing_of_it_leaves_the_whole_question(retriever: PlannedRetriever) -> None:
    found = ids(retriever, "Does the Gazette report rain in the north?")
    assert found[0] == "beta:1"  # a Courier's


def test_without_an_index_of_words_the_vectors_are_searched(
    retriever: PlannedRetriever, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Mirrors, "of_words", lambda self, read, otherwise: otherwise)
    assert set(ids(retriever, "rain")[:2]) == {"beta:1", "gamma:1"}


def test_a_period_of_publication_narrows_the_scope(retriever: PlannedRetriever) -> None:
    planned = retriever.plan("What was reported in May 2032 about ships?")
    (part,) = planned.parts
    assert part.period
    assert part.period.until == date(2032, 5, 31)
    june = retriever.search_by(planned, 10, Scope(since=date(2032, 6, 1)))
    assert {hit.passage.briefing_id for hit in june} == {"beta"}  # none of May's, only the whole question's
    assert {hit.passage.briefing_id for hit in retriever.search_by(planned, 2)} == {"alpha"}


def test_an_event_is_dated_by_the_library_and_what_was_since_comes_first(retriever: PlannedRetriever) -> None:
    planned = retriever.plan("What of ships since the rain in the north?")
    (step,) = planned.steps  # beta is about it: its opening holds both words
    assert (step.event, step.since, step.dated_by) == ("the rain in the north", date(2032, 6, 1), "beta¶1")
    assert retriever.search_by(planned, 1)[0].passage.briefing_id == "beta"
    assert {hit.passage.briefing_id for hit in retriever.search_by(planned, 10)} >= {"alpha", "beta"}


def test_only_briefings_within_the_scope_date_an_event(retriever: PlannedRetriever) -> None:
    question = "What of ships since the rain in the north?"
    assert retriever.plan(question, Scope(until=date(2032, 5, 31))).parts == ()
    assert retriever.plan(question, Scope(("alpha",))).parts == ()
    assert retriever.plan(question, Scope(("beta",))).parts != ()


def test_the_last_week_of_a_scope_is_counted_from_its_end(retriever: PlannedRetriever) -> None:
    question = "What was reported last week?"
    assert retriever.plan(question).steps[0].since == date(2032, 5, 24)  # the newest is of Tuesday, 1 June
    assert retriever.plan(question, Scope(until=date(2032, 5, 12))).steps[0].since == date(2032, 5, 3)
    assert retriever.plan(question, Scope(until=date(2040, 5, 12))).steps[0].since == date(2032, 5, 24)


class Broken:
    """A reranker that turns the order and says that it failed."""

    def rerank(self, question: str, hits: Sequence[Hit]) -> Reranked:
        """The hits from last to first."""
        return Reranked(tuple(hits[::-1]), ("It broke.",))


def test_where_a_reranker_fails_passages_are_found_as_without_it(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library.sqlite3")
    for whole in (ALPHA, BETA, GAMMA):
        put(library, whole)
    mirrors = Mirrors(tmp_path, library, TOY)
    plain = PlannedRetriever(library, mirrors, ToyEmbedder())
    broken = PlannedRetriever(library, mirrors, ToyEmbedder(), reranker=Broken())
    planned = plain.plan("ships bread rain")
    found = broken.retrieved(planned, 2)
    assert found.hits == plain.retrieved(planned, 2).hits
    assert found.notices == ("It broke.",)
    mirrors.close()
    library.close()


# -- turns of a plan ------------------------------------------------------------------------------------


class Ranked(Search):
    """A search whose lists are given: for each part, by its text, and for the "whole" question."""

    def __init__(self, planned: Plan, k: int, lists: Mapping[str, Sequence[tuple[str, float]]]) -> None:
        self._plan, self._k, self._lists = planned, k, lists
        self._for_whole, self._for_part = WHOLE, PART

    def for_parts(self) -> list[Proposals]:
        return [Proposals(part, ()) for part in self._plan.parts]

    def for_whole(self) -> Proposals:
        return Proposals(self._plan.whole, ())

    def _ranked(self, proposals: Proposals, weights: Mapping[str, float]) -> list[Found]:
        assert weights is (WHOLE if proposals.part is self._plan.whole else PART)
        return [Found(name, score) for name, score in self._lists[proposals.part.text]]


@pytest.mark.parametrize(
    ("certain", "turn", "k", "expected"),
    [
        (True, "first", 4, "xaby"),  # the part with the best find begins; the whole question is not asked
        (True, "first", 7, "xabywvu"),  # and fills what is left
        (False, "first", 4, "wxav"),
        (False, "last", 4, "xawb"),
        (False, "twice", 5, "wvxau"),
    ],
)
def test_the_whole_question_has_its_turn_when_its_parts_are_not_certain(
    certain: bool, turn: Turn, k: int, expected: str
) -> None:
    planned = Plan(Part("whole", {}), (Part("one", {}), Part("other", {})), certain=certain, turn=turn)
    lists = {"one": [("a", 1.0), ("b", 0.5)], "other": [("x", 2.0), ("b", 1.5), ("y", 0.1)], "whole": [("w", 9.0)]}
    lists["whole"] += [("v", 8.0), ("u", 7.0)]
    assert "".join(found.passage_id for found in Ranked(planned, k, lists).best()) == expected


def test_like_scores_are_ordered_by_their_ids(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library.sqlite3")
    mirrors = Mirrors(tmp_path, library, TOY)
    search = Search(library, mirrors, ToyEmbedder(), Plan(Part("ships", {})), 3, Scope())
    proposals = Proposals(Part("ships", {}), tuple(Candidate(Profile.unread(name)) for name in "bca"))
    assert [found.passage_id for found in search._ranked(proposals, WHOLE)] == ["a", "b", "c"]
    mirrors.close()
    library.close()


def test_as_many_passages_are_proposed_as_are_wanted(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library.sqlite3")
    put(library, briefing("many", *["ships"] * 40))
    mirrors = Mirrors(tmp_path, library, TOY)
    retriever = PlannedRetriever(library, mirrors, ToyEmbedder())
    assert len(ids(retriever, "ships", 35)) == 35
    assert len(retriever.search("ships")) == len(retriever.retrieve("ships")) == 10
    mirrors.close()
    library.close()


def test_within_a_scope_only_its_own_vectors_are_compared(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library.sqlite3")
    put(library, briefing("many", *["ships"] * 40))
    put(library, briefing("mine", "a fleet: ships bread"))
    mirrors = Mirrors(tmp_path, library, TOY)
    retriever = PlannedRetriever(library, mirrors, ToyEmbedder())
    search = Search(library, mirrors, ToyEmbedder(), retriever.plan("ships"), 3, Scope(("mine",)))
    (mine,) = search.for_whole().candidates
    assert (mine.profile.passage_id, mine.vector_rank) == ("mine:1", 0)
    mirrors.close()
    library.close()


def test_where_a_source_is_named_the_period_of_an_event_does_not_narrow_it(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library.sqlite3")
    put(library, ALPHA)
    mirrors = Mirrors(tmp_path, library, TOY)
    later = Period(date(2033, 1, 1), None, 0, 1)
    whole = Part("ships", {"ship": 1.0})
    for sources, found in ((("Gazette",), 1), ((), 0)):
        part = Part("ships", {"ship": 1.0}, sources, later)
        search = Search(library, mirrors, ToyEmbedder(), Plan(whole, (part,)), 3, Scope())
        (proposals,) = search.for_parts()
        assert len(proposals.candidates) == found
    mirrors.close()
    library.close()
