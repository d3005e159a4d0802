"""Who is for or against something."""

import pytest

from rag.asking.stances import Stance, stance_asked, takes_stance


@pytest.mark.parametrize(
    ("text", "stance", "topic"),
    [
        ("who opposes the mine?", "opponents", "mine"),
        ("Who's against the anchoring ban?", "opponents", "anchoring ban"),
        ("which groups oppose a new road", "opponents", "new road"),
        ("Who spoke out against the deal?", "opponents", "deal"),
        ("which candidate is against the port?", "opponents", "port"),
        ("who supports the tax?", "supporters", "tax"),
        ("who's for the mine?", "supporters", "mine"),
        ("who is in favour of it (the mine)?", "supporters", "it"),
        ("Please, who welcomed the ruling?", "supporters", "ruling"),
    ],
)
def test_who_is_for_or_against_it(text: str, stance: Stance, topic: str) -> None:
    found = stance_asked(text)
    assert found is not None
    assert (found[0], found[1]["topic"]) == (stance, topic)


@pytest.mark.parametrize(
    "text",
    [
        "Who speaks for the growers?",
        "Who spoke for the government at the talks?",
        "What is the fine for breaking the ban?",
        "Which party voted against the act?",
        "What financial support can tenants count on?",
        "Who is behind the attack?",
        "Who was supported by the union?",
        "What idea is there for the huts?",
    ],
)
def test_another_question(text: str) -> None:
    assert stance_asked(text) is None


def test_what_takes_a_stance_plainly() -> None:
    assert takes_stance("opponents", "Boat owners are against it.")
    assert takes_stance("opponents", "The League calls the levy unjust.")
    assert not takes_stance("opponents", "The hall was passed without objection.")
    assert not takes_stance("opponents", "It stands on the opposite bank.")
    assert takes_stance("supporters", "The station asked the ministry for a ban.")
    assert not takes_stance("supporters", "The ministry will reply by summer.")
