"""How well a text holds the words of a question."""

import math
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
import pytest

from rag.asking.question import read_question
from rag.embedders import WordLlamaEmbedder
from rag.extract.matching import Matcher
from rag.extract.readings import ReadText
from rag.words.thesaurus import RELATED, SYNONYM, Thesaurus


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(
        WordLlamaEmbedder(), Thesaurus("xylophone, take hostage, US\n~ xylophone, zebra\nUS, United States")
    )


def strength(matcher: Matcher, question: str, text: str) -> list[float]:
    return list(map(float, matcher.ask(read_question(question)).strengths([ReadText.of(text)])[0]))


def test_the_word_itself_counts_most_then_a_synonym_then_a_related_word(matcher: Matcher) -> None:
    strengths = [
        strength(matcher, "the xylophone", text)[0]
        for text in ("Two xylophones.", "They take hostages.", "a zebra", "of the")
    ]
    assert strengths == [1.0, SYNONYM, pytest.approx(RELATED, abs=0.2), 0.0]
    assert all(a > b for a, b in pairwise(strengths))


def test_a_word_of_nearly_the_same_meaning_counts_by_its_cosine(matcher: Matcher) -> None:
    a, b = WordLlamaEmbedder().embed(["abducted", "kidnapped"])
    assert strength(matcher, "abducted", "They were kidnapped.") == [pytest.approx(float(a @ b), abs=1e-5)]


def test_each_subject_word_has_a_strength_of_its_own(matcher: Matcher) -> None:
    question = "the harbour and the xylophone"
    assert strength(matcher, question, "A harbour, they take hostages.") == [1.0, SYNONYM]
    assert strength(matcher, question, "") == [0.0, 0.0]


def test_a_name_is_found_as_it_is_by_another_name_and_by_its_people(matcher: Matcher) -> None:
    for name, text in [
        ("Blinken", "Blinken’s visit"),
        ("US", "the United States"),
        ("US", "the U.S. envoy"),
        ("Israel", "Israeli forces"),
        ("Palestine", "Palestinian prisoners"),
        ("Egypt", "Egyptian mediators"),
    ]:
        assert matcher.ask(read_question(f"the {name}")).named([ReadText.of(text)]).tolist() == [[True]], (
            name,
            text,
        )


def test_another_name_is_not_found(matcher: Matcher) -> None:
    for name, text in [
        ("Iran", "Iraq and Israel"),
        ("Jordan", "Egypt"),
        ("US", "join us"),
        ("Austria", "Australia"),
    ]:
        assert matcher.ask(read_question(f"the {name}")).named([ReadText.of(text)]).tolist() == [[False]], (
            name,
            text,
        )


def test_a_rare_word_weighs_more(matcher: Matcher) -> None:
    texts = [ReadText.of(t) for t in ("a harbour", "the harbour", "a harbour and a zebra", "rain")]
    asked = matcher.ask(read_question("the harbour and the zebra and the volcano"))
    weights = asked.weights(asked.strengths(texts))
    # 3 of 4 texts hold the first word, 1 the second, none the third
    assert weights == pytest.approx([math.log(1 + 4 / 3.5), math.log(1 + 4 / 1.5), math.log(1 + 4 / 0.5)])


def test_a_question_that_is_asked_again_is_not_made_ready_again(matcher: Matcher) -> None:
    question = read_question("the harbour")
    first = matcher.ask(question)
    assert matcher.ask(question) is first
    with ThreadPoolExecutor(1) as pool:  # each thread has its own
        assert pool.submit(matcher.ask, question).result() is not first
    matcher.ask(read_question("the zebra"))
    assert matcher.ask(question) is not first


def test_words_are_rows_of_unit_length_in_their_order(matcher: Matcher) -> None:
    rows = matcher.matrix(["rain", "harbour", "rain"])
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1, 1], abs=1e-5)
    assert np.array_equal(rows[0], rows[2])
    assert not np.array_equal(rows[0], rows[1])
    assert matcher.matrix([]).shape == (0, 256)


def test_sums_of_neighbours_add_up(matcher: Matcher) -> None:
    first, second, both = matcher.sums(
        ["Rain fell.", "“Boats left” – in 2031.", "Rain fell. “Boats left” – in 2031."]
    )
    assert first + second == pytest.approx(both, abs=1e-5)


def test_words_aside_weigh_half_and_together_at_most_half_of_the_others(matcher: Matcher) -> None:
    texts = [ReadText.of("rain")] * 4  # which hold nothing: each word says log(1 + 4 / ½)
    said = math.log(9)
    one = matcher.ask(read_question("the harbour, the zebra (volcano)", len("the harbour, the zebra")))
    assert one.weights(one.strengths(texts)) == pytest.approx([said, said, said / 2])
    many = matcher.ask(read_question("the harbour (volcano, zebra)", len("the harbour")))
    assert many.weights(many.strengths(texts)) == pytest.approx([said, said / 4, said / 4])


def test_a_stop_word_may_stand_for_a_word(matcher: Matcher) -> None:
    some = Matcher(WordLlamaEmbedder(), Thesaurus("zebra, above"))
    assert strength(some, "the zebra", "as was said above") == [SYNONYM]


def test_a_related_word_that_is_nearer_by_its_vector_counts_by_that(matcher: Matcher) -> None:
    some = Matcher(WordLlamaEmbedder(), Thesaurus("~ doctor, physician"))
    a, b = WordLlamaEmbedder().embed(["doctor", "physician"])
    assert RELATED < float(a @ b) < SYNONYM
    assert strength(some, "the doctor", "a physician") == [pytest.approx(float(a @ b), abs=1e-5)]


def test_a_vector_that_is_far_away_counts_nothing(matcher: Matcher) -> None:
    a, b = WordLlamaEmbedder().embed(["harbour", "lake"])
    assert 0 < float(a @ b) < 0.25
    assert strength(matcher, "the harbour", "a lake") == [0.0]


def test_a_name_is_not_held_by_an_ordinary_word_of_its_stem(matcher: Matcher) -> None:
    asked = matcher.ask(read_question("What did Declare announce?"))
    held = asked.named([ReadText.of(text) for text in ("Declare said nothing.", "A declaration was made.")])
    assert held.tolist() == [[True], [False]]
