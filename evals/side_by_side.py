"""How much it helps to search for each name that a question sets side by side: what is found with and without it.

Run `python -m evals.side_by_side`: the questions of `evals/side_by_side.yaml` over the fictional briefings;
and, where BRIEFINGS_BENCH_DATA names a folder, MultiHop-RAG's development questions with the names of their sources
taken out, those that set names side by side, over its articles, which are kept below `--place`.
"""

import argparse
import re
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from statistics import mean

import yaml
from pydantic import BaseModel, ConfigDict

from evals.bench.data import data_folder, multihop
from evals.bench.homes import DEFAULT_PLACE, home_of
from evals.bench.scorers import DEPTH, Scores, means, score
from evals.cases import HERE
from evals.run import libraries
from rag.briefings import Hit
from rag.build import App
from rag.errors import UsageError
from rag.finding.plans import Plan

DEPTHS = 2, 4, DEPTH


class Side(BaseModel):
    """How passages name one of those that a question sets side by side, and words of a passage that tells what is
    asked of it; any will do."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    named: tuple[str, ...]
    told: tuple[str, ...]


class Asked(BaseModel):
    """A question, and those that it sets side by side."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    ask: str
    sides: tuple[Side, ...]


def questions() -> list[Asked]:
    """The questions of the development set."""
    return [Asked.model_validate(q) for q in yaml.safe_load((HERE / "side_by_side.yaml").read_text("utf-8"))]


def planned(app: App, question: str) -> tuple[Plan, Plan]:
    """The plan of a question, and the same without the parts of names."""
    plan = app.retriever.plan(question)
    rest = tuple(part for part in plan.parts if not part.name)
    return plan, Plan(plan.whole, rest, plan.certain, plan.turn)


def every_one(found: Sequence[str], wanted: Sequence[Sequence[str]]) -> bool:
    """True when for each of these some of its words stand in some of the passages found."""
    return all(any(words in text for words in some for text in found) for some in wanted)


def shares(asked: Sequence[Asked], found: Sequence[Sequence[Hit]]) -> list[float]:
    """The share of questions all of whose names are among the first 2, 4 and 10 passages, then of those for which
    these tell what is asked of each."""
    texts = [[hit.text for hit in hits] for hits in found]
    named = [[s.named for s in one.sides] for one in asked]
    told = [[s.told for s in one.sides] for one in asked]
    return [
        mean(every_one(some[:k], of) for some, of in zip(texts, wanted, strict=True))
        for wanted in (named, told)
        for k in DEPTHS
    ]


def without_sources(question: str, sources: Sequence[str]) -> str:
    """A question with "one" for each source, and for "the X article": it names people and bodies alone."""
    names = {name for s in sources for name in (s, s.split(" | ")[0], s.split(" - ")[0])}
    names |= {name.removeprefix("The ") for name in names}
    longest = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
    return re.sub(rf"[\"'‘“]?\b(?:the |The )?(?:{longest})\b[\"'’”]?(?: (?:article|report)s?)?", "one", question)


def multihop_scores(place: Path) -> tuple[int, Scores, Scores]:
    """How many of MultiHop-RAG's questions set names side by side once they name no source, and their mean scores
    with the parts of names and without. Raises UsageError where the data is missing."""
    data = multihop(data_folder())
    sources = sorted({article.source for article in data.articles})
    asked = [(without_sources(q.text, sources), q.facts) for q in data.queries if q.facts]
    scored: list[tuple[Scores, Scores]] = []
    with home_of(data, place) as app:
        for question, facts in asked:
            plans = planned(app, question)
            if plans[0] != plans[1] and not any(part.sources for part in plans[0].parts):
                found = [[hit.text for hit in app.retriever.search_by(plan, DEPTH)] for plan in plans]
                scored.append((score(found[0], facts), score(found[1], facts)))
    return len(scored), means([one for one, _ in scored]), means([other for _, other in scored])


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--place", type=Path, default=DEFAULT_PLACE, help="where libraries are kept")
    place = parser.parse_args().place
    asked = questions()
    with libraries() as apps:
        app = apps["fictional"]
        plans = [planned(app, one.ask) for one in asked]
        found = [[app.retriever.search_by(plan, DEPTH) for plan in some] for some in plans]
    rows = [shares(asked, [some[i] for some in found]) for i in (1, 0)]
    print(f"| {len(asked)} questions over the fictional briefings | without parts of names | with them |")
    print("| --- | --: | --: |")
    labels = [f"{what} among the first {k}" for what in ("every name", "what is asked of each") for k in DEPTHS]
    for label, without, by_names in zip(labels, *rows, strict=True):
        print(f"| {label} | {without:.3f} | {by_names:.3f} |")
    try:
        count, by_plan, plain = multihop_scores(place)
    except UsageError as error:
        print(f"\n{error}")
        return
    print(f"\n| {count} questions of MultiHop-RAG without their sources | without parts of names | with them |")
    print("| --- | --: | --: |")
    for name in (field.name for field in fields(Scores)):
        print(f"| {name} | {getattr(plain, name):.3f} | {getattr(by_plan, name):.3f} |")


if __name__ == "__main__":
    main()
