"""A question that points back is put in words again; one that stands by itself is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answers import Answer, Citation, Sentence
from rag.asking.followup import Standalone, Turn, as_turn, as_typed, standalone, turn_of
from tests.toys import PROPERTY

ACCORD = Turn("How many monitors does the Quillhaven Accord provide for?", "The accord provides for 84 monitors.")


def understood(question: str, *earlier: str | Turn) -> str:
    return standalone(question, [as_turn(e) for e in earlier]).text


@pytest.mark.parametrize(
    ("question", "earlier", "text"),
    [
        ("and in Haifa?", "How many people were killed in Tel Aviv?", "How many people were killed in Haifa?"),
        ("and in Gaza?", "how many people were killed?", "how many people were killed in Gaza?"),
        ("what about March?", "How did the committee vote in April?", "How did the committee vote in March?"),
        ("And Qatar?", "Will Blinken visit Egypt?", "Will Blinken visit Qatar?"),
        ("and doctors?", "What should patients do?", "What should doctors do?"),
        ("and herring?", "What is the cod quota for 2032?", "What is the herring quota for 2032?"),
        ("and the year before?", "What is the cod quota for 2032?", "What is the cod quota for 2031?"),
        ("and the month after?", "What fell in December?", "What fell in January?"),
    ],
)
def test_a_changed_part_takes_the_place_of_the_old_one(question: str, earlier: str, text: str) -> None:
    assert understood(question, earlier) == text


@pytest.mark.parametrize(
    ("question", "earlier", "text"),
    [
        ("Why?", "Did Netanyahu reject the proposal?", "Why did Netanyahu reject the proposal?"),
        ("when was that?", "Did Egypt open the border?", "When did Egypt open the border?"),
        ("where?", "How many people were killed in May?", "Where were people killed in May?"),
        ("why?", "Tell me about the floods", "why (the floods)?"),
        ("how many died?", "a summary of the floods", "how many died (the floods)?"),
        ("why?", "Which crossings reopen in May?", "Which crossings reopen in May, and why?"),
        ("by whom?", "Who was appointed mediator?", "Who was appointed mediator, and by whom?"),
        ("and on what date?", "How many posts were vacant?", "How many posts were vacant, and on what date?"),
        ("who else?", "Who criticised the accord?", "Who else criticised the accord?"),
        ("and the third one?", "Which crossings reopen?", "Which crossings reopen, and the third one?"),
        ("and how many dead?", "What caused the crane collapse?", "how many dead (the crane collapse)?"),
        ("and the company?", "What do the miners demand?", "What do the company demand (the miners)?"),
        ("back to the rail strike: who leads it?", "How many died in May?", "who leads the rail strike?"),
        ("what about the budget: is it balanced?", "How many died in May?", "is the budget balanced?"),
    ],
)
def test_a_piece_of_a_question_asks_the_last_one_again(question: str, earlier: str, text: str) -> None:
    assert understood(question, earlier) == text


@pytest.mark.parametrize(
    ("question", "earlier", "text"),
    [
        ("When was it signed?", "Who mediated the truce?", "When was the truce signed?"),
        ("who leads them?", ACCORD, "who leads the monitors (Quillhaven Accord)?"),
        ("How many of them are armed?", ACCORD, "How many of the monitors are armed (Quillhaven Accord)?"),
        ("What does its annex say?", "How long is the Hask Treaty?", "What does the Hask Treaty’s annex say?"),
        ("What went wrong there?", "How many people live in Port Hale?", "What went wrong in Port Hale?"),
        ("Who voted then?", "What changed in February?", "Who voted in February?"),
        ("what did she demand?", "What did Prime Minister Corvane say?", "what did Prime Minister Corvane demand?"),
    ],
)
def test_what_points_back_is_put_in_words(question: str, earlier: str | Turn, text: str) -> None:
    assert understood(question, earlier).replace("the Quillhaven", "Quillhaven") == text


def test_somebody_whom_only_the_answer_names_is_found_there() -> None:
    earlier = Turn("Who was appointed mediator?", "Mr. Felde on Thursday appointed Dame Ysolde Karrin as mediator.")
    assert understood("when does she meet both sides?", earlier) == (
        "when does Dame Ysolde Karrin meet both sides (mediator)?"
    )
    assert understood("when does she meet both sides?", Turn(earlier.question)).startswith("when does she meet")


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("who will be chief executive?", "who will be chief executive (Union Credit, the merger)?"),
        ("has any regulator agreed?", "has any regulator agreed (Union Credit, the merger)?"),
        (
            "How many jobs vanished?",
            "How many jobs vanished (Union Credit, the merger)?",
        ),  # not the last one, and this
        ("did Dunmarch agree?", "did Dunmarch agree (Union Credit, the merger)?"),
    ],
)
def test_a_question_that_says_too_little_is_told_the_topic(question: str, text: str) -> None:
    assert understood(question, "What price does the merger put on Union Credit?") == text


@pytest.mark.parametrize(
    "question",
    [
        "What does Hamas demand in return?",
        "Is it true that Iran fired missiles?",
        "Which vaccines are available in the camps of the valley?",
        "Did Netanyahu say they would withdraw?",
        "Which ship was carrying barley when it was shot at?",
        "Who wants compensation for their trawling grounds?",
        "Are there concerns about polio?",
        "And what did Dr. Halvard say after the second round?",
        "Thanks. How many seats does the coalition hold in Maravel?",
        "What is the cost of the tunnel repair?",
        "How many soldiers are helping (the Tessel floods)?",
    ],
)
def test_a_question_that_names_its_own_subject_is_left_as_it_is(question: str) -> None:
    earlier = Turn("What did Blinken announce about the plan?", "Blinken announced that Israel supports the plan.")
    assert standalone(question, [earlier]) == Standalone(question, question)


def test_without_a_history_nothing_is_carried() -> None:
    assert standalone("Why?", []) == Standalone("Why?", "Why?")
    assert understood("Why?", "What?") == "Why?"


def test_what_an_answer_rests_on_is_told_by_giving_it_again() -> None:
    history = [Turn("How many died in Kelby?"), Turn("And in Aldry?")]
    for text in (
        "Where does it say that?",
        "are you sure?",
        "And what's your source?",
        "Can you quote it?",
        "Really?",
    ):
        assert standalone(text, history).text == "How many died in Aldry?"
    assert standalone("Is it true that dams hold?", history).text.startswith("Is it true that dams hold")


def test_a_chain_of_follow_ups_keeps_its_topic() -> None:
    merger = "What price does the merger put on Union Credit?"
    assert understood("how many jobs will go?", merger, "who will be chief executive?", "where will he live?") == (
        "how many jobs will go (Union Credit, the merger)?"
    )
    assert understood("and in June?", "How did the committee vote in April?", "and in May?") == (
        "How did the committee vote in June?"
    )


def test_a_new_subject_ends_the_chain_and_can_be_left_again() -> None:
    fire, fish = "How many hectares did the Coldharrow fire burn?", "What is the fine for undersized fish?"
    assert "Coldharrow" not in understood("who pays it?", fire, fish)
    assert understood("back to the fire: who died?", fire, fish) == "who died (the Coldharrow fire, hectares)?"
    assert understood("back to the fire:", fire, fish) == "back to the fire:"
    assert understood("and how many people fled the fire?", fire, fish).endswith("(the Coldharrow fire, hectares)?")


def test_a_question_leans_on_what_was_carried_by_its_words_or_can_be_asked_as_typed() -> None:
    leaning = Standalone("How old is she?", "How old is she (Dunmarch)?", ("Dunmarch",))
    assert as_typed(leaning) is None
    assert as_typed(Standalone("And why?", "Why was the rain?", ("rain",))) is None
    assert as_typed(Standalone("Which ships?", "Which ships?")) is None
    assert as_typed(Standalone("Which ships?", "Which ships (rain)?", ("rain",))) == Standalone(
        "Which ships?", "Which ships?"
    )


def test_an_aspect_that_was_asked_for_is_no_topic() -> None:
    asked = standalone("Who are the key people?", [Turn("the fever outbreak in numbers", "Nine fell ill.")])
    assert asked.text == "Who are the key people (the fever outbreak)?"
    brief = [Turn("the bank merger in a nutshell", "Two banks merge.")]
    assert standalone("Who is to blame?", brief).text == "Who is to blame (the bank merger)?"
    people = [*brief, Turn("Who are the key people?", "Ada Lund.")]
    assert standalone("And the next steps?", people).text == "the next steps (the bank merger)?"
    assert standalone("key figures", [Turn("What are the key points?", "Nine fell ill.")]).text == "key figures"


def test_what_was_told_is_not_told_as_typed_either() -> None:
    again = Standalone("key figures", "key figures (rain)", ("rain",), told="Nine ships.", limited=True)
    assert as_typed(again) == Standalone("key figures", "key figures", told="Nine ships.", limited=True)


def test_a_question_that_is_completed_for_being_short_says_what_it_would_lean_on() -> None:
    fire = Turn("What caused the Coldharrow fire?", "A faulty line.", ("fire",))
    burnt = Turn("how many houses burned down?", "64 houses.", ("fire", "toll"))
    found = standalone("who commands the clearance force?", [fire, burnt])
    assert found.text == "who commands the clearance force (the Coldharrow fire)?"
    assert (found.leans_on, found.about) == ("how many houses burned down (the Coldharrow fire)?", ("fire", "toll"))
    for sure in ("who died in it?", "and who commands the clearance force?", "who fled?", "who lit the fire?"):
        assert standalone(sure, [fire, burnt]).leans_on == ""


def test_a_question_that_was_answered_as_typed_by_other_briefings_begins_a_topic() -> None:
    fire = Turn("What caused the Coldharrow fire?", "A faulty line.", ("fire",))
    for ids, alone, text in (
        (("mines",), True, "who paid (the clearance force)?"),
        ((), True, "who paid (the clearance force)?"),
        (("fire",), True, "who paid (the Coldharrow fire)?"),  # it still went on about the fire
        (("mines",), False, "who paid (the Coldharrow fire)?"),
    ):
        commands = Turn("who commands the clearance force?", "Brandt does.", ids, alone)
        assert understood("who paid?", fire, commands) == text


def test_names_in_small_letters_are_known_by_the_answers() -> None:
    said = Turn("does hamas agree?", "Neither Hamas nor Israel agrees.")
    assert understood("and israel?", said) == "does Israel agree?"
    assert understood("and israel?", Turn(said.question)) == "does israel agree?"
    alone = "what does israel demand in return?"
    assert standalone(alone, [said]) == Standalone(alone, alone)


def test_what_was_asked_is_kept_as_typed_and_what_was_carried_is_named() -> None:
    found = standalone("and  Qatar ?", [Turn("Will Blinken visit Egypt?")])
    assert (found.asked, found.carried) == ("and  Qatar ?", ("Blinken", "visit"))


def test_a_turn_holds_the_words_and_the_briefings_of_an_answer() -> None:
    citation = Citation(1, "truce", "Truce", None, "Courier", None, 1, "It holds.", 0, 9, "exact")
    answer = Answer("Does it hold?", "Does it hold?", (Sentence("It holds.", (1,), "supported"),), (citation,))
    assert turn_of(answer) == Turn("Does it hold?", "It holds.", ("truce",), alone=True)
    assert turn_of(Answer("Why?", "Why the rain?", abstained=True, reason="They do not say.")) == Turn("Why?")
    assert turn_of(Answer("Hi! Why rain?", "Why rain?", abstained=True)) == Turn("Hi! Why rain?", alone=True)


TALK = st.lists(
    st.sampled_from(
        "and why what about who it they there then that the Union Credit merger in July else ? ( ) . He".split()
    ),
    min_size=1,
    max_size=9,
).map(" ".join)


@PROPERTY
@given(TALK, st.lists(st.tuples(TALK, TALK), max_size=4))
def test_any_talk_is_understood_somehow(question: str, earlier: list[tuple[str, str]]) -> None:
    found = standalone(question, [Turn(*words) for words in earlier])
    assert found.asked == question
    assert found.text.strip()
    assert len(found.text) < 4_000
