"""What a plan is: how a question is searched for, as a whole and in parts. `rag.plan` makes it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from rag.answers import NO_USAGE, PlanStep, Usage
from rag.words.periods import Period

Turn = Literal["first", "last", "twice"]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a question: `text` holds the clauses that it is about, `weights` the terms to look for, and
    `sources` and the key of a `title` where, empty for everywhere; the question has the title as it is `written`.
    Briefings of the `period` are preferred; a part without sources and title looks only there. A part of a `name`,
    as it is `written`, looks only for passages that hold all its terms."""

    text: str
    weights: Mapping[str, float]
    sources: tuple[str, ...] = ()
    period: Period | None = None
    title: str = ""
    written: str = ""
    name: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """How a question is searched for: as a `whole`, and in `parts`, whose results are taken in turn.

    When it is not `certain` that the parts are what is meant, the whole question takes its turn among them: the
    `first`, the `last`, or the first `twice`. `notices` are for the reader, `usage` is what a model took for it.
    """

    whole: Part
    parts: tuple[Part, ...] = ()
    certain: bool = True
    turn: Turn = "first"
    notices: tuple[str, ...] = ()
    usage: Usage = NO_USAGE

    @property
    def steps(self) -> tuple[PlanStep, ...]:
        """The parts as an answer shows them."""
        return tuple(_step(part) for part in self.parts)


def _step(part: Part) -> PlanStep:
    step = PlanStep(part.text, part.sources)
    step = replace(step, name=part.written) if part.name else replace(step, title=part.written)
    if (period := part.period) is None:
        return step
    return replace(step, since=period.since, until=period.until, event=period.event, dated_by=period.dated_by)
