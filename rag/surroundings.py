"""What the surroundings of sentences hold of a question: read once for each paragraph and each briefing."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rag.briefings import Briefing, Paragraph
from rag.matching import AskedWords, ReadText, Strengths
from rag.question import Question
from rag.values import MONTHS, WEEKDAYS, numbers_in, times_in

_REPORTED = 2  # days after an event within which it is reported as "on Wednesday"


@dataclass(frozen=True, slots=True)
class Around:
    """How well a paragraph holds each subject word, alone and with its title, section, source and date; and what
    is lost of the question: names that the whole briefing lacks, numbers and times that the paragraph lacks."""

    paragraph: Strengths
    near: Strengths
    names: tuple[str, ...]
    numbers: tuple[str, ...]
    times: tuple[str, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """All that is lost, each once."""
        return tuple(dict.fromkeys([*self.names, *self.numbers, *self.times]))


class Surroundings:
    """The surroundings of many sentences, for one question."""

    def __init__(self, question: Question, asked: AskedWords) -> None:
        self._question = question
        self._asked = asked
        self._names: dict[str, tuple[str, ...]] = {}
        self._above: dict[str, Strengths] = {}  # by heading
        self._known: dict[tuple[str, int], Around] = {}

    def of(self, briefing: Briefing, paragraph: Paragraph) -> Around:
        """What is around a sentence of this paragraph."""
        key = briefing.briefing_id, paragraph.number
        if key not in self._known:
            self._known[key] = self._read(briefing, paragraph)
        return self._known[key]

    @staticmethod
    def texts(briefing: Briefing, paragraph: Paragraph) -> tuple[ReadText, ReadText]:
        """What is read around a sentence of this paragraph: the paragraph, and what stands above it."""
        return ReadText.of(briefing.words_of(paragraph)), ReadText.of(_heading(briefing, paragraph))

    def _read(self, briefing: Briefing, paragraph: Paragraph) -> Around:
        own, above = self.texts(briefing, paragraph)
        heading = _heading(briefing, paragraph)
        if heading not in self._above:
            self._above[heading] = self._asked.strengths(above)
        strengths = self._asked.strengths(own)
        return Around(
            paragraph=strengths,
            near=np.maximum(strengths, self._above[heading]),
            names=self._lost_names(briefing),
            numbers=self._lost_numbers(briefing, own, above),
            times=self._lost_times(f"{heading}\n{briefing.words_of(paragraph)}"),
        )

    def _lost_names(self, briefing: Briefing) -> tuple[str, ...]:
        known = self._names
        if briefing.briefing_id not in known:
            names = self._question.names
            whole = f"{briefing.title}\n{briefing.source}\n{briefing.text}"
            held = self._asked.named(ReadText.whole(whole)) if names else []
            known[briefing.briefing_id] = tuple(n.written for n, h in zip(names, held, strict=True) if not h)
        return known[briefing.briefing_id]

    def _lost_numbers(self, briefing: Briefing, *some: ReadText) -> tuple[str, ...]:
        """The numbers asked for that no text holds; a day of the month may be told up to _REPORTED days later."""
        if not self._question.numbers:
            return ()
        held = {n.value for text in some for n in numbers_in(list(text.order))}
        if briefing.published and MONTHS[briefing.published.month - 1] in self._question.times:
            held |= {float(briefing.published.day - days) for days in range(_REPORTED + 1)}
        return tuple(f"{value:g}" for value in self._question.numbers if value not in held)

    def _lost_times(self, text: str) -> tuple[str, ...]:
        """The months, years or weekdays asked for, of which the text holds none."""
        asked = self._question.times
        if not asked:
            return ()
        held = set(times_in(text))
        groups: list[Sequence[str]] = [
            [t for t in asked if t in MONTHS],
            [t for t in asked if t.isdigit()],
            [t for t in asked if t in WEEKDAYS],
        ]
        return tuple(t.capitalize() for group in groups if held.isdisjoint(group) for t in group)


def _heading(briefing: Briefing, paragraph: Paragraph) -> str:
    published = briefing.published.strftime("%-d %B %Y") if briefing.published else ""
    return "\n".join([briefing.title, paragraph.section or "", briefing.source, published])
