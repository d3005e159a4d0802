"""The one thing that all visitors of a server share."""

import streamlit as st

from rag.settings import read_settings
from ui.house import House


@st.cache_resource(show_spinner=False, on_release=House.close)
def house() -> House:
    """The program behind every page. Raises BriefingsError when the library cannot be opened."""
    return House(read_settings())
