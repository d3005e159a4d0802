"""`python -m evals.ablation`: what each piece of the ranking gains on the development data, as a table.

Each row is the search without one piece, with weights fitted anew without the features that it leaves out. Needs
BRIEFINGS_BENCH_DATA, and the libraries that `evals.bench` keeps.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from evals.bench.data import DataSet, clapnq, data_folder, multihop
from evals.bench.homes import DEFAULT_PLACE, home_of
from evals.bench.scorers import DEPTH, bare, means, score_by
from evals.fit_ranking import LEARNT_FROM, UNUSED, Example, clapnq_examples, fit, multihop_examples, own_examples
from evals.run import libraries
from rag.briefings import Scope
from rag.build import App
from rag.errors import BriefingsError
from rag.finding.plans import Plan
from rag.finding.ranking import FEATURES
from rag.finding.search import Found, Proposals, Search, taken_in_turn
from rag.finding.standins import StandIns
from rag.words.thesaurus import news_thesaurus

Weights = Mapping[str, float]
_FUSION = {name: float(name in ("words_rank", "similar_rank")) for name in FEATURES}


@dataclass(frozen=True, slots=True)
class Variant:
    """A row of the table: the search, how plans are changed for it, and the features that it does without; or
    weights that are not fitted."""

    name: str
    search: type[Search] = Search
    changed: Callable[[Plan], Plan] = lambda planned: planned
    without: tuple[str, ...] = ()
    weights: Weights | None = None


class WithoutVectors(Search):
    """Words alone propose passages."""

    def for_whole(self) -> Proposals:
        """What words propose for the whole question."""
        self.asked = replace(self.asked, vector=self.asked.vector * 0)
        return super().for_whole()


class WithoutStandIns(Search):
    """A question's own words alone propose passages."""

    def standins(self) -> StandIns:
        """Nothing."""
        return StandIns("", news_thesaurus())


class ByScore(Search):
    """The lists of the parts are merged by their scores, not in turn."""

    def best(self) -> list[Found]:
        """The k best passages, best first."""
        lists = [self._ranked(p, self._for_part) for p in self.for_parts()]
        whole = self._ranked(self.for_whole(), self._for_whole)
        merged = sorted((one for found in lists for one in found), key=lambda one: -one.score)
        return list(islice(taken_in_turn([[*merged, *whole]]), self._k))


def _whole(planned: Plan) -> Plan:
    return replace(planned, parts=())


def _anywhere(planned: Plan) -> Plan:
    return replace(planned, parts=tuple(replace(p, sources=()) for p in planned.parts))


def _undated(planned: Plan) -> Plan:
    parts = tuple(replace(p, period=None) for p in planned.parts if p.sources)
    return replace(planned, whole=replace(planned.whole, period=None), parts=parts)


def _same_words(planned: Plan) -> Plan:
    return replace(planned, parts=tuple(replace(p, weights=dict.fromkeys(p.weights, 1.0)) for p in planned.parts))


VARIANTS = (
    Variant("as it is, fitted anew"),
    Variant("without: parts of a plan", changed=_whole),
    Variant("without: a part looks in its sources only", changed=_anywhere),
    Variant("without: the clauses of other parts count less", changed=_same_words),
    Variant("without: parts take turns", ByScore),
    Variant("without: days and events", changed=_undated, without=("dated",)),
    Variant("without: vectors", WithoutVectors, without=("similar", "similar_rank")),
    Variant("without: BM25's score and rank", without=("words", "words_rank")),
    Variant("without: ranks of the lists", without=("words_rank", "similar_rank")),
    Variant("without: share of the terms covered", without=("covered",)),
    Variant("without: terms in one sentence", without=("in_one_sentence",)),
    Variant("without: neighbouring terms", without=("side_by_side",)),
    Variant("without: how much of its title is asked for", without=("titled",)),
    Variant("without: what stands for a term", WithoutStandIns, without=("meant", "meant_in_one_sentence")),
    Variant("instead of the model: reciprocal rank fusion", weights=_FUSION),
)


@dataclass(frozen=True, slots=True)
class Row:
    """What a variant reaches: MultiHop-RAG's measures (`evals.bench.scorers`), and CLAPNQ's recall on answerable
    questions."""

    name: str
    hits_10: float
    hits_4: float
    mrr_10: float
    recall_10: float
    at_1: float
    at_5: float


class Bench:
    """The development data, and what the weights are fitted to."""

    def __init__(self, news: App, news_data: DataSet, wiki: App, wiki_data: DataSet) -> None:
        self._news, self._wiki = news, wiki
        hits, _ = news.library.passages([s.briefing_id for s in news.library.summaries()])
        texts = {hit.passage.passage_id: bare(hit.text) for hit in hits}
        wanted = {q.text: [bare(f) for f in q.facts] for q in news_data.queries if q.facts}
        facts = sorted({fact for some in wanted.values() for fact in some})
        self._held = {i: {fact for fact in facts if fact in text} for i, text in texts.items()}
        self._asked = {text: set(some) for text, some in wanted.items()}
        self._keys = {q.text: q.facts[0] for q in wiki_data.queries if q.kind == "answerable"}
        with libraries(LEARNT_FROM) as apps:
            self._plain = [*own_examples(apps), *clapnq_examples(wiki, wiki_data)]
        self._parts: list[Example] = multihop_examples(news, news_data)

    def row(self, variant: Variant) -> Row:
        """What this variant reaches."""
        whole = variant.weights or fit(self._plain, (*UNUSED["WHOLE"], *variant.without))
        part = variant.weights or fit(self._parts, (*UNUSED["PART"], *variant.without))

        def found(app: App, question: str) -> list[str]:
            planned = variant.changed(app.retriever.plan(question))
            search = variant.search(app.library, app.mirrors, app.embedder, planned, DEPTH, Scope(), (whole, part))
            return [one.passage_id for one in search.best()]

        scores = means(
            [
                score_by(found(self._news, text), len(facts), lambda i, facts=facts: self._held[i] & facts)  # type: ignore[misc]
                for text, facts in self._asked.items()
            ]
        )
        ranks = []
        for text, key in self._keys.items():
            briefings = self._briefings(found(self._wiki, text))
            ranks.append(briefings.index(key) + 1 if key in briefings else DEPTH + 1)
        at_1, at_5 = (sum(rank <= depth for rank in ranks) / len(ranks) for depth in (1, 5))
        return Row(variant.name, scores.hits_10, scores.hits_4, scores.mrr_10, scores.recall_10, at_1, at_5)

    def _briefings(self, passage_ids: Sequence[str]) -> list[str]:
        hits = self._wiki.library.hits(dict.fromkeys(passage_ids, 0.0))
        known = {h.passage.passage_id: h.passage.briefing_id for h in hits}
        return [known[i] for i in passage_ids]


def table(rows: Iterator[Row]) -> Iterator[str]:
    """The rows as lines of Markdown, with the change from the first row in brackets."""
    yield "| ranking | Hits@10 | Hits@4 | MRR@10 | evidence recall@10 | CLAPNQ recall@1 | recall@5 |"
    yield "| --- | --: | --: | --: | --: | --: | --: |"
    first: Row | None = None
    for row in rows:
        first = first or row
        cells = []
        for name in ("hits_10", "hits_4", "mrr_10", "recall_10", "at_1", "at_5"):
            value = getattr(row, name)
            change = "" if row is first else f" ({value - getattr(first, name):+.3f})"
            cells.append(f"{value:.3f}{change}")
        yield f"| {row.name} | {' | '.join(cells)} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m evals.ablation", description=__doc__)
    parser.add_argument("--place", type=Path, default=DEFAULT_PLACE, help="where libraries are kept")
    place = parser.parse_args().place
    news_data, wiki_data = multihop(folder := data_folder()), clapnq(folder)
    with home_of(news_data, place) as news, home_of(wiki_data, place) as wiki:
        bench = Bench(news, news_data, wiki, wiki_data)
        for line in table(bench.row(variant) for variant in VARIANTS):
            print(line, flush=True)


if __name__ == "__main__":
    try:
        main()
    except BriefingsError as error:
        sys.exit(str(error))
