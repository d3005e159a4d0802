"""Near-duplicates are found by their sketches, and nothing else is taken for one."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.alike import Alike, Likeness, likeness, sketch_of
from tests.toys import PROPERTY


def words(seed: int, count: int) -> list[str]:
    rng = random.Random(seed)
    return ["".join(rng.choices("abcdefghij", k=6)) for _ in range(count)]


def sketch(text: list[str]) -> bytes:
    made = sketch_of(" ".join(text))
    assert made is not None
    return made


def test_a_short_text_has_no_sketch() -> None:
    assert sketch_of(" ".join(words(1, 21))) is None  # 19 runs of three
    assert len(sketch(words(1, 22))) == 20 * 8
    assert len(sketch(words(1, 500))) == 64 * 8


def test_case_and_marks_do_not_count() -> None:
    text = words(1, 100)
    assert sketch(text) == sketch([w.upper() + "," for w in text])


@PROPERTY
@given(st.text(st.sampled_from("aAbΣ1_.,- \t\n\x1c\x85\u00a0\u3000") | st.characters(), max_size=80))
def test_words_are_read_wherever_white_space_and_marks_stand(text: str) -> None:
    plain = words(1, 30)
    found = re.findall(r"\w+", text.lower())
    assert sketch_of(" ".join([*plain, text])) == sketch_of(" ".join([*plain, *found]))


def test_short_texts_are_compared_exactly() -> None:
    text = words(1, 42)  # 40 runs; another last word changes one of them
    assert likeness(sketch(text), sketch([*text[:-1], "other"])) == pytest.approx(39 / 41)
    assert likeness(sketch(text), sketch(text)) == 1.0
    assert likeness(sketch(text), sketch(words(2, 42))) == 0.0


@pytest.mark.slow
@PROPERTY
@given(seed=st.integers(0, 10_000), share=st.floats(0.0, 1.0))
def test_the_estimate_is_near_the_share(seed: int, share: float) -> None:
    first, second = words(seed, 2_000), words(seed + 20_000, 2_000)
    common = int(2_000 * share)
    runs = max(0, common - 2)
    exact = runs / (2 * 1_998 - runs)
    assert likeness(sketch(first), sketch(first[:common] + second[common:])) == pytest.approx(exact, abs=0.25)


def test_the_nearest_is_found_among_many() -> None:
    alike = Alike((f"b{n}", sketch(words(n, 300))) for n in range(300))
    edited = [*words(7, 300)[:290], *words(999, 10)]
    found = alike.nearest("new", sketch(edited))
    assert found is not None
    assert found.briefing_id == "b7"
    assert found.share > 0.85
    assert alike.nearest("new", sketch(words(5_000, 300))) is None
    assert alike.nearest("b7", sketch(words(7, 300))) is None  # a briefing is no near-duplicate of itself
    assert alike.nearest("new", sketch(words(7, 300))) == Likeness("b7", 1.0)


def test_a_phrase_that_stands_everywhere_makes_no_near_duplicates() -> None:
    notice = words(0, 40)
    alike = Alike((f"b{n}", sketch(notice + words(n, 260))) for n in range(1, 200))
    assert alike.nearest("new", sketch(notice + words(5_000, 260))) is None
