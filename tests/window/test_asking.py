"""What is asked in the chat window, and how it is answered, as a person sees it."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import FLOODS, LINE, PLAN, added, ask, opened_page, served
from tests.command import ANSWER

pytestmark = pytest.mark.slow


def test_first_run_loads_the_sample_and_offers_questions_that_it_answers(browser: Browser, tmp_path: Path) -> None:
    with served(tmp_path / "empty") as address, opened_page(browser, address) as page:
        expect(page.locator(".welcome")).to_contain_text("The library is empty")
        page.get_by_role("button", name="Load the sample briefing").click()
        examples = page.locator(".welcome li button")
        expect(examples).to_have_count(3)
        question = examples.first.inner_text()
        examples.first.click()
        expect(page.locator(".question")).to_have_text(question)
        expect(page.locator(".sentence").first).to_be_visible()
        assert page.title() == "Briefings"


def test_an_example_that_is_clicked_twice_is_asked_once(browser: Browser, shared: str) -> None:
    with opened_page(browser, shared) as page:
        page.locator(".welcome li button").first.dblclick()
        page.locator(".foot").wait_for()
        page.wait_for_timeout(1000)
        expect(page.locator(".exchange")).to_have_count(1)


def test_a_follow_up_says_how_it_was_understood_and_keeps_the_first_answer(browser: Browser, shared: str) -> None:
    with opened_page(browser, shared) as page:
        ask(page, "how many people were killed?")
        first = page.locator(".exchange").first.locator(".answer").inner_text()
        ask(page, "and in Gaza?")
        expect(page.locator(".exchange").nth(1)).to_contain_text(
            "Understood as: how many people were killed in Gaza?"
        )
        assert page.locator(".exchange").first.locator(".answer").inner_text() == first
        page.locator(".mark").first.click()
        expect(page.locator("mark.chosen")).to_be_visible()


def test_the_question_as_understood_is_edited_and_asked_anew(browser: Browser, shared: str) -> None:
    with opened_page(browser, shared) as page:
        ask(page, "how many people were killed?")
        ask(page, "and in Gaza?")
        edit = page.get_by_role("button", name="Edit the question as it was understood")
        edit.focus()
        page.keyboard.press("Enter")
        field = page.get_by_label("The question as understood")
        expect(field).to_be_focused()
        expect(field).to_have_value("how many people were killed in Gaza?")
        page.keyboard.press("Escape")
        expect(edit).to_be_focused()
        edit.click()
        expect(page.locator(".exchange")).to_have_count(2)  # nothing was asked yet
        field.fill("how many people were abducted?")
        page.keyboard.press("Enter")
        expect(page.locator(".question").nth(2)).to_have_text("how many people were abducted?")
        page.locator(".exchange").nth(2).locator(".foot").wait_for()
        expect(page.locator(".exchange").nth(2)).to_contain_text("around 250 people have been abducted")


def test_what_cannot_be_asked_is_refused_in_words_and_not_kept(browser: Browser, shared: str) -> None:
    with opened_page(browser, shared) as page:
        line = page.locator(LINE)
        for words, why in (("why " * 1_100, "The question has 4,399 characters"), ("?!", "The question is empty.")):
            line.fill(words)
            page.keyboard.press("Enter")
            expect(page.locator('[data-testid="stBottom"]')).to_contain_text(why)
        expect(page.locator(".exchange")).to_have_count(0)
        ask(page, PLAN)
        expect(page.locator('[data-testid="stBottom"]')).not_to_contain_text("The question is empty.")


def test_what_the_library_holds_is_told_line_by_line(browser: Browser, home: Path) -> None:
    added(home, FLOODS)
    with served(home) as address, opened_page(browser, address) as page:
        ask(page, "Which briefings do you have?")
        expect(page.locator(".said")).to_have_text("Briefings in the library: 2.")
        expect(page.locator(".searched")).to_have_text("Newest first:")
        lines = page.locator(".listed li")
        expect(lines).to_have_count(2)
        expect(lines.first.locator(".quiet")).to_have_text("Aldry Gazette · 16 May 2031")
        ask(page, "and the oldest?")
        expect(page.locator(".exchange").nth(1).locator(".listed li")).to_have_count(1)


def test_stop_leaves_the_question_and_no_answer(browser: Browser, home: Path) -> None:
    with served(home, slow=True) as address, opened_page(browser, address) as page:
        page.locator(LINE).fill(PLAN)
        page.keyboard.press("Enter")
        expect(page.locator(".pending")).to_contain_text("Reading the briefings")
        page.get_by_role("button", name="Stop").click()
        expect(page.locator(".exchange")).to_contain_text("Stopped before there was an answer.")
        page.wait_for_timeout(3500)
        expect(page.locator(".answer")).to_have_count(0)
        page.get_by_role("button", name="Ask again").click()
        expect(page.locator(".pending")).to_contain_text("Reading the briefings")  # the click has arrived
        page.reload()  # the answer is composed behind the page and is there after a reload
        expect(page.locator(".answer")).to_contain_text("three-phase process")


def test_copy_and_download_give_the_answer_with_its_citations(
    browser: Browser, shared: str, tmp_path: Path
) -> None:
    with opened_page(browser, shared, permissions=["clipboard-read", "clipboard-write"]) as page:
        ask(page, PLAN)
        page.get_by_role("button", name="Copy").click()
        expect(page.get_by_role("button", name="Copied")).to_be_visible()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith(f"{PLAN}\n\n{ANSWER} [1]\n\nSources\n\n1. Blinken’s")
        with page.expect_download() as download:
            page.get_by_role("button", name="Download").click()
        assert download.value.suggested_filename == "what-does-the-three-phase-plan-involve.md"
        written = Path(download.value.path()).read_text("utf-8")
        assert written.startswith(f"## {PLAN}\n\n{ANSWER} \\[1\\]\n\n### Sources\n\n1. Blinken’s")
        page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
        page.get_by_role("button", name="Copy").click()
        expect(page.get_by_role("button", name="Not allowed here")).to_be_visible()
