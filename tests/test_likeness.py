"""What two scored sentences have in common."""

from dataclasses import replace
from datetime import date

from rag.asking.question import read_question
from rag.briefings import Briefing
from rag.extract.candidates import Candidate
from rag.extract.evidence import Scored
from rag.extract.likeness import alike, are_twins, counts_the_same, date_of, is_older, same_subject, share_words
from rag.extract.surroundings import Surroundings
from rag.words.thesaurus import Thesaurus
from tests.toys import briefing


def told(whole: Briefing, *held: int) -> Scored:
    """The first paragraph of a briefing, which holds these words of a question."""
    paragraph = whole.paragraphs[0]
    candidate = Candidate(whole, paragraph, paragraph.start, paragraph.end)
    lost = Surroundings(read_question("Why?"), Thesaurus("")).lost(whole, paragraph)
    return Scored(candidate, 0.5, (), lost, held=frozenset(held))


STRIKE = told(briefing("a", "Some 3,400 dockers are on strike in Kelby.", title="Strike in Kelby"))
COUNT = told(briefing("b", "Only 2,600 dockers are on strike.", title="The strike, by the port"))
BUDGET = told(briefing("c", "Only 2,600 dockers are on strike.", title="Budget", published=date(2031, 5, 2)))


def test_words_in_common_are_counted_with_or_without_names() -> None:
    kelby = told(briefing("d", "Dockers of Kelby are back."))
    assert alike(STRIKE, COUNT) == 2  # dockers, strike
    assert alike(STRIKE, kelby) == 2  # dockers, Kelby
    assert alike(STRIKE, kelby, plain=True) == 1


def test_twins_have_hardly_a_word_that_the_other_has_not() -> None:
    assert are_twins(COUNT, BUDGET)
    assert not are_twins(STRIKE, told(briefing("e", "The strike is about pay, rosters and cranes.")))


def test_titles_say_whether_two_are_about_the_same_and_then_counts_may_differ() -> None:
    assert same_subject(STRIKE, COUNT)
    assert counts_the_same(STRIKE, COUNT)
    assert not same_subject(STRIKE, BUDGET)
    assert not counts_the_same(STRIKE, BUDGET)


def test_half_of_the_words_that_the_best_holds_are_to_be_held() -> None:
    best = replace(STRIKE, held=frozenset({0, 1, 2, 3}))
    assert share_words(replace(COUNT, held=frozenset({1, 3, 7})), best)
    assert not share_words(replace(COUNT, held=frozenset({1, 7})), best)
    assert not share_words(COUNT, STRIKE)  # neither holds any


def test_a_briefing_without_a_day_is_older_than_one_with_a_day() -> None:
    assert date_of(BUDGET) == date(2031, 5, 2)
    assert is_older(told(briefing("f", "Rain fell.", published=None)), BUDGET)
    assert not is_older(BUDGET, BUDGET)
