"""Which scored sentences make the answer."""

from dataclasses import replace
from datetime import date

import pytest

from rag.asking.question import read_question
from rag.briefings import Briefing
from rag.extract.candidates import Candidate
from rag.extract.choice import (
    DOUBTFUL,
    LEAST,
    LEAST_BESIDE,
    LEAST_OF_BEST,
    LEAST_OF_TWO,
    MOST,
    SHARE,
    SHARE_OF_STEP,
    SHARE_OF_TWIN,
    choose,
)
from rag.extract.evidence import Scored
from rag.extract.joint import Part
from rag.extract.surroundings import Surroundings
from rag.words.thesaurus import Thesaurus
from tests.toys import briefing


def one(candidate: Candidate, probability: float) -> Scored:
    """It with its probability; nothing is lost around it."""
    around = Surroundings(read_question("Why?"), Thesaurus(""))
    return Scored(candidate, probability, (), around.lost(candidate.briefing, candidate.paragraph))


def scored(whole: Briefing, *probabilities: float) -> list[Scored]:
    """One paragraph after the other, each with its probability."""
    return [
        one(Candidate(whole, p, p.start, p.end), probability)
        for p, probability in zip(whole.paragraphs, probabilities, strict=True)
    ]


def chosen(*probabilities: float) -> list[float]:
    talks = briefing("talks", *["Talks began.", "Rain fell.", "Ships left.", "Bread rose."][: len(probabilities)])
    return [s.probability for s in choose([Part(read_question("Why?"), scored(talks, *probabilities))]).chosen]


def told(question: str, *some: Scored) -> list[str]:
    return [s.candidate.text for s in choose([Part(read_question(question), some)]).chosen]


def test_the_best_is_chosen_and_those_that_come_close_to_it() -> None:
    close, far = 0.9 * SHARE + 0.01, 0.9 * SHARE - 0.01
    assert chosen(far, 0.9, close) == [0.9, close]


def test_of_two_unlikely_ones_only_the_best_is_told() -> None:
    likely, unlikely = LEAST_OF_TWO + 0.01, LEAST_OF_TWO - 0.01
    assert chosen(likely, likely, 0.0) == [likely, likely]
    assert chosen(unlikely, unlikely - 0.001, 0.01) == [unlikely]


def test_what_is_less_likely_than_not_is_doubtful_but_for_a_list_that_is_asked_for() -> None:
    talks = briefing("talks", "Talks began.", "Rain fell.", "Ships left.")

    def doubtful(*probabilities: float, listed: bool = False) -> bool:
        some = scored(talks, *probabilities)
        return choose([Part(read_question("Why?"), some, tuple(some[:1]) if listed else ())]).doubtful

    assert not doubtful(DOUBTFUL, 0.2, 0)
    assert doubtful(DOUBTFUL - 0.01, 0.2, 0)
    assert not doubtful(DOUBTFUL - 0.01, 0.2, 0, listed=True)
    assert not doubtful(0, 0, 0)  # no answer


def test_one_that_says_nearly_the_same_need_not_come_so_close() -> None:
    ships = briefing("ships", "Nine ships left Aldry.", "Ten ships left Aldry harbour.", "Rain fell.")
    close = 0.9 * SHARE_OF_TWIN + 0.01
    assert told("Why?", *scored(ships, 0.9, close, 0)) == [
        "Nine ships left Aldry.",
        "Ten ships left Aldry harbour.",
    ]
    assert told("Why?", *scored(ships, 0.9, close - 0.02, 0)) == ["Nine ships left Aldry."]
    assert told("Why?", *scored(ships, 0.9, 0, close)) == ["Nine ships left Aldry."]


def test_never_more_than_a_few_are_chosen() -> None:
    assert chosen(*[0.9] * (MOST + 2)) == [0.9] * MOST


def test_nothing_is_chosen_when_nothing_is_probable() -> None:
    assert chosen() == chosen(0.0) == chosen(0.0, 0.0) == []


def test_sentences_are_probable_together() -> None:
    assert chosen(LEAST, 0.0) == [LEAST]
    assert chosen(LEAST - 0.01, 0.0) == []
    assert chosen(LEAST - 0.2, 0.19, 0.02) == [LEAST - 0.2]


def test_nothing_is_chosen_where_all_are_as_improbable_as_each_other() -> None:
    many = [one(s.candidate, LEAST_OF_BEST) for s in scored(MAY, 0.0, 0.0) * 4]
    assert len(told("What is the toll?", *many)) > 0
    assert told("What is the toll?", *[replace(s, probability=LEAST_OF_BEST - 0.01) for s in many]) == []


def test_every_part_has_its_best_and_a_part_without_one_is_named() -> None:
    talks = briefing("talks", "Talks began.", "Talks ended.", "It rained.")
    first, second, third = (read_question(q) for q in ("When?", "Who?", "Why?"))
    parts = [
        Part(first, scored(talks, 0.9, 0.1, 0.1)),
        Part(second, scored(talks, 0.1, 0.8, 0.1)),
        Part(third, scored(talks, 0.0, 0.0, 0.0)),
    ]
    choice = choose(parts)
    assert [s.candidate.text for s in choice.chosen] == ["Talks began.", "Talks ended."]
    assert choice.unanswered == (third,)


def test_a_sentence_that_answers_two_parts_is_chosen_once() -> None:
    talks = briefing("talks", "Talks began.", "Talks ended.")
    parts = [Part(read_question(q), scored(talks, 0.9, 0.1)) for q in ("When?", "Who?")]
    assert len(choose(parts).chosen) == 1


MAY = briefing(
    "first", "The toll is 81 dead so far.", "The man who was freed is Jory Pell.", published=date(2031, 5, 22)
)
JUNE = briefing("second", "The toll is 90 dead.", published=date(2031, 6, 1))


@pytest.mark.parametrize(
    ("correction", "wrong", "kept"),
    [
        ("The toll is 18 dead, not 81.", 0, False),
        ("We wrote that 81 had died; the right toll is 18.", 0, False),
        ("Our report of 22 May said that 81 had died, a toll that was too high.", 0, False),
        ("The man who was freed is Jory Pellow, not Jory Pell.", 1, False),
        ("The toll is 18 dead, not 80.", 0, True),  # another value is called wrong
        ("The toll is 18 dead.", 0, True),
    ],
)
def test_what_a_later_briefing_corrects_is_not_told(correction: str, wrong: int, kept: bool) -> None:
    later = scored(briefing("later", correction, published=date(2031, 5, 24)), 0.7)[0]
    stale = scored(MAY, 0.8, 0.8)[wrong]
    answer = told("What is the toll?", later, stale)
    assert (stale.candidate.text in answer) == kept
    assert correction in answer


def test_a_number_of_thousands_is_corrected_as_a_whole() -> None:
    stale = scored(briefing("first", "The toll is 1,340 dead so far.", published=date(2031, 5, 22)), 0.8)[0]
    later = briefing("later", "The toll is 1,430 dead, not 1,340.", published=date(2031, 5, 24))
    assert told("What is the toll?", scored(later, 0.7)[0], stale) == ["The toll is 1,430 dead, not 1,340."]


def test_an_earlier_briefing_corrects_nothing() -> None:
    earlier = scored(briefing("earlier", "The toll is 18 dead, not 81.", published=date(2031, 5, 1)), 0.5)[0]
    assert "The toll is 81 dead so far." in told("What is the toll?", earlier, scored(MAY, 0.8, 0.1)[0])


def test_older_and_newer_briefings_are_both_told() -> None:
    answer = told("What is the toll?", scored(MAY, 0.8, 0.0)[0], scored(JUNE, 0.7)[0])
    assert answer == ["The toll is 81 dead so far.", "The toll is 90 dead."]


def test_a_development_is_told_by_one_sentence_of_each_briefing_the_oldest_first() -> None:
    first = scored(briefing("first", "The toll is 81.", "It rose to 81."), 0.3, 0.2)
    answer = told("How did the toll change from May to June?", scored(JUNE, 0.8)[0], *first)
    assert answer == ["The toll is 81.", "The toll is 90 dead."]


def test_a_step_in_much_the_same_words_may_be_improbable_beside_the_best() -> None:
    april = briefing("april", "Sarn Reservoir is at 61 per cent.", published=date(2031, 4, 1))
    june = briefing(
        "june", "No rain fell.", "Sarn Reservoir was at 44 per cent on Sunday.", published=date(2031, 6, 1)
    )
    best, dry, step = scored(april, 0.9)[0], *scored(june, 0.1, 0.03)
    question = "How has the level of Sarn Reservoir changed between April and June?"
    assert told(question, best, dry, step) == [best.candidate.text, step.candidate.text]
    assert told(question, best, dry, replace(step, probability=0.01)) == [best.candidate.text]


def test_a_day_that_was_wrong_is_not_taken_for_another_day() -> None:
    later = briefing("later", "The deadline for an appeal is 3 July, not 30 July.", published=date(2031, 5, 24))
    june = briefing("june", "Blasting must stop by 30 June.", published=date(2031, 5, 22))
    july = briefing("july", "The appeal has its deadline on 30 July.", published=date(2031, 5, 22))
    correction = scored(later, 0.5)[0]
    assert "Blasting must stop by 30 June." in told("When?", correction, scored(june, 0.8)[0])
    assert told("When?", correction, scored(july, 0.8)[0]) == [correction.candidate.text]


def test_sources_that_disagree_are_both_told() -> None:
    day = briefing("day", "The union says 3,400 dockers are on strike.", published=date(2031, 5, 21), source="Wire")
    next_day = briefing("next", "The port says 2,600 dockers are on strike.", published=date(2031, 5, 22))
    week = briefing("week", "The port says 2,600 dockers are on strike.", published=date(2031, 5, 29))
    same = briefing(
        "same", "The port says 2,600 dockers are on strike.", published=date(2031, 5, 22), source="Wire"
    )
    question, best = "How many dockers are on strike?", scored(day, 0.9)[0]
    assert len(told(question, best, scored(next_day, 0.1)[0])) == 2
    assert len(told(question, best, scored(week, 0.1)[0])) == 1  # it may have changed since
    assert len(told(question, best, scored(same, 0.1)[0])) == 1
    agreed = briefing("agreed", "The port says 3,400 dockers are on strike.", published=date(2031, 5, 22))
    assert len(told(question, best, scored(agreed, 0.1)[0])) == 1


def test_sources_that_disagree_in_other_words_are_both_told_when_their_titles_are_about_the_same() -> None:
    day = date(2031, 5, 21)
    wire = briefing("wire", "Eleven people were hurt.", title="Crane falls", published=day, source="Wire")
    post = briefing("post", "The injured are 14.", title="The fall of a crane", published=day, source="Post")
    other = briefing("other", "The injured are 14.", title="Budget", published=day, source="Post")
    question, hurt = "How many people were hurt?", frozenset({1})
    best = replace(scored(wire, 0.6)[0], held=hurt)
    assert len(told(question, best, replace(scored(post, 0.1)[0], held=hurt))) == 2
    assert len(told(question, best, replace(scored(other, 0.1)[0], held=hurt))) == 1
    assert len(told(question, best, replace(scored(post, 0.04)[0], held=hurt))) == 1
    assert len(told(question, best, scored(post, 0.1)[0])) == 1  # it may tell of anything else of the crane


def test_counts_that_differ_are_both_told_in_whatever_words() -> None:
    day = date(2031, 5, 21)
    wire = briefing("wire", "Kelby saw all 143 passengers brought ashore.", published=day, source="Wire")
    post = briefing(
        "post", "We saw 151 passengers climb up.", "We met 40 passengers.", published=day, source="Post"
    )
    best, other, few = scored(wire, 0.6)[0], *scored(post, 0.01, 0.02)
    question = "How many passengers were on the ship off Kelby?"
    assert told(question, best, few, other) == [best.candidate.text, other.candidate.text]
    assert told("Who was on the ship off Kelby?", best, few, other) == [best.candidate.text]
    assert told("How many passengers were on the ship?", best, other) == [best.candidate.text]  # or on another
    titled = [replace(s.candidate.briefing, title="The ship off Kelby") for s in (best, other)]
    alike = [
        replace(s, candidate=replace(s.candidate, briefing=whole))
        for s, whole in zip((best, other), titled, strict=True)
    ]
    assert len(told("How many passengers were on the ship?", *alike)) == 2


def test_what_an_older_briefing_leaves_open_does_not_disagree() -> None:
    monday, tuesday = date(2031, 5, 19), date(2031, 5, 20)
    named = briefing("named", "The minister Jo Felde named Ysolde Karrin mediator.", published=tuesday, source="A")
    open_ = briefing("open", "The minister Jo Felde has not named a mediator.", published=monday, source="B")
    late = briefing("late", "The minister Jo Felde has not named a mediator.", published=tuesday, source="A")
    denied = briefing("denied", "The minister Jo Felde named Bo Tarr mediator.", published=monday, source="B")
    best = scored(named, 0.9)[0]
    assert len(told("Has a mediator been named?", best, scored(open_, 0.1)[0])) == 1
    assert len(told("Has a mediator been named?", best, scored(denied, 0.1)[0])) == 2
    assert len(told("Has a mediator been named?", scored(late, 0.9)[0], scored(denied, 0.1)[0])) == 2


def test_a_newer_briefing_without_a_value_of_its_own_overtakes_nothing() -> None:
    old = "The Basin Trade Bank lends the Link Company 900 million."
    may = scored(briefing("may", old, published=date(2031, 5, 2)), 0.9)[0]
    for text, best in (
        ("The Basin Trade Bank did not comment on the Link Company.", old),
        ("The Basin Trade Bank lends the Link Company 800 million.", None),
    ):
        june = scored(briefing("june", text, published=date(2031, 6, 1)), 0.3)[0]
        assert told("What does the bank lend?", may, june) == [best or text]


def test_how_things_are_now_a_newer_count_tells_in_whatever_words() -> None:
    may = briefing(
        "may", "The new ward, of 60 beds, is open.", title="Cholera, week 22", published=date(2031, 5, 2)
    )
    july = briefing("july", "There are 140 beds left.", title="Cholera, week 27", published=date(2031, 7, 2))
    other = briefing("other", "There are 140 beds left.", title="Furniture", published=date(2031, 7, 2))
    best = scored(may, 0.9)[0]
    now, then = "How many beds are there now?", "How many beds are there?"
    assert told(now, best, scored(july, 0.05)[0]) == ["There are 140 beds left."]
    assert told(now, best, scored(other, 0.05)[0]) == [best.candidate.text]
    assert told(then, best, scored(july, 0.05)[0]) == [best.candidate.text]


def test_a_correction_overtakes_at_once() -> None:
    old, new = "Nine polling stations in Cajun vote again.", "Six polling stations in Cajun vote again."
    first = scored(briefing("first", old, published=date(2031, 5, 2)), 0.9)[0]
    for title, answer in (("Correction to our report", [new]), ("The vote", [old])):
        later = scored(briefing("later", new, title=title, published=date(2031, 5, 3), source="Wire"), 0.3)[0]
        assert told("How many stations vote?", first, later)[: len(answer)] == answer


def test_a_time_on_the_clock_is_no_count() -> None:
    first = scored(
        briefing("first", "The Kelby crane fell at 15:40, hurting 14.", published=date(2031, 5, 2)), 0.8
    )[0]
    shops = briefing("shops", "The Kelby crane yard shuts at noon instead of 14:00.", published=date(2031, 5, 9))
    assert told("When did it fall?", first, scored(shops, 0.1)[0]) == [first.candidate.text]


def test_a_much_newer_briefing_in_the_same_words_takes_the_place_of_the_older() -> None:
    old, new = (
        "The toll of the Tessel floods stands at 81 dead.",
        "The toll of the Tessel floods stands at 90 dead.",
    )
    may = scored(briefing("may", old, published=date(2031, 5, 2)), 0.9)[0]
    june = scored(briefing("june", new, published=date(2031, 6, 1)), 0.3)[0]
    assert told("What is the toll of the floods?", may, june) == [new]
    assert told("What was the toll of the floods in May?", may, june) == [old]
    assert told("What was the first toll of the floods?", may, june) == [old]
    newest, older = scored(june.candidate.briefing, 0.9)[0], scored(may.candidate.briefing, 0.3)[0]
    assert told("What is the toll of the floods?", newest, older) == [new]


def test_two_sentences_with_the_same_names_need_not_tell_the_same() -> None:
    old = "Lena Ortiz thinks that Bo Tarr is a bad mayor."
    may = scored(briefing("may", old, published=date(2031, 5, 2)), 0.9)[0]
    new = "Lena Ortiz and Bo Tarr came to the Harbour Ball."
    june = scored(briefing("june", new, published=date(2031, 6, 1)), 0.3)[0]
    assert told("What did Lena Ortiz say of Bo Tarr?", may, june) == [old]


def test_what_stands_beside_the_answer_to_another_part_needs_less() -> None:
    talks = briefing("talks", "Talks began.", "Rain fell.", "Ships left.", "Bread rose.")
    why, who = read_question("Why?"), read_question("Who?")

    def both(*second: float) -> tuple[list[str], int]:
        choice = choose([Part(why, scored(talks, 0.9, 0, 0, 0)), Part(who, scored(talks, *second))])
        return [s.candidate.text for s in choice.chosen], len(choice.unanswered)

    assert both(0, LEAST_BESIDE, 0, 0) == (["Talks began.", "Rain fell."], 0)
    assert both(0, LEAST_BESIDE - 0.01, 0, 0) == (["Talks began."], 1)
    assert both(0, 0, LEAST_BESIDE, 0) == (["Talks began."], 1)  # two paragraphs away
    assert told("Why?", *scored(talks, LEAST_BESIDE, 0, 0, 0)) == []  # the only part


@pytest.mark.parametrize(
    ("behind", "probability", "told_too"),
    [
        ("It is heard by judges.", 0.01, True),
        ("Judges hear it.", 0.01, True),
        ("Judges hear it.", 0.004, False),
        ("It is heard by judges.", 0.0, False),
    ],
)
def test_where_a_part_is_answered_best_by_what_is_chosen_what_stands_near_it_tells_more(
    behind: str, probability: float, told_too: bool
) -> None:
    whole = briefing("rules", f"An objection is free. {behind}")
    (paragraph,) = whole.paragraphs
    first = Candidate(whole, paragraph, 0, 21, after=behind)
    second = Candidate(whole, paragraph, 22, 22 + len(behind), before=first.text)

    def part(question: str, other: float) -> Part:
        return Part(read_question(question), [one(first, 0.9), one(second, other)])

    choice = choose([part("Is it free?", 0.0), part("Who hears it?", probability)])
    assert [s.candidate.text for s in choice.chosen] == [first.text, *([behind] if told_too else [])]
    assert [s.candidate for s in choose([part("Who hears it?", probability)]).chosen] == [first]


def test_when_it_is_asked_how_things_are_now_a_newer_briefing_needs_hardly_be_likely() -> None:
    old, new = (
        "So far 2,310 houses are listed as badly damaged.",
        "In all 2,475 houses were listed as badly damaged.",
    )
    february = scored(briefing("february", old, published=date(2036, 2, 17)), 0.97)[0]
    march = scored(briefing("march", new, published=date(2036, 3, 5)), 0.02)[0]
    assert told("How many houses are currently listed as damaged?", february, march) == [new]
    assert told("How many houses are listed as damaged?", february, march) == [old]


def test_a_list_that_is_asked_for_is_told_instead_of_a_sentence() -> None:
    lead, rain = scored(briefing("steps", "Three steps follow.", "Rain fell."), 0.1, 0.9)
    (only,) = choose([Part(read_question("Which steps follow?"), [lead, rain], [lead])]).chosen
    assert only is lead


def test_under_a_title_of_the_same_things_a_step_may_be_less_near() -> None:
    question = "How has the school developed since the flood?"
    first = briefing("one", "It is shut.", title="Aldry school", published=date(2031, 4, 1))
    again = briefing("two", "Pupils returned.", title="Aldry school", published=date(2031, 6, 1))
    other = briefing("three", "Pupils returned.", title="Ferries", published=date(2031, 6, 1))
    best = scored(first, 0.9)[0]
    near = 0.9 * SHARE_OF_STEP + 0.001
    assert told(question, best, *scored(again, near)) == ["It is shut.", "Pupils returned."]
    assert told(question, best, *scored(other, near)) == ["It is shut."]


def test_what_another_source_says_is_not_told_where_it_is_asked_what_one_says() -> None:
    gazette = briefing("gazette", "Some 2,600 dockers walked out.", source="Gazette", title="Dockers")
    courier = briefing("courier", "Some 3,400 dockers walked out.", title="Dockers")
    some = (*scored(gazette, 0.6), *scored(courier, 0.3))
    assert len(told("How many dockers walked out?", *some)) == 2
    assert told("How many dockers walked out according to the company?", *some) == [gazette.text]
