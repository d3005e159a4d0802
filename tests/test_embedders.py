"""Embedders: the one that ships inside a package, and any server that speaks the OpenAI protocol."""

import json
import logging
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, ClassVar

import numpy as np
import pytest
from pydantic import SecretStr

from rag.embedders import Embedder, WordLlamaEmbedder, load_wordllama
from rag.errors import EmbedderError
from rag.models import build_embedder
from rag.settings import Settings
from tests.conftest import ROOT

# -- WordLlama ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def wordllama() -> WordLlamaEmbedder:
    return WordLlamaEmbedder()


def test_vectors_have_unit_length(wordllama: WordLlamaEmbedder) -> None:
    rows = wordllama.embed(["hostages", "The talks failed.", "😀", "中文", "a" * 50_000])
    assert rows.shape == (5, 256)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1] * 5, abs=1e-5)


def test_texts_without_words_give_numbers_too(wordllama: WordLlamaEmbedder) -> None:
    rows = wordllama.embed(["", " ", "\n", "\x00", "?!"])
    lengths = np.linalg.norm(rows, axis=1)
    assert np.isfinite(rows).all()
    assert all(length == pytest.approx(0) or length == pytest.approx(1, abs=1e-5) for length in lengths)


def test_no_texts_give_no_rows(wordllama: WordLlamaEmbedder) -> None:
    assert wordllama.embed([]).shape == (0, 256)


def test_a_row_does_not_depend_on_its_neighbours(wordllama: WordLlamaEmbedder) -> None:
    texts = ["hostages", "", "The talks failed after nine days of rain.", "polio"]
    together = wordllama.embed(texts)
    alone = np.concatenate([wordllama.embed([text]) for text in texts])
    assert np.allclose(together, alone, atol=1e-5)


def test_a_row_is_that_of_wordllama_itself(wordllama: WordLlamaEmbedder) -> None:
    texts = ["hostages", "The  talks\nfailed after nine days.", "中文 😀 <s> ▁x", "Dr. Orm's £40m — twice!"]
    own = load_wordllama().embed(texts, norm=True)
    assert np.allclose(wordllama.embed(texts), own, rtol=0, atol=1e-6)


def test_words_of_one_meaning_lie_nearer_than_others(wordllama: WordLlamaEmbedder) -> None:
    abducted, kidnapped, budget = wordllama.embed(["abducted", "kidnapped", "budget"])
    assert abducted @ kidnapped > 0.4 > abducted @ budget


def test_the_end_of_an_enormous_text_is_not_read(wordllama: WordLlamaEmbedder) -> None:
    start = "ships " * 4_000
    rows = wordllama.embed([start, start + "polio " * 100_000])
    assert np.array_equal(rows[0], rows[1])


def test_loading_it_leaves_the_root_logger_alone() -> None:
    """In a process of its own, where nothing has loaded it yet."""
    program = (
        "import logging; before = (logging.root.handlers[:], logging.root.level)\n"
        "from rag.embedders import WordLlamaEmbedder; WordLlamaEmbedder()\n"
        "assert (logging.root.handlers, logging.root.level) == before, logging.root.handlers"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_handler_of_the_users_is_kept(wordllama: WordLlamaEmbedder) -> None:
    handler = logging.NullHandler()
    logging.root.addHandler(handler)
    WordLlamaEmbedder()
    assert handler in logging.root.handlers
    logging.root.removeHandler(handler)


# -- a server -------------------------------------------------------------------------------------------


@dataclass
class Server:
    """What a small embeddings server was asked; it answers a text with (its number of characters, 4)."""

    url: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)


class Handler(BaseHTTPRequestHandler):
    """Speaks `/v1/embeddings`: the key "bad" is refused, "boom" breaks it, and it knows the model "toy" only."""

    server_state: ClassVar[Server]

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        key = self.headers["Authorization"].removeprefix("Bearer ")
        self.server_state.requests.append(asked)
        self.server_state.keys.append(key)
        if self.path != "/v1/embeddings":
            self.reply(404, {"error": {"message": f"no such path {self.path}"}})
        elif key == "bad":
            self.reply(401, {"error": {"message": "Incorrect API key provided"}})
        elif key == "boom":
            self.reply(500, {"error": {"message": "out of memory"}})
        elif asked["model"] != "toy":
            self.reply(404, {"error": {"message": f"model {asked['model']!r} not found"}})
        else:
            rows = [
                {"object": "embedding", "index": i, "embedding": [float(len(text)), 4.0]}
                for i, text in enumerate(asked["input"])
            ]
            usage = {"prompt_tokens": 1, "total_tokens": 1}
            self.reply(200, {"object": "list", "model": "toy", "data": rows, "usage": usage})

    def reply(self, status: int, body: dict[str, Any]) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing on stderr."""


@pytest.fixture
def server() -> Iterator[Server]:
    state = Server()
    handler = type("OneHandler", (Handler,), {"server_state": state})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as http:
        state.url = f"http://127.0.0.1:{http.server_port}/v1"
        thread = Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield state
        http.shutdown()
        thread.join()


@pytest.fixture
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retries follow at once."""
    monkeypatch.setattr(time, "sleep", lambda seconds: None)


def like(url: str | None, key: str | None = None, model: str = "toy") -> Embedder:
    return build_embedder(
        Settings(
            embedder="openai-like",
            embedder_model=model,
            openai_base_url=url,
            openai_api_key=None if key is None else SecretStr(key),
            timeout=5,
        )
    )


def test_a_server_gives_one_vector_of_unit_length_a_text(server: Server) -> None:
    rows = like(server.url, "good").embed(["abc", "", "bread and ships"])
    assert rows.dtype == np.float32
    # (3, 4) / 5; an empty text is sent as a space, (1, 4) / √17; (15, 4) / √241
    assert rows == pytest.approx(np.array([[0.6, 0.8], [1 / 17**0.5, 4 / 17**0.5], [15 / 241**0.5, 4 / 241**0.5]]))
    assert [r["model"] for r in server.requests] == ["toy"]
    assert server.keys == ["good"]


def test_a_server_of_ones_own_needs_no_key(server: Server) -> None:
    assert like(server.url).embed(["abc"]).tolist() == [pytest.approx([0.6, 0.8])]


def test_many_texts_are_sent_in_batches_and_come_back_in_their_order(server: Server) -> None:
    texts = ["x" * n for n in range(1, 251)]
    rows = like(server.url).embed(texts)
    assert [round(4 * x / y) for x, y in rows] == list(range(1, 251))
    assert sorted(len(r["input"]) for r in server.requests) == [50, 100, 100]


@pytest.mark.parametrize(
    ("key", "model", "said"),
    [("bad", "toy", "Incorrect API key"), ("good", "unheard-of", "unheard-of")],
)
def test_a_wrong_key_or_model_is_told_once_with_the_settings_to_check(
    server: Server, key: str, model: str, said: str
) -> None:
    with pytest.raises(EmbedderError) as caught:
        like(server.url, key, model).embed(["abc"])
    assert said in caught.value.reason
    assert server.url in caught.value.remedy
    assert "OPENAI_API_KEY" in caught.value.remedy
    assert "BRIEFINGS_EMBEDDER_MODEL" in caught.value.remedy
    assert len(server.requests) == 1


@pytest.mark.usefixtures("no_waiting")
def test_a_server_that_breaks_is_asked_again_and_then_named(server: Server) -> None:
    with pytest.raises(EmbedderError) as caught:
        like(server.url, "boom").embed(["abc"])
    assert "out of memory" in caught.value.reason
    assert 1 < len(server.requests) < 10


@pytest.mark.usefixtures("no_waiting")
def test_a_server_that_is_not_there_is_named() -> None:
    with pytest.raises(EmbedderError) as caught:
        like("http://127.0.0.1:9/v1").embed(["abc"])
    assert "http://127.0.0.1:9/v1" in caught.value.remedy


# -- building -------------------------------------------------------------------------------------------


def test_openai_without_a_key_is_refused_before_anything_is_sent() -> None:
    for key in (None, ""):
        with pytest.raises(EmbedderError) as caught:
            build_embedder(Settings(embedder="openai", openai_api_key=None if key is None else SecretStr(key)))
        assert "OPENAI_API_KEY" in caught.value.remedy


def test_an_openai_like_server_without_an_address_is_refused() -> None:
    with pytest.raises(EmbedderError) as caught:
        like(None, "good")
    assert "OPENAI_BASE_URL" in caught.value.remedy


def test_fingerprints_tell_embedders_apart(server: Server) -> None:
    built = [build_embedder(Settings()), like(server.url), like(server.url, model="other")]
    assert len({e.fingerprint for e in built}) == 3
    assert like(server.url).fingerprint == like(server.url, "key").fingerprint
