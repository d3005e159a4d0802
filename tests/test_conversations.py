"""Conversations outlive the program, are found by what was said in them, and are deleted entirely."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from rag.answers import Answer, Citation, PlanStep, Sentence
from rag.briefings import Scope
from rag.build import App, open_home
from rag.errors import NotFoundError
from rag.storage import database as db
from rag.storage.conversations import LONGEST_NAME, short_name

CITATION = Citation(
    1, "talks", "Talks", date(2031, 5, 3), "Courier", "Départ", 2, "Neuf “navires”", 14, 28, "exact"
)
ANSWER = Answer(
    "who left?",
    "who left?",
    (Sentence("Neuf “navires”", (1,), "supported"),),
    (CITATION,),
    nearest=("talks#1",),
    notices=("a note",),
    timings_ms={"retrieve": 1.5},
)
SCOPE = Scope(("talks",), date(2031, 1, 1), None, ("Courier",))


def test_a_step_that_looks_for_a_name_keeps_it_and_others_have_none() -> None:
    steps = PlanStep("who agreed", name="Oran"), PlanStep("who agreed", ("Courier",))
    planned = replace(ANSWER, plan=steps)
    assert [step.get("name") for step in planned.as_dict()["plan"]] == ["Oran", None]
    assert Answer.from_dict(planned.as_dict()).plan == steps


def test_an_answer_comes_back_from_its_json_as_it_was() -> None:
    assert Answer.from_dict(ANSWER.as_dict()) == ANSWER


def test_a_citation_names_its_page_only_where_there_is_one() -> None:
    paged = replace(ANSWER, citations=(replace(CITATION, page=3),))
    assert paged.as_dict()["citations"][0]["page"] == 3
    assert Answer.from_dict(paged.as_dict()) == paged
    assert "page" not in ANSWER.as_dict()["citations"][0]


def test_an_answer_says_that_it_was_not_searched_for() -> None:
    said = Answer("hello", "hello", abstained=True, searched=False, reason="That is no question.")
    assert said.as_dict()["searched"] is False
    assert Answer.from_dict(said.as_dict()) == said
    assert "searched" not in ANSWER.as_dict()


def test_fields_of_a_later_version_are_left_out() -> None:
    plain = ANSWER.as_dict() | {"mood": "calm"}
    plain["citations"][0]["colour"] = "blue"
    assert Answer.from_dict(plain) == ANSWER


def test_everything_said_is_there_after_a_restart(tmp_path: Path) -> None:
    with open_home(tmp_path) as app:
        conversation_id = app.conversations.create("Ships")
        app.conversations.add(conversation_id, "who left?", SCOPE, 1, ANSWER)
        app.conversations.add(conversation_id, "and why?", Scope(), 7, failure="The library cannot be used.")
        app.conversations.add(conversation_id, "when?", Scope(), 7)
    with open_home(tmp_path) as app:
        first, second, third = app.conversations.exchanges(conversation_id)
    assert (first.question, first.scope, first.searched, first.answer) == ("who left?", SCOPE, 1, ANSWER)
    assert (second.answer, second.failure) == (None, "The library cannot be used.")
    assert (third.answer, third.failure) == (None, None)


def test_the_last_used_conversation_comes_first(app: App) -> None:
    old, new = app.conversations.create("Old"), app.conversations.create("New")
    assert [c.conversation_id for c in app.conversations.search()] == [new, old]
    assert [c.conversation_id for c in app.conversations.search(most=1)] == [new]
    app.conversations.add(old, "who?", Scope(), 0)
    assert [c.name for c in app.conversations.search()] == ["Old", "New"]


def test_search_finds_names_questions_and_answers(app: App) -> None:
    ships, rails = app.conversations.create("Ships"), app.conversations.create("Rails")
    app.conversations.add(ships, "who left?", Scope(), 1, ANSWER)
    app.conversations.add(rails, "what is 100% sure?", Scope(), 1)

    def found(words: str) -> list[str]:
        return [c.name for c in app.conversations.search(words)]

    assert found("ship") == found("LEFT") == found("navires neuf") == ["Ships"]
    assert found("0%") == ["Rails"]
    assert found("_") == []
    assert found("ships rails") == []


def test_renaming_keeps_the_name_short_and_on_one_line(app: App) -> None:
    conversation_id = app.conversations.create("Ships")
    app.conversations.rename(conversation_id, "  Grain\n ships  ")
    assert app.conversations.get(conversation_id).name == "Grain ships"
    app.conversations.rename(conversation_id, "   ")
    assert app.conversations.get(conversation_id).name == "Grain ships"
    assert len(short_name("word " * 100)) <= LONGEST_NAME
    assert short_name("word " * 100).endswith("word…")


def test_a_deleted_conversation_leaves_nothing_behind(app: App) -> None:
    kept, gone = app.conversations.create("Kept"), app.conversations.create("Gone")
    for conversation_id in (kept, gone):
        app.conversations.add(conversation_id, "who?", Scope(), 1, ANSWER)
    app.conversations.delete(gone)
    app.conversations.delete(gone)
    assert [c.name for c in app.conversations.search()] == ["Kept"]
    assert app.conversations.exchanges(gone) == []
    with app.library.engine.connect() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(db.exchanges)).scalar() == 1
    for use in (
        lambda: app.conversations.get(gone),
        lambda: app.conversations.rename(gone, "Back"),
        lambda: app.conversations.add(gone, "who?", Scope(), 1, replace(ANSWER, question="x")),
    ):
        with pytest.raises(NotFoundError):
            use()
    assert app.conversations.exchanges(gone) == []


def test_a_library_from_before_conversations_gets_its_tables(tmp_path: Path) -> None:
    with open_home(tmp_path) as app:
        db.tables.drop_all(app.library.engine, [db.conversations, db.exchanges])
    with open_home(tmp_path) as app:
        assert app.conversations.search() == []
        assert app.conversations.create("New")
