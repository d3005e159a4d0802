"""A language model's second look at the plan of a question; code decides what of it is taken.

The model sees the question, the names of the library's sources and its first and last day, never a word of a
briefing. What it replies is a plan or nothing: sources and days that the library has, and words of the question
with a few of its own. Whatever else it says, and whenever it fails, the plan by rules stays.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from rag.errors import NotFoundError
from rag.finding.catalogue import Catalogue
from rag.finding.plans import Part, Plan
from rag.llm.chat import ChatModel, Prompt
from rag.llm.helper import asked
from rag.prompts import PLAN, PLAN_SCHEMA
from rag.words.periods import Period
from rag.words.terms import index_terms, visible

_MOST_PARTS = 6
_LONGEST_PART = 300  # characters
_OWN_WORDS = 4  # terms of a part that the question does not hold
_OWN, _ELSEWHERE = 0.6, 0.2  # what these count, and what the question's words count in a part that leaves them out
_SOURCES = 200  # names that the model is shown
_LONGEST_NAME = 80  # characters


class _RefusedError(Exception):
    """A reply that is no plan; its words say why, for the reader."""


class ModelPlanner:
    """Has a language model refine plans. `model` is None when there is none, and `why` says so."""

    def __init__(self, model: ChatModel | None, why: str = "") -> None:
        self._model = model
        self._why = why

    def refined(self, question: str, planned: Plan, catalogue: Catalogue) -> Plan:
        """The plan with the model's parts, or as it was, with a notice that says why. One request."""
        if self._model is None:
            return _unrefined(planned, self._why)
        nonce = secrets.token_hex(8)
        reply = asked(
            self._model, Prompt(PLAN.format(nonce=nonce), _told(question, catalogue, nonce), PLAN_SCHEMA, nonce)
        )
        planned = replace(planned, usage=planned.usage + reply.usage)
        if reply.problem:
            return _unrefined(planned, reply.problem)
        try:
            parts = _parts(reply.value, question, catalogue)
        except _RefusedError as refused:
            return _unrefined(planned, f"Its plan was not taken: {refused}.")
        return _joined(planned, parts)


def _unrefined(planned: Plan, why: str) -> Plan:
    notice = f"Planned without the language model (BRIEFINGS_PLANNER). {why}"
    return replace(planned, notices=(*planned.notices, notice))


def _told(question: str, catalogue: Catalogue, nonce: str) -> str:
    """What the model is shown; of many sources those that share a word with the question."""
    asked_for = set(index_terms(question))
    names = sorted({source for sources in catalogue.named.values() for source in sources})
    names.sort(key=lambda name: -len(asked_for.intersection(index_terms(name))))
    shown = "\n".join(
        json.dumps(_line(name, nonce)[:_LONGEST_NAME], ensure_ascii=False) for name in names[:_SOURCES]
    )
    days = f"{catalogue.oldest} to {catalogue.newest}" if catalogue.newest else "unknown"
    return (
        f"<<sources {nonce}>>\n{shown}\n<<end {nonce}>>\nDays of the briefings: {days}\n"
        f"<<question {nonce}>>\n{_line(question, nonce)}\n<<end {nonce}>>"
    )


def _line(text: str, nonce: str) -> str:
    return " ".join(visible(text).replace(nonce, "").split())


def _parts(value: Any, question: str, catalogue: Catalogue) -> list[Part]:
    """The parts of a reply. Raises _RefusedError for what no plan of this library can be."""
    parts = value.get("parts") if isinstance(value, dict) else None
    if not isinstance(parts, list) or len(parts) > _MOST_PARTS:
        raise _RefusedError("it is not in the form asked for")
    return [_part(part, question, catalogue) for part in parts]


def _part(plain: Any, question: str, catalogue: Catalogue) -> Part:
    text = plain.get("question") if isinstance(plain, dict) else None
    if not isinstance(text, str) or len(text) > _LONGEST_PART:
        raise _RefusedError("a part of it is not a question")
    text = _line(text, "\0")
    whole, own = set(index_terms(question)), index_terms(text)
    if not own or len(set(own) - whole) > _OWN_WORDS:
        raise _RefusedError("a part of it is about something else")
    weights = {t: 1.0 if t in whole else _OWN for t in own}
    weights |= {t: _ELSEWHERE for t in whole if t not in weights}
    return Part(text, weights, _sources(plain.get("sources"), catalogue), _period(plain, question, catalogue))


def _sources(names: Any, catalogue: Catalogue) -> tuple[str, ...]:
    if names is None:
        return ()
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise _RefusedError("its sources are not names")
    found: set[str] = set()
    for name in names:
        try:
            found.update(catalogue.sources_called(name))
        except NotFoundError:
            raise _RefusedError("it names a source that the library does not have") from None
    return tuple(sorted(found))


def _period(plain: Mapping[str, Any], question: str, catalogue: Catalogue) -> Period | None:
    since, until = _day(plain.get("since")), _day(plain.get("until"))
    if since is None and until is None:
        return None
    first, last = catalogue.oldest, catalogue.newest
    if (since or date.min) > (until or date.max):
        raise _RefusedError("its days are in the wrong order")
    if first is None or last is None or (since or first) > last or (until or last) < first:
        raise _RefusedError("the library has no briefing of its days")
    return Period(since, until, 0, len(question))


def _day(written: Any) -> date | None:
    if written is None or written == "":
        return None
    try:
        return date.fromisoformat(written)
    except (TypeError, ValueError):
        raise _RefusedError("one of its days is not a date") from None


def _joined(planned: Plan, parts: Sequence[Part]) -> Plan:
    """The model's parts, and those by rules whose title, sources or event they leave out; the whole question has
    its turn unless the rules were certain of its sources."""
    new = [
        p for p in parts if p.sources or p.period or p.weights.keys() - planned.whole.weights.keys() or _omits(p)
    ]
    if not new:
        return planned
    covered = {source for part in new for source in part.sources}
    timed = any(part.period for part in new)
    kept = [p for p in planned.parts if p.title or (not covered.issuperset(p.sources) if p.sources else not timed)]
    certain = planned.certain and bool(planned.parts) and all(p.sources for p in new)
    joined = (*kept, *new)[:_MOST_PARTS]
    return replace(planned, parts=joined, certain=certain, turn="first")


def _omits(part: Part) -> bool:
    """True for a part that leaves out words of the question; one that repeats it is no part."""
    return _ELSEWHERE in part.weights.values()
