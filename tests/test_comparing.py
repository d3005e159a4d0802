"""The two sides of a question that compares, and what is asked of each."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.asking.comparing import Named, Side, sides_of
from rag.finding.catalogue import Catalogue

SOURCES = [
    "The Sennet Courier",
    "Aldry Gazette",
    "Harbour Echo, Port Lavinia",
    "Dock Workers' Union",
    "Bank of Oriel",
]
WORDS = """How do did who than the Courier Courier's and or Gazette Gazette's differ compare with higher more in May
June 2031 week 22, agree on number of dead report which both""".split()
NAMED = Catalogue.of(SOURCES).mentioned


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Do the Courier and the Gazette agree on the number of strikers?", "How many strikers?"),
        ("Do the Courier and the Gazette agree that the alarm rang?", "Is it true that the alarm rang?"),
        ("Compare the Courier's and the Gazette's counts of marchers.", "How many marchers?"),
        ("Compare the number of marchers in the Courier with that in the Gazette.", "How many marchers?"),
        ("Who reports more arrests, the Courier or the Gazette?", "How many arrests?"),
        ("Which paper saw the bigger crowd, the Courier or the Gazette?", "How big is crowd?"),
        ("Is the toll in the Courier higher than in the Gazette?", "How high is the toll?"),
        ("Does the Courier's death toll match the Gazette's?", "How high is death toll?"),
        ("Courier versus Gazette: how strong was the wind?", "How strong was the wind?"),
        ("How do the Courier's and the Gazette's views on the merger differ?", "the merger?"),
        ("Does the Courier let the ship sail earlier than the Gazette?", "When let the ship sail?"),
        ("Which of the two says more about the fire, the Courier or the Gazette?", "What is said about the fire?"),
        ("What do the Courier and the Gazette say about the fire?", "What is said about the fire?"),
        ("How many died, according to both the Courier and the Gazette?", "How many died?"),
    ],
)
def test_two_sources_are_asked_the_same(text: str, asked: str) -> None:
    sides = sides_of(text, NAMED)
    assert [(s.written, s.asked, s.sources) for s in sides] == [
        ("Courier", asked, ("The Sennet Courier",)),
        ("Gazette", asked, ("Aldry Gazette",)),
    ]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (
            "Were more cases recorded in week 22 than in week 19?",
            ["How many cases recorded in week 22?", "How many cases recorded in week 19?"],
        ),
        (
            "How does the May figure compare with June's?",
            ["How high is the May figure?", "How high is the June figure?"],
        ),
        (
            "Were rents higher in March than in May 2031?",
            ["How high is rents in March 2031?", "How high is rents in May 2031?"],
        ),
        (
            "Was the harvest of 2030 bigger than that of 2031?",
            ["How big is the harvest of 2030?", "How big is the harvest of 2031?"],
        ),
        (
            "Were rents higher in Oriel than in Kelby?",
            ["How high is rents in Oriel?", "How high is rents in Kelby?"],
        ),
        (
            "Who put the number of injured higher, the mayor or the doctors?",
            ["How many injured according to mayor?", "How many injured according to doctors?"],
        ),
        (
            "How do the rates of the bank in Oriel and the bank in Kelby differ?",
            ["How high is the rates of the bank in Oriel?", "How high is the rates of the bank in Kelby?"],
        ),
    ],
)
def test_two_days_places_or_speakers_stay_in_what_is_asked_of_each(text: str, asked: list[str]) -> None:
    assert [(s.asked, s.sources) for s in sides_of(text, NAMED)] == [(one, ()) for one in asked]


def test_of_two_speakers_one_may_be_a_source() -> None:
    sides = sides_of("Who put the number of injured higher, the mayor or the Workers' Union?", NAMED)
    assert [(s.written, s.asked, s.sources) for s in sides] == [
        ("mayor", "How many injured according to mayor?", ()),
        ("Workers' Union", "How many injured?", ("Dock Workers' Union",)),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Why do the Courier and the Gazette differ on the number?",
        "How many died, according to the Courier rather than the Gazette?",
        "Who bought the Courier and the Gazette?",
        "Did the Courier and the Gazette merge?",
        "Did the Courier's editor sue the Gazette?",
        "According to the Courier, did the Gazette pay more than 5 million?",
        "Does the Courier report a fire, while the Gazette reports a flood?",
        "What is the difference between a cyclone and a tornado?",
        "How many more cases were there in May than in the month before?",
        "How many were hurt in March and April?",
        "What is more important, safety or speed?",
        "Which of the two engines failed, left or right?",
        "How many tonnes did Lower Oriel export in May?",
        "When did the ship sail?",
        "Compare May with June.",
        "Compare the Courier with the Gazette.",
    ],
)
def test_what_asks_for_one_thing_has_no_sides(text: str) -> None:
    assert sides_of(text, NAMED) == ()


@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
def test_any_words_are_read_and_something_is_asked_of_each_side(text: str) -> None:
    sides = sides_of(text, NAMED)
    assert len(sides) in (0, 2)
    assert all(side.asked.endswith("?") and len(side.asked) > 1 for side in sides)


def test_sources_are_named_by_the_last_words_of_their_names() -> None:
    def named(text: str) -> list[tuple[str, tuple[str, ...]]]:
        return [(text[n.start : n.end], n.sources) for n in NAMED(text)]

    assert named("the Courier's count and the Harbour Echo") == [
        ("Courier", ("The Sennet Courier",)),
        ("Harbour Echo", ("Harbour Echo, Port Lavinia",)),
    ]
    assert named("the Echo and the dock workers' union") == [
        ("Echo", ("Harbour Echo, Port Lavinia",)),
        ("dock workers' union", ("Dock Workers' Union",)),
    ]
    # a plain word, a place, and parts of longer names
    assert named("the union in Oriel, the Echo Valley line and the Port Union") == []


def test_a_long_question_tells_by_itself_what_it_asks_of_each() -> None:
    asked = "Do the Courier and the Gazette agree on the number of strikers"
    assert len(sides_of(f"{asked}{' on duty' * 6}?", NAMED)) == 2
    assert sides_of(f"{asked}{' on duty' * 7}?", NAMED) == ()


def test_briefings_are_sides_like_sources() -> None:
    text = "How do the first and the second bulletin differ on the toll?"
    first, second = text.index("the first"), text.index("the second")
    named = (Named((), first, first + 9, ("one",)), Named((), second, second + 19, ("two",)))
    sides = sides_of(text, lambda _: named)
    assert [(s.briefing_ids, s.asked, s.is_told) for s in sides] == [
        (("one",), "How high is the toll?", True),
        (("two",), "How high is the toll?", True),
    ]
    assert not Side("in May", "What fell in May?").is_told
