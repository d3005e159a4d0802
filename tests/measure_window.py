"""Measures the chat window in a real browser: `python -m tests.measure_window`.

One visitor alone (median and worst of several rounds), then twenty at once, each with a page of their own. Given
the folder of a library and a question that it answers: one visitor alone, over a copy of that.
"""

import asyncio
import shutil
import statistics
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from time import perf_counter
from typing import Literal

from playwright.async_api import Browser, Page, async_playwright

from tests.browser import PATIENCE, SWITCHES, briefings, chromium, served
from tests.conftest import ROOT, SEEDS

ROUNDS = 7
CROWD = 20
QUESTION = "what did Blinken say about Hamas?"  # is answered with several citations
_State = Literal["attached", "detached", "hidden", "visible"]
_INPUT = '[data-testid="stChatInputTextArea"]'


async def visit(browser: Browser, address: str, question: str) -> dict[str, float]:
    """What one visitor waits for, in milliseconds, and how much the server sent."""
    context = await browser.new_context(viewport={"width": 1280, "height": 820})
    page = await context.new_page()
    page.set_default_timeout(PATIENCE)
    sent: list[int] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: sent.append(len(frame))))
    waits = {"first paint": await _wait(lambda: _open(page, address))}
    await page.locator(_INPUT).fill(question)
    started = perf_counter()
    await page.keyboard.press("Enter")
    await page.locator(".exchange .mark").first.wait_for()
    waits["question to first sentence"] = _ms(started)
    await page.locator(".exchange .foot").first.wait_for()
    waits["question to full answer"] = _ms(started)
    mark = page.locator(".exchange .mark").last
    waits["click to highlighted source"] = await _wait(lambda: _highlight(page, mark.click))
    shut = page.locator(".shut")
    waits["click to closed source (a rerun)"] = await _wait(
        lambda: _until(page, shut.click, ".st-key-pane", "detached")
    )
    browse = page.locator(".nav button", has_text="All briefings")
    before = sum(sent)
    waits["click to list of briefings"] = await _wait(lambda: _until(page, browse.click, ".line .read"))
    waits["list of briefings, kilobytes"] = (sum(sent) - before) / 1000
    tick = page.locator(".line input").nth(1)
    waits["tick to limit shown"] = await _wait(lambda: _until(page, tick.click, ".chip"))
    waits["all, kilobytes"] = sum(sent) / 1000
    await context.close()
    return waits


async def _open(page: Page, address: str) -> None:
    await page.goto(address)
    await page.locator(_INPUT).wait_for()


async def _highlight(page: Page, click: Callable[[], Awaitable[None]]) -> None:
    await click()
    await page.locator("mark.chosen").wait_for()


async def _until(page: Page, click: Callable[[], Awaitable[None]], wanted: str, state: _State = "visible") -> None:
    await click()
    await page.locator(wanted).first.wait_for(state=state)


async def _wait(action: Callable[[], Awaitable[None]]) -> float:
    started = perf_counter()
    await action()
    return _ms(started)


def _ms(started: float) -> float:
    return (perf_counter() - started) * 1000


async def measure(address: str, question: str, crowd: int) -> None:
    """Print the table; a visitor who meets an error ends the run."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), headless=True, args=SWITCHES)
        await visit(browser, address, question)  # what is loaded once is not counted
        alone = [await visit(browser, address, question) for _ in range(ROUNDS)]
        together = await asyncio.gather(*(visit(browser, address, question) for _ in range(crowd)))
        await browser.close()
    headings = ["milliseconds", "alone: median", f"worst of {ROUNDS}"]
    print("|", " | ".join(headings + [f"{crowd} at once: median", "95th percentile"][: 2 * bool(crowd)]), "|")
    print("|---|" + "---|" * (4 if crowd else 2))
    for step in alone[0]:
        one, many = ([visitor[step] for visitor in visitors] for visitors in (alone, together))
        values = [statistics.median(one), max(one)]
        if many:
            values += [statistics.median(many), statistics.quantiles(many, n=20)[-1]]
        print(f"| {step} |", " | ".join(f"{value:.0f}" for value in values), "|")


def main(library: Path | None, question: str) -> None:
    """Serve the real and the fictional briefings, or a copy of a library, and measure."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        if library:
            shutil.copytree(library, home)
        else:
            briefings(home, "ingest", str(SEEDS), str(ROOT / "evals" / "briefings"))
        with served(home) as address:
            asyncio.run(measure(address, question, 0 if library else CROWD))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[2:] else None, sys.argv[2] if sys.argv[2:] else QUESTION)
