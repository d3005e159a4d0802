"""Whether a sentence holds the kind of value asked for."""

import pytest

from rag.kinds import LEAST, kind_fits
from rag.matching import Matcher
from rag.models import WordLlamaEmbedder
from rag.question import read_question
from rag.terms import words
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
        ("On what date did he come?", "He came on 3 May."),
        ("When did he come?", "He came last week."),
        ("What are the names of the victims?", "Ana Brandt and Joran Felde died."),
        ("Who signed it?", "It was signed by Felde."),
        ("Which town was hit?", "The storm hit Aldry."),
    ],
)
def test_this_holds_what_is_asked_for(matcher: Matcher, question: str, sentence: str) -> None:
    assert kind_fits(read_question(question), words(sentence), matcher) > LEAST


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How many dockers were hurt?", "Dockers were hurt."),
        ("Of the 250 dockers, how many were hurt?", "The 250 dockers were hurt."),  # the number asked with
        ("How many dockers were hurt?", "The festival in the capital began at nine."),  # nine of something else
        ("On what date did he come?", "He came last week."),
        ("When did he come?", "He came by ship."),
        ("When in May did he come?", "He came in May."),  # the month asked with
        ("What are the names of the victims?", "The victims were Felde and a child."),
        ("What are the names of the victims?", "Prime Minister Felde named none."),
        ("Who signed it?", "the ministers signed it."),
        ("Which town was hit?", "the storm hit two towns."),
    ],
)
def test_this_does_not(matcher: Matcher, question: str, sentence: str) -> None:
    assert kind_fits(read_question(question), words(sentence), matcher) < LEAST


def test_an_open_question_takes_any_sentence_alike(matcher: Matcher) -> None:
    question = read_question("What does the plan involve?")
    assert {kind_fits(question, words(s), matcher) for s in ("Nine days.", "rain", "")} == {LEAST}


def test_no_words_hold_nothing(matcher: Matcher) -> None:
    for question in ("How many?", "When?", "Who?", "Which town?", "What are the names of them?"):
        assert kind_fits(read_question(question), [], matcher) == 0
