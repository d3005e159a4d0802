"""How a question names a briefing by its place among others."""

import pytest

from rag.asking.places import PLACED, placed_elsewhere, put_together


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


@pytest.mark.parametrize(
    ("text", "together"),
    [
        (
            "how does the later fever bulletin differ from the earlier one?",
            "how does the later and the earlier fever bulletin differ?",
        ),
        ("What do Bulletin 1 and Bulletin 2 say of it?", "What do the first and the second Bulletin say of it?"),
        ("Compare bulletins 1 and 3 on deaths", "Compare the first and the third bulletins on deaths"),
        ("How do Bulletin No. 1 and No. 3 differ?", "How do the first and the third Bulletin differ?"),
        (
            "How does fever bulletin No. 3 differ from fever bulletin No. 1 on deaths?",
            "How does the third and the first fever bulletin differ on deaths?",
        ),
        ("compare fever bulletin no. 6 and no. 9", "compare the sixth and the ninth fever bulletin"),
        ("Compare the May report with the June one", "Compare the May and the June report"),
        ("How do the first and the second report differ?", None),
        ("What did the first report say about the second flood?", None),
        ("How many died, by report 2 from 3 villages?", None),
        ("What does Bulletin 12 and Bulletin 13 say?", None),
    ],
)
def test_two_that_are_named_apart_are_put_side_by_side(text: str, together: str | None) -> None:
    assert put_together(text) == (together or text)
