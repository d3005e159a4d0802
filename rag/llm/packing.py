"""What a language model is shown: whole paragraphs, best first, as many as fit, fenced by briefing."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rag.briefings import Briefing, Hit, Paragraph, paragraphs_of
from rag.checks.untrusted import commands, quotable
from rag.words.terms import visible

_PER_FENCE = 12  # tokens of a fence's two lines beside what they tell, about
_PER_PARAGRAPH = 6  # tokens of a paragraph's number and section, about


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph that a model may quote."""

    briefing: Briefing
    paragraph: Paragraph


@dataclass(frozen=True, slots=True)
class Packed:
    """The fenced briefings, and the place of each number in them ("P3")."""

    text: str
    places: Mapping[str, Place]


def pack(
    hits: Sequence[Hit],
    briefings: Mapping[str, Briefing],
    budget: int,
    count: Callable[[str], int],
    nonce: str,
) -> Packed:
    """The paragraphs of these passages, best first, as long as they fit `budget` tokens as `count` counts them.

    A paragraph that is too long for what is left is passed over, never cut. Those that fit are shown in reading
    order, the briefing of the best passage first. What orders the program about is not shown: nothing may rest
    on it. No line within a fence begins like a fence or a number, unless it is one.
    """
    chosen: dict[str, dict[int, Paragraph]] = {}
    room = budget
    for _, briefing, paragraph in paragraphs_of(hits, briefings):
        own = chosen.get(briefing.briefing_id, {})
        words = _shown(briefing, paragraph)
        if paragraph.number in own or not words:
            continue
        cost = count(words) + count(paragraph.section or "") + _PER_PARAGRAPH
        cost += 0 if own else count(_heading(briefing)) + _PER_FENCE
        if cost > room:
            continue
        room -= cost
        chosen.setdefault(briefing.briefing_id, {})[paragraph.number] = paragraph
    places: dict[str, Place] = {}
    fences = []
    for briefing_id, paragraphs in chosen.items():
        briefing = briefings[briefing_id]
        lines = [f"<<briefing {nonce} {_heading(briefing)}>>"]
        for number in sorted(paragraphs):
            key = f"P{len(places) + 1}"
            places[key] = Place(briefing, paragraphs[number])
            section = paragraphs[number].section
            under = f" (under {_quoted(section)})" if section and not commands(section) else ""
            lines.append(f"[{key}]{under} {_shown(briefing, paragraphs[number])}")
        fences.append("\n".join([*lines, f"<<end {nonce}>>"]))
    return Packed("\n\n".join(fences), places)


def _shown(briefing: Briefing, paragraph: Paragraph) -> str:
    """A paragraph as far as it may be quoted, the second and further lines of a code block indented."""
    whole = briefing.words_of(paragraph)
    return "\n    ".join(visible(whole[: quotable(whole)]).strip().splitlines())


def _heading(briefing: Briefing) -> str:
    told = {"title": briefing.title, "source": briefing.source}
    told = {name: "" if commands(value) else value for name, value in told.items()}
    if briefing.published:
        told["published"] = briefing.published.isoformat()
    return " ".join(f"{name}={_quoted(value)}" for name, value in told.items())


def _quoted(words: str) -> str:
    return json.dumps(visible(words), ensure_ascii=False)
