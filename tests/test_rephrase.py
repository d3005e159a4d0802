"""Follow-ups put in full by a scripted model, and by the rules where it makes something up."""

import pytest

from rag.answers import Usage
from rag.asking.followup import Standalone, Turn, standalone
from rag.errors import ModelError, ReplayError
from rag.llm.rephrase import Rephraser
from tests.scripted import Scripted

HISTORY = [Turn("Who runs the port of Varen?", "Mayor Ilka Brandt runs the port of Varen.")]
ASKED = "Since when does she run it?"
FULL = "Since when does Mayor Ilka Brandt run the port of Varen?"
BY_RULES = standalone(ASKED, HISTORY)


def understood(reply: str | list[Exception]) -> Standalone:
    return Rephraser(Scripted(reply)).standalone(ASKED, HISTORY)


def test_a_follow_up_is_put_in_full_and_what_it_took_is_counted() -> None:
    model = Scripted(f'"{FULL}"\n')
    found = Rephraser(model).standalone(ASKED, HISTORY)
    assert (found.asked, found.text, found.usage) == (ASKED, FULL, Usage(1000, 100))
    assert set(found.carried) == {"Mayor", "Ilka", "Brandt", "port", "Varen"}
    [prompt] = model.prompts
    assert prompt.nonce in prompt.system
    assert prompt.user.endswith(f"Last question: {ASKED}")
    assert HISTORY[0].answer in prompt.user


def test_a_question_that_stands_by_itself_stays_as_it_was_typed() -> None:
    assert understood(ASKED) == Standalone(ASKED, ASKED, usage=Usage(1000, 100))


def test_the_first_question_costs_nothing() -> None:
    model = Scripted()
    assert Rephraser(model).standalone(ASKED, []) == standalone(ASKED, [])
    assert model.prompts == []


@pytest.mark.parametrize(
    "reply",
    [
        "Since when does Governor Olof Stark run the port of Varen?",  # nobody spoke of him
        "",
        "x" * 2000,
        [ModelError("It broke off.")],
    ],
)
def test_the_rules_help_where_the_model_does_not(reply: str | list[Exception]) -> None:
    assert understood(reply).text == BY_RULES.text


def test_a_missing_recording_is_an_error() -> None:
    with pytest.raises(ReplayError):
        understood([ReplayError("No reply is recorded.")])
