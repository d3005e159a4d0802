"""Plain text becomes blocks: lines are paragraphs, unless they were wrapped at a column."""

import textwrap
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.plaintext import read_blocks
from tests.toys import PROPERTY


def lines(text: str) -> list[str]:
    """Kind, mark and words of each block, as one line a block."""
    return [f"{b.kind}: {b.mark}{b.text}" for b in read_blocks(text).blocks]


def test_the_first_line_is_the_title_and_short_lines_above_prose_are_sections() -> None:
    assert lines("Talks at Sennet\nThe talks began.\nTerms of the Deal\nNine ships left.\nTwo stayed.\n") == [
        "title: Talks at Sennet",
        "paragraph: The talks began.",
        "heading: Terms of the Deal",
        "paragraph: Nine ships left.",
        "paragraph: Two stayed.",
    ]


def test_a_first_line_that_is_a_sentence_is_a_paragraph() -> None:
    assert lines("The talks began.\nNine ships left.") == [
        "paragraph: The talks began.",
        "paragraph: Nine ships left.",
    ]


def test_a_short_line_at_the_end_is_a_paragraph() -> None:
    assert lines("The talks began.\n\nMore to follow") == [
        "paragraph: The talks began.",
        "paragraph: More to follow",
    ]


def test_a_line_that_ends_like_a_sentence_is_no_heading() -> None:
    for mark in (".", "!", "?", ":", "…", ".”", "?)"):
        assert lines(f"The talks began.\nTerms of Trade{mark}\nNine ships left.")[1].startswith("paragraph")


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize(
    ("byline", "source"),
    [
        ("14 March 2031", None),
        ("2031-03-14", None),
        ("Published: March 14, 2031", None),
        ("Sennet Courier, 14 March 2031", "Sennet Courier"),
        ("Sennet Courier — March 14, 2031", "Sennet Courier"),
        ("Sennet Courier | 2031-03-14", "Sennet Courier"),
    ],
)
def test_a_dated_line_below_the_title_gives_date_and_source_and_is_not_cited(
    gap: str, byline: str, source: str | None
) -> None:
    document = read_blocks(gap.join(["Talks at Sennet", byline, "The talks began."]))
    assert document.published == date(2031, 3, 14)
    assert document.source == source
    assert [b.kind for b in document.blocks] == ["title", "byline", "paragraph"]


def test_a_date_further_down_does_not_date_the_briefing() -> None:
    document = read_blocks("Talks at Sennet\nThe talks began.\nNine ships left.\n14 March 2031\nTwo stayed.\n")
    assert document.published is None
    assert any(b.text == "14 March 2031" for b in document.blocks)


def test_items_are_recognised_by_their_marks() -> None:
    assert lines(
        "Terms:\n- one ship\n* two ships\n• three ships\n1. four\n(2) five\n3) six\nb) seven\n-8 is a number."
    ) == [
        "paragraph: Terms:",
        "list_item: • one ship",
        "list_item: • two ships",
        "list_item: • three ships",
        "list_item: 1. four",
        "list_item: (2) five",
        "list_item: 3) six",
        "list_item: b) seven",
        "paragraph: -8 is a number.",
    ]


PROSE = (
    "The talks at Sennet resumed on Monday after a pause of nine days, as both delegations returned to the "
    "harbour with new instructions and a list of ships that may leave. Nobody expected a quick result."
)
TERMS = (
    "Under the terms, forty ships may leave the harbour each week. The first nine left on Tuesday morning with "
    "grain for the islands, and two more are waiting for a pilot, who is expected on the next tide."
)


@pytest.mark.parametrize("width", [60, 72, 80, 100])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_text_that_was_wrapped_at_a_column_is_joined_again(width: int, line_end: str) -> None:
    wrapped = "\n\n".join(
        ["Talks Resume at Sennet", textwrap.fill(PROSE, width), "Terms", textwrap.fill(TERMS, width)]
    )
    assert lines(wrapped.replace("\n", line_end)) == [
        "title: Talks Resume at Sennet",
        f"paragraph: {PROSE}",
        "heading: Terms",
        f"paragraph: {TERMS}",
    ]


def test_a_wrapped_item_is_joined_and_the_next_item_is_not() -> None:
    item = "The second clause names the harbour, the pilots and the days on which ships may leave it."
    wrapped = "\n\n".join(
        [
            textwrap.fill(PROSE, 60),
            "\n".join(textwrap.fill(f"- {words}", 60) for words in (item, TERMS, item)),
        ]
    )
    assert lines(wrapped) == [
        f"paragraph: {PROSE}",
        f"list_item: • {item}",
        f"list_item: • {TERMS}",
        f"list_item: • {item}",
    ]


def test_an_item_below_a_full_line_of_wrapped_text_is_an_item() -> None:
    full = "- The third clause names the harbour and its four old pilots"
    assert len(full) == 60
    assert lines("\n".join([textwrap.fill(PROSE, 60), "", full, full, full])) == [
        f"paragraph: {PROSE}",
        *[f"list_item: • {full[2:]}"] * 3,
    ]


def test_one_line_a_paragraph_is_not_joined() -> None:
    paragraphs = [PROSE, TERMS, "Two ships stayed.", "The pilots went home.", PROSE, "Nothing else was agreed."]
    assert lines("\n".join(paragraphs)) == [f"paragraph: {words}" for words in paragraphs]


def test_short_lines_of_even_length_are_not_taken_for_wrapped_text() -> None:
    paragraphs = [f"Ship number {n} left the harbour." for n in range(10, 20)]
    assert lines("\n".join(paragraphs)) == [f"paragraph: {words}" for words in paragraphs]


def test_a_few_lines_of_one_length_among_shorter_ones_are_not_taken_for_wrapped_text() -> None:
    long = "Each of these ships has left the harbour of Sennet with a full load of grain for the far islands."
    short = "Two ships stayed in the harbour for a week, said the pilot."
    paragraphs = [long] * 4 + [short] * 8  # 4 of 11 lines with another below them are full
    assert lines("\n".join(paragraphs)) == [f"paragraph: {words}" for words in paragraphs]


@pytest.mark.parametrize("rule", ["=====", "-----", "~~~~~"])
def test_a_short_line_with_a_rule_below_it_is_a_heading_and_the_rule_is_gone(rule: str) -> None:
    text = f"Talks\n{rule}\nthey began on Monday.\n\nterms\n{rule}\nNine ships left.\n\n* * *\n\n_____\nTwo stayed."
    assert lines(text) == [
        "title: Talks",
        "paragraph: they began on Monday.",
        "heading: terms",
        "paragraph: Nine ships left.",
        "paragraph: Two stayed.",
    ]


def test_a_rule_below_prose_is_no_underline() -> None:
    text = "The talks began.\n\nNine ships left the harbour\nand two stayed.\n----------\nRain fell."
    assert "heading" not in " ".join(lines(text))
    assert lines(text)[-1] == "paragraph: Rain fell."


def test_a_numbered_line_alone_above_prose_is_a_heading() -> None:
    text = (
        "Report\n\n1. Background\n\nThe talks began.\n\nII. What Was Agreed\n\nNine ships left.\n\n3. Two stayed.\n"
    )
    assert lines(text) == [
        "title: Report",
        "heading: 1. Background",
        "paragraph: The talks began.",
        "heading: II. What Was Agreed",
        "paragraph: Nine ships left.",
        "list_item: 3. Two stayed.",
    ]


def test_numbered_items_set_apart_by_blank_lines_stay_items() -> None:
    text = "These are the points:\n\n1. Ships\n\n2. Grain\n\n3. Pilots\n\nThe talks go on in the harbour."
    assert [line.split(":")[0] for line in lines(text)] == ["paragraph", *["list_item"] * 3, "paragraph"]


@pytest.mark.parametrize(
    ("heading", "prose"),
    [
        ("停火提案", "停火提案包括三个阶段,各方将在四十天内释放所有人质。"),
        ("مقترح وقف إطلاق النار", "يتضمن المقترح ثلاث مراحل، وتستمر المرحلة الأولى ستة أسابيع؟"),
        ("युद्धविराम का प्रस्ताव", "प्रस्ताव में तीन चरण हैं और पहला चरण छह सप्ताह तक चलेगा।"),
        ("הצעת הפסקת האש", "ההצעה כוללת שלושה שלבים, והשלב הראשון יימשך שישה שבועות."),
    ],
)
def test_headings_in_scripts_without_capitals_are_headings(heading: str, prose: str) -> None:
    assert lines(f"{prose}\n\n{heading}\n\n{prose}") == [
        f"paragraph: {prose}", f"heading: {heading}", f"paragraph: {prose}",
    ]  # fmt: skip


def test_a_word_that_was_parted_at_the_end_of_a_line_is_whole_again() -> None:
    text = (
        "The ministers of both islands agreed on a long-\nrunning programme for the harbours of both coun-\n"
        "tries, and on what becomes of the old pre- and\npost-war debts, which both countries will pay.\n"
    )
    (words,) = paragraphs_of(text)
    assert "a long-running programme" in words
    assert "of both countries, and" in words
    assert "old pre- and post-war debts" in words


def test_a_number_in_brackets_at_the_start_of_a_wrapped_line_is_no_item() -> None:
    text = (
        "The harbour master of Sennet and his deputy, the old pilot Lindqvist (62) from Orm, had expected that the "
        "grain would leave the harbour at night, and that nobody would count the ships before the morning tide."
    )
    for width in range(50, 90):
        assert paragraphs_of(textwrap.fill(text, width)) == [text]


def test_a_long_line_of_junk_is_read_in_no_time() -> None:
    began = time.process_time()
    for junk in (
        "a" * 2_000_000,
        "a, " * 700_000,
        "- " * 1_000_000,
        "1. " * 700_000,
        "'.'" * 700_000,
        "\t" * 500_000,
    ):
        read_blocks(f"Talks\n{junk}\n{junk}")
    assert time.process_time() - began < 10  # seconds; it took minutes when each comma was looked at with its rest


def test_blank_text_has_no_blocks() -> None:
    assert read_blocks(" \n\u200b\n\t\r\n").blocks == ()


@PROPERTY
@given(st.text(st.sampled_from("ab.A1-) \n\r\té—")))
def test_no_word_is_lost_and_none_changes_place(text: str) -> None:
    marks = set("-•")  # a bullet of whatever shape is shown as one
    shown = "".join(b.mark + b.text for b in read_blocks(text).blocks)
    assert [c for c in shown if not c.isspace() and c not in marks] == [
        c for c in text if not c.isspace() and c not in marks
    ]


def paragraphs_of(text: str) -> list[str]:
    return [b.text for b in read_blocks(text).blocks if b.kind not in ("title", "heading", "byline")]


def test_one_short_wrapped_paragraph_is_no_title() -> None:
    text = (
        "The ministers of both countries met in the harbour\noffice on Monday and agreed to open the crossing to\n"
        "lorries."
    )
    assert paragraphs_of(text) == [text.replace("\n", " ")]


def test_one_long_line_does_not_hide_that_the_others_are_wrapped() -> None:
    wrapped = (
        "The ministers of both countries met in the harbour\noffice on Monday and agreed to open the crossing."
    )
    text = f"{wrapped}\n\n{wrapped}\n\n{wrapped}\n\nSee https://example.org/{'x' * 90}"
    assert paragraphs_of(text)[:3] == [wrapped.replace("\n", " ")] * 3


def test_a_day_at_the_start_of_a_wrapped_line_is_no_list_item() -> None:
    text = (
        "The two sides are to meet again in the town hall of Quillhaven on August 19. The talks are to last for "
        "three days and to end with a joint letter of both delegations to the mediators, who will publish it."
    )
    wrapped = [textwrap.fill(text, width) for width in range(50, 90)]
    broken = [lines for lines in wrapped if "\n19." in lines]
    assert broken
    for lines in broken:
        assert paragraphs_of(lines) == [text]


def test_an_indented_line_below_a_list_item_belongs_to_it() -> None:
    assert paragraphs_of("Steps to take\n\n- hostages go home\n  and are examined\n- guns fall silent\n") == [
        "hostages go home and are examined",
        "guns fall silent",
    ]
