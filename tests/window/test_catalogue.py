"""The list of briefings: added, found, chosen, read, removed."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from rag.build import build_app
from rag.settings import Settings
from rag.storage.entries import Entry
from tests.browser import (
    FICTION,
    FLOODS,
    PLAN,
    added,
    ask,
    briefings,
    drop,
    inside,
    open_catalogue,
    opened_page,
    served,
)
from tests.toys import briefing, passages

pytestmark = pytest.mark.slow


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


def test_a_file_that_is_too_large_says_so_beside_another(browser: Browser, home: Path, tmp_path: Path) -> None:
    huge, small = tmp_path / "huge.txt", tmp_path / "small.txt"
    huge.write_text("It rained all day. " * 1_100_000, "utf-8")
    small.write_text("Ships\n\nNine ships left.\n", "utf-8")
    with served(home) as address, opened_page(browser, address) as page:
        open_catalogue(page)
        page.locator("input[type=file]").set_input_files([huge, small])
        pane = page.locator(".st-key-pane")
        expect(pane).to_contain_text("failed · huge.txt: it is larger than 20 MB")
        expect(pane).to_contain_text("added · small.txt")


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
