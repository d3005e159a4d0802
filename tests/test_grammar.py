"""What a text claims: what it denies, how certain it is, where its clauses end."""

import pytest

from rag.words.grammar import Token, read_claims


def token(text: str, written: str) -> Token:
    return next(t for t in read_claims(text) if t.word.written == written)


@pytest.mark.parametrize(
    ("text", "written", "denied"),
    [
        ("Roth has not agreed.", "agreed", True),
        ("Roth hasn’t agreed.", "agreed", True),
        ("Roth refused to sign.", "sign", True),
        ("Roth failed to disclose it.", "disclose", True),
        ("Roth denied attacking it.", "attacking", True),
        ("Roth did not deny attacking it.", "attacking", False),
        ("Neither Roth nor Lund has signed.", "signed", True),
        ("No ship left.", "left", True),
        ("Roth has not agreed, but Lund signed.", "signed", False),
        ("Homes without power were dark.", "dark", False),
        ("Not only Roth signed.", "signed", False),
        ("No fewer than nine signed.", "signed", False),
        ("Roth lost power.", "power", True),
        ("They were barred from entering.", "entering", True),
    ],
)
def test_what_is_denied(text: str, written: str, denied: bool) -> None:
    assert token(text, written).denied is denied


def test_what_is_denied_first() -> None:
    assert [t.word.written for t in read_claims("Roth has not yet formally signed the plan.") if t.struck] == [
        "signed"
    ]


@pytest.mark.parametrize(
    ("text", "written", "mood"),
    [
        ("Roth may sign it.", "sign", "may"),
        ("Roth will not sign it.", "sign", "will"),
        ("Roth must sign it.", "sign", "must"),
        ("Roth has to sign it.", "sign", "must"),
        ("Roth is to sign it.", "sign", "will"),
        ("Roth plans to sign it.", "sign", "planned"),
        ("Roth threatened to sign it.", "sign", "wanted"),
        ("Roth agreed to the plan.", "plan", ""),
        ("Roth may sign or reject it.", "reject", "may"),
        ("Roth signed in May Street.", "Street", ""),
    ],
)
def test_how_certain_it_is(text: str, written: str, mood: str) -> None:
    assert token(text, written).mood == mood


def test_clauses_and_segments() -> None:
    read = read_claims("Roth, a judge, signed; Lund left and the quay was closed.")
    assert [(t.word.written, t.clause, t.segment) for t in read] == [
        ("Roth", 1, 1),
        ("judge", 2, 1),
        ("signed", 3, 1),
        ("Lund", 4, 2),
        ("left", 4, 2),
        ("quay", 5, 3),
        ("closed", 5, 3),
    ]


def test_verbs() -> None:
    assert token("It was closed by Roth.", "closed").passive
    assert not token("The quay closed by Roth.", "closed").past
