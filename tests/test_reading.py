"""What is read from the library is what was put there: briefings, scopes, passages and vectors."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from rag.briefings import Scope
from rag.errors import NotFoundError
from rag.library import Library
from tests.toys import ALPHA, BETA, GAMMA, PROPERTY, ToyEmbedder, briefing, passages, put


def test_a_new_library_is_empty_and_has_a_name_of_its_own(library: Library, tmp_path: Path) -> None:
    assert (library.revision(), library.embedder(), library.summaries()) == (0, None, [])
    assert library.passage_ids() == set()
    assert library.check() is None
    other = Library.open(tmp_path / "other.sqlite3")
    assert library.library_id() != other.library_id()
    other.close()


def test_a_briefing_comes_back_as_it_was_put(library: Library) -> None:
    whole = briefing("räksmörgås", "Ärende 😀 one.", "“Two”\nlines.", published=date(1999, 12, 31), source="Ö")
    parts = (replace(whole.paragraphs[0], section="§ 1"), replace(whole.paragraphs[1], kind="list_item", page=3))
    whole = replace(whole, paragraphs=parts, recipe=7, title="Ein Titel", author="Åse")
    put(library, whole)
    assert library.briefing(whole.briefing_id) == whole


def test_briefings_come_in_the_order_asked_for_each_once_and_unknown_ones_are_left_out(library: Library) -> None:
    for whole in (ALPHA, BETA, GAMMA):
        put(library, whole)
    assert library.briefings(["gamma", "nobody", "alpha", "gamma"]) == [GAMMA, ALPHA]
    assert library.briefings([]) == []


def test_a_library_knows_which_briefings_it_has_and_where_from(library: Library) -> None:
    put(library, ALPHA)
    assert library.uris() == {"alpha": ALPHA.uri}


@pytest.mark.parametrize(
    ("scope", "admitted"),
    [
        (Scope(), ["alpha", "beta", "gamma"]),
        (Scope(("gamma", "alpha")), ["alpha", "gamma"]),
        (Scope(since=date(2032, 5, 3)), ["alpha", "beta"]),  # both ends are included
        (Scope(since=date(2032, 5, 4)), ["beta"]),
        (Scope(until=date(2032, 6, 1)), ["alpha", "beta"]),  # an undated one is left out
        (Scope(until=date(2032, 5, 31)), ["alpha"]),
        (Scope(since=date(2032, 5, 4), until=date(2032, 5, 31)), []),
        (Scope(("gamma",), since=date(2000, 1, 1)), []),
        (Scope(sources=(ALPHA.source,)), [b.briefing_id for b in (ALPHA, BETA, GAMMA) if b.source == ALPHA.source]),
        (Scope(("alpha",), sources=("Nobody",)), []),
    ],
)
def test_a_scope_admits(library: Library, scope: Scope, admitted: list[str]) -> None:
    for whole in (ALPHA, BETA, GAMMA):
        put(library, whole)
    assert library.within(scope) == admitted
    assert library.count_within(scope) == len(admitted)
    assert library.within(scope, 1) == [] or library.within(scope, 1)[0] in admitted
    first = {f"{whole.briefing_id}:1" for whole in (ALPHA, BETA, GAMMA)}
    assert library.passages_within([*first, "nobody:1"], scope) == {f"{i}:1" for i in admitted}


def test_an_unknown_id_in_a_scope_is_named_with_the_nearest(library: Library) -> None:
    put(library, ALPHA)
    with pytest.raises(NotFoundError) as caught:
        library.within(Scope(("alpha", "alhpa")))
    assert "alhpa" in caught.value.reason
    assert "'alpha'" in caught.value.remedy


def test_an_unknown_briefing_is_named_with_the_nearest_or_with_none(library: Library) -> None:
    put(library, ALPHA)
    put(library, BETA)
    with pytest.raises(NotFoundError) as caught:
        library.briefing("betta")
    assert "'beta'" in caught.value.remedy
    with pytest.raises(NotFoundError) as caught:
        library.briefing("zzzzzz")
    assert "alpha" not in caught.value.remedy
    assert "beta" not in caught.value.remedy


def test_hits_are_highest_first_and_ids_that_are_not_there_are_left_out(library: Library) -> None:
    put(library, ALPHA)
    put(library, BETA)
    found = library.hits({"alpha:1": 0.25, "beta:1": 0.5, "nobody:1": 9.0, "alpha:2": 0.75})
    assert [(h.passage.passage_id, h.score) for h in found] == [
        ("alpha:2", 0.75),
        ("beta:1", 0.5),
        ("alpha:1", 0.25),
    ]
    assert library.hits({}) == []
    alike = library.hits({"beta:1": 0.5, "alpha:2": 0.5, "alpha:1": 0.5})
    assert [h.passage.passage_id for h in alike] == ["alpha:1", "alpha:2", "beta:1"]


def test_a_hit_holds_the_exact_words_and_where_they_stand(library: Library) -> None:
    whole = briefing("beyond", "😀😀 “ships”", "𝔹read é\u0301 rain.", published=date(2032, 1, 2), title="T")
    whole = replace(whole, paragraphs=(whole.paragraphs[0], replace(whole.paragraphs[1], section="Second")))
    put(library, whole)
    (hit,) = library.hits({"beyond:2": 1.0})
    assert hit.text == "𝔹read é\u0301 rain." == whole.words_of(hit.passage)
    assert hit.passage == passages(whole)[1]
    assert (hit.title, hit.source, hit.published, hit.section) == ("T", "Courier", date(2032, 1, 2), "Second")


def test_more_passages_than_fit_into_one_query_are_found(library: Library) -> None:
    put(library, briefing("long", *["ships"] * 1201))
    scores = {f"long:{n}": float(n) for n in range(1, 1202)}
    assert [h.score for h in library.hits(scores)] == [float(n) for n in range(1201, 0, -1)]


def test_passages_come_in_reading_order_with_their_vectors(library: Library) -> None:
    long = briefing("long", *[("ships", "bread", "rain")[n % 3] for n in range(12)])
    put(library, long)
    put(library, BETA)
    found, rows = library.passages(["long", "beta", "nobody"])
    assert [h.passage.passage_id for h in found] == ["beta:1", *[f"long:{n}" for n in range(1, 13)]]
    assert rows.tolist() == ToyEmbedder().embed([h.text for h in found]).tolist()
    assert library.passages([])[0] == []


@settings(PROPERTY, max_examples=30)
@given(rows=arrays(np.float32, (2, 5), elements=st.floats(width=32, allow_nan=False)))
def test_vectors_come_back_exactly(rows: np.ndarray) -> None:
    library = Library.open("sqlite://")
    put(library, ALPHA, rows)
    ids, briefing_ids, found = library.vectors()
    assert (ids, briefing_ids) == (["alpha:1", "alpha:2"], ["alpha", "alpha"])
    assert found.dtype == np.float32
    assert found.tobytes() == rows.tobytes()
    library.close()
