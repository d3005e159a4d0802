"""Texts as questions are compared with them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.asking.question import read_question
from rag.embedders import WordLlamaEmbedder
from rag.extract.matching import Matcher
from rag.extract.readings import Phrases, ReadText, WholeText, called, roles_in
from rag.words.terms import starts_of, term
from rag.words.thesaurus import Thesaurus
from tests.toys import PROPERTY

TALKS = "U.S. Secretary of State Antony Blinken met the Bank of Aldry. Blinken left. The harbour was closed."
# Words that a stemmer changes, that are joined, folded, stop words, or written in several ways.
WORDS = (
    "city cities Cities dying die dies US us U.S. U.S Doe does Müller muller O’Brien O'Brien's 1,200 1200 Ångström"
    " K2 half-life one,two a.b İzmir ﬁre fire naïve ½ Roberts Robert Israel Israelis Israeli 東京 ʼtis e"
).split()
TEXTS = st.lists(
    st.tuples(st.sampled_from(WORDS), st.sampled_from([" ", ", ", ",", ".", "’", "-", "\n", " “"]))
).map(lambda parts: "".join(word + sign for word, sign in parts))


def test_a_text_is_read_once_with_its_content_terms_as_they_are_written() -> None:
    read = ReadText.of("The Ports and the port")
    assert (read.length, read.telling) == (5, 2)
    assert read.terms == {"port": "port"}  # the last of them
    assert read.every == {"the", "port", "and"}
    assert read.said == " the port and the port "


@PROPERTY
@given(TEXTS)
def test_a_term_is_found_in_a_whole_text_where_reading_all_of_it_finds_it(text: str) -> None:
    read, whole = ReadText.of(text), WholeText(text)
    for word in WORDS:
        begun = whole.beginning(starts_of(term(word)))
        assert any(f.term == term(word) and f.tells for f in begun) == (term(word) in read.terms), word


@PROPERTY
@given(TEXTS, st.lists(st.sampled_from(WORDS), min_size=1, max_size=3))
def test_a_phrase_is_found_in_a_whole_text_where_reading_all_of_it_finds_it(text: str, phrase: list[str]) -> None:
    sought = " ".join(map(term, phrase))
    assert WholeText(text).says(Phrases.of([sought])) == (f" {sought} " in ReadText.of(text).said)


@pytest.mark.parametrize(
    ("plain", "text", "held"),
    [
        ("israel", "the Israeli army", True),
        ("israeli", "in Israel", True),
        ("israel", "in Israel", False),
        ("austria", "Australian", False),
        ("oman", "Omani", True),
        ("uk", "uk", False),
    ],
)
def test_a_place_and_its_people_are_akin(plain: str, text: str, held: bool) -> None:
    assert WholeText(text).holds_akin(plain) is held


def test_a_later_surname_stands_for_the_longer_name() -> None:
    matcher = Matcher(WordLlamaEmbedder(), Thesaurus(""))
    roles = roles_in(TALKS)
    asked = matcher.ask(read_question("what did the secretary do"))
    plain = ReadText.of("Blinken left.")
    assert asked.strengths([plain]).max() < 1
    assert asked.strengths(called(plain, roles)).max() == 1


def test_what_somebody_is_called_is_the_longer_name() -> None:
    roles = roles_in("Here spoke the U.S. Secretary of State Antony Blinken.")
    (name,) = called(ReadText.of("Blinken left."), roles)
    assert name.text == "U.S. Secretary of State Antony Blinken"
    assert name.terms.keys() == {"u.s", "secretari", "state", "antoni", "blinken"}


def test_a_sentence_that_names_nobody_gains_nothing() -> None:
    for text in ("The harbour was closed.", ""):
        assert called(ReadText.of(text), roles_in(TALKS)) == []


def test_a_text_without_names_calls_nobody_anything() -> None:
    assert not roles_in("rain fell on a harbour").keys()


@pytest.mark.parametrize(
    ("text", "phrase", "held"),
    [
        ("It is at quay 4.", "Quay 4", True),
        ("Déjà at QUAY 4’s end", "Quay 4", True),
        ("At Quay 5.", "Quay 4", False),
        ("ʼtis Quay 4", "quay 4", True),  # which has no plain text
    ],
)
def test_a_phrase_is_held_in_any_case(text: str, phrase: str, held: bool) -> None:
    assert WholeText(text).holds(phrase) is held
