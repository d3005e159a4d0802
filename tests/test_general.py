"""Questions for general knowledge."""

import pytest

from rag.asking.general import is_general
from rag.asking.question import read_question


@pytest.mark.parametrize(
    "text",
    [
        "what are the symptoms of cholera?",
        "What are the side effects of antibiotics?",
        "list the ingredients of a good bread",
        "name the largest ports of the world",
        "how do you treat cholera?",
        "how does a vaccine work?",
        "what causes droughts?",
        "why do ships sink?",
    ],
)
def test_what_is_so_at_any_time_and_place(text: str) -> None:
    assert is_general(read_question(text))


@pytest.mark.parametrize(
    "text",
    [
        "what are the terms of the merger?",
        "what are the demands of the union?",
        "What are the symptoms of fever in Kelby?",
        "what were the causes of it?",
        "how does the vaccine work?",
        "how do the growers cope?",
        "what caused the drought?",
        "what are the costs of care in 2031?",
        "why do its owners object?",
        "What are the conditions for exchanging a torn note at a post office?",
    ],
)
def test_what_may_be_told_in_news(text: str) -> None:
    assert not is_general(read_question(text))
