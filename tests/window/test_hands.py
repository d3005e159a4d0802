"""With the keyboard alone, and with a finger on a phone."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import LINE, PLAN, ask, inside, opened_page
from tests.command import ANSWER

pytestmark = pytest.mark.slow


def test_the_focus_returns_to_a_mark_that_was_drawn_anew(browser: Browser, shared: str) -> None:
    with opened_page(browser, shared) as page:
        ask(page, PLAN)
        page.locator(".mark").click()
        expect(page.locator("#p8:focus mark.chosen")).to_have_text(ANSWER)
        page.locator(".mark").evaluate("mark => mark.replaceWith(mark.cloneNode(true))")
        page.keyboard.press("Escape")
        expect(page.locator(".st-key-pane")).to_have_count(0)
        expect(page.locator(".mark:focus")).to_have_count(1)


def test_the_keyboard_is_enough(browser: Browser, shared: str) -> None:
    with opened_page(browser, shared) as page:
        page.locator(LINE).focus()
        page.keyboard.type(PLAN)
        page.keyboard.press("Enter")
        page.locator(".foot").wait_for()
        for _ in range(12):
            page.keyboard.press("Shift+Tab")
            if page.locator(".mark:focus").count():
                break
        expect(page.locator(".mark:focus")).to_have_count(1)
        expect(page.locator(".card")).to_be_visible()
        page.keyboard.press("Enter")
        expect(page.locator("#p8:focus mark.chosen")).to_have_text(ANSWER)
        page.keyboard.press("Escape")
        expect(page.locator(".st-key-pane")).to_have_count(0)
        expect(page.locator(".mark:focus")).to_have_count(1)


def test_a_phone_shows_everything_without_scrolling_sideways(browser: Browser, shared: str) -> None:
    phone = {"viewport": {"width": 380, "height": 740}, "has_touch": True, "color_scheme": "dark"}
    with opened_page(browser, shared, **phone) as page:
        ask(page, PLAN)
        assert page.evaluate("document.documentElement.scrollWidth") <= 380
        page.locator(".mark").first.tap()
        expect(page.locator("mark.chosen")).to_have_text(ANSWER)
        assert inside(page.locator("mark.chosen"))
        box = page.locator(".st-key-pane").bounding_box()
        assert box
        assert (box["x"], box["width"]) == (0, 380)
        page.locator(".shut").tap()
        expect(page.locator(".mark").first).to_be_visible()
        red, green, blue = page.evaluate(
            "getComputedStyle(document.querySelector('.stApp')).backgroundColor.match(/\\d+/g).map(Number)"
        )
        assert max(red, green, blue) < 60
