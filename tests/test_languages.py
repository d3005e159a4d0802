"""A question in another language than the passages found."""

import pytest

from rag.words.languages import is_in_another_language

ENGLISH = ["The ship left the harbour on Monday.", "Antony Blinken was in Tel Aviv."]


@pytest.mark.parametrize(
    "question",
    [
        "¿Quién es Antony Blinken?",
        "Combien de personnes ont été tuées ?",
        "Qu'est-ce que le Hamas ?",
        "Wer ist Antony Blinken?",
        "Was steht in der Zeitung über den Vorschlag?",
        "Quem é Netanyahu?",
        "Chi ha incontrato Netanyahu?",
        "Hoeveel mensen werden gedood?",
        "كم عدد القتلى؟",
        "谁是布林肯？",
        "Сколько человек погибло?",
    ],
)
def test_another_language(question: str) -> None:
    assert is_in_another_language(question, ENGLISH)
    assert not is_in_another_language(question, [])


@pytest.mark.parametrize(
    "question",
    [
        "Who is Osama bin Laden?",
        "What is the coup d'état?",
        "Is de facto control of la Paz over?",
        "Was die Welt bought?",
        "La Paz?",
        "Blinken",
        "Was steht in dem Vorschlag?",
        "When was El Niño?",
        "2024?",
    ],
)
def test_no_other_language_for_certain(question: str) -> None:
    assert not is_in_another_language(question, ENGLISH)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Wer ist Antony Blinken?", "Das Schiff ist am Montag aus dem Hafen von Kiel gelaufen."),
        ("Сколько человек погибло?", "В понедельник корабль вышел из порта."),
    ],
)
def test_a_library_that_holds_the_language(question: str, text: str) -> None:
    assert not is_in_another_language(question, [*ENGLISH, text])
