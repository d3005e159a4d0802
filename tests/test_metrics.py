"""Each metric counts what its docstring says, on answers small enough to count by hand."""

from dataclasses import replace

import pytest

from evals import metrics as m
from evals.metrics import Score
from evals.registry import METRICS
from evals.scoring import answer_scores
from tests.eval_toys import AID, FLOOD, SOURCES, case, gold, refusal_case, said


def counts(score: Score) -> tuple[float, float]:
    return score.hits, score.of


def test_gold_is_faultless_by_every_metric() -> None:
    for name, score in answer_scores(case(), gold(), SOURCES).items():
        metric = next(x for x in METRICS if x.name == name)
        assert not score.of or score.hits == (0 if metric.lower_is_better else score.of), name


def test_markers_count_marks_and_what_looks_like_one() -> None:
    answer = said((f"{FLOOD} [1-3]", (1, 1, 9)), (AID, (2,)))
    score = m.markers(case(), answer, SOURCES)
    assert counts(score) == (2, 5)  # good: 1 and 2; bad: the second 1, 9 and "[1-3]"
    assert score.why == "invalid marks: [1], [9], [1-3]"


def test_quotes_count_citations_and_words_in_quotation_marks() -> None:
    answer = said((FLOOD, (1,)), ("They sent “52 lorries” and “53 lorries”.", (2,)))
    score = m.quotes(case(), answer, SOURCES)
    assert counts(score) == (3, 4)
    assert score.why == "quotes not exact: 1 altered"


def test_coverage_and_support_count_sentences() -> None:
    answer = said((FLOOD, ()), (AID, (1,)))
    assert counts(m.coverage(case(), answer, SOURCES)) == (1, 2)
    assert counts(m.support(case(), answer, SOURCES)) == (0, 2)


def test_a_superfluous_mark_adds_nothing() -> None:
    assert counts(m.over_citation(case(), said((FLOOD, (1, 2)), (AID, (2,))), SOURCES)) == (1, 3)
    assert counts(m.over_citation(case(), said((FLOOD, (1, 1))), SOURCES)) == (1, 2)
    assert counts(m.over_citation(case(), said((f"{FLOOD} {AID}", (1, 2))), SOURCES)) == (0, 2)


def test_citations_are_right_when_their_paragraph_holds_gold() -> None:
    answer = gold()
    wrong = replace(answer.citations[1], paragraph=3)
    answer = replace(answer, citations=(answer.citations[0], wrong))
    assert counts(m.citation_precision(case(), answer, SOURCES)) == (1, 2)
    assert counts(m.citation_recall(case(), answer, SOURCES)) == (1, 2)
    assert counts(m.citation_f1(case(), answer, SOURCES)) == (0.5, 1)


def test_f1_is_the_harmonic_mean() -> None:
    answer = said((FLOOD, (1,)))  # P = 1, R = ½: F1 = 2 · ½ / 1½ = ⅔
    assert m.citation_f1(case(), answer, SOURCES).hits == pytest.approx(2 / 3)
    assert m.citation_f1(case(), said(), SOURCES).hits == 0


def test_citations_do_not_count_where_nothing_can_be_cited() -> None:
    assert m.citation_precision(refusal_case(), gold(), SOURCES).of == 0
    assert m.citation_recall(refusal_case(), gold(), SOURCES).of == 0
    assert m.citation_f1(refusal_case(), gold(), SOURCES).of == 0


@pytest.mark.parametrize(
    ("answer", "hits", "why"),
    [
        (gold(), 2, ""),
        (said((FLOOD, (1,))), 1, "is not cited"),
        (said((FLOOD, (1,)), ("The ministry sent lorries.", (2,))), 1, "“52” is not said"),
        (said((FLOOD, (1,)), ("It sent 52 lorries, not 25.", (2,))), 1, "it says “25”"),
        (said((AID, (1,)), (FLOOD, (2,))), 0, "“4 metres” is not said (and 1 more)"),
    ],
)
def test_a_claim_is_made_with_its_words_on_its_evidence(answer: object, hits: int, why: str) -> None:
    score = m.claim_recall(case(), answer, SOURCES)  # type: ignore[arg-type]
    assert counts(score) == (hits, 2)
    assert score.why.endswith(why)
    assert m.complete(case(), answer, SOURCES).hits == (hits == 2)  # type: ignore[arg-type]


def test_a_conflict_is_told_when_both_sides_are() -> None:
    both = case(expect="conflict")
    assert counts(m.conflict(both, gold(), SOURCES)) == (1, 1)
    assert counts(m.conflict(both, said((FLOOD, (1,))), SOURCES)) == (0, 1)
    assert m.conflict(case(), gold(), SOURCES).of == 0


def test_unsupported_values_are_counted_in_their_own_sentence() -> None:
    answer = said(("On 8 May Anna Roth sent 53 lorries.", (2,)))
    assert counts(m.numbers(case(), answer, SOURCES)) == (1, 1)
    assert counts(m.dates(case(), answer, SOURCES)) == (2, 2)  # the day, and the month
    assert counts(m.names(case(), answer, SOURCES)) == (2, 2)
