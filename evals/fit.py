"""Fit the evidence model of `rag.evidence` on the development cases, and print its weights.

Run `python -m evals.fit`; the weights are then copied into `rag/evidence.py`. Only the development half is
read. Each sentence of the passages found for a question is an example: 1 when it overlaps a gold quote.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evals.cases import Case, Evidence, read_cases
from evals.run import libraries, library_of
from rag.build import App
from rag.compose import candidates_of
from rag.embedders import WordLlamaEmbedder
from rag.evidence import FEATURES, EvidenceScorer
from rag.matching import Matcher
from rag.parts import read_parts
from rag.thesaurus import news_thesaurus

Matrix = NDArray[np.float64]
_RIDGE = 10.0  # on standardised features, for the whole sum of losses


@dataclass(frozen=True, slots=True)
class Examples:
    """One row of FEATURES a sentence, and whether it answers (1 or 0)."""

    table: Matrix
    answers: Matrix


def collect(app: App, cases: Iterable[Case]) -> Examples:
    """The examples of the single-turn cases with one part, over an app's library, without sentences ruled out."""
    scorer = EvidenceScorer(Matcher(WordLlamaEmbedder(), news_thesaurus()))
    tables, answers = [], []
    for case in cases:
        if case.earlier:
            continue
        quotes = [e for any_of in case.evidence for e in any_of]
        hits = app.search(case.question)
        briefings = {b.briefing_id: b for b in app.library.briefings(h.passage.briefing_id for h in hits)}
        candidates = candidates_of(hits, briefings)
        parts = read_parts(case.question)
        if not candidates or len(parts) > 1:
            continue  # a gold sentence answers one of the parts, and nothing says which
        seen = scorer.examine(parts[0], candidates)
        for row, candidate, ruled_out in zip(seen.table, candidates, seen.lacks, strict=True):
            if ruled_out:
                continue
            tables.append(row)
            answers.append(any(_overlap(candidate.briefing.briefing_id, candidate.text, e) for e in quotes))
    return Examples(np.array(tables), np.array(answers, dtype=np.float64))


def fit(examples: Examples, ridge: float = _RIDGE) -> tuple[dict[str, float], float]:
    """Weights by feature, and the bias, of a logistic regression with an L2 penalty, by Newton's method."""
    mean, spread = examples.table.mean(axis=0), examples.table.std(axis=0)
    spread[spread == 0] = 1.0
    x = np.c_[(examples.table - mean) / spread, np.ones(len(examples.table))]
    penalty = np.diag([ridge] * (x.shape[1] - 1) + [0.0])
    w = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (p - examples.answers) + penalty @ w
        step = np.linalg.solve((x.T * (p * (1 - p))) @ x + penalty, gradient)
        w -= step
        if np.abs(step).max() < 1e-9:
            break
    raw = w[:-1] / spread
    return dict(zip(FEATURES, raw, strict=True)), float(w[-1] - raw @ mean)


def _overlap(briefing_id: str, sentence: str, evidence: Evidence) -> bool:
    quote = evidence.quote
    return briefing_id == evidence.briefing and (quote in sentence or sentence in quote)


def main() -> None:
    """Print the weights as Python source."""
    cases = read_cases(("dev",))
    with libraries() as apps:
        parts = [collect(apps[name], (c for c in cases if library_of(c) == name)) for name in ("real", "fictional")]
    examples = Examples(np.vstack([p.table for p in parts]), np.concatenate([p.answers for p in parts]))
    weights, bias = fit(examples)
    print(f"# {len(examples.answers):,} sentences, {int(examples.answers.sum())} of which answer")
    print("WEIGHTS: Mapping[str, float] = {")
    for name, weight in weights.items():
        print(f'    "{name}": {weight:.3f},')
    print(f"}}\nBIAS = {bias:.3f}")


if __name__ == "__main__":
    main()
