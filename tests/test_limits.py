"""The limits that requests name: sources and days, and what is left of the request without them."""

from datetime import date

import pytest

from rag.briefings import Scope
from rag.finding.catalogue import Catalogue
from rag.finding.limits import Limited, limited, may_limit

CATALOGUE = Catalogue.of(["Sennet Courier", "Aldry Gazette", "Quill Wire", "Ministry of Finance of Maravel"])
TODAY = date(2031, 9, 18)  # a Thursday
COURIER, GAZETTE, WIRE = (Scope(sources=(one,)) for one in ("Sennet Courier", "Aldry Gazette", "Quill Wire"))


@pytest.mark.parametrize(
    ("text", "rest", "scope"),
    [
        ("What's new from the Courier?", "What's new", COURIER),
        ("news from the Quill Wire", "news", WIRE),
        ("Tell me about the strike, only from the Courier.", "Tell me about the strike", COURIER),
        ("tell me about the strike according to the Gazette", "tell me about the strike", GAZETTE),
        ("Tell me about the strike, Quill Wire only", "Tell me about the strike", WIRE),
        ("brief me on the strike, just the Gazette please", "brief me on the strike", GAZETTE),
        ("give me everything from the Gazette on the flood", "give me everything on the flood", GAZETTE),
        ("summarise the Gazette's coverage of the flood", "summarise the flood", GAZETTE),
        ("tell me what the Courier wrote about the flood", "tell me about the flood", COURIER),
        ("what has the Wire reported lately?", "what’s new?", WIRE),
        (
            "any news from the Courier and the Gazette?",
            "any news",
            Scope(sources=("Sennet Courier", "Aldry Gazette")),
        ),
        ("and from the Wire?", "", WIRE),
        ("and the Gazette?", "", GAZETTE),
        ("what's the Gazette's view of the strike?", "tell me about the strike", GAZETTE),
        ("news about the flood since 3 May", "news about the flood", Scope(since=date(2031, 5, 3))),
        ("what's new since Monday?", "what's new", Scope(since=date(2031, 9, 15))),
        ("what's new this month?", "what's new", Scope(since=date(2031, 9, 1), until=date(2031, 9, 30))),
        (
            "tell me about the drought in June",
            "tell me about the drought",
            Scope(since=date(2031, 6, 1), until=date(2031, 6, 30)),
        ),
        ("and before July?", "", Scope(until=date(2031, 6, 30))),
        (
            "anything new from the Wire since July?",
            "anything new",
            Scope(since=date(2031, 7, 1), sources=("Quill Wire",)),
        ),
    ],
)
def test_a_request_and_its_limits(text: str, rest: str, scope: Scope) -> None:
    found = limited(text, CATALOGUE, TODAY)
    assert (found.text, found.scope) == (rest, scope)
    assert may_limit(text)


@pytest.mark.parametrize(
    "text",
    [
        "Tell me about the courier",
        "tell me about refugees from Maravel",  # a place that a source is of
        "Tell me what the captain told the Courier",
        "Tell me about the budget for 2032",
        "Tell me about the plan by the Aldry Gazette",
        "How did the strike develop between May and July 2031?",  # what is told of may be of any day
        f"Tell me about the strike, only from the Courier{'!' * 10}{' and more' * 30}",
    ],
)
def test_what_limits_nothing(text: str) -> None:
    assert limited(text, CATALOGUE, TODAY) == Limited(text)


def test_a_source_that_there_is_not_is_named() -> None:
    found = limited("Tell me about the strike, only from the Evening Herald", CATALOGUE, TODAY)
    assert (found.text, found.unknown) == ("Tell me about the strike", "Evening Herald")


def test_days_of_an_event_are_loose_and_written_as_they_were() -> None:
    on, since = (
        limited(f"tell me about the flood {days}", CATALOGUE, TODAY) for days in ("on 9 May", "since 9 May")
    )
    assert (on.loose, on.of_one_day, on.when) == (True, True, "on 9 May")
    assert (since.loose, since.of_one_day, since.when) == (False, False, "since 9 May")
    assert limited("What is new from the Wire?", CATALOGUE, TODAY).by == "from the Wire"


def test_what_is_no_request_is_known_at_a_glance() -> None:
    assert not may_limit("How many were hurt?")
