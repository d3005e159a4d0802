"""One way of reading words, for questions, sentences and the index."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.words.terms import content_words, index_terms, is_stop_word, starts_of, term, unowned, words, written_words
from tests.toys import PROPERTY


@PROPERTY
@given(st.text())
def test_every_word_says_exactly_where_it_stands(text: str) -> None:
    found = words(text)
    assert all(text[w.start : w.end] == w.written for w in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@PROPERTY
@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzé", min_size=1).filter(lambda w: w != "us"))
def test_case_makes_no_difference_to_a_term(word: str) -> None:
    assert term(word) == term(word.upper()) == term(word.capitalize())


@pytest.mark.parametrize(
    "same",
    [
        ("hostage", "hostages", "Hostage's", "hostages’", "HOSTAGES"),
        ("negotiate", "negotiating", "negotiated", "negotiates"),
        ("Zürich", "Zurich", "ZÜRICH", "Zürich’s"),
        ("US", "U.S", "u.s"),
        ("US’s", "US'", "u.s"),
        ("WHO", "W.H.O", "w.h.o"),
        ("UN", "U.N", "un"),
        ("HDWU", "H.D.W.U", "hdwu"),
        ("PM", "p.m", "pm"),
        ("1,200", "1200"),
        ("12,345,678", "12345678"),
    ],
)
def test_these_ways_to_write_a_word_are_one_term(same: tuple[str, ...]) -> None:
    assert len({term(written) for written in same}) == 1


@pytest.mark.parametrize(("a", "b"), [("US", "us"), ("1,200", "120"), ("1.5", "15"), ("Iran", "Iraq")])
def test_different_words_are_different_terms(a: str, b: str) -> None:
    assert term(a) != term(b)


def test_a_name_is_told_without_the_ending_of_an_owner() -> None:
    assert [unowned(w) for w in ("Holm's", "workers’", "Holm", "the Courier’s")] == [
        "Holm",
        "workers",
        "Holm",
        "the Courier",
    ]


def test_abbreviations_numbers_and_contractions_are_one_word_each() -> None:
    assert [w.written for w in words("The U.S. paid 1,200.50 at 3 o’clock, didn't it?")] == [
        "The", "U.S", "paid", "1,200.50", "at", "3", "o’clock", "didn't", "it",
    ]  # fmt: skip


def test_the_parts_of_a_hyphenated_word_are_words() -> None:
    assert [w.written for w in words("cease-fire three‑phase a_b")] == ["cease", "fire", "three", "phase", "a", "b"]


def test_content_words_leave_out_what_says_nothing_about_the_subject() -> None:
    assert [w.written for w in content_words("What did the US do about it in Gaza?")] == ["US", "Gaza"]


def test_the_country_is_no_stop_word_but_the_pronoun_is() -> None:
    assert is_stop_word("us")
    assert is_stop_word("Us")
    assert not is_stop_word("US")
    assert not is_stop_word("US’s")
    assert is_stop_word("Who")
    assert not is_stop_word("WHO")


def test_a_hyphenated_word_is_also_indexed_as_one() -> None:
    for hyphen in "-‐‑":
        found = index_terms(f"A cease{hyphen}fire holds.")
        assert found == [term("cease"), term("fire"), term("holds"), term("ceasefire")]
    assert term("ceasefire") in index_terms("the ceasefires")


def test_stop_words_are_not_indexed() -> None:
    assert index_terms("What is it, and who was there?") == []
    assert index_terms("") == []


def test_threads_stem_alike() -> None:
    some = [f"{stem}{ending}" for stem in ("talk", "agree", "hostag") for ending in ("s", "ing", "ed", "es")] * 200
    alone = [term.__wrapped__(word) for word in some]
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda _: [term.__wrapped__(word) for word in some], range(8)))
    assert all(result == alone for result in results)


ENDINGS = (
    "s es ies ied ed eed ing y ly ily e able ably ible ability ation ational ator izer ization ence ency ive ivity"
).split()


@PROPERTY
@given(st.text("abdeghilnoprstuvwy", min_size=1, max_size=8), st.sampled_from(ENDINGS))
def test_a_word_begins_as_its_term_tells(stem: str, ending: str) -> None:
    word = stem + ending
    assert word.startswith(starts_of(term(word))), term(word)


def test_words_that_the_stemmer_knows_by_heart_begin_as_their_terms_tell() -> None:
    for word in ("skis", "skies", "dying", "lying", "tying", "idly", "gently", "ugly", "early", "only", "singly"):
        assert word.startswith(starts_of(term(word))), word
    assert "us".startswith(starts_of(term("US")))
    assert "u.s.".startswith(starts_of(term("U.S.")))
    for written in ("U.N.", "UN", "H.D.W.U.", "HDWU", "W.H.O.", "WHO"):
        assert written.lower().startswith(starts_of(term(written)))
    assert "1,200".startswith(starts_of(term("1,200")))


@pytest.mark.parametrize(
    ("form", "plain"),
    [
        ("Fell", "fall"),
        ("withdrawn", "withdraws"),
        ("struck", "striking"),
        ("Women", "woman"),
        ("women’s", "woman"),
    ],
)
def test_irregular_forms_are_compared_as_their_plain_form(form: str, plain: str) -> None:
    assert term(form) == term(plain)
    assert form.lower().startswith(starts_of(term(plain)))


def test_verbs_of_opposite_meaning_stay_apart() -> None:
    assert term("rose") == term("rising") != term("fell")


@PROPERTY
@given(st.text(st.sampled_from("aUS19'’ʼ.,_\"( \t\n\x1c\x85\u00a0\u3000é中") | st.characters(), max_size=60))
def test_a_text_is_indexed_by_the_terms_of_its_words(text: str) -> None:
    plain = text.translate(dict.fromkeys(map(ord, "-‐‑"), " "))
    told = [term(word) for word in written_words(plain) if not is_stop_word(word)]
    assert index_terms(plain) == [t for t in told if t]
