"""Events that tell a period, and their days by what briefings say of them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.briefings import Briefing
from rag.finding.events import Event, events_in, period_of
from tests.toys import PROPERTY, briefing


def told(briefing_id: str, published: date, title: str, *paragraphs: str) -> Briefing:
    return briefing(briefing_id, *paragraphs, published=published, title=title)


TALKS = told(
    "talks",
    date(2032, 3, 5),
    "Cease-fire talks end in Varen",
    "VAREN – Two days of ceasefire talks between Aldia and Oster ended on Friday.",
    "Nobody signed.",
)
TALKS_AGAIN = told(
    "talks-again",
    date(2032, 3, 9),
    "What the talks achieved",
    "The envoys of Aldia gave their view of the ceasefire talks.",
)
STRIKE = told(
    "strike",
    date(2032, 5, 6),
    "Port strike in its fifth day",
    "The dockers of Varen walked out on 2 May, and the port is idle.",
    "The strike is about pay.",
)
SUMMIT = told(
    "summit",
    date(2032, 5, 20),
    "Leaders look to the summit",
    "The leaders of Aldia and Oster hope for much.",
    "The summit is planned for 20 June in Oster.",
)
LIBRARY = (TALKS, TALKS_AGAIN, STRIKE, SUMMIT)


def event(question: str) -> Event:
    (found,) = events_in(question)
    return found


def days(question: str, *library: Briefing) -> tuple[date | None, date | None, str] | None:
    period = period_of(event(question), library or LIBRARY)
    return (period.since, period.until, period.dated_by) if period else None


# -- what a question names ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "how", "text", "words"),
    [
        ("What has changed since the ceasefire talks?", "since", "the ceasefire talks", ("ceasefire", "talk")),
        ("Since the strike began, who paid?", "since", "the strike began", ("strike",)),
        ("What was said before the port strike about pay?", "before", "the port strike", ("port", "strike")),
        ("Who met ahead of the summit in Oster?", "before", "the summit in Oster", ("summit", "oster")),
        ("What did she say in the wake of the floods?", "after", "the floods", ("flood",)),
        ("Did it hold during the Varen fair, or not?", "during", "the Varen fair", ("varen", "fair")),
        ("What came after the river's flood?", "after", "the river's flood", ("river", "flood")),
    ],
)
def test_an_event_is_read(question: str, how: str, text: str, words: tuple[str, ...]) -> None:
    found = event(question)
    assert (found.how, found.text, found.words) == (how, text, words)
    assert question[found.start : found.end].endswith(text)


@pytest.mark.parametrize(
    "question",
    [
        "What was said after 3 May 2032?",
        "What was said since March?",
        "What was said before the end of the year?",
        "What happened during the night?",
        "Since when does she run it?",
        "Who left after she had spoken?",
        "What came after that?",
        "What happened after all?",
        "How many ships reached the port?",
        "after",
        "",
    ],
)
def test_what_is_no_event_is_none(question: str) -> None:
    assert list(events_in(question)) == []


def test_the_month_and_the_last_of_several_are_read_and_are_no_words_to_know_it_by() -> None:
    assert event("since the March talks").month == 3
    assert event("since the March talks").words == ("talk",)
    assert event("since the latest talks").latest
    assert not event("since the talks").latest


def test_a_question_may_name_two_events() -> None:
    found = list(events_in("What was agreed after the talks, but before the strike?"))
    assert [(e.how, e.text) for e in found] == [("after", "the talks"), ("before", "the strike")]


@PROPERTY
@given(st.text(max_size=40))
def test_whatever_the_words_an_event_is_where_it_says(text: str) -> None:
    question = f"{text} since the {text} talks, {text} before {text}"
    for found in events_in(question):
        assert question[found.start : found.end].endswith(found.text)
        assert found.words


# -- what briefings say of it ---------------------------------------------------------------------------


def test_the_first_briefing_about_it_gives_the_day_of_its_publication() -> None:
    assert days("since the ceasefire talks") == (date(2032, 3, 5), None, "talks¶1")
    assert days("after the cease-fire talks") == (date(2032, 3, 5), None, "talks¶1")


def test_a_date_in_the_events_own_sentence_is_its_day() -> None:
    assert days("before the port strike") == (None, date(2032, 5, 1), "strike¶1")  # the 2nd of May, less one
    assert days("until the port strike") == (None, date(2032, 5, 2), "strike¶1")
    assert days("after the summit") == (date(2032, 6, 20), None, "summit¶2")


def test_during_it_goes_on_to_the_last_briefing_about_it() -> None:
    assert days("during the ceasefire talks") == (date(2032, 3, 5), date(2032, 3, 9), "talks¶1")
    assert days("during the port strike") == (date(2032, 5, 2), date(2032, 5, 6), "strike¶1")


@pytest.mark.parametrize(
    "question",
    [
        "since the earthquake",  # no briefing
        "since the rail strike",  # of another strike
        "since the envoys of the summit",  # words of two briefings
        "since the leaders hoped",  # not as the briefing has it
    ],
)
def test_an_event_that_no_briefing_is_about_has_no_day(question: str) -> None:
    assert days(question) is None


def test_events_of_one_name_in_different_seasons_have_no_day_but_the_last_of_them() -> None:
    again = "A second round of ceasefire talks began between Aldia and Oster."
    later = told("later", date(2032, 9, 1), "Ceasefire talks resume", again)
    assert days("since the ceasefire talks", *LIBRARY, later) is None
    assert days("since the latest ceasefire talks", *LIBRARY, later) == (date(2032, 9, 1), None, "later¶1")
    assert days("since the March ceasefire talks", *LIBRARY, later) == (date(2032, 3, 5), None, "talks¶1")


def test_events_of_one_name_in_different_places_have_no_day() -> None:
    said = ("Drivers at Halden struck.", "The strike stops all trains.")
    rail = told("rail", date(2032, 5, 9), "Strike on the railway", *said)
    assert days("since the strike", *LIBRARY) == (date(2032, 5, 6), None, "strike¶1")
    assert days("since the strike", *LIBRARY, rail) is None


def test_a_verb_of_the_same_stem_is_not_the_event() -> None:
    fired = told("fired", date(2032, 5, 9), "Ship fired on", "A boat fired.")
    assert days("after the fire", fired) is None


def test_a_date_far_from_the_briefings_own_is_another_events() -> None:
    fell = "The tower fell, a year after the storm of 1 May 2031."
    anniversary = told("tower", date(2032, 5, 9), "Tower collapse", fell)
    assert days("since the tower collapse", anniversary) == (date(2032, 5, 9), None, "tower¶1")


def test_a_briefing_without_a_day_dates_nothing() -> None:
    assert days("since the fair", briefing("fair", "The fair was held.", title="Fair")) is None
