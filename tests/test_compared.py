"""Comparisons answered: each side from its own briefings, and what is not told of one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.briefings import Scope
from rag.build import App, build_app
from rag.settings import Settings

COURIER = """---
title: "Strike at the docks"
date: 2032-05-03
source: The Sennet Courier
---

On Monday 310 dockers walked out at Port Kelby.

The wind was calm, and no ship sailed.
"""
GAZETTE = """---
title: "Dockers walk out"
date: 2032-05-03
source: Aldry Gazette
---

At Port Kelby 250 dockers walked out on Monday.

The mayor lost his hat.
"""


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    from ingest.pipeline import ingest

    for name, text in (("courier", COURIER), ("gazette", GAZETTE)):
        (tmp_path / f"{name}.md").write_text(text)
    app = build_app(Settings.model_construct(home=tmp_path / "home", library_url=None, chroma_url=None))
    list(ingest(app, [tmp_path / "courier.md", tmp_path / "gazette.md"]))
    yield app
    app.close()


def test_each_side_is_told_from_its_own_briefings_in_the_order_of_the_question(app: App) -> None:
    answer = app.ask("How do the Gazette's and the Courier's counts of dockers who walked out differ?")
    assert [c.briefing_id for c in answer.citations] == ["gazette", "courier"]
    assert answer.text == (
        "At Port Kelby 250 dockers walked out on Monday. [1] On Monday 310 dockers walked out at Port Kelby. [2]"
    )
    assert answer.timings_ms.keys() == {"retrieve", "compose", "verify"}
    assert (answer.missing, [step.sources for step in answer.plan]) == (
        None,
        [("Aldry Gazette",), ("The Sennet Courier",)],
    )


def test_a_side_that_does_not_tell_is_missing(app: App) -> None:
    within = Scope(sources=("The Sennet Courier",))
    answer = app.ask("Do the Courier and the Gazette agree on how many dockers walked out?", scope=within)
    assert [c.briefing_id for c in answer.citations] == ["courier"]
    assert answer.missing == "Gazette: How many dockers walked out?"


def test_what_neither_side_tells_is_refused(app: App) -> None:
    assert app.ask("Do the Courier and the Gazette agree on how many lighthouses burnt?").abstained
