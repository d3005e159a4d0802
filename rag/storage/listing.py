"""The list of briefings: counted, and listed a page at a time, by the database."""

import calendar
import re
from collections.abc import Iterable

import sqlalchemy as sa

from rag.briefings import BriefingSummary, Counts, Scope
from rag.storage import database as db
from rag.storage.account import Account

_b, _q = db.briefings.c, db.paragraphs.c
_ABOUT = (_b.briefing_id, _b.title, _b.published, _b.source, _b.uri)
_NEWEST = (_b.published.desc().nulls_last(), _b.briefing_id)  # in the order of the index on `published`
_MONTHS = [month.lower() for month in calendar.month_name]  # the first is empty


class Listing(Account):
    """The part of `rag.library.Library` that lists and counts briefings."""

    def summaries(self) -> list[BriefingSummary]:
        """All briefings, newest first, undated ones last."""
        counts = sa.select(_q.briefing_id, sa.func.count().label("n")).group_by(_q.briefing_id).subquery()
        query = (
            sa.select(*_ABOUT, sa.func.coalesce(counts.c.n, 0))
            .outerjoin(counts, counts.c.briefing_id == _b.briefing_id)
            .order_by(*_NEWEST)
        )
        with db.reading(self._engine) as connection:
            return [BriefingSummary(*row) for row in connection.execute(query)]

    def listed(
        self, scope: Scope, most: int | None, *, oldest: bool = False, words: str = "", first: int = 0
    ) -> list[BriefingSummary]:
        """The briefings that a scope admits and that hold these words (see `holding`), all or so many at `most`,
        from the `first` on, counted from 0: newest or oldest first, undated ones last."""
        order = (_b.published.asc().nulls_last(), _b.briefing_id) if oldest else _NEWEST
        ids = sa.select(_b.briefing_id).where(*admitting(scope), *holding(words)).order_by(*order)
        query = (
            sa.select(*_ABOUT)
            .add_columns(sa.select(sa.func.count()).where(_q.briefing_id == _b.briefing_id).scalar_subquery())
            .where(_b.briefing_id.in_(ids.limit(most).offset(first)))  # so that no paragraphs of others are counted
            .order_by(*order)
        )
        with db.reading(self._engine) as connection:
            return [BriefingSummary(*row) for row in connection.execute(query)]

    def count_within(self, scope: Scope, words: str = "") -> int:
        """How many briefings a scope admits, of those that hold these words (see `holding`)."""
        query = sa.select(sa.func.count()).select_from(db.briefings).where(*admitting(scope), *holding(words))
        with db.reading(self._engine) as connection:
            return int(connection.execute(query).scalar_one())

    def titles(self, briefing_ids: Iterable[str]) -> dict[str, str]:
        """The titles of those of these briefings that exist, by their ids."""
        found: dict[str, str] = {}
        with db.reading(self._engine) as connection:
            for some in db.batches(list(briefing_ids)):
                query = sa.select(_b.briefing_id, _b.title).where(_b.briefing_id.in_(some))
                found.update((row.briefing_id, row.title) for row in connection.execute(query))
        return found

    def counts(self, scope: Scope) -> Counts:
        """How many briefings a scope admits, of which days, and of which sources."""
        days = (sa.func.min(_b.published), sa.func.max(_b.published), sa.func.count(_b.published))
        numbers = sa.select(sa.func.count(), *days).where(*admitting(scope))
        sources = sa.select(_b.source, sa.func.count()).where(*admitting(scope)).group_by(_b.source)
        with db.reading(self._engine) as connection:
            row = connection.execute(numbers).one()
            by_source = {source: int(n) for source, n in connection.execute(sources)}
        return Counts(int(row[0]), row[1], row[2], int(row[3]), by_source)


def admitting(scope: Scope) -> list[sa.ColumnElement[bool]]:
    """The conditions that a briefing meets which a scope admits."""
    conditions: list[sa.ColumnElement[bool]] = []
    if scope.briefing_ids:
        conditions.append(_b.briefing_id.in_(scope.briefing_ids))
    if scope.sources:
        conditions.append(_b.source.in_(scope.sources))
    if scope.since:
        conditions.append(_b.published >= scope.since)
    if scope.until:
        conditions.append(_b.published <= scope.until)
    return conditions


def holding(words: str) -> list[sa.ColumnElement[bool]]:
    """The conditions that a briefing meets which has each of these words, or longer ones with them, in its title,
    its source or its date. A date is found as "20 August 2024" and as "2024-08-20"; one or two digits are its day.
    Capitals do not matter."""
    return [sa.or_(*_in_title_or_source(word), *_in_date(word)) for word in words.lower().split()]


def _in_title_or_source(word: str) -> list[sa.ColumnElement[bool]]:
    return [column.icontains(word, autoescape=True) for column in (_b.title, _b.source)]


def _in_date(word: str) -> list[sa.ColumnElement[bool]]:
    months = [number for number, name in enumerate(_MONTHS) if word in name]
    if months:
        return [sa.extract("month", _b.published).in_(months)]
    if re.fullmatch(r"\d{1,2}", word, re.ASCII):
        return [sa.extract("day", _b.published) == int(word)]
    if re.fullmatch(r"[\d-]+", word, re.ASCII):
        return [sa.cast(_b.published, sa.Text).contains(word)]
    return []
