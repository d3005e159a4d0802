"""What stands before the page: addresses, the password, and the policy."""

import asyncio
import json
from typing import Any

import pytest
from pydantic import SecretStr

from rag.errors import UsageError
from rag.settings import Settings
from ui.guard import Guard, Message, content_security_policy
from ui.serve import is_loopback, serve


def test_another_address_needs_a_password() -> None:
    for address in ("0.0.0.0", "192.168.1.5", "::"):
        assert not is_loopback(address)
        with pytest.raises(UsageError, match="others could read"):
            serve(Settings(), address)
    assert all(is_loopback(a) for a in ("127.0.0.1", "localhost", "::1"))


def test_the_policy_admits_only_the_page_s_own_scripts() -> None:
    policy = content_security_policy("<script>\n  a = 1\n</script>")
    assert policy.startswith("default-src 'none'; script-src 'self' blob: 'sha256-")
    assert "img-src 'self' data:" in policy
    assert "'unsafe-inline'" not in policy.split("style-src")[0]


def test_nobody_passes_without_the_password() -> None:
    async def inner(scope: Message, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"secret"})

    guard = Guard(inner, "default-src 'none'", "open sesame")

    def ask(method: str, path: str, body: bytes = b"", cookie: str = "") -> tuple[int, dict[bytes, bytes], bytes]:
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        headers = [(b"cookie", cookie.encode())] if cookie else []
        scope = {"type": "http", "method": method, "path": path, "headers": headers}
        asyncio.run(guard(scope, receive, send))
        return sent[0]["status"], dict(sent[0]["headers"]), sent[1].get("body", b"")

    status, headers, body = ask("GET", "/")
    assert (status, b"secret" in body) == (401, False)
    assert headers[b"content-security-policy"] == b"default-src 'none'"
    assert ask("POST", "/login", b"password=wrong")[0] == 401
    status, headers, _ = ask("POST", "/login", b"password=open+sesame")
    assert status == 303
    cookie = headers[b"set-cookie"].decode().split(";")[0]
    assert ask("GET", "/", cookie=cookie)[2] == b"secret"
    assert ask("GET", "/", cookie="briefings=guess")[0] == 401


def test_the_password_is_not_shown_by_the_settings() -> None:
    assert "sesame" not in repr(Settings(chat_password=SecretStr("open sesame")))
    assert "sesame" not in json.dumps(Settings(chat_password=SecretStr("open sesame")).model_dump(mode="json"))
