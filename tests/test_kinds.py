"""Whether a sentence holds the kind of value asked for."""

import pytest

from rag.embedders import WordLlamaEmbedder
from rag.kinds import LEAST, kind_fits
from rag.matching import Matcher
from rag.question import read_question
from rag.thesaurus import Thesaurus


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(WordLlamaEmbedder(), Thesaurus(""))


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How many dockers were hurt?", "Nine dockers were hurt."),
        ("How many dockers were hurt?", "Some 1,200 angry dockers were hurt."),
        ("How long did it last?", "It took 9 days."),
        ("How many times has he visited?", "This is his ninth visit."),
        ("How often do they meet?", "They meet every Tuesday."),
        ("How much must they deposit?", "They must deposit 18 million crowns."),
        ("How much of the loss is due to hail?", "Hail accounts for 9 per cent."),
        ("On what date did he come?", "He came on 3 May."),
        ("On what day of May did he come?", "He came on 3 May."),
        ("When did he come?", "He came last week."),
        ("What are the names of the victims?", "Ana Brandt and Joran Felde died."),
        ("Who signed it?", "It was signed by Felde."),
        ("Which town was hit?", "The storm hit Aldry."),
    ],
)
def test_this_holds_what_is_asked_for(matcher: Matcher, question: str, sentence: str) -> None:
    assert kind_fits(read_question(question), sentence, matcher) > LEAST


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How many dockers were hurt?", "Dockers were hurt."),
        ("Of the 250 dockers, how many were hurt?", "The 250 dockers were hurt."),  # the number asked with
        ("How many dockers were hurt?", "The festival in the capital began at nine."),  # nine of something else
        ("On what date did he come?", "He came last week."),
        ("How much did the tablets cost?", "Some 180,000 tablets were handed out."),
        ("How many dockers were hurt?", "Dockers were hurt on 7 October."),
        ("How high was the loss?", "The loss of 2030 was high."),
        ("When did he come?", "He came by ship."),
        ("Which firm built it?", "the firm that built it was paid."),
        ("When in May did he come?", "He came in May."),  # the month asked with
        ("What are the names of the victims?", "The victims were Felde and a child."),
        ("What are the names of the victims?", "Prime Minister Felde named none."),
        ("Who signed it?", "the ministers signed it."),
        ("Which town was hit?", "the storm hit two towns."),
    ],
)
def test_this_does_not(matcher: Matcher, question: str, sentence: str) -> None:
    assert kind_fits(read_question(question), sentence, matcher) < LEAST


def test_an_open_question_takes_any_sentence_alike(matcher: Matcher) -> None:
    question = read_question("What does the plan involve?")
    assert {kind_fits(question, s, matcher) for s in ("Nine days.", "rain", "")} == {LEAST}


def test_no_words_hold_nothing(matcher: Matcher) -> None:
    for question in ("How many?", "When?", "Who?", "Which town?", "What are the names of them?"):
        assert kind_fits(read_question(question), "", matcher) == 0


def test_signs_say_what_is_measured(matcher: Matcher) -> None:
    question = read_question("How much did it cost?")
    for text in ("It cost $5.", "It cost 5%."):
        assert kind_fits(question, text, matcher) > LEAST
    assert kind_fits(question, "It cost 5.", matcher) < LEAST
