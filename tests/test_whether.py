"""What a sentence says to a question that a yes or no answers."""

import pytest

from rag.asking.question import read_question
from rag.embedders import WordLlamaEmbedder
from rag.extract.cues import Cues
from rag.extract.matching import Matcher
from rag.extract.whether import Whether
from rag.words.thesaurus import Thesaurus


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(WordLlamaEmbedder(), Thesaurus("resign, step down"))


def whether(matcher: Matcher, question: str) -> Whether:
    asked = read_question(question)
    return Whether(asked, matcher.ask(asked))


@pytest.mark.parametrize(
    ("sentence", "strays"),
    [
        ("He did not specify the price.", True),
        ("Tessaly did not resign.", False),
        ("Holm is ill.", False),
        ("She stepped down.", False),
    ],
)
def test_an_answer_is_about_what_is_asked(matcher: Matcher, sentence: str, strays: bool) -> None:
    assert whether(matcher, "Did Holm resign?").strays(sentence) is strays
    assert not whether(matcher, "Why did Holm resign?").strays(sentence)


@pytest.mark.parametrize(
    ("sentence", "denies"),
    [
        ("He did not specify the price of bread or whether Holm would resign.", False),
        ("Holm did not resign.", True),
        ("Holm will not step down.", True),
        ("No minister has to resign.", True),
        ("Holm refrained from naming a price.", False),
        ("Holm refrained from telling reporters whether she would resign.", False),
        ("Holm stopped short of stepping down.", True),
        ("She rejected the demand.", True),
        ("She said no.", True),  # which can only mean the question
    ],
)
def test_a_denial_is_of_what_is_asked(matcher: Matcher, sentence: str, denies: bool) -> None:
    assert whether(matcher, "Did Holm resign?").denies(sentence) is denies


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Did Holm resign?", True),
        ("Could the bank close?", True),
        ("Can you tell me whether Holm resigned?", True),
        ("Could you please tell me how long it was?", False),
        ("Can you recommend a hotel?", False),
    ],
)
def test_an_indirect_question_does_not_ask_whether(question: str, asks: bool) -> None:
    told = dict(
        zip(("reason", "no_reason", "denied"), Cues(read_question(question)).told_by("It did not."), strict=False)
    )
    assert told["denied"] is asks
