"""Titles are found in a question by the keys that the index knows, and only where it asks what they tell."""

import pytest

from rag.finding.titles import Titled, masked, may_name_titles, titles_in
from rag.words.keys import keys_of

TITLES = (
    "Harbour strike enters second week",
    "Courier sold: what the deal says, and to whom",
    "Minister’s office closes | Aldry Gazette",
    "Budget",
    "The budget",
    "Élise Roth on the dam",
)
KNOWN = frozenset(key for title in TITLES for key in keys_of(title))


def found(question: str) -> list[tuple[str, bool]]:
    """What stands in the question for each title, and whether it is certain."""
    titles = titles_in(question, KNOWN.__contains__)
    assert may_name_titles(question) or not titles
    return [(question[t.start : t.end], t.certain) for t in titles]


def test_a_question_that_asks_what_nothing_tells_need_not_be_looked_up() -> None:
    assert not may_name_titles("Who won the budget vote in the end?")
    assert may_name_titles("Who won, according to Budget?")
    assert may_name_titles("What does Budget say?")
    assert may_name_titles("Who won in “Budget”?")


@pytest.mark.parametrize(
    "question",
    [
        "What does Harbour strike enters second week say about pay?",
        "what does harbour strike enters second week say about pay?",
        "What does “HARBOUR STRIKE ENTERS SECOND WEEK” say about pay?",
        "What does 'Harbour strike enters second week' say about pay?",
        "What does the article Harbour strike enters second week hold on pay?",
        "According to harbour strike enters second week, what is the pay?",
        "In Harbour strike enters second week, what is the pay?",
        'What is the pay in the report "Harbour strike enters second week"?',
        "What is the pay by harbour strike enters second week’s report?",
    ],
)
def test_a_title_is_found_however_it_is_written_where_the_question_asks_what_it_tells(question: str) -> None:
    ((written, certain),) = found(question)
    assert written.lower().startswith("harbour strike enters second week")
    assert certain


@pytest.mark.parametrize(
    "question",
    [
        "Who said that the harbour strike enters second week?",  # what happened
        "What did the union say about the harbour strike?",  # a part of it
        "When the harbour strike enters second week, what is the pay?",
        "What does the budget say about schools?",  # one word is no title without quotation marks
        "What does Harbour strike enters its second week say?",  # another title
        "",
        "'''\"\"“”„“",
    ],
)
def test_words_that_may_be_what_is_asked_about_are_no_title(question: str) -> None:
    assert found(question) == []


def test_in_quotation_marks_a_title_counts_by_itself_but_may_be_what_is_asked_about() -> None:
    assert found("When was “Budget” published?") == [("Budget", False)]
    assert found("When did she say “no budget”?") == []


def test_accents_and_apostrophes_make_no_difference() -> None:
    assert found("What does Elise Roth on the dam say?") == [("Elise Roth on the dam", True)]
    assert found("What does ‘Minister's office closes’ say?") == [("Minister's office closes", True)]
    assert found("What does minister's office closes say?") == [("minister's office closes", True)]


def test_several_titles_are_found_in_order() -> None:
    asked = "Do 'Budget' and the report Harbour strike enters second week agree with “The budget”?"
    assert [w for w, _ in found(asked)] == ["Budget", "Harbour strike enters second week", "The budget"]


def test_one_long_word_of_the_same_length_stands_for_a_title() -> None:
    question = "What does 'The budget' say?"
    assert masked(question, [Titled("thebudget", 11, 21, certain=True)]) == "What does 'xxxxxxxxxx' say?"
