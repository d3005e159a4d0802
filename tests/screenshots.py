"""Takes pictures of the main states of the chat window: `python -m tests.screenshots FOLDER`."""

import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from tests.browser import ask, briefings, opened_browser, opened_page, served
from tests.conftest import ROOT, SEEDS

DESKTOP: dict[str, Any] = {"viewport": {"width": 1360, "height": 860}}
PHONE: dict[str, Any] = {"viewport": {"width": 380, "height": 780}, "has_touch": True}
QUESTIONS = ("what does the three-phase plan involve?", "what did Blinken say about Hamas?")


def main(folder: Path) -> None:
    """One set of pictures for each size and colour scheme."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, opened_browser() as browser, served(Path(home)) as address:
        _take(browser, address, folder, "first-run", "light", DESKTOP)
        briefings(Path(home), "ingest", str(SEEDS), str(ROOT / "evals" / "briefings"))
        for scheme in ("light", "dark"):
            for name, size in (("", DESKTOP), ("phone-", PHONE)):
                with opened_page(browser, address, color_scheme=scheme, **size) as page:
                    _walk(page, folder, f"{{}}-{name}{scheme}.png")


def _take(browser: Browser, address: str, folder: Path, name: str, scheme: str, size: dict[str, Any]) -> None:
    with opened_page(browser, address, color_scheme=scheme, **size) as page:
        page.locator(".welcome").wait_for()
        _picture(page, folder / f"{name}-{scheme}.png")


def _walk(page: Page, folder: Path, names: str) -> None:
    page.locator(".welcome li").first.wait_for()
    _picture(page, folder / names.format("welcome"))
    for question in QUESTIONS:
        ask(page, question)
    page.locator(".mark").last.hover()
    _picture(page, folder / names.format("answer"))
    page.locator(".mark").last.click()
    page.locator("mark.chosen").wait_for()
    _picture(page, folder / names.format("citation"))
    page.get_by_role("button", name="All briefings").last.click()
    page.locator(".line input").first.wait_for()
    _picture(page, folder / names.format("briefings"))
    page.locator(".shut").click()
    ask(page, "Who won the football championship in Brazil?")
    _picture(page, folder / names.format("abstention"))


def _picture(page: Page, path: Path) -> None:
    page.wait_for_timeout(1200)  # until everything has faded in
    page.screenshot(path=path)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
