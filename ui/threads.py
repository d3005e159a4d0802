"""The side bar: a new conversation, the briefings, and the conversations that were saved."""

import streamlit as st

from rag.briefings import Scope
from rag.errors import NotFoundError
from ui import parts
from ui.house import House
from ui.state import AtCatalogue, View, on, show_conversation, typed, view

_MOST = 100  # conversations that are listed
_LONGEST = 200  # characters that are searched for


def show_threads(house: House) -> None:
    """Draw the side bar."""
    page = view()
    with st.sidebar:
        parts.threads(
            key="masthead",
            data={"masthead": True, "briefings": house.app.library.count_within(Scope())},
            on_fresh_change=on("masthead", "fresh", lambda _: show_conversation(None)),
            on_browse_change=on("masthead", "browse", lambda _: _browse(page)),
        )
        words = str(typed("search") or "")[:_LONGEST]
        if words or house.conversations.search(most=1):
            st.text_input("Search conversations", key="search", placeholder="Search", label_visibility="collapsed")
            _show_list(house, page, words)


def _show_list(house: House, page: View, words: str) -> None:
    found = house.conversations.search(words, _MOST + 1)
    parts.threads(
        key="threads",
        data={
            "masthead": False,
            "none": "No conversation holds these words.",
            "more": "Search to find older ones." if len(found) > _MOST else "",
            "conversations": [
                {
                    "conversation_id": c.conversation_id,
                    "name": c.name,
                    "here": c.conversation_id == page.conversation_id,
                }
                for c in found[:_MOST]
            ],
        },
        on_open_change=on("threads", "open", show_conversation),
        on_rename_change=on("threads", "rename", lambda v: _rename(house, v["conversation_id"], v["name"])),
        on_remove_change=on("threads", "remove", lambda conversation_id: _delete(house, page, conversation_id)),
    )


def _browse(page: View) -> None:
    page.pane = AtCatalogue()


def _rename(house: House, conversation_id: str, name: str) -> None:
    try:
        house.conversations.rename(conversation_id, name)
    except NotFoundError:
        return  # it was deleted in another window; the list drawn next shows that


def _delete(house: House, page: View, conversation_id: str) -> None:
    house.delete(conversation_id)
    if page.conversation_id == conversation_id:
        show_conversation(None)
