"""The vector mirror: a plain Chroma collection that any other user of the store can read."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rag.briefings import Briefing
from rag.errors import LibraryError
from rag.storage.stamps import Stamp
from rag.vectors import COLLECTION, VectorMirror
from tests.chroma import client_at
from tests.toys import TOY, briefing, hits, vectors

STAMP = Stamp("library", TOY, 1)
ALPHA = briefing(
    "alpha",
    "Nine ships left.",
    "ships ships bread",
    published=date(2032, 5, 3),
    source="Gazette",
    title="Port news",
)
BETA = briefing("beta", "rain")

SHIPS = np.array([1, 0, 0], dtype=np.float32)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "chroma"


@pytest.fixture
def mirror(path: Path) -> Iterator[VectorMirror]:
    mirror = VectorMirror.at_path(path)
    add(mirror, ALPHA, BETA)
    yield mirror
    mirror.close()


def add(mirror: VectorMirror, *some: Briefing, forget: tuple[str, ...] = (), stamp: Stamp = STAMP) -> None:
    rows = [vectors(whole) for whole in some] or [np.zeros((0, 3), dtype=np.float32)]
    mirror.update(forget, [hit for whole in some for hit in hits(whole)], np.concatenate(rows))
    mirror.record(stamp)


def as_others_find_it(path: Path) -> dict[str, dict[str, Any]]:
    """Every row of the collection, by id, read with a Chroma client of the test's own."""
    with client_at(path) as client:
        rows = client.get_collection(COLLECTION, embedding_function=None).get(include=["metadatas", "embeddings"])
    assert rows["metadatas"] is not None
    assert rows["embeddings"] is not None
    columns = zip(rows["ids"], rows["metadatas"], rows["embeddings"], strict=True)
    return {i: {"metadata": m, "embedding": list(e)} for i, m, e in columns}


def test_another_user_of_the_store_finds_vectors_and_where_the_words_stand(
    mirror: VectorMirror, path: Path
) -> None:
    mirror.close()
    rows = as_others_find_it(path)
    assert set(rows) == {"alpha:1", "alpha:2", "beta:1"}
    second = rows["alpha:2"]
    assert second["embedding"] == pytest.approx([2 / 5**0.5, 1 / 5**0.5, 0])
    assert second["metadata"] == {
        "briefing_id": "alpha",
        "title": "Port news",
        "source": "Gazette",
        "first_paragraph": 2,
        "last_paragraph": 2,
        "start": 18,  # "Nine ships left." has 16 characters, and an empty line follows
        "end": 35,
        "published": "2032-05-03",
        "published_day": 20320503,
    }
    assert "published" not in rows["beta:1"]["metadata"]


def test_a_section_is_named_where_there_is_one(mirror: VectorMirror, path: Path) -> None:
    headed = [replace(hit, section="Harbour") for hit in hits(BETA)]
    mirror.update(("beta",), headed, vectors(BETA))
    mirror.record(STAMP)
    mirror.close()
    rows = as_others_find_it(path)
    assert rows["beta:1"]["metadata"]["section"] == "Harbour"
    assert "section" not in rows["alpha:1"]["metadata"]


def test_an_update_replaces_metadata_and_vector(mirror: VectorMirror, path: Path) -> None:
    add(mirror, briefing("alpha", "bread"), forget=("alpha",))
    assert mirror.ids() == {"alpha:1", "beta:1"}
    mirror.close()
    row = as_others_find_it(path)["alpha:1"]
    assert row["embedding"] == [0, 1, 0]
    assert "published" not in row["metadata"]  # of the old one


def test_an_update_that_is_done_twice_gives_the_same(mirror: VectorMirror) -> None:
    add(mirror, ALPHA, forget=("alpha",))
    add(mirror, ALPHA, forget=("alpha",))
    assert mirror.ids() == {"alpha:1", "alpha:2", "beta:1"}


def test_many_briefings_can_be_forgotten_at_once(mirror: VectorMirror) -> None:
    add(mirror, forget=("alpha", *(f"nobody-{n}" for n in range(1200)), "beta"))
    assert mirror.ids() == set()


def test_more_passages_than_one_batch_are_kept(mirror: VectorMirror) -> None:
    add(mirror, briefing("long", *["rain"] * 1500))
    assert len(mirror.ids()) == 1503


def test_a_query_gives_the_nearest_first_with_their_cosine(mirror: VectorMirror) -> None:
    assert mirror.query(SHIPS, 3) == [
        ("alpha:1", pytest.approx(1.0)),  # (1, 0, 0) · (1, 0, 0)
        ("alpha:2", pytest.approx(2 / 5**0.5)),  # (1, 0, 0) · (2, 1, 0) / √5
        ("beta:1", pytest.approx(0.0, abs=1e-6)),
    ]
    assert [i for i, _ in mirror.query(SHIPS, 1)] == ["alpha:1"]


def test_asking_for_more_than_there_are_gives_all(mirror: VectorMirror) -> None:
    assert len(mirror.query(SHIPS, 100)) == 3


def test_the_stamp_is_that_of_the_last_update(mirror: VectorMirror, path: Path) -> None:
    assert mirror.stamp() == STAMP
    later = Stamp("library", TOY, 2)
    add(mirror, forget=("beta",), stamp=later)
    assert mirror.stamp() == later
    mirror.close()
    again = VectorMirror.at_path(path)
    assert again.stamp() == later
    assert again.ids() == {"alpha:1", "alpha:2"}
    assert [i for i, _ in again.query(SHIPS, 2)] == ["alpha:1", "alpha:2"]
    again.close()


def test_a_cleared_mirror_is_as_a_new_one_and_can_be_filled_again(mirror: VectorMirror) -> None:
    mirror.clear()
    assert (mirror.ids(), mirror.stamp()) == (set(), None)
    wide = np.eye(5, dtype=np.float32)[:1]  # another embedder's: five numbers
    mirror.update((), hits(BETA), wide)
    assert [i for i, _ in mirror.query(wide[0], 1)] == ["beta:1"]


def test_a_healthy_mirror_passes_its_probe_full_or_empty(mirror: VectorMirror) -> None:
    assert mirror.probe()
    mirror.clear()
    assert mirror.probe()


def test_other_collections_of_the_store_are_left_alone(path: Path) -> None:
    with client_at(path) as client:
        client.create_collection("another", embedding_function=None).add(ids=["x"], embeddings=[1.0, 2.0])
    mirror = VectorMirror.at_path(path)
    add(mirror, ALPHA)
    mirror.clear()
    mirror.close()
    with client_at(path) as client:
        assert client.get_collection("another", embedding_function=None).count() == 1


def test_a_server_that_does_not_answer_is_named_with_the_remedy() -> None:
    with pytest.raises(LibraryError) as caught:
        VectorMirror.at_url("http://127.0.0.1:9")
    assert "http://127.0.0.1:9" in caught.value.reason
    assert "CHROMA_URL" in caught.value.remedy
