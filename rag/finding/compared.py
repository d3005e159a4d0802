"""Questions that compare, told side by side: each side is asked for by itself, within its own briefings."""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import reduce

from rag.answers import Answer, PlanStep
from rag.asking.comparing import Side
from rag.asking.followup import Standalone
from rag.briefings import Hit, Scope
from rag.verify import appended, summed

Answered = Callable[[Standalone, Scope], Iterable[tuple[Answer, list[Hit]]]]
SideBySide = Callable[[Standalone, Sequence[tuple[str, Sequence[Hit]]]], Answer | None]


def compared(
    asked: Standalone, sides: Sequence[Side], within: Scope, answered: Answered, side_by_side: SideBySide
) -> tuple[Answer, list[Hit]] | None:
    """What each side tells, in order, with the passages it was found in, and as `missing` what is not told of a
    side, or only by the other one; None when none tells anything. `answered` gives the answers to one question
    within a scope, and `side_by_side` one answer with what two sides, each with its passages, tell of the same."""
    told = [_told_by(side, within, answered) for side in sides]
    hits = [hit for _, found in told for hit in found]
    whole = None
    if all(side.is_told for side in sides):  # they tell of the same, as two days or places do not
        whole = side_by_side(asked, [(side.asked, found) for side, (_, found) in zip(sides, told, strict=True)])
    left: list[Side] = []
    if whole is None:
        known: set[tuple[str, int]] = set()
        for side, (answer, _) in zip(sides, told, strict=True):
            places = {(c.briefing_id, c.start) for c in answer.citations} if answer else set()
            if answer is None or answer.abstained or not known.isdisjoint(places):
                left.append(side)
                continue
            known |= places
            doubtful = answer.doubtful or (whole is not None and whole.doubtful)
            whole = replace(appended(whole, answer) if whole else answer, doubtful=doubtful)
    if whole is None:
        return None
    missing = " ".join(f"{side.written}: {side.asked}" if side.is_told else side.asked for side in left) or None
    timings = [answer.timings_ms for answer, _ in told if answer]
    plan = tuple(PlanStep(side.asked, side.sources) for side in sides)
    whole = replace(whole, question=asked.asked, standalone_question=asked.text, missing=missing, plan=plan)
    return replace(whole, timings_ms=reduce(summed, timings)), hits


def _told_by(side: Side, within: Scope, answered: Answered) -> tuple[Answer | None, list[Hit]]:
    """The answer of a side, with its passages; nothing when none of its sources is `within`."""
    sources = tuple(s for s in side.sources if not within.sources or s in within.sources)
    if side.sources and not sources:
        return None, []
    scope = replace(
        within, sources=sources or within.sources, briefing_ids=side.briefing_ids or within.briefing_ids
    )
    return deque(answered(Standalone(side.asked, side.asked), scope), maxlen=1)[0]
