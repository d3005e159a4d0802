"""A table's row names its columns, when the table has a header; rich text keeps tables and outlines apart."""

import pytest

from ingest.documents import seen
from ingest.rtf import read_rtf
from ingest.tables import table_blocks
from rag.errors import UnreadableError


def rows(*cells: list[str], headed: bool = False) -> list[str]:
    """The words of the rows' blocks."""
    return [block.text for block in table_blocks(cells, headed=headed)]


def test_a_header_is_named_when_the_file_says_so_or_figures_stand_below_it() -> None:
    assert rows(["A", "B"], ["c", "d"], headed=True) == ["A: c | B: d"]
    assert rows(["Port", "Ships"], ["Sennet", "9"]) == ["Port: Sennet | Ships: 9"]
    assert rows(["Port", "Ships", "Pilot"], ["Sennet", "nine", "Orm"]) == [
        "Port: Sennet | Ships: nine | Pilot: Orm"
    ]


def test_facts_in_two_columns_have_no_header() -> None:
    assert rows(["Date", "14 March 2031"], ["Place", "Sennet"]) == ["Date | 14 March 2031", "Place | Sennet"]
    assert rows(["Place", "Sennet"], ["Pilot", "Orm"]) == ["Place | Sennet", "Pilot | Orm"]


def test_empty_cells_and_rows_are_left_out_and_a_lone_header_is_kept() -> None:
    assert rows(["A", "B"], ["", " \u200b"], headed=True) == ["A | B"]
    assert rows(["", "B"], ["c", "d"], headed=True) == ["c | B: d"]
    assert rows([], []) == []


def test_rich_text_has_headings_from_its_outline_tables_and_facts() -> None:
    data = (
        rb"{\rtf1\ansi\ansicpg1252{\info{\title T\u228\'e4lks}{\author Ada Orm}{\creatim\yr2031}}"
        rb"{\header Courier\par}\pard Nine ships \b left\b0 .\par\pard\outlinelevel0 Terms\par"
        rb"\pard {\listtext\bullet\tab}Two stayed.\par\trowd Port\cell Ships\cell\row\trowd Orm\cell 9\cell\row}"
    )
    read = read_rtf(data)
    assert (read.author, read.published) == ("Ada Orm", None)
    assert [(b.kind, seen(b.text)) for b in read.blocks] == [
        ("paragraph", "Nine ships left."),
        ("heading", "Terms"),
        ("list_item", "Two stayed."),
        ("table_row", "Port: Orm | Ships: 9"),
    ]


def test_what_is_no_rich_text_is_refused() -> None:
    with pytest.raises(UnreadableError, match="not RTF"):
        read_rtf(b"Nine ships left.")
