"""A passage's profile survives being packed into bytes."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from rag.storage.profiles import Profile, pack, unpack
from tests.toys import PROPERTY, briefing, hits

(HIT,) = hits(briefing("alpha", "Nine ships left.", published=date(2032, 5, 3), source="Gazette"))


def test_a_profile_comes_back_as_it_was_packed() -> None:
    vector = np.array([0.6, -0.8, 0.0], dtype=np.float32)
    read = unpack(pack(HIT, ["port"], [["nine", "ship"], [], ["left"]], vector), 2.5)
    assert (read.passage_id, read.briefing_id, read.source) == ("alpha:1", "alpha", "Gazette")
    assert (read.published, read.headings, read.score) == (date(2032, 5, 3), "port", 2.5)
    assert read.sentences == ("nine ship", "", "left")
    assert read.vector == pytest.approx(vector, abs=0.8 / 254)  # half a step of 0.8 / 127


def test_what_is_not_known_stays_unknown() -> None:
    (undated,) = hits(briefing("beta", "Rain."))
    read = unpack(pack(undated, [], [], np.zeros(3, dtype=np.float32)), 0.0)
    assert (read.published, read.headings, read.vector.any()) == (None, "", False)
    assert Profile.unread("x").passage_id == "x"


@PROPERTY
@given(arrays(np.float32, 16, elements=st.floats(-1, 1, width=32)))
def test_a_cosine_changes_little(vector: np.ndarray) -> None:
    length = float(np.linalg.norm(vector))
    if length > 1e-3:
        unit = (vector / length).astype(np.float32)
        assert float(unpack(pack(HIT, [], [], unit), 0.0).vector @ unit) == pytest.approx(1.0, abs=0.02)
