"""The numbers that speak for a sentence, worked out by hand on small briefings."""

from datetime import date

import numpy as np
import pytest

from rag.briefings import Briefing
from rag.candidates import Candidate
from rag.embedders import WordLlamaEmbedder
from rag.features import FEATURES, NOTHING, Examined, examine
from rag.matching import Matcher
from rag.question import read_question
from rag.thesaurus import Thesaurus
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
    assert len(found.unfit) == len(found.untold) == 3


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


def test_an_event_is_missed_only_where_it_is_taken_for_a_fact(matcher: Matcher) -> None:
    assert seen(matcher, "When did Kelby strike?").untold.tolist() == [False, True, True]
    assert not seen(matcher, "What did Kelby do?").untold.any()


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
