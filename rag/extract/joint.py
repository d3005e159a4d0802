"""The parts of a question seen together: what is asked in one breath is mostly told in one place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rag.asking.question import Question
from rag.extract.evidence import Scored
from rag.extract.readings import ReadText

# Chosen on the development and training cases, as those of `rag.extract.choice`.
APART = 0.25  # what a briefing that answers no other part counts; one that surely answers them all counts 1 more
SHARE_OF_OWN = 0.5  # of the best, from which one that holds more of what its part asks joins it


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a question with every candidate's score, and what tells the whole list that it asks for."""

    question: Question
    scored: Sequence[Scored]
    listed: Sequence[Scored] = ()


def told_together(parts: Sequence[Part]) -> list[Part]:
    """Two parts or more, in each of which a sentence is the more probable, the more probable it is that its
    briefing answers the others; how probable any answer is stays as it is."""
    told: list[dict[str, float]] = []
    for part in parts:
        told.append({})
        for one in part.scored:
            key = one.candidate.briefing.briefing_id
            told[-1][key] = told[-1].get(key, 0.0) + one.probability
    return [_weighed(part, told[:i] + told[i + 1 :]) for i, part in enumerate(parts)]


def _weighed(part: Part, others: Sequence[Mapping[str, float]]) -> Part:
    weighed = []
    for one in part.scored:
        there = sum(other.get(one.candidate.briefing.briefing_id, 0.0) for other in others) / len(others)
        weighed.append(one.probability * (APART + there))
    whole = sum(one.probability for one in part.scored) / (sum(weighed) or 1.0)
    scored = [replace(one, probability=p * whole) for one, p in zip(part.scored, weighed, strict=True)]
    return replace(part, scored=scored)


def own_of(part: Part, told: Scored) -> list[Scored]:
    """The next best sentence of a part whose best is told already, when it comes near and holds a word of the
    part's own that the best has not."""
    aside = {word.start for word in part.question.aside}
    own = {word.term for word in part.question.subject if word.start not in aside}
    own -= ReadText.of(told.candidate.text).terms.keys()
    rest = [s for s in part.scored if s is not told and not own.isdisjoint(ReadText.of(s.candidate.text).terms)]
    best = max(rest, key=lambda s: s.probability, default=None)
    return [best] if best and best.probability >= SHARE_OF_OWN * told.probability else []
