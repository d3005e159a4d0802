"""What one visitor is looking at. The only file that touches `st.session_state` and the page's address.

Nothing here is worth keeping: conversations live in the library, and a reload finds its conversation by the
address of the page.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from rag.briefings import Scope
from rag.errors import BriefingsError
from ui.errands import Asking, Intake, Pulse


@dataclass(frozen=True, slots=True)
class AtCitation:
    """The pane shows a citation of an answer."""

    exchange_id: int
    number: int


@dataclass(frozen=True, slots=True)
class AtPassage:
    """The pane shows a passage that came close to answering."""

    passage_id: str


@dataclass(frozen=True, slots=True)
class AtCatalogue:
    """The pane lists the briefings that hold these words, a page of them from the `first` on, counted from 0;
    `read` is the one that was read before."""

    words: str = ""
    first: int = 0
    read: str = ""


@dataclass(frozen=True, slots=True)
class AtBriefing:
    """The pane shows a briefing in full, chosen in the list that stood `back` there."""

    briefing_id: str
    back: AtCatalogue


Pane = AtCitation | AtPassage | AtBriefing | AtCatalogue


@dataclass(slots=True)
class View:
    """One visitor's page; change it in place, in a callback or before the part that shows it is drawn.

    `fresh` is the exchange whose sentences appear one after another, `told` a line below the one to ask in,
    `asking` what was asked here last, `pulse` what the page was drawn from.
    """

    conversation_id: str | None = None
    scope: Scope = field(default_factory=Scope)
    pane: Pane | None = None
    fresh: int | None = None
    told: str = ""
    asking: Asking | None = None
    intakes: list[Intake] = field(default_factory=list)
    uploads: int = 0
    pulse: Pulse | None = None


def view() -> View:
    """This visitor's page; at the first look it shows the conversation that the address names."""
    if "view" not in st.session_state:
        st.session_state["view"] = View(conversation_id=st.query_params.get("c"))
    found: View = st.session_state["view"]
    return found


def show_conversation(conversation_id: str | None) -> None:
    """Turn to a conversation, or to a new one, and let the page's address say so."""
    page = view()
    page.conversation_id, page.fresh, page.told, page.asking = conversation_id, None, "", None
    if isinstance(page.pane, AtCitation | AtPassage):
        page.pane = None
    if conversation_id:
        st.query_params["c"] = conversation_id
    else:
        st.query_params.clear()


def on(key: str, event: str, act: Callable[[Any], None]) -> Callable[[], None]:
    """A callback for the part mounted under this key: calls `act` with what its event carries; what goes wrong is
    told."""

    def react() -> None:
        sent = st.session_state.get(key)  # nothing when the part has gone before its event came
        value = sent[event] if sent else None
        if value is None:
            return
        try:
            act(value)
        except BriefingsError as error:
            view().told = str(error)

    return react


def on_typed(key: str, act: Callable[[str], None]) -> Callable[[], None]:
    """A callback for the line to type in with this key: calls `act` with the words; when it fails, that is told and
    they stay in the line."""

    def react() -> None:
        words = str(st.session_state.get(key) or "")
        if not words:
            return
        try:
            act(words)
        except BriefingsError as error:
            view().told = str(error)
            type_again(key, words)

    return react


def type_again(key: str, words: str) -> None:
    """Put words into the line with this key; only before it is drawn."""
    st.session_state[key] = words


def typed(key: str) -> Any:
    """What the widget with this key holds, or None before it was drawn."""
    return st.session_state.get(key)
