"""The path of a question: checked, completed, searched, composed, verified, timed."""

import asyncio
import json
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

import pytest
from llama_index.core.base.response.schema import Response

from rag.answers import Answer, Citation, Sentence
from rag.asking.followup import Standalone, Turn
from rag.asking.smalltalk import NO_QUESTION, which_of
from rag.briefings import Briefing, Hit, Scope
from rag.engine import CitedQueryEngine
from rag.errors import NotFoundError, UsageError
from rag.library import Library
from rag.llm.review import Elsewhere
from rag.mirrors import Mirrors
from rag.response import CitedResponse
from rag.retrieve import PlannedRetriever
from rag.storage import account
from rag.verify import CHANGED
from tests.toys import TOY, ToyEmbedder, briefing, put

ALPHA = briefing("alpha", "Nine ships left.", "The rain came later.", published=date(2032, 5, 3))
BETA = briefing("beta", "Ships carry bread.")


@dataclass
class QuotingComposer:
    """Quotes every passage whole; `lie` is put in place of the second quote."""

    lie: str | None = None
    silent_on: str = "\0"  # on questions with these words
    asked: list[Standalone] = field(default_factory=list)
    seen: list[Sequence[Hit]] = field(default_factory=list)

    def stream(self, question: Standalone, hits: Sequence[Hit], elsewhere: Elsewhere) -> Generator[Answer]:
        yield self.compose(question, hits)

    def compose(self, question: Standalone, hits: Sequence[Hit]) -> Answer:
        self.asked.append(question)
        self.seen.append(hits)
        if not hits or self.silent_on in question.text:
            return Answer(
                question.asked, question.text, abstained=True, reason="Nothing.", usage={"input_tokens": 5}
            )
        citations = []
        for number, hit in enumerate(hits[:2], start=1):
            p = hit.passage
            quote = self.lie if self.lie and number == 2 else hit.text
            citations.append(
                Citation(
                    number, p.briefing_id, hit.title, hit.published, hit.source, None, p.first_paragraph, quote,
                    p.start, p.end, "exact",
                )
            )  # fmt: skip
        sentences = tuple(Sentence(c.quote, (c.number,), "supported") for c in citations)
        return Answer(question.asked, question.text, sentences, tuple(citations), usage={"input_tokens": 7})


@pytest.fixture
def composer() -> QuotingComposer:
    return QuotingComposer()


@dataclass
class Parts:
    """What an engine is built from, beside its composer."""

    library: Library
    retriever: PlannedRetriever


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parts]:
    home = tmp_path_factory.mktemp("engine")
    library = Library.open(home / "library.sqlite3")
    put(library, ALPHA)
    put(library, BETA)
    mirrors = Mirrors(home, library, TOY)
    yield Parts(library, PlannedRetriever(library, mirrors, ToyEmbedder()))
    mirrors.close()
    library.close()


@pytest.fixture
def engine(parts: Parts, composer: QuotingComposer) -> CitedQueryEngine:
    return CitedQueryEngine(parts.library, parts.retriever, composer)


# -- the answer -----------------------------------------------------------------------------------------


def test_an_answer_is_timed_step_by_step(engine: CitedQueryEngine) -> None:
    answer = engine.answer("Which ships?")
    assert list(answer.timings_ms) == ["retrieve", "compose", "verify"]
    assert all(isinstance(ms, float) and ms >= 0 for ms in answer.timings_ms.values())


def test_a_question_asks_once_whether_the_library_has_changed(
    engine: CitedQueryEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.answer("How many ships left?")
    looked: list[str] = []
    ask = account.asked_quickly
    monkeypatch.setattr(account, "asked_quickly", lambda *asked: looked.append(asked[1]) or ask(*asked))
    assert engine.answer("How many ships left?").citations
    assert len(looked) == 1


def test_small_talk_is_searched_for_nowhere_and_no_follow_up_goes_on_about_it(
    engine: CitedQueryEngine, composer: QuotingComposer
) -> None:
    answer = engine.answer("Thanks, that was helpful!")
    assert (answer.abstained, answer.searched, answer.reason, composer.asked) == (True, False, NO_QUESTION, [])
    assert list(answer.timings_ms) == ["retrieve", "compose", "verify"]
    engine.answer("And in Kelby?", ["Which ships left Aldry?", "How was your weekend?"])
    assert "ships" in composer.asked[0].text
    assert "weekend" not in composer.asked[0].text


def test_more_passages_are_read_for_a_name(
    engine: CitedQueryEngine, parts: Parts, composer: QuotingComposer
) -> None:
    put(parts.library, briefing("many", *(f"In Kelby ships {number}." for number in range(30))))
    try:
        for question in ("Who is Kelby?", "what is kelby", "Who is Kelby and who left?", "Who left Kelby?"):
            engine.answer(question)
        assert [len(hits) for hits in composer.seen] == [20, 20, 20, 10]
    finally:
        parts.library.remove(["many"])


def test_the_briefings_are_counted_as_far_as_the_limits_go(engine: CitedQueryEngine) -> None:
    asked = "How many briefings are there?"
    for scope, told in ((None, "The library holds 2 briefings."), (Scope(("beta",)), "1 briefing lies within")):
        assert (engine.answer(asked, scope=scope).reason or "").startswith(told)


def test_what_the_library_holds_is_told_without_a_search(
    engine: CitedQueryEngine, composer: QuotingComposer
) -> None:
    held = "Briefings with “ships”, in any form of the word, in their text or its headings: "
    alpha, beta = "“About alpha” · Courier · 3 May 2032", "“About beta” · Courier"
    answer = engine.answer("Hello, which briefings mention ships?")
    assert (answer.abstained, answer.searched, answer.sentences, composer.asked) == (True, False, (), [])
    assert answer.reason == f"{held}2 of 2.\nNewest first:\n{alpha}\n{beta}"
    limited = engine.answer("which briefings mention ships?", scope=Scope(("beta",)))
    assert limited.reason == f"{held}1 of 1 within the limits.\n{beta}"
    with pytest.raises(NotFoundError):
        engine.answer("which briefings mention ships?", scope=Scope(("beta", "nobody")))


def test_a_follow_up_to_what_the_library_holds_goes_on_about_it(
    engine: CitedQueryEngine, composer: QuotingComposer
) -> None:
    answer = engine.answer("and the rain?", ["Which briefings mention the bread?"])
    assert answer.standalone_question == "Which briefings mention the rain?"
    assert (answer.reason or "").endswith("1 of 2.\n“About alpha” · Courier · 3 May 2032")
    assert (answer.searched, composer.asked) == (False, [])
    answer = engine.answer("Which is the oldest?", ["Which briefings mention the bread?", "and the rain?"])
    assert (answer.reason or "").endswith("The oldest:\n“About alpha” · Courier · 3 May 2032")
    assert (answer.searched, composer.asked) == (False, [])
    engine.answer("And when did it come?", ["Which briefings mention the rain?"])
    assert "the rain" in composer.asked[0].text


def test_a_misspelt_name_is_asked_for_as_the_briefings_spell_it_and_told(
    engine: CitedQueryEngine, parts: Parts, composer: QuotingComposer
) -> None:
    put(parts.library, briefing("accord", "Dario Venn of Maravel signed.", "A ship of Maravel came."))
    composer.silent_on = "Vennn"
    try:
        answer = engine.answer("When did Dario Vennn sign?")
        assert (answer.abstained, answer.notices) == (False, ())
        assert (answer.question, answer.standalone_question) == (
            "When did Dario Vennn sign?",
            "When did Dario Venn sign?",
        )
        assert answer.usage == {"input_tokens": 12}  # of both
        composer.silent_on = "?"
        assert engine.answer("Did Dario Vennn?").standalone_question == "Did Dario Venn?"
        assert engine.answer("What did Maravvel say?").reason == "Nothing. Did you mean “Maravel”?"
        assert engine.answer("What did Quillhaven say?").reason == "Nothing."
        none = engine.answer("Which briefings mention Maravvel?").reason or ""
        assert none.endswith(": none of 3. Did you mean “Maravel”?")
    finally:
        parts.library.remove(["accord"])


def test_what_is_summarized_is_the_briefing_that_is_named_or_the_only_one(
    engine: CitedQueryEngine, composer: QuotingComposer
) -> None:
    engine.answer("What is “About beta” about?")
    engine.answer("Give me a summary of the briefing about alpha")
    engine.answer("summarize", scope=Scope(("beta",)))
    engine.answer("What is this briefing about?", [Turn("Which ships?", "Nine ships left.", ("alpha",))])
    engine.answer("Give me an overview of ships")  # of which any may tell
    cited = [{hit.passage.briefing_id for hit in hits} for hits in composer.seen]
    assert cited == [{"beta"}, {"alpha"}, {"beta"}, {"alpha"}, {"alpha", "beta"}]
    assert composer.asked[4].text == "Give me an overview of ships"
    assert composer.asked[2] == Standalone("summarize", "What is “About beta” about?")


def test_a_summary_of_nothing_that_is_named_asks_which(engine: CitedQueryEngine, composer: QuotingComposer) -> None:
    for text in ("summarize", "What is “About gamma” about?"):
        assert (engine.answer(text).reason, composer.asked) == (which_of(2), [])
    assert engine.answer("Summarize this briefing", [Turn("Which?", "Nine.", ("alpha", "beta"))]).abstained
    assert not engine.answer("Summarize the briefing about bread on Mars").abstained  # asked as any question
    engine.answer("Give me a summary", [Turn("Which ships left?", "Nine ships.", ("alpha", "beta"))])
    assert composer.asked[-1].text == "Give me a summary (ships)"


def test_only_the_last_ten_questions_are_remembered(engine: CitedQueryEngine, composer: QuotingComposer) -> None:
    for others in (9, 10):
        engine.answer("And in Kelby?", ["Which ships left Aldry?", *["Thanks!"] * others])
    assert ["ships" in asked.text for asked in composer.asked] == [True, False]


def test_a_greeting_is_no_part_of_a_question(engine: CitedQueryEngine, composer: QuotingComposer) -> None:
    answer = engine.answer("Hi there, which ships left?")
    assert answer.question == composer.asked[0].asked == "Hi there, which ships left?"
    assert composer.asked[0].text == answer.standalone_question == "which ships left?"
    engine.answer("And in Kelby?", ["Hello, which ships left Aldry?"])
    assert "ships" in composer.asked[1].text
    assert "Hello" not in composer.asked[1].text


def test_the_composer_gets_the_passages_best_first(engine: CitedQueryEngine, composer: QuotingComposer) -> None:
    engine.answer("rain")
    assert composer.seen[0][0].text == "The rain came later."


def test_a_follow_up_is_searched_with_what_it_points_back_to(
    engine: CitedQueryEngine, composer: QuotingComposer
) -> None:
    answer = engine.answer("And why?", ["Where was the rain?"])
    assert composer.asked == [Standalone("And why?", "Why was the rain?", ("rain",))]
    assert (answer.question, answer.standalone_question) == ("And why?", "Why was the rain?")
    assert composer.seen[0][0].text == "The rain came later."


def test_a_follow_up_that_finds_nothing_is_asked_as_typed(
    engine: CitedQueryEngine, composer: QuotingComposer
) -> None:
    composer.silent_on = "(the rain)"
    answer = engine.answer("Which ships left?", ["Where was the rain?"])
    assert [asked.text for asked in composer.asked] == ["Which ships left (the rain)?", "Which ships left?"]
    assert (answer.standalone_question, answer.abstained) == ("Which ships left?", False)
    assert answer.usage == {"input_tokens": 12}  # of both
    composer.silent_on = "ships"
    answer = engine.answer("Which ships left?", ["Where was the rain?"])
    assert (answer.standalone_question, answer.abstained) == ("Which ships left (the rain)?", True)


def test_an_earlier_answer_says_who_she_is(engine: CitedQueryEngine, composer: QuotingComposer) -> None:
    engine.answer("Does she like rain?", ["Who came?", Turn("Who came?", "Dame Ysolde Karrin came.")])
    assert composer.asked[0].text == "Does Dame Ysolde Karrin like rain?"


def test_a_scope_limits_what_is_searched(engine: CitedQueryEngine, composer: QuotingComposer) -> None:
    engine.answer("Which ships?", scope=Scope(("beta",)))
    assert {hit.passage.briefing_id for hit in composer.seen[0]} == {"beta"}
    with pytest.raises(NotFoundError):
        engine.answer("Which ships?", scope=Scope(("nobody",)))


def test_a_briefing_that_is_removed_while_it_is_told_of_is_no_error(
    engine: CitedQueryEngine, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    titles = parts.library.briefing

    def gone(briefing_id: str) -> Briefing:
        return titles(f"{briefing_id}-gone")

    monkeypatch.setattr(parts.library, "briefing", gone)
    answer = engine.answer("What's new?")
    assert (answer.abstained, answer.reason) == (True, CHANGED)
    with pytest.raises(NotFoundError):
        engine.answer("What's new?", scope=Scope(("nobody",)))


def test_what_a_composer_makes_up_does_not_get_through(engine: CitedQueryEngine, composer: QuotingComposer) -> None:
    composer.lie = "Ten ships sank."
    answer = engine.answer("ships rain")
    assert len(answer.sentences) == len(answer.citations) == 1
    assert "sank" not in answer.text
    assert answer.notices
    assert "verify" in answer.timings_ms


# -- LlamaIndex -----------------------------------------------------------------------------------------


def test_a_query_gives_a_llama_index_response_with_the_answer(engine: CitedQueryEngine) -> None:
    response = engine.query("Where was the rain?")
    assert isinstance(response, Response)
    assert isinstance(response, CitedResponse)
    assert str(response) == response.answer.text
    assert "The rain came later. [1]" in str(response)
    assert {c.quote for c in response.answer.citations} == {n.node.get_content() for n in response.source_nodes}
    assert json.loads(json.dumps(response.metadata))["citations"][0]["published"] == "2032-05-03"


def test_only_cited_passages_are_source_nodes(engine: CitedQueryEngine, composer: QuotingComposer) -> None:
    response = engine.query("ships rain bread")
    assert isinstance(response, CitedResponse)
    assert len(composer.seen[0]) == 3
    assert len(response.source_nodes) == len(response.answer.citations) == 2


def test_an_abstention_is_a_response_without_sources(engine: CitedQueryEngine) -> None:
    response = engine.query("Any volcano?")
    assert isinstance(response, CitedResponse)
    assert response.answer.abstained
    assert str(response) == "Nothing."
    assert response.source_nodes == []


def test_a_query_can_be_awaited(engine: CitedQueryEngine) -> None:
    async def two() -> list[str]:
        found = await asyncio.gather(engine.aquery("Where was the rain?"), engine.aquery("Any volcano?"))
        return [str(response) for response in found]

    assert asyncio.run(two()) == [str(engine.query("Where was the rain?")), "Nothing."]


def test_a_query_without_words_is_refused_there_too(engine: CitedQueryEngine) -> None:
    with pytest.raises(UsageError):
        engine.query("?")


def test_a_short_question_whose_words_lead_to_what_the_talk_is_about_is_asked_as_typed(
    engine: CitedQueryEngine, composer: QuotingComposer
) -> None:
    engine.answer("Who carries the bread?", [Turn("Where was the rain?", "It came later.", ("alpha", "beta"))])
    assert composer.asked[0].text == "Who carries the bread?"
