"""Two rankings become one, by reciprocal ranks."""

import asyncio
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.briefings import Scope
from rag.errors import NotFoundError
from rag.library import Library
from rag.mirrors import Mirrors
from rag.retrieve import FusionRetriever, fuse
from tests.toys import PROPERTY, TOY, ToyEmbedder, briefing, put

RANKING = st.lists(st.sampled_from("abcdefgh"), unique=True)
ALPHA = briefing("alpha", "ships ships bread", "bread", published=date(2032, 5, 3), source="Gazette")
BETA = briefing("beta", "rain in the “north”", "ships storm", published=date(2032, 6, 1))
GAMMA = briefing("gamma", "rain and bread")


# -- fusing ---------------------------------------------------------------------------------------------


def test_scores_are_sums_of_reciprocal_ranks() -> None:
    fused = fuse([["a", "b", "c"], ["b", "d"]])
    assert list(fused) == ["b", "a", "d", "c"]
    assert fused == {
        "b": pytest.approx(1 / 62 + 1 / 61),  # second and first
        "a": pytest.approx(1 / 61),
        "d": pytest.approx(1 / 62),
        "c": pytest.approx(1 / 63),
    }


def test_two_middling_ranks_beat_one_first() -> None:
    assert Fraction(1, 62) + Fraction(1, 63) > Fraction(1, 61)
    assert next(iter(fuse([["a", "b", "c"], ["x", "y", "b"]]))) == "b"


def test_ties_keep_the_order_of_first_appearance() -> None:
    assert list(fuse([["b", "c"], ["a", "d"]])) == ["b", "a", "c", "d"]


def test_nothing_fused_is_nothing() -> None:
    assert fuse([]) == fuse([[], []]) == {}


@PROPERTY
@given(RANKING, RANKING)
def test_every_id_comes_once_and_best_first_whichever_ranking_is_named_first(a: list[str], b: list[str]) -> None:
    fused = fuse([a, b])
    assert set(fused) == {*a, *b}
    assert all(x >= y for x, y in pairwise(fused.values()))
    assert fused == pytest.approx(fuse([b, a]))


# -- searching ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def retriever(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FusionRetriever]:
    home = tmp_path_factory.mktemp("retriever")
    library = Library.open(home / "library.sqlite3")
    for whole in (ALPHA, BETA, GAMMA):
        put(library, whole)
    mirrors = Mirrors(home, library, TOY)
    yield FusionRetriever(library, mirrors, ToyEmbedder(), k=3)
    mirrors.close()
    library.close()


def ids(retriever: FusionRetriever, query: str, k: int | None = 10, scope: Scope | None = None) -> list[str]:
    return [hit.passage.passage_id for hit in retriever.search(query, k, scope)]


def test_a_passage_that_is_first_by_words_and_by_vector_is_first(retriever: FusionRetriever) -> None:
    hits = retriever.search("rain", 10)
    assert (
        hits[0].passage.passage_id == "beta:1"
    )  # (0, 0, 1) by vector; shorter than gamma's by words: "rain north"
    assert hits[0].score == pytest.approx(1 / 61 + 1 / 61)
    assert hits[1].passage.passage_id == "gamma:1"
    assert hits[1].score == pytest.approx(1 / 62 + 1 / 62)
    assert hits[0].text == "rain in the “north”"
    assert (hits[0].title, hits[0].published) == ("About beta", date(2032, 6, 1))


def test_each_passage_comes_once(retriever: FusionRetriever) -> None:
    found = ids(retriever, "ships bread rain storm")
    assert len(found) == len(set(found)) == 5


def test_only_the_k_best_come_and_the_retriever_has_a_k_of_its_own(retriever: FusionRetriever) -> None:
    everything = ids(retriever, "ships bread rain")
    assert ids(retriever, "ships bread rain", k=2) == everything[:2]
    assert ids(retriever, "ships bread rain", k=None) == everything[:3]


def test_a_word_that_the_embedder_does_not_know_is_found_by_the_words_alone(retriever: FusionRetriever) -> None:
    (hit,) = retriever.search("the storm", 10)
    assert (hit.passage.passage_id, hit.score) == ("beta:2", pytest.approx(1 / 61))


def test_words_that_stand_nowhere_find_nothing(retriever: FusionRetriever) -> None:
    assert ids(retriever, "volcano") == []


@pytest.mark.parametrize(
    ("scope", "admitted"),
    [
        (Scope(("beta",)), {"beta:1", "beta:2"}),
        (Scope(("beta", "gamma")), {"beta:1", "beta:2", "gamma:1"}),
        (Scope(until=date(2032, 5, 31)), {"alpha:1", "alpha:2"}),
        (Scope(since=date(2033, 1, 1)), set()),
        (Scope(), {"alpha:1", "alpha:2", "beta:1", "beta:2", "gamma:1"}),
    ],
)
def test_a_scope_limits_both_rankings(retriever: FusionRetriever, scope: Scope, admitted: set[str]) -> None:
    assert set(ids(retriever, "ships bread rain", scope=scope)) == admitted


def test_an_unknown_briefing_in_a_scope_is_an_error(retriever: FusionRetriever) -> None:
    with pytest.raises(NotFoundError):
        ids(retriever, "ships", scope=Scope(("nobody",)))


def test_llama_index_gets_nodes_with_the_exact_words_and_their_place(retriever: FusionRetriever) -> None:
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
    assert nodes[0].score == pytest.approx(1 / 61)
    assert asyncio.run(retriever.aretrieve("storm")) == nodes
