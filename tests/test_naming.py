"""Names of a sentence stand in its quotes, or are meant by them beyond doubt."""

import pytest

from rag.checks.naming import name_doubts


def sure(said: str, quote: str, *around: str) -> list[bool]:
    return [d.sure for d in name_doubts(said, [quote], around)]


@pytest.mark.parametrize(
    ("said", "quote", "around"),
    [
        ("the United States left", "the US left", ()),
        ("the UN left", "the United Nations left", ()),
        ("the Northern Water Board left", "the NWB left", ("The Northern Water Board (NWB) met.",)),
        ("Then Ana Lund left", "Lund left", ("Mayor Ana Lund spoke.",)),
        ("Then Lund left", "She left", ("Mayor Lund spoke.",)),
        ("Then Lund left", "The mayor left", ("Lund spoke in Hull.",)),
    ],
)
def test_held(said: str, quote: str, around: tuple[str, ...]) -> None:
    assert sure(said, quote, *around) == []


@pytest.mark.parametrize(
    ("said", "quote", "around"),
    [
        ("Then Lunt left", "Lund left", ()),
        ("Lunt left", "Then Lund left", ()),
        ("Then Eva Lund left", "Lund left", ("Mayor Ana Lund spoke.",)),
        ("Then Ana Holm left", "Ana Lund and Per Holm left", ()),
        ("Then Ferro left", "She left", ("Mayor Lund spoke.",)),
    ],
)
def test_not_held(said: str, quote: str, around: tuple[str, ...]) -> None:
    assert True in sure(said, quote, *around)


@pytest.mark.parametrize(
    ("said", "quote", "around"),
    [
        ("Then the Northern Water Board left", "the NWB left", ("Northern towns met. The Water Board is old.",)),
        ("Then Lund left", "She left", ("Lund met Ferro.",)),
        ("Then Lund left", "Ferro said she left", ("Lund met Ferro.",)),
        ("It fell in Hull", "It fell", ("Hull is a town.",)),
        ("Then lunds left", "Lunda left", ()),
    ],
)
def test_never_taken_for_held(said: str, quote: str, around: tuple[str, ...]) -> None:
    assert sure(said, quote, *around) != []
