"""A citation is compared with its briefing as that is now."""

from dataclasses import replace
from typing import Any

from rag.briefings import Paragraph
from tests.talks import BRIEFING, NINE, TEXT
from ui.sources import standing


def test_a_citation_is_verified_against_the_briefing_as_it_is_now() -> None:
    assert standing(NINE, BRIEFING).state == "verified"
    assert standing(NINE, None).state == "unverified"
    changed = replace(BRIEFING, text=TEXT.replace("Nine", "Five"))
    assert standing(NINE, changed).state == "unverified"
    assert "has changed since" in standing(NINE, changed).why
    unknown: Any = "guessed"
    assert standing(replace(NINE, verdict=unknown), BRIEFING).state == "unchecked"


def test_words_that_an_edit_moved_are_found_where_they_stand_now() -> None:
    #        0         1
    #        01234567890123456789
    moved = "New.\n\n" + TEXT
    now = standing(
        NINE,
        replace(BRIEFING, text=moved, paragraphs=(Paragraph(1, 0, 4), Paragraph(2, 6, 18), Paragraph(3, 20, 48))),
    )
    assert (now.state, now.start, now.end) == ("verified", 20, 36)
    assert moved[now.start : now.end] == NINE.quote
    assert now.why.endswith("They have moved to ¶3.")
