"""Starts the chat window's server from the command line, with its settled look and safe defaults."""

import ipaddress
import logging
import os
import socket
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rag.errors import UsageError
from rag.settings import Settings
from ui.signals import interruptible

_HERE = Path(__file__).parent
_PORT = 8501
_TRIED = 20  # ports after the usual one, when that is taken
_log = logging.getLogger(__name__)


def serve(settings: Settings, address: str = "127.0.0.1", port: int | None = None, browser: bool = True) -> None:
    """Serve the chat window until it is interrupted.

    Raises UsageError for a port that is taken, and for an address that others can reach without a password.
    """
    password = settings.chat_password.get_secret_value() if settings.chat_password else None
    if not is_loopback(address) and not password:
        raise UsageError(
            f"At {address} others could read and change your briefings.",
            "Set BRIEFINGS_CHAT_PASSWORD first, or leave out --address.",
        )
    port = _free_port(address, port)
    os.environ["BRIEFINGS_HOME"] = str(settings.home)  # the page reads its settings by itself
    import streamlit as st
    from starlette.middleware import Middleware
    from streamlit import file_util

    from ui.guard import Guard, content_security_policy
    from ui.shared import house

    house()  # a library that cannot be opened is said here; what a first question needs is loaded meanwhile
    shell = Path(file_util.get_static_dir(), "index.html").read_text("utf-8")
    guard = Middleware(Guard, content_security_policy(shell), password)
    app = st.App(_HERE / "app.py", middleware=[guard], on_script_error=_show_error)
    config = flattened(tomllib.loads((_HERE / ".streamlit" / "config.toml").read_text("utf-8")))
    config |= {"server.address": address, "server.port": port, "server.headless": not browser}
    config["logger.hideWelcomeMessage"] = True
    if not is_loopback(address):
        config["server.allowedHosts"] = []  # the names by which others reach it are not known here
        print("Others can reach this window. The password travels unencrypted: put a TLS proxy in front of it.")
    print(f"Briefings is open at http://{_host(address)}:{port} (Ctrl-C ends it).", flush=True)
    try:
        with interruptible():
            app.run(config=config)
    finally:
        house.clear()  # which closes it: what is being answered is kept as far as it is


def is_loopback(address: str) -> bool:
    """True for an address that only this machine can reach."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"


def flattened(tables: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Nested tables as one, with dotted names."""
    flat: dict[str, Any] = {}
    for name, value in tables.items():
        flat |= flattened(value, f"{prefix}{name}.") if isinstance(value, dict) else {f"{prefix}{name}": value}
    return flat


def _free_port(address: str, port: int | None) -> int:
    for candidate in [port] if port else range(_PORT, _PORT + _TRIED):
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((address, candidate))
            except OSError:
                continue
            return candidate
    raise UsageError(
        f"Nothing can be served at {address}, port {port or _PORT}: it is taken or not this machine's.",
        "Choose another with --port.",
    )


def _host(address: str) -> str:
    return f"[{address}]" if ":" in address else address


def _show_error(error: Exception) -> bool:
    """One plain line in the page; the log has the rest."""
    import streamlit as st

    _log.error("the page failed", exc_info=error)
    st.text("Something went wrong that should not have. The server's log says what; reload the page to go on.")
    return True
