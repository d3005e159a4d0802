"""Whether a sentence holds the kind of value asked for."""

import pytest

from rag.asking.question import read_question
from rag.embedders import WordLlamaEmbedder
from rag.extract.kinds import kind_fits, tells_amount_in_words
from rag.extract.matching import Matcher
from rag.words.thesaurus import Thesaurus


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
        ("How much is the fine?", "The fine is 5,000 tarik."),  # money that nobody has heard of
        ("How many phases are there?", "It is a three-phase plan."),
        ("How much was growth marked down?", "Projection: Growth (per cent) | June: 1.7"),
        ("How much was growth marked down?", "Projection: Growth (per cent) | June: 2"),
        ("On what date did he come?", "He came on 3 May."),
        ("On what day of May did he come?", "He came on 3 May."),
        ("When did he come?", "He came last week."),
        ("When is it due?", "It is due within a month."),
        ("At what time did he come?", "He came at 04:15."),
    ],
)
def test_this_holds_what_is_asked_for(matcher: Matcher, question: str, sentence: str) -> None:
    assert kind_fits(read_question(question), sentence, matcher) > 0.5


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How many dockers were hurt?", "Dockers were hurt."),
        ("Of the 250 dockers, how many were hurt?", "The 250 dockers were hurt."),  # the number asked with
        ("How many dockers were hurt?", "The festival in the capital began at nine."),  # nine of something else
        ("On what date did he come?", "He came last week."),
        ("How much did the tablets cost?", "Some 180,000 tablets were handed out."),
        ("How many dockers were hurt?", "The firm of the dockers was sold for $9 million."),
        ("How many dockers were hurt?", "The dock is one of the most deadly."),
        ("How many dockers were hurt?", "Dockers were hurt on 7 October."),
        ("How high was the loss?", "The loss of 2030 was high."),
        ("How high was the loss?", "The loss of 2 June was high."),
        ("How many prisoners come home?", "Prisoners come home in a three-phase plan."),
        ("How many dockers were hurt?", "The first dockers to be hurt were crane drivers."),
        ("When did he come?", "He came by ship."),
        ("When in May did he come?", "He came in May."),  # the month asked with
        ("When did he come, if not on 3 May?", "He came on 3 May."),
        ("When in May did he come?", "He came in May ²."),  # and a footnote's mark
    ],
)
def test_this_does_not(matcher: Matcher, question: str, sentence: str) -> None:
    assert kind_fits(read_question(question), sentence, matcher) < 0.5


@pytest.mark.parametrize(
    ("sentence", "tells"),
    [("A quarter of them left.", True), ("Nobody left.", True), ("They left.", False), ("A halfway house.", False)],
)
def test_an_amount_may_stand_in_words(sentence: str, tells: bool) -> None:
    assert tells_amount_in_words(sentence) == tells


def test_no_words_hold_nothing(matcher: Matcher) -> None:
    for question in ("How many?", "When?", "On what date?"):
        assert kind_fits(read_question(question), "", matcher) == 0


def test_signs_say_what_is_measured(matcher: Matcher) -> None:
    question = read_question("How much did it cost?")
    for text in ("It cost $5.", "It cost 5%."):
        assert kind_fits(question, text, matcher) > 0.5
    assert kind_fits(question, "It cost 5.", matcher) < 0.5
