"""Small talk is no question, and a question that begins with it is one."""

import pytest

from rag.smalltalk import is_small_talk, without_greeting


@pytest.mark.parametrize(
    "text",
    [
        "hello",
        "Hi there, how was your weekend?",
        "thanks, that was really helpful! how are you today?",
        "Thank you so much.",
        "Great, thanks!",
        "Thank you, that helps",
        "thanks, this really helped a lot!",
        "Good morning",
        "who are you?",
        "What can you do?",
        "Could you kindly suggest a good fish market to visit in Lisbon?",
        "Can you recommend some good books?",
        "tell me a joke",
        "Tell us a joke about the mayor",
        "please tell me a story!",
        "“Hello!”",
        "Thanks, and how are you?",
        "OK",
        "help",
    ],
)
def test_what_is_said_to_the_program(text: str) -> None:
    assert is_small_talk(text)


@pytest.mark.parametrize(
    "text",
    [
        "Hi, what does the plan involve?",
        "thanks, and who signed it?",
        "What helps?",
        "that helps whom?",
        "Who thanked the mediators?",
        "What did she recommend?",
        "Can you suggest what the panel recommends?",
        "Can you suggest any reasons why the strike ended?",
        "Could you recommend a briefing on wheat?",
        "Tell me a story about the harbour strike",
        "Could you help me with the strike?",
        "How are you counted in the census?",
        "Good Morning Radio: who owns it?",
        "Hello World strike",
        "help for farmers",
        "why?",
    ],
)
def test_what_is_asked_of_the_briefings(text: str) -> None:
    assert not is_small_talk(text)


def test_a_long_row_of_greetings_is_read_at_once() -> None:
    assert not is_small_talk("hi there " * 400 + "plan")


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Hi, what does the plan involve?", "what does the plan involve?"),
        ("Good morning! Hello there: who signed it?", "who signed it?"),
        ("Thank you so much. And when?", "And when?"),
        ("How are you today? Who signed it?", "Who signed it?"),
        ("hi there who signed it?", "who signed it?"),
        ("who signed it?", "who signed it?"),
        ("Good Morning Radio: who owns it?", "Good Morning Radio: who owns it?"),
        ("Hello World strike", "Hello World strike"),
        ("Hidden costs, when?", "Hidden costs, when?"),
        ("How are you counted in the census?", "How are you counted in the census?"),
        ("Hello!", "Hello!"),
    ],
)
def test_a_question_is_read_without_the_greeting_before_it(text: str, question: str) -> None:
    assert without_greeting(text) == question
