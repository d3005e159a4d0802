"""Fit the model of `rag.extract.evidence` on development and training cases: `make fit` writes its weights.

Read are the development half, also its conversations, and training cases over briefings of six other invented
regions. An example is one question with the sentences of the passages found for it; right are those that overlap a
gold quote, or none.
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from evals.cases import FOLDERS, HERE, REAL, Case, read_cases
from evals.followups import Conversation, conversations
from evals.run import libraries, library_of
from rag.asking.followup import Standalone, Turn, standalone
from rag.asking.parts import read_parts
from rag.briefings import Scope
from rag.build import App
from rag.embedders import WordLlamaEmbedder
from rag.engine import PASSAGES
from rag.extract.candidates import Candidate, candidates_of
from rag.extract.evidence import WEIGHTS_FILE, Weights, weighable
from rag.extract.features import FEATURES, NOTHING
from rag.extract.matching import Matcher
from rag.extract.surroundings import Surroundings
from rag.words.thesaurus import news_thesaurus

Matrix = NDArray[np.float64]
TRAINING = HERE / "training"
_RIDGE = 8.0  # on standardised features, for the whole sum of losses
_REAL = 2.0  # the weight of a question about the real briefing
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


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is understood, and the words that answer it, each with its briefing (None: in any); without
    them the briefings do not say. `until` hides later briefings."""

    question: Standalone
    right: tuple[tuple[str | None, str], ...]
    until: date | None = None


def asked_in(cases: Iterable[Case]) -> Iterator[Asked]:
    """The questions of cases, understood after the earlier ones."""
    for case in cases:
        quotes = tuple((e.briefing, e.quote) for any_of in case.evidence for e in any_of)
        yield Asked(standalone(case.question, [Turn(q) for q in case.earlier]), quotes, case.as_of)


def asked_after(conversation: Conversation) -> Iterator[Asked]:
    """The questions of a conversation, understood after those before them."""
    for i, said in enumerate(conversation.turns):
        earlier = [Turn(before.ask) for before in conversation.turns[:i]]
        yield Asked(standalone(said.ask, earlier), tuple((None, words) for words in said.find))


def collect(app: App, questions: Iterable[Asked], weight: float = 1.0) -> Iterator[Example]:
    """The examples of the questions with one part, over an app's library."""
    matcher = Matcher(WordLlamaEmbedder(), news_thesaurus())
    for asked in questions:
        question = asked.question
        parts = read_parts(question.text, bool(question.carried))
        if len(parts) > 1:
            continue  # a gold sentence answers one of the parts, and nothing says which
        hits = app.search(question.text, PASSAGES, Scope(until=asked.until))
        briefings = {b.briefing_id: b for b in app.library.briefings(h.passage.briefing_id for h in hits)}
        candidates = candidates_of(hits, briefings)
        if not candidates:
            continue
        lacks, _, weighed, seen, _ = weighable(Surroundings(parts[0], matcher.thesaurus), candidates, matcher)
        kept = np.array([not lacks[i] for i in weighed], dtype=bool)
        right = np.array([_answers(candidates[i], asked) for i in weighed], dtype=bool)[kept]
        if seen and kept.any():
            found = weight if right.any() or not asked.right else weight * _UNFOUND
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
    """The rows with mean 0 and spread 1 in every column, and these means and spreads. What lies far off is drawn
    near, but not in a column of two values: a rare cue, drawn near, would weigh several times what it is worth."""
    middle, spread = rows.mean(axis=0), rows.std(axis=0)
    spread[spread < 1e-6] = 1.0
    farthest = np.array([_FARTHEST if len(np.unique(column)) > 2 else np.inf for column in rows.T])
    return np.clip((rows - middle) / spread, -farthest, farthest), middle, spread


def _answers(candidate: Candidate, asked: Asked) -> bool:
    """True for a sentence that overlaps words that answer."""
    text, briefing_id = candidate.text, candidate.briefing.briefing_id
    return any(name in (None, briefing_id) and (q in text or text in q) for name, q in asked.right)


def examples() -> Iterator[Example]:
    """All examples: of the training cases, and of the development half's cases and conversations."""
    asked: dict[str, list[Asked]] = {"training": list(asked_in(read_cases(("dev",), folder=TRAINING / "cases")))}
    for case in read_cases(("dev",)):
        asked.setdefault(library_of(case), []).extend(asked_in([case]))
    for conversation in conversations("dev"):
        asked.setdefault(conversation.library, []).extend(asked_after(conversation))
    with libraries({**FOLDERS, "training": TRAINING / "briefings"}) as apps:
        for name in sorted(asked):
            yield from collect(apps[name], asked[name], _REAL if name == REAL else 1.0)


def main() -> None:
    """Write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=HERE.parent / "rag" / "extract" / WEIGHTS_FILE)
    out = parser.parse_args().out
    made = list(examples())
    weights = fit(made)
    plain = {
        "sentence": {name: round(w, 3) for name, w in weights.sentence.items()},
        "nothing": {name: round(w, 3) for name, w in weights.nothing.items()},
        "bias": round(weights.bias, 3),
    }
    out.write_text(json.dumps(plain, indent=1) + "\n", "utf-8")
    print(f"{len(made):,} questions, {sum(len(e.table) for e in made):,} sentences")


if __name__ == "__main__":
    main()
