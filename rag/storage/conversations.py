"""Conversations: questions and their answers, kept in the library's database so that a restart loses nothing."""

import json
import time
import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from rag.answers import Answer
from rag.briefings import Scope
from rag.errors import NotFoundError
from rag.storage import database as db

LONGEST_NAME = 80  # characters


@dataclass(frozen=True, slots=True)
class ConversationSummary:
    """A line of the list of conversations; `changed` is the time of the last question, in Unix seconds."""

    conversation_id: str
    name: str
    changed: float


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question and what came of it: an `answer`, or the one-line `failure`, or neither when it was stopped.

    `scope` is what the question was limited to and `searched` how many briefings that were.
    """

    exchange_id: int
    question: str
    scope: Scope
    searched: int
    answer: Answer | None = None
    failure: str | None = None


class Conversations:
    """The conversations of one database. Safe to share between threads and processes."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        with db.reading(engine) as connection:
            complete = all(sa.inspect(connection).has_table(t.name) for t in (db.conversations, db.exchanges))
        if not complete:  # the library was made by a version without conversations
            with db.writing(self._engine) as connection:
                db.tables.create_all(connection)

    def create(self, name: str) -> str:
        """Begin a conversation; its id."""
        conversation_id = uuid.uuid4().hex
        with db.writing(self._engine) as connection:
            values = {"conversation_id": conversation_id, "name": short_name(name), "changed": _now()}
            connection.execute(sa.insert(db.conversations), values)
        return conversation_id

    def rename(self, conversation_id: str, name: str) -> None:
        """Give it another name; an empty one leaves it as it is. Raises NotFoundError."""
        if short_name(name):
            self._update(conversation_id, name=short_name(name))

    def delete(self, conversation_id: str) -> None:
        """Delete it with all its questions and answers; deleting it twice is no error."""
        with db.writing(self._engine) as connection:
            for table in (db.exchanges, db.conversations):
                connection.execute(sa.delete(table).where(table.c.conversation_id == conversation_id))

    def get(self, conversation_id: str) -> ConversationSummary:
        """One conversation's name and time. Raises NotFoundError."""
        query = _summaries().where(db.conversations.c.conversation_id == conversation_id)
        with db.reading(self._engine) as connection:
            row = connection.execute(query).first()
        if row is None:
            raise _gone()
        return _summary(row)

    def search(self, words: str = "", most: int | None = None) -> list[ConversationSummary]:
        """The conversations whose name, questions or answers hold all these words, last used first, or so many at
        `most`."""
        c, e = db.conversations.c, db.exchanges.c
        query = _summaries().order_by(c.changed.desc(), c.conversation_id)
        for word in words.split():
            said = e.words.icontains(word, autoescape=True)
            in_it = sa.exists().where(e.conversation_id == c.conversation_id, said)
            query = query.where(sa.or_(c.name.icontains(word, autoescape=True), in_it))
        with db.reading(self._engine) as connection:
            return [_summary(row) for row in connection.execute(query.limit(most))]

    def exchanges(self, conversation_id: str) -> list[Exchange]:
        """What was asked and answered in it, oldest first; empty for one that does not exist."""
        e = db.exchanges.c
        query = (
            sa.select(e.exchange_id, e.question, e.scope, e.searched, e.answer, e.failure)
            .where(e.conversation_id == conversation_id)
            .order_by(e.exchange_id)
        )
        with db.reading(self._engine) as connection:
            return [_exchange(row) for row in connection.execute(query)]

    def add(
        self,
        conversation_id: str,
        question: str,
        scope: Scope,
        searched: int,
        answer: Answer | None = None,
        failure: str | None = None,
    ) -> int:
        """Keep a question with what came of it; its id. Raises NotFoundError when the conversation is gone."""
        values = {
            "conversation_id": conversation_id,
            "asked": _now(),
            "question": question,
            "scope": _scope_json(scope),
            "searched": searched,
            "answer": json.dumps(answer.as_dict(), ensure_ascii=False) if answer else None,
            "failure": failure,
            "words": f"{question} {answer.text}" if answer else question,
        }
        with db.writing(self._engine) as connection:
            _touch(connection, conversation_id, changed=_now())
            added = connection.execute(sa.insert(db.exchanges).returning(db.exchanges.c.exchange_id), values)
            return int(added.scalar_one())

    def _update(self, conversation_id: str, **values: Any) -> None:
        with db.writing(self._engine) as connection:
            _touch(connection, conversation_id, **values)


def short_name(words: str) -> str:
    """A name on one line, cut at a word when it is too long."""
    name = " ".join(words.split())
    if len(name) <= LONGEST_NAME:
        return name
    return name[: LONGEST_NAME - 1].rsplit(" ", 1)[0] + "…"


def _touch(connection: sa.Connection, conversation_id: str, **values: Any) -> None:
    table = db.conversations
    done = connection.execute(sa.update(table).where(table.c.conversation_id == conversation_id).values(**values))
    if done.rowcount == 0:
        raise _gone()


def _gone() -> NotFoundError:
    return NotFoundError("There is no such conversation; it may have been deleted.", "Start a new one.")


def _summaries() -> sa.Select[Any]:
    c = db.conversations.c
    return sa.select(c.conversation_id, c.name, c.changed)


def _summary(row: Any) -> ConversationSummary:
    return ConversationSummary(row.conversation_id, row.name, row.changed / 1e6)


def _exchange(row: Any) -> Exchange:
    answer = Answer.from_dict(json.loads(row.answer)) if row.answer else None
    return Exchange(row.exchange_id, row.question, _scope(row.scope), row.searched, answer, row.failure)


def _scope_json(scope: Scope) -> str:
    days = {"since": scope.since, "until": scope.until}
    plain = {name: day.isoformat() if day else None for name, day in days.items()}
    return json.dumps(
        {"briefing_ids": list(scope.briefing_ids), "sources": list(scope.sources), **plain}, ensure_ascii=False
    )


def _scope(words: str) -> Scope:
    plain = json.loads(words)
    since, until = (date.fromisoformat(plain[k]) if plain[k] else None for k in ("since", "until"))
    return Scope(tuple(plain["briefing_ids"]), since, until, tuple(plain.get("sources", ())))


def _now() -> int:
    return time.time_ns() // 1000  # microseconds: two questions of one second keep their order
