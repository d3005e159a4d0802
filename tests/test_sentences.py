"""Sentences with their offsets: all of the text, each part once, and no cut inside."""

from itertools import pairwise

import pytest
import sentencex
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.words import sentences
from rag.words.sentences import sentence_spans, spans_of
from tests.toys import PROPERTY

# Nothing here can begin a sentence of its own: names, verbs in lower case, numbers.
BEHIND = ["Blinken", "Congress", "Monday", "said", "officials", "Smith", "troops", "5", "Secretary", "met"]
TITLED = ["U.S.", "Dr."]
MIXED = st.lists(
    st.sampled_from(
        ["U.S.", "Dr.", "p.m.", "Inc.", "No.", "3", "He", "left", "Gaza", "…", "“Stop!”", ".", "?", "!", "\n",
         "\n\n", " ", "\t", "\u00a0", "e.g.", "(", ")", "- item", "1.", "approx.", "“", "”", "é", "😀", "。",
         "Tuesday"]
    ),
    max_size=30,
)  # fmt: skip


def parts(text: str) -> list[str]:
    return [text[s.start : s.end] for s in sentence_spans(text)]


def assert_spans_fit(text: str, start: int, end: int) -> None:
    spans = sentence_spans(text, start, end)
    assert all(start <= s.start < s.end <= end for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    covered = {i for s in spans for i in range(s.start, s.end)}
    assert all(i in covered for i in range(start, end) if not text[i].isspace())
    assert all(not text[s.start].isspace() and not text[s.end - 1].isspace() for s in spans)


@PROPERTY
@given(st.text(), st.data())
def test_spans_are_in_order_apart_and_cover_everything_but_space(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert_spans_fit(text, start, end)


@PROPERTY
@given(MIXED, st.sampled_from(["", " "]))
def test_spans_fit_for_text_full_of_marks_and_abbreviations(tokens: list[str], between: str) -> None:
    text = between.join(tokens)
    assert_spans_fit(text, 0, len(text))


@PROPERTY
@given(st.lists(st.tuples(st.sampled_from(TITLED), st.sampled_from(BEHIND)), min_size=1, max_size=8))
def test_no_sentence_ends_between_an_abbreviation_and_what_it_belongs_to(pairs: list[tuple[str, str]]) -> None:
    text = "They met " + " ".join(f"{title} {behind}" for title, behind in pairs) + "."
    assert parts(text) == [text]


@pytest.mark.parametrize(
    "one",
    [
        "U.S. Secretary of State Antony Blinken met Dr. Smith of Acme Inc. on Monday.",
        "Approx. 40 people came, and No. 7 won.",
        "It ended at 3 p.m. Tuesday.",
        "It costs 3.5 million, e.g. for ships.",
        "Mr. Jones, Gov. Lee and Sen. Ray spoke.",
        "Who knows?",
    ],
)
def test_this_is_one_sentence(one: str) -> None:
    assert parts(one) == [one]


def test_sentences_are_cut_at_their_ends() -> None:
    assert parts("He met the U.S. envoy. Then he left! Why? “No.” She stayed.") == [
        "He met the U.S. envoy.", "Then he left!", "Why?", "“No.”", "She stayed.",
    ]  # fmt: skip


def test_offsets_count_in_the_whole_text() -> None:
    text = "Before. One here. Two here. After."
    start, end = text.index("One"), text.index(" After")
    assert [(s.start, s.end) for s in sentence_spans(text, start, end)] == [(8, 17), (18, 27)]


@pytest.mark.parametrize("space", ["\u0085", "\u00a0", "\u2028", "\u3000"])
def test_space_of_any_kind_may_stand_behind_a_letter(space: str) -> None:
    for text in (f"A{space}.", f"A{space}. Rain{space}fell.{space}It was late."):
        assert_spans_fit(text, 0, len(text))


def test_nothing_but_space_has_no_sentences() -> None:
    assert sentence_spans("") == sentence_spans(" \n\t ") == []


SENTENCES = st.lists(
    st.sampled_from(
        [
            "The talks began.",
            "Dr. Smith of Acme Inc. left on Monday.",
            "Why?",
            "They met the U.S. envoy at 3 p.m.",
            "“We left. They stayed.”",
            '"Go home. Now!" he said.',
            "It cost 3.5 million (or more. Or less).",
            "日本語。",
            "Approx. 40 ships came.",
        ]
    ),
    max_size=40,
)


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows of 160 characters, of which 60 are only looked at: more than any sentence here has."""
    monkeypatch.setattr(sentences, "_WINDOW", 160)
    monkeypatch.setattr(sentences, "_AHEAD", 60)


@PROPERTY
@given(MIXED, SENTENCES)
def test_a_text_that_fits_into_a_window_is_cut_as_a_whole(tokens: list[str], some: list[str]) -> None:
    text = " ".join([*tokens, *some])[: sentences._WINDOW]
    assert [piece for _, piece in sentences._pieces(text)] == list(sentencex.segment("en", text))


@pytest.mark.usefixtures("narrow")
@settings(PROPERTY, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SENTENCES)
def test_windows_cut_a_long_text_at_the_same_places(some: list[str]) -> None:
    text = " ".join(some)
    assert [piece for _, piece in sentences._pieces(text)] == list(sentencex.segment("en", text))


@pytest.mark.usefixtures("narrow")
@settings(PROPERTY, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(MIXED, min_size=3, max_size=9))
def test_windows_lose_nothing_whatever_the_text(tokens: list[list[str]]) -> None:
    text = " ".join(token for some in tokens for token in some)
    assert_spans_fit(text, 0, len(text))


@pytest.mark.usefixtures("narrow")
def test_a_sentence_longer_than_a_window_stays_whole() -> None:
    long = f"The {'very ' * 300}long talks began."
    assert parts(f"It rained. {long} Then it stopped.") == ["It rained.", long, "Then it stopped."]


def test_a_long_text_is_cut_in_steps_that_grow_with_its_length(monkeypatch: pytest.MonkeyPatch) -> None:
    cut = sentencex.segment
    seen: list[int] = []

    def counted(language: str, text: str) -> list[str]:
        seen.append(len(text))
        found: list[str] = cut(language, text)
        return found

    monkeypatch.setattr(sentencex, "segment", counted)
    for unit in ("日本。", "No. ", "Go! ", "“Go.” ", "word ", "x"):
        text = unit * (100_000 // len(unit))
        seen.clear()
        assert_spans_fit(text, 0, len(text))
        # A window of 4,000 moves on by about 3,000; doubling one until its sentence fits adds up to twice its size.
        assert sum(seen) <= 3 * len(text)
        assert unit in ("word ", "x") or max(seen) == 4_000


@pytest.mark.parametrize(
    ("paragraph", "read"),
    [
        ("“It was close,” Orr said. “We lost.”", ["“It was close,” Orr said.", "“We lost.”"]),
        ('"It was close," he told us on Monday. "Now we rest."', ['"It was close," he told us on Monday.',
         '"Now we rest."']),
        ("(The deal was old. Very old.) Orr signed it.", ["(The deal was old. Very old.)", "Orr signed it."]),
        ("Orr signed it (it was late). Holm left.", ["Orr signed it (it was late).", "Holm left."]),
    ],
)  # fmt: skip
def test_a_paragraph_is_read_with_each_quotation_mark_and_bracket_where_it_belongs(
    paragraph: str, read: list[str]
) -> None:
    assert [paragraph[s.start : s.end] for s in spans_of(paragraph)] == read
