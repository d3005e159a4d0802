"""The conversation: what was asked and answered, the line to ask in, and what a question is limited to."""

from dataclasses import asdict, replace
from typing import Any

import streamlit as st

from rag.answers import Answer
from rag.asking.typed import checked_question
from rag.briefings import Scope
from rag.errors import UsageError
from rag.storage.conversations import Exchange
from ui import parts
from ui.exchanges import ExchangeView, views_of
from ui.house import SAMPLE, Asking, House
from ui.state import AtCatalogue, AtCitation, AtPassage, View, on, show_conversation, view
from ui.words import counted, limits_of

_KEY = "transcript"
_MOMENT = 0.5  # seconds that a page waits for an answer before it shows that it is waiting
_POLL = 0.25


def show_conversation_so_far(house: House, exchanges: list[Exchange], asking: Asking | None) -> None:
    """Draw all questions and answers, the last as far as it has come, or what to do first when there are none."""
    page = view()
    pane = page.pane
    draft = asking.draft if asking else None
    parts.transcript(
        key=_KEY,
        data={
            "exchanges": [asdict(v) for v in views_of(exchanges, house.app.library)],
            "welcome": None if exchanges or asking else _welcome(house),
            "pending": asdict(_so_far(house, asking, draft)) if asking else None,
            "open": asdict(pane) if isinstance(pane, AtCitation) else None,
            "fresh": page.fresh,
        },
        on_open_change=on(_KEY, "open", lambda v: _open(page, AtCitation(v["exchange_id"], v["number"]))),
        on_passage_change=on(_KEY, "passage", lambda v: _open(page, AtPassage(v["passage_id"]))),
        on_ask_change=on(_KEY, "ask", lambda question: _ask(house, question)),
        on_stop_change=on(_KEY, "stop", lambda _: house.stop(page.conversation_id or "")),
        on_sample_change=on(_KEY, "sample", lambda _: _load_sample(house, page)),
        on_browse_change=on(_KEY, "browse", lambda _: _open(page, AtCatalogue())),
    )
    if asking:
        _wait(house, asking, draft)


def show_question_line(house: House) -> None:
    """Draw the chips and the line to ask in, at the bottom of the page."""
    page = view()
    library = house.app.library
    held = library.count_within(Scope())
    limits = limits_of(page.scope, library.titles(page.scope.briefing_ids))
    with st.bottom:
        parts.chips(
            key="chips",
            data={
                "chips": [{"key": key, "words": words} for key, words in limits.items()],
                "all": f"Asking {counted(held, 'briefing')}",
                "briefings": held,
            },
            on_drop_change=on("chips", "drop", lambda key: _drop(page, key)),
            on_browse_change=on("chips", "browse", lambda _: _open(page, AtCatalogue())),
        )
        # Streamlit would drop what is longer than its `max_chars` without a word.
        question = st.chat_input("Ask the briefings", key="question")
        if question and (why := _refused(question)):
            st.text(why)
            return
    if question:
        _ask(house, question)
        st.rerun()


def _refused(question: str) -> str | None:
    """Why these words cannot be asked: they are too many, or none."""
    try:
        checked_question(question)
    except UsageError as error:
        return str(error)
    return None


def _so_far(house: House, asking: Asking, draft: Answer | None) -> ExchangeView:
    """The question that is being answered, with the sentences that are verified already."""
    [shown] = views_of([Exchange(0, asking.question, asking.scope, 0, draft)], house.app.library)
    return shown


def _welcome(house: House) -> dict[str, Any]:
    if count := house.app.library.count_within(Scope()):
        held = f"{counted(count, 'briefing')} to ask. Every sentence of an answer points at the words it rests on."
        title = "What would you like to know?"
        return {"title": title, "text": [held], "examples": house.examples(), "sample": False}
    text = [
        "Ask in plain words; every sentence of the answer points at the exact words of a source paragraph.",
        "The library is empty. Start with the sample briefing, or add files of your own.",
    ]
    return {"title": "Answers you can check", "text": text, "examples": [], "sample": SAMPLE.is_dir()}


def _ask(house: House, question: str) -> None:
    page = view()
    if not question.strip() or house.asking(page.conversation_id):
        return
    if page.conversation_id is None or not house.has(page.conversation_id):
        show_conversation(house.conversations.create(question))
    asking = house.ask(page.conversation_id or "", question.strip(), page.scope)
    asking.done.wait(_MOMENT)
    page.fresh = asking.exchange_id


@st.fragment(run_every=_POLL)
def _wait(house: House, asking: Asking, shown: Answer | None) -> None:
    """Draw the page again as soon as there is more of an answer than is shown."""
    if house.asking(view().conversation_id) is not asking or asking.draft is not shown:
        st.rerun()


def _open(page: View, pane: AtCitation | AtPassage | AtCatalogue) -> None:
    page.pane = pane
    page.fresh = None


def _load_sample(house: House, page: View) -> None:
    page.intake = house.load_sample()
    page.intake.done.wait(20)


def _drop(page: View, key: str) -> None:
    scope = page.scope
    if key == "since":
        page.scope = replace(scope, since=None)
    elif key == "until":
        page.scope = replace(scope, until=None)
    elif key == "everything":
        page.scope = Scope()
    else:
        kept = tuple(i for i in scope.briefing_ids if key != f"briefing:{i}")
        page.scope = replace(scope, briefing_ids=kept)
