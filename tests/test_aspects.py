"""Which sentences tell an aspect of a topic."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import cast

import pytest

from rag.asking.aspect_forms import Aspect
from rag.build import App
from rag.extract.aspects import goes_on, is_quoted_on, telling, utters
from rag.extract.subjects import telling_in
from tests.conftest import SEEDS, fill
from tests.toys import briefing

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
        ("next", [3, 4]),  # “will not” announces nothing
        ("risks", [5]),
        ("reactions", [1]),
        ("quotes", [2]),
        ("dates", [0, 4]),
    ],
)
def test_the_sentences_that_tell_an_aspect(aspect: Aspect, numbers: list[int]) -> None:
    group = telling_in(briefing("talks", *TALKS))
    told = [TALKS.index(c.text) for some in telling(aspect, [group], 5) for c in some]
    assert told == numbers


SIDES = (
    "Both sides agreed to share the quay.",
    "Names are still to be agreed.",
    "The union wants a cap on night shifts and opposes the cranes.",
    "The strike led to shortages in three towns.",
    "It broke out after a quarrel over pay.",
    "The union blamed the company for the accident.",
    "First, pay.",
    "The report recommends a joint tender.",
    "Critics called the offer far too low.",
)


@pytest.mark.parametrize(
    ("aspect", "numbers"),
    [
        ("decisions", [0]),
        ("positions", [0, 2, 8]),
        ("effects", [3]),
        ("causes", [3, 4, 5]),
        ("blame", [5]),
        ("lessons", [7]),
        ("criticism", [2, 5, 8]),
        ("background", [4]),
    ],
)
def test_what_sides_want_and_what_came_of_it(aspect: Aspect, numbers: list[int]) -> None:
    group = telling_in(briefing("sides", *SIDES))
    assert [SIDES.index(c.text) for some in telling(aspect, [group], 5) for c in some] == numbers


def test_all_below_a_heading_on_the_aspect_tells_it_and_below_a_wider_one_what_says_so() -> None:
    plain = briefing("paper", "Publish hospital accounts every month.", "We advise against the sale of land.")
    for heading, told in ((None, 1), ("Recommendations", 2), ("Recommendations and money for hospitals", 1)):
        some = tuple(replace(p, section=heading) for p in plain.paragraphs)
        group = telling_in(replace(plain, paragraphs=some))
        assert sum(map(len, telling("lessons", [group], 5))) == told


def test_those_that_tell_most_come_first_when_few_are_asked_for_and_stand_in_their_order() -> None:
    some = ("Ships paid 40 crowns.", "Of 900 men, 300 walked out.", "They want 50 more.", "Rain fell.")
    group = telling_in(briefing("one", *some))
    assert [[c.text for c in told] for told in telling("figures", [group], 2)] == [list(some[:2])]
    assert telling("figures", [group[3:]], 2) == []


def test_what_stands_between_two_quotations_is_none() -> None:
    some = ('Of the two "one" came and the "other" left.', 'It "was late, but not too late", Holm said.')
    group = telling_in(briefing("one", *some))
    assert [c.text for told in telling("quotes", [group], 5) for c in told] == [some[1]]


def test_what_comes_next_is_told_by_the_two_newest_of_the_groups_given() -> None:
    groups = [telling_in(briefing(name, f"The {name} court will sit in Kelby.")) for name in ("a", "b", "c")]
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


STANCES = (
    "Boat owners are against the ban.",
    "The station asked the ministry for a ban.",
    "“It will pass,” she added.",
    "Holm regretted that the ban came late.",
)


@pytest.mark.parametrize(("aspect", "numbers"), [("opponents", [0]), ("supporters", [1]), ("sayings", [1, 2, 3])])
def test_who_takes_a_stance_and_who_speaks(aspect: Aspect, numbers: list[int]) -> None:
    group = telling_in(briefing("ban", *STANCES))
    assert [STANCES.index(c.text) for some in telling(aspect, [group], 5) for c in some] == numbers


def test_somebody_speaks_before_a_verb_of_saying_or_right_behind_it() -> None:
    assert utters("Runa Hask, who leads it, denied that.", "Hask")
    assert utters("“No,” said the secretary, Runa Hask.", "Hask")
    assert not utters("The company has criticised it, accusing Hask of delay.", "Hask")
    assert utters("The mediator, Dr. Runa Hask, a judge, said no.", "mediator")
    assert utters("According to Hask, it is late.", "Hask")
    assert utters("Analysts at the Institute for Tides also warned of it.", "analysts")
    assert not utters("Holm argued Hask’s lawsuit would fail.", "Hask")
    assert not utters("Users cheered on Hask and said they hoped for more.", "Hask")
    assert goes_on("The mine will close, she said.")
    assert goes_on("It will close.")
    assert not is_quoted_on("It will close.")
    assert is_quoted_on("She also denied that it will close.")
    assert is_quoted_on("While the ban—a late one—is near—he acknowledged it—he stays.")
    assert not is_quoted_on("While she is there, he waits.")
    assert not goes_on("The mine will close.")


def test_deadlines_are_seen_from_a_day() -> None:
    group = telling_in(briefing("one", "It was due by 3 May.", "It is due by 9 June.", published=date(2032, 5, 1)))
    for aspect, told in (("deadlines", [0, 1]), ("passed", [0]), ("upcoming", [1])):
        some = telling(cast(Aspect, aspect), [group], 5, date(2032, 5, 20))
        assert [group.index(c) for part in some for c in part] == told
