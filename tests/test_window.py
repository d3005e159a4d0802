"""The chat window in a real browser, used as a person uses it."""

import contextlib
import json
import os
import re
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

pytest.importorskip("playwright", reason="Playwright is not installed (pip install -e '.[dev]')")

from playwright.sync_api import Browser, Locator, Page, expect

from rag.build import build_app
from rag.settings import Settings
from rag.storage.entries import Entry
from tests.browser import PATIENCE, ask, briefings, chromium, drop, opened_browser, opened_page, served
from tests.command import ANSWER
from tests.conftest import REAL, ROOT, SEEDS, fill
from tests.model_server import Reply, model_server
from tests.toys import briefing, passages

pytestmark = pytest.mark.slow

PLAN = "what does the three-phase plan involve?"
SEVERAL = "how many people were killed, and which countries will Blinken visit?"  # two citations
FICTION = ROOT / "evals" / "briefings"
FLOODS = FICTION / "relief-tessel-floods-aldry-gazette.md"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if chromium() is None:
        if os.environ.get("BRIEFINGS_NEEDS_CHROMIUM"):
            pytest.fail("no Chromium was found, and this run must not go without")
        pytest.skip("no Chromium was found (Debian: apt-get install chromium)")
    with opened_browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def shared(real_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A window over the real briefing, for the tests that only read; each asks in a conversation of its own."""
    home = tmp_path_factory.mktemp("shared") / "home"
    shutil.copytree(real_home, home)
    with served(home) as address:
        yield address


@pytest.fixture
def home(real_home: Path, tmp_path: Path) -> Path:
    """A home of the test's own with the real briefing in it."""
    return Path(shutil.copytree(real_home, tmp_path / "own"))


def added(home: Path, path: Path) -> None:
    """Bring a file in while no window is open."""
    app = build_app(Settings(home=home))
    fill(app, path)
    app.close()


def inside(node: Locator) -> bool:
    """True when the node is in the visible part of the window."""
    box, size = node.bounding_box(), node.page.viewport_size
    return bool(box and size and box["y"] >= 0 and box["y"] + box["height"] <= size["height"] + 1)


def open_catalogue(page: Page) -> None:
    page.locator(".nav button", has_text="All briefings").click()
    page.locator(".bar h2").wait_for()


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


def test_two_pages_show_one_conversation_alike(browser: Browser, home: Path) -> None:
    with served(home) as address, opened_page(browser, address) as one:
        ask(one, PLAN)
        with opened_page(browser, one.url) as other:
            expect(other.locator(".exchange")).to_have_count(1)
            one.locator('[data-testid="stChatInputTextArea"]').fill("how many people were killed?")
            one.keyboard.press("Enter")
            other.locator('[data-testid="stChatInputTextArea"]').fill("who was abducted?")
            expect(other.locator(".foot")).to_have_count(2)  # and what is being typed there stays
            expect(other.locator('[data-testid="stChatInputTextArea"]')).to_have_value("who was abducted?")
            one.get_by_role("button", name=f"Rename {PLAN}").evaluate("button => button.click()")
            one.get_by_label("Name of the conversation").fill("The")
            other.locator('[data-testid="stChatInputTextArea"]').press("Enter")
            expect(one.locator(".foot")).to_have_count(3)
            expect(one.get_by_label("Name of the conversation")).to_have_value("The")
            other.get_by_role("button", name=f"Delete {PLAN}").evaluate("button => button.click()")
            other.get_by_role("button", name="Delete", exact=True).click()
            expect(one.locator(".welcome")).to_be_visible()


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
        line = page.locator('[data-testid="stChatInputTextArea"]')
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


def test_briefings_are_added_chosen_read_and_removed(browser: Browser, home: Path, tmp_path: Path) -> None:
    bad = tmp_path / "picture.txt"
    bad.write_bytes(b"\x89PNG\x00\x00")
    other = tmp_path / "budget.xlsx"
    other.write_bytes(b"PK")
    with served(home) as address, opened_page(browser, address) as page:
        open_catalogue(page)
        expect(page.locator('[data-testid="stFileUploader"]')).to_contain_text(".txt, .text, .md")
        drop(page, FLOODS, bad, other)
        expect(page.locator(".line .read")).to_have_count(2)
        pane = page.locator(".st-key-pane")
        expect(pane).to_contain_text("failed · picture.txt: it is not text, whatever its name says")
        expect(pane).to_contain_text(
            "failed · budget.xlsx: .xlsx is not a format that can be read. Use one of .txt"
        )
        expect(pane).to_contain_text(f"added · {FLOODS.name}")
        page.locator(".line", has_text="Blinken").locator("input").check()
        expect(page.locator(".chip")).to_contain_text("Blinken")
        page.locator(".shut").click()
        ask(page, PLAN)
        expect(page.locator(".limit")).to_contain_text("Blinken")
        page.locator(".chip button").click()
        expect(page.locator(".chip")).to_have_count(0)
        expect(page.locator(".limit")).to_contain_text("Blinken")  # the question keeps what it was limited to
        open_catalogue(page)
        page.locator(".line .read", has_text="Blinken").click()
        expect(page.locator(".paragraph")).to_have_count(9)
        page.get_by_role("button", name="All briefings").last.click()
        page.get_by_role("button", name="Remove Blinken").click()
        page.get_by_role("button", name="Keep it").click()
        expect(page.locator(".line .read")).to_have_count(2)
        page.get_by_role("button", name="Remove Blinken").click()
        page.get_by_role("button", name="Remove it").click()
        expect(page.locator(".line .read")).to_have_count(1)
        expect(page.locator(".mark.unverified")).to_have_count(1)


def test_a_long_list_is_turned_and_searched_with_the_keyboard(browser: Browser, home: Path) -> None:
    app = build_app(Settings(home=home))
    wholes = [
        briefing(f"b{n}", "ships", published=date(2032, 1, 1) + timedelta(n), title=f"No. {n}") for n in range(120)
    ]
    rows = [app.embedder.embed(["ships"]) for _ in wholes]
    entries = [Entry(whole, passages(whole), row) for whole, row in zip(wholes, rows, strict=True)]
    app.library.put_all(entries, app.embedder.fingerprint)
    app.close()
    with served(home) as address, opened_page(browser, address) as page:
        open_catalogue(page)
        lines, steps = page.locator(".line .read"), page.locator(".steps")
        expect(page.locator(".bar h2")).to_have_text("Briefings (121)")
        expect(steps).to_contain_text("1 to 100 of 121")
        expect(page.get_by_role("button", name="Newer briefings")).to_be_disabled()
        page.get_by_role("button", name="Older briefings").click()
        expect(steps).to_contain_text("101 to 121 of 121")
        expect(lines).to_have_count(21)
        expect(lines.first).to_be_focused()
        assert inside(page.locator(".bar h2"))
        expect(page.get_by_role("button", name="Older briefings")).to_be_disabled()
        page.get_by_label("Ask only: No. 3", exact=True).check()
        expect(page.locator(".chip")).to_contain_text("No. 3")
        page.locator(".line .read", has_text="No. 19").click()
        expect(page.locator(".paragraph")).to_have_count(1)
        page.get_by_role("button", name="All briefings").last.click()
        expect(steps).to_contain_text("101 to 121 of 121")  # as it was left
        page.get_by_label("Find by title").focus()
        page.keyboard.type("april 2032 no. 11")
        expect(lines).to_have_count(11)  # No. 110 to 119, and the one of 11 April
        expect(lines.first).to_contain_text("No. 119Courier · 29 April 2032")
        expect(page.get_by_label("Find by title")).to_be_focused()
        page.locator(".line .read", has_text="No. 115").click()
        expect(page.locator(".paragraph")).to_have_count(1)
        page.get_by_role("button", name="All briefings").last.click()
        expect(page.get_by_label("Find by title")).to_have_value("april 2032 no. 11")
        expect(lines).to_have_count(11)
        page.get_by_label("Find by title").fill("nothing")
        expect(page.locator(".end")).to_have_text("No briefing fits these words.")
        page.get_by_label("Find by title").fill("")
        expect(steps).to_contain_text("1 to 100 of 121")
        page.get_by_label("Find by title").fill("courier")
        expect(steps).to_contain_text("1 to 100 of 120")
        open_catalogue(page)
        expect(page.get_by_label("Find by title")).to_have_value("")  # all are asked for
        expect(steps).to_contain_text("1 to 100 of 121")


def test_a_date_limits_the_question(browser: Browser, home: Path) -> None:
    added(home, FLOODS)
    with served(home) as address, opened_page(browser, address) as page:
        open_catalogue(page)
        page.get_by_label("Only from").focus()
        page.keyboard.type("01012031")
        expect(page.locator(".chip")).to_have_text("since 1 Jan 2031✕")
        page.locator(".shut").click()
        ask(page, PLAN)
        expect(page.locator(".silence")).to_contain_text("Searched 1 briefing within these limits.")
        page.locator(".chip button").click()
        expect(page.locator(".chip")).to_have_count(0)


def test_what_another_process_ingests_appears_while_questions_go_on(browser: Browser, home: Path) -> None:
    with served(home) as address, opened_page(browser, address) as page:
        open_catalogue(page)
        expect(page.locator(".line .read")).to_have_count(1)
        briefings(home, "ingest", str(FICTION))
        ask(page, PLAN)
        expect(page.locator(".sentence").first).to_contain_text("three-phase process")
        expect(page.locator(".bar h2")).to_have_text(f"Briefings ({1 + len(list(FICTION.iterdir()))})")


def test_stop_leaves_the_question_and_no_answer(browser: Browser, home: Path) -> None:
    with served(home, slow=True) as address, opened_page(browser, address) as page:
        page.locator('[data-testid="stChatInputTextArea"]').fill(PLAN)
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


def test_a_question_that_is_being_answered_when_the_server_ends_is_kept(browser: Browser, home: Path) -> None:
    with served(home, slow=True) as address, opened_page(browser, address) as page:
        page.locator('[data-testid="stChatInputTextArea"]').fill(PLAN)
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
        page.locator('[data-testid="stChatInputTextArea"]').wait_for()
        server.close()
        told = page.locator("section[role=dialog] h2 + div")
        expect(told).to_have_css("font-size", "0px", timeout=PATIENCE)  # Streamlit's words
        words = told.evaluate("e => getComputedStyle(e, '::after').content")
        page.close()
    assert "Start it again with “briefings chat”" in words


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
        page.locator('[data-testid="stChatInputTextArea"]').fill(PLAN)
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
        page.locator('[data-testid="stChatInputTextArea"]').focus()
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


def test_copy_and_download_give_the_answer_with_its_citations(
    browser: Browser, shared: str, tmp_path: Path
) -> None:
    with opened_page(browser, shared, permissions=["clipboard-read", "clipboard-write"]) as page:
        ask(page, PLAN)
        page.get_by_role("button", name="Copy").click()
        expect(page.get_by_role("button", name="Copied")).to_be_visible()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith(f"## {PLAN}\n\n{ANSWER} \\[1\\]\n\n### Sources\n\n1. Blinken’s")
        with page.expect_download() as download:
            page.get_by_role("button", name="Download").click()
        assert download.value.suggested_filename == "what-does-the-three-phase-plan-involve.md"
        assert Path(download.value.path()).read_text("utf-8") == copied


def test_every_response_carries_the_policy(browser: Browser, shared: str) -> None:
    context = browser.new_context()
    for path in ("/", "/_stcore/health", "/nowhere"):
        headers = context.request.get(shared + path).headers
        assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self' blob:")
        assert headers["x-content-type-options"] == "nosniff"
    assert context.request.get(shared, headers={"Host": "attacker.example"}).status in (200, 400, 403)
    context.close()


def test_the_real_briefing_is_what_these_tests_think_it_is() -> None:
    assert ANSWER in (SEEDS / f"{REAL}.txt").read_text("utf-8")
