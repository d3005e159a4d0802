"""Requests to write something new."""

import pytest

from rag.asking.tasks import NOTHING_WRITTEN, asks_to_write
from rag.build import App
from tests.conftest import SEEDS, fill


@pytest.mark.parametrize(
    "text",
    [
        "Draft an e-mail about the strike",
        "please write me a short press release on the accord",
        "Can you compose a tweet?",
        "Translate the summary into French.",
        "Rewrite that for children",
        "create three slides on the budget",
    ],
)
def test_a_request_to_write(text: str) -> None:
    assert asks_to_write(text)


@pytest.mark.parametrize(
    "text",
    [
        "Write a short report on the strike",  # an overview
        "Who wrote the letter to the mayor?",
        "What does the draft say?",
        "Make a list of the demands",
        "Did the union draft a letter?",
        "What was translated?",
        "Write a summary of the speech",
        "Create a timeline of the press statements",
    ],
)
def test_another_request(text: str) -> None:
    assert not asks_to_write(text)


def test_nothing_is_written_without_a_language_model(app: App) -> None:
    fill(app, SEEDS)
    answer = app.ask("Draft a memo about the meeting")
    assert answer.abstained
    assert answer.reason == NOTHING_WRITTEN
