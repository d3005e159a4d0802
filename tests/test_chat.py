"""The real client, against a server on this machine."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from rag.answers import Usage
from rag.errors import ModelError
from rag.llm.chat import ChatModel, Prompt
from rag.models import build_chat_model
from rag.settings import Settings
from tests.model_server import KINDS, ModelServer, Reply, model_server, refuse

pytestmark = pytest.mark.slow  # waits for servers that do not answer

ASK = Prompt("Be brief.", "What?", {"type": "object"})
HELLO = Reply(("Hel", "lo"))


Build = Callable[..., ChatModel]


@pytest.fixture
def model() -> Iterator[Build]:
    """Builds models as the settings do, and closes them."""
    built: list[ChatModel] = []

    def build(server: ModelServer | str, kind: str = "openai-like", **more: Any) -> ChatModel:
        built.append(_build(server, kind, **more))
        return built[-1]

    yield build
    for one in built:
        one.close()


def _build(server: ModelServer | str, kind: str, **more: Any) -> ChatModel:
    url = server if isinstance(server, str) else server.url
    built = build_chat_model(
        Settings(
            home=Path("home"),
            model=more.pop("model", "toy-model"),
            openai_api_key=more.pop("openai_api_key", "sk-test"),
            openai_base_url=url,
            **{"composer": kind, "timeout": 0.5, "reply_timeout": 1.5, **more},
        )
    )
    assert built is not None
    return built


def reply_of(model: ChatModel) -> str:
    return "".join(piece.text for piece in model.stream(ASK))


@pytest.mark.parametrize("kind", KINDS)
def test_a_reply_arrives_in_pieces_with_its_usage(model: Build, kind: str) -> None:
    with model_server(HELLO) as server:
        pieces = list(model(server, kind).stream(ASK))
    assert [p.text for p in pieces if p.text] == ["Hel", "lo"]
    assert pieces[-1].usage == Usage(100, 20)
    [asked] = server.asked
    assert asked["path"] == "/v1/chat/completions"
    assert [m["content"] for m in asked["messages"]] == ["Be brief.", "What?"]
    assert [m["role"] for m in asked["messages"]] == ["system", "user"]
    assert asked["response_format"]["json_schema"]["schema"] == {"type": "object"}
    assert asked["temperature"] == 0.0
    limit = "max_completion_tokens" if kind == "openai" else "max_tokens"
    assert asked[limit] == Settings().reply_tokens
    assert server.keys == ["Bearer sk-test"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_parameter_that_a_server_does_not_know_is_left_out_from_then_on(model: Build, kind: str) -> None:
    limit = "max_completion_tokens" if kind == "openai" else "max_tokens"
    with model_server(
        refuse(400, "'response_format' of type json_schema is not supported"),
        refuse(422, "Extra inputs are not permitted: stream_options"),
        refuse(400, "Unsupported value: 'temperature' does not support 0.0"),
        refuse(400, f"Unsupported parameter: '{limit}'"),
        HELLO,
    ) as server:
        chat = model(server, kind)
        assert reply_of(chat) == "Hello"
        assert reply_of(chat) == "Hello"
    assert len(server.asked) == 6
    for asked in server.asked[4:]:
        assert not {"response_format", "stream_options", "temperature", limit} & set(asked)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("reply", "words", "setting", "requests"),
    [
        (refuse(401, "Incorrect API key provided", "invalid_api_key"), "key was refused", "OPENAI_API_KEY", 1),
        (refuse(403, "Country not supported"), "key was refused", "OPENAI_API_KEY", 1),
        (refuse(404, "The model does not exist", "model_not_found"), "no model", "BRIEFINGS_MODEL", 1),
        (refuse(429, "Slow down", retry_after_ms="1"), "too many requests", "moment", 3),
        (refuse(429, "Slow down", retry_after="600"), "too many requests", "moment", 1),
        (refuse(429, "No credit", "insufficient_quota", retry_after_ms="1"), "no credit", "OPENAI_API_KEY", 3),
        (refuse(500, "Oops", retry_after_ms="1"), "failed (500)", "moment", 3),
        (refuse(503, "Overloaded", retry_after_ms="1"), "failed (503)", "moment", 3),
        (refuse(400, "context length exceeded"), "context length exceeded", "BRIEFINGS_MODEL", 1),
    ],
)
def test_an_error_names_what_is_wrong_and_retries_are_bounded(
    model: Build, kind: str, reply: Reply, words: str, setting: str, requests: int
) -> None:
    with model_server(reply) as server, pytest.raises(ModelError) as caught:
        reply_of(model(server, kind, timeout=5))
    assert words in caught.value.reason
    assert setting in caught.value.remedy
    assert len(server.asked) == requests


@pytest.mark.parametrize("kind", KINDS)
def test_what_fails_for_a_moment_is_asked_again(model: Build, kind: str) -> None:
    with model_server(refuse(503, "Overloaded", retry_after_ms="1"), HELLO) as server:
        assert reply_of(model(server, kind)) == "Hello"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("reply", "words", "before"),
    [
        (Reply(("Hel",), breaks=True), "broke off", "Hel"),
        (Reply(("Hel",), finish=None, usage=None), "broke off", "Hel"),
        (Reply(("Hel",), finish="length"), "cut off", "Hel"),
        (Reply(("Hel",), finish="content_filter"), "withheld", "Hel"),
        (Reply((), refusal="I cannot help with that."), "declined", ""),
        (Reply(("Hel",), raw=b"data: {not json}\n\n"), "cannot be read", "Hel"),
        (Reply(("Hel",), raw=b'data: {"error": {"message": "worker died"}}\n\n'), "worker died", "Hel"),
        (Reply(("Hel",), raw=b"data: [1, 2]\n\n"), "", "Hel"),
        (Reply(("Hel", "lo"), pause=0.7), "in time", ""),
        (Reply(("Hel",), keep_alive=40), "in time", "Hel"),
    ],
)
def test_a_stream_that_goes_wrong_keeps_what_came_before(
    model: Build, kind: str, reply: Reply, words: str, before: str
) -> None:
    got: list[str] = []
    started = time.monotonic()
    with model_server(reply) as server, pytest.raises(ModelError) as caught:
        got.extend(piece.text for piece in model(server, kind).stream(ASK))
    assert "".join(got) == before
    assert words in caught.value.reason
    assert len(server.asked) == 1 or not before
    assert time.monotonic() - started < 10


def test_a_server_that_never_answers_is_given_up(model: Build) -> None:
    with model_server(Reply(wait=3)) as server, pytest.raises(ModelError, match="did not answer in time"):
        reply_of(model(server, timeout=0.1))
    assert len(server.asked) == 3


def test_no_server_at_all(model: Build) -> None:
    with pytest.raises(ModelError, match="cannot be reached") as caught:
        reply_of(model("http://127.0.0.1:9/v1"))
    assert "OPENAI_BASE_URL" in caught.value.remedy


def test_whoever_stops_reading_ends_the_request(model: Build) -> None:
    with model_server(Reply(("Hel",) * 200, pause=0.02)) as server:
        stream = model(server).stream(ASK)
        assert next(stream).text == "Hel"
        stream.close()
        assert server.gone.wait(5)


def test_a_model_that_is_newer_than_the_client_library_is_asked_all_the_same(model: Build) -> None:
    with model_server(HELLO) as server:
        assert reply_of(model(server, "openai", model="gpt-of-tomorrow")) == "Hello"
    assert server.asked[0]["model"] == "gpt-of-tomorrow"


def test_two_replies_read_in_turn_do_not_end_each_other(model: Build) -> None:
    with model_server(Reply(("Hel", "lo") * 20, pause=0.01)) as server:
        chat = model(server, timeout=5, reply_timeout=5)
        first, second = chat.stream(ASK), chat.stream(ASK)
        assert next(first).text == next(second).text == "Hel"
        first.close()
        assert server.gone.wait(5)
        assert "".join(p.text for p in second) == "lo" + "Hello" * 19


@pytest.mark.parametrize("key", ["sk-schlüssel", "sk-a\nb", "sk-\x00"])
def test_a_key_that_cannot_be_sent_is_told_before_anything_is_asked(model: Build, key: str) -> None:
    with pytest.raises(ModelError) as caught:
        model("http://127.0.0.1:9/v1", openai_api_key=key)
    assert "OPENAI_API_KEY" in caught.value.remedy


def test_space_around_a_key_is_no_part_of_it(model: Build) -> None:
    with model_server(HELLO) as server:
        assert reply_of(model(server, openai_api_key=" sk-test\n")) == "Hello"
    assert server.keys == ["Bearer sk-test"]


def test_a_server_is_named_by_its_address_as_it_is(model: Build) -> None:
    with model_server(refuse(500, "Oops", retry_after_ms="1")) as server, pytest.raises(ModelError) as caught:
        reply_of(model(server))
    assert caught.value.reason == f"{server.url} failed (500)."
