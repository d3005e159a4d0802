"""What speaks for a sentence as the answer to a question, in numbers, for the model in `rag.extract.evidence`."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from rag.asking.question import Question
from rag.extract.attributions import Attribution
from rag.extract.candidates import Candidate
from rag.extract.cues import CUES, Cues
from rag.extract.kinds import kind_fits, tells_amount_in_words
from rag.extract.matching import AskedWords, Matcher, Strengths
from rag.extract.miscounts import of_other_things
from rag.extract.otherwise import Otherwise
from rag.extract.readings import ReadText
from rag.extract.shares import Held, Matrix, below_best, shares
from rag.extract.untold import Untold
from rag.extract.whether import Whether
from rag.storage.database import Vectors
from rag.words.terms import words
from rag.words.thesaurus import RELATED, SYNONYM

# Of a sentence. Shares are of the subject words by weight; those called plain leave its names out; those below the
# best are differences from the highest value among the candidates.
FEATURES = (
    "near",  # the share that the sentence, its paragraph or its heading holds
    "unmatched",  # the share that none of them holds at all
    "factoid_unmatched",
    "plain",  # the plain share that the sentence holds
    "plain_below_best",
    "plain_paragraph",  # the plain share that its paragraph holds
    "exact_plain",  # the plain share that it holds word for word
    "exact_below_best",
    "related",  # the share that it holds by related words
    "gain_heading",  # the share that its heading adds
    "gain_after",  # the share that the next sentence adds
    "context_below_best",  # the plain share of it and all around it, what is farther away counting less
    "paragraph_below_best",  # the share that the candidates of its paragraph hold together
    "briefing",  # the share that the candidates of its briefing hold together
    "named",  # the share of the names that it holds
    "named_whole",  # the share of neighbouring names ("Aldry Link") that stand together in its briefing
    "echo",  # how near its words come to those of the question, on average
    "similar_below_best",  # of sentence vectors
    "similar_with_before",  # of the vector of this sentence and the one before it
    "score",  # of its passage
    "lead",  # 1 in the first paragraph, if that is no row of a table
    "number_fits",
    "time_fits",
    "recent",  # the share of the other days that its briefing is later than, where it is asked about now
    "newest",  # 1 for the last of these days
    "to_come",  # 1 for something that is still to come, where the question takes it for past
    *CUES,
)
# Of a question with all its candidates: these speak for none of them.
NOTHING = ("lost", "asked", "has_names", "open", "similar_best")

_LEAST_EVENT = 0.65  # how well a sentence must hold the verb of an event that is taken for a fact
_IN_WORDS = 0.1  # how well "a quarter of them" tells a number
_TIMES = ("date", "time")


@dataclass(frozen=True, slots=True)
class Examined:
    """A `table` with a row of FEATURES for each candidate, and the row of NOTHING.

    `unfit` are the candidates without the number, date, time, name or measure that is asked for; `eventless`
    those without the event that the question takes for a fact; `open` those that tell that the answer is not
    known, or nothing like the deed that is asked about. `lost` are the subject words that no candidate holds, of
    `weights`; `held` tells for each candidate which of them, names left out, it holds, be it by a synonym."""

    table: Matrix
    nothing: Matrix
    unfit: NDArray[np.bool_]
    eventless: NDArray[np.bool_]
    open: NDArray[np.bool_]
    weights: Strengths
    lost: NDArray[np.bool_]
    held: NDArray[np.bool_]


def examine(question: Question, candidates: Sequence[Candidate], asked: AskedWords) -> Examined:
    """The features of at least one candidate for a question of these words."""
    texts = [c.text for c in candidates]
    held = Held.by(candidates, question, asked)
    near, fits = held.near, _fits(question, texts, asked.matcher)
    untold, whether = Untold(question, asked.matcher.thesaurus), Whether(question, asked)
    miscounts, otherwise = of_other_things(question, asked), Otherwise(question, asked)
    attribution = Attribution(question, asked)
    to_come = list(map(untold.is_to_come, texts))
    cues = dict(zip(CUES, np.array(list(map(Cues(question).told_by, texts))).T, strict=True))
    cues["denied"] = np.array([told and whether.denies(s) for told, s in zip(cues["denied"], texts, strict=True)])
    similar = _similar(question, candidates, asked.matcher)
    values = {
        **shares(question, candidates, held),
        "named_whole": _named_whole(question, candidates),
        "echo": asked.echoes([ReadText.of(text) for text in texts]),
        "similar_below_best": below_best(similar[0]),
        "similar_with_before": similar[1],
        "score": np.array([c.score for c in candidates]),
        "lead": np.array([c.paragraph.number == 1 and c.paragraph.kind != "table_row" for c in candidates]),
        "number_fits": fits * (question.wants == "number"),
        "time_fits": fits * held.share(near) * (question.wants in _TIMES),
        **_recency(question, candidates),
        "to_come": np.array(to_come),
        **cues,
    }
    lost_plainly = np.max(held.own, axis=0, initial=0.0) < RELATED
    nothing = {
        "lost": float(held.plain_share(lost_plainly[None])[0]),
        "asked": math.log(1 + len(question.subject)),
        "has_names": float(bool(question.names)),
        "open": float(not question.is_factoid),
        "similar_best": float(similar[0].max()),
    }
    unfit = [
        not fit
        or untold.by(c.text, c.before)
        or whether.strays(c.text)
        or miscounts(c)
        or attribution.is_of_another(c.text)
        for fit, c in zip(fits, candidates, strict=True)
    ]
    left_open = np.array(list(map(untold.leaves_open, texts, to_come)))
    event = question.event
    return Examined(
        np.column_stack([values[name] for name in FEATURES]).astype(float),
        np.array([nothing[name] for name in NOTHING]),
        np.array(unfit, dtype=bool),
        np.zeros(len(texts), dtype=bool) if event is None else held.own[:, event] < _LEAST_EVENT,
        left_open | np.array(list(map(otherwise.tells, candidates))) | _deedless(asked, untold.deed, texts),
        held.weights,
        np.max(near, axis=0, initial=0.0) == 0,
        (held.own >= SYNONYM) & (held.plain_weights > 0),
    )


def _similar(question: Question, candidates: Sequence[Candidate], matcher: Matcher) -> tuple[Matrix, Matrix]:
    """How near the vector of each sentence comes to that of the question, alone and with the one before it."""
    alone, before = np.split(matcher.sums([*(c.text for c in candidates), *(c.before for c in candidates)]), 2)
    (query,) = matcher.sums([question.text])
    return _cosines(alone, query), _cosines(alone + before, query)


def _cosines(rows: Vectors, row: Vectors) -> Matrix:
    """Of each row with one; 0 where either is all zeros."""
    lengths = np.linalg.norm(rows, axis=1) * np.linalg.norm(row)
    return np.asarray(np.divide(rows @ row, lengths, out=np.zeros(len(rows)), where=lengths > 0))


def _deedless(asked: AskedWords, deed: int | None, texts: Sequence[str]) -> NDArray[np.bool_]:
    """For each sentence whether it holds nothing like the deed that is asked about; the other words of the question
    are no such thing, however near they come ("drafted" and "the proposal")."""
    if deed is None:
        return np.zeros(len(texts), dtype=bool)
    others = {word.term for i, word in enumerate(asked.subject) if i != deed}
    rest = [" ".join(w.written for w in words(text) if w.term not in others) for text in texts]
    return np.asarray(asked.strengths([ReadText.of(text) for text in rest])[:, deed] == 0)


def _recency(question: Question, candidates: Sequence[Candidate]) -> dict[str, Matrix]:
    """How late the briefings are among those of all candidates; 0 but for a question about how things stand now."""
    own = [c.briefing.published for c in candidates]
    days = sorted({day for day in own if day})
    if not question.is_current or len(days) < 2:
        return dict.fromkeys(("recent", "newest"), np.zeros(len(own)))
    recent = np.array([days.index(day) / (len(days) - 1) if day else 0.5 for day in own])
    return {"recent": recent, "newest": (recent == 1).astype(float)}


def _named_whole(question: Question, candidates: Sequence[Candidate]) -> Matrix:
    """The share of the pairs of names side by side in the question that stand so in each briefing; 1 without."""
    names, text = question.names, question.text
    pairs = [text[a.start : b.end].lower() for a, b in pairwise(names) if b.start - a.end == 1]
    if not pairs:
        return np.ones(len(candidates))
    shares: dict[str, float] = {}
    for briefing in {c.briefing.briefing_id: c.briefing for c in candidates}.values():
        whole = f"{briefing.title}\n{briefing.source}\n{briefing.text}".lower()
        shares[briefing.briefing_id] = sum(pair in whole for pair in pairs) / len(pairs)
    return np.array([shares[c.briefing.briefing_id] for c in candidates])


def _fits(question: Question, texts: Sequence[str], matcher: Matcher) -> Matrix:
    """How well the sentences hold a number, date or time, where one is asked for; else 1."""
    if question.wants not in ("number", *_TIMES):
        return np.ones(len(texts))
    fits = np.array([kind_fits(question, text, matcher) for text in texts])
    if question.wants == "number":
        fits[(fits == 0) & [tells_amount_in_words(text) for text in texts]] = _IN_WORDS
    return fits
