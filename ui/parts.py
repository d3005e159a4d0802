"""The parts of the page that are drawn by our own code in the browser (custom components, version 2).

They are what makes untrusted words harmless: each receives plain data and writes it with `textContent`.
"""

from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

STATIC = Path(__file__).parent / "static"


def _part(name: str, *rooms: str) -> ComponentRenderer:
    """A part that is mounted with plain data, its script put together from `rooms`; its `on_<event>_change` are
    called before the next run."""
    style = _read("base.css", f"{name}.css")
    script = _read("dom.js", *(f"{room}.js" for room in rooms), f"{name}.js")
    return st.components.v2.component(f"briefings_{name}", html='<div class="root"></div>', css=style, js=script)


def _read(*names: str) -> str:
    return "\n".join((STATIC / name).read_text("utf-8") for name in names)


transcript = _part("transcript", "question", "card")
reader = _part("reader")
catalogue = _part("catalogue")
threads = _part("threads")
chips = _part("chips")
