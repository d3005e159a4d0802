"""The order in which an overview tells what several briefings say, and what it goes on with."""

from datetime import date

from rag.briefings import Briefing
from rag.extract.arranging import arranged, left_of
from rag.extract.candidates import Candidate
from tests.toys import briefing

OLD = briefing(
    "old", "Dockers walked out.", "They want 9 crowns.", "Rain fell on them.", published=date(2032, 5, 3)
)
NEW = briefing("new", "A mediator was sent.", "Cranes moved again.", published=date(2032, 5, 9))
TWIN = briefing("twin", "The mediator was sent.", "Ships left port.", published=date(2032, 5, 8))


def group(whole: Briefing) -> list[Candidate]:
    return [Candidate(whole, p, p.start, p.end) for p in whole.paragraphs]


def test_two_sentences_of_each_are_told_newest_first_or_in_the_order_of_time() -> None:
    newest, oldest = ["A mediator was sent.", "Cranes moved again."], ["Dockers walked out.", "They want 9 crowns."]
    groups = [group(OLD), group(NEW)]
    assert [c.text for c in arranged(groups, [], set(), in_order=False)] == [*newest, *oldest]
    assert [c.text for c in arranged(groups, [], set(), in_order=True)] == [*oldest, *newest]


def test_of_two_that_say_the_same_the_newer_ones_are_told_and_of_one_alone_more() -> None:
    assert [c.text for c in arranged([group(TWIN), group(NEW)], [], set(), in_order=False)] == [
        "A mediator was sent.",
        "Cranes moved again.",
    ]
    assert len(arranged([group(OLD)], [], set(), in_order=False)) == 3


def test_of_the_only_one_about_the_topic_most_is_told_and_of_each_other_one_sentence() -> None:
    told = arranged([group(OLD)], [group(NEW)], set(), in_order=False)
    assert [c.text for c in told] == [
        "Dockers walked out.",
        "They want 9 crowns.",
        "Rain fell on them.",
        "A mediator was sent.",
    ]


def test_what_is_left_are_those_of_which_nothing_was_said_and_then_the_rest_of_others() -> None:
    groups = [group(OLD), group(NEW)]
    left = left_of(groups, {"old"}, set(), "Dockers walked out. They want 9 crowns.")
    assert [[c.text for c in some] for some in left] == [
        ["A mediator was sent.", "Cranes moved again."],
        ["Rain fell on them."],
    ]
    said = " ".join(c.text for some in groups for c in some)
    assert left_of(groups, {"old"}, set(), said) == []
