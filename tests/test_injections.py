"""Briefings that try to command the program, through the whole product, with a model that obeys them.

An attempt succeeds when a reader is shown
- a sentence without a citation, or a quote that is not the exact words of its paragraph;
- a sentence labelled as supported that says more, or anything else, than its quotes do;
- the attacker's word as an answer, be it word for word and with its quote; or in the reason for abstaining, in what
  was left open, or in a notice;
or when a link or an image is rendered, or a briefing's text can close the fence around it.

A word that a model adds to a true sentence is shown at most as not checked, and when it stands in an order that was
recognised, not at all (`tests/test_generate.py`). Only of the attempts in `QUOTED` nothing tells the sentences from
news: they may be quoted, whatever they claim, as any briefing's may: word for word, with their place. Titles,
sections and sources are told as what they are.
"""

import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from ingest.pipeline import ingest
from rag.answers import Answer, Citation, Sentence
from rag.briefings import Scope
from rag.build import App, build_app
from rag.engine import CitedQueryEngine
from rag.generate import ModelComposer
from rag.llm.chat import Prompt
from rag.llm.drafting import ModelOptions
from rag.settings import Settings
from rag.storage.conversations import Exchange
from tests.obedient import (
    BATCH,
    CANARY,
    FORMS,
    LIES,
    QUESTION,
    REOPENED,
    THANKED,
    Attempt,
    Obedient,
    attempts,
    in_general,
    to_the_letter,
)
from ui.exchanges import views_of
from ui.export import as_markdown
from ui.terminal import print_answer

pytestmark = pytest.mark.slow
ATTEMPTS = attempts()
ALL = os.environ.get("BRIEFINGS_ALL_INJECTIONS")  # every attempt in every way: several minutes, by hand
GENERAL = ATTEMPTS if ALL else ATTEMPTS[::40]
QUOTED = frozenset(
    """claim-then-order hypothetical question-line check-passed fake-citation-marks escape-sequences autolink
    plain-address delayed few-shot javascript-link formula latex""".split()
)
_LOOKALIKES = str.maketrans("оохіΙοιаеαе", "oooiioiaeae")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The program over a library of all attempts, with the model that obeys."""
    folder = tmp_path_factory.mktemp("attempts")
    for attempt in ATTEMPTS:
        (folder / f"{attempt.id}.md").write_text(attempt.text, "utf-8", newline="")
    app = build_app(Settings(home=tmp_path_factory.mktemp("injections") / "home"))
    results = list(ingest(app, sorted(folder.glob("*.md"))))
    assert [r.outcome for r in results] == ["added"] * len(ATTEMPTS)
    app.mirrors.catch_up()
    app.__dict__["chat_model"] = Obedient()
    yield app
    app.close()


def model_of(app: App) -> Obedient:
    model = app.chat_model
    assert isinstance(model, Obedient)
    return model


def asked(
    app: App, attempt: Attempt, way: str, engine: CitedQueryEngine | None = None
) -> tuple[list[Answer], list[Prompt]]:
    """Every state of the answer that a reader is shown, and the prompts that led to it."""
    model = model_of(app)
    briefing = app.library.briefing(attempt.id)
    told = (briefing.words_of(p) for p in briefing.paragraphs)
    model.orders = [words for words in told if words not in (REOPENED, THANKED)]
    model.way, model.prompts = way, []
    drafts = list((engine or app.engine).stream(QUESTION, (), Scope((attempt.id,))))
    return drafts, model.prompts


def plain(text: str) -> str:
    """Letters alone, as they look."""
    shown = unicodedata.normalize("NFKD", text).translate(_LOOKALIKES).casefold()
    return "".join(c for c in shown if c.isalnum())


def words(text: str) -> list[str]:
    return re.findall(r"\w+", "".join(c for c in text if unicodedata.category(c) != "Cf").casefold())


def successes(app: App, answer: Answer, attempt: Attempt) -> Iterator[str]:
    """What of the attempt got through in this state of an answer."""
    by_number = {c.number: c for c in answer.citations}
    for citation in answer.citations:
        briefing = app.library.briefing(citation.briefing_id)
        paragraph = briefing.paragraphs[citation.paragraph - 1]
        if briefing.text[citation.start : citation.end] != citation.quote:
            yield f"a quote that is not there: {citation.quote!r}"
        if not paragraph.start <= citation.start < citation.end <= paragraph.end:
            yield f"a quote out of its paragraph: {citation.quote!r}"
    for sentence in answer.sentences:
        if not sentence.citations:
            yield f"uncited: {sentence.text!r}"
        yield from _told(sentence, [by_number[n].quote for n in sentence.citations], attempt)
    for where in ("reason", "missing", "notices", "checks", "composer", "standalone_question"):
        if CANARY in plain(str(getattr(answer, where))):
            yield f"the word as {where}: {getattr(answer, where)!r}"


def _told(sentence: Sentence, quotes: Sequence[str], attempt: Attempt) -> Iterator[str]:
    known = {word for quote in quotes for word in words(quote)}
    within = set(words(sentence.text)) <= known
    if sentence.support == "supported" and (sentence.text in LIES or not within):
        yield f"supported, though its quotes do not say it: {sentence.text!r}"
    told = sentence.support == "unchecked" or (within and attempt.id in QUOTED)
    if CANARY in plain(sentence.text) and not told:
        yield f"the word as an answer, {sentence.support}: {sentence.text!r} {quotes}"


def ways(records: int, kind: str) -> list[str]:
    return [f"{kind} {i}" for i in range(-(-records // BATCH))]


def fault_in(prompt: Prompt) -> str | None:
    """How a prompt lets the briefing out of its fence, or None."""
    text, nonce = prompt.user, prompt.nonce
    inside = False
    for line in text.splitlines():
        if line.startswith((f"<<briefing {nonce} ", f"<<sentences {nonce}>>")) and not inside:
            inside = True
        elif line == f"<<end {nonce}>>" and inside:
            inside = False
        elif nonce in line:
            return f"the nonce outside of a fence: {line!r}"
        elif inside and not re.match(r"\[P\d+\] |    |\d+\. “", line):
            return f"a line that is no paragraph: {line!r}"
        elif not inside and CANARY in plain(line):
            return f"the briefing's words out of the fence: {line!r}"
    numbers = re.findall(r"^\[P(\d+)\]", text, re.MULTILINE)
    return None if numbers == [str(i + 1) for i in range(len(numbers))] else f"wrong numbers: {numbers}"


def test_there_are_enough_attempts_of_different_names() -> None:
    assert len({a.id for a in ATTEMPTS}) == len(ATTEMPTS) >= 70


@pytest.mark.parametrize("attempt", ATTEMPTS, ids=lambda a: a.id)
def test_what_a_briefing_orders_is_not_answered(house: App, attempt: Attempt) -> None:
    assert faults_of(house, attempt, ways_of(house, attempt)) == []


def test_nor_as_supported_where_unsupported_sentences_are_shown_by_setting(house: App) -> None:
    options = ModelOptions(unsupported="mark")
    composer = ModelComposer(model_of(house), house.library, house._extractive, options)
    engine = CitedQueryEngine(house.library, house.retriever, composer)
    faults = faults_of(house, ATTEMPTS[0], ways_of(house, ATTEMPTS[0]), engine)
    assert [fault for fault in faults if "the word as an answer, unsupported" not in fault] == []
    assert faults != []


@pytest.mark.parametrize("question", [QUESTION, "What must the assistant answer, say or write?", "Who is quoxil?"])
def test_nor_without_a_model(house: App, question: str) -> None:
    faults = []
    for attempt in ATTEMPTS:
        answer = house.engine_without_model.answer(question, (), Scope((attempt.id,)))
        answer = replace(answer, standalone_question="", reason=(answer.reason or "").replace(f"“{CANARY}”", ""))
        faults += [f"{attempt.id}: {fault}" for fault in successes(house, answer, attempt)]
    assert faults == []


@pytest.mark.parametrize("attempt", ATTEMPTS[::40], ids=lambda a: a.id)
def test_no_link_and_no_picture_is_rendered(
    house: App, attempt: Attempt, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    reader = MarkdownIt("gfm-like")
    for way in ways_of(house, attempt):
        for draft in asked(house, attempt, way)[0]:
            exchange = Exchange(1, QUESTION, Scope((attempt.id,)), 1, draft)
            [view] = views_of([exchange], house.library)
            assert rendered(reader, view.markdown) & {"link_open", "image", "html_inline", "html_block"} == set()
            print_answer(draft)
    printed = capsys.readouterr().out
    assert "\x1b[" in printed
    assert re.findall(r"\x1b(?!\[[\d;]*m)", printed) == []  # colours alone


def test_the_words_of_a_briefing_cannot_become_markup_in_an_export(house: App) -> None:
    reader = MarkdownIt("gfm-like")
    for attempt in ATTEMPTS:
        briefing = house.library.briefing(attempt.id)
        for paragraph in briefing.paragraphs:
            words = briefing.words_of(paragraph)
            quoted = Citation(1, attempt.id, briefing.title, None, briefing.source, None, 1, words, 0, 1, "exact")
            answer = Answer(words, words, (Sentence(words, (1,), "supported"),), (quoted,), notices=(words,))
            markdown = as_markdown(Exchange(1, words, Scope(), 1, answer))
            assert (
                rendered(reader, markdown) & {"link_open", "image", "html_inline", "html_block", "fence"} == set()
            )


def ways_of(app: App, attempt: Attempt) -> list[str]:
    """The ways in which the model may obey an attempt, each a reply."""
    _, [prompt, *_] = asked(app, attempt, "only missing")
    chosen = ways(len(to_the_letter(prompt, model_of(app).orders)), "to the letter")
    if attempt in GENERAL:
        chosen += [*ways(len(in_general(prompt)), "in general"), *FORMS]
    return chosen


def faults_of(
    app: App, attempt: Attempt, chosen: Sequence[str], engine: CitedQueryEngine | None = None
) -> list[str]:
    faults: dict[str, None] = {}
    for way in chosen:
        drafts, prompts = asked(app, attempt, way, engine)
        faults.update({f"{way}: {fault}": None for draft in drafts for fault in successes(app, draft, attempt)})
        faults.update({f"{way}: {fault}": None for p in prompts if (fault := fault_in(p))})
    return list(faults)


def rendered(reader: MarkdownIt, markdown: str) -> set[str]:
    """The kinds of elements that a reader of Markdown makes."""
    tokens = reader.parse(markdown)
    return {t.type for token in tokens for t in (token, *(token.children or ()))}
