"""What is shown below a question."""

import pytest

from rag.briefings import Scope
from rag.build import App
from rag.storage.conversations import Exchange
from tests.conftest import REAL
from ui.exchanges import views_of

QUESTION = "what does the three-phase plan involve?"


def test_an_abstention_shows_what_was_searched_and_the_nearest_passages(real_app: App) -> None:
    answer = real_app.ask("Who won the football championship in Brazil?")
    assert answer.abstained
    [view] = views_of([Exchange(1, answer.question, Scope(), 1, answer)], real_app.library)
    assert view.searched == "Searched 1 briefing."
    assert len(view.nearest) == 3
    assert all(near.text for near in view.nearest)


@pytest.mark.parametrize("text", ["hello", "What should we do?", "how many briefings are there?"])
def test_a_reply_without_a_search_is_not_said_to_have_been_searched_for(real_app: App, text: str) -> None:
    answer = real_app.ask(text)
    [view] = views_of([Exchange(1, answer.question, Scope(), 1, answer)], real_app.library)
    assert (view.abstained, view.searched, view.nearest) == (True, "", ())


def test_a_follow_up_that_is_answered_by_a_search_is_said_to_have_been_searched_for(real_app: App) -> None:
    answer = real_app.ask("What should we do?", [QUESTION])
    [view] = views_of([Exchange(1, answer.question, Scope(), 1, answer)], real_app.library)
    assert view.searched == "Searched 1 briefing."


def test_a_question_to_an_empty_library_is_told_that_it_was_empty(app: App) -> None:
    answer = app.ask(QUESTION)
    [view] = views_of([Exchange(1, QUESTION, Scope(), 0, answer)], app.library)
    assert view.searched == "The library was empty."


def test_every_source_view_splits_its_paragraph_at_the_quote(real_app: App) -> None:
    answer = real_app.ask(QUESTION)
    [view] = views_of([Exchange(1, QUESTION, Scope(), 1, answer)], real_app.library)
    paragraph = real_app.library.briefing(REAL).paragraphs[7]
    words = real_app.library.briefing(REAL).words_of(paragraph)
    assert view.sources[0].before + view.sources[0].quote + view.sources[0].after == words
    assert view.sources[0].place.endswith("Cease-Fire Proposal Details · ¶8")
