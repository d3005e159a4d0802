"""What a question asks for."""

import pytest

from rag.asking.question import read_question


def test_a_question_that_leaves_open_what_it_wants_is_no_factoid() -> None:
    assert read_question("Who signed the treaty?").is_factoid
    assert not read_question("Why was it delayed?").is_factoid


def test_the_subject_is_what_the_question_is_about_without_the_asking_words() -> None:
    read = read_question("Please tell me what the briefings say about polio vaccines?")
    assert [w.written for w in read.subject] == ["polio", "vaccines"]


def test_a_word_that_is_asked_twice_is_one_subject() -> None:
    assert [w.written for w in read_question("hostage after hostage, hostages").subject] == ["hostage"]


def test_names_are_the_capitalised_words_but_not_the_first() -> None:
    assert [w.written for w in read_question("Did Netanyahu meet the US envoy in Cairo?").names] == [
        "Netanyahu", "US", "Cairo",
    ]  # fmt: skip
    assert read_question("Hostages in the north?").names == ()
    assert [w.written for w in read_question("Whom did Holm thank?").subject] == ["Holm", "thank"]


def test_a_question_all_in_capitals_names_nothing() -> None:
    read = read_question("WHAT DID BLINKEN DO?")
    assert read.names == ()
    assert [w.term for w in read.subject] == ["blinken"]


def test_a_month_is_a_time_and_no_name() -> None:
    read = read_question("What did Blinken announce in October 2023?")
    assert [w.written for w in read.names] == ["Blinken"]
    assert set(read.times) == {"october", "2023"}


def test_a_phrase_like_this_week_names_no_time() -> None:
    assert read_question("Who meets this week?").times == ()


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("What does the three-phase plan involve?", (3,)),
        ("What are the 12 demands?", (12,)),
        ("Why were 1,200 killed?", (1200,)),
        ("What was agreed in the fifth round?", (5,)),
        ("What happened on October 7?", (7,)),
        ("Which two countries will he visit?", ()),  # it asks for two, whether or not the text counts them
        ("Who came first?", ()),
    ],
)
def test_the_numbers_that_say_which_thing_is_meant(question: str, numbers: tuple[float, ...]) -> None:
    assert read_question(question).numbers == numbers


@pytest.mark.parametrize(
    ("question", "counted"),
    [
        ("How many hostages were taken?", ["hostages"]),
        ("How many of the oil tankers left?", ["oil", "tankers", "left"]),
        ("How many tonnes of wheat were sold?", ["tonnes"]),
        ("How many lorries use Hask Bridge?", ["lorries", "use"]),
        ("How many Israeli hostages came home?", ["hostages", "came", "home"]),
        ("What is the number of dead in Gaza?", ["dead"]),
        ("Who was counted?", []),
    ],
)
def test_what_is_counted(question: str, counted: list[str]) -> None:
    assert [w.written for w in read_question(question).counted] == counted


@pytest.mark.parametrize(
    ("question", "event"),
    [
        ("When did Hamas sign the deal?", "sign"),
        ("Why has Iran refused?", "refused"),
        ("Where will Blinken travel?", "travel"),
        ("Where does Mairi Thorkell think they are?", None),  # only thought
        ("When was the ban on hoses lifted?", "lifted"),  # which its beginning does not tell
        ("When will the ward reopen?", "reopen"),
        ("When was the ban on hoses imposed?", None),  # nobody is named
        ("Why did Holm's trial start late?", None),  # nor is it Holm who did it
        ("In which year was the ship built?", "built"),
        ("Who signed the treaty?", None),
        ("Where is Kelby located?", None),  # no sentence need say that it is located
        ("What did Blinken announce?", None),
    ],
)
def test_the_event_that_a_question_takes_for_a_fact(question: str, event: str | None) -> None:
    read = read_question(question)
    assert (read.subject[read.event].written if read.event is not None else None) == event


def test_words_of_a_question_stand_where_they_say() -> None:
    text = "How many Israelis were killed on October 7, says Blinken?"
    read = read_question(text)
    for word in (*read.subject, *read.names, *read.counted):
        assert text[word.start : word.end] == word.written


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("What fell in World War 2?", ()),
        ("How many Covid-19 cases were there?", ()),
        ("Who left on Covid day 19?", (19.0,)),
        ("Who began the 24-hour strike?", (24.0,)),
    ],
)
def test_a_number_that_is_part_of_a_name_need_not_be_told(question: str, numbers: tuple[float, ...]) -> None:
    assert read_question(question).numbers == numbers


def test_a_month_written_short_is_no_subject() -> None:
    read = read_question("What closed on Sept. 12?")
    assert ([w.written for w in read.subject], read.times) == (["closed"], ("september",))


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("I'd like to understand why prices fell.", ["prices", "fell"]),
        ("I am curious why prices fell.", ["prices", "fell"]),
        ("Who would I want to know?", ["want"]),
        ("From what date are doses given?", ["doses", "given"]),
        ("On which day did it open?", ["open"]),
        ("Where did the name of the tern come from?", ["tern"]),
        ("What is the current status of the fire?", ["fire"]),
        ("What is paid for a day?", ["paid", "day"]),
    ],
)
def test_words_that_only_ask_are_no_subject(question: str, subject: list[str]) -> None:
    assert [w.written for w in read_question(question).subject] == subject
