"""How the sentences of an answer are set."""

import pytest

from rag.answers import Answer, Sentence
from rag.verify import citation_of
from tests.toys import briefing

WHOLE = {name: briefing(name, "Nine ships left.", title=name) for name in "ab"}


@pytest.mark.parametrize(
    ("cites", "paragraphs"),
    [
        ("", []),
        ("a b b", [3]),  # short
        ("a a b b b", [2, 3]),
        ("a a b b a", [2, 2, 1]),
        ("a ab b ab a", [5]),  # each goes on about what the one before it cites
        ("- a a b b", [1, 2, 2]),  # without a citation
        ("a b a b", [2, 2]),  # they take turns
        ("a b a b a", [1, 1, 1, 1, 1]),
    ],
)
def test_a_long_answer_begins_a_paragraph_with_each_briefing(cites: str, paragraphs: list[int]) -> None:
    citations = [
        citation_of(whole, whole.paragraphs[0], 0, len(whole.text), number=number)
        for number, whole in enumerate(WHOLE.values(), start=1)
    ]
    sentences = tuple(
        Sentence(f"{i}.", tuple("ab".index(name) + 1 for name in names if name != "-"), "supported")
        for i, names in enumerate(cites.split())
    )
    answer = Answer("Which?", "Which?", sentences, tuple(citations))
    assert [len(paragraph) for paragraph in answer.paragraphs] == paragraphs
    assert tuple(s for paragraph in answer.paragraphs for s in paragraph) == sentences


@pytest.mark.parametrize(
    ("composer", "cites", "paragraphs"),
    [
        ("extractive", "1 2 3", [3]),  # short
        ("extractive", "1 1 2 3", [2, 1, 1]),
        ("extractive", "1 2 2 1", [1, 2, 1]),
        ("a model", "1 1 2 3", [4]),  # it writes whole paragraphs
    ],
)
def test_a_long_answer_quoted_from_one_briefing_begins_one_with_each_of_its_paragraphs(
    composer: str, cites: str, paragraphs: list[int]
) -> None:
    whole = briefing("a", "Nine ships left.", "Rain fell.", "Fares rose.")
    citations = [citation_of(whole, p, p.start, p.end, number=p.number) for p in whole.paragraphs]
    sentences = tuple(Sentence(f"{i}.", (int(n),), "supported") for i, n in enumerate(cites.split()))
    answer = Answer("Which?", "Which?", sentences, tuple(citations), composer=composer)
    assert [len(paragraph) for paragraph in answer.paragraphs] == paragraphs


def test_that_an_answer_is_doubtful_is_kept_and_else_not_spoken_of() -> None:
    sure, doubtful = Answer("Which?", "Which?"), Answer("Which?", "Which?", doubtful=True)
    assert "doubtful" not in sure.as_dict()
    assert doubtful.as_dict()["doubtful"] is True
    assert [Answer.from_dict(one.as_dict()) for one in (sure, doubtful)] == [sure, doubtful]
