"""The names that a question sets side by side, and that their passages are found."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from evals.side_by_side import Asked, every_one, planned, questions
from rag.build import App, build_app
from rag.finding.sides import known_among, sides_in
from rag.settings import Settings
from tests.conftest import ROOT, fill


def names(question: str) -> list[str]:
    """The names as the question has them."""
    return [question[side.start : side.end] for side in sides_in(question)]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("What did both the Harbour Union and the Port Authority say?", ["Harbour Union", "Port Authority"]),
        ("Did Minister Oran and Governor Velt agree on the budget?", ["Minister Oran", "Governor Velt"]),
        ("What do A. Oran, Mira Velt and the Harbour Union each want?", ["Oran", "Mira Velt", "Harbour Union"]),
        ("Did Oran accept the Port Authority's offer, while Velt refused?", ["Oran", "Velt"]),
        ("Is Oran for it, but the labour secretary Mira Velt against?", ["Oran", "Mira Velt"]),
        ("What did Oran propose, and what did Velt answer?", ["Oran", "Velt"]),
        ("Who is Oran and who is Velt?", ["Oran", "Velt"]),
        ("Compare Oran's remarks on Kelby with Velt's.", ["Oran's", "Velt's"]),
        ("Compare Hedda Lorne with Lene Halvard.", ["Hedda Lorne", "Lene Halvard"]),
        ("How does Oran's plan differ from that of the Port Authority?", ["Oran's", "Port Authority"]),
        (
            "What was agreed between Oran and the Federation of Basin Makers?",
            ["Oran", "Federation of Basin Makers"],
        ),
        ("Who was first, Oran or Velt?", ["Oran", "Velt"]),
        ("Was Oran older than Velt?", ["Oran", "Velt"]),
        ("What do the Dockers’ Union and Quill's Finance Ministry ask?", ["Dockers’ Union", "Quill's"]),
    ],
)
def test_names_are_set_side_by_side(question: str, found: list[str]) -> None:
    assert names(question) == found


@pytest.mark.parametrize(
    "question",
    [
        "",
        "What did Minister Oran say about Kelby?",
        "When did Minister Oran meet with Governor Velt?",  # one event, which is told of both
        "Did prices rise and wages fall?",
        "Did Oran resign in March and May?",  # days are no names
        "Compare the budget with that of Oran.",  # one name
        "Did Oran agree while Oran refused?",
        "what did oran and velt say?",  # nothing tells that these are names
        "WHAT DID ORAN AND VELT SAY?",
        "Who Said What To Oran And Velt",
    ],
)
def test_a_plain_question_sets_nothing_side_by_side(question: str) -> None:
    assert sides_in(question) == []


def test_a_rank_does_not_tell_who_is_meant_unless_it_is_all_there_is() -> None:
    oran, chancellor = sides_in("Did Prime Minister Ada Oran and the Chancellor agree?")
    assert (oran.terms, chancellor.terms) == (("ada", "oran"), ("chancellor",))
    assert (oran.first, oran.last, oran.start, oran.end) == (1, 4, 4, 27)


def test_what_is_asked_of_joined_names_stands_behind_the_last() -> None:
    question = "Do Oran, Velt and Hask agree, but Lorne not?"
    told = [question[side.told :].split()[0] for side in sides_in(question)]
    assert told == ["Hask", "Hask", "Hask", "Lorne"]


def test_only_names_that_the_library_knows_count_and_no_one_alone() -> None:
    sides = sides_in("What do Ada Oran, Velt and Hask want?")
    assert known_among(sides, {"ada", "velt", "hask"}.__contains__) == sides[1:]  # no Oran
    assert known_among(sides, {"velt", "oran"}.__contains__) == []


# -- over the fictional briefings -----------------------------------------------------------------------

ASKED = questions()


@pytest.fixture(scope="module")
def basin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The program over the fictional briefings."""
    home: Path = tmp_path_factory.mktemp("basin") / "home"
    app = build_app(Settings(home=home))
    fill(app, ROOT / "evals/briefings")
    yield app
    app.close()


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked.ask)
def test_every_name_is_among_the_first_two_passages(basin: App, asked: Asked) -> None:
    assert len([part for part in basin.retriever.plan(asked.ask).parts if part.name]) == len(asked.sides) == 2
    found = [hit.text for hit in basin.search(asked.ask, 2)]
    assert every_one(found, [side.named for side in asked.sides])


def test_what_is_asked_of_each_is_among_the_first_ten_for_all_but_one(basin: App) -> None:
    found = {asked: [hit.text for hit in basin.search(asked.ask, 10)] for asked in ASKED}
    open_ones = [a.ask for a, texts in found.items() if not every_one(texts, [side.told for side in a.sides])]
    assert [ask for ask in open_ones if "after the floods" not in ask] == []  # what was since has the first turn


def test_the_first_passage_is_that_of_the_whole_question(basin: App) -> None:
    for asked in ASKED:
        by_names, without = planned(basin, asked.ask)
        first = basin.retriever.search_by(by_names, 1)
        assert first == basin.retriever.search_by(without, 1)


def test_a_question_whose_first_passage_names_both_finds_what_it_finds_alone(basin: App) -> None:
    by_names, without = planned(basin, "Do Aurel Pike and Pell Vantry agree on the size of the hospital shortfall?")
    assert [part.written for part in by_names.parts] == ["Aurel Pike", "Pell Vantry"]
    found = basin.retriever.search_by(without, 10)
    assert "Pike" in found[0].text
    assert "Vantry" in found[0].text
    assert basin.retriever.search_by(by_names, 10) == found
