"""Lint finds cases that cannot measure anything; the committed cases have no such fault."""

import pytest

from evals.lint import lint
from tests.eval_toys import AID, FLOOD, OLD, SOURCES, case

PLAN = case(id="toy-9", claims=[{"evidence": [[{"briefing": "plan", "quote": OLD}]]}])


def test_good_cases_have_no_faults() -> None:
    assert lint([case(), PLAN], SOURCES) == []


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"id": "toy-9"}, "the id is taken by dev/toy.yaml:1"),
        (
            {"claims": [{"evidence": [[{"briefing": "floods", "quote": "x"}]]}]},
            "there is no briefing floods; the nearest is “flood”",
        ),
        (
            {"claims": [{"evidence": [[{"briefing": "flood", "quote": AID.replace("52", "53")}]]}]},
            f"is in no paragraph of flood; the nearest is “{AID}”",
        ),
        ({"claims": [{"evidence": [[{"briefing": "flood", "quote": "a"}]]}]}, "times in flood"),
        ({"as_of": "2031-05-09"}, "flood was not published by 2031-05-09"),
        ({"forbidden": ["none"]}, "there is no briefing none to forbid"),
        ({"canary": "OTTER-2"}, "the canary OTTER-2 stands in no briefing"),
        (
            {"claims": [{"must": ["7"], "evidence": [[{"briefing": "flood", "quote": FLOOD}]]}]},
            "an answer made of its own evidence fails: claim missed: “7” is not said",
        ),
    ],
)
def test_faults(changes: dict[str, object], what: str) -> None:
    faults = [str(f) for f in lint([PLAN, case(**changes)], SOURCES)]
    assert any(what in fault and "dev/toy.yaml:1, case" in fault for fault in faults), faults


def test_what_is_not_there_makes_a_case_unusable_and_nothing_else_does() -> None:
    wrong = [
        case(id="toy-9"),
        case(claims=[{"evidence": [[{"briefing": "flood", "quote": "no such words"}]]}]),
        case(id="toy-3", forbidden=["none"]),
    ]
    assert [f.unusable for f in lint([PLAN, *wrong], SOURCES)] == [True, True, True]
    doubtful = [case(as_of="2031-05-09"), case(id="toy-3", canary="OTTER-2"), case(id="toy-4", half="held_out")]
    faults = lint([PLAN, *doubtful], SOURCES)
    assert len(faults) == 4
    assert not any(f.unusable for f in faults)


def test_briefings_are_used_and_in_one_half_unless_they_are_the_real_one() -> None:
    assert [str(f) for f in lint([case()], SOURCES)] == ["plan: no case uses this briefing"]
    assert lint([case()], SOURCES, use_all=False) == []
    twice = [case(), PLAN, case(id="toy-3", half="held_out")]
    assert [str(f) for f in lint(twice, SOURCES)] == ["flood: it has cases in both halves"]
    assert lint([case(), PLAN, case(id="toy-3", half="held_out", topic="real")], SOURCES) == []
