"""According to whom something is told."""

import pytest

from rag.asking.question import read_question
from rag.embedders import WordLlamaEmbedder
from rag.extract.attributions import Attribution
from rag.extract.matching import Matcher
from rag.words.thesaurus import Thesaurus


@pytest.mark.parametrize(
    ("question", "of_another"),
    [
        ("how many walked out according to the union?", True),
        ("according to the union, how many walked out?", True),
        ("how many walked out according to the company?", False),
        ("how many walked out according to the firm?", False),  # a synonym
        ("how many walked out according to Kelby Terminals?", False),  # which may be the company
        ("how many walked out?", False),
    ],
)
def test_what_somebody_else_says(question: str, of_another: bool) -> None:
    read, matcher = read_question(question), Matcher(WordLlamaEmbedder(), Thesaurus("company, firm"))
    by = Attribution(read, matcher.ask(read))
    assert by.is_of_another("One in five walked out, according to the company, on Monday.") is of_another
    assert not by.is_of_another("One in five walked out.")
    assert not by.is_of_another("One in five walked out, according to Ohre.")
