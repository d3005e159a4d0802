"""A title and the source that told it are one mention, when they stand side by side."""

import pytest

from rag.finding.catalogue import Catalogue
from rag.finding.mentions import mentions_in
from rag.finding.titles import Titled
from rag.words.terms import words

LIBRARY = Catalogue.of(["Aldry Gazette", "The Courier"])


def mentions(question: str) -> list[tuple[tuple[str, ...], bool]]:
    """The sources of each mention, and whether it has a title, for which "xxxx" stands."""
    at = question.index("xxxx")
    titles = [Titled("tide", at, at + 4, certain=True)]
    clauses = [(0, len(question))]
    return [
        (m.sources, m.title is not None) for m in mentions_in(question, words(question), clauses, LIBRARY, titles)
    ]


@pytest.mark.parametrize(
    "question",
    [
        "What does the Courier's “xxxx” say?",
        "What does the Courier’s article xxxx say?",
        "What does “xxxx” in the Courier say?",
        "What does 'xxxx', by the Courier, say?",
    ],
)
def test_the_source_of_a_title_is_told_beside_it(question: str) -> None:
    assert mentions(question) == [(("The Courier",), True)]


def test_a_source_elsewhere_is_a_mention_of_its_own() -> None:
    assert mentions("Does the Courier deny what “xxxx” says?") == [(("The Courier",), False), ((), True)]
    assert mentions("Does “xxxx” say more than the Aldry Gazette?") == [((), True), (("Aldry Gazette",), False)]


def test_the_words_of_a_mention_are_counted() -> None:
    question = "What does the Courier’s article xxxx say?"
    (mention,) = mentions_in(question, words(question), [(0, 41)], LIBRARY, [Titled("tide", 32, 36, certain=True)])
    assert (mention.first, mention.last) == (2, 5)  # "the" to "xxxx"
    assert question[mention.start : mention.end] == "the Courier’s article xxxx"
