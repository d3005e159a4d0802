"""The server of the chat window: when it ends, and what every response carries."""

import contextlib
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import LINE, PATIENCE, PLAN, opened_page, served

pytestmark = pytest.mark.slow


def test_a_question_that_is_being_answered_when_the_server_ends_is_kept(browser: Browser, home: Path) -> None:
    with served(home, slow=True) as address, opened_page(browser, address) as page:
        page.locator(LINE).fill(PLAN)
        page.keyboard.press("Enter")
        expect(page.locator(".pending")).to_contain_text("Reading the briefings")
        conversation = page.url.partition("?")[2]
    with served(home) as address, opened_page(browser, f"{address}?{conversation}") as page:
        expect(page.locator(".exchange .foot")).to_have_count(1)  # stopped, or answered in the last moment


def test_a_page_whose_server_has_gone_says_so_and_what_to_do(browser: Browser, home: Path) -> None:
    with contextlib.ExitStack() as server:
        address = server.enter_context(served(home))
        page = browser.new_page()  # not `opened_page`: the browser complains of a server that has gone
        page.goto(address)
        page.locator(LINE).wait_for()
        server.close()
        told = page.locator("section[role=dialog] h2 + div")
        expect(told).to_have_css("font-size", "0px", timeout=PATIENCE)  # Streamlit's words
        words = told.evaluate("e => getComputedStyle(e, '::after').content")
        page.close()
    assert "Start it again with “briefings chat”" in words


def test_every_response_carries_the_policy(browser: Browser, shared: str) -> None:
    context = browser.new_context()
    for path in ("/", "/_stcore/health", "/nowhere"):
        headers = context.request.get(shared + path).headers
        assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self' blob:")
        assert headers["x-content-type-options"] == "nosniff"
    assert context.request.get(shared, headers={"Host": "attacker.example"}).status in (200, 400, 403)
    context.close()
