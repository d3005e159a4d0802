"""The phrases of a question are its noun phrases and times, without its verbs."""

import pytest

from rag.words.phrases import is_plural, is_time, phrases_of


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Who signed the Quillhaven Accord for Maravel?", ["the Quillhaven Accord", "Maravel"]),
        ("Will Blinken visit Egypt?", ["Blinken", "Egypt"]),
        ("What was the unemployment rate in Saltmarsh in July?", ["the unemployment rate", "Saltmarsh", "July"]),
        ("How many tents does the camp at Halden Down have?", ["tents", "the camp", "Halden Down"]),
        ("Why was the permit of the Hallow Ridge mine annulled?", ["the permit", "the Hallow Ridge mine"]),
        ("What happened on 9 October 2030?", ["9 October 2030"]),
        ("How long is the tunnel?", ["the tunnel"]),
        ("How many voted for the Act?", ["the Act"]),
        ("What happens to nurses' pay?", ["nurses' pay"]),
    ],
)
def test_phrases_are_found_without_verbs(question: str, found: list[str]) -> None:
    assert [p.text for p in phrases_of(question)] == found


def test_a_phrase_says_where_it_stands_and_what_it_is() -> None:
    question = "How many people did Chancellor Brock call to Aldry in early March?"
    people, brock, aldry, march = phrases_of(question)
    assert all(question[p.start : p.end] == p.text for p in (people, brock, aldry, march))
    assert (people.asked, people.plural, people.kind) == (True, True, "noun")
    assert (brock.subject, brock.speaks, brock.person) == (True, True, True)
    assert (aldry.preposition, aldry.kind, aldry.person) == ("to", "name", False)
    assert (march.preposition, march.kind) == ("in", "time")


def test_what_is_said_according_to_somebody_is_marked() -> None:
    assert [p.source for p in phrases_of("What caused the fire according to the prefect?")] == [False, True]


def test_times_and_plurals() -> None:
    assert [is_time(t) for t in ("2032", "203¹", "early March", "last year", "the fire", "may", "")] == [
        True, False, True, True, False, False, False,
    ]  # fmt: skip
    assert [is_plural(t) for t in ("monitors", "the people", "crisis", "Egypt and Qatar", "the nurse’s")] == [
        True, True, False, True, False,
    ]  # fmt: skip
