"""What a pronoun stands for is a phrase of the earlier question or a name in its answer."""

import pytest

from rag.asking.pronouns import Said, with_antecedents
from rag.words.phrases import phrases_of


def said(text: str, answer: str = "") -> Said:
    return Said(text, tuple(phrases_of(text)), answer)


@pytest.mark.parametrize(
    ("question", "earlier", "text"),
    [
        ("who runs it?", said("How many tents does the camp at Skarne have?"), "who runs the camp?"),
        ("who visited them?", said("How many detainees are there?"), "who visited the detainees?"),
        ("what is her plan?", said("What did Ms. Roth say?"), "what is Ms. Roth’s plan?"),
        ("is she right?", said("Who spoke?", "Baron Edric Thole and Dame Ysolde Karrin spoke."), None),
        ("what happened there?", said("Who left?", "They live in Port Hale."), "what happened in Port Hale?"),
        ("who signed it?", said("What does the Hask Treaty say about ships?"), "who signed the Hask Treaty?"),
        ("who came then?", said("What fell on 1 June?"), "who came on 1 June?"),
        ("did he get his way?", said("Who is Karl Roth?"), "did Karl Roth get his way?"),
        ("why did he object?", said("What did the Rate Authority decide?"), "why did he object?"),
        ("who signed it?", said("What’s the latest on the truce?"), "who signed the truce?"),
    ],
)
def test_a_pronoun_is_put_in_words(question: str, earlier: Said, text: str | None) -> None:
    assert with_antecedents(question, earlier) == (text or "is Dame Ysolde Karrin right?")


@pytest.mark.parametrize(
    "question",
    ["Is it true?", "Did Ilse Corvane say that she would leave?", "Are there any drones?", "Who did that deal?"],
)
def test_a_pronoun_that_does_not_point_back_is_left(question: str) -> None:
    assert with_antecedents(question, said("What did Dame Ysolde Karrin say about the camp?")) is None


@pytest.mark.parametrize(
    ("question", "earlier", "text"),
    [
        ("who proposed it?", "Who is Antony Blinken?", "who proposed it?"),
        ("what was said about it?", "When did Antony Blinken bring the plan?", "what was said about the plan?"),
        ("what is his position?", "Who is Antony Blinken?", "what is Antony Blinken’s position?"),
        ("what do they want?", "Does Antony Blinken support the talks?", "what do the talks want?"),
    ],
)
def test_it_is_nobody_who_is_known_to_be_a_person_and_he_is(question: str, earlier: str, text: str) -> None:
    before = said(earlier, "Israeli Prime Minister Benjamin Netanyahu met him.")
    assert with_antecedents(question, before, {"Antony Blinken"}) == text
