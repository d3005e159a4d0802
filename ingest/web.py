"""Fetching a page or a file by its URL, from public servers only, within a limit of time and size.

Every connection is made to an address that was checked, so that neither a redirect nor a name server can lead to
another one. No proxy is used.
"""

import http
import re
import ssl
import time
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote

import httpcore
import httpx

from ingest.encodings import decode_declared
from ingest.formats import MAX_BYTES, too_large
from ingest.public import PublicNetwork, Resolve, resolved
from ingest.readers import READERS
from rag.errors import UnreadableError

SECONDS = 9.0  # for all of it: names, redirects, and the last byte
_REDIRECTS = 5
_URL = re.compile(r"https?://", re.IGNORECASE)
_TYPES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "message/rfc822": ".eml",
    "text/markdown": ".md",
    "text/x-markdown": ".md",
    "text/plain": ".txt",
}
_UNTOLD = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/download"})
_TEXTS = frozenset({".html", ".txt", ".text", ".md", ".markdown"})


class Address(str):
    """A URL to read a briefing from."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Page:
    """What was fetched: the bytes, and a name for them whose ending says what they are."""

    name: str
    data: bytes
    host: str


def is_address(word: str) -> bool:
    """True for what is a URL and no path."""
    return _URL.match(word) is not None


def address_of(word: str) -> Address:
    """The URL in its usual spelling, without the part after `#`. Raises UnreadableError for anything else."""
    try:
        url = httpx.URL(word.strip())
        plain = str(url.copy_with(fragment=None))
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise UnreadableError("it is not a URL", "Write it like https://example.org/page.") from error
    if url.scheme not in ("http", "https") or not url.host:
        raise UnreadableError("it is not a web address", "Write it like https://example.org/page.")
    if url.userinfo:
        raise UnreadableError("it holds a user name or password", "Save the page as a file, and ingest that.")
    return Address(plain)


def fetch(
    address: Address, *, private: bool = False, seconds: float = SECONDS, resolve: Resolve | None = None
) -> Page:
    """What is at this URL; `private` allows servers of this machine and its networks.

    Raises UnreadableError, saying why: an address that is not public, a server that is slow, that refuses or
    sends too much, a format that cannot be read.
    """
    backend = PublicNetwork(time.monotonic() + seconds, resolve or resolved, private)
    url = httpx.URL(address)
    try:
        for _ in range(_REDIRECTS + 1):
            found = _get(backend, url)
            if isinstance(found, Page):
                return found
            url = httpx.URL(address_of(str(url.join(found))))
    except (httpcore.TimeoutException, TimeoutError) as error:
        raise UnreadableError(f"its server takes longer than {seconds:.0f} seconds", "Try again later.") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, ssl.SSLError, OSError) as error:
        words = str(error).strip().rstrip(".") or type(error).__name__
        raise UnreadableError(f"it cannot be fetched: {words}"[:300], "Check the URL and the network.") from error
    except (httpx.InvalidURL, ValueError) as error:
        raise UnreadableError("its server redirects to something that is not a URL", "Check the URL.") from error
    raise UnreadableError(f"it redirects more than {_REDIRECTS} times", "Check the URL.")


def _get(backend: PublicNetwork, url: httpx.URL) -> Page | str:
    """What is at this URL, or where it redirects to."""
    target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
    host = url.netloc
    headers = [
        (b"Host", host),
        (b"User-Agent", b"briefings/0.1"),
        (b"Accept", b"text/html, application/pdf, text/plain, */*;q=0.5"),
        (b"Accept-Encoding", b"gzip"),
    ]
    with (
        httpcore.ConnectionPool(network_backend=backend, max_connections=1) as pool,
        pool.stream("GET", target, headers=headers) as response,
    ):
        told = {name.lower(): value.decode("latin-1") for name, value in reversed(response.headers)}
        if response.status in (301, 302, 303, 307, 308) and b"location" in told:
            return told[b"location"]
        if response.status != 200:
            raise UnreadableError(f"its server answers {_status(response.status)}", "Check the URL.")
        kind, _, rest = told.get(b"content-type", "").partition(";")
        data = _body(response.iter_stream(), told.get(b"content-encoding", "").strip().lower())
        suffix = _suffix(kind.strip().lower(), url, data)
        if suffix in _TEXTS:
            charset = re.search(r"charset\s*=\s*([^\s;]+)", rest, re.IGNORECASE)
            if charset:  # as the server says, and not what the page says of itself
                data = decode_declared(data, charset[1])[0].encode("utf-8-sig", "surrogatepass")
        return Page(_name(url, suffix), data, url.host)


def _status(code: int) -> str:
    try:
        return f"{code} {http.HTTPStatus(code).phrase}"
    except ValueError:
        return str(code)


def _body(chunks: Iterable[bytes], encoding: str) -> bytes:
    """The whole body, unpacked. Raises UnreadableError when it is too large, packed or not."""
    if encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise UnreadableError(f"it is packed as {encoding[:40]}, which was not asked for", "Save it as a file.")
    unpack = zlib.decompressobj(47) if encoding not in ("", "identity") else None
    parts: list[bytes] = []
    packed = size = 0
    for chunk in chunks:
        packed += len(chunk)
        for part in _unpacked(unpack, chunk) if unpack else (chunk,):
            parts.append(part)
            size += len(part)
            if max(size, packed) > MAX_BYTES:
                raise too_large(MAX_BYTES)
    if unpack and not unpack.eof:
        raise UnreadableError("its server broke off, or packed it wrongly", "Try again later.")
    return b"".join(parts)


def _unpacked(unpack: "zlib._Decompress", chunk: bytes) -> Iterator[bytes]:
    try:
        while chunk:
            yield unpack.decompress(chunk, 1_000_000)
            chunk = unpack.unconsumed_tail
    except zlib.error as error:
        raise UnreadableError("its server packed it wrongly", "Save it as a file, and ingest that.") from error


def _suffix(kind: str, url: httpx.URL, data: bytes) -> str:
    """The ending for what was sent: by its first bytes, by what the server says it is, by its name."""
    named = PurePosixPath(url.path).suffix.lower()
    start = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"%pdf-"):
        return ".pdf"
    if start.startswith((b"<!doctype html", b"<html")):
        return ".html"
    if start.startswith(b"{\\rtf"):
        return ".rtf"
    if kind == "text/plain" and named in _TEXTS - {".html"}:
        return named
    if kind in _TYPES:
        return _TYPES[kind]
    if kind in _UNTOLD and named in READERS:
        return named
    raise UnreadableError(f"it is {kind[:60] or 'of no known type'}, which cannot be read", "Save it as a file.")


def _name(url: httpx.URL, suffix: str) -> str:
    last = PurePosixPath(unquote(url.path)).name
    stem = PurePosixPath(last).stem if PurePosixPath(last).suffix.lower() in READERS else last
    return f"{(stem or url.host)[:150]}{suffix}"
