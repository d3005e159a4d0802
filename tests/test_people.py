"""A name is somebody's where texts call it by a rank, an office or an age, and not a place's or a firm's."""

import pytest

from rag.words.people import people_among


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Antony Blinken", "U.S. Secretary of State Antony Blinken met him."),
        ("Blinken", "U.S. Secretary of State Antony Blinken met him."),
        ("Dario Venn", "Maravel’s delegation, led by Foreign Minister Dario Venn, came."),
        ("Tomas Ardel", "President of Lower Quill Tomas Ardel signed."),
        ("Roth", "Ms. Roth disagreed."),
        ("Ortiz", "The analyst Lena Ortiz said so."),
        ("Ana de la Cruz", "Judge Ana de la Cruz ruled."),
        ("Holm", "Eda Holm, 54, left the bank."),
        ("Holm", "Eda Holm (54) left the bank."),
        ("Holm", "In Holm it rained. Director Eda Holm left. Ms Holm is 54."),
    ],
)
def test_somebody_is_told_by_what_stands_beside_the_name(name: str, text: str) -> None:
    assert people_among([name], [text]) == {name}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Egypt", "Blinken went to Egypt. In Egypt he met the president."),
        ("Hamas", "Hamas said that it accepts the plan."),
        ("Quillhaven Accord", "The Quillhaven Accord was signed by President Ardel."),
        ("the Accord", "Secretary the Accord"),
        ("Chelsea", "Captain Chelsea? No: the Chelsea manager said so."),
        ("Kelby", "The president in Kelby spoke."),
        ("State", "Secretary of State Antony Blinken."),
        ("Lower Quill", "President Tomas Ardel of Lower Quill was witness."),
        ("Nobody", "Somebody else."),
    ],
)
def test_a_place_or_a_thing_is_nobody(name: str, text: str) -> None:
    assert people_among([name], [text]) == frozenset()
