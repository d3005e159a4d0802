"""What stands before the page: a strict Content-Security-Policy on everything, and a password where one is set."""

import asyncio
import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import parse_qs

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

_COOKIE = "briefings"
_LONGEST_FORM = 10_000  # bytes
_WRONG_COSTS = 1.0  # seconds
_LOGIN = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Briefings</title>
<meta name="viewport" content="width=device-width,initial-scale=1">
<style>:root{color-scheme:light dark}body{font:1.1rem/1.5 Georgia,serif;display:grid;place-content:center;
min-height:90vh}form{display:flex;gap:.6rem}input,button{font:inherit;padding:.4rem .7rem}</style>
<h1>Briefings</h1><form method="post" action="login"><input type="password" name="password" required autofocus
aria-label="Password" autocomplete="current-password"><button>Open</button></form></html>"""


def content_security_policy(page: str) -> str:
    """The policy for a page: nothing is fetched from elsewhere, only its own inline scripts run.

    `blob:` scripts are how Streamlit loads the parts of the page; styles are written by its style library.
    """
    inline = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in inline]
    rules = {
        "default-src": "'none'",
        "script-src": " ".join(["'self'", "blob:", *hashes]),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


class Guard:
    """ASGI middleware: adds the headers to every response, and lets nobody pass without the password."""

    def __init__(self, app: Application, policy: str, password: str | None) -> None:
        self._app = app
        self._password = password
        self._pass = secrets.token_hex(32)  # of this run of the server
        self._headers = [
            (b"content-security-policy", policy.encode()),
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"no-referrer"),
            (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
        ]

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *self._headers]
            await send(message)

        if scope["type"] not in ("http", "websocket") or self._admitted(scope):
            await self._app(scope, receive, send_with_headers)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 4401})
        else:
            await self._log_in(scope, receive, send_with_headers)

    def _admitted(self, scope: Message) -> bool:
        if self._password is None:
            return True
        for name, value in scope["headers"]:
            if name == b"cookie":
                cookie = SimpleCookie(value.decode("latin-1")).get(_COOKIE)
                if cookie and hmac.compare_digest(cookie.value.encode(), self._pass.encode()):
                    return True
        return False

    async def _log_in(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["method"] == "POST" and scope["path"].endswith("/login"):
            given = parse_qs((await _body(receive)).decode("utf-8", "replace")).get("password", [""])[0]
            if hmac.compare_digest(given.encode(), (self._password or "").encode()):
                cookie = f"{_COOKIE}={self._pass}; Path=/; HttpOnly; SameSite=Strict"
                await _respond(send, 303, b"", [(b"location", b"./"), (b"set-cookie", cookie.encode())])
                return
            await asyncio.sleep(_WRONG_COSTS)
        await _respond(send, 401, _LOGIN.encode(), [(b"content-type", b"text/html; charset=utf-8")])


async def _body(receive: Receive) -> bytes:
    body = b""
    while len(body) < _LONGEST_FORM:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    return body


async def _respond(send: Send, status: int, body: bytes, headers: list[tuple[bytes, bytes]]) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
