"""Fit the ranking model of `rag.finding.ranking` on development data, and print its weights.

Run `python -m evals.fit_ranking` with BRIEFINGS_BENCH_DATA set; the weights are then copied into
`rag/finding/ranking.py`. Plain questions are learnt from the own development and training cases and CLAPNQ's,
parts of planned questions from MultiHop-RAG's. An example is a list of proposed passages, some of which hold gold.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evals.bench.data import DataSet, clapnq, data_folder, multihop
from evals.bench.homes import home_of
from evals.bench.scorers import bare
from evals.cases import FOLDERS, Evidence, read_cases
from evals.fit import TRAINING
from evals.run import libraries, library_of
from rag.briefings import Hit, Scope
from rag.build import App
from rag.errors import BriefingsError
from rag.finding.ranking import FEATURES, features
from rag.finding.search import Search

LEARNT_FROM = {**FOLDERS, "training": TRAINING / "briefings"}
# What a table of weights does without. The days that a plain question names are those of events, which other days'
# briefings report.
UNUSED = {"WHOLE": ("dated",), "PART": ("similar_rank", "meant", "meant_in_one_sentence", "titled")}
_RIDGE = 10.0  # on features of unit spread, for the whole sum of losses
Matrix = NDArray[np.float64]
IsGold = Callable[[Hit], bool]


@dataclass(frozen=True, slots=True)
class Example:
    """The proposals for a question or for the parts of one: a row of FEATURES each, and whether it is gold."""

    table: Matrix
    gold: NDArray[np.bool_]


def example(app: App, question: str, is_gold: IsGold, *, parts: bool, scope: Scope | None = None) -> Example | None:
    """The proposals for a question's parts together, without those of names, or for the whole question; None when
    there are none."""
    planned = app.retriever.plan(question)
    search = Search(app.library, app.mirrors, app.embedder, planned, 10, scope or Scope())
    lists = [p for p in (search.for_parts() if parts else [search.for_whole()]) if p.candidates and not p.part.name]
    if not lists:
        return None
    ids = [c.profile.passage_id for proposals in lists for c in proposals.candidates]
    hits = {hit.passage.passage_id: hit for hit in app.library.hits(dict.fromkeys(ids, 0.0))}
    table = np.vstack([features(search.asked, p.part, p.candidates, p.standins) for p in lists])
    return Example(table, np.array([i in hits and is_gold(hits[i]) for i in ids]))


def fit(examples: Sequence[Example], unused: Sequence[str] = (), ridge: float = _RIDGE) -> Mapping[str, float]:
    """Weights by feature that make the gold of each example likely, in a softmax over its proposals, with an L2
    penalty; 0 for the `unused` features. Examples without gold teach nothing."""
    from scipy.optimize import minimize

    useful = [e for e in examples if e.gold.any()]
    table = np.vstack([e.table for e in useful])
    spread = table.std(axis=0)
    spread[spread == 0] = 1.0
    rows = table / spread
    rows[:, [FEATURES.index(name) for name in unused]] = 0.0
    sizes = [len(e.gold) for e in useful]
    starts = np.r_[0, np.cumsum(sizes)[:-1]]
    group = np.repeat(np.arange(len(sizes)), sizes)
    target = np.concatenate([e.gold / e.gold.sum() for e in useful])

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        logits = rows @ weights
        powers = np.exp(logits - np.maximum.reduceat(logits, starts)[group])
        share = powers / np.add.reduceat(powers, starts)[group]
        total = -(target * np.log(share + 1e-300)).sum() + ridge * weights @ weights / 2
        return float(total), rows.T @ (share - target) + ridge * weights

    found = minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B")
    return dict(zip(FEATURES, (float(w) for w in found.x / spread), strict=True))


def multihop_examples(app: App, data: DataSet) -> list[Example]:
    """One example for each question with parts: gold is what holds one of its facts."""
    found = []
    for query in data.queries:
        facts = [bare(fact) for fact in query.facts]

        def holds(hit: Hit, facts: Sequence[str] = facts) -> bool:
            return any(fact in bare(hit.text) for fact in facts)

        if facts and (made := example(app, query.text, holds, parts=True)):
            found.append(made)
    return found


def clapnq_examples(app: App, data: DataSet) -> list[Example]:
    """One example for each question: gold is what is from its passage."""
    made = (
        example(app, q.text, lambda hit, key=q.facts[0]: hit.passage.briefing_id == key, parts=False)  # type: ignore[misc]
        for q in data.queries
    )
    return [e for e in made if e]


def own_examples(apps: Mapping[str, App]) -> list[Example]:
    """One example for each single-turn case with evidence, in the libraries LEARNT_FROM: gold is what holds one of
    its quotes."""
    found = []
    asked = [(apps[library_of(case)], case) for case in read_cases(("dev",))]
    asked += [(apps["training"], case) for case in read_cases(("dev",), folder=TRAINING / "cases")]
    for app, case in asked:
        quotes = [e for any_of in case.evidence for e in any_of]

        def holds(hit: Hit, quotes: Sequence[Evidence] = quotes) -> bool:
            return any(e.briefing == hit.passage.briefing_id and e.quote in hit.text for e in quotes)

        scope = Scope(until=case.as_of) if case.as_of else None
        if quotes and not case.earlier:
            made = example(app, case.question, holds, parts=False, scope=scope)
            found += [made] if made else []
    return found


def main() -> None:
    """Print both tables of weights as Python source."""
    folder = data_folder()
    with libraries(LEARNT_FROM) as apps:
        plain = own_examples(apps)
    with home_of(data := clapnq(folder)) as app:
        plain += clapnq_examples(app, data)
    with home_of(data := multihop(folder)) as app:
        parts = multihop_examples(app, data)
    for name, examples in (("WHOLE", plain), ("PART", parts)):
        print(f"# {len(examples):,} lists, {sum(bool(e.gold.any()) for e in examples)} of which hold gold")
        print(f"{name}: Mapping[str, float] = {{")
        for feature, weight in fit(examples, UNUSED[name]).items():
            print(f'    "{feature}": {weight:.2f},')
        print("}")


if __name__ == "__main__":
    try:
        main()
    except BriefingsError as error:
        sys.exit(str(error))
