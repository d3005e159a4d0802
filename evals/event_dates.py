"""How much it helps to date the events that a question names: the rank of the right paragraph with and without.

Run `python -m evals.event_dates`: the questions of `evals/event_dates.yaml` over the fictional briefings.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Literal, get_args

import yaml
from pydantic import BaseModel, ConfigDict, Field

from evals.cases import HERE
from evals.run import libraries
from rag.answers import PlanStep
from rag.briefings import Hit
from rag.build import App
from rag.finding.plans import Plan

Kind = Literal["period", "event"]
DEPTH = 10


class Asked(BaseModel):
    """A question, and words of the paragraphs that answer it, any of which will do. It `is` about the `period` that
    an event tells, or about the `event` itself."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    ask: str
    find: tuple[str, ...]
    kind: Kind = Field("period", alias="is")


@dataclass(frozen=True, slots=True)
class Ranked:
    """The rank of the first right passage with the event's days and without, from 1 (below DEPTH: DEPTH + 1), and
    the steps that the plan has by the event."""

    asked: Asked
    dated: int
    plain: int
    steps: tuple[PlanStep, ...]


def questions() -> list[Asked]:
    """The questions of the development set."""
    return [Asked.model_validate(q) for q in yaml.safe_load((HERE / "event_dates.yaml").read_text("utf-8"))]


def ranked(app: App, asked: Sequence[Asked]) -> list[Ranked]:
    """Each question searched for by its plan, and by a plan without parts."""
    found = []
    for question in asked:
        planned = app.retriever.plan(question.ask)
        with_days = rank(app.retriever.search_by(planned, DEPTH), question.find)
        without = rank(app.retriever.search_by(Plan(planned.whole), DEPTH), question.find)
        found.append(Ranked(question, with_days, without, planned.steps))
    return found


def rank(hits: Sequence[Hit], find: Sequence[str]) -> int:
    """The rank of the first passage that holds some of these words, DEPTH + 1 when none does."""
    right = (i for i, hit in enumerate(hits, start=1) if any(words in hit.text for words in find))
    return next(right, DEPTH + 1)


def told(name: str, ranks: Sequence[int]) -> str:
    """A line of the table: recall at 1, 3 and 10, and the mean reciprocal rank."""
    shares = (mean(r <= k for r in ranks) for k in (1, 3, DEPTH))
    reciprocal = mean(1 / r if r <= DEPTH else 0.0 for r in ranks)
    return f"| {name} | {len(ranks)} | " + " | ".join(f"{x:.3f}" for x in (*shares, reciprocal)) + " |"


def main() -> None:
    """Print the ranks of every question, and the table."""
    with libraries() as apps:
        found = ranked(apps["fictional"], questions())
    for one in found:
        days = "; ".join(f"{s.event}: {s.since or '…'} to {s.until or '…'} by {s.dated_by}" for s in one.steps)
        print(f"{one.plain:>3} → {one.dated:<3} {one.asked.ask}  [{days or 'not dated'}]")
    print(
        f"\n| | questions | first | first 3 | first {DEPTH} | MRR@{DEPTH} |\n| --- | --: | --: | --: | --: | --: |"
    )
    for kind in get_args(Kind):
        some = [one for one in found if one.asked.kind == kind]
        print(told(f"about the {kind}, without the event's days", [one.plain for one in some]))
        print(told(f"about the {kind}, with them", [one.dated for one in some]))


if __name__ == "__main__":
    main()
