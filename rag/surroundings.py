"""What the surroundings of sentences hold of a question: read once for each paragraph and each briefing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.briefings import Briefing, Paragraph
from rag.matching import AskedWords, Strengths
from rag.question import Question
from rag.readings import ReadText, WholeText
from rag.values import MONTHS, WEEKDAYS, calendar_of, values_of

_REPORTED = 2  # days after an event within which it is reported as "on Wednesday"


@dataclass(frozen=True, slots=True)
class Around:
    """How well a paragraph holds each subject word, and how well its title, section, source and date do; and what
    is lost of the question: names that the whole briefing lacks, numbers and times that the paragraph lacks."""

    paragraph: Strengths
    heading: Strengths
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
        self._known: dict[tuple[str, int], Around] = {}

    def of(self, briefing: Briefing, paragraph: Paragraph) -> Around:
        """What is around a sentence of this paragraph."""
        return self.of_all([(briefing, paragraph)])[0]

    def of_all(self, places: Sequence[tuple[Briefing, Paragraph]]) -> list[Around]:
        """What is around sentences of these paragraphs: quicker than one by one."""
        keys = [(briefing.briefing_id, paragraph.number) for briefing, paragraph in places]
        new = {key: place for key, place in zip(keys, places, strict=True) if key not in self._known}
        self._known.update(zip(new, self._read(list(new.values())), strict=True))
        return [self._known[key] for key in keys]

    def _read(self, places: Sequence[tuple[Briefing, Paragraph]]) -> Iterator[Around]:
        above = [ReadText.of(_heading(*place)) for place in places]
        own = [ReadText.of(briefing.words_of(paragraph)) for briefing, paragraph in places]
        texts = {text.text: text for text in (*own, *above)}
        strengths = dict(zip(texts, self._asked.strengths(list(texts.values())), strict=True))
        for (briefing, _), paragraph, heading in zip(places, own, above, strict=True):
            yield Around(
                paragraph=strengths[paragraph.text],
                heading=strengths[heading.text],
                names=self._lost_names(briefing),
                numbers=self._lost_numbers(briefing, paragraph, heading),
                times=self._lost_times(f"{heading.text}\n{paragraph.text}"),
            )

    def _lost_names(self, briefing: Briefing) -> tuple[str, ...]:
        known = self._names
        if briefing.briefing_id not in known:
            names = self._question.names
            whole = f"{briefing.title}\n{briefing.source}\n{briefing.text}" if names else ""
            held = self._asked.named_in(WholeText.of(whole)) if names else []
            known[briefing.briefing_id] = tuple(n.written for n, h in zip(names, held, strict=True) if not h)
        return known[briefing.briefing_id]

    def _lost_numbers(self, briefing: Briefing, *some: ReadText) -> tuple[str, ...]:
        """The numbers asked for that no text holds; a day of the month may be told up to _REPORTED days later."""
        if not self._question.numbers:
            return ()
        held = {value for text in some for value in values_of(text.text)}
        if briefing.published and MONTHS[briefing.published.month - 1] in self._question.times:
            held |= {float(briefing.published.day - days) for days in range(_REPORTED + 1)}
        return tuple(f"{value:g}" for value in self._question.numbers if value not in held)

    def _lost_times(self, text: str) -> tuple[str, ...]:
        """The months, years or weekdays asked for, of which the text holds none."""
        asked = self._question.times
        if not asked:
            return ()
        held = calendar_of(text)
        groups: list[Sequence[str]] = [
            [t for t in asked if t in MONTHS],
            [t for t in asked if t.isdigit()],
            [t for t in asked if t in WEEKDAYS],
        ]
        return tuple(t.capitalize() for group in groups if held.isdisjoint(group) for t in group)


def _heading(briefing: Briefing, paragraph: Paragraph) -> str:
    published = briefing.published.strftime("%-d %B %Y") if briefing.published else ""
    return "\n".join([briefing.title, paragraph.section or "", briefing.source, published])
