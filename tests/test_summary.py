"""A run beside its baseline: changes, tags and what newly passes or fails."""

from dataclasses import replace

from evals.gate import Baseline, blessed, check
from evals.summary import Summary, summarise
from tests.eval_toys import AID, FLOOD, SOURCES, gold, said
from tests.test_gate import BASELINE, CASES, GOOD, results

WORSE = results(gold(), said((FLOOD, (1,)), (AID, (2, 9))))  # toy-3 has a mark that leads nowhere


def summary(found: object = GOOD, baseline: Baseline = BASELINE) -> Summary:
    return summarise(found, baseline, check(found, baseline, CASES), SOURCES)  # type: ignore[arg-type]


def test_without_a_change_every_row_says_so() -> None:
    (half,) = summary().halves
    assert (half.title, half.passed, half.newly_failing, half.newly_passing, half.new) == (
        "development",
        2,
        (),
        (),
        (),
    )
    assert {row.direction for row in half.rows} == {"same"}


def test_what_got_worse_is_told_with_its_change() -> None:
    (half,) = summary(WORSE).halves
    assert half.newly_failing == ("toy-3",)
    markers = half.by_name["markers"]
    assert (markers.average.micro, markers.change, markers.direction) == (0.8, -0.2, "worse")  # 4 of 5 marks
    (tag,) = half.tags
    assert (tag.name, tag.passed.hits, tag.passed.cases) == ("toy", 1, 2)
    (back,) = summary(GOOD, _blessed_worse()).halves
    assert (back.newly_passing, back.by_name["markers"].direction) == (("toy-3",), "better")


def test_less_is_better_where_lower_is() -> None:
    (half,) = summary(results(gold(), said((FLOOD, (1, 2)), (AID, (2,))))).halves
    row = half.by_name["over_citation"]
    assert (row.change, row.direction) == (0.2, "worse")  # 1 of 5 marks


def test_without_a_baseline_all_is_new() -> None:
    (half,) = summary(GOOD, Baseline()).halves
    assert half.new == ("toy-1", "toy-3")
    assert {(row.change, row.direction) for row in half.rows} == {(None, None)}


def test_composers_are_named_once() -> None:
    assert summary().composers == ("extractive",)
    assert summary(results(gold(), replace(gold(), composer="gpt"))).composers == ("extractive", "gpt")


def _blessed_worse() -> Baseline:
    return blessed(WORSE, Baseline())
