"""Pages are fetched from public servers only, by the address that was checked, within limits of time and size."""

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from ingest import public
from ingest.formats import MAX_BYTES
from ingest.pipeline import ingest
from ingest.public import is_public
from ingest.walk import addresses_among
from ingest.web import Address, address_of, fetch, is_address
from rag.build import App, build_app
from rag.errors import UnreadableError
from rag.settings import Settings

PAGE = b"<html><head><title>Talks</title></head><body><h1>Talks</h1><p>Nine ships left \xe9.</p></body></html>"
Answer = Callable[[BaseHTTPRequestHandler], None]


@pytest.fixture
def site() -> Iterator[tuple[str, dict[str, Answer]]]:
    """A server of this machine, and what it answers by path."""
    answers: dict[str, Answer] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            try:
                answers[self.path.partition("?")[0]](self)
            except OSError:  # the other side has had enough
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", answers
    server.shutdown()
    thread.join()
    server.server_close()


def sends(body: bytes, *headers: tuple[str, str], status: int = 200) -> Answer:
    """Answers with these."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in headers:
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body)

    return answer


def html(body: bytes = PAGE, charset: str = "") -> Answer:
    return sends(body, ("Content-Type", f"text/html{charset}"))


def refused(url: str, **options: object) -> str:
    """The reason for which a URL is refused."""
    with pytest.raises(UnreadableError) as caught:
        fetch(address_of(url), **options)  # type: ignore[arg-type]
    assert caught.value.remedy
    return caught.value.reason


# -- what is fetched -------------------------------------------------------------------------------------


def test_a_page_comes_with_a_name_and_in_the_charset_that_the_server_says(
    site: tuple[str, dict[str, Answer]],
) -> None:
    root, answers = site
    answers["/a/talks"] = html(charset="; charset=ISO-8859-1")
    page = fetch(address_of(f"{root}/a/talks?x=1#part"), private=True)
    assert (page.name, page.host) == ("talks.html", "127.0.0.1")
    assert "left é." in page.data.decode("utf-8-sig")


@pytest.mark.parametrize(
    ("path", "kind", "body", "name"),
    [
        ("/a.pdf", "application/octet-stream", b"%PDF-1.7 x", "a.pdf"),
        ("/a", "text/html", b"%PDF-1.7 x", "a.pdf"),  # the bytes are right, whatever the server says
        ("/a.pdf", "application/pdf", b"<!DOCTYPE html><p>Sorry", "a.html"),
        ("/a.md", "text/plain", b"# Talks", "a.md"),
        ("/a", "text/plain", b"Talks", "a.txt"),
        ("/", "text/html", b"<p>x", "127.0.0.1.html"),
        ("/a.eml", "message/rfc822", b"From: x", "a.eml"),
        ("/a.txt", "", b"Talks", "a.txt"),
    ],
)
def test_the_format_is_told_by_the_bytes_the_type_and_the_name(
    site: tuple[str, dict[str, Answer]], path: str, kind: str, body: bytes, name: str
) -> None:
    root, answers = site
    answers[path] = sends(body, ("Content-Type", kind)) if kind else sends(body)
    assert fetch(address_of(root + path), private=True).name == name


def test_redirects_are_followed_some_times(site: tuple[str, dict[str, Answer]]) -> None:
    root, answers = site
    for n in range(9):
        answers[f"/{n}"] = sends(b"", ("Location", f"/{n + 1}"), status=302)
    answers["/9"] = html()
    assert fetch(address_of(f"{root}/5"), private=True).name == "9.html"
    assert "redirects more than 5 times" in refused(f"{root}/0", private=True)


def test_packed_pages_are_unpacked(site: tuple[str, dict[str, Answer]]) -> None:
    root, answers = site
    headers = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"))
    answers["/a"] = sends(gzip.compress(PAGE), *headers)
    assert b"Nine ships" in fetch(address_of(f"{root}/a"), private=True).data


# -- what is refused -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost:8501/", "http://2130706433/", "http://0x7f000001/",
        "http://127.1/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://0.0.0.0/",
        "http://10.0.0.1/", "http://192.168.1.1/", "http://172.16.0.1/", "http://169.254.169.254/latest/meta-data/",
        "http://100.64.0.1/", "http://[fe80::1]/", "http://[fc00::1]/", "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/", "http://224.0.0.1/", "http://255.255.255.255/",
    ],
)  # fmt: skip
def test_private_addresses_are_refused_however_they_are_written(url: str) -> None:
    assert "private network" in refused(url)


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700:4700::1111", "::ffff:8.8.8.8"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


def test_a_name_that_leads_to_a_private_address_is_refused() -> None:
    for found in (["127.0.0.1"], ["1.1.1.1", "10.0.0.1"], ["::ffff:192.168.0.1"]):
        assert "private network" in refused("http://sennet.example/", resolve=lambda *_, found=found: found)


def test_a_name_is_looked_up_once_and_its_checked_address_is_used() -> None:
    """A name server that answers with another address the second time is not asked a second time."""
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["10.0.0.1"] if len(asked) > 1 else ["192.0.2.1"]

    assert "private network" in refused("http://sennet.example/", resolve=resolve)  # 192.0.2.0/24 is for examples
    assert asked == ["sennet.example"]


def test_a_redirect_to_a_private_address_is_refused(site: tuple[str, dict[str, Answer]]) -> None:
    root, answers = site
    port = root.rpartition(":")[2]
    answers["/a"] = sends(b"", ("Location", "http://inner.example/"), status=301)

    def resolve(host: str, _: int) -> list[str]:
        return ["127.0.0.1"] if host == "outer.example" else ["10.0.0.1"]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            public, "is_public", lambda address: address == "127.0.0.1"
        )  # the test's server stands for a public one
        assert "inner.example is an address" in refused(f"http://outer.example:{port}/a", resolve=resolve)


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "ftp://sennet.example/", "http://", "http://a b/", "//"]
)
def test_a_redirect_to_what_is_no_page_is_refused(site: tuple[str, dict[str, Answer]], location: str) -> None:
    root, answers = site
    answers["/a"] = sends(b"", ("Location", location), status=302)
    assert refused(f"{root}/a", private=True)


def trickle(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Type", "text/html")
    request.end_headers()
    for _ in range(200):
        request.wfile.write(b"x")
        time.sleep(0.05)


def trickled_headers(request: BaseHTTPRequestHandler) -> None:
    request.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    for _ in range(200):
        request.wfile.write(b"x")
        request.wfile.flush()
        time.sleep(0.05)


def silent(request: BaseHTTPRequestHandler) -> None:
    time.sleep(1.5)


@pytest.mark.parametrize("answer", [trickle, trickled_headers, silent])
def test_a_slow_server_is_given_up_in_time(site: tuple[str, dict[str, Answer]], answer: Answer) -> None:
    root, answers = site
    answers["/a"] = answer
    began = time.monotonic()
    assert "longer than" in refused(f"{root}/a", private=True, seconds=0.6)
    assert time.monotonic() - began < 1.4


def test_a_slow_name_server_is_given_up_in_time() -> None:
    began = time.monotonic()
    slow = threading.Event()
    assert "longer than" in refused("http://sennet.example/", resolve=lambda *_: slow.wait(3) or [], seconds=0.3)
    slow.set()
    assert time.monotonic() - began < 1.2


def endless(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Type", "text/html")
    request.end_headers()
    while True:
        request.wfile.write(b"x" * 1_000_000)


def test_an_endless_page_is_given_up(site: tuple[str, dict[str, Answer]]) -> None:
    root, answers = site
    answers["/a"] = endless
    assert "larger than" in refused(f"{root}/a", private=True)


def test_a_page_that_unpacks_to_far_more_is_given_up(site: tuple[str, dict[str, Answer]]) -> None:
    root, answers = site
    bomb = gzip.compress(b"\0" * (2 * MAX_BYTES), 1)
    answers["/a"] = sends(bomb, ("Content-Type", "text/html"), ("Content-Encoding", "gzip"))
    assert "larger than" in refused(f"{root}/a", private=True)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (sends(b"gone", status=404), "404 Not Found"),
        (sends(b"\x89PNG", ("Content-Type", "image/png")), "image/png"),
        (sends(b"x", ("Content-Type", "text/html"), ("Content-Encoding", "br")), "packed as br"),
        (sends(b"x", ("Content-Type", "text/html"), ("Content-Encoding", "gzip")), "packed it wrongly"),
        (sends(b"x", *((f"X-{n}", "y" * 1_000) for n in range(300))), "cannot be fetched"),
        (lambda request: request.wfile.write(b"SSH-2.0-x\r\n"), "cannot be fetched"),
        (lambda request: None, "cannot be fetched"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_with_its_reason(
    site: tuple[str, dict[str, Answer]], answer: Answer, reason: str
) -> None:
    root, answers = site
    answers["/a"] = answer
    assert reason in refused(f"{root}/a", private=True)


def test_nobody_at_home_is_a_reason() -> None:
    assert "cannot be fetched" in refused("http://127.0.0.1:9/", private=True)
    assert "no such host" in refused("http://sennet.invalid/", resolve=_unknown)


def _unknown(host: str, port: int) -> list[str]:
    raise OSError(-2, "Name or service not known")


@pytest.mark.parametrize(
    "word",
    [
        "http://",
        "https:///a",
        "http://0177.0.0.1/",
        "http://user:secret@sennet.example/",
        "http://a\x00b/",
        "http://[::1",
    ],
)
def test_what_is_no_url_is_refused(word: str) -> None:
    assert is_address(word)
    found, problems = addresses_among([word, "a.txt", "file:///a.txt"])
    assert (found, [p.outcome for p in problems]) == ([], ["failed"])


# -- into the library ------------------------------------------------------------------------------------


def test_a_page_is_brought_in_once_replaced_when_its_words_change_and_never_from_here_unasked(
    site: tuple[str, dict[str, Answer]], app: App, tmp_path: object
) -> None:
    root, answers = site
    address = address_of(f"{root}/2031/talks-at-sennet")
    answers["/2031/talks-at-sennet"] = html(PAGE + b"<!-- visit 1 -->")
    (result,) = ingest(app, [address])
    assert (result.outcome, result.path) == ("failed", address)
    allowed = build_app(Settings(home=app.settings.home, allow_private_urls=True))
    try:
        (result,) = ingest(allowed, [address])
        assert (result.outcome, result.briefing_id) == ("added", "talks-at-sennet")
        briefing = allowed.library.briefing("talks-at-sennet")
        assert (briefing.title, briefing.source, briefing.uri) == ("Talks", "127.0.0.1", address)
        answers["/2031/talks-at-sennet"] = html(PAGE + b"<!-- visit 2 -->")
        assert [r.outcome for r in ingest(allowed, [address])] == ["unchanged"]
        answers["/2031/talks-at-sennet"] = html(PAGE.replace(b"Nine", b"Ten"))
        assert [r.outcome for r in ingest(allowed, [address])] == ["replaced"]
        assert "Ten ships" in allowed.library.briefing("talks-at-sennet").text
    finally:
        allowed.close()


def test_urls_are_told_from_paths() -> None:
    assert [is_address(w) for w in ("HTTP://a.example", "https://a", "a.txt", "/http://a", "ftp://a")] == [
        True, True, False, False, False,
    ]  # fmt: skip
    assert addresses_among(["http://A.example", "a.txt", "http://a.example/"])[0] in (
        [Address("http://a.example"), Address("http://a.example/")],
        [Address("http://a.example/")],
    )
