"""What the surroundings of a sentence hold of a question, and what they lack."""

from datetime import date

import pytest

from rag.embedders import WordLlamaEmbedder
from rag.matching import Matcher
from rag.question import read_question
from rag.surroundings import Around, Surroundings
from rag.thesaurus import Thesaurus
from tests.toys import briefing

PORT = briefing(
    "port",
    "Dockers struck on Wednesday.",
    "In June 250 of them left Kelby.",
    published=date(2031, 5, 22),
    title="Aldry",
)


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(WordLlamaEmbedder(), Thesaurus(""))


def around(matcher: Matcher, text: str, paragraph: int = 0) -> Around:
    question = read_question(text)
    return Surroundings(question, matcher.ask(question)).of(PORT, PORT.paragraphs[paragraph])


def test_a_name_may_stand_anywhere_in_the_briefing(matcher: Matcher) -> None:
    assert around(matcher, "Why did dockers strike in Kelby and Aldry?").names == ()
    assert around(matcher, "Why did dockers strike in Sennet?").missing == ("Sennet",)


def test_a_number_must_stand_in_the_paragraph_or_above_it(matcher: Matcher) -> None:
    assert around(matcher, "Why did 250 leave?", 1).numbers == ()
    assert around(matcher, "Why did 250 leave?", 0).numbers == ("250",)


def test_a_day_is_reported_up_to_two_days_later(matcher: Matcher) -> None:
    for day, lost in ((22, ()), (21, ()), (20, ()), (19, ("19",)), (23, ("23",))):
        assert around(matcher, f"Who struck on {day} May?").numbers == lost
    assert around(matcher, "Who struck on 21 June?", 1).numbers == ("21",)  # it was published in May


def test_one_of_several_months_is_enough(matcher: Matcher) -> None:
    assert around(matcher, "Who left in June or July?", 1).times == ()
    assert around(matcher, "Who left in July or August?", 1).times == ("July", "August")
    assert around(matcher, "Who left in May?", 1).times == ()  # the date of publication


def test_what_stands_above_a_paragraph_is_its_heading(matcher: Matcher) -> None:
    found = around(matcher, "What of aldry?")
    assert (float(found.heading[0]), float(found.paragraph[0]) < 1) == (1.0, True)
