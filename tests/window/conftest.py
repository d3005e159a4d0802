"""The browser and the server that the tests of the chat window share."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import chromium, opened_browser, served


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A Chromium; closed before other tests run, which could not start an event loop of their own beside it."""
    if chromium() is None:
        if os.environ.get("BRIEFINGS_NEEDS_CHROMIUM"):
            pytest.fail("no Chromium was found, and this run must not go without")
        pytest.skip("no Chromium was found (Debian: apt-get install chromium)")
    with opened_browser() as opened:
        yield opened


@pytest.fixture(scope="package")
def shared(real_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A window over the real briefing, for the tests that only read; each asks in a conversation of its own."""
    home = tmp_path_factory.mktemp("shared") / "home"
    shutil.copytree(real_home, home)
    with served(home) as address:
        yield address


@pytest.fixture
def home(real_home: Path, tmp_path: Path) -> Path:
    """A home of the test's own with the real briefing in it."""
    return Path(shutil.copytree(real_home, tmp_path / "own"))
