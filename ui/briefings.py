"""The list of briefings, a page at a time: find, choose, read, add, remove."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from ingest.pipeline import FileResult
from ingest.readers import READERS
from rag.briefings import Scope
from rag.library import Library
from ui import parts
from ui.house import House
from ui.state import AtBriefing, AtCatalogue, Pane, View, on, view
from ui.words import meta_of

_POLL = 0.4
_KEY = "catalogue"
_TOLD = 50  # files of which it is told one by one what became of them
LINES = 100  # briefings on a page of the list


def show_briefings(house: House, at: AtCatalogue) -> None:
    """Draw a page of the list with the dates that limit a question, and the place to drop files."""
    page = view()
    shown = page_at(house.app.library, at)
    parts.catalogue(
        key=_KEY,
        data={
            **shown,
            "chosen": [
                one["briefing_id"] for one in shown["briefings"] if one["briefing_id"] in page.scope.briefing_ids
            ],
            "since": page.scope.since.isoformat() if page.scope.since else "",
            "until": page.scope.until.isoformat() if page.scope.until else "",
            "read": at.read,
        },
        on_find_change=on(_KEY, "find", lambda words: _turn(page, AtCatalogue(words))),
        on_turn_change=on(_KEY, "turn", lambda first: _turn(page, AtCatalogue(at.words, first))),
        on_read_change=on(_KEY, "read", lambda briefing_id: _turn(page, AtBriefing(briefing_id, at))),
        on_choose_change=on(_KEY, "choose", lambda v: _choose(page, v)),
        on_day_change=on(_KEY, "day", lambda v: _limit(page, v)),
        on_remove_change=on(_KEY, "remove", lambda briefing_id: _remove(house, page, briefing_id)),
        on_close_change=on(_KEY, "close", lambda _: _turn(page, None)),
    )
    files = st.file_uploader(
        f"Add briefings ({', '.join(READERS)})",
        accept_multiple_files=True,  # of any kind: Streamlit would drop other kinds without a word
        key=f"upload-{page.uploads}",
    )
    if files:
        uploaded = house.take_in([(f.name, f.getvalue()) for f in files])
        page.intakes = [*(one for one in page.intakes if not one.seen), uploaded]
        page.uploads += 1  # an uploader under a new key is an empty one
        st.rerun()
    if page.intakes:
        _show_intakes()


def page_at(library: Library, at: AtCatalogue) -> dict[str, Any]:
    """What the list shows there: no more than a page, and the last one when there is none so far on."""
    listed = library.listed(Scope(), LINES, words=at.words, first=at.first)
    all_here = at.first == 0 and len(listed) < LINES
    found = len(listed) if all_here else library.count_within(Scope(), at.words)
    if found and not listed:
        return page_at(library, AtCatalogue(at.words, (found - 1) // LINES * LINES))
    newest = library.listed(Scope(), 1)  # has a date unless none has: undated ones come last
    return {
        "held": library.count_within(Scope()),
        "found": found,
        "first": at.first,
        "lines": LINES,
        "words": at.words,
        "briefings": [{"briefing_id": s.briefing_id, "title": s.title, "meta": meta_of(s)} for s in listed],
        "dated": any(s.published for s in newest),
    }


def _limit(page: View, change: dict[str, str]) -> None:
    try:
        day = date.fromisoformat(change["day"]) if change["day"] else None
    except ValueError:
        return  # a year that is still being typed
    page.scope = replace(page.scope, since=day) if change["edge"] == "since" else replace(page.scope, until=day)


def _choose(page: View, change: dict[str, Any]) -> None:
    others = tuple(i for i in page.scope.briefing_ids if i != change["briefing_id"])
    page.scope = replace(page.scope, briefing_ids=(*others, change["briefing_id"]) if change["on"] else others)


def _remove(house: House, page: View, briefing_id: str) -> None:
    house.remove(briefing_id)
    _choose(page, {"briefing_id": briefing_id, "on": False})


def _turn(page: View, pane: Pane | None) -> None:
    page.pane = pane


@st.fragment(run_every=_POLL)
def _show_intakes() -> None:
    intakes = view().intakes
    for intake in intakes:
        results = list(intake.results)
        if not intake.done.is_set():
            st.progress(len(results) / max(1, intake.total))
            st.text(f"Reading {len(results)} of {intake.total} …")
        for words in told(results):
            st.text(words)
        if intake.failure:
            st.text(intake.failure)
    ended = [intake for intake in intakes if intake.done.is_set() and not intake.seen]
    for intake in ended:
        intake.seen = True
    if ended:
        st.rerun()


def told(results: Sequence[FileResult]) -> list[str]:
    """What became of each file, or, of more than fit, in numbers and of those that need a look."""
    if len(results) <= _TOLD:
        return [_words(r) for r in results]
    numbers = Counter(r.outcome for r in results)
    odd = [_words(r) for r in results if r.reason or r.notices]
    more = [f"And {len(odd) - _TOLD:,} more."] if len(odd) > _TOLD else []
    return [", ".join(f"{count:,} {outcome}" for outcome, count in numbers.items()), *odd[:_TOLD], *more]


def _words(result: FileResult) -> str:
    name = result.path.rsplit("/", 1)[-1]
    why = f": {result.reason}. {result.remedy or ''}" if result.reason else ""
    notes = f" ({'; '.join(result.notices)})" if result.notices else ""
    return f"{result.outcome} · {name}{why}{notes}"
