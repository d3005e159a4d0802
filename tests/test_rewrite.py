"""An earlier question is asked again with something changed."""

import pytest

from rag.asking.rewrite import asked_again, asked_with, joined


@pytest.mark.parametrize(
    ("previous", "fragment", "text"),
    [
        ("Who signed for Maravel?", "for Dunmarch", "Who signed for Dunmarch?"),
        ("What was the rate in Saltmarsh in July?", "in the Islands", "What was the rate in the Islands in July?"),
        ("What was the rate in Saltmarsh in July?", "Quillhaven", "What was the rate in Quillhaven in July?"),
        ("What fell (the rate)?", "in June", "What fell in June (the rate)?"),
        ("What did Prime Minister Corvane demand?", "the opposition", "What did the opposition demand?"),
        ("What was cut in 2032?", "the previous year", "What was cut in 2031?"),
        ("What was cut?", "the year before", "What was cut, and the year before?"),
        ("What did the third report say?", "the previous one", "What did the previous report say?"),
        ("What was cut?", "the harbour", None),
        ("How many mines were found in the strait?", "destroyed", "How many mines were destroyed in the strait?"),
        ("How many mines were found in the strait?", "Skarne Roads", "How many mines were found in Skarne Roads?"),
        ("What did the Yes side say in Kehuna?", "the Red side", "What did the Red side say in Kehuna?"),
        ("What did the Sahm Brigade demand?", "the government", "What did the government demand?"),
        ("How many cholera cases are there?", "deaths", "How many cholera deaths are there?"),
        ("Is that so (the camp)?", "the road", None),  # not in place of what was carried over
    ],
)
def test_a_fragment_takes_its_place(previous: str, fragment: str, text: str | None) -> None:
    assert asked_with(previous, fragment) == text


@pytest.mark.parametrize(
    ("previous", "fragment", "text"),
    [
        ("Why was the truce signed?", "when", "When was the truce signed?"),
        ("Which crossings will reopen?", "when", "When will the crossings reopen?"),
        ("What did Egypt say?", "where was that", "Where did Egypt say?"),
        ("Who came?", "why", "Who came, and why?"),
        ("Did Egypt agree?", "why not", "Why did Egypt not agree?"),
        ("Who agreed?", "why not", "Who agreed, and why not?"),
        ("What was sold?", "anything else", "What else was sold?"),
        ("Where was it sold?", "who else", "Where was it sold, and who else?"),
    ],
)
def test_another_thing_is_asked_for(previous: str, fragment: str, text: str) -> None:
    assert asked_again(previous, fragment) == text


def test_both_are_asked_in_one_sentence() -> None:
    assert joined("Which crossings reopen?", "since when") == "Which crossings reopen, and since when?"
    assert joined("Which crossings reopen, and since when?", "why") == "Which crossings reopen, and why?"
    both = "Did Egypt, Qatar, and the Saudis agree"
    assert joined(f"{both}?", "by when") == f"{both}, and by when?"
