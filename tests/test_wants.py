"""Which kind of answer a question wants."""

import pytest

from rag.asking.wants import AnswerType, wanted


@pytest.mark.parametrize(
    ("question", "wants"),
    [
        ("How many hostages were taken?", "number"),
        ("how much did it cost", "number"),
        ("What is the number of dead?", "number"),
        ("What percentage of voters backed it?", "number"),
        ("How long did the strike last?", "number"),
        ("What price was agreed?", "number"),
        ("On which day did it begin?", "date"),
        ("What is the exact date of the vote?", "date"),
        ("When did it begin?", "time"),
        ("In which month did it begin?", "time"),
        ("What are the names of the hostages?", "full_name"),
        ("Who signed the treaty?", "person"),
        ("Which company runs the port?", "body"),
        ("What will the dam cost when it is done?", "any"),
        ("And until when does it run?", "time"),
        ("What does the Institute for Rivers expect?", "any"),
        ("Which minister runs the port?", "person"),
        ("What did the WHO declare?", "any"),
        ("WHO RUNS THE PORT?", "person"),
        ("Tell me who runs the port", "person"),
        ("By whom was it signed?", "person"),
        ("Which officials came?", "person"),
        ("What do people in Kelby think of it?", "any"),  # no person
        ("What happens to traders who buy wet beans?", "any"),  # “who” tells which
        ("Where will he go next?", "where"),
        ("Which countries will he visit?", "place"),
        ("What does the three-phase plan involve?", "any"),
        ("Why was it delayed?", "any"),
        ("", "any"),
    ],
)
def test_the_kind_of_answer_wanted(question: str, wants: AnswerType) -> None:
    assert wanted(question) == wants
