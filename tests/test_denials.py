"""What quotes deny, or leave open, is not claimed."""

import pytest

from rag.checks.denials import claim_doubts
from rag.checks.statements import Statements


def sure(said: str, *quotes: str) -> list[bool]:
    return [d.sure for d in claim_doubts(Statements(said, quotes))]


@pytest.mark.parametrize(
    ("said", "quote"),
    [
        ("Roth did not sign the plan.", "Roth refused to sign the plan."),
        ("No appeal is possible.", "An appeal is not possible."),
        ("The plan was not approved by Roth or Lund.", "Neither Roth nor Lund approved the plan."),
        ("Traffic grew.", "Traffic rose."),
        ("Traffic did not rise.", "Traffic fell."),
        ("The quay will open.", "The quay opens."),
        ("They could sign.", "They may sign."),
        ("The vote came before the debate.", "The debate came after the vote."),
    ],
)
def test_the_same_claim(said: str, quote: str) -> None:
    assert True not in sure(said, quote)


@pytest.mark.parametrize(
    ("said", "quote"),
    [
        ("Roth signed the plan.", "Roth did not sign the plan."),
        ("Roth did not sign the plan.", "Roth signed the plan."),
        ("Roth agreed to sign.", "Roth refused to sign."),
        ("Roth attacked it.", "Roth denied attacking it."),
        ("Roth did not attend.", "Roth spoke at the fair."),
        ("The council adopted the plan.", "The council did not vote for the plan."),
        ("Traffic rose.", "Traffic fell."),
        ("The claim was accepted.", "The claim was rejected."),
        ("They will sign.", "They may sign."),
        ("They may sign.", "They signed."),
        ("They signed.", "They will sign."),
        ("They signed.", "They threatened to sign."),
        ("They must sign.", "They should sign."),
        ("It fell before the storm.", "It fell after the storm."),
        ("They signed only today.", "They signed not only today."),
        ("Roth is not “sure” of it.", "Roth is “sure” of it."),
    ],
)
def test_another_claim(said: str, quote: str) -> None:
    assert True in sure(said, quote)


def test_a_word_that_is_both_denied_and_said_is_judged_by_its_nearest_clause() -> None:
    quotes = ("Hamra has not agreed to the plan.", "Tarsia has agreed to the plan.")
    assert sure("Tarsia has agreed to the plan.", *quotes) == []
    assert True in sure("Hamra has agreed to the plan.", *quotes)


def test_an_opposite_that_is_only_denied_settles_nothing() -> None:
    assert sure("Roth rejected the plan.", "Roth has not approved the plan.") == [False]
