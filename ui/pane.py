"""The pane beside the conversation: a briefing at the cited words, or the list of all briefings."""

from dataclasses import asdict, replace

import streamlit as st

from rag.errors import NotFoundError
from rag.storage.conversations import Exchange
from ui import parts
from ui.briefings import show_briefings
from ui.house import House
from ui.pages import PageView, page_of_briefing, page_of_citation, page_of_passage
from ui.state import AtBriefing, AtCatalogue, AtCitation, AtPassage, Pane, View, on, view


def show_pane(house: House, exchanges: list[Exchange]) -> None:
    """Draw the pane when something is open; a target that is gone closes it."""
    page = view()
    if isinstance(page.pane, AtCatalogue):
        with st.container(key="pane"):
            show_briefings(house, page.pane)
        return
    shown = _page(house, exchanges, page.pane) if page.pane else None
    if shown is None:
        page.pane = None
        # Else what is drawn next would take its place, and its reader be drawn once more there before it goes:
        # with the focus.
        st.empty()
        return
    back = AtCatalogue()
    if isinstance(page.pane, AtBriefing):
        back = replace(page.pane.back, read=page.pane.briefing_id)
    with st.container(key="pane"):
        parts.reader(
            key="reader",
            data=asdict(shown),
            on_close_change=on("reader", "close", lambda _: _turn(page, None)),
            on_all_change=on("reader", "all", lambda _: _turn(page, back)),
            on_step_change=on("reader", "step", lambda number: _step(page, number)),
            on_only_change=on("reader", "only", lambda _: _ask_only(house, page, exchanges)),
        )


def _page(house: House, exchanges: list[Exchange], pane: Pane) -> PageView | None:
    library = house.app.library
    try:
        if isinstance(pane, AtBriefing):
            return page_of_briefing(library.briefing(pane.briefing_id))
        if isinstance(pane, AtPassage):
            hit = library.hits({pane.passage_id: 0.0})[0]
            return page_of_passage(library.briefing(hit.passage.briefing_id), hit)
    except (NotFoundError, IndexError):
        return None
    answer = next(
        (e.answer for e in exchanges if isinstance(pane, AtCitation) and e.exchange_id == pane.exchange_id), None
    )
    if answer is None or not isinstance(pane, AtCitation):
        return None
    briefing_id = next((c.briefing_id for c in answer.citations if c.number == pane.number), None)
    if briefing_id is None:
        return None
    briefing = next(iter(library.briefings([briefing_id])), None)
    return page_of_citation(briefing, answer, pane.number, library.versions(briefing_id))


def _turn(page: View, pane: Pane | None) -> None:
    page.pane = pane


def _step(page: View, number: int) -> None:
    if isinstance(page.pane, AtCitation):
        page.pane = replace(page.pane, number=number)


def _ask_only(house: House, page: View, exchanges: list[Exchange]) -> None:
    briefing_id = None
    if isinstance(page.pane, AtBriefing):
        briefing_id = page.pane.briefing_id
    elif isinstance(page.pane, AtPassage):
        hits = house.app.library.hits({page.pane.passage_id: 0.0})
        briefing_id = hits[0].passage.briefing_id if hits else None
    elif isinstance(page.pane, AtCitation):
        at = page.pane
        cited = (c for e in exchanges if e.answer and e.exchange_id == at.exchange_id for c in e.answer.citations)
        briefing_id = next((c.briefing_id for c in cited if c.number == at.number), None)
    if briefing_id:
        page.scope = replace(page.scope, briefing_ids=(briefing_id,))
