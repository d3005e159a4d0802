"""The chat window. Read it as a table of contents: every part of the page has its own room."""

import streamlit as st

from rag.errors import BriefingsError
from ui.conversation import show_conversation_so_far, show_question_line
from ui.house import House
from ui.pane import show_pane
from ui.parts import STATIC
from ui.shared import house
from ui.state import view
from ui.threads import show_threads

_HEARTBEAT = 2.0  # seconds until a page notices what another process or page has done


def main() -> None:
    """Draw the page."""
    st.set_page_config("Briefings", page_icon=str(STATIC / "favicon.svg"), layout="wide")
    st.html(STATIC / "page.css")
    try:
        shared = house()
        view().pulse = shared.pulse(view().conversation_id)
        exchanges, asking = shared.conversation(view().conversation_id)
        show_threads(shared)
        show_conversation_so_far(shared, exchanges, asking)
        show_question_line(shared)
        show_pane(shared, exchanges)
        _notice_changes(shared)
    except BriefingsError as error:
        st.text(str(error))


@st.fragment(run_every=_HEARTBEAT)
def _notice_changes(shared: House) -> None:
    """Draw the page again when the library or the conversation has changed, without asking anything again."""
    if shared.pulse(view().conversation_id) != view().pulse:
        st.rerun()


main()
