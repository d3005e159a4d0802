"""A real Chromium and a real server, for the tests of the chat window and for its screenshots."""

import contextlib
import shutil
import signal
import time
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from rag.answers import Answer
from rag.asking.followup import Standalone
from rag.briefings import Hit
from rag.build import build_app
from rag.compose import ExtractiveComposer
from rag.settings import Settings
from tests.conftest import ROOT, fill
from tests.forked import Forked, free_port
from ui.cli import main

PATIENCE = 60_000  # milliseconds
LINE = '[data-testid="stChatInputTextArea"]'  # to type a question in
PLAN = "what does the three-phase plan involve?"
SEVERAL = "how many people were killed, and which countries will Blinken visit?"  # two citations
FICTION = ROOT / "evals" / "briefings"
FLOODS = FICTION / "relief-tessel-floods-aldry-gazette.md"
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
expect.set_options(timeout=PATIENCE)


def chromium() -> str | None:
    """The path of a Chromium that is installed, or None."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


@contextlib.contextmanager
def opened_browser() -> Iterator[Browser]:
    """A headless Chromium that goes nowhere by itself."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), headless=True, args=SWITCHES)
        yield browser
        browser.close()


@contextlib.contextmanager
def served(home: Path, *, slow: bool = False, **settings: str) -> Iterator[str]:
    """The address of a chat window over this home; `slow` makes every answer take three seconds, `settings` are
    further variables of its environment."""
    port = free_port()
    command = ("--home", str(home), "chat", "--port", str(port), "--no-browser")
    server = Forked(ROOT, *command, run=_slow if slow else main, settings=settings)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(address, server)
        yield address
    finally:
        server.send_signal(signal.SIGTERM)
        server.communicate(20)


@contextlib.contextmanager
def opened_page(browser: Browser, address: str, **options: Any) -> Iterator[Page]:
    """A new visitor's page, drawn; whatever it logged as an error, or asked of others, fails the test."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 820}, **options})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    server = address.partition("?")[0]
    own = (server, server.replace("http", "ws"), "data:", "blob:")
    page.on("request", lambda r: None if r.url.startswith(own) else complaints.append(f"fetched {r.url}"))
    page.goto(address)
    page.locator(LINE).wait_for()
    yield page
    context.close()
    assert complaints == []


def ask(page: Page, question: str) -> None:
    """Type a question and wait until its answer is complete."""
    before = page.locator(".exchange").count()
    page.locator(LINE).fill(question)
    page.keyboard.press("Enter")
    page.locator(".exchange").nth(before).locator(".foot").wait_for()


def drop(page: Page, *paths: Path) -> None:
    """Drop files onto the place for them, as a hand would."""
    files = [[path.name, list(path.read_bytes())] for path in paths]
    carried = page.evaluate_handle(
        """files => {
            const carried = new DataTransfer();
            for (const [name, bytes] of files) carried.items.add(new File([new Uint8Array(bytes)], name));
            return carried;
        }""",
        files,
    )
    place = page.locator('[data-testid="stFileUploaderDropzone"]')
    for event in ("dragenter", "dragover", "drop"):
        place.dispatch_event(event, {"dataTransfer": carried})


def open_catalogue(page: Page) -> None:
    """Open the list of briefings from the side bar."""
    page.locator(".nav button", has_text="All briefings").click()
    page.locator(".bar h2").wait_for()


def inside(node: Locator) -> bool:
    """True when the node is in the visible part of the window."""
    box, size = node.bounding_box(), node.page.viewport_size
    return bool(box and size and box["y"] >= 0 and box["y"] + box["height"] <= size["height"] + 1)


def added(home: Path, path: Path) -> None:
    """Bring a file in while no window is open."""
    app = build_app(Settings(home=home))
    fill(app, path)
    app.close()


def briefings(home: Path, *words: str) -> None:
    """Run a command of the command line in another process; it must succeed."""
    process = Forked(ROOT, "--home", str(home), *words)
    _, complaints = process.communicate()
    assert process.poll() == 0, complaints


def _slow() -> None:
    """The command line, in which every answer takes three seconds."""
    compose = ExtractiveComposer.compose

    def slowly(self: ExtractiveComposer, question: Standalone, hits: Sequence[Hit]) -> Answer:
        time.sleep(3)
        return compose(self, question, hits)

    ExtractiveComposer.compose = slowly  # type: ignore[method-assign]
    main()


def _wait_for(address: str, server: Forked) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the chat window did not start")
