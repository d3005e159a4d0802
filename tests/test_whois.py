"""Questions who or what a name is, and those that only look like it."""

import pytest

from rag.asking.question import read_question
from rag.asking.whois import asked_name


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Who is Antony Blinken?", "Antony Blinken"),
        ("who was Sinwar", "Sinwar"),
        ("And who is Lena Ortiz again?", "Lena Ortiz"),
        ("Who is Finance Minister Smotrich?", "Smotrich"),
        ("Tell me who Erik ten Hag is", "Erik ten Hag"),
        ("Who are the Houthis?", "Houthis"),
        ("What is the PNRM?", "PNRM"),
        ("What’s Hamas?", "Hamas"),
        ("What exactly is the Bank of Israel?", "Bank of Israel"),
        ("What is Sail with Orro?", "Sail with Orro"),
        ("What does PNRM stand for?", "PNRM"),
        ("Define Brexit", "Brexit"),
        ("Who's Netanyahu?", "Netanyahu"),
        ("Can you tell me who Benjamin Netanyahu is?", "Benjamin Netanyahu"),
        ("I would like to know who Blinken is", "Blinken"),
        ("Tell me about Abbas Kamel", "Abbas Kamel"),
        ("What do you know about Abbas Kamel?", "Abbas Kamel"),
        ("Give me information on the PNRM", "PNRM"),
        ("What’s the role of Antony Blinken?", "Antony Blinken"),
        ("What is Blinken’s job?", "Blinken"),
        ("What position does Benjamin Netanyahu hold?", "Benjamin Netanyahu"),
    ],
)
def test_a_question_who_or_what_a_name_is(question: str, name: str) -> None:
    asked = asked_name(read_question(question))
    assert asked
    assert asked.written == name


@pytest.mark.parametrize(
    "question",
    [
        "Who is the prime minister of Israel?",
        "Who is the Prime Minister?",
        "Who is Prime Minister?",
        "Who is Israel’s Netanyahu?",
        "Who is CEO of Halden Works?",
        "Who was killed?",
        "Who is Blinken meeting?",
        "What is the GDP of France?",
        "What is the deficit?",
        "What is Blinken’s plan?",
        "What was Hamas offered?",
        "When was Sinwar killed?",
        "What does Hamas want?",
        "What is 5?",
        "What Is The Death Toll?",
        "What is the Bank Rate?",
        "What is the Population of Kelby?",
        "What do you know about the strike?",
        "What is Israel’s GDP?",
        "What is the Ministry of Health in Gaza?",
        "Tell me about the strike",
        "About Kelby?",
        "What is the role of the United Nations?",
        "What position does the union hold?",
    ],
)
def test_another_question(question: str) -> None:
    assert asked_name(read_question(question)) is None


def test_what_introduces_a_name_may_be_but_one_answer() -> None:
    for question, more in [("Who is Kamel?", False), ("Tell me about Kamel", True), ("What is Kamel’s job?", True)]:
        asked = asked_name(read_question(question))
        assert asked
        assert asked.may_ask_more is more
