"""Markdown becomes blocks of plain words; the tags of HTML in it go, and no word does."""

import pytest

from ingest.documents import Block, canonical, seen
from ingest.markdown import markdown_blocks


def lines(text: str) -> list[str]:
    """Kind, mark and words of each block, as one line a block."""
    return [f"{b.kind}: {b.mark}{b.text}" for b in markdown_blocks(text)]


def test_the_first_heading_is_the_title_and_the_others_are_sections() -> None:
    text = "# Talks\n\nThey began.\n\n## Terms\n\nNine ships left.\n\nAid\n---\n\nNone came.\n"
    assert lines(text) == [
        "title: Talks",
        "paragraph: They began.",
        "heading: Terms",
        "paragraph: Nine ships left.",
        "heading: Aid",
        "paragraph: None came.",
    ]
    shown, paragraphs = canonical(markdown_blocks(text))
    assert [(p.number, p.section, shown[p.start : p.end]) for p in paragraphs] == [
        (1, None, "They began."),
        (2, "Terms", "Nine ships left."),
        (3, "Aid", "None came."),
    ]


def test_a_great_heading_further_down_is_a_section() -> None:
    assert lines("Words.\n\n# Talks\n\nMore.") == ["paragraph: Words.", "heading: Talks", "paragraph: More."]


def test_wrapped_lines_are_one_paragraph() -> None:
    assert lines("The talks\nbegan on\nMonday.\n\nThey went\\\non.") == [
        "paragraph: The talks began on Monday.",
        "paragraph: They went on.",
    ]


def test_emphasis_links_and_images_are_plain_words() -> None:
    text = "The **first** _ships_ left `port` on [Monday](http://a.b/c 'd'): ![a map](m.png) [it][r].\n\n[r]: /x"
    assert lines(text) == ["paragraph: The first ships left port on Monday: a map it."]


def test_entities_and_escapes_are_what_a_reader_sees() -> None:
    assert lines(r"Smith &amp; Sons &copy; 5 \* 3 \# 1 &nbsp;") == ["paragraph: Smith & Sons © 5 * 3 # 1 \u00a0"]


def test_tags_of_html_go_and_the_words_between_them_stay() -> None:
    text = (
        "<div onclick='x()'>Raw <b title=\"a>b\">words</b></div>\n\nText <script>run()</script> on.\n\n<!-- x -->"
    )
    assert [seen(b.text) for b in markdown_blocks(text)] == ["Raw words", "Text on."]


def test_what_only_looks_like_a_tag_is_words() -> None:
    text = (
        "If a < b and c > d, write <name> or `<b>bold</b>` to <harbour@sennet.example>; ![x](y) "
        "<img src=m alt='a map'>."
    )
    assert lines(text) == [
        "paragraph: If a < b and c > d, write <name> or <b>bold</b> to harbour@sennet.example; x a map."
    ]


def test_a_comment_that_is_not_closed_is_words() -> None:
    assert lines("One <!-- two\n\nthree") == ["paragraph: One <!-- two", "paragraph: three"]
    assert lines("<!-- a -->One<!--\n\nb --> two") == ["paragraph: One two"]


def test_list_items_are_paragraphs_whose_mark_is_not_cited() -> None:
    text = "Terms:\n\n- Nine ships\n  leave.\n- Two stay.\n  - One at Sennet.\n\n    It is old.\n"
    assert lines(text) == [
        "paragraph: Terms:",
        "list_item: • Nine ships leave.",
        "list_item: • Two stay.",
        "list_item: • One at Sennet.",
        "list_item: It is old.",
    ]
    shown, paragraphs = canonical(markdown_blocks(text))
    assert shown.startswith("Terms:\n\n• Nine ships leave.\n\n• Two")
    assert [shown[p.start : p.end] for p in paragraphs][1:3] == ["Nine ships leave.", "Two stay."]


def test_numbered_items_carry_their_numbers() -> None:
    assert lines("4. Four\n5. Five\n   1. One\n   - dash\n6. Six\n") == [
        "list_item: 4. Four",
        "list_item: 5. Five",
        "list_item: 1. One",
        "list_item: • dash",
        "list_item: 6. Six",
    ]


def test_a_row_of_a_table_names_its_headers() -> None:
    text = "| Port | **Ships** |  |\n|---|---:|---|\n| Sennet | 9 | old |\n| Orm | | |\n| a \\| b | 2 | |\n\nAfter."
    assert lines(text) == [
        "table_row: Port: Sennet | Ships: 9 | old",
        "table_row: Port: Orm",
        "table_row: Port: a | b | Ships: 2",
        "paragraph: After.",
    ]


def test_two_tables_do_not_share_their_headers() -> None:
    assert lines("|A|\n|-|\n|1|\n\nBetween.\n\n|B|\n|-|\n|2|\n") == [
        "table_row: A: 1",
        "paragraph: Between.",
        "table_row: B: 2",
    ]


def test_a_block_quote_is_a_quote_and_a_list_in_it_is_a_list() -> None:
    assert lines("> The talks\n> began.\n>\n> They went on.\n>\n> - Nine ships\n\nAfter.") == [
        "quote: The talks began.",
        "quote: They went on.",
        "list_item: • Nine ships",
        "paragraph: After.",
    ]


def test_a_heading_in_a_quote_or_list_is_no_section_of_what_follows() -> None:
    text = "## Terms\n\nOne.\n\n> # Their words\n>\n> Two.\n\nThree.\n\n- ## Point\n\n  Four.\n\nFive."
    shown, paragraphs = canonical(markdown_blocks(text))
    assert [(shown[p.start : p.end], p.section, p.kind) for p in paragraphs] == [
        ("One.", "Terms", "paragraph"),
        ("Their words", "Terms", "quote"),
        ("Two.", "Terms", "quote"),
        ("Three.", "Terms", "paragraph"),
        ("Point", "Terms", "list_item"),
        ("Four.", "Terms", "list_item"),
        ("Five.", "Terms", "paragraph"),
    ]


def test_a_table_of_nothing_but_its_header_is_kept() -> None:
    assert lines("| Port | Ships |\n|---|---|\n\nAfter.") == ["table_row: Port | Ships", "paragraph: After."]


@pytest.mark.parametrize("text", ["```python\nif x:\n    y = 1\n\nz\n```", "    if x:\n        y = 1\n\n    z\n"])
def test_code_keeps_its_lines(text: str) -> None:
    assert markdown_blocks(text) == (Block("code", "if x:\n    y = 1\n\nz\n"),)


def test_what_shows_nothing_is_no_block() -> None:
    assert markdown_blocks("***\n\n##\n\n- \n\n> \n\n[r]: /x\n\n&#8203;\n") == ()
