"""What asks the question before it once more."""

import pytest

from rag.asking.anew import Anew, anew_wanted, folded, last_asked
from rag.asking.followup import Turn


@pytest.mark.parametrize(
    ("text", "anew"),
    [
        ("shorter", Anew("shorter")),
        ("Can you make it a bit shorter, please?", Anew("shorter")),
        ("too long", Anew("shorter")),
        ("in three bullet points", Anew("shorter", 3)),
        ("Summarize that in 2 sentences", Anew("shorter", 2)),
        ("and in one sentence?", Anew("shorter", 1)),
        ("in one line", Anew("shorter", 1)),
        ("Is that confirmed?", Anew("others")),
        ("has it been confirmed by anyone else?", Anew("others")),
        ("What do other sources say?", Anew("others")),
        ("and the others?", None),
        ("Does anyone else report that?", Anew("others")),
        ("any other sources?", Anew("others")),
        ("Does anybody disagree?", Anew("dissent")),
        ("who disputes that", Anew("dissent")),
        ("is that number disputed?", Anew("dissent")),
        ("and before that?", Anew("earlier")),
        ("What was it before?", Anew("earlier")),
        ("previously?", Anew("earlier")),
        ("and after that?", Anew("later")),
        ("And now?", Anew("now")),
        ("is that still true?", Anew("now")),
        ("has that been corrected?", Anew("now")),
        # with words of their own
        ("in Gaza?", None),
        ("in many points", None),
        ("Who disputes the toll?", None),
        ("what did they do before that?", None),
        ("is the deal confirmed?", None),
    ],
)
def test_what_is_asked_of_the_last_question(text: str, anew: Anew | None) -> None:
    assert anew_wanted(text) == anew


def test_its_answer_is_that_of_the_question_that_it_asks_once_more() -> None:
    asked = Turn("How many died?", "31 died.", ("wire",))
    again = Turn("Is that confirmed?", "44 died.", ("gazette", "wire"))
    thanks = Turn("Thanks!")
    both = Turn("How many died?", "31 died. 44 died.", ("wire", "gazette"))
    assert folded([asked, thanks, again]) == (both, thanks)
    assert folded([again, asked]) == (again, asked)  # which asks nothing once more
    assert last_asked([asked, thanks]) == 0
    assert last_asked([thanks]) is None
