"""Answers that a language model writes, as they appear."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import LINE, PLAN, ask, opened_page, served
from tests.model_server import Reply, model_server

pytestmark = pytest.mark.slow


def told(text: str, *quotes: str) -> dict[str, object]:
    """A record of a model's reply; the paragraph's number is wrong, and put right by the words of the quotes."""
    return {"text": text, "quotes": [{"paragraph": "P99", "quote": quote} for quote in quotes]}


ALL_HOSTAGES = "Hamas releasing all hostages taken on October 7"
HOSTAGES = told(
    "Hamas would release all hostages taken on October 7.", "Hamas releasing all hostages taken on October 7"
)
FORCES = told("Israel would withdraw its forces from Gaza.", "Israel withdrawing its forces from Gaza")
FREELY = told("Hamas would release all hostages for money.", ALL_HOSTAGES)
WRONG = told("Hamas would release 55 hostages.", ALL_HOSTAGES)


def test_a_models_answer_appears_sentence_by_sentence_and_can_be_stopped(browser: Browser, home: Path) -> None:
    slowly = Reply((json.dumps(HOSTAGES), *" " * 200, json.dumps(FORCES)), pause=0.25)
    with (
        model_server(slowly) as model,
        served(home, OPENAI_BASE_URL=model.url, BRIEFINGS_MODEL="toy-model") as address,
        opened_page(browser, address) as page,
    ):
        page.locator(LINE).fill(PLAN)
        page.keyboard.press("Enter")
        expect(page.locator(".sentence")).to_have_count(1)
        expect(page.locator(".pending")).to_contain_text("Writing and checking")
        page.locator(".mark").first.hover()
        expect(page.locator(".card mark")).to_have_text("Hamas releasing all hostages taken on October 7")
        page.get_by_role("button", name="Stop").click()
        expect(page.locator(".notice")).to_have_text("Stopped before the answer was complete.")
        expect(page.locator(".pending")).to_have_count(0)
        assert model.gone.wait(10)  # the request was ended, too
        expect(page.locator(".sentence")).to_have_count(1)
        page.reload()
        expect(page.locator(".sentence")).to_have_count(1)


def test_each_state_of_a_sentence_has_its_own_mark_and_words(browser: Browser, home: Path) -> None:
    first = Reply((json.dumps({"sentences": [HOSTAGES, FREELY, WRONG], "missing": "involve"}),))
    again = Reply((json.dumps({"sentences": [FREELY, WRONG], "missing": None}),))
    with model_server(first, again) as server:
        settings = {"OPENAI_BASE_URL": server.url, "BRIEFINGS_MODEL": "toy-model", "BRIEFINGS_UNSUPPORTED": "mark"}
        with served(home, slow=False, **settings) as address, opened_page(browser, address) as page:
            ask(page, PLAN)
            expect(page.locator(".sentence")).to_have_count(3)
            expect(page.locator(".mark")).to_have_text(["1", "1?", "1!"])
            for i, words in enumerate(["verified", "not checked", "not verified"]):
                assert f", {words}:" in (page.locator(".mark").nth(i).get_attribute("aria-label") or "")
            page.locator(".mark").nth(2).hover()
            expect(page.locator(".card .why")).to_contain_text("Not verified: ")
            expect(page.locator(".card .why")).to_contain_text("55")
            expect(page.locator(".missing")).to_have_text("The briefings do not say: involve.")
            page.locator("summary").click()
            expect(page.locator("details")).to_contain_text("openai-like:toy-model")
            expect(page.locator("details")).to_contain_text("1 sentence marked as unsupported")
