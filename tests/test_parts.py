"""The parts of a question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.asking.parts import read_parts
from tests.toys import PROPERTY


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "When did the strike begin, and who is the mediator?",
            ["When did the strike begin", "who is the mediator"],
        ),
        ("Is there a fine and how high is it?", ["Is there a fine", "how high is it"]),
        (
            "When does it end, and after how many days is it paid?",
            ["When does it end", "after how many days is it paid"],
        ),
        ("Did they agree? What does the union say?", ["Did they agree", "What does the union say"]),
        (
            "What was built, by whom was it paid, and did the mayor object to the plan?",
            ["What was built, by whom was it paid", "did the mayor object to the plan"],
        ),
        (
            "Who are Lena Ortiz, Bo Tarr and Erik ten Hag?",
            ["Who is Lena Ortiz", "Who is Bo Tarr", "Who is Erik ten Hag"],
        ),
        (
            "Which villages will it drown, and how many people live there in all?",
            ["Which villages will it drown", "how many people live there in all"],
        ),
        ("Who is Lena Ortiz, and who is Bo Tarr?", ["Who is Lena Ortiz", "who is Bo Tarr"]),
        ("What did the union and the port each demand?", ["What did the union demand", "What did the port demand"]),
        ("When did Lena Ortiz and Bo Tarr meet each other?", ["When did Lena Ortiz and Bo Tarr meet each other"]),
        (
            "List the demands on pay, on leave and on hours.",
            ["List the demands on pay", "List the demands on leave", "List the demands on hours"],
        ),
    ],
)
def test_a_question_for_several_things_has_a_part_for_each(question: str, parts: list[str]) -> None:
    assert [p.asked.rstrip(".") for p in read_parts(question)] == parts


@pytest.mark.parametrize(
    "question",
    [
        "What does the three-phase plan involve?",
        "Where and when do they meet?",  # one sentence tells both
        "On what day and in which town did it begin?",
        "Who said that the dam and the bridge would hold?",
        "How many died in the war on drugs?",
        "Who are the mayor and the Port Authority?",
        "",
    ],
)
def test_a_question_for_one_thing_is_its_only_part(question: str) -> None:
    assert [p.text for p in read_parts(question)] == [question]


def test_a_later_part_keeps_the_words_before_it_aside() -> None:
    first, second = read_parts("How many boats fish at Kelby in May, and who pays for it?")
    assert first.aside == ()
    assert first.times == ("may",)
    assert [w.written for w in second.aside] == ["boats", "fish", "Kelby"]
    assert [w.written for w in second.names] == ["Kelby"]
    assert (second.wants, second.times, second.asked) == ("person", (), "who pays for it")


def test_who_somebody_is_leans_on_nothing_asked_before() -> None:
    assert [p.aside for p in read_parts("Who is Lena Ortiz, and who is Bo Tarr?")] == [(), ()]


def test_several_months_or_years_or_days_are_asked_one_by_one() -> None:
    assert [p.times for p in read_parts("How high was it in April and in June 2031?")] == [
        ("april", "2031"), ("june", "2031"),
    ]  # fmt: skip
    assert [(p.times, p.numbers) for p in read_parts("How high was it in May 2030 and in June 2031?")] == [
        (("may", "2030"), (2030,)), (("june", "2031"), (2031,)),
    ]  # fmt: skip
    assert [p.times for p in read_parts("How high was it between April and June?")] == [("april",), ("june",), ()]
    assert [p.times for p in read_parts("What was the rate in 2030 and 2031?")] == [("2030",), ("2031",)]
    assert [p.numbers for p in read_parts("How did the advice change between 4 and 18 March?")] == [(4,), (18,)]


def test_a_development_over_months_or_years_is_one_part_whose_steps_are_open() -> None:
    (part,) = read_parts("How did it change between April and June 2031?")
    assert (part.times, part.numbers) == (("2031",), (2031,))
    (part,) = read_parts("How did it change from May 2030 to June 2031?")
    assert (part.times, part.numbers) == ((), ())


def test_a_development_is_asked_for_without_what_it_begins_and_ends_with() -> None:
    (part,) = read_parts("How did the number of boats at Kelby change between the strike and the Aldry accord?")
    assert [w.written for w in part.subject] == ["boats", "Kelby"]
    assert [w.written for w in part.names] == ["Kelby"]
    (part,) = read_parts("How far had deaths risen between the bulletins for week 19 and week 27?")
    assert ([w.written for w in part.subject], part.numbers) == (["far", "deaths", "risen"], ())
    (part,) = read_parts("Compare the toll in the first report with that in the second.")
    assert [w.written for w in part.subject] == ["toll"]


def test_only_a_development_has_such_ends() -> None:
    (part,) = read_parts("Who mediated between the union and the port?")
    assert [w.written for w in part.subject] == ["mediated", "union", "port"]


def test_a_second_count_shares_the_verb_of_the_first() -> None:
    asked = "How many Israelis were killed in October, and how many Palestinians?"
    assert [p.asked for p in read_parts(asked)] == [
        "How many Israelis were killed in October", "how many Palestinians were killed in October",
    ]  # fmt: skip
    (whole,) = read_parts("How many boats are there, and how much?")
    assert whole.asked == "How many boats are there, and how much"


@pytest.mark.parametrize(
    ("question", "second"),
    [
        ("How many cases were there in week 19 and how many in week 22?", "How many cases were there in week 22"),
        ("How much was paid to the miners, and how much to the heirs?", "How much was paid to the heirs"),
        ("How much did it cost, and how much of it was paid by loans?", "how much of it was paid by loans"),
    ],
)
def test_a_second_count_elsewhere_counts_the_same(question: str, second: str) -> None:
    assert read_parts(question)[1].asked == second


def test_carried_words_stay_aside() -> None:
    (part,) = read_parts("Until when will they be paid (miners, Hallow Ridge)?", completed=True)
    assert part.asked == "Until when will they be paid"
    assert part.wants == "time"
    assert [w.written for w in part.aside] == ["miners", "Hallow", "Ridge"]


@PROPERTY
@given(st.text(alphabet="ab AB?,and whtowbe 12 May", max_size=60))
def test_any_text_has_between_one_and_four_parts(text: str) -> None:
    parts = read_parts(text)
    assert 1 <= len(parts) <= 4
    for part in parts:
        assert all(part.text[w.start : w.end] == w.written for w in part.subject)
