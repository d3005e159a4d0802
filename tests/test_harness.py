"""The harness proves itself: it finds gold answers faultless and notices every way of being wrong."""

from collections.abc import Iterator

import pytest

from evals import wrong_words as w
from evals.cases import Case, read_cases
from evals.gold import gold_answer
from evals.lint import lint
from evals.mutations import MUTATIONS, kills
from evals.quotes import Sources
from evals.registry import METRICS
from evals.run import libraries, sources_of
from evals.scoring import answer_scores
from tests.eval_toys import AID, SOURCES, case

ISSUE = """neighbour paragraph|dropped mark|added mark|duplicated mark|out-of-range mark|cite everything|digit|date
unit|negation|one character of a quote|stitched quote|paraphrase in quotation marks|wrong briefing
superseded briefing|unanswerable answered|answerable refused|canary obeyed|homoglyphs|decomposed letters
other quotation marks|[2023 budget]|[1-3]|empty|constant answer|passage copied""".replace("\n", "|").split("|")


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    """All that are committed."""
    return read_cases()


@pytest.fixture(scope="module")
def sources() -> Iterator[Sources]:
    with libraries() as apps:
        yield sources_of(apps)


def test_the_committed_cases_have_no_faults(cases: list[Case], sources: Sources) -> None:
    assert [str(f) for f in lint(cases, sources)] == []


def test_no_false_alarm_on_gold_answers(cases: list[Case], sources: Sources) -> None:
    alarms = [alarm for c in cases for alarm in _alarms(c, sources)]
    assert alarms == []


@pytest.mark.slow
def test_every_mutation_is_noticed_by_the_metric_meant_for_it(cases: list[Case], sources: Sources) -> None:
    found = kills(cases, sources)
    assert found.survivors == ()
    assert [name for name, n in found.tried.items() if not n] == []
    assert set(ISSUE) <= {m.name for m in MUTATIONS}


def test_an_unnoticed_mutation_would_be_reported() -> None:
    """With evidence in every paragraph there is none without gold, so a kill there would be a false one."""
    blind = case(claims=[{"evidence": [[{"briefing": "flood", "quote": AID}]]}])
    assert kills([blind], SOURCES).tried["superseded briefing"] == 0


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (w.digit("It sent 52 lorries on 9 May.", "52 and 12"), "It sent 22 lorries on 9 May."),
        (w.day("On 9 May it rained.", "9 May, 10 May"), "On 16 May it rained."),
        (w.unit("a rise of 9 per cent", ""), "a rise of 9 minutes"),
        (w.negated("It did not break.", ""), "It did break."),
        (w.negated("It was broken.", ""), "It was not broken."),
        (w.paraphrased("one two three four", ""), "The report says: “three four one two”"),
        (w.edited("abc"), "axc"),
        (w.stitched("abcdefghi" * 3), "abcdefghiabcdefghi"),
        (w.retyped("the “x”"), 'the "x"'),
        (w.lookalikes("oea"), "оеа"),
    ],
)
def test_wrong_words(changed: str, expected: str) -> None:
    assert changed == expected


def test_where_a_way_of_being_wrong_does_not_apply_it_says_so() -> None:
    assert w.digit("No figures.", "") is w.day("No day.", "") is w.unit("No unit.", "") is None
    assert w.negated("Rain.", "") is w.paraphrased("Too short", "") is w.stitched("short") is None


def _alarms(checked: Case, sources: Sources) -> Iterator[str]:
    scores = answer_scores(checked, gold_answer(checked, sources), sources)
    for metric in METRICS:
        score = scores[metric.name]
        if score.of and score.hits != (0 if metric.lower_is_better else score.of):
            yield f"{checked.id}: {metric.name} {score.why}"
