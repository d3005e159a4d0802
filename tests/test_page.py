"""The page tells everything in one file, runs and fetches nothing, and shows hostile words as words."""

import hashlib
import re
from base64 import b64encode
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from evals.gate import Baseline, Problem
from evals.page import page
from evals.summary import Summary, summarise
from rag.answers import Sentence
from tests.browser import opened_browser
from tests.eval_toys import AID, FLOOD, SOURCES, case, gold
from tests.test_gate import BASELINE, GOOD, results
from tests.test_summary import WORSE, summary
from tests.toys import briefing

HOSTILE = "<script>alert(1)</script><img src=http://x.test/a onerror=alert(2)> \u202e </p></style>{{ 7 * 7 }}"
ALLOWED = frozenset(
    """html head meta title style body header div span em h1 h2 h3 p nav a section details summary ul ol li table
    thead tbody tfoot tr th td svg rect circle path mark br footer""".split()
)


class Reader(HTMLParser):
    """Every tag of a page with its attributes, and the words between them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data: str) -> None:
        self.words += data


def hostile() -> Summary:
    """A run in which every place that words can stand in holds hostile ones."""
    whole = {**SOURCES, "flood": briefing("flood", FLOOD, AID, HOSTILE, title=HOSTILE, source=HOSTILE)}
    asked = case(id='"><b>', question=HOSTILE, tags=[HOSTILE], earlier=[HOSTILE], where=HOSTILE, canary="script")
    doubted = Sentence(HOSTILE, (1, 9), "unsupported", HOSTILE)
    found = results(replace(gold(), sentences=(doubted,), missing=HOSTILE, notices=(HOSTILE,)), cases=[asked])
    return summarise(found, Baseline(), [Problem("case", "dev", '"><b>', HOSTILE)], whole)


def test_it_tells_verdict_numbers_changes_and_failures() -> None:
    words = Reader(page(summary(WORSE))).words
    for told in (
        "The gate is closed: 5 problems.",  # the case, its marks, precision, F1 and over-citation
        "1 of 2 development cases pass",
        "toy-3 invalid marks: [9]",
        "▼ −0.200",
        "95 % interval",
        "passed before",
        "gold for claim 2",
    ):
        assert told in words, told
    assert "No case fails." in Reader(page(summary())).words


def test_the_matrix_and_the_marked_words_are_there() -> None:
    tags = Reader(page(summary(WORSE))).tags
    assert [a["class"] for t, a in tags if t == "td" and a.get("class") in ("right", "wrong", "none")] == [
        "right", "none", "none", "right",
    ]  # fmt: skip
    marks = [a["class"] for t, a in tags if t == "mark"]
    assert marks.count("expected cited") == 2
    assert [a["class"] for t, a in tags if t == "span" and "lost" in str(a.get("class"))] == ["mark lost"]


@pytest.mark.parametrize("found", [summary(WORSE), hostile()], ids=["toy", "hostile"])
def test_it_holds_no_script_and_fetches_nothing(found: Summary) -> None:
    html = page(found)
    reader = Reader(html)
    assert {tag for tag, _ in reader.tags} <= ALLOWED
    for tag, attributes in reader.tags:
        assert not {"src", "srcset", "action", "style", "data"} & set(attributes), tag
        assert not any(name.startswith("on") for name in attributes), tag
        assert attributes.get("href", "#").startswith("#")  # type: ignore[union-attr]
    style = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    assert len(style) == 1
    assert not re.search(r"url\(|@import", style[0])
    digest = b64encode(hashlib.sha256(style[0].encode()).digest()).decode()
    (policy,) = (a["content"] for t, a in reader.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_hostile_words_are_shown_as_words() -> None:
    words = Reader(page(hostile())).words
    assert words.count("<script>alert(1)</script>") >= 9
    assert "{{ 7 * 7 }}" in words


def test_the_order_of_results_changes_no_byte() -> None:
    assert page(summarise(GOOD, BASELINE, [], SOURCES)) == page(summarise(GOOD[::-1], BASELINE, [], SOURCES))


@pytest.mark.slow
def test_a_browser_shows_it_on_a_phone_without_complaint_or_sideways_scrolling(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(page(hostile()), "utf-8")
    said_by_browser: list[str] = []
    with opened_browser() as browser:
        for width in (360, 1200):
            shown = browser.new_page(viewport={"width": width, "height": 800})
            shown.on("console", lambda message: said_by_browser.append(message.text))
            shown.on("dialog", lambda dialog: said_by_browser.append(dialog.message))
            shown.on("request", lambda request: said_by_browser.append(request.url))
            shown.goto((tmp_path / "a.html").as_uri())
            shown.locator("details").first.click()
            assert shown.evaluate("document.documentElement.scrollWidth <= innerWidth")
            assert shown.evaluate("getComputedStyle(document.querySelector('h1')).fontWeight") == "600"
            shown.close()
    assert set(said_by_browser) == {(tmp_path / "a.html").as_uri()}
