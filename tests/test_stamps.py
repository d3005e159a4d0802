"""A stamp comes back as it was written, and anything else is no stamp."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.storage.stamps import Stamp
from tests.toys import PROPERTY


@PROPERTY
@given(st.builds(Stamp, st.text(), st.text(), st.integers(0)))
def test_a_stamp_survives_writing_and_reading(stamp: Stamp) -> None:
    assert Stamp.read(stamp.write()) == stamp


@pytest.mark.parametrize("junk", [None, "", "junk", "{", "[]", "null", "5", '"a"', "{}", '{"library_id": "a"}'])
def test_anything_else_is_no_stamp(junk: str | None) -> None:
    assert Stamp.read(junk) is None


def test_a_stamp_of_a_later_format_is_no_stamp() -> None:
    assert Stamp.read('{"library_id": "a", "recipe": "b", "revision": 1, "more": 2}') is None
