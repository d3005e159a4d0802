"""The list of all briefings: choose, read, add, remove."""

from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from ingest.pipeline import FileResult
from ingest.readers import READERS
from ui import parts
from ui.house import House
from ui.state import AtBriefing, View, on, view
from ui.words import meta_of

_POLL = 0.4
_KEY = "catalogue"


def show_briefings(house: House) -> None:
    """Draw the list with the dates that limit a question, and the place to drop files."""
    page = view()
    summaries = house.app.library.summaries()
    parts.catalogue(
        key=_KEY,
        data={
            "briefings": [{"briefing_id": s.briefing_id, "title": s.title, "meta": meta_of(s)} for s in summaries],
            "chosen": list(page.scope.briefing_ids),
            "dated": any(s.published for s in summaries),
            "since": page.scope.since.isoformat() if page.scope.since else "",
            "until": page.scope.until.isoformat() if page.scope.until else "",
        },
        on_read_change=on(_KEY, "read", lambda briefing_id: _read(page, briefing_id)),
        on_choose_change=on(_KEY, "choose", lambda v: _choose(page, v)),
        on_day_change=on(_KEY, "day", lambda v: _limit(page, v)),
        on_remove_change=on(_KEY, "remove", lambda briefing_id: _remove(house, page, briefing_id)),
        on_close_change=on(_KEY, "close", lambda _: _close(page)),
    )
    files = st.file_uploader(
        "Add briefings",
        type=list(READERS),  # with their dots: Streamlit takes "text" for every kind of text
        accept_multiple_files=True,
        key=f"upload-{page.uploads}",
    )
    if files:
        page.intake = house.take_in([(f.name, f.getvalue()) for f in files])
        page.uploads += 1  # an uploader under a new key is an empty one
        st.rerun()
    if page.intake:
        _show_intake(house)


def _limit(page: View, change: dict[str, str]) -> None:
    try:
        day = date.fromisoformat(change["day"]) if change["day"] else None
    except ValueError:
        return  # a year that is still being typed
    page.scope = replace(page.scope, since=day) if change["edge"] == "since" else replace(page.scope, until=day)


def _choose(page: View, change: dict[str, Any]) -> None:
    others = tuple(i for i in page.scope.briefing_ids if i != change["briefing_id"])
    page.scope = replace(page.scope, briefing_ids=(*others, change["briefing_id"]) if change["on"] else others)


def _read(page: View, briefing_id: str) -> None:
    page.pane = AtBriefing(briefing_id)


def _remove(house: House, page: View, briefing_id: str) -> None:
    house.remove(briefing_id)
    _choose(page, {"briefing_id": briefing_id, "on": False})


def _close(page: View) -> None:
    page.pane = None


@st.fragment(run_every=_POLL)
def _show_intake(house: House) -> None:
    page = view()
    intake = page.intake
    if intake is None:
        return
    results = list(intake.results)
    if not intake.done.is_set():
        st.progress(len(results) / max(1, intake.total))
        st.text(f"Reading {len(results)} of {intake.total} …")
    for result in results:
        st.text(_words(result))
    if intake.failure:
        st.text(intake.failure)
    if intake.done.is_set() and not intake.seen:
        intake.seen = True
        st.rerun()


def _words(result: FileResult) -> str:
    name = result.path.rsplit("/", 1)[-1]
    why = f": {result.reason}. {result.remedy or ''}" if result.reason else ""
    notes = f" ({'; '.join(result.notices)})" if result.notices else ""
    return f"{result.outcome} · {name}{why}{notes}"
