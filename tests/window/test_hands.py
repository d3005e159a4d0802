"""With the keyboard alone, and with a finger on a phone."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import FLOODS, LINE, PLAN, added, ask, inside, opened_page, served
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


FOCUSED = """() => {
    let node = document.activeElement;
    while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
    return node.getAttribute("aria-label") ?? node.textContent;
}"""


def focus_is_on(page: Page, words: str) -> None:
    """Wait until the control with this name has the focus, also after what was clicked has come back drawn anew."""
    page.wait_for_timeout(500)
    page.wait_for_function(f"words => ({FOCUSED})().startsWith(words)", arg=words)


def test_the_focus_stays_where_it_was_when_lists_are_drawn_anew(browser: Browser, home: Path) -> None:
    added(home, FLOODS)
    with served(home) as address, opened_page(browser, address) as page:
        ask(page, PLAN)
        page.get_by_role("button", name="Choose").press("Enter")
        focus_is_on(page, "Briefings (2)")
        page.get_by_label("Ask only: Blinken").press("Space")
        expect(page.locator(".chip")).to_have_count(1)
        focus_is_on(page, "Ask only: Blinken")
        page.locator(".line .read").last.press("Enter")
        focus_is_on(page, "Close")
        page.get_by_role("button", name="All briefings").last.press("Enter")
        focus_is_on(page, "Blinken")  # the briefing that was read
        page.get_by_role("button", name="Remove In the Tessel").press("Enter")
        focus_is_on(page, "Keep it")
        page.keyboard.press("Enter")
        focus_is_on(page, "Remove In the Tessel")
        page.get_by_role("button", name="Add briefings").press("Enter")
        focus_is_on(page, "upload")
        page.get_by_label("Ask only: Blinken").press("Escape")
        expect(page.locator(".st-key-pane")).to_have_count(0)
        page.get_by_role("button", name=f"Rename {PLAN}").press("Enter")
        expect(page.get_by_label("Name of the conversation")).to_be_focused()
        page.keyboard.type("The plan")
        page.keyboard.press("Enter")
        focus_is_on(page, "The plan")
        page.get_by_role("button", name="Delete The plan").press("Enter")
        focus_is_on(page, "Keep")
        page.keyboard.press("Enter")
        focus_is_on(page, "Rename The plan")
        page.get_by_role("button", name="New conversation").press("Enter")
        focus_is_on(page, "Ask the briefings")


def test_a_pane_that_closes_takes_no_focus_from_who_types(browser: Browser, shared: str) -> None:
    with opened_page(browser, shared) as page:
        ask(page, PLAN)
        for count in range(2, 6):
            page.locator(".mark").last.click()
            expect(page.locator("mark.chosen")).to_be_visible()
            page.locator(".shut").click()
            ask(page, PLAN)  # at once, before the pane has gone
            expect(page.locator(".exchange")).to_have_count(count)


def test_a_card_is_asked_for_by_a_pointer_that_moves_and_covers_no_mark(browser: Browser, shared: str) -> None:
    with opened_page(browser, shared, viewport={"width": 640, "height": 360}) as page:
        ask(page, PLAN)
        mark, card = page.locator(".mark"), page.locator(".card")
        expect(page.locator(".question")).to_be_in_viewport()
        assert inside(page.locator(".question"))
        mark.hover()
        expect(card).to_be_visible()
        at, covered = mark.bounding_box(), card.bounding_box()
        assert at
        assert covered
        assert covered["y"] >= at["y"] + at["height"] or covered["y"] + covered["height"] <= at["y"]
        assert inside(card)
        page.mouse.wheel(0, 60)
        expect(card).to_be_hidden()
        page.mouse.wheel(0, -60)
        page.wait_for_timeout(500)
        expect(card).to_be_hidden()  # the mark came back below a pointer that rests


def test_words_run_in_their_own_direction_and_break_where_there_is_no_space(
    browser: Browser, home: Path, tmp_path: Path
) -> None:
    arabic, long = tmp_path / "arabic.md", tmp_path / "long.md"
    arabic.write_text("# اتفاق الميناء\n\nوقال المتحدث إن 450 عاملا سيعودون إلى العمل صباح الثلاثاء.\n", "utf-8")
    sentence = f"The Zorvex reactor exploded twice, says {'Zx9' * 50}."
    long.write_text(f"# Zorvex report\n\n{sentence}\n", "utf-8")
    added(home, arabic)
    added(home, long)
    with served(home) as address, opened_page(browser, address, viewport={"width": 390, "height": 844}) as page:
        ask(page, "كم عاملا سيعودون إلى العمل؟")
        mark, prose = page.locator(".mark").bounding_box(), page.locator(".answer").bounding_box()
        assert mark
        assert prose
        assert mark["x"] < prose["x"] + prose["width"] / 2  # the sentence ends at its left
        ask(page, "How often has the Zorvex reactor exploded?")
        expect(page.locator(".answer").last).to_contain_text(sentence)
        assert page.locator(".answer").last.evaluate("node => node.scrollWidth <= node.clientWidth")
