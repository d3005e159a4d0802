"""Sums of token vectors: those of the tokenizer's own tokens, whatever the text."""

from functools import partial
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rag.embedders import load_wordllama
from rag.pooling import TokenSums
from rag.words.remembered import Remembered
from tests.toys import PROPERTY


@pytest.fixture(scope="module")
def model() -> Any:
    return load_wordllama()


@pytest.fixture(scope="module")
def sums(model: Any) -> TokenSums:
    return TokenSums(model.tokenizer, model.embedding)


def expected(model: Any, text: str) -> Any:
    ids = model.tokenizer.encode(text, add_special_tokens=False).ids
    return model.embedding[ids].sum(axis=0) if ids else np.zeros(256, dtype=np.float32)


def test_no_token_of_the_vocabulary_joins_words_or_lines(model: Any) -> None:
    vocabulary = model.tokenizer.get_vocab()
    assert len(vocabulary) == 32_000
    assert [t for t in vocabulary if "▁" in t.lstrip("▁")] == []
    assert [t for t in vocabulary if "\n" in t and t != "\n"] == []


def test_a_row_is_the_sum_over_the_texts_tokens(model: Any, sums: TokenSums) -> None:
    texts = ["Nine ships left.", "", "two  spaces", "Title\nSection\nThe talks failed.", "hostages"]
    rows = sums.of(texts)
    assert (rows.shape, rows.dtype) == ((5, 256), np.float32)
    for text, row in zip(texts, rows, strict=True):
        assert row == pytest.approx(expected(model, text), abs=1e-5)
    assert sums.of([]).shape == (0, 256)


@PROPERTY
@given(st.text(alphabet=st.sampled_from(list("ab s<>/unk▁\n\t\r\x00.é中😀 ")) | st.characters(), max_size=30))
@example("a ▁ ")
@example("\n▁  a")
@example("a<s>b <unk> </s>")
@example(" ▁▁ a▁b \n c")
def test_the_tokens_are_those_of_the_tokenizer(model: Any, sums: TokenSums, text: str) -> None:
    assert sums._ids(text).tolist() == model.tokenizer.encode(text, add_special_tokens=False).ids


def test_words_beyond_the_limit_begin_the_memory_anew(
    model: Any, sums: TokenSums, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.pooling.Remembered", partial(Remembered, most=3))
    fresh = TokenSums(model.tokenizer, model.embedding)
    text = "one two three four five six one two"
    assert fresh.of([text]).tobytes() == sums.of([text]).tobytes()
    assert len(fresh._tokens) <= 3
