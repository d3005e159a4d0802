"""Blocks become canonical text and numbered paragraphs; what nobody sees is dropped; dates are understood."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.documents import Block, Document, canonical, date_in, drop_empty, seen, title_of
from tests.toys import PROPERTY

KINDS = ("title", "heading", "byline", "paragraph", "list_item", "table_row", "quote", "code")
CITED = ("paragraph", "list_item", "table_row", "quote", "code")


def test_paragraphs_are_numbered_and_headings_are_their_sections() -> None:
    blocks = (
        Block("title", "Talks"),  #           0..5
        Block("byline", "2 May 2031"),  #     7..17
        Block("paragraph", "They began."),  # 19..30
        Block("heading", "Terms"),  #         32..37
        Block("list_item", "Peace", "• "),  # 39..41 is the mark, 41..46 the words
        Block("heading", "Aid"),  #           48..51
        Block("quote", "Soon."),  #           53..58
    )
    text, paragraphs = canonical(blocks)
    assert text == "Talks\n\n2 May 2031\n\nThey began.\n\nTerms\n\n• Peace\n\nAid\n\nSoon."
    assert [(p.number, p.start, p.end, p.section, p.kind) for p in paragraphs] == [
        (1, 19, 30, None, "paragraph"),
        (2, 41, 46, "Terms", "list_item"),
        (3, 53, 58, "Aid", "quote"),
    ]


def test_blocks_without_visible_words_leave_no_trace() -> None:
    blocks = (Block("paragraph", " \u200b\n"), Block("heading", "\u2066"), Block("paragraph", "Words."))
    text, paragraphs = canonical(blocks)
    assert text == "Words."
    assert [(p.number, p.section) for p in paragraphs] == [(1, None)]
    assert drop_empty(blocks) == blocks[2:]


def test_no_blocks_give_no_text() -> None:
    assert canonical(()) == ("", ())


def test_offsets_count_code_points_not_bytes() -> None:
    text, (first, second) = canonical((Block("paragraph", "𝔸é—日"), Block("paragraph", "B")))
    assert (first.start, first.end, second.start, second.end) == (0, 4, 6, 7)
    assert text[second.start : second.end] == "B"


def test_lines_are_kept_in_code_only() -> None:
    text, (prose, code) = canonical((Block("paragraph", "a\n  b\tc"), Block("code", "\nif x:\n    y\n")))
    assert text[prose.start : prose.end] == "a b c"
    assert text[code.start : code.end] == "if x:\n    y"


@pytest.mark.parametrize(
    "unseen",
    [
        "\u200b",  # zero width space
        "\u2060",  # word joiner
        "\ufeff",  # byte order mark
        "\u00ad",  # soft hyphen
        "\u200e",  # left-to-right mark
        "\u202e",  # right-to-left override
        "\u2066\u2069",  # isolates
        "\U000e0001\U000e0041\U000e007f",  # tags, an alphabet that no font draws
        "\x00\x07\x1b\x7f\x9b",  # control characters, the terminal's escape among them
        "\ud800",  # half of a surrogate pair
    ],
)
def test_unseen_characters_are_dropped(unseen: str) -> None:
    assert seen(f"a{unseen}b {unseen} c") == "ab c"
    assert seen(f"a{unseen}b\n  c", keep_lines=True) == "ab\n  c"


def test_joiners_that_scripts_need_are_kept() -> None:
    for word in ("می\u200cخواهم", "👩\u200d🚀"):
        assert seen(word) == word


blocks = st.builds(
    Block,
    kind=st.sampled_from(KINDS),
    text=st.text(max_size=30) | st.text(st.sampled_from("ab \n\t\u200b\u202e\u00a0\U000e0041"), max_size=12),
    mark=st.sampled_from(["", "• ", "12. "]),
)


@PROPERTY
@given(st.lists(blocks, max_size=12))
def test_offsets_give_exactly_the_shown_text_of_the_blocks_in_order(blocks: list[Block]) -> None:
    text, paragraphs = canonical(blocks)
    shown = [(b, seen(b.text, keep_lines=b.kind == "code")) for b in blocks]
    shown = [(block, words) for block, words in shown if words]
    assert text == "\n\n".join(block.mark + words for block, words in shown)
    cited = [(block, words) for block, words in shown if block.kind in CITED]
    assert [p.number for p in paragraphs] == list(range(1, len(cited) + 1))
    assert [(p.kind, text[p.start : p.end]) for p in paragraphs] == [(b.kind, words) for b, words in cited]
    sections, section = [], None
    for block, words in shown:
        section = words if block.kind == "heading" else section
        sections += [section] if block.kind in CITED else []
    assert [p.section for p in paragraphs] == sections
    assert all(a.end < b.start for a, b in pairwise(paragraphs))


@PROPERTY
@given(st.text(), st.booleans())
def test_what_is_seen_stays_as_it_is_when_seen_again(text: str, keep_lines: bool) -> None:
    once = seen(text, keep_lines=keep_lines)
    assert seen(once, keep_lines=keep_lines) == once


def test_the_title_is_the_stated_one_else_the_first_in_the_text_else_the_fallback() -> None:
    heading, title = Block("heading", "A heading"), Block("title", "A  title\u200b")
    assert title_of(Document((heading, title), title="Stated\nin front"), "file") == "Stated in front"
    assert title_of(Document((heading, title), title=" \u200b"), "file") == "A title"
    assert title_of(Document((Block("paragraph", "Words."), heading)), "file") == "A heading"
    assert title_of(Document((Block("paragraph", "Words."),)), "file") == "file"


@pytest.mark.parametrize(
    "written",
    [
        "2031-03-14",
        "2031-3-14",
        "2031-03-14T09:30:00Z",
        "2031-03-14 09:30",
        "14 March 2031",
        "14th March 2031.",
        "14 mar 2031",
        "March 14, 2031",
        "Mar. 14th, 2031",
        "Friday, 14 March 2031",
        "Published: Friday 14 March 2031",
    ],
)
def test_a_date_is_understood(written: str) -> None:
    assert date_in(written) == date(2031, 3, 14)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "soon",
        "March 2031",
        "31 February 2031",
        "2031-13-01",
        "on 14 March 2031 talks began",
        "14 Marsh 2031",
        "2031",
    ],
)
def test_what_is_no_date_gives_none(written: str) -> None:
    assert date_in(written) is None


@PROPERTY
@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_is_understood_however_it_is_written(day: date) -> None:
    for written in (day.isoformat(), f"{day.day} {day:%B} {day.year}", f"{day:%b} {day.day}, {day.year}"):
        assert date_in(written) == day
