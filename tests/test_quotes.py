"""A quote is exact or has a class of its own for what is wrong with it."""

import unicodedata
from dataclasses import replace

import pytest

from evals.quotes import cited_words, marked, quote_class, spans_in_quotation_marks, words_class
from rag.answers import Sentence
from tests.eval_toys import AID, FLOOD, OLD, SOURCES, gold, said

FIRST = gold().citations[0]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "exact"),
        ({"start": 1}, "misplaced"),
        ({"quote": "river Tessel"}, "misplaced"),
        ({"quote": OLD}, "elsewhere"),
        ({"paragraph": 2}, "elsewhere"),
        ({"briefing_id": "none"}, "elsewhere"),
        ({"quote": unicodedata.normalize("NFD", FLOOD)}, "typography"),
        ({"quote": FLOOD.replace("e", "е")}, "typography"),
        ({"quote": "On 9 May the river […] did not break"}, "stitched"),
        ({"quote": "On 9 May the river Élise Roth said."}, "stitched"),
        ({"quote": FLOOD.replace("4 metres", "5 metres")}, "altered"),
        ({"quote": "Parliament adjourned early in the evening."}, "absent"),
    ],
)
def test_classes(changes: dict[str, object], expected: str) -> None:
    assert quote_class(replace(FIRST, **changes), SOURCES) == expected  # type: ignore[arg-type]


def test_curly_quotation_marks_are_not_exact() -> None:
    assert words_class("the “accord”", 'the "accord" of May') == "typography"


def test_a_mark_or_paragraph_that_is_not_there_leads_nowhere() -> None:
    answer = said((FLOOD, (1, 9, 1)))
    assert [c.number for c in marked(answer, answer.sentences[0])] == [1]
    assert cited_words(replace(FIRST, paragraph=9), SOURCES) is None


def test_words_in_quotation_marks_are_quotes_unless_the_sentence_is_the_sources() -> None:
    assert list(spans_in_quotation_marks(Sentence('He said "so be it".', (), "supported"), [AID])) == ["so be it"]
    assert list(spans_in_quotation_marks(Sentence("a “b” c", (), "supported"), ["x a “b” c"])) == []
