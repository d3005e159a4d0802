"""The list of briefings is sent to the page in parts, and drawing a page reads nothing of the whole library."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from ingest.pipeline import FileResult
from rag.briefings import Scope
from rag.build import App, open_home
from rag.library import Library
from rag.storage.entries import Entry
from tests.conftest import ROOT
from tests.toys import TOY, briefing, passages, vectors
from ui.briefings import LINES, page_at, told
from ui.state import AtCatalogue, View

MANY = 2 * LINES + 7
FIRST = date(2032, 1, 1)


def fill(library: Library) -> None:
    """Two pages and seven briefings, a day apart, the last of them newest."""
    wholes = [briefing(f"b{n}", "ships", published=FIRST + timedelta(n), title=f"No. {n}") for n in range(MANY)]
    library.put_all([Entry(whole, passages(whole), vectors(whole)) for whole in wholes], TOY)


@pytest.fixture
def library(app: App) -> Library:
    fill(app.library)
    return app.library


def test_a_page_of_the_list_is_sent_and_no_more(library: Library) -> None:
    first = page_at(library, AtCatalogue())
    assert (first["held"], first["found"], first["first"], first["dated"]) == (MANY, MANY, 0, True)
    assert [b["title"] for b in first["briefings"]] == [f"No. {n}" for n in range(MANY - 1, MANY - 1 - LINES, -1)]
    assert first["briefings"][-1]["meta"] == "Courier · 17 April 2032 · 1 paragraph"  # 107 days after the first
    last = page_at(library, AtCatalogue(first=2 * LINES))
    assert [b["title"] for b in last["briefings"]] == [f"No. {n}" for n in range(6, -1, -1)]


def test_what_is_found_is_counted_whether_it_fills_a_page_or_not(library: Library) -> None:
    few = page_at(library, AtCatalogue("no. 11"))
    assert (few["held"], few["found"], len(few["briefings"])) == (MANY, 18, 18)  # 11, 110 to 119, 7 days
    many = page_at(library, AtCatalogue("courier", LINES))
    assert (many["found"], many["first"], len(many["briefings"])) == (MANY, LINES, LINES)
    none = page_at(library, AtCatalogue("nothing"))
    assert (none["held"], none["found"], none["briefings"], none["dated"]) == (MANY, 0, [], True)


def test_a_page_that_is_gone_is_the_last_one(library: Library) -> None:
    library.remove([f"b{n}" for n in range(7)])
    gone = page_at(library, AtCatalogue(first=2 * LINES))
    assert (gone["first"], gone["found"], len(gone["briefings"])) == (LINES, 2 * LINES, LINES)
    assert page_at(library, AtCatalogue("nothing", LINES))["briefings"] == []


def test_an_empty_library_has_an_empty_page(app: App) -> None:
    page = page_at(app.library, AtCatalogue())
    assert (page["held"], page["found"], page["briefings"], page["dated"]) == (0, 0, [], False)


@pytest.fixture
def drawn() -> Iterator[AppTest]:
    """A page at the list of briefings, with one that limits the question."""
    with open_home() as app:
        fill(app.library)
    page = AppTest.from_file(str(ROOT / "ui" / "app.py"), default_timeout=60)
    page.session_state["view"] = View(scope=Scope(("b3",)), pane=AtCatalogue())
    yield page
    st.cache_resource.clear()


def test_a_page_is_drawn_without_reading_all_briefings(drawn: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("summaries", "uris", "known", "passage_ids", "vectors"):
        monkeypatch.setattr(Library, name, lambda *_: pytest.fail("the whole library was read"))
    drawn.run()
    assert not drawn.exception
    assert not drawn.text  # where errors are told


def test_what_became_of_many_files_is_told_in_numbers() -> None:
    added = [FileResult(f"/x/{n}.txt", "added", f"b{n}") for n in range(50)]
    assert told(added) == [f"added · {n}.txt" for n in range(50)]
    bad = [FileResult(f"/x/bad{n}.txt", "failed", reason="it is empty", remedy="Leave it out.") for n in range(52)]
    words = told([*added, *bad])
    assert words[:2] == ["50 added, 52 failed", "failed · bad0.txt: it is empty. Leave it out."]
    assert words[-2:] == ["failed · bad49.txt: it is empty. Leave it out.", "And 2 more."]
