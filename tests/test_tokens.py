"""Tokens are counted offline, and estimated where the tables are missing."""

import importlib.util

import pytest
import tiktoken
import tiktoken.load
import tiktoken.registry
from hypothesis import example, given
from hypothesis import strategies as st

from rag.words.tokens import token_counter
from tests.toys import PROPERTY


def test_tokens_are_those_of_cl100k_base() -> None:
    count = token_counter()
    assert count("") == 0
    assert count("hello world") == 2
    assert count("tiktoken is great!") == 6  # t·ik·token· is· great·!


@PROPERTY
@given(st.text(alphabet=st.sampled_from(list("ab'sSt  1.,-\n\t\r\x1c\u3000中😀 ")) | st.characters(), max_size=40))
@example("can't  stop\t the 1,000 \t words\n\nhere")
def test_a_text_counts_as_tiktoken_counts_it(text: str) -> None:
    token_counter()  # which tells tiktoken where its tables are
    assert token_counter()(text) == len(tiktoken.get_encoding("cl100k_base").encode_ordinary(text))


def test_words_that_look_like_special_tokens_are_plain_text() -> None:
    assert token_counter()("<|endoftext|>") > 1


def test_a_long_run_without_spaces_is_counted_in_pieces() -> None:
    count = token_counter()
    assert count("ab" * 50_000) == 50 * count("ab" * 1_000)


def test_without_tables_four_characters_count_as_a_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    estimate = token_counter.__wrapped__()
    assert [estimate("a" * n) for n in (0, 1, 4, 5, 9)] == [0, 1, 1, 2, 3]


def test_a_table_that_cannot_be_fetched_leaves_the_estimate(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    def fail(path: str) -> bytes:
        raise OSError("no network")

    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path_factory.mktemp("empty")))
    monkeypatch.setattr(tiktoken.registry, "ENCODINGS", {})
    monkeypatch.setattr(tiktoken.load, "read_file", fail)
    assert token_counter.__wrapped__()("hello world") == 3  # 11 characters
