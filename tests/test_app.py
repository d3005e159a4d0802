"""The chat window without a browser: what the page does, what it is made from, and what stands before it."""

import asyncio
import json
import re
import threading
import time
from collections.abc import Generator, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from pydantic import SecretStr
from streamlit.testing.v1 import AppTest

from rag.answers import Answer, Citation, Sentence
from rag.briefings import Briefing, Paragraph, Scope
from rag.build import App, open_home
from rag.errors import LibraryError, UsageError
from rag.llm import chat
from rag.settings import Settings
from rag.storage.conversations import Exchange
from tests.conftest import REAL, ROOT, SEEDS, fill
from ui.errands import safe_name, unlike
from ui.examples import example_questions
from ui.exchanges import views_of
from ui.export import as_markdown, file_name
from ui.guard import Guard, Message, content_security_policy
from ui.house import House
from ui.pages import Piece, page_of_citation
from ui.serve import is_loopback, serve
from ui.sources import standing
from ui.words import limits_of

#        0         1         2         3
#        0123456789012345678901234567890123456789
TEXT = "Talks began.\n\nNine ships left. Two stayed."
BRIEFING = Briefing(
    "talks", "Talks", date(2031, 5, 3), "Courier", TEXT, "0" * 64,
    paragraphs=(Paragraph(1, 0, 12), Paragraph(2, 14, 42, "Ships")),
)  # fmt: skip
NINE = Citation(1, "talks", "Talks", date(2031, 5, 3), "Courier", "Ships", 2, "Nine ships left.", 14, 30, "exact")
TWO = replace(NINE, number=2, quote="Two stayed.", start=31, end=42)
ANSWER = Answer(
    "who left?", "who left?", (Sentence(NINE.quote, (1,), "supported"), Sentence(TWO.quote, (2,), "supported")),
    (NINE, TWO),
)  # fmt: skip
QUESTION = "what does the three-phase plan involve?"


# -- the page ----------------------------------------------------------------------------------------------


@pytest.fixture
def page(tmp_path: Path) -> Iterator[AppTest]:
    """The page over an empty home, not yet drawn."""
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


def test_a_failed_question_is_kept_with_its_reason(app: App) -> None:
    house = House(Settings(home=app.settings.home))
    conversation_id = house.conversations.create("x")
    asked = house.ask(conversation_id, "?!", Scope())
    assert asked is not None
    assert asked.done.wait(30)
    [exchange] = house.conversations.exchanges(conversation_id)
    assert exchange.failure
    assert exchange.failure.startswith("The question is empty.")
    house.close()


def test_an_answer_that_comes_while_its_conversation_is_read_is_not_missed(
    real_app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = House(Settings(home=real_app.settings.home))
    conversation_id = house.conversations.create("x")
    begun, read = threading.Event(), house.conversations.exchanges

    def slowly(conversation_id: str) -> list[Exchange]:
        exchanges = read(conversation_id)
        begun.set()
        if asked:
            asked.done.wait(0.5)
        return exchanges

    monkeypatch.setattr(house, "_answer", lambda asking: (begun.wait(30), house._keep(asking, failure="x")))
    asked = house.ask(conversation_id, QUESTION, Scope())
    assert asked is not None
    monkeypatch.setattr(house.conversations, "exchanges", slowly)
    exchanges, asking = house.conversation(conversation_id)
    assert (exchanges, asking) == ([], asked)
    assert asked.done.wait(30)
    exchanges, asking = house.conversation(conversation_id)
    assert ([e.failure for e in exchanges], asking) == (["x"], None)
    house.close()


def test_a_conversation_answers_one_question_at_a_time(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    house = House(Settings(home=app.settings.home))
    monkeypatch.setattr(house, "_answer", lambda asking: None)
    asked = house.ask("c", "x", Scope())
    assert house.ask("c", "y", Scope()) is None
    assert house.asking("c") is asked
    assert house.ask("d", "y", Scope()) is not None
    for conversation_id in ("c", "d"):
        house.stop(conversation_id)
    house.close()


def test_a_conversation_that_is_deleted_gives_up_its_question(
    app: App, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    house = House(Settings(home=app.settings.home))
    monkeypatch.setattr(house, "_answer", lambda asking: None)
    conversation_id = house.conversations.create("x")
    asked = house.ask(conversation_id, "x", Scope())
    assert asked is not None
    before = house.pulse(conversation_id)
    house.delete(conversation_id)
    assert asked.done.is_set()
    assert (house.asking(conversation_id), house.has(conversation_id), caplog.records) == (None, False, [])
    after = house.pulse(conversation_id)
    assert (before.is_asking, before.changed > 0, after.is_asking, after.changed) == (True, True, False, 0.0)
    house.close()


def test_an_answer_that_cannot_be_kept_is_told_and_no_page_waits_for_it(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = House(Settings(home=app.settings.home))
    conversation_id = house.conversations.create("x")
    adding, locked = threading.Event(), threading.Event()

    def add(*_: object) -> int:
        adding.set()
        locked.wait(30)
        raise LibraryError("The library cannot be used: database is locked.", "Try again.")

    monkeypatch.setattr(house.conversations, "add", add)
    asked = house.ask(conversation_id, "who left?", Scope())
    assert asked is not None
    assert adding.wait(30)
    assert house.conversation(conversation_id) == ([], asked)
    locked.set()
    assert asked.done.wait(30)
    assert house.conversation(conversation_id) == ([], None)
    assert asked.unkept == (
        "What came of “who left?” could not be kept. The library cannot be used: database is locked. Try again."
    )
    house.close()


def test_uploads_of_one_name_are_two_and_a_full_disk_is_told(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    house = House(Settings(home=app.settings.home))
    taken = house.take_in([("a.txt", b"One\n\nNine ships left.\n"), ("b/a.txt", b"Two\n\nTwo trains came.\n")])
    assert taken.done.wait(30)
    assert [(Path(r.path).name, r.outcome) for r in taken.results] == [("a.txt", "added"), ("a (2).txt", "added")]

    def full(path: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    failed = house.take_in([("c.txt", b"Three")])
    assert failed.done.is_set()
    assert failed.failure is not None
    assert "No space left on device" in failed.failure
    monkeypatch.undo()
    house.close()


class Dripping:
    """A model that never ends and never says anything."""

    name = "toy:dripping"

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.ended = threading.Event()

    def stream(self, prompt: chat.Prompt) -> Generator[chat.Piece]:
        try:
            while True:
                self.begun.set()
                yield chat.Piece(" ")
                time.sleep(0.01)
        finally:
            self.ended.set()

    def close(self) -> None: ...


@pytest.mark.slow
@pytest.mark.parametrize("end", ["stop", "close"])
def test_a_question_that_is_given_up_ends_the_models_work(app: App, end: str) -> None:
    fill(app, SEEDS)
    house = House(Settings(home=app.settings.home))
    model = house.app.__dict__["chat_model"] = Dripping()
    conversation_id = house.conversations.create("x")
    house.ask(conversation_id, QUESTION, Scope())
    assert model.begun.wait(30)
    if end == "stop":
        house.stop(conversation_id)
        assert model.ended.wait(5)
        assert house.asking(conversation_id) is None
    house.close()
    assert model.ended.is_set()
    [exchange] = app.conversations.exchanges(conversation_id)
    assert (exchange.answer, exchange.failure) == (None, None)


# -- the structure -----------------------------------------------------------------------------------------


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


# -- citations ---------------------------------------------------------------------------------------------


def test_a_citation_is_verified_against_the_briefing_as_it_is_now() -> None:
    assert standing(NINE, BRIEFING).state == "verified"
    assert standing(NINE, None).state == "unverified"
    changed = replace(BRIEFING, text=TEXT.replace("Nine", "Five"))
    assert standing(NINE, changed).state == "unverified"
    assert "has changed since" in standing(NINE, changed).why
    unknown: Any = "guessed"
    assert standing(replace(NINE, verdict=unknown), BRIEFING).state == "unchecked"


def test_words_that_an_edit_moved_are_found_where_they_stand_now() -> None:
    #        0         1
    #        01234567890123456789
    moved = "New.\n\n" + TEXT
    now = standing(
        NINE,
        replace(BRIEFING, text=moved, paragraphs=(Paragraph(1, 0, 4), Paragraph(2, 6, 18), Paragraph(3, 20, 48))),
    )
    assert (now.state, now.start, now.end) == ("verified", 20, 36)
    assert moved[now.start : now.end] == NINE.quote
    assert now.why.endswith("They have moved to ¶3.")


def test_the_reader_marks_the_chosen_quote_and_the_others_lightly() -> None:
    page = page_of_citation(BRIEFING, ANSWER, 2)
    assert page.paragraphs[1].pieces == (
        Piece("Nine ships left.", "other"),
        Piece(" ", None),
        Piece("Two stayed.", "chosen"),
    )
    assert (page.target, page.previous, page.next, page.of) == (2, 1, None, 2)
    assert page.why is None


def test_the_reader_shows_the_words_of_a_quote_that_is_gone() -> None:
    page = page_of_citation(replace(BRIEFING, text=TEXT.replace("Nine", "Five")), ANSWER, 1)
    assert page.saved == "Nine ships left."
    assert page.target is None
    assert page.why
    assert page_of_citation(None, ANSWER, 1).saved == "Nine ships left."


def test_an_abstention_shows_what_was_searched_and_the_nearest_passages(real_app: App) -> None:
    answer = real_app.ask("Who won the football championship in Brazil?")
    assert answer.abstained
    [view] = views_of([Exchange(1, answer.question, Scope(), 1, answer)], real_app.library)
    assert view.searched == "Searched 1 briefing."
    assert len(view.nearest) == 3
    assert all(near.text for near in view.nearest)


@pytest.mark.parametrize("text", ["hello", "What should we do?", "how many briefings are there?"])
def test_a_reply_without_a_search_is_not_said_to_have_been_searched_for(real_app: App, text: str) -> None:
    answer = real_app.ask(text)
    [view] = views_of([Exchange(1, answer.question, Scope(), 1, answer)], real_app.library)
    assert (view.abstained, view.searched, view.nearest) == (True, "", ())


def test_a_follow_up_that_is_answered_by_a_search_is_said_to_have_been_searched_for(real_app: App) -> None:
    answer = real_app.ask("What should we do?", [QUESTION])
    [view] = views_of([Exchange(1, answer.question, Scope(), 1, answer)], real_app.library)
    assert view.searched == "Searched 1 briefing."


def test_every_source_view_splits_its_paragraph_at_the_quote(real_app: App) -> None:
    answer = real_app.ask(QUESTION)
    [view] = views_of([Exchange(1, QUESTION, Scope(), 1, answer)], real_app.library)
    paragraph = real_app.library.briefing(REAL).paragraphs[7]
    words = real_app.library.briefing(REAL).words_of(paragraph)
    assert view.sources[0].before + view.sources[0].quote + view.sources[0].after == words
    assert view.sources[0].place.endswith("Cease-Fire Proposal Details · ¶8")


# -- small things ------------------------------------------------------------------------------------------


def test_examples_are_answered_by_the_briefing_they_were_drawn_from(real_app: App) -> None:
    assert example_questions(real_app) == (
        "What does the proposed cease-fire involve?",
        "How many Israelis have been killed?",
        "What are the key points?",
    )


def test_markdown_of_an_answer_keeps_words_words() -> None:
    hostile = replace(NINE, title="![x](http://a.example)", quote="# <b>$x$</b> [a](javascript:b)")
    answer = replace(ANSWER, sentences=(Sentence("*Nine* `left`.", (1,), "supported"),), citations=(hostile,))
    words = as_markdown(Exchange(1, "who left?", Scope(), 1, answer))
    assert words == (
        "## who left?\n\n\\*Nine\\* \\`left\\`. \\[1\\]\n\n### Sources\n\n"
        "1. !\\[x\\](`http://a.example`) · Courier · 3 May 2031 · Ships · ¶2\n"
        "   > \\# \\<b\\>\\$x\\$\\</b\\> \\[a\\](javascript:b)\n"
    )
    assert file_name("Who left — and why?") == "who-left-and-why.md"


def test_markdown_tells_how_a_question_was_understood() -> None:
    words = as_markdown(Exchange(1, "and two?", Scope(), 1, replace(ANSWER, question="and two?")))
    assert words.startswith("## and two?\n\nUnderstood as: who left?\n\nNine ships left.")


def test_a_list_stays_one_in_markdown() -> None:
    reply = Answer("list?", "list?", abstained=True, searched=False, reason="Briefings: 2.\n“*One*” · A\n# Two")
    words = as_markdown(Exchange(1, "list?", Scope(), 0, reply))
    assert words.split("\n")[2:] == ["Briefings: 2.", "- “\\*One\\*” · A", "- \\# Two", ""]


def test_an_uploaded_name_cannot_lead_elsewhere() -> None:
    for name in ("../../etc/passwd", "..\\..\\etc\\passwd", "/etc/passwd", ".passwd", "pass\nwd"):
        assert safe_name(name) == "passwd"
    assert safe_name("..") == "briefing.txt"
    long = safe_name("報" * 100 + ".txt")  # three bytes each
    assert (len(long.encode()), long[-5:]) == (199, "報.txt")
    assert unlike(Path("a.b.txt"), [Path("a.b.txt"), Path("a.b (2).txt")]) == Path("a.b (3).txt")


def test_limits_are_named_by_title_and_day() -> None:
    scope = Scope(("talks", "gone"), date(2031, 5, 3), date(2031, 6, 1))
    assert list(limits_of(scope, {"talks": "Talks"}).values()) == [
        "Talks", "gone (removed)", "since 3 May 2031", "until 1 Jun 2031",
    ]  # fmt: skip


# -- what stands before the page ---------------------------------------------------------------------------


def test_another_address_needs_a_password() -> None:
    for address in ("0.0.0.0", "192.168.1.5", "::"):
        assert not is_loopback(address)
        with pytest.raises(UsageError, match="others could read"):
            serve(Settings(), address)
    assert all(is_loopback(a) for a in ("127.0.0.1", "localhost", "::1"))


def test_the_policy_admits_only_the_page_s_own_scripts() -> None:
    policy = content_security_policy("<script>\n  a = 1\n</script>")
    assert policy.startswith("default-src 'none'; script-src 'self' blob: 'sha256-")
    assert "img-src 'self' data:" in policy
    assert "'unsafe-inline'" not in policy.split("style-src")[0]


def test_nobody_passes_without_the_password() -> None:
    async def inner(scope: Message, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"secret"})

    guard = Guard(inner, "default-src 'none'", "open sesame")

    def ask(method: str, path: str, body: bytes = b"", cookie: str = "") -> tuple[int, dict[bytes, bytes], bytes]:
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        headers = [(b"cookie", cookie.encode())] if cookie else []
        scope = {"type": "http", "method": method, "path": path, "headers": headers}
        asyncio.run(guard(scope, receive, send))
        return sent[0]["status"], dict(sent[0]["headers"]), sent[1].get("body", b"")

    status, headers, body = ask("GET", "/")
    assert (status, b"secret" in body) == (401, False)
    assert headers[b"content-security-policy"] == b"default-src 'none'"
    assert ask("POST", "/login", b"password=wrong")[0] == 401
    status, headers, _ = ask("POST", "/login", b"password=open+sesame")
    assert status == 303
    cookie = headers[b"set-cookie"].decode().split(";")[0]
    assert ask("GET", "/", cookie=cookie)[2] == b"secret"
    assert ask("GET", "/", cookie="briefings=guess")[0] == 401


def test_the_password_is_not_shown_by_the_settings() -> None:
    assert "sesame" not in repr(Settings(chat_password=SecretStr("open sesame")))
    assert "sesame" not in json.dumps(Settings(chat_password=SecretStr("open sesame")).model_dump(mode="json"))
