"""Requests for an aspect of a topic, and which sentences tell it."""

from pathlib import Path

import pytest

from rag.build import App
from rag.extract.aspects import Asked, Aspect, aspect_asked, telling
from rag.extract.subjects import sentences_of
from tests.conftest import SEEDS, fill
from tests.toys import briefing


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("What are the key figures on the strike?", Asked("figures", "strike")),
        ("the outbreak in numbers", Asked("figures", "outbreak")),
        ("key facts and figures please", Asked("figures")),
        ("Who are the key people in the talks?", Asked("people", "talks")),
        ("and who are the main players?", Asked("people")),
        ("who are the key figures in the talks?", Asked("people", "talks")),
        ("List the people involved in the theft.", Asked("people", "theft")),
        ("Who’s who in the theft?", Asked("people", "theft")),
        ("what is still unclear about the theft?", Asked("open", "theft")),
        ("What don't we know yet about the fire?", Asked("open", "fire")),
        ("what remains to be decided?", Asked("open")),
        ("What are the open questions in the talks?", Asked("open", "talks")),
        ("what's still open (the strike)?", Asked("open", "the strike")),
        ("What are the sticking points in the talks (Kelby)?", Asked("disputes", "talks", "Kelby")),
        ("main points of contention over the port", Asked("disputes", "port")),
        ("Where do the two sides disagree?", Asked("disputes")),
        ("What obstacles stand in the way of an exchange?", Asked("disputes", "an exchange")),
        ("what happens next in the talks?", Asked("next", "talks")),
        ("and what's next?", Asked("next")),
        ("Next steps on the cable, please", Asked("next", "cable")),
        ("biggest concerns about the lease", Asked("risks", "lease")),
        ("How was the verdict received?", Asked("reactions", "verdict")),
        ("reactions to the takeover", Asked("reactions", "takeover")),
        ("Give me the best quotes on the march", Asked("quotes", "march")),
        ("key dates of the exchange", Asked("dates", "exchange")),
        ("what deadlines are there in the act?", Asked("dates", "act")),
        ("Give me five key takeaways from the paper", Asked("points", "paper", "", 5)),
        ("3 bullet points on the budget", Asked("points", "budget", "", 3)),
        ("What should I know before the meeting about the drought?", Asked("points", "drought")),
    ],
)
def test_a_request_for_an_aspect(text: str, asked: Asked) -> None:
    assert aspect_asked(text) == asked


@pytest.mark.parametrize(
    "text",
    [
        "What are the figures for exports?",  # one number may be meant
        "What are the two sticking points about troops that the sides still quarrel over?",
        "Who is involved in the talks?",
        "What is the next step that was announced?",
        "Why are there concerns about the lease?",
        "What did the union demand?",
        "What are the risks when the dam is filled?",
        "Which points did Hask make?",
        "What are the dates?",
        f"key figures on {'the ' * 200}strike",
    ],
)
def test_another_question(text: str) -> None:
    assert aspect_asked(text) is None


TALKS = (
    "Talks about the port ended on 3 May without a deal, with 12 of 20 points settled.",
    "The union rejected the offer of Gate & Co.",
    "“We will not be paid in promises any longer,” said Runa Hask, its general secretary.",
    "It is not yet known who will mediate.",
    "The sides are to meet again on 9 May.",
    "Harbour master Ole Brandt fears that ships could stay away.",
    "Rain fell for three days.",
)


@pytest.mark.parametrize(
    ("aspect", "numbers"),
    [
        ("figures", [0]),  # three days are no figure to remember
        ("people", [2, 5]),
        ("open", [3]),
        ("disputes", [0, 1]),  # "without a deal" is a dispute, too
        ("next", [2, 3, 4]),
        ("risks", [5]),
        ("reactions", [1]),
        ("quotes", [2]),
        ("dates", [0, 4]),
    ],
)
def test_the_sentences_that_tell_an_aspect(aspect: Aspect, numbers: list[int]) -> None:
    group = sentences_of(briefing("talks", *TALKS))
    told = [TALKS.index(c.text) for some in telling(aspect, [group], 5) for c in some]
    assert told == numbers


def test_those_that_tell_most_come_first_when_few_are_asked_for_and_stand_in_their_order() -> None:
    some = ("Ships paid 40 crowns.", "Of 900 men, 300 walked out.", "They want 50 more.", "Rain fell.")
    group = sentences_of(briefing("one", *some))
    assert [[c.text for c in told] for told in telling("figures", [group], 2)] == [list(some[:2])]
    assert telling("figures", [group[3:]], 2) == []


def test_what_comes_next_is_told_by_the_two_newest_of_the_groups_given() -> None:
    groups = [sentences_of(briefing(name, f"The {name} court will sit in Kelby.")) for name in ("a", "b", "c")]
    told = telling("next", groups, 2)
    assert [c.briefing.briefing_id for some in told for c in some] == ["a", "b"]


def test_the_only_briefing_is_meant_where_no_topic_is_named(app: App, tmp_path: Path) -> None:
    fill(app, SEEDS)
    for request, part in [
        ("what are the sticking points?", "disputes persist over new conditions"),
        ("key figures, please", "over 40,000 Palestinian deaths"),
        ("what are the next steps?", "scheduled to visit Egypt and Qatar"),
        ("who are the key people?", "U.S. Secretary of State Antony Blinken"),
        ("what are the risks?", "potential outbreak of polio"),
        ("what are the key points?", "In a pivotal meeting today"),
    ]:
        assert part in app.ask(request).text
    assert len(app.ask("two key points, please").sentences) == 2
    (tmp_path / "rain.md").write_text("# Rain in Kelby\n\nIt rained on the farms of Kelby.\n", "utf-8")
    fill(app, tmp_path / "rain.md")
    answer = app.ask("what are the sticking points?")
    assert answer.abstained
    assert "Say of what" in (answer.reason or "")
