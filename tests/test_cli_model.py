"""`briefings ask` with a language model behind the real client, and with one that fails in every way."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.command import QUESTION, QUOTE, SAID, Ended, Run
from tests.model_server import KINDS, Reply, model_server, refuse

pytestmark = pytest.mark.slow  # waits for servers that do not answer

RECORD = {"text": SAID, "quotes": [{"paragraph": "P1", "quote": QUOTE}]}
WHOLE = json.dumps({"sentences": [RECORD], "missing": None})
CUT = WHOLE.replace("]}],", ']}, {"text": "Hamas rel')[: WHOLE.index("]}]") + 20]


@pytest.fixture
def ask(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `briefings ask` on the real briefing, with these settings."""

    def ask(*options: str, **settings: str) -> Ended:
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        ended = run("ask", QUESTION, *options)
        assert "Traceback" not in ended.err
        return ended

    return ask


def settings(kind: str, url: str, **more: str) -> dict[str, str]:
    """What a user sets for a model at this address."""
    return {
        "BRIEFINGS_COMPOSER": kind,
        "OPENAI_BASE_URL": url,
        "OPENAI_API_KEY": "sk-test",
        "BRIEFINGS_MODEL": "toy-model",
        "BRIEFINGS_TIMEOUT": "0.3",
        "BRIEFINGS_REPLY_TIMEOUT": "1",
        **more,
    }


@pytest.mark.parametrize("kind", KINDS)
def test_a_models_answer_is_shown_with_its_quotes(ask: Run, kind: str) -> None:
    with model_server(Reply((WHOLE[:50], WHOLE[50:]))) as server:
        ended = ask("--json", **settings(kind, server.url))
    assert (ended.code, ended.err) == (0, "")
    assert [s["text"] for s in ended.json["sentences"]] == [SAID]
    assert [s["support"] for s in ended.json["sentences"]] == ["supported"]
    assert ended.json["citations"][0]["quote"] == QUOTE
    assert ended.json["composer"] == f"{kind}:toy-model"
    assert ended.json["usage"] == {"input_tokens": 100, "output_tokens": 20}
    assert ended.json["notices"] == []


def test_the_trace_shows_the_plan_that_a_model_refined(ask: Run) -> None:
    part: dict[str, Any] = {"question": "the three-phase plan", "sources": [], "since": None, "until": None}
    slow = {"BRIEFINGS_PLANNER": "llm", "BRIEFINGS_TIMEOUT": "9", "BRIEFINGS_REPLY_TIMEOUT": "9"}
    with model_server(Reply((json.dumps({"parts": [part]}),)), Reply((WHOLE,))) as server:
        ended = ask("--trace", **settings("openai", server.url, **slow))
    assert "Searched everything for: the three-phase plan" in " ".join(ended.out.split())
    with model_server(Reply(("I would look for plans.",)), Reply((WHOLE,))) as server:
        ended = ask("--trace", **settings("openai", server.url, **slow))
    assert f"Searched everything for: {QUESTION}" in " ".join(ended.out.split())
    assert "BRIEFINGS_PLANNER" in ended.out


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("reply", "setting"),
    [
        (refuse(401, "Incorrect API key provided", "invalid_api_key"), "OPENAI_API_KEY"),
        (refuse(404, "The model does not exist", "model_not_found"), "BRIEFINGS_MODEL"),
        (refuse(429, "Slow down", retry_after_ms="1"), "Ask again in a moment."),
        (refuse(503, "Overloaded", retry_after_ms="1"), "Ask again in a moment."),
        (Reply(wait=2), "BRIEFINGS_TIMEOUT"),
        (Reply(keep_alive=30), "BRIEFINGS_TIMEOUT"),
        (Reply(()), "could not be read"),
        (Reply(("I am sorry.",)), "could not be read"),
        (Reply((), refusal="I cannot help with that."), "declined"),
        (Reply((), raw=b"data: {not json}\n\n"), "OPENAI_BASE_URL"),
        (Reply((CUT[:40],), breaks=True), "broke off"),
        (Reply((CUT[:40],), finish="length"), "BRIEFINGS_REPLY_TOKENS"),
    ],
)
def test_without_it_the_answer_is_composed_all_the_same_and_says_why(
    ask: Run, kind: str, reply: Reply, setting: str
) -> None:
    with model_server(reply) as server:
        ended = ask("--json", **settings(kind, server.url))
    assert (ended.code, ended.err) == (0, "")
    assert not ended.json["abstained"]
    assert ended.json["composer"] == "extractive"
    [notice] = ended.json["notices"]
    assert notice.startswith("Composed without the language model. ")
    assert setting in notice
    assert "sk-test" not in ended.out


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "reply", [Reply((CUT,), breaks=True), Reply((CUT,), finish="length"), Reply((CUT,), keep_alive=30)]
)
def test_what_was_verified_before_it_broke_off_stays(ask: Run, kind: str, reply: Reply) -> None:
    with model_server(reply) as server:
        ended = ask(**settings(kind, server.url))
    assert ended.code == 0
    assert f"{SAID} [1]" in ended.out
    assert "The answer may be incomplete." in ended.out


def test_no_server_at_all(ask: Run) -> None:
    ended = ask("--json", **settings("openai-like", "http://127.0.0.1:9/v1"))
    assert ended.code == 0
    assert "OPENAI_BASE_URL" in ended.json["notices"][0]


@pytest.mark.parametrize(
    ("settings", "setting"),
    [
        ({"BRIEFINGS_COMPOSER": "openai"}, "OPENAI_API_KEY"),
        ({"BRIEFINGS_COMPOSER": "openai-like"}, "OPENAI_BASE_URL"),
        ({"BRIEFINGS_COMPOSER": "openai-like", "OPENAI_BASE_URL": "http://127.0.0.1:9/v1"}, "BRIEFINGS_MODEL"),
        ({"OPENAI_API_KEY": "sk-schlüssel"}, "OPENAI_API_KEY"),
        ({"BRIEFINGS_COMPOSER": "gpt"}, "BRIEFINGS_COMPOSER"),
        ({"BRIEFINGS_PROMPT_TOKENS": "3"}, "BRIEFINGS_PROMPT_TOKENS"),
    ],
)
def test_incomplete_settings_end_with_one_line(ask: Run, settings: dict[str, str], setting: str) -> None:
    ended = ask(**settings)
    assert ended.code in (1, 2)
    assert ended.out == ""
    assert len(ended.err.splitlines()) == 1
    assert setting in ended.err
