"""What the surroundings of a sentence hold of a question, and what they lack."""

from dataclasses import replace
from datetime import date

from rag.asking.question import read_question
from rag.embedders import WordLlamaEmbedder
from rag.extract.matching import Matcher
from rag.extract.surroundings import Lost, Surroundings, strengths_around
from rag.words.thesaurus import Thesaurus
from tests.toys import briefing

PORT = briefing(
    "port",
    "Dockers struck on Wednesday.",
    "In June 250 of them left Kelby.",
    published=date(2031, 5, 22),
    title="Aldry",
)


def lost(text: str, paragraph: int = 0) -> Lost:
    return Surroundings(read_question(text), Thesaurus("")).lost(PORT, PORT.paragraphs[paragraph])


def test_a_name_may_stand_anywhere_in_the_briefing() -> None:
    assert lost("Why did dockers strike in Kelby and Aldry?").names == ()
    assert lost("Why did the Courier write of dockers?").names == ()  # the source
    assert lost("Why did dockers strike in Sennet?").missing == ("Sennet",)


def test_a_number_must_stand_in_the_paragraph_or_above_it() -> None:
    assert lost("Why did 250 leave?", 1).numbers == ()
    assert lost("Why did 250 leave?", 0).numbers == ("250",)


def test_two_thirds_tell_of_no_second_quarter() -> None:
    sales = briefing("sales", "Sales fell by two thirds.", "In the second three months sales fell.")
    asked = Surroundings(read_question("How far did sales fall in the second quarter?"), Thesaurus(""))
    assert [asked.lost(sales, p).numbers for p in sales.paragraphs] == [("2",), ()]


def test_a_span_may_be_told_in_another_unit() -> None:
    strike = briefing("strike", "A 24-hour strike began.", "A two-day strike began.")
    asked = Surroundings(read_question("Who began the one-day strike?"), Thesaurus(""))
    assert [asked.lost(strike, p).numbers for p in strike.paragraphs] == [(), ("1",)]
    asked = Surroundings(read_question("Who began the 48-hour strike?"), Thesaurus(""))
    assert [asked.lost(strike, p).numbers for p in strike.paragraphs] == [("48",), ()]


def test_a_day_is_reported_up_to_two_days_later() -> None:
    for day, gone in ((22, ()), (21, ()), (20, ()), (19, ("19",)), (23, ("23",))):
        assert lost(f"Who struck on {day} May?").numbers == gone
    assert lost("Who struck on 21 June?", 1).numbers == ("21",)  # it was published in May


def test_one_of_several_months_is_enough() -> None:
    assert lost("Who left in June or July?", 1).times == ()
    assert lost("Who left in July or August?", 1).times == ("July", "August")
    assert lost("Who left in May?", 1).times == ()  # the date of publication
    assert lost("Who struck on Wednesday?").times == ()
    assert lost("Who struck on Monday?").times == ("Monday",)


def test_a_number_that_looks_like_a_year_may_be_written_otherwise() -> None:
    crowd = briefing("crowd", "2,000 left.", "Nobody left.")
    asked = Surroundings(read_question("Why did 2000 people leave?"), Thesaurus(""))
    assert [asked.lost(crowd, p).times for p in crowd.paragraphs] == [(), ("2000",)]


def test_short_paragraphs_go_on_about_the_year_long_past_that_a_story_is_in() -> None:
    cup = briefing(
        "cup",
        "The cup of 2019 was played in Kelby.",
        "Orr fell in the final.",
        "It was stopped.",
        "In 2021 Aldry won.",
        "Holm wept.",
        published=date(2031, 5, 22),
    )
    asked = Surroundings(read_question("Why was the final stopped in 2019?"), Thesaurus(""))
    assert [asked.lost(cup, p).kind for p in cup.paragraphs] == [None, None, None, "number", "number"]
    for published in (date(2020, 5, 22), None):  # last year is still in the news
        soon = replace(cup, briefing_id=f"cup of {published}", published=published)
        assert asked.lost(soon, soon.paragraphs[1]).kind == "number"


def test_what_stands_above_a_paragraph_is_its_heading() -> None:
    asked = Matcher(WordLlamaEmbedder(), Thesaurus("")).ask(read_question("What of aldry?"))
    paragraph, heading = strengths_around(asked, [(PORT, p) for p in PORT.paragraphs])
    assert heading.tolist() == [[1.0], [1.0]]
    below = replace(
        PORT, title="", paragraphs=(replace(PORT.paragraphs[0], section="In aldry"), PORT.paragraphs[1])
    )
    assert strengths_around(asked, [(below, p) for p in below.paragraphs])[1].tolist() == [[1.0], [0.0]]
    assert paragraph.shape == (2, 1)
    assert paragraph.max() < 1


def test_a_paragraph_holds_what_its_sentences_hold_together() -> None:
    strike = briefing("strike", "Dockers left. They want pay.", "Rain.")
    asked = Matcher(WordLlamaEmbedder(), Thesaurus("")).ask(read_question("Why do dockers want pay?"))
    paragraph, _ = strengths_around(asked, [(strike, strike.paragraphs[0])] * 2)
    assert paragraph.tolist() == [[1.0, 1.0, 1.0]] * 2


def test_a_question_without_names_numbers_and_times_loses_nothing() -> None:
    nothing = lost("Why did dockers strike?")
    assert nothing.kind is None
    assert nothing.missing == ()


def test_what_is_lost_may_be_asked_for_word_by_word() -> None:
    some = lost("Why did 250 strike in Sennet and Kelby in July?")
    assert some.missing == ("Sennet", "250", "July")
    assert some.kind == "name"
    assert all(some.lacks(word) for word in ("Sennet", "250", "July"))
    assert not any(some.lacks(word) for word in ("Kelby", "7", "June"))


def test_last_and_next_year_are_years() -> None:
    ports = briefing(
        "ports", "Last year 400 came.", "Next year 900 will.", "Now 500 come.", published=date(2032, 5, 1)
    )
    for year, gone in (("2031", [False, True, True]), ("2033", [True, False, True]), ("2030", [True, True, True])):
        asked = Surroundings(read_question(f"How many came in {year}?"), Thesaurus(""))
        lost_ = [asked.lost(ports, p) for p in ports.paragraphs]
        assert [bool(one.numbers) for one in lost_] == [bool(one.times) for one in lost_] == gone
    undated = briefing("undated", "Last year 400 came.")
    asked = Surroundings(read_question("How many came in 2031?"), Thesaurus(""))
    assert asked.lost(undated, undated.paragraphs[0]).times == ("2031",)


def test_a_number_that_tells_which_one_is_meant_may_stand_anywhere_in_the_briefing() -> None:
    wreck = briefing("wreck", "A crane fell on Quay 4 in the second round, killing 9.", "The driver died.")
    for question, gone in (
        ("Who died at Quay 4?", ()),
        ("Who died in the second round?", ()),
        ("Who died in the second shouting round?", ()),
        ("Who died in the second half?", ("2",)),
        ("Who died at Quay 5?", ("5",)),
        ("Who died in the third round?", ("3",)),
        ("Who died when 9 were killed?", ("9",)),
        ("Who paid Quay 4.5 crowns?", ("4.5",)),
    ):
        asked = Surroundings(read_question(question), Thesaurus(""))
        assert asked.lost(wreck, wreck.paragraphs[1]).numbers == gone
