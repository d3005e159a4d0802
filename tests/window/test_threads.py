"""Conversations that are kept: found again, renamed, deleted, and shown by two pages."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import LINE, PLAN, ask, opened_page, served

pytestmark = pytest.mark.slow


def test_two_pages_show_one_conversation_alike(browser: Browser, home: Path) -> None:
    with served(home) as address, opened_page(browser, address) as one:
        ask(one, PLAN)
        with opened_page(browser, one.url) as other:
            expect(other.locator(".exchange")).to_have_count(1)
            one.locator(LINE).fill("how many people were killed?")
            one.keyboard.press("Enter")
            other.locator(LINE).fill("who was abducted?")
            expect(other.locator(".foot")).to_have_count(2)  # and what is being typed there stays
            expect(other.locator(LINE)).to_have_value("who was abducted?")
            one.get_by_role("button", name=f"Rename {PLAN}").evaluate("button => button.click()")
            one.get_by_label("Name of the conversation").fill("The")
            other.locator(LINE).press("Enter")
            expect(one.locator(".foot")).to_have_count(3)
            expect(one.get_by_label("Name of the conversation")).to_have_value("The")
            other.get_by_role("button", name=f"Delete {PLAN}").evaluate("button => button.click()")
            other.get_by_role("button", name="Delete", exact=True).click()
            expect(one.locator(".welcome")).to_be_visible()


def test_a_conversation_that_is_opened_shows_what_was_asked_last(browser: Browser, home: Path) -> None:
    with served(home) as address, opened_page(browser, address, viewport={"width": 1000, "height": 420}) as page:
        for question in ("Who won the football championship in Brazil?", "Who won the cup?", PLAN):
            ask(page, question)
        page.reload()
        expect(page.locator(".question").last).to_be_in_viewport()
        page.get_by_role("button", name="New conversation").click()
        expect(page.locator(".welcome h2")).to_be_in_viewport()
        page.locator(".line .name").click()
        expect(page.locator(".question").last).to_be_in_viewport()
        page.locator(".question").first.scroll_into_view_if_needed()
        page.wait_for_timeout(2500)  # longer than it takes to notice that others have changed something
        expect(page.locator(".question").first).to_be_in_viewport()


def test_a_reload_finds_the_conversation_which_is_renamed_searched_and_deleted(
    browser: Browser, home: Path
) -> None:
    with served(home) as address:
        with opened_page(browser, address) as page:
            ask(page, PLAN)
            answer = page.locator(".answer").inner_text()
            page.reload()
            expect(page.locator(".answer")).to_have_text(answer)
            kept = page.url
            page.get_by_role("button", name="New conversation").click()
            expect(page.locator(".welcome")).to_be_visible()
            ask(page, "how many people were killed?")
            page.locator(".line", has_text=PLAN).hover()
            page.get_by_role("button", name=f"Rename {PLAN}").click()
            page.get_by_label("Name of the conversation").fill("The plan")
            page.keyboard.press("Enter")
            expect(page.locator(".line", has_text="The plan")).to_be_visible()
            page.locator('[data-testid="stSidebar"] input').first.fill("prisoners")
            page.keyboard.press("Enter")
            expect(page.locator(".list .line")).to_have_count(1)
            page.locator(".line .name", has_text="The plan").click()
            expect(page.locator(".question")).to_have_text(PLAN)
        with opened_page(browser, kept) as page:  # another visitor with the address
            expect(page.locator(".answer")).to_have_text(answer)
            page.locator(".line", has_text="The plan").hover()
            page.get_by_role("button", name="Delete The plan").click()
            page.get_by_role("button", name="Delete", exact=True).click()
            expect(page.locator(".welcome")).to_be_visible()
            expect(page.locator(".line", has_text="The plan")).to_have_count(0)
