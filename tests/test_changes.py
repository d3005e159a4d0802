"""What one briefing tells otherwise than an earlier one."""

from dataclasses import replace

from rag.extract.changes import changes
from tests.toys import briefing

MAY = (
    "The reservoir stood at 61 per cent of capacity.",
    "Growers get 80 per cent of their water.",
    "The sale of raw oysters is banned.",
    "Ms Lund spoke in Kelby.",
    "The fine is 400 crowns.",
)
JUNE = (
    "Rain fell on the farms of Aldry.",
    "The reservoir stands at 44 per cent of its capacity.",
    "Growers now get 55 per cent of their water.",
    "The ban on the sale of raw oysters was lifted.",
    "The fine is 400 crowns.",
)


def told(before: tuple[str, ...], after: tuple[str, ...]) -> list[str]:
    return [c.text for c in changes(briefing("may", *before), briefing("june", *after))]


def test_each_change_is_told_behind_what_it_changes_in_the_order_of_the_later_briefing() -> None:
    assert told(MAY, JUNE) == [MAY[0], JUNE[1], MAY[1], JUNE[2], MAY[2], JUNE[3]]


def test_the_order_is_that_of_the_later_briefing_whichever_change_is_surest() -> None:
    before = (
        "Growers get 80 per cent of their water.",
        "Kelby reservoir beside the town stood at 61 per cent of capacity.",
    )
    after = (
        "After dry, dusty weeks the muddy reservoir holds 44 per cent of its old capacity.",
        "Growers get 55 per cent of their water.",
    )
    assert told(before, after) == [before[1], after[0], before[0], after[1]]


def test_sentences_with_less_in_common_must_count_the_same_otherwise() -> None:
    low = "The reservoir near Kelby stood low for its capacity."
    assert told((low,), ("After dry weeks the reservoir holds little of its old capacity.",)) == []


def test_where_hardly_anything_is_told_otherwise_what_the_later_one_is_about_is_told_too() -> None:
    assert told(MAY[:1], JUNE[:2]) == [MAY[0], JUNE[1], JUNE[0]]


def test_what_has_nothing_in_common_changed_nothing() -> None:
    assert told(MAY[3:], JUNE[:1]) == []
    assert told(MAY[4:], JUNE[4:]) == []  # the same words are no change


def test_four_changes_are_told_at_most_and_each_sentence_once() -> None:
    towns = ("Kelby", "Aldry", "Sennet", "Oran", "Perren")
    before = tuple(f"The hospital of {town} has 20 beds for patients." for town in towns)
    after = tuple(f"The hospital of {town} has 30 beds for patients." for town in towns)
    pairs = told(before, after)
    assert len(pairs) == len(set(pairs)) == 8
    assert all(a.replace("20", "30") == b for a, b in zip(pairs[::2], pairs[1::2], strict=True))


def test_a_row_is_compared_with_rows_and_counts_less_than_a_sentence() -> None:
    whole = briefing("may", "Kelby | Sick people: 20", "Of sick people in Kelby 20 are named.")
    row = replace(whole.paragraphs[0], kind="table_row")
    old = replace(whole, paragraphs=(row, whole.paragraphs[1]))
    new = briefing("june", "Of sick people in Kelby 30 are named.")
    assert [c.text for c in changes(old, new)] == ["Of sick people in Kelby 20 are named.", new.text]


def test_where_it_is_asked_about_something_only_changes_of_it_are_told() -> None:
    may, june = briefing("may", *MAY), briefing("june", *JUNE)
    assert [c.text for c in changes(may, june, {"oyster"})] == [MAY[2], JUNE[3]]
    assert len(changes(may, june, {"harbour"})) == 6  # of which nothing is told
