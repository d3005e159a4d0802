"""Small talk is no question, and a question that begins with it is one."""

import pytest

from rag.asking.smalltalk import (
    NO_OPINION,
    NO_QUESTION,
    NOTHING_WRITTEN,
    asks_to_write,
    is_small_talk,
    reply_to,
    which_of,
    without_greeting,
)
from rag.build import App
from tests.conftest import SEEDS, fill


@pytest.mark.parametrize(
    "text",
    [
        "hello",
        "Hi there, how was your weekend?",
        "thanks, that was really helpful! how are you today?",
        "Thank you so much.",
        "thanks, very helpful",
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
        "How many briefings are there?",
        "which briefings do you have?",
        "How many briefings are in your library?",
        "list all the briefings",
        "Show me the available briefings.",
        "Which documents do you have?",
        "What are the briefings about?",
        "what can I ask?",
        "what topics do you cover?",
        "What sources do you use?",
        "What do you know?",
        "Tell me about yourself",
        "Please, how does this tool work?",
        "What do you think of the proposal?",
        "what is your opinion on the plan?",
        "In your opinion, who won?",
        "so who do you believe?",
        "who's right?",
        "which figure should I trust?",
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
        "How many briefings are there about wheat?",
        "Which briefings do you have on the strike?",
        "What are the briefings saying about pay?",
        "How many documents were leaked?",
        "How many documents are there?",
        "How does it work?",
        "In your view section, who is praised?",
        "what should we do?",
        "What can we do about it?",
        "List the sources",
        "How many sources are there of clean water?",
        "List the documents that were leaked",
        "What is in the library of Kelby?",
        "What do you know about the strike?",
        "What can I do if the water is brown?",
        "What should we do about the water?",
        "What should residents do?",
        "What does the mayor think of the plan?",
        "Do you think the strike will end?",
        "Who are you, asked the judge of whom?",
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
        ("OK, thanks, and how many died?", "and how many died?"),
        ("Hi, I’m Lena Ortiz. Who signed it?", "Who signed it?"),
        ("Hi, I am not sure who signed it?", "I am not sure who signed it?"),
        ("who signed it?", "who signed it?"),
        ("Good Morning Radio: who owns it?", "Good Morning Radio: who owns it?"),
        ("Hello World strike", "Hello World strike"),
        ("Hidden costs, when?", "Hidden costs, when?"),
        ("How are you counted in the census?", "How are you counted in the census?"),
        ("Hello!", "Hello!"),
        ("I'd like to know who signed it.", "who signed it."),
        ("Hi, I would like an overview of the talks", "an overview of the talks"),
        ("i need a summary of the talks", "a summary of the talks"),
        ("Can I have the latest on it, please?", "the latest on it, please?"),
        ("We want you to explain it", "explain it"),
        ("Can I have a dog in the camp?", "Can I have a dog in the camp?"),
        ("I need help", "I need help"),
        ("Who signed it? Thanks a lot!", "Who signed it?"),
        ("Thanks!", "Thanks!"),
        ("Who said “many thanks”?", "Who said “many thanks”?"),
        ("whats new?", "what’s new?"),
        ("cool. who signed it?", "who signed it?"),
        ("Hmm, ok: and when?", "and when?"),
        ("No. 7 well: who shut it?", "No. 7 well: who shut it?"),
        ("Great Aldry: who runs it?", "Great Aldry: who runs it?"),
        ("Whose is it?", "Whose is it?"),
        ("The hows and whys?", "The hows and whys?"),
    ],
)
def test_a_question_is_read_without_the_greeting_before_it(text: str, question: str) -> None:
    assert without_greeting(text) == question


def test_what_is_said_of_the_library() -> None:
    own_words = " Questions about what they report are answered in their own words."
    assert reply_to("How many briefings are there?", 1_200) == f"The library holds 1,200 briefings.{own_words}"
    assert reply_to("What can you do?", 1) == f"The library holds 1 briefing.{own_words}"
    assert reply_to("help", 0) == f"The library holds no briefing yet.{own_words}"
    assert reply_to("help", 2, limited=True) == f"2 briefings lie within the limits.{own_words}"
    assert which_of(3).startswith("The library holds 3 briefings. Name the one to be summarized")


def test_what_is_said_to_the_rest() -> None:
    assert reply_to("Hello!", 3) == NO_QUESTION
    assert reply_to("What do you think?", 3) == NO_OPINION
    assert reply_to("Who signed it?", 3) is None
    assert reply_to("What should we do now?", 3) == NO_OPINION
    assert reply_to("What should we do now?", 3, follows=True) is None


@pytest.mark.parametrize(
    "text",
    [
        "What's your source?",
        "are you sure?",
        "Are you absolutely certain about that?",
        "Where does it say that?",
        "How do you know?",
        "Which briefing says that?",
        "what source is that from?",
        "What is that based on?",
        "Can I see the source?",
    ],
)
def test_the_source_of_nothing_is_no_question(text: str) -> None:
    assert reply_to(text, 3) == NO_QUESTION
    assert not is_small_talk(text)  # behind an answer


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
def test_a_request_for_what_is_written_already(text: str) -> None:
    assert not asks_to_write(text)


def test_nothing_is_written_without_a_language_model(app: App) -> None:
    fill(app, SEEDS)
    answer = app.ask("Draft a memo about the meeting")
    assert answer.abstained
    assert answer.reason == NOTHING_WRITTEN
