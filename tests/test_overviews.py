"""Requests for an overview of a topic, and which sentences give it."""

from dataclasses import replace
from datetime import date

import pytest

from rag.asking.overviews import overview_wanted, perhaps_wanted, searched_as
from rag.build import App
from rag.embedders import WordLlamaEmbedder
from rag.extract.candidates import Candidate
from rag.extract.matching import Matcher
from rag.extract.overviews import overview
from rag.extract.subjects import telling_in
from rag.words.thesaurus import Thesaurus
from tests.conftest import ROOT, fill
from tests.toys import briefing

OLD = briefing(
    "old", "Dockers in Kelby walked out.", "They want 9 crowns.", "Rain fell.",
    published=date(2032, 5, 3), title="Kelby strike begins",
)  # fmt: skip
NEW = briefing(
    "new", "The strike in Kelby ended.", "A mediator was sent, Runa Hask.",
    published=date(2032, 5, 9), title="Kelby strike over",
)  # fmt: skip
AGAIN = briefing(
    "again", "In Kelby the strike ended.", "Ships left.", published=date(2032, 5, 8), title="End of Kelby strike"
)
BANK = briefing(
    "bank", "The bank raised its rate.", "Fares rose.", "It watched the Kelby strike.",
    published=date(2032, 6, 1), title="Bank raises rate",
)  # fmt: skip
RAIL = briefing("rail", "The strike of Kelby’s railways goes on.", "Trains stopped.", title="No trains")
RAIN = briefing("rain", "Farms were busy.", "It rained over fields.", published=date(2032, 6, 2), title="Farms")


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(WordLlamaEmbedder(), Thesaurus("strike, walkout"))


@pytest.mark.parametrize(
    ("text", "topic", "in_order"),
    [
        ("Tell me about the Kelby strike", "Kelby strike", False),
        ("What do we know about the cable?", "cable", False),
        ("what else is known about the cable so far?", "cable", False),
        ("What do the briefings say about inflation?", "inflation", False),
        ("What's the situation in Kelby?", "Kelby", False),
        ("What is going on in Kelby", "Kelby", False),
        ("Give me a timeline of the talks, please", "talks", True),
        ("a short history of the accord", "accord", True),
        ("Please bring me up to speed on the strike.", "strike", False),
        ("Summarize the port strike", "port strike", False),
        ("Give me an overview of the demands", "demands", False),
        ("What are the key points of the budget?", "budget", False),
        ("explain the truce", "truce", False),
        ("What was the Hask Truce about?", "Hask Truce", False),
        ("What is Situation Report No. 5 about?", "Situation Report No. 5", False),
        ("What has the Courier written about the truce?", "truce", False),
        ("Tell me about the truce in two sentences, please.", "truce", False),
        ("Provide me with an overview of the truce", "truce", False),
        ("Give me everything you have got on the truce", "truce", False),
        ("Do you have any information on the truce?", "truce", False),
        ("Write a short report on the truce", "truce", False),
        ("Draft me a note on the truce", "truce", False),
        ("Tell me about the truce according to the Gazette", "truce", False),
        ("Tell me more about that (the truce)", "the truce", False),
        ("What's the latest on this (the truce)?", "the truce", False),
        ("What does the Gazette say (the truce)?", "the truce", False),
        ("Tell me about the “herring corridor”.", "herring corridor", False),
        ("Tell me more (Kelby, the strike)", "Kelby, the strike", False),
        ("Tell me more about the truce (Kelby)", "truce", False),
        ("and what else? (the strike)", "the strike", False),
        ("could you tell me a bit more about the strike?", "strike", False),
        ("Tell me what you know about the strike", "strike", False),
        ("what do we know so far about the strike", "strike", False),
        ("any updates on the strike?", "strike", False),
        ("latest on the strike", "strike", False),
        ("What's up with the cable?", "cable", False),
        ("fill me in on the ruling", "ruling", False),
        ("Main points of the budget?", "budget", False),
        ("Strike overview please", "Strike", False),
        ("drought timeline", "drought", True),
        ("How has the drought evolved over time?", "drought", True),
        ("as a timeline please (the drought)", "the drought", True),
        ("Summarise what happened in the strait", "strait", False),
        ("Compare what the Gazette and the Courier say about the ship", "ship", False),
    ],
)
def test_a_request_for_an_overview(text: str, topic: str, in_order: bool) -> None:
    wanted = overview_wanted(text)
    assert wanted is not None
    assert (wanted.topic.text, wanted.in_order) == (f"About {topic}", in_order)


@pytest.mark.parametrize(
    "text",
    [
        "Explain why the strike ended",
        "Tell me about who signed the accord",
        "Tell me about what is planned for the port",
        "What is the situation?",
        "Who wrote the summary?",
        "an overview please",
        "any updates?",
        "Tell me about it",
        "what is the quarrel about?",
        "How many updates?",
        "About how many people fled?",
        "How did the minister who resigned develop?",
        f"Tell me about the strike{' ' * 400}",
        "Tell me more",
        "Who tells more about the strike?",
        "What happened in Kelby?",
        "What does the history of the accord show?",
        "Tell me about the man with the red hat that he had bought in Kelby",
    ],
)
def test_another_question(text: str) -> None:
    assert overview_wanted(text) is None


@pytest.mark.parametrize(
    ("text", "searched"),
    [
        ("Can you draw up a chronology of the strikes, please?", "About strikes"),
        ("Catch me up on the talks (Kelby)", "About talks (Kelby)"),
        ("tell me more (Kelby, the strike)", "About Kelby, the strike"),
        ("What do the briefings say about rain?", "About rain"),
        ("What does the Gazette say about rain?", "What does the Gazette say about rain?"),
        ("Rain according to the Gazette", "Rain according to the Gazette"),
        ("Who signed it?", "Who signed it?"),
    ],
)
def test_a_request_is_searched_for_by_its_topic(text: str, searched: str) -> None:
    assert searched_as(text) == searched


def told(matcher: Matcher, text: str, *some: object, said: str = "", limited: bool = False) -> list[str]:
    """The sentences told, of candidates that are the paragraphs of some briefings."""
    wanted = overview_wanted(text)
    assert wanted is not None
    whole = [one for one in (OLD, NEW, AGAIN, BANK, RAIL, RAIN) if one in some]
    candidates = [Candidate(one, p, p.start, p.end) for one in whole for p in one.paragraphs]
    return [c.text for c in overview(wanted, candidates, matcher, said, limited=limited)]


def test_briefings_with_the_topic_in_their_titles_are_told_the_newest_first(matcher: Matcher) -> None:
    newest = ["The strike in Kelby ended.", "A mediator was sent, Runa Hask."]
    oldest = ["Dockers in Kelby walked out.", "They want 9 crowns."]
    assert told(matcher, "Tell me about the Kelby strike", OLD, NEW, BANK, RAIL) == [*newest, *oldest]
    assert told(matcher, "Timeline of the Kelby strike", OLD, NEW, BANK, RAIL) == [*oldest, *newest]


def test_of_two_that_begin_alike_the_newer_is_told(matcher: Matcher) -> None:
    assert told(matcher, "Tell me about the Kelby strike", AGAIN, NEW) == [
        "The strike in Kelby ended.",
        "A mediator was sent, Runa Hask.",
    ]


def test_else_the_sentences_that_tell_of_it(matcher: Matcher) -> None:
    assert told(matcher, "Tell me about the Kelby strike", BANK, RAIL) == [
        "It watched the Kelby strike.",
        "The strike of Kelby’s railways goes on.",
    ]
    assert told(matcher, "Tell me about Runa Hask", OLD, NEW) == ["A mediator was sent, Runa Hask."]
    assert told(matcher, "Tell me about unicorns", OLD, NEW, BANK) == []


def test_what_was_spoken_of_before_tells_which_briefings_are_meant(matcher: Matcher) -> None:
    assert told(matcher, "Tell me about rain", OLD, RAIN) == ["It rained over fields.", "Rain fell."]
    assert told(matcher, "Tell me about rain (Dockers)", OLD, RAIN) == ["Rain fell."]
    assert told(matcher, "Tell me about rain (unicorns)", OLD, RAIN) == ["It rained over fields.", "Rain fell."]


def test_what_somebody_says_is_told_by_briefings_that_name_him(matcher: Matcher) -> None:
    talks = briefing("talks", "Orin Vael met the board.", "Vael called the proposal fair.", title="A meeting")
    other = briefing("other", "The proposal is long.", "Ships left.", title="The proposal")
    wanted = perhaps_wanted("What did Orin Vael say about the proposal?")
    assert wanted is not None
    some = [Candidate(one, p, p.start, p.end) for one in (other, talks) for p in one.paragraphs]
    assert [c.text for c in overview(wanted, some, matcher)] == ["Vael called the proposal fair."]


def test_only_what_somebody_says_of_the_matter_is_told(matcher: Matcher) -> None:
    several = [
        "Rain fell in Kelby all day.",
        "Orin Vael said the toll is high.",
        "It hurts farmers.",
        "The port likes it.",
        "It is cheap.",
        "Vael, who farms, met the board.",
        "“The toll must go,” he said.",
        "Vael said that rain fell.",
    ]
    whole = briefing("toll", " ".join(several), title="News of the day")
    (p,) = whole.paragraphs
    starts = [whole.text.index(one) for one in several]
    some = [Candidate(whole, p, at, at + len(one)) for at, one in zip(starts, several, strict=True)]
    for request, numbers in [
        ("What did Orin Vael say about the toll?", [1, 6]),
        ("What did Orin Vael say about rain in Kelby?", [1, 6, 7]),  # all is on it
        ("What did Orin Vael say about bread?", []),
    ]:
        wanted = perhaps_wanted(request)
        assert wanted is not None
        assert [several.index(c.text) for c in overview(wanted, some, matcher)] == numbers


def test_where_some_say_it_in_the_words_asked_for_a_synonym_does_not_count(matcher: Matcher) -> None:
    left = briefing("left", "Men began a walkout.", "Rain fell.", title="Men leave")
    some = [Candidate(one, p, p.start, p.end) for one in (left, RAIL) for p in one.paragraphs]
    for text, said in [
        ("the strike", ["The strike of Kelby’s railways goes on."]),
        ("a walkout", ["Men began a walkout."]),
    ]:
        wanted = overview_wanted(f"Tell me about {text}")
        assert wanted is not None
        assert [c.text for c in overview(wanted, some, matcher)] == said


def test_a_title_that_is_named_with_its_number_is_meant_alone(matcher: Matcher) -> None:
    some = [replace(OLD, title="Notice No. 7: Strike"), replace(BANK, title="Recall Notice No. 7")]
    candidates = [Candidate(one, p, p.start, p.end) for one in some for p in one.paragraphs]
    for request, ids in [("What is Notice No. 7 about?", {"old"}), ("Summarize the notice", {"old", "bank"})]:
        wanted = overview_wanted(request)
        assert wanted is not None
        assert {c.briefing.briefing_id for c in overview(wanted, candidates, matcher)} == ids


def test_what_one_source_says_is_told_by_its_briefings(matcher: Matcher) -> None:
    gazette, none = replace(NEW, source="Aldry Gazette"), replace(AGAIN, source="")
    ark = replace(NEW, briefing_id="ark", source="The Ark")
    some = [Candidate(one, p, p.start, p.end) for one in (OLD, gazette, none, ark) for p in one.paragraphs]
    for who, ids in [
        ("The Ark", ["ark"]),
        ("the market", []),  # "ark" stands in it
        ("the Gazette", ["new"]),
        ("Aldry Gazette", ["new"]),
        ("both the Courier and the Gazette", ["new", "old"]),
        ("Aldry", []),
        ("Runa Hask", []),
    ]:
        wanted = overview_wanted(f"What does {who} say about the Kelby strike?")
        assert wanted is not None
        told = overview(wanted, some, matcher)
        assert list(dict.fromkeys(c.briefing.briefing_id for c in told)) == ids


def test_a_firm_says_also_what_its_name_and_the_company_say(matcher: Matcher) -> None:
    strike = briefing(
        "strike",
        "The strike began after talks with the operator, Dock Lines, broke down.",
        "The union wants 9 crowns.",
        "Dock Lines has offered 5 crowns.",
        "The company rejects a mediator.",
        title="Strike at Kelby",
    )
    candidates = [Candidate(strike, p, p.start, p.end) for p in strike.paragraphs]
    for who, said in [
        ("operator", ["Dock Lines has offered 5 crowns.", "The company rejects a mediator."]),
        ("union", ["The union wants 9 crowns."]),
    ]:
        wanted = overview_wanted(f"What are the {who}’s demands in the Kelby strike?")
        assert wanted is not None
        assert [c.text for c in overview(wanted, candidates, matcher)] == said


def test_one_briefing_alone_is_told_as_it_would_be_summarized(matcher: Matcher) -> None:
    assert told(matcher, "What do we know about the Kelby strike?", OLD) == [
        "Dockers in Kelby walked out.",
        "They want 9 crowns.",
        "Rain fell.",
    ]


def test_the_whole_way_from_a_request_to_cited_paragraphs(app: App) -> None:
    strike, drought = "economy-kelby-port-strike-", "land-drought-marl-valley-"
    for name in (f"{strike}day-nine.md", f"{strike}operator-figures.txt", "culture-tapestry-return-brehoule.md"):
        fill(app, ROOT / "evals" / "briefings" / name)
    for name in ("april.md", "june.md", "august.txt"):
        fill(app, ROOT / "evals" / "briefings" / f"{drought}{name}")
    for request, cited in [
        ("Tell me about the Kelby strike.", [f"{strike}operator-figures", f"{strike}day-nine"]),
        ("Give me a timeline of the drought.", [f"{drought}april", f"{drought}june", f"{drought}august"]),
        ("what's the latest on the tapestry?", ["culture-tapestry-return-brehoule"]),
        ("Tell me about the theft of the tapestry.", []),
        ("Tell me about the vote on the fields of herring.", []),
    ]:
        answer = app.ask(request)
        assert list(dict.fromkeys(c.briefing_id for c in answer.citations)) == cited
        assert answer.abstained == (not cited)
    first = app.ask("How many dock workers stayed away from the port of Kelby?")
    assert app.ask("Tell me more.", [first.question]).citations[0].briefing_id.startswith(strike)


def test_it_goes_on_with_what_was_not_said(matcher: Matcher) -> None:
    first = told(matcher, "Tell me about the Kelby strike", OLD, NEW)
    assert told(matcher, "Tell me about the Kelby strike", OLD, NEW, said=" ".join(first)) == ["Rain fell."]
    assert told(matcher, "Tell me about the Kelby strike", OLD, NEW, said=" ".join([*first, "Rain fell."])) == []


def test_among_a_few_a_briefing_need_not_be_about_all_of_a_topic(matcher: Matcher) -> None:
    assert told(matcher, "Tell me about the Kelby strike", BANK) == ["It watched the Kelby strike."]
    assert told(matcher, "Tell me about rain over farms", RAIN, limited=True) == [
        "Farms were busy.",
        "It rained over fields.",
    ]
    assert told(matcher, "Tell me about the Kelby strike", RAIN, limited=True) == []


def test_where_one_word_is_said_as_it_is_no_synonym_counts(matcher: Matcher) -> None:
    walkout = briefing("walkout", "The walkout goes on.", published=date(2032, 7, 1), title="Walkout in Aldry")
    wanted = overview_wanted("Tell me about the strike")
    assert wanted is not None
    some = [Candidate(one, p, p.start, p.end) for one in (NEW, walkout) for p in one.paragraphs]
    assert "The walkout goes on." not in [c.text for c in overview(wanted, some, matcher)]
    alone = [c for c in some if c.briefing is walkout]
    assert [c.text for c in overview(wanted, alone, matcher)] == ["The walkout goes on."]


QUAY = briefing(
    "quay", "The council wants a toll at the quay.", "Skippers in Kelby oppose it.", "Fares are against nobody.",
    "Rain fell.", published=date(2032, 5, 3), title="Quay",
)  # fmt: skip
HASK = briefing(
    "hask", "Runa Hask runs the harbour.", "“The toll is a theft,” Runa Hask said. It is raining, she added.",
    "The mayor accused Hask of greed over the toll.", published=date(2032, 5, 4), title="Toll at the quay",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("who opposes the toll?", ["Skippers in Kelby oppose it."]),
        ("who opposes the rain?", []),  # of which it is not told
        ("who supports the toll?", ["The council wants a toll at the quay."]),
        (
            "what did Runa Hask say about the toll?",
            ["“The toll is a theft,” Runa Hask said.", "It is raining, she added."],
        ),
        ("what did Holm say about the toll?", []),
    ],
)
def test_who_is_for_or_against_it_and_what_somebody_says(matcher: Matcher, text: str, sentences: list[str]) -> None:
    wanted = perhaps_wanted(text)
    assert wanted is not None
    candidates = [c for one in (QUAY, HASK) for c in telling_in(one)]
    assert [c.text for c in overview(wanted, candidates, matcher)] == sentences
