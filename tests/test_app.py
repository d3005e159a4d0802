"""The page without a browser: what it draws, what it is made from, and what it keeps."""

import re
import sys
import time
from collections.abc import Iterator

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from rag.build import open_home
from rag.errors import LibraryError
from tests.conftest import ROOT, SEEDS, fill
from ui.house import House

QUESTION = "what does the three-phase plan involve?"


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """The page over an empty home, not yet drawn."""
    # Streamlit puts the page in the place of the main module, which processes forked later would run once more.
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    yield AppTest.from_file(str(ROOT / "ui" / "app.py"), default_timeout=60)
    st.cache_resource.clear()


def test_the_first_page_of_an_empty_library_asks_nothing_and_fails_nowhere(page: AppTest) -> None:
    page.run()
    assert not page.exception
    assert page.chat_input[0].placeholder == "Ask the briefings"


def test_a_question_is_kept_and_its_conversation_is_in_the_address(page: AppTest) -> None:
    with open_home() as app:
        fill(app, SEEDS)
    page.run()
    page.chat_input[0].set_value(QUESTION).run()
    assert not page.exception
    conversation_id = page.query_params["c"]
    with open_home() as app:
        until = time.monotonic() + 30  # the answer is composed behind the page
        while not app.conversations.exchanges(conversation_id) and time.monotonic() < until:
            time.sleep(0.05)
        [exchange] = app.conversations.exchanges(conversation_id)
    assert exchange.answer
    assert "three-phase process" in exchange.answer.text
    page.run()
    with open_home() as app:  # drawing the page again asks nothing again
        assert len(app.conversations.exchanges(conversation_id)) == 1


def test_a_question_is_asked_before_the_page_is_drawn(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What interrupts the drawing, as another click does, loses no question."""
    page.run()

    def interrupted(house: House, conversation_id: str | None) -> None:
        raise LibraryError("Interrupted.", "")

    monkeypatch.setattr(House, "conversation", interrupted)
    page.chat_input[0].set_value(QUESTION).run()
    with open_home() as app:
        [conversation] = app.conversations.search()
        until = time.monotonic() + 30
        while not app.conversations.exchanges(conversation.conversation_id) and time.monotonic() < until:
            time.sleep(0.05)
        [exchange] = app.conversations.exchanges(conversation.conversation_id)
    assert exchange.question == QUESTION


def test_a_question_that_cannot_be_asked_yet_stays_in_the_line(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(House, "_answer", lambda house, asking: None)  # never ends
    page.run()
    waits = "One question at a time: this one was not asked yet."
    for words, why in ((QUESTION, ""), (QUESTION, ""), ("who left?", waits), ("?!", "The question is empty.")):
        page.chat_input[0].set_value(words).run()
        told = "".join(text.value for text in page.text)
        assert (bool(told), told.startswith(why)) == (bool(why), True)
        assert page.chat_input[0].proto.value == (words if why else "")
    with open_home() as app:
        assert len(app.conversations.search()) == 1


def test_an_error_of_the_core_is_one_line_in_the_page(page: AppTest) -> None:
    with open_home() as app, app.library.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE meta SET value = '99' WHERE key = 'schema_version'")
    page.run()
    assert not page.exception
    assert "written by a newer version" in page.text[0].value


def _sources(folder: str) -> dict[str, str]:
    files = sorted((ROOT / folder).rglob("*.py"))
    return {str(p.relative_to(ROOT / folder)): p.read_text("utf-8") for p in files}


def test_one_file_touches_session_state_and_one_function_is_a_cached_resource() -> None:
    ui = _sources("ui")
    assert [name for name, text in ui.items() if "st.session_state" in text] == ["state.py"]
    assert sum(text.count("cache_resource(") for text in ui.values()) == 1


def test_nothing_below_the_window_knows_streamlit() -> None:
    below = {**_sources("rag"), **_sources("ingest"), **_sources("evals")}
    assert not [name for name, text in below.items() if re.search(r"^\s*(import|from) streamlit", text, re.M)]


def test_words_never_become_markup() -> None:
    for name, text in _sources("ui").items():
        assert not re.search(r"unsafe_allow|st\.(markdown|write|error|info|success|warning|caption)\(", text), name
    for path in (ROOT / "ui" / "static").glob("*.js"):
        assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(", path.read_text()), path
