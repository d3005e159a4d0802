"""Passages are whole paragraphs of one section, and never longer than the limit."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.documents import Block, canonical
from ingest.passages import MAX_TOKENS, embedded_text, passages_of
from rag.briefings import Briefing, Passage
from rag.words.tokens import token_counter
from tests.toys import PROPERTY


def words(text: str) -> int:
    """A count with visible arithmetic: one token a word."""
    return len(text.split())


def briefing_of(blocks: Sequence[Block], title: str = "Talks") -> Briefing:
    text, paragraphs = canonical(blocks)
    return Briefing("talks", title, None, "Courier", text, "0123456789abcdef" * 4, paragraphs=paragraphs)


def prose(*lengths: int) -> list[Block]:
    """Paragraphs of so many words: "w1 w2 ... w9."."""
    return [Block("paragraph", " ".join(f"w{i + 1}" for i in range(length)) + ".") for length in lengths]


def spans(briefing: Briefing, count: Callable[[str], int] = words) -> list[tuple[int, int]]:
    return [(p.first_paragraph, p.last_paragraph) for p in passages_of(briefing, count)]


def test_the_limit_is_what_the_design_says() -> None:
    assert MAX_TOKENS == 256


def test_paragraphs_are_taken_together_up_to_the_limit() -> None:
    # 100 + 100 + 56 = 256 fit; the next would make 257
    assert spans(briefing_of(prose(100, 100, 56, 1, 255, 1))) == [(1, 3), (4, 5), (6, 6)]


def test_a_heading_begins_a_new_passage() -> None:
    blocks = [*prose(2), Block("heading", "Terms"), *prose(2, 2), Block("heading", "Aid"), *prose(2)]
    assert spans(briefing_of(blocks)) == [(1, 1), (2, 3), (4, 4)]


def test_a_passage_is_exactly_the_words_from_its_first_to_its_last_paragraph() -> None:
    briefing = briefing_of(
        [Block("title", "Talks"), Block("list_item", "One", "• "), Block("list_item", "Two", "• ")]
    )
    (passage,) = passages_of(briefing, words)
    assert briefing.words_of(passage) == "One\n\n• Two"


def test_a_long_paragraph_is_split_at_the_ends_of_sentences_and_stands_alone() -> None:
    sentence = " ".join(["Ship"] + ["left"] * 99) + "."  # 100 words
    blocks = [*prose(5), Block("paragraph", " ".join([sentence] * 5)), *prose(5)]
    briefing = briefing_of(blocks)
    found = passages_of(briefing, words)
    # 2 sentences are 200 words, 3 would be 300
    assert [(p.first_paragraph, words(briefing.words_of(p))) for p in found] == [
        (1, 5),
        (2, 200),
        (2, 200),
        (2, 100),
        (3, 5),
    ]
    assert all(briefing.words_of(p).endswith(".") for p in found)


def test_a_long_sentence_is_split_between_words() -> None:
    briefing = briefing_of([Block("paragraph", "pilots " * 1_000)])
    pieces = [briefing.words_of(p) for p in passages_of(briefing, token_counter())]
    assert len(pieces) > 3
    assert {word for piece in pieces for word in piece.split()} == {"pilots"}
    assert sum(words(piece) for piece in pieces) == 1_000


@pytest.mark.parametrize("letter", ["x", "é", "日", "😀"])
def test_a_word_of_5000_characters_is_cut_into_pieces_below_the_limit(letter: str) -> None:
    count = token_counter()
    briefing = briefing_of([Block("paragraph", letter * 5_000)])
    pieces = [briefing.words_of(p) for p in passages_of(briefing, count)]
    assert "".join(pieces) == letter * 5_000
    assert all(0 < count(piece) <= MAX_TOKENS for piece in pieces)


class Counting:
    """A token counter that notes how often it was asked, and about how many characters in all."""

    def __init__(self) -> None:
        self.calls = self.characters = 0

    def __call__(self, text: str) -> int:
        self.calls += 1
        self.characters += len(text)
        return token_counter()(text)


@pytest.mark.parametrize("sentence", ["Go! ", "Why? No. ", "日本。", "x", "ships "])
def test_a_line_of_megabytes_is_counted_a_fixed_number_of_times(sentence: str) -> None:
    counts = []
    for size in (40_000, 80_000):
        counting = Counting()
        passages_of(briefing_of([Block("paragraph", sentence * (size // len(sentence)))]), counting)
        counts.append(counting)
    small, large = counts
    assert large.calls <= 2.1 * small.calls  # twice the text, twice the work
    assert large.characters <= 2.1 * small.characters


@pytest.mark.slow
def test_four_megabytes_of_tiny_sentences_are_cut_in_calls_that_grow_with_them() -> None:
    counting = Counting()
    briefing = briefing_of([Block("paragraph", "Go! " * 1_000_000)])
    found = passages_of(briefing, counting)
    assert found[0].start == 0
    assert found[-1].end == len(briefing.text)
    assert all(b.start - a.end == 1 for a, b in pairwise(found))
    # Each sentence once, and each passage when what is left to the limit, at most 256 tokens, may have been filled:
    # a sentence of 3 tokens (by 2 and the space) is in doubt by 5, so that each time 5/8 of it are left: 12 times.
    assert counting.calls <= 1_000_000 + 14 * len(found)
    assert counting.characters <= 14 * 4_000_000


def test_a_paragraph_above_the_limit_never_joins_the_one_before_it() -> None:
    # A counter that reads in pieces can find fewer tokens in the whole than in a part of it.
    briefing = briefing_of(prose(2, 300))

    def count(text: str) -> int:
        return 256 if text == briefing.text else words(text)

    assert [(p.first_paragraph, p.last_paragraph) for p in passages_of(briefing, count)] == [(1, 1), (2, 2), (2, 2)]


def test_a_briefing_without_paragraphs_has_no_passages() -> None:
    assert passages_of(briefing_of([]), words) == []


def test_ids_are_unique_and_change_with_the_bytes_of_the_file() -> None:
    found = passages_of(briefing_of(prose(200, 200, 600)), words)
    assert len({p.passage_id for p in found}) == len(found)
    assert found[0].passage_id == "talks:01234567:1"


def test_title_and_section_are_embedded_and_never_quoted() -> None:
    briefing = briefing_of(
        [Block("paragraph", "It began."), Block("heading", "Terms"), Block("paragraph", "Nine left.")]
    )
    first, second = passages_of(briefing, words)
    assert embedded_text(briefing, first) == "Talks\nIt began."
    assert embedded_text(briefing, second) == "Talks\nTerms\nNine left."
    assert briefing.words_of(second) == "Nine left."


parts = st.sampled_from(
    [
        "The talks began. ",
        "ships ",
        "U.S. ",
        "日本語。",
        "x" * 700,
        "😀" * 90,
        "No! ",
        "a, ",
        "approx. 40 ",
        "“Go.” ",
        "é" * 300,
    ]
)
paragraph = st.builds(
    lambda some, times: Block("paragraph", "".join(some) * times),
    st.lists(parts, min_size=1, max_size=6),
    st.integers(1, 60),
)
heading = st.sampled_from(["Terms", "Aid"]).map(lambda words: Block("heading", words))


@settings(PROPERTY, max_examples=60)
@given(st.lists(paragraph | heading | st.text(max_size=40).map(lambda t: Block("list_item", t, "• ")), max_size=6))
def test_every_paragraph_is_covered_exactly_once_and_no_passage_is_too_long(blocks: list[Block]) -> None:
    count = token_counter()
    briefing = briefing_of(blocks)
    found = passages_of(briefing, count)
    assert all(count(briefing.words_of(p)) <= MAX_TOKENS for p in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    covered = {i for p in found for i in range(p.start, p.end)}
    for p in briefing.paragraphs:
        assert not [i for i in range(p.start, p.end) if i not in covered and not briefing.text[i].isspace()]
    for passage in found:
        check_place(briefing, passage)


def check_place(briefing: Briefing, passage: Passage) -> None:
    """Whole paragraphs of one section, or a part of a single one."""
    inside = briefing.paragraphs[passage.first_paragraph - 1 : passage.last_paragraph]
    assert len({p.section for p in inside}) == 1
    if len(inside) > 1:
        assert (passage.start, passage.end) == (inside[0].start, inside[-1].end)
    else:
        assert inside[0].start <= passage.start < passage.end <= inside[0].end
