"""A briefing as the reader shows it: which words are marked, and what is shown of those that are gone."""

from dataclasses import replace

from tests.talks import ANSWER, BRIEFING, TEXT
from ui.pages import Piece, page_of_citation


def test_the_reader_marks_the_chosen_quote_and_the_others_lightly() -> None:
    page = page_of_citation(BRIEFING, ANSWER, 2)
    assert page.paragraphs[1].pieces == (
        Piece("Nine ships left.", "other"),
        Piece(" ", None),
        Piece("Two stayed.", "chosen"),
    )
    assert (page.target, page.previous, page.next, page.of) == (2, 1, None, 2)
    assert page.why is None


def test_the_reader_shows_the_words_of_a_quote_that_is_gone() -> None:
    page = page_of_citation(replace(BRIEFING, text=TEXT.replace("Nine", "Five")), ANSWER, 1)
    assert page.saved == "Nine ships left."
    assert page.target is None
    assert page.why
    assert page_of_citation(None, ANSWER, 1).saved == "Nine ships left."
