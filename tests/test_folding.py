"""Folded text compares like with like, and every folded character knows where it came from."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.words.folding import as_read, deception, fold
from tests.toys import PROPERTY

ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("The “Accord”", "the 'accord'"),
        ("a  \n b\u00a0c", "a b c"),
        ("then — now", "then-now"),
        ("then--now – so", "then-now-so"),
        ("cease\u00adfire, zero\u200bwidth", "ceasefire, zerowidth"),
        ("wait…", "wait..."),
        ("it’s ''so''", "it's 'so'"),
        ("ＡＢ ﬁne", "ab fine"),
        ("  ", ""),
    ],
)
def test_what_is_evened_out(text: str, folded: str) -> None:
    assert fold(text).text == folded


def test_accents_and_other_alphabets_stay() -> None:
    assert fold("Élise").text == fold("E\u0301lise").text != fold("Elise").text
    assert fold("аrea").text != fold("area").text


@PROPERTY
@given(ANY)
def test_every_character_has_its_place(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert all(0 <= s < e <= len(text) for s, e in zip(folded.starts, folded.ends, strict=True))
    assert list(folded.starts) == sorted(folded.starts)


@PROPERTY
@given(ANY)
def test_composed_and_decomposed_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFC", text)).text == fold(unicodedata.normalize("NFD", text)).text


@pytest.mark.parametrize(
    "text", ["nоt agreed", "nȯt", "ɴot", "1Ο0", "Таrsia", "a \u202eton\u202c b", "\u2066x", "αgreed"]
)
def test_what_looks_otherwise_than_it_reads_is_noticed(text: str) -> None:
    assert deception(text)


@pytest.mark.parametrize(
    "text", ["Élise Roth", "Москва and Αθήνα", "not\u200b", "plain", "naïve café", "5 μg", "Nörd"]
)
def test_other_letters_alone_are_no_deception(text: str) -> None:
    assert deception(text) is None


def test_hidden_characters_are_not_read() -> None:
    assert as_read("n\x00ot") == "not"
    assert as_read("n\u200bo\u00adt \ufeffso") == "not so"
