"""The extractive composer: exact sentences, duplicates merged, lists whole, or a reason for saying nothing."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rag.answers import Answer
from rag.asking.followup import Standalone
from rag.asking.smalltalk import NO_OPINION
from rag.briefings import Briefing
from rag.build import App, open_home
from rag.compose import ExtractiveComposer
from rag.extract.evidence import EvidenceScorer
from rag.library import Library
from rag.prompts import NOTHING_LEFT, REFUSAL
from tests.conftest import REAL
from tests.toys import briefing, hits, put

REOPENED = "The harbour at Kelby reopened to container ships on Tuesday after nine days."
WHEN = "When did the harbour at Kelby reopen?"


@pytest.fixture(scope="module")
def real(real_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The program over the real briefing, to be asked only."""
    home = tmp_path_factory.mktemp("asked") / "home"
    shutil.copytree(real_home, home)
    with open_home(home) as app:
        yield app


@pytest.fixture
def composer(library: Library, scorer: EvidenceScorer) -> ExtractiveComposer:
    return ExtractiveComposer(library, scorer)


def ask(composer: ExtractiveComposer, library: Library, question: str, *some: Briefing) -> Answer:
    """The answer from all passages of these briefings, in this order."""
    for whole in some:
        put(library, whole)
    found = [replace(hit, score=15.0) for whole in some for hit in hits(whole)]  # as of a passage on the subject
    return composer.compose(Standalone(question, question), found)


# -- the real briefing ----------------------------------------------------------------------------------


def test_the_three_phases_are_quoted_from_the_paragraph_that_tells_them(real: App) -> None:
    answer = real.ask("What does the three-phase plan involve?")
    assert not answer.abstained
    for phase in ("releasing all hostages", "withdrawing its forces", "Palestinian prisoners"):
        assert phase in answer.sentences[0].text
    citation = answer.citations[0]
    assert answer.sentences[0].citations == (1,)
    assert (citation.number, citation.briefing_id, citation.paragraph) == (1, REAL, 8)
    assert citation.section == "Cease-Fire Proposal Details"
    text = real.library.briefing(REAL).text
    assert all(text[c.start : c.end] == c.quote for c in answer.citations)


@pytest.mark.parametrize(
    ("question", "absent"),
    [
        ("What did Putin announce about the bridging proposal?", "Putin"),  # Blinken did
        ("How many Lebanese have been killed?", "Lebanese"),  # Israelis were
        ("What does the five-phase plan involve?", "five"),  # it has three phases
        ("What does the fourth phase involve?", "fourth"),
        ("What did Blinken say about the 9,000 hostages?", "9,000"),
        ("What began on September 7?", "September"),  # on October 7
        ("What did Blinken announce in May?", "May"),
    ],
)
def test_a_swapped_name_number_or_month_is_refused_and_named(real: App, question: str, absent: str) -> None:
    answer = real.ask(question)
    assert answer.abstained
    assert not answer.sentences
    assert not answer.citations
    assert answer.reason is not None
    assert answer.reason.startswith(REFUSAL)
    assert f"“{absent}”" in answer.reason


def test_what_was_swapped_is_answered_when_it_is_right(real: App) -> None:
    assert "bridging proposal" in real.ask("What did Blinken announce about the bridging proposal?").text
    assert "1,200" in real.ask("How many Israelis have been killed?").text
    assert "October 7" in real.ask("What began on October 7?").text


def test_a_question_about_something_else_is_refused_with_the_nearest_passages(real: App) -> None:
    answer = real.ask("What is the recipe for pancakes?")
    assert answer.abstained
    assert answer.text == answer.reason
    known = real.library.passage_ids()
    assert set(answer.nearest) <= known


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Haifa?", "“Haifa” stands in none of them."),
        ("how many poeple were abdcuted?", "“poeple” and “abdcuted” stand in none of them."),  # a slip of the keys
        ("How long did the meeting last?", "but no sentence in them answers the question."),
        (
            "How many times has Prime Minister Netanyahu been there?",
            "but no sentence in them answers the question.",
        ),
    ],
)
def test_the_words_that_stand_nowhere_are_told(real: App, question: str, told: str) -> None:
    answer = real.ask(question)
    assert answer.abstained
    assert (answer.reason or "").endswith(told)


# -- two briefings that say the same --------------------------------------------------------------------


def test_the_same_sentence_of_two_briefings_is_said_once_with_both_marks(
    composer: ExtractiveComposer, library: Library
) -> None:
    answer = ask(composer, library, WHEN, briefing("one", REOPENED), briefing("two", REOPENED))
    assert [(s.text, s.citations) for s in answer.sentences] == [(REOPENED, (1, 2))]
    assert [c.briefing_id for c in answer.citations] == ["one", "two"]
    assert [c.quote for c in answer.citations] == [REOPENED, REOPENED]


def test_nearly_the_same_sentence_is_said_once_and_each_mark_quotes_its_own_words(
    composer: ExtractiveComposer, library: Library
) -> None:
    busier = REOPENED.replace("The harbour", "The busy harbour")
    answer = ask(composer, library, WHEN, briefing("one", REOPENED), briefing("two", busier))
    assert [s.citations for s in answer.sentences] == [(1, 2)]
    assert {c.quote for c in answer.citations} == {REOPENED, busier}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("nine", "ten"),
        ("nine", "19"),
        ("nine days", "nine or ten days"),
        ("reopened", "was not reopened"),
        ("reopened", "never reopened"),
        ("reopened", "hasn’t reopened"),
    ],
)
def test_sentences_that_differ_in_a_number_or_a_negation_are_both_said(
    composer: ExtractiveComposer, library: Library, old: str, new: str
) -> None:
    other = REOPENED.replace(old, new)
    answer = ask(composer, library, WHEN, briefing("one", REOPENED), briefing("two", other))
    assert {(s.text, len(s.citations)) for s in answer.sentences} == {(REOPENED, 1), (other, 1)}
    for sentence in answer.sentences:
        assert [c.quote for c in answer.citations if c.number in sentence.citations] == [sentence.text]


# -- lists ----------------------------------------------------------------------------------------------

LEAD = "The relief plan for Tessel has three parts:"
ITEMS = ("Food for the eastern camps.", "New wells beside the river.", "Two schools.")
PARTS = "What are the parts of the relief plan for Tessel?"


def with_list(
    *, before: tuple[str, ...] = (), lead: str = LEAD, between: tuple[str, ...] = (), items: tuple[str, ...] = ITEMS
) -> Briefing:
    whole = briefing("plan", *before, lead, *between, *items, "The weather was fine in Aldry.")
    parts = [replace(p, kind="list_item") if whole.words_of(p) in items else p for p in whole.paragraphs]
    return replace(whole, paragraphs=tuple(parts))


def test_a_sentence_that_introduces_a_list_brings_its_items(composer: ExtractiveComposer, library: Library) -> None:
    answer = ask(composer, library, PARTS, with_list(before=("The ministers met in Sennet.",)))
    assert [s.text for s in answer.sentences] == [LEAD, *ITEMS]
    assert [c.paragraph for c in answer.citations] == [2, 3, 4, 5]
    assert [s.citations for s in answer.sentences] == [(1,), (2,), (3,), (4,)]


def test_an_item_is_brought_whole_however_short_or_long(composer: ExtractiveComposer, library: Library) -> None:
    items = ("Food.", "Wells beside the river. They are new.", "Two schools.")
    answer = ask(composer, library, PARTS, with_list(items=items))
    assert [s.text for s in answer.sentences] == [LEAD, *items]


def test_items_that_do_not_follow_at_once_are_not_brought(composer: ExtractiveComposer, library: Library) -> None:
    answer = ask(composer, library, PARTS, with_list(between=("It rained all over the country.",)))
    assert [s.text for s in answer.sentences] == [LEAD]


def test_a_sentence_without_a_colon_brings_as_many_items_as_it_counts(
    composer: ExtractiveComposer, library: Library
) -> None:
    counted = LEAD.replace(":", ".")
    answer = ask(composer, library, PARTS, with_list(lead=counted))
    assert [s.text for s in answer.sentences] == [counted, *ITEMS]


def test_a_sentence_that_counts_something_else_brings_no_items(
    composer: ExtractiveComposer, library: Library
) -> None:
    answer = ask(composer, library, PARTS, with_list(lead="The relief plan for Tessel has five parts."))
    assert "The relief plan for Tessel has five parts." in [s.text for s in answer.sentences]
    assert "Two schools." not in [s.text for s in answer.sentences]


def test_a_sentence_brings_the_ordinals_that_it_counts(composer: ExtractiveComposer, library: Library) -> None:
    whole = briefing(
        "plan",
        "The relief plan for Tessel has two parts.",
        "First, food. Camps in the east come before others. It rained.",
        "Second, new wells beside the river will be dug.",
        "The weather was fine in Aldry.",
    )
    assert [s.text for s in ask(composer, library, PARTS, whole).sentences] == [
        "The relief plan for Tessel has two parts.",
        "First, food. Camps in the east come before others.",
        "Second, new wells beside the river will be dug.",
    ]


# -- order and numbers ----------------------------------------------------------------------------------


def test_what_was_wrong_brings_the_sentence_that_sets_it_right(
    composer: ExtractiveComposer, library: Library
) -> None:
    text = "We wrote that 1,340 files leaked at Kelby. The right number is 1,430. We regret it."
    answer = ask(composer, library, "How many files leaked at Kelby?", briefing("later", text))
    assert [s.text for s in answer.sentences] == [
        "We wrote that 1,340 files leaked at Kelby.", "The right number is 1,430.",
    ]  # fmt: skip


def test_sentences_of_one_briefing_come_in_reading_order(composer: ExtractiveComposer, library: Library) -> None:
    whole = briefing(
        "port", "The strike at Kelby began on 3 May.", "Rain is expected.", "The mediator is Ysolde Karrin."
    )
    answer = ask(composer, library, "Who is the mediator, and when did the strike at Kelby begin?", whole)
    starts = [c.start for c in answer.citations]
    assert len(starts) == 2
    assert starts == sorted(starts)
    assert [c.number for c in answer.citations] == [1, 2]


def test_the_briefing_of_the_best_sentence_comes_first(composer: ExtractiveComposer, library: Library) -> None:
    first = briefing("aldry", "Rain fell in Kelby.", "The mediator in the strike is Ysolde Karrin.")
    second = briefing("zest", "Nobody was hurt in the storm of Monday.", "The strike at Kelby began on 3 May.")
    asked = "When did the strike at Kelby begin, and who is the mediator?"
    assert [c.briefing_id for c in ask(composer, library, asked, first, second).citations] == ["zest", "aldry"]


def test_without_passages_it_says_so(composer: ExtractiveComposer, library: Library) -> None:
    answer = ask(composer, library, WHEN)
    assert answer.abstained
    assert (answer.reason or "").startswith(REFUSAL)
    assert answer.nearest == ()


def test_the_question_is_kept_as_asked_and_as_completed(composer: ExtractiveComposer, library: Library) -> None:
    put(library, briefing("one", REOPENED))
    asked = Standalone("And when?", "And when? (harbour Kelby reopened)", ("harbour", "Kelby", "reopened"))
    answer = composer.compose(asked, hits(briefing("one", REOPENED)))
    assert (answer.question, answer.standalone_question) == (asked.asked, asked.text)
    assert [s.text for s in answer.sentences] == [REOPENED]


def test_a_name_in_small_letters_is_a_name_as_the_passages_write_it(
    composer: ExtractiveComposer, library: Library
) -> None:
    kelby = briefing("kelby", "The harbour at Kelby reopened on 3 May.")
    aldry = briefing("aldry", "Ships from Aldry were late.")
    answer = ask(composer, library, "when did the harbour at kelby reopen?", kelby, aldry)
    assert [s.text for s in answer.sentences] == ["The harbour at Kelby reopened on 3 May."]
    assert ask(composer, library, "when did the harbour at aldry reopen?", kelby, aldry).abstained


# -- questions of several parts -------------------------------------------------------------------------


def test_each_part_of_a_question_is_answered_from_its_own_sentence(
    composer: ExtractiveComposer, library: Library
) -> None:
    port = briefing(
        "port", "The strike at Kelby began on 3 May.", "Nobody spoke of money.", "The mediator is Ysolde Karrin."
    )
    answer = ask(composer, library, "When did the strike at Kelby begin, and who is the mediator?", port)
    assert [s.text for s in answer.sentences] == [
        "The strike at Kelby began on 3 May.", "The mediator is Ysolde Karrin.",
    ]  # fmt: skip
    assert answer.missing is None


def test_what_no_sentence_answers_is_named_as_missing(composer: ExtractiveComposer, library: Library) -> None:
    port = briefing("port", "The strike at Kelby began on 3 May.", "Nobody spoke of money.")
    answer = ask(composer, library, "When did the strike at Kelby begin, and how many ferries sank?", port)
    assert [s.text for s in answer.sentences] == ["The strike at Kelby began on 3 May."]
    assert answer.missing == "how many ferries sank?"


# -- who or what somebody or something is, a summary, a judgement, another language ----------------------

TALKS = briefing(
    "talks",
    "Kamel said that talks would go on. Egyptian intelligence chief Abbas Kamel met the PNRM in Doha.",
    "The PNRM, a body that coordinates aid, left with Hezbollah. PNRM staff were turned back.",
    "The mayor praised the plan for a truce as wise.",
)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Who is Abbas Kamel?", "Egyptian intelligence chief Abbas Kamel met the PNRM in Doha."),
        ("who is kamel", "Egyptian intelligence chief Abbas Kamel met the PNRM in Doha."),
        ("What is the PNRM?", "The PNRM, a body that coordinates aid, left with Hezbollah."),
        ("Is the plan for a truce fair?", "The mayor praised the plan for a truce as wise."),
    ],
)
def test_a_name_is_told_by_what_introduces_it_and_a_judgement_by_who_judges(
    composer: ExtractiveComposer, library: Library, question: str, told: str
) -> None:
    assert [s.text for s in ask(composer, library, question, TALKS).sentences] == [told]


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("What is Hezbollah?", "No sentence in the passages found says who or what “Hezbollah” is."),
        ("Who is Joe Biden?", "“Joe” and “Biden” stand in none of the passages on this subject."),
        ("Were the talks in Doha a mistake?", NO_OPINION.removeprefix(f"{REFUSAL} ")),
        ("Wer ist Abbas Kamel?", "The question does not seem to be in the language of the passages found."),
    ],
)
def test_why_a_question_of_these_is_refused(
    composer: ExtractiveComposer, library: Library, question: str, why: str
) -> None:
    answer = ask(composer, library, question, TALKS)
    assert (answer.abstained, answer.reason) == (True, f"{REFUSAL} {why}")


def test_a_summary_is_the_first_sentences_of_the_one_briefing(
    composer: ExtractiveComposer, library: Library
) -> None:
    answer = ask(composer, library, "summarize this briefing", TALKS)
    assert [s.text for s in answer.sentences] == [
        "Kamel said that talks would go on.",
        "The PNRM, a body that coordinates aid, left with Hezbollah.",
        "The mayor praised the plan for a truce as wise.",
    ]
    assert [(c.paragraph, c.verdict) for c in answer.citations] == [(1, "exact"), (2, "exact"), (3, "exact")]


def test_a_real_person_is_told_by_title(real: App) -> None:
    for question in ("Who is Antony Blinken?", "who is blinken"):
        answer = real.ask(question)
        assert "U.S. Secretary of State Antony Blinken" in answer.text


def test_deadlines_are_told_as_seen_from_the_newest_briefing(library: Library, scorer: EvidenceScorer) -> None:
    lease = briefing(
        "lease", "The lease was to be signed by 3 May.", "Holm has until 9 June to sign it.", title="The lease",
        published=date(2032, 5, 1),
    )  # fmt: skip
    composer = ExtractiveComposer(library, scorer, lambda: date(2032, 5, 20))
    answer = ask(composer, library, "what deadlines are there for the lease?", lease)
    assert [s.text for s in answer.sentences] == [
        "The lease was to be signed by 3 May.",
        "Holm has until 9 June to sign it.",
    ]
    assert answer.notices == ("Days before 20 May 2032, the date of the newest briefing, have passed.",)
    question = Standalone("upcoming deadlines for the lease", "upcoming deadlines for the lease")
    upcoming = composer.compose(question, [replace(hit, score=15.0) for hit in hits(lease)])
    assert [s.text for s in upcoming.sentences] == ["Holm has until 9 June to sign it."]
    later = ExtractiveComposer(library, scorer, lambda: date(2032, 7, 1)).compose(question, hits(lease))
    told = composer.compose(replace(question, told=upcoming.text), hits(lease))
    assert told.reason == NOTHING_LEFT
    assert later.reason == (
        "The briefings do not say. No such day is told. Counted from 1 July 2032, the date of the newest briefing."
    )
