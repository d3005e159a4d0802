"""From an answer to its source: marks, cards, and the briefing beside the chat."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import PLAN, SEVERAL, added, ask, briefings, inside, open_catalogue, opened_page, served
from tests.command import ANSWER
from tests.conftest import REAL, SEEDS

pytestmark = pytest.mark.slow


def test_a_citation_is_checked_at_a_glance_and_with_one_click(browser: Browser, shared: str) -> None:
    with opened_page(browser, shared) as page:
        ask(page, PLAN)
        mark = page.locator(".mark")
        expect(mark).to_have_attribute("aria-label", re.compile(r"^Source 1, verified: Blinken’s .* Details · ¶8$"))
        mark.hover()
        card = page.locator(".card")
        expect(card).to_be_visible()
        expect(card).to_contain_text("Blinken’s Meeting with Netanyahu")
        expect(card).to_contain_text("¶8")
        expect(card).to_contain_text("Verified")
        expect(card.locator("mark")).to_have_text(ANSWER)
        mark.click()
        expect(page.locator("#p8 mark.chosen")).to_have_text(ANSWER)
        assert inside(page.locator("#p8 mark.chosen"))
        expect(page.locator("mark.chosen")).to_have_count(1)
        expect(page.locator(".bar .name")).to_contain_text("Blinken’s Meeting")  # the title is scrolled away
        expect(page.locator(".steps")).to_have_count(0)  # nothing to step to
        expect(page.locator("#p8 .number")).to_have_text("¶8")
        expect(page.locator(".exchange")).to_have_count(1)
        page.locator(".shut").click()
        expect(page.locator(".st-key-pane")).to_have_count(0)


def test_the_reader_steps_through_the_citations_of_an_answer(browser: Browser, shared: str) -> None:
    with opened_page(browser, shared) as page:
        ask(page, SEVERAL)
        count = page.locator(".mark").count()
        assert count > 1
        page.locator(".mark").first.click()
        expect(page.locator(".steps")).to_contain_text(f"Citation 1 of {count}")
        expect(page.locator(".other")).to_have_count(count - 1)
        first = page.locator("mark.chosen").inner_text()
        page.get_by_role("button", name="Next citation").click()
        expect(page.locator(".steps")).to_contain_text(f"Citation 2 of {count}")
        expect(page.locator("mark.chosen")).not_to_have_text(first)
        expect(page.locator(".other", has_text=first)).to_have_count(1)
        expect(page.locator(".mark.open")).to_have_text("2")


def test_the_mark_that_was_clicked_stays_in_view(browser: Browser, shared: str) -> None:
    with opened_page(browser, shared, viewport={"width": 1000, "height": 500}) as page:
        for question in (SEVERAL, "Who won the football championship in Brazil?", SEVERAL, PLAN):
            ask(page, question)
        page.locator(".mark").last.click()
        expect(page.locator("mark.chosen")).to_be_visible()
        expect(page.locator(".mark").last).to_be_in_viewport()
        page.locator(".shut").click()
        expect(page.locator(".st-key-pane")).to_have_count(0)
        expect(page.locator(".mark").last).to_be_in_viewport()


def test_an_abstention_opens_the_nearest_passage(browser: Browser, shared: str) -> None:
    with opened_page(browser, shared) as page:
        ask(page, "Who won the football championship in Brazil?")
        silence = page.locator(".silence")
        expect(silence).to_contain_text("The briefings do not say.")
        expect(silence).to_contain_text("Searched 1 briefing.")
        silence.locator(".near").first.click()
        expect(page.locator(".paragraph.target .passage")).to_be_visible()


def test_an_old_citation_says_that_its_source_has_changed(browser: Browser, home: Path, tmp_path: Path) -> None:
    seed = tmp_path / "changing.txt"
    seed.write_text("Harbour news\n\nNine grain ships left Kelby harbour on Monday.\n", "utf-8")
    added(home, seed)
    with served(home) as address, opened_page(browser, address) as page:
        ask(page, "How many grain ships left Kelby harbour?")
        expect(page.locator(".mark.verified")).to_have_count(1)
        seed.write_text("Harbour news\n\nFive grain ships left Kelby harbour on Monday.\n", "utf-8")
        briefings(home, "ingest", str(seed))
        mark = page.locator(".mark.unverified")
        expect(mark).to_have_text("1!")
        mark.click()
        expect(page.locator(".warn")).to_contain_text("the briefing has changed since")
        expect(page.locator(".warn")).to_contain_text("This is what it said until")
        expect(page.locator("mark.chosen")).to_have_text("Nine grain ships left Kelby harbour on Monday.")


def test_a_hostile_briefing_is_shown_as_typed(browser: Browser, home: Path, tmp_path: Path) -> None:
    words = (
        "The Zorvex reactor exploded <b>twice</b> <script>alert(1)</script> :red[badly] $$x^2$$ "
        '<img src="http://127.0.0.1:9/beacon.png" onerror="alert(2)"> ![p](http://127.0.0.1:9/p.png) '
        "[click](javascript:alert(3)) **now**."
    )
    hostile = tmp_path / "hostile <img src=x>.txt"
    hostile.write_text(f":red[Zorvex] <img src=x onerror=alert(4)> report\n\n{words}\n", "utf-8")
    added(home, hostile)
    with served(home) as address, opened_page(browser, address) as page:
        page.on("dialog", lambda _: pytest.fail("a script of the briefing ran"))
        ask(page, "How often has the Zorvex reactor exploded?")
        expect(page.locator(".sentence").first).to_contain_text(words)
        page.locator(".mark").first.hover()
        expect(page.locator(".card mark")).to_have_text(words)
        page.locator(".mark").first.click()
        expect(page.locator("mark.chosen")).to_have_text(words)
        open_catalogue(page)
        expect(page.locator(".line .title").last).to_contain_text(
            ":red[Zorvex] <img src=x onerror=alert(4)> report"
        )
        assert page.locator("img[src*='beacon'], img[src='x'], a[href^='javascript']").count() == 0


def test_the_real_briefing_is_what_these_tests_think_it_is() -> None:
    assert ANSWER in (SEEDS / f"{REAL}.txt").read_text("utf-8")
