"""Requests for what the newest, or some, briefings tell, and the answer that is put together from each of them."""

from collections.abc import Generator, Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from rag.answers import Answer, Sentence
from rag.asking.followup import Standalone, Turn
from rag.asking.smalltalk import which_of
from rag.briefings import Hit, Scope
from rag.engine import CitedQueryEngine
from rag.finding.digests import Digest, about_topics, digest_wanted, digested
from rag.library import Library
from rag.mirrors import Mirrors
from rag.retrieve import PlannedRetriever
from rag.verify import citation_of
from tests.toys import TOY, ToyEmbedder, briefing, put

DOCK = briefing(
    "dock", "Dockers left.", "They want 9 crowns.", "Rain fell.", published=date(2032, 5, 3), title="Docks"
)
MINE = briefing("mine", "The mine shut.", published=date(2032, 6, 8), source="Gazette", title="Mine")
TOLL = briefing("toll", "The toll rose.", published=date(2032, 6, 9), source="Gazette", title="Toll")
DRY = briefing("dry", "No rain fell.", published=date(2031, 6, 9), title="Dry")


@pytest.mark.parametrize(
    ("text", "digest"),
    [
        ("Summarize the latest briefing", Digest("the latest briefing")),
        ("Please give me a short summary of the two newest briefings.", Digest("the two newest briefings")),
        ("What is the newest briefing about?", Digest("the newest briefing")),
        ("what are the briefings from May 2032 about", Digest("the briefings from May 2032")),
        ("What's in the last briefing from the Courier?", Digest("the last briefing from the Courier")),
        ("What does the latest briefing say?", Digest("the latest briefing")),
        ("What does the latest briefing say about the strike?", Digest("the latest briefing", "the strike")),
        ("And what is the oldest one about?", Digest("the oldest one")),
        ("what's new?", Digest("the three newest briefings")),
        ("What is the latest news?", Digest("the three newest briefings")),
        ("Any news?", Digest("the three newest briefings")),
        ("anything new?", Digest("the three newest briefings")),
        ("Are there any updates?", Digest("the three newest briefings")),
        ("show me the latest", Digest("the three newest briefings")),
        ("what was the oldest about?", Digest("the oldest")),
        ("Summarize all of them", Digest("all of them")),
        ("What's it about?", Digest("it")),
        ("What do they say about rain?", Digest("they", "rain")),
        # one that is named otherwise, and questions of fact
        ("Summarize this briefing", None),
        ("Summarize the briefing about the strike", None),
        ("What is “The latest briefing” about?", None),
        ("What is new in the budget?", None),
        ("What is the latest on the strike?", None),
        ("What happened on 3 May?", None),
        ("What happened last year in Kelby?", None),
        ("Who gave the last briefing?", None),
        ("What was the briefing on Monday about?", None),
    ],
)
def test_a_request_for_what_some_briefings_tell(text: str, digest: Digest | None) -> None:
    assert digest_wanted(text) == digest


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library.open(tmp_path / "library.sqlite3")
    for one in (DOCK, MINE, TOLL, DRY):
        put(library, one)
    yield library
    library.close()


class Quoting:
    """Tells each sentence of the briefings that were found, of which only those with rain answer "rain"."""

    def stream(self, question: Standalone, hits: Sequence[Hit], elsewhere: object) -> Generator[Answer]:
        whole = {one.briefing_id: one for one in (DOCK, MINE, TOLL, DRY)}
        found = sorted({hit.passage.briefing_id for hit in hits})
        told = [(whole[i], p) for i in found for p in whole[i].paragraphs]
        if "rain" in question.text:
            told = [(b, p) for b, p in told if "ain fell" in b.words_of(p)]
        cited = tuple(citation_of(b, p, p.start, p.end, number=n) for n, (b, p) in enumerate(told, 1))
        said = tuple(Sentence(c.quote, (c.number,), "supported") for c in cited)
        yield Answer(question.asked, question.text, said, cited, abstained=not said, usage={"calls": 1})


@pytest.fixture
def engine(library: Library, tmp_path: Path) -> Iterator[CitedQueryEngine]:
    mirrors = Mirrors(tmp_path / "mirrors", library, TOY)
    yield CitedQueryEngine(library, PlannedRetriever(library, mirrors, ToyEmbedder()), Quoting())
    mirrors.close()


def test_the_newest_briefing_is_told_whole_and_named(engine: CitedQueryEngine) -> None:
    answer = engine.answer("what does the latest briefing say?")
    assert (answer.text, answer.standalone_question) == ("The toll rose. [1]", "What is “Toll” about?")
    assert answer.question == "what does the latest briefing say?"


def test_of_several_the_first_sentences_are_told_one_briefing_after_the_other(engine: CitedQueryEngine) -> None:
    answer = engine.answer("Summarize the three newest briefings")
    assert answer.text == "The toll rose. [1] The mine shut. [2] Dockers left. [3] They want 9 crowns. [4]"
    assert [c.briefing_id for c in answer.citations] == ["toll", "mine", "dock", "dock"]
    assert (answer.standalone_question, answer.usage) == (answer.question, {"calls": 3})
    old = engine.answer("Summarize the two oldest briefings")
    assert [c.briefing_id for c in old.citations] == ["dry", "dock", "dock"]


def test_which_ones_is_read_like_any_question_about_the_library(engine: CitedQueryEngine) -> None:
    of_the_gazette = engine.answer("What are the briefings from the Gazette about?")
    assert [c.briefing_id for c in of_the_gazette.citations] == ["toll", "mine"]
    yesterday = engine.answer("What happened yesterday?")  # counted from the newest briefing
    assert [c.briefing_id for c in yesterday.citations] == ["mine"]
    earlier = [Turn("Which briefings are from the Gazette?")]
    assert engine.answer("What is the oldest one about?", earlier).text == "The mine shut. [1]"
    all_of_them = engine.answer("What are they about?", earlier)
    assert [c.briefing_id for c in all_of_them.citations] == ["toll", "mine"]
    newest = [Turn("What is the newest briefing?")]
    assert engine.answer("Summarize it", newest).citations[0].briefing_id == "toll"
    assert engine.answer("Summarize them").reason == which_of(4)  # where nothing was told of
    in_june = engine.answer("What happened in June 2032?")
    assert [c.briefing_id for c in in_june.citations] == ["toll", "mine"]
    within = engine.answer("What's new?", scope=Scope(("dry",)))
    assert [c.briefing_id for c in within.citations] == ["dry"]


def test_what_there_is_none_of_is_said_so(engine: CitedQueryEngine) -> None:
    none = engine.answer("Summarize the latest briefing about gold")
    assert none.abstained
    assert none.reason is not None
    assert none.reason.startswith("Briefings with “gold”")
    assert none.reason.endswith(": none of 4.")


def test_what_some_say_about_something_is_asked_of_them_alone(engine: CitedQueryEngine) -> None:
    assert engine.answer("What does the oldest briefing say about rain?").text == "No rain fell. [1]"
    assert engine.answer("What does the newest briefing say about rain?").abstained


def test_more_than_five_are_counted_and_a_silent_one_is_left_out(library: Library) -> None:
    def answered(asked: Standalone, scope: Scope) -> Generator[tuple[Answer, list[Hit]]]:
        silent = scope.briefing_ids == ("toll",)
        said = () if silent else (Sentence(f"On {scope.briefing_ids[0]}.", (), "supported"),)
        yield Answer(asked.asked, asked.text, said, abstained=silent, usage={"calls": 1}), []

    ids = ("toll", "mine", "toll", "dock", "dry", "dock")
    *_, (last, _) = digested(Standalone("Any news?", "Any news?"), Digest("x"), ids, library, answered)
    assert [s.text for s in last.sentences] == ["On mine.", "On dock.", "On dry."]
    assert last.notices == ("The first 5 of 6 briefings are told.",)
    assert last.usage == {"calls": 5}
    assert not last.abstained


def test_a_digest_is_no_topic_but_the_one_briefing_it_told_is(library: Library) -> None:
    plain = Turn("Who left?", "Dockers left.", ("dock",))
    one = Turn("Summarize the latest briefing", "The toll rose.", ("toll",))
    several = Turn("What's new?", "The toll rose. The mine shut.", ("toll", "mine"))
    said = Turn("What does the latest briefing say about rain?", "No rain fell.", ("dry",))
    questions = [turn.question for turn in about_topics([plain, one, several, said], library)]
    assert questions == ["Who left?", "What is “Toll” about?", "What is said about rain?"]


def test_a_question_after_a_digest_is_asked_of_what_it_told(engine: CitedQueryEngine) -> None:
    one = Turn("Summarize the latest briefing", "The toll rose.", ("toll",))
    assert "Toll" in engine.answer("And why?", [one]).standalone_question
    several = Turn("What's new?", "The toll rose. The mine shut.", ("toll", "mine"))
    assert engine.answer("Who left?", [several]).standalone_question == "Who left?"
