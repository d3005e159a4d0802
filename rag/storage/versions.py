"""Earlier words of briefings, kept when a briefing is replaced, so that an answer made from them can show them.

Of each briefing the last `KEPT` versions are kept, and any older one for as long as a saved conversation cites it.
A briefing that is removed is removed with all its versions.
"""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from rag.answers import Answer
from rag.briefings import Briefing, Paragraph
from rag.storage import database as db
from rag.verify import is_exact

KEPT = 5


@dataclass(frozen=True, slots=True)
class Version:
    """What a briefing said until it was `replaced`; versions are numbered from 1, the oldest first."""

    number: int
    replaced: datetime
    briefing: Briefing


def versions_of(connection: sa.Connection, briefing_id: str) -> list[Version]:
    """The earlier versions of a briefing that are kept, oldest first."""
    v = db.versions.c
    query = sa.select(db.versions).where(v.briefing_id == briefing_id).order_by(v.number)
    return [_version(row) for row in connection.execute(query)]


def keep_old(connection: sa.Connection, replacements: Sequence[Briefing]) -> None:
    """Keep what the library says now of these briefings, where it is not what the replacements say."""
    b, p, v = db.briefings.c, db.paragraphs.c, db.versions.c
    new = {r.briefing_id: r for r in replacements}
    for some in db.batches(list(new)):
        rows = connection.execute(sa.select(db.briefings).where(b.briefing_id.in_(some))).all()
        old = {row.briefing_id: row for row in rows if row.text != new[row.briefing_id].text}
        if not old:
            continue
        parts: dict[str, list[dict[str, Any]]] = {i: [] for i in old}
        for row in connection.execute(
            sa.select(db.paragraphs).where(p.briefing_id.in_(old)).order_by(p.briefing_id, p.number)
        ):
            fields = dict(row._mapping)
            parts[fields.pop("briefing_id")].append(fields)
        last = sa.select(v.briefing_id, sa.func.max(v.number)).where(v.briefing_id.in_(old)).group_by(v.briefing_id)
        numbers = {i: int(n) for i, n in connection.execute(last)}
        connection.execute(
            sa.insert(db.versions),
            [
                {
                    "briefing_id": i, "number": numbers.get(i, 0) + 1, "replaced": time.time_ns() // 1000,
                    "title": row.title, "published": row.published, "source": row.source, "text": row.text,
                    "sha256": row.sha256, "paragraphs": json.dumps(parts[i], ensure_ascii=False),
                }
                for i, row in old.items()
            ],
        )  # fmt: skip
        for briefing_id in [i for i, n in numbers.items() if n >= KEPT]:
            _let_go(connection, briefing_id)


def forget(connection: sa.Connection, briefing_ids: Sequence[str]) -> None:
    """Let go of all versions of these briefings."""
    for some in db.batches(briefing_ids):
        connection.execute(sa.delete(db.versions).where(db.versions.c.briefing_id.in_(some)))


def _let_go(connection: sa.Connection, briefing_id: str) -> None:
    """Remove the versions beyond the last `KEPT` that no saved conversation cites."""
    old = versions_of(connection, briefing_id)[:-KEPT]
    if not old:
        return
    e = db.exchanges.c
    named = e.answer.contains(json.dumps(briefing_id, ensure_ascii=False), autoescape=True)
    answers = connection.execute(sa.select(e.answer).where(named)).scalars()
    cited = [c for words in answers for c in Answer.from_dict(json.loads(words)).citations]
    for version in old:
        if not any(c.briefing_id == briefing_id and is_exact(c, version.briefing) for c in cited):
            v = db.versions.c
            connection.execute(
                sa.delete(db.versions).where((v.briefing_id == briefing_id) & (v.number == version.number))
            )


def _version(row: Any) -> Version:
    paragraphs = tuple(Paragraph(**fields) for fields in json.loads(row.paragraphs))
    briefing = Briefing(
        briefing_id=row.briefing_id,
        title=row.title,
        published=row.published,
        source=row.source,
        text=row.text,
        sha256=row.sha256,
        paragraphs=paragraphs,
    )
    return Version(row.number, datetime.fromtimestamp(row.replaced / 1e6, UTC), briefing)
