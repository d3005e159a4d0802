"""Lists that answer a question as a whole."""

from dataclasses import replace

import pytest

from rag.asking.question import read_question
from rag.briefings import Briefing
from rag.embedders import WordLlamaEmbedder
from rag.extract.candidates import Candidate
from rag.extract.lists import LEAST_LISTED, list_around, listed, may_list, things_asked
from rag.extract.matching import Matcher
from rag.words.sentences import sentence_spans
from rag.words.thesaurus import Thesaurus
from tests.toys import briefing

MATCHER = Matcher(WordLlamaEmbedder(), Thesaurus("recommend, recommendation"))


@pytest.mark.parametrize(
    ("question", "things"),
    [
        ("Which measures did the mayor order?", "measur"),
        ("What are the board's recommendations after the fire?", "recommend"),
        ("Please list the main points of the plan.", "point"),
        ("What three mistakes did the leaflet contain?", "mistak"),
        ("Which members opposed the cut?", "member"),
        ("Which sales figures fell?", "figur"),
        ("Which bus goes to Aldry?", ""),
        ("Which bus takes me there?", ""),
        ("What is the board's status?", ""),
        ("What happened to the ships?", ""),
        ("Who resigned?", ""),
    ],
)
def test_the_things_that_a_question_asks_to_be_listed(question: str, things: str) -> None:
    assert things_asked(read_question(question)) == things


def test_a_number_or_a_day_is_told_by_no_list() -> None:
    assert may_list(read_question("What should parents do?"))
    assert not may_list(read_question("How many measures did the mayor order?"))
    assert not may_list(read_question("When did the measures begin?"))


def page(*paragraphs: str, section: str | None = None) -> Briefing:
    """A briefing whose paragraphs that begin with a hyphen are the items of a list."""
    whole = briefing("page", *paragraphs)
    kinds = [
        replace(p, kind="list_item" if whole.words_of(p).startswith("-") else p.kind, section=section)
        for p in whole.paragraphs
    ]
    return replace(whole, paragraphs=tuple(kinds))


def told(question: str, whole: Briefing, probability: float = 0.9) -> list[str]:
    """What is listed, when the sentences are together so probable."""
    candidates = []
    for paragraph in whole.paragraphs:
        before = ""
        for span in sentence_spans(whole.text, paragraph.start, paragraph.end):
            candidates.append(Candidate(whole, paragraph, span.start, span.end, before=before))
            before = candidates[-1].text
    some = [(candidate, probability / len(candidates)) for candidate in candidates]
    asked = read_question(question)
    return [c.text for c in listed(asked, some, MATCHER.ask(asked))]


LEAD, ITEMS = (
    "The mayor has taken these measures in the harbour:",
    ("- The quay is closed.", "- Fishing is forbidden."),
)


def test_the_sentence_that_leads_to_the_things_asked_for_is_told() -> None:
    assert told("Which measures did the mayor take in the harbour?", page("Oil leaked.", LEAD, *ITEMS)) == [LEAD]
    assert told("Which ships did the mayor inspect?", page("Oil leaked.", LEAD, *ITEMS)) == []
    assert told("Which measures did the mayor take in the harbour?", page("Oil leaked.", LEAD)) == []


def test_a_list_about_something_else_is_not() -> None:
    assert told("Which measures were taken against locusts in vineyards?", page("Oil leaked.", LEAD, *ITEMS)) == []


def test_a_heading_that_the_question_repeats_has_its_items_told() -> None:
    whole = page("Oil leaked in the harbour.", *ITEMS, section="What we recommend")
    assert told("What do they recommend for the harbour?", whole) == list(ITEMS)
    other = replace(whole, paragraphs=tuple(replace(p, section="Prices of fish") for p in whole.paragraphs))
    assert told("What do they recommend for the harbour?", other) == []


def test_a_briefing_must_be_probable() -> None:
    whole = page("Oil leaked in the harbour.", *ITEMS, section="Recommendations")
    question = "What do they recommend for the harbour?"
    assert told(question, whole, LEAST_LISTED + 0.01)
    assert not told(question, whole, LEAST_LISTED - 0.01)


def test_a_count_of_the_things_is_followed_by_as_many_sentences() -> None:
    lead, first, second = "Two members opposed the cut.", "Ada Berg feared inflation.", "Bo Tarr wanted to wait."
    question = "Which members opposed the cut?"
    assert told(question, page(f"{lead} {first} {second}")) == [lead, first, second]
    assert told(question, page(f"{lead} {first} {second} Rain fell.")) == []
    assert told("Which ministers opposed the cut?", page(f"{lead} {first} {second}")) == []


def test_one_and_the_other_are_told_whatever_follows() -> None:
    lead, one, other = "We see two dangers.", "One is money for the bridge.", "The other is ice."
    whole = page(f"{lead} {one} {other} Winter begins in October. It is long.")
    assert told("What dangers do they see for the bridge?", whole) == [lead, one, other]
    first, between = "Money for the bridge is short.", "Nobody gives it."
    whole = page(" ".join((lead, first, between, other)))
    assert told("What dangers do they see for the bridge?", whole) == [lead, first, other]


def test_the_items_around_one_are_those_of_its_section() -> None:
    whole = page("Steps:", *ITEMS, "Rain fell.", "- It rained.")
    item, alone = whole.paragraphs[2], whole.paragraphs[4]
    assert [c.text for c in list_around(Candidate(whole, item, item.start, item.end))] == list(ITEMS)
    assert list_around(Candidate(whole, alone, alone.start, alone.end)) == []
