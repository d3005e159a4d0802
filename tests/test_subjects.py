"""Which briefings are about a topic."""

from dataclasses import replace

import pytest

from rag.asking.question import read_question
from rag.briefings import Briefing
from rag.embedders import WordLlamaEmbedder
from rag.extract.candidates import Candidate
from rag.extract.matching import Matcher
from rag.extract.subjects import about, telling_around, telling_in
from rag.words.thesaurus import Thesaurus
from tests.toys import briefing

STRIKE = briefing("strike", "Dockers in Kelby walked out.", "They want 9 crowns.", title="Kelby strike begins")
BULLETIN = briefing(
    "bulletin",
    "Of 412 people with cholera nine died.",
    "The outbreak goes on. Wells are shut.",
    title="Cholera bulletin",
)
BEANS = briefing(
    "beans", "Typists worked late during the cholera epidemic of wells.", "Rain fell.", title="Ghost beans"
)


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(WordLlamaEmbedder(), Thesaurus("strike, walkout"))


def found(matcher: Matcher, topic: str, *, at_all: bool, some: tuple[Briefing, ...]) -> tuple[list[str], list[str]]:
    """The ids of the briefings about a topic, and the sentences of others."""
    candidates = [Candidate(one, p, p.start, p.end) for one in some for p in one.paragraphs]
    told, others = about(matcher.ask(read_question(f"About {topic}")), candidates, at_all)
    return [b.briefing_id for b in told], [c.text for group in others for c in group]


def test_titles_tell_what_a_briefing_is_about_and_else_sentences_that_hold_all(matcher: Matcher) -> None:
    every = (STRIKE, BULLETIN, BEANS)
    assert found(matcher, "the Kelby strike", at_all=False, some=every) == (["strike"], [])
    assert found(matcher, "rain", at_all=False, some=every) == ([], ["Rain fell."])


def test_half_of_a_topic_in_a_title_will_do_where_the_briefing_holds_it(matcher: Matcher) -> None:
    every = (STRIKE, BULLETIN, BEANS)
    wells = ["Typists worked late during the cholera epidemic of wells."]
    assert found(matcher, "the cholera wells", at_all=True, some=every) == (["bulletin"], [])
    assert found(matcher, "the cholera wells", at_all=False, some=every) == ([], wells)
    assert found(matcher, "the volcanic eruption", at_all=True, some=every) == ([], [])


def test_a_heading_tells_what_its_section_is_about(matcher: Matcher) -> None:
    some = tuple(replace(p, section=head) for p, head in zip(BEANS.paragraphs, ("Work", "Weather"), strict=True))
    beans = replace(BEANS, paragraphs=some)
    assert found(matcher, "the weather", at_all=True, some=(beans,)) == ([], ["Rain fell."])
    assert found(matcher, "the weather", at_all=False, some=(beans,)) == ([], ["Rain fell."])
    assert found(matcher, "the weather", at_all=False, some=(beans, STRIKE)) == ([], [])
    wet = replace(BEANS, paragraphs=tuple(replace(p, section="Weather and work") for p in BEANS.paragraphs))
    assert found(matcher, "the weather", at_all=False, some=(wet,)) == ([], [])  # of something else, too


def test_the_section_on_a_topic_of_the_only_briefing_is_meant_though_its_title_has_it(matcher: Matcher) -> None:
    some = tuple(replace(p, section=head) for p, head in zip(STRIKE.paragraphs, (None, "Strike"), strict=True))
    strike = replace(STRIKE, paragraphs=some)
    assert found(matcher, "the strike", at_all=False, some=(strike,)) == ([], ["They want 9 crowns."])
    assert found(matcher, "the strike", at_all=False, some=(strike, BEANS)) == (["strike"], [])


def test_a_title_in_the_words_of_the_topic_counts_more_than_one_in_others(matcher: Matcher) -> None:
    walkout = replace(BEANS, title="Walkout over beans")
    assert found(matcher, "the strike", at_all=True, some=(STRIKE, walkout)) == (["strike"], [])
    assert found(matcher, "the strike", at_all=True, some=(walkout,)) == (["beans"], [])


def test_without_a_topic_the_only_briefing_is_meant(matcher: Matcher) -> None:
    assert found(matcher, "", at_all=True, some=(STRIKE,)) == (["strike"], [])
    assert found(matcher, "", at_all=False, some=(STRIKE,)) == ([], [])
    assert found(matcher, "", at_all=True, some=(STRIKE, BEANS)) == ([], [])


def test_sentences_of_a_whole_briefing_and_of_the_paragraphs_of_some() -> None:
    assert [c.text for c in telling_in(BULLETIN)] == [
        "Of 412 people with cholera nine died.",
        "The outbreak goes on.",
        "Wells are shut.",
    ]
    second = BULLETIN.paragraphs[1]
    lead = briefing("lead", "The main points are these:", "Wages rise by 9 per cent.")
    assert [c.text for c in telling_in(lead)] == ["Wages rise by 9 per cent."]
    cut = Candidate(BULLETIN, second, second.start, second.start + len("The outbreak goes on."))
    assert [c.text for c in telling_around([cut])] == ["The outbreak goes on.", "Wells are shut."]


def test_a_briefing_that_begins_with_the_whole_topic_is_about_it_too(matcher: Matcher) -> None:
    port = briefing("port", "The Kelby strike emptied the quays.", "Rain fell.", title="Quiet quays")
    candidates = [Candidate(one, p, p.start, p.end) for one in (STRIKE, port) for p in one.paragraphs]
    told, _ = about(matcher.ask(read_question("About the Kelby strike")), candidates, at_all=True)
    assert [b.briefing_id for b in told] == ["strike", "port"]
