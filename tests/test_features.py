"""The numbers that speak for a sentence, worked out by hand on small briefings."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from rag.asking.question import read_question
from rag.briefings import Briefing
from rag.embedders import WordLlamaEmbedder
from rag.extract.candidates import Candidate
from rag.extract.features import FEATURES, NOTHING, Examined, examine
from rag.extract.matching import Matcher
from rag.words.thesaurus import Thesaurus
from tests.toys import briefing

PORT = briefing(
    "port",
    "Dockers at Kelby strike over pay.",
    "They number 250.",
    "Rain fell in Aldry.",
    title="Kelby port",
)


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(WordLlamaEmbedder(), Thesaurus("abducted, kidnapped"))


def seen(matcher: Matcher, question: str, whole: Briefing = PORT) -> Examined:
    """Each paragraph as one candidate, with the one before it."""
    texts = ["", *map(whole.words_of, whole.paragraphs)]
    some = [Candidate(whole, p, p.start, p.end, 2.5, texts[i]) for i, p in enumerate(whole.paragraphs)]
    asked = read_question(question)
    return examine(asked, some, matcher.ask(asked))


def column(found: Examined, name: str) -> list[float]:
    return [float(value) for value in found.table[:, FEATURES.index(name)]]


def test_there_is_a_row_a_candidate_and_a_row_for_nothing(matcher: Matcher) -> None:
    found = seen(matcher, "How many dockers strike?")
    assert found.table.shape == (3, len(FEATURES))
    assert found.nothing.shape == (len(NOTHING),)
    assert np.isfinite(found.table).all()
    assert len(found.unfit) == len(found.eventless) == 3


def test_shares_are_of_the_words_asked_for(matcher: Matcher) -> None:
    found = seen(matcher, "Why do dockers strike at Kelby?")
    assert column(found, "plain")[0] == column(found, "exact_plain")[0] == 1.0  # "dockers", "strike"
    assert column(found, "named") == [1.0, 0.0, 0.0]
    assert column(found, "near")[0] == 1.0
    assert column(found, "plain_below_best")[0] == column(found, "exact_below_best")[0] == 0.0
    assert max(column(found, "plain_below_best")[1:]) < 0
    assert column(found, "gain_heading")[0] == 0.0  # it holds everything itself
    assert column(found, "gain_heading")[2] > 0.0  # "Kelby" stands in the title


def test_the_sentence_before_counts_in_the_context(matcher: Matcher) -> None:
    context = column(seen(matcher, "How many dockers strike?"), "context_below_best")
    assert context[0] == 0.0
    assert context[1] > context[2]


def test_a_synonym_is_near_but_not_exact(matcher: Matcher) -> None:
    found = seen(matcher, "Who was kidnapped?", briefing("one", "Nine dockers were abducted."))
    assert column(found, "plain") == pytest.approx([0.9])
    assert column(found, "exact_plain") == [0.0]


def test_a_number_is_missed_only_where_one_is_asked_for(matcher: Matcher) -> None:
    assert seen(matcher, "How many dockers strike?").unfit.tolist() == [True, False, True]
    assert not seen(matcher, "Why do dockers strike?").unfit.any()
    assert column(seen(matcher, "How many dockers strike?"), "number_fits")[1] > 0
    quarter = briefing("one", "A quarter of the dockers have no car.")
    assert not seen(matcher, "How many dockers have no car?", quarter).unfit.any()
    assert column(seen(matcher, "How many dockers have no car?", quarter), "number_fits") == [0.1]
    half = briefing("one", "Half of the 300 dockers left.")
    assert column(seen(matcher, "How many dockers left?", half), "number_fits") == [1.0]


def test_who_is_told_by_a_sentence_or_the_one_before_it(matcher: Matcher) -> None:
    found = seen(
        matcher, "Who is the mayor?", briefing("one", "The mayor is Eda Holm.", "She is ill.", "It rained.")
    )
    assert found.unfit.tolist() == [False, False, True]


def test_a_time_counts_by_how_much_of_the_question_is_near_it(matcher: Matcher) -> None:
    whole = briefing("one", "Dockers struck on 3 May.", "Dockers rest on 9 June.", "It rained.", title="News")
    fits = column(seen(matcher, "When did the dockers strike?", whole), "time_fits")
    assert fits[0] == 1.0
    assert fits[0] > fits[1] > 0
    assert fits[2] == 0.0


def test_what_is_still_to_come_is_marked_where_it_was_asked_for_as_past(matcher: Matcher) -> None:
    whole = briefing("one", "The council is to vote in May.", "The council voted.")
    assert column(seen(matcher, "How did the council vote?", whole), "to_come") == [1.0, 0.0]
    assert column(seen(matcher, "How will the council vote?", whole), "to_come") == [0.0, 0.0]


def test_names_side_by_side_stand_so_in_a_briefing(matcher: Matcher) -> None:
    assert column(seen(matcher, "Who left the Kelby Port?"), "named_whole") == [1.0] * 3  # its title
    assert column(seen(matcher, "Who left the Aldry Port?"), "named_whole") == [0.0] * 3
    assert column(seen(matcher, "Who left Aldry and Kelby?"), "named_whole") == [1.0] * 3  # not side by side


def test_what_the_next_sentence_adds(matcher: Matcher) -> None:
    (paragraph,) = briefing("one", "Dockers left.").paragraphs
    one = Candidate(briefing("one", "Dockers left."), paragraph, 0, paragraph.end, after="They want pay.")
    asked = read_question("Do dockers want pay?")
    gain = column(examine(asked, [one, replace(one, after="")], matcher.ask(asked)), "gain_after")
    assert gain[0] > 0
    assert gain[1] == 0.0


def test_an_event_is_missed_only_where_it_is_taken_for_a_fact(matcher: Matcher) -> None:
    assert seen(matcher, "When did Kelby strike?").eventless.tolist() == [False, True, True]
    assert not seen(matcher, "What did Kelby do?").eventless.any()
    synonym = briefing("one", "In Kelby they were abducted.")
    assert not seen(matcher, "When was Kelby kidnapped?", synonym).eventless.any()


def test_what_no_candidate_holds_is_lost(matcher: Matcher) -> None:
    found = seen(matcher, "How do dockers cook lasagne?")
    lost = [
        w.written
        for w, gone in zip(read_question("How do dockers cook lasagne?").subject, found.lost, strict=True)
        if gone
    ]
    assert "dockers" not in lost
    assert found.nothing[NOTHING.index("lost")] > 0
    assert found.nothing[NOTHING.index("open")] == 1.0


def test_a_question_without_words_has_all_features(matcher: Matcher) -> None:
    for question in ("?", "7", "Who?", "KELBY"):
        assert np.isfinite(seen(matcher, question).table).all(), question


def test_briefings_are_recent_or_not_where_it_is_asked_how_things_stand_now(matcher: Matcher) -> None:
    days = date(2031, 5, 2), date(2031, 6, 1), date(2031, 9, 1), None
    tolls = [briefing(f"toll{i}", "The toll is 81 dead.", published=day) for i, day in enumerate(days)]
    some = [Candidate(b, p, p.start, p.end) for b in tolls for p in b.paragraphs]
    for question in ("What is the toll now?", "What is the latest toll?", "Has the toll risen?"):
        found = examine(read_question(question), some, matcher.ask(read_question(question)))
        assert column(found, "recent") == [0.0, 0.5, 1.0, 0.5]  # one without a day lies in the middle
        assert column(found, "newest") == [0.0, 0.0, 1.0, 0.0]
    then = read_question("What was the toll in May?")
    assert not any(column(examine(then, some, matcher.ask(then)), "recent"))
    now = read_question("What is the toll now?")
    assert not any(column(examine(now, some[:1], matcher.ask(now)), "newest"))  # there is no other to be later than


def test_the_first_paragraph_leads_but_the_first_row_of_a_table_does_not(matcher: Matcher) -> None:
    first, *rest = PORT.paragraphs
    table = replace(PORT, paragraphs=(replace(first, kind="table_row"), *rest))
    assert column(seen(matcher, "Who strikes?"), "lead") == [1.0, 0.0, 0.0]
    assert column(seen(matcher, "Who strikes?", table), "lead") == [0.0, 0.0, 0.0]


@pytest.mark.parametrize(
    ("question", "nothing_like_it"),
    [
        ("Who kidnapped the envoy?", [True, False, True]),  # "abducted"
        ("When was the envoy kidnapped?", [True, False, True]),
        ("Who abducted the envoy?", [True, False, True]),
        ("Who kidnapped the abducted envoy?", [True, True, True]),  # no word stands for two
        ("Who took over from the envoy?", [False, False, False]),  # may be told in many ways
        ("What is the envoy?", [False, False, False]),
    ],
)
def test_who_did_something_is_told_by_no_sentence_without_anything_like_the_deed(
    matcher: Matcher, question: str, nothing_like_it: list[bool]
) -> None:
    told = briefing("envoy", "The envoy likes fish.", "Ada Oram abducted the envoy in May.", "The envoy is old.")
    assert seen(matcher, question, told).open.tolist() == nothing_like_it
