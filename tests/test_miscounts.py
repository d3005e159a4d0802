"""Numbers that count something else than what is asked for."""

import pytest

from rag.asking.question import read_question
from rag.embedders import WordLlamaEmbedder
from rag.extract.candidates import Candidate
from rag.extract.matching import Matcher
from rag.extract.miscounts import of_other_things
from rag.words.thesaurus import Thesaurus
from tests.toys import briefing


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(WordLlamaEmbedder(), Thesaurus("guest, mourner"))


def miscounts(matcher: Matcher, question: str, sentence: str) -> bool:
    asked, whole = read_question(question), briefing("toy", sentence)
    paragraph = whole.paragraphs[0]
    return of_other_things(asked, matcher.ask(asked))(Candidate(whole, paragraph, paragraph.start, paragraph.end))


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How many soldiers were wounded?", "Most were single shots, but two shepherds were wounded."),
        ("How many robots does it use?", "Robots stand in five of the plants."),
        ("How many delegates voted for it?", "Firms with fewer than ten staff were exempt."),
        ("How many large pumps are there?", "It has 12 old lorries."),
        ("How many of the wells are closed?", "The town closed 11 pipes."),
    ],
)
def test_only_other_things_are_counted(matcher: Matcher, question: str, sentence: str) -> None:
    assert miscounts(matcher, question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How many soldiers were wounded?", "Two soldiers and two shepherds were wounded."),
        ("How many soldiers were wounded?", "Their number was put at nine."),
        ("How many soldiers were wounded?", "Nine were wounded."),
        ("How many islanders live there?", "Some 400 people live there."),  # who may be islanders
        ("How many guests may come?", "Only 20 mourners may come."),  # a synonym
        ("How many soldiers were wounded?", "Shepherds were wounded."),  # counts nothing
        ("When did the soldiers leave?", "Two shepherds left."),
        ("How many people came?", "Two shepherds came."),
    ],
)
def test_what_is_asked_for_may_be_counted(matcher: Matcher, question: str, sentence: str) -> None:
    assert not miscounts(matcher, question, sentence)
