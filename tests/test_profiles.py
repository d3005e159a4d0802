"""A passage's profile survives being packed into bytes."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from rag.storage.profiles import Profile, cosines, pack, unpack
from tests.toys import PROPERTY, briefing, hits

(HIT,) = hits(briefing("alpha", "Nine ships left.", published=date(2032, 5, 3), source="Gazette"))


def test_a_profile_comes_back_as_it_was_packed() -> None:
    vector = np.array([0.6, -0.8, 0.0], dtype=np.float32)
    read = unpack(pack(HIT, ["port"], [["nine", "ship"], [], ["left"]], vector), 2.5)
    assert (read.passage_id, read.briefing_id, read.source) == ("alpha:1", "alpha", "Gazette")
    assert (read.published, read.headings, read.score) == (date(2032, 5, 3), "port", 2.5)
    assert read.sentences == ("nine ship", "", "left")
    assert [round(s * 0.8 / 127, 2) for s in np.frombuffer(read.steps, np.int8).tolist()] == [0.6, -0.8, 0.0]
    assert read.step == pytest.approx(0.8 / 127)


def test_what_is_not_known_stays_unknown() -> None:
    (undated,) = hits(briefing("beta", "Rain."))
    read = unpack(pack(undated, [], [], np.zeros(3, dtype=np.float32)), 0.0)
    assert (read.published, read.headings, any(read.steps)) == (None, "", False)
    assert Profile.unread("x").passage_id == "x"


@PROPERTY
@given(arrays(np.float32, 16, elements=st.floats(-1, 1, width=32)))
def test_a_cosine_changes_little(vector: np.ndarray) -> None:
    length = float(np.linalg.norm(vector))
    if length > 1e-3:
        unit = (vector / length).astype(np.float32)
        unread, other = Profile.unread("x"), unpack(pack(HIT, [], [], -unit), 0.0)
        found = cosines([unpack(pack(HIT, [], [], unit), 0.0), unread, other], unit)
        assert found.tolist() == pytest.approx([1.0, 0.0, -1.0], abs=0.02)
