"""How a question names a briefing by its place among others."""

import pytest

from rag.asking.places import PLACED, placed_elsewhere


@pytest.mark.parametrize(
    ("text", "also", "which", "topic", "piece"),
    [
        ("What did the second drought bulletin say about losses?", None, "second", "drought ", "bulletin"),
        ("How do the first and the third report differ?", "first", "third", "", "report"),
        ("In the later report on the fire, what burned?", None, "later", "", "report"),
        ("Compare the April and May bulletins", "April", "May", "", "bulletins"),
    ],
)
def test_a_place(text: str, also: str | None, which: str, topic: str, piece: str) -> None:
    match = PLACED.search(text)
    assert match is not None
    assert match.group("also", "which", "topic", "piece") == (also, which, topic, piece)


@pytest.mark.parametrize(
    "text",
    ["Who reported first?", "Which report came first?", "What did the bulletin say?", "How may bulletins help?"],
)
def test_no_place(text: str) -> None:
    assert PLACED.search(text) is None


def test_another_one_is_asked_about() -> None:
    asked = "What did the second bulletin say about losses?"
    assert placed_elsewhere(asked, "the previous one") == "What did the previous bulletin say about losses?"
    assert placed_elsewhere(asked, "the third") == "What did the third bulletin say about losses?"
    assert placed_elsewhere(asked, "the third man") is None
    assert placed_elsewhere("What did the bulletin say?", "the previous one") is None
    assert placed_elsewhere("How do the first and second report differ?", "the third one") is None
