"""A language model that plans and orders, behind the real client, and one that fails in every way."""

import json
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from rag.answers import Answer
from rag.build import App, build_app
from rag.errors import ModelError
from rag.prompts import ORDER_SCHEMA, PLAN_SCHEMA, SCHEMA
from rag.settings import Settings
from tests.command import QUOTE, SAID
from tests.model_server import ModelServer, Reply, model_server, refuse

pytestmark = pytest.mark.slow  # waits for servers that do not answer

QUESTION = "What does the three-phase plan involve, and who met Netanyahu?"
PLANNED = Reply(
    (
        '{"parts": [{"question": "What does the three-phase plan involve?", "sources": [], "since": null, ',
        '"until": null}, {"question": "who met Netanyahu", "sources": [], "since": null, "until": null}]}',
    )
)
ORDERED = Reply(('{"order": [8, 7, 6, 5, 4, 3, 2, 1]}',))  # the real briefing has eight passages
ANSWERED = Reply(
    (json.dumps({"sentences": [{"text": SAID, "quotes": [{"paragraph": "P1", "quote": QUOTE}]}], "missing": None}),)
)

Open = Callable[..., App]


@pytest.fixture
def opened(real_home: Path, tmp_path: Path) -> Iterator[Open]:
    """Opens the real briefing's home with these settings, and closes it."""
    home = tmp_path / "filled"
    shutil.copytree(real_home, home)
    built: list[App] = []

    def open_it(server: ModelServer | None, **more: Any) -> App:
        model = {"openai_base_url": server.url, "model": "toy-model"} if server else {}
        built.append(build_app(Settings(home=home, search_timeout=0.5, timeout=5, **model, **more)))  # type: ignore[arg-type]
        return built[-1]

    yield open_it
    for app in built:
        app.close()


def schemas(server: ModelServer) -> list[Any]:
    return [body["response_format"]["json_schema"]["schema"] for body in server.asked]


def test_planned_ordered_and_answered_by_one_request_each(opened: Open) -> None:
    with model_server(PLANNED, ORDERED, ANSWERED) as server:
        answer = opened(server, planner="llm", reranker="llm").ask(QUESTION)
    assert schemas(server) == [PLAN_SCHEMA, ORDER_SCHEMA, SCHEMA]
    assert [step.text for step in answer.plan] == ["What does the three-phase plan involve?", "who met Netanyahu"]
    assert [s.text for s in answer.sentences] == [SAID]
    assert answer.notices == ()
    assert answer.usage == {"input_tokens": 300, "output_tokens": 60}


def test_the_planner_is_shown_no_word_of_a_briefing(opened: Open) -> None:
    with model_server(PLANNED, ANSWERED) as server:
        app = opened(server, planner="llm")
        app.ask(QUESTION)
        (summary,) = app.library.summaries()
        briefing = app.library.briefing(summary.briefing_id)
    shown = "\n".join(message["content"] for message in server.asked[0]["messages"])
    assert QUESTION in shown
    assert briefing.title not in shown
    assert not any(briefing.words_of(paragraph)[:40] in shown for paragraph in briefing.paragraphs)


def test_the_order_is_the_models(opened: Open) -> None:
    plain = [hit.passage.passage_id for hit in opened(None).search(QUESTION)]
    with model_server(ORDERED) as server:
        turned = [hit.passage.passage_id for hit in opened(server, reranker="llm").search(QUESTION)]
    assert len(plain) == 8
    assert turned == plain[::-1]


FAILURES = [
    (refuse(401, "Incorrect API key provided", "invalid_api_key"), "OPENAI_API_KEY"),
    (refuse(429, "Slow down", retry_after_ms="1"), "too many requests"),
    (refuse(503, "Overloaded", retry_after_ms="1"), "failed (503)"),
    (Reply(wait=2), "did not answer in time"),
    (Reply(keep_alive=30), "did not answer in time"),
    (Reply(("{", *[" "] * 40), pause=0.05), "did not answer in time"),
    (Reply(()), "could not be read"),
    (Reply(("I would look for ports.",)), "could not be read"),
    (Reply(('{"parts": 7, "order": 7}',)), ""),
    (Reply((), refusal="I cannot help with that."), "declined"),
    (Reply((), raw=b"data: {not json}\n\n"), "OPENAI_BASE_URL"),
    (Reply(('{"par',), breaks=True), "broke off"),
    (Reply(('{"par',), finish="length"), "cut off"),
]


def without_times(answer: Answer) -> dict[str, Any]:
    told = answer.as_dict()
    return {name: told[name] for name in told.keys() - {"timings_ms", "notices", "usage"}}


@pytest.mark.parametrize("setting", ["planner", "reranker"])
@pytest.mark.parametrize(("reply", "words"), FAILURES)
def test_where_it_fails_the_search_is_as_it_was_after_one_request(
    opened: Open, setting: str, reply: Reply, words: str
) -> None:
    with model_server(ANSWERED) as server:
        plain = opened(server).ask(QUESTION)
    with model_server(reply, ANSWERED) as server:
        app = opened(server, **{setting: "llm"})
        _ = app.engine  # what is loaded first takes longer than what is measured
        before = time.monotonic()
        answer = app.ask(QUESTION)
        took = time.monotonic() - before
    assert len(server.asked) == 2
    assert without_times(answer) == without_times(plain)
    (notice,) = answer.notices
    assert f"BRIEFINGS_{setting.upper()}" in notice
    assert words in notice
    assert took < 4  # half a second for the model, the rest for everything else on a busy machine


@pytest.mark.parametrize("setting", ["planner", "reranker"])
def test_without_a_model_the_notice_names_what_to_set(opened: Open, setting: str) -> None:
    plain = opened(None).ask(QUESTION)
    answer = opened(None, **{setting: "llm"}).ask(QUESTION)
    assert without_times(answer) == without_times(plain)
    (notice,) = answer.notices
    assert f"BRIEFINGS_{setting.upper()}" in notice
    assert "OPENAI_API_KEY" in notice


def test_a_composer_that_asks_no_model_is_named(opened: Open) -> None:
    with model_server(PLANNED) as server:
        planned = opened(server, planner="llm", composer="extractive").retriever.plan(QUESTION)
    assert "BRIEFINGS_COMPOSER=extractive" in planned.notices[0]
    assert server.asked == []


def test_incomplete_settings_of_a_model_are_told_in_the_notice(opened: Open) -> None:
    app = opened(None, composer="openai", planner="llm")
    planned = app.retriever.plan(QUESTION)
    assert "needs a key" in planned.notices[0]
    with pytest.raises(ModelError):
        app.ask(QUESTION)  # as without a planner


def test_the_engine_that_needs_no_model_asks_none(opened: Open) -> None:
    with model_server(PLANNED) as server:
        app = opened(server, planner="llm", reranker="llm")
        assert not app.engine_without_model.answer("What does the three-phase plan involve?").abstained
    assert server.asked == []


def test_a_quote_from_elsewhere_is_looked_up_without_the_model(opened: Open) -> None:
    wrong = ANSWERED.pieces[0].replace("P1", "P5").replace("What", "what")
    with model_server(PLANNED, ORDERED, Reply((wrong,))) as server:
        opened(server, planner="llm", reranker="llm").ask(QUESTION)
    assert schemas(server)[:2] == [PLAN_SCHEMA, ORDER_SCHEMA]
    assert schemas(server)[2:].count(SCHEMA) == len(server.asked) - 2
