"""The ablation changes one piece of the ranking at a time."""

from dataclasses import replace
from datetime import date

import pytest

from evals.ablation import VARIANTS, Row, Variant, table
from rag.briefings import Scope
from rag.build import App
from rag.finding.plans import Part, Plan
from rag.finding.ranking import FEATURES, PART, WHOLE
from rag.words.periods import Period
from tests.command import QUESTION

PERIOD = Period(date(2030, 1, 1), None, 0, 4)
PLAN = Plan(
    Part("one and two", {"one": 1.0, "two": 1.0}, (), PERIOD),
    (Part("one", {"one": 1.0, "two": 0.2}, ("Courier",), PERIOD), Part("one and two", {"one": 1.0}, (), PERIOD)),
)


def changed(name: str) -> Plan:
    (variant,) = [v for v in VARIANTS if name in v.name]
    return variant.changed(PLAN)


def test_plans_lose_what_a_row_names_and_nothing_else() -> None:
    first, second = PLAN.parts
    assert changed("parts of a plan") == replace(PLAN, parts=())
    assert changed("its sources only") == replace(PLAN, parts=(replace(first, sources=()), second))
    undated = changed("days and events")
    assert undated.parts == (replace(first, period=None),)  # the other is a part for its period alone
    assert undated.whole == replace(PLAN.whole, period=None)
    assert changed("count less").parts[0].weights == {"one": 1.0, "two": 1.0}
    assert changed("as it is, fitted anew") is PLAN


def test_rows_leave_out_features_that_there_are() -> None:
    assert all(set(variant.without) <= set(FEATURES) for variant in VARIANTS)
    assert len({variant.name for variant in VARIANTS}) == len(VARIANTS)


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda v: v.name)
def test_every_row_finds_passages_each_once(real_app: App, variant: Variant) -> None:
    planned = variant.changed(real_app.retriever.plan(QUESTION))
    weights = (variant.weights, variant.weights) if variant.weights else (WHOLE, PART)
    search = variant.search(real_app.library, real_app.mirrors, real_app.embedder, planned, 3, Scope(), weights)
    found = [one.passage_id for one in search.best()]
    assert len(found) == len(set(found)) == 3


def test_without_vectors_none_are_compared(real_app: App) -> None:
    (variant,) = [v for v in VARIANTS if v.name == "without: vectors"]
    search = variant.search(
        real_app.library, real_app.mirrors, real_app.embedder, real_app.retriever.plan(QUESTION), 3, Scope()
    )
    assert all(c.vector_rank is None for c in search.for_whole().candidates)


def test_the_table_tells_each_row_beside_the_first() -> None:
    rows = [Row("as it is", 0.9, 0.8, 0.7, 0.6, 1.0, 1.0), Row("less", 0.85, 0.8, 0.71, 0.6, 0.5, 1.0)]
    lines = list(table(iter(rows)))
    assert lines[2] == "| as it is | 0.900 | 0.800 | 0.700 | 0.600 | 1.000 | 1.000 |"
    assert lines[3].startswith(
        "| less | 0.850 (-0.050) | 0.800 (+0.000) | 0.710 (+0.010) | 0.600 (+0.000) | 0.500 (-0.500) | "
    )
