"""Phrases that several parts of the page share."""

from datetime import date

from rag.briefings import Scope
from ui.words import limits_of


def test_limits_are_named_by_title_and_day() -> None:
    scope = Scope(("talks", "gone"), date(2031, 5, 3), date(2031, 6, 1))
    assert list(limits_of(scope, {"talks": "Talks"}).values()) == [
        "Talks", "gone (removed)", "since 3 May 2031", "until 1 Jun 2031",
    ]  # fmt: skip
