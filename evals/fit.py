"""Fit the evidence model of `rag.evidence` on development and training cases: `make fit` writes its weights.

Read are the development half, and the training cases over briefings of six other invented regions. An example is
one question with the sentences of the passages found for it; right are those that overlap a gold quote, or none.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from evals.cases import FOLDERS, HERE, Case, Evidence, read_cases
from evals.run import libraries, library_of
from rag.briefings import Scope
from rag.build import App
from rag.candidates import candidates_of
from rag.embedders import WordLlamaEmbedder
from rag.engine import PASSAGES
from rag.evidence import WEIGHTS_FILE, Weights, shortfalls
from rag.features import FEATURES, NOTHING, examine
from rag.matching import Matcher
from rag.parts import read_parts
from rag.thesaurus import news_thesaurus

Matrix = NDArray[np.float64]
TRAINING = HERE / "training"
_RIDGE = 4.0  # on standardised features, for the whole sum of losses
_UNFOUND = 0.3  # the weight of a question whose answer is not among the sentences
_FARTHEST = 5.0  # standard deviations


@dataclass(frozen=True, slots=True)
class Example:
    """The sentences of one question that are not ruled out: a row of FEATURES each, and whether it answers; and the
    row of NOTHING. It counts `weight`."""

    table: Matrix
    answers: NDArray[np.bool_]
    nothing: Matrix
    weight: float = 1.0


def collect(app: App, cases: Sequence[Case], passages: int) -> Iterator[Example]:
    """The examples of the single-turn cases with one part, over an app's library."""
    matcher = Matcher(WordLlamaEmbedder(), news_thesaurus())
    for case in cases:
        parts = read_parts(case.question)
        if case.earlier or len(parts) > 1:
            continue  # a gold sentence answers one of the parts, and nothing says which
        hits = app.search(case.question, passages, Scope(until=case.as_of))
        briefings = {b.briefing_id: b for b in app.library.briefings(h.passage.briefing_id for h in hits)}
        candidates = candidates_of(hits, briefings)
        if not candidates:
            continue
        seen = examine(parts[0], candidates, matcher)
        kept = np.array([not lacks for lacks in shortfalls(parts[0], seen)])
        quotes = [e for any_of in case.evidence for e in any_of]
        answers = [any(_overlap(c.briefing.briefing_id, c.text, e) for e in quotes) for c in candidates]
        right = np.array(answers)[kept]
        if kept.any():
            found = 1.0 if right.any() or not case.answerable else _UNFOUND
            yield Example(seen.table[kept], right, seen.nothing, found)


def fit(examples: Sequence[Example], ridge: float = _RIDGE) -> Weights:
    """The weights that make the right choices likeliest, with an L2 penalty, by L-BFGS.

    The loss of an example is -log of the probability that its right sentences have together, or that none has.
    """
    rows, nothing = np.vstack([e.table for e in examples]), np.array([e.nothing for e in examples])
    (x, middle, spread), (z, own_middle, own_spread) = _standardised(rows), _standardised(nothing)
    starts = np.cumsum([0, *(len(e.table) for e in examples[:-1])])
    of = np.repeat(np.arange(len(examples)), [len(e.table) for e in examples])
    right = np.concatenate([e.answers for e in examples])
    none = ~np.logical_or.reduceat(right, starts)
    counts = np.array([e.weight for e in examples])

    def loss(w: Matrix) -> tuple[float, Matrix]:
        scores, alone = x @ w[: x.shape[1]], z @ w[x.shape[1] : -1] + w[-1]
        top = np.maximum(np.maximum.reduceat(scores, starts), alone)
        each, null = np.exp(scores - top[of]), np.exp(alone - top)
        total = np.add.reduceat(each, starts) + null
        each, null = each / total[of], null / total
        together = np.add.reduceat(each * right, starts)
        likely = np.maximum(np.where(none, null, together), 1e-12)
        wanted = np.where(right, each / np.maximum(together, 1e-12)[of], 0.0)
        slope, own_slope = (each - wanted) * counts[of], (null - none) * counts
        gradient = np.concatenate([x.T @ slope, z.T @ own_slope, [own_slope.sum()]])
        gradient[:-1] += 2 * ridge * w[:-1]
        return float(-(counts * np.log(likely)).sum() + ridge * (w[:-1] ** 2).sum()), gradient

    w = minimize(loss, np.zeros(x.shape[1] + z.shape[1] + 1), jac=True, method="L-BFGS-B").x
    sentence, own = w[: x.shape[1]] / spread, w[x.shape[1] : -1] / own_spread
    bias = float(w[-1] - own @ own_middle + sentence @ middle)
    return Weights(
        dict(zip(FEATURES, map(float, sentence), strict=True)),
        dict(zip(NOTHING, map(float, own), strict=True)),
        bias,
    )


def _standardised(rows: Matrix) -> tuple[Matrix, Matrix, Matrix]:
    """The rows with mean 0 and spread 1 in every column, and these means and spreads."""
    middle, spread = rows.mean(axis=0), rows.std(axis=0)
    spread[spread < 1e-6] = 1.0
    return np.clip((rows - middle) / spread, -_FARTHEST, _FARTHEST), middle, spread


def _overlap(briefing_id: str, sentence: str, evidence: Evidence) -> bool:
    quote = evidence.quote
    return briefing_id == evidence.briefing and (quote in sentence or sentence in quote)


def examples(passages: int) -> list[Example]:
    """All examples: of the development half, and of the training cases."""
    asked = {"training": read_cases(("dev",), folder=TRAINING / "cases")}
    for case in read_cases(("dev",)):
        asked.setdefault(library_of(case), []).append(case)
    with libraries({**FOLDERS, "training": TRAINING / "briefings"}) as apps:
        return [e for name in sorted(asked) for e in collect(apps[name], asked[name], passages)]


def main() -> None:
    """Write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=HERE.parent / "rag" / WEIGHTS_FILE)
    made = examples(PASSAGES)
    weights = fit(made)
    plain = {
        "sentence": {name: round(w, 3) for name, w in weights.sentence.items()},
        "nothing": {name: round(w, 3) for name, w in weights.nothing.items()},
        "bias": round(weights.bias, 3),
    }
    parser.parse_args().out.write_text(json.dumps(plain, indent=1) + "\n", "utf-8")
    print(f"{len(made):,} questions, {sum(len(e.table) for e in made):,} sentences")


if __name__ == "__main__":
    main()
