"""Measures the chat window in a real browser: `python -m tests.measure_window`.

One visitor alone (median and worst of several rounds), then twenty at once, each with a page of their own.
"""

import asyncio
import statistics
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from time import perf_counter

from playwright.async_api import Browser, Page, async_playwright

from tests.browser import PATIENCE, SWITCHES, briefings, chromium, served
from tests.conftest import ROOT, SEEDS

ROUNDS = 7
CROWD = 20
QUESTION = "what did Blinken say about Hamas?"  # is answered with several citations
_INPUT = '[data-testid="stChatInputTextArea"]'


async def visit(browser: Browser, address: str) -> dict[str, float]:
    """What one visitor waits for, in milliseconds."""
    context = await browser.new_context(viewport={"width": 1280, "height": 820})
    page = await context.new_page()
    page.set_default_timeout(PATIENCE)
    waits = {"first paint": await _wait(lambda: _open(page, address))}
    await page.locator(_INPUT).fill(QUESTION)
    started = perf_counter()
    await page.keyboard.press("Enter")
    await page.locator(".exchange .mark").first.wait_for()
    waits["question to first sentence"] = _ms(started)
    await page.locator(".exchange .foot").first.wait_for()
    waits["question to full answer"] = _ms(started)
    mark = page.locator(".exchange .mark").last
    waits["click to highlighted source"] = await _wait(lambda: _highlight(page, mark.click))
    await context.close()
    return waits


async def _open(page: Page, address: str) -> None:
    await page.goto(address)
    await page.locator(_INPUT).wait_for()


async def _highlight(page: Page, click: Callable[[], Awaitable[None]]) -> None:
    await click()
    await page.locator("mark.chosen").wait_for()


async def _wait(action: Callable[[], Awaitable[None]]) -> float:
    started = perf_counter()
    await action()
    return _ms(started)


def _ms(started: float) -> float:
    return (perf_counter() - started) * 1000


async def measure(address: str) -> None:
    """Print the table; a visitor who meets an error ends the run."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), headless=True, args=SWITCHES)
        await visit(browser, address)  # what is loaded once is not counted
        alone = [await visit(browser, address) for _ in range(ROUNDS)]
        crowd = await asyncio.gather(*(visit(browser, address) for _ in range(CROWD)))
        await browser.close()
    print(f"| milliseconds | alone: median | worst of {ROUNDS} | {CROWD} at once: median | 95th percentile |")
    print("|---|---|---|---|---|")
    for step in alone[0]:
        one, many = ([visitor[step] for visitor in visitors] for visitors in (alone, crowd))
        tail = statistics.quantiles(many, n=20)[-1]
        values = (statistics.median(one), max(one), statistics.median(many), tail)
        print(f"| {step} |", " | ".join(f"{value:.0f}" for value in values), "|")


def main() -> None:
    """Serve the real and the fictional briefings, and measure."""
    with tempfile.TemporaryDirectory() as home:
        briefings(Path(home), "ingest", str(SEEDS), str(ROOT / "evals" / "briefings"))
        with served(Path(home)) as address:
            asyncio.run(measure(address))


if __name__ == "__main__":
    main()
