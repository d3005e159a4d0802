"""What goes on behind the pages: questions are answered, kept, given up, and files are brought in."""

import threading
import time
from collections.abc import Generator
from pathlib import Path

import pytest

from rag.briefings import Scope
from rag.build import App
from rag.errors import LibraryError
from rag.llm import chat
from rag.settings import Settings
from rag.storage.conversations import Exchange
from tests.conftest import SEEDS, fill
from ui.house import House

QUESTION = "what does the three-phase plan involve?"


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


def test_uploads_of_one_name_are_two_and_those_that_fail_leave_nothing(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = House(Settings(home=app.settings.home))
    taken = house.take_in([("a.txt", b"One\n\nNine ships left.\n"), ("b/a.txt", b"Two\n\nTwo trains came.\n")])
    assert taken.done.wait(30)
    assert [(Path(r.path).name, r.outcome) for r in taken.results] == [("a.txt", "added"), ("a (2).txt", "added")]

    torn = house.take_in([("torn.pdf", b"%PDF-"), ("c.txt", b"Three\n\nIt rained.\n")])
    assert torn.done.wait(30)
    assert sorted(r.outcome for r in torn.results) == ["added", "failed"]
    assert sorted(p.name for p in house.uploads.iterdir()) == ["a (2).txt", "a.txt", "c.txt"]

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
