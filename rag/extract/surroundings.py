"""What the surroundings of sentences hold of a question, and what they lack: read once for each paragraph."""

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import chain
from typing import Literal

import numpy as np

from rag.asking.question import Question
from rag.briefings import Briefing, Paragraph
from rag.extract.matching import AskedWords, Strengths
from rag.extract.named import AskedNames
from rag.extract.readings import ReadText, WholeText
from rag.words.sentences import spans_of
from rag.words.spelling import other_numbers
from rag.words.thesaurus import Thesaurus
from rag.words.values import MONTHS, WEEKDAYS, calendar_of, values_of

Place = tuple[Briefing, Paragraph]
_REPORTED = 2  # days after an event within which it is reported as "on Wednesday"
_YEARS_AWAY = {"last year": -1, "next year": 1}  # as a briefing tells them
# A number that tells which one is meant: "Quay 4", "flight 418", "the second round".
_NUMBERED = re.compile(
    r"\b(?:(?-i:[A-Z])[a-z]+|article|berth|bulletin|chapter|flight|gate|lot|phase|quay|route|section|stage|unit|week)"
    r" (?P<number>\d{1,4})\b(?![.,]\d)"
    r"|\b(?P<rank>second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth) [a-z]+\b",
    re.IGNORECASE,
)


class Lost:
    """What the surroundings of a sentence lack of a question: names that its whole briefing lacks, and numbers and
    times that its paragraph and what stands above it lack. Each is looked for when it is asked for. `numbered` are
    the numbers that the briefing holds in the same phrase ("Quay 4")."""

    def __init__(
        self, question: Question, names: AskedNames, whole: WholeText, place: Place, numbered: frozenset[float]
    ) -> None:
        self._question = question
        self._numbered = numbered
        self._names = names
        self._whole = whole
        self._briefing, self._paragraph = place

    @cached_property
    def kind(self) -> Literal["name", "number", "time"] | None:
        """The first kind of what is lost, if anything is."""
        if self._names.any_lost_in(self._whole):
            return "name"
        return "number" if self.numbers else "time" if self.times else None

    def lacks(self, word: str) -> bool:
        """True for a word that is among the `missing`."""
        if self._names.is_lost_in(self._whole, word):
            return True
        is_number = any(f"{value:g}" == word for value in self._question.numbers)
        is_time = word.lower() in self._question.times
        return (is_number and word in self.numbers) or (is_time and word in self.times)

    @property
    def missing(self) -> tuple[str, ...]:
        """All that is lost, each once."""
        return tuple(dict.fromkeys([*self.names, *self.numbers, *self.times]))

    @property
    def names(self) -> tuple[str, ...]:
        """The names that are lost, as they are written."""
        return self._names.lost_in(self._whole)

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """The numbers that no text around holds; a day of the month may be told up to _REPORTED days later."""
        numbers, published = self._question.numbers, self._briefing.published
        if not numbers:
            return ()
        held = {*self._values, *self._numbered, *map(float, self._years)}
        if published and MONTHS[published.month - 1] in self._question.times:
            held |= {float(published.day - days) for days in range(_REPORTED + 1)}
        others = other_numbers(self._question.text)
        return tuple(f"{value:g}" for value in numbers if held.isdisjoint((value, others.get(value, value))))

    @cached_property
    def times(self) -> tuple[str, ...]:
        """The months, years or weekdays asked for, of which the texts around hold none. What looks like a year may
        be a number that they write otherwise ("2,000 people")."""
        asked = self._question.times
        if not asked:
            return ()
        held = {*chain.from_iterable(map(calendar_of, self._texts)), *self._years}
        if any(t.isdigit() for t in asked):
            held |= {f"{value:g}" for value in self._values}
        groups: list[Sequence[str]] = [
            [t for t in asked if t in MONTHS],
            [t for t in asked if t.isdigit()],
            [t for t in asked if t in WEEKDAYS],
        ]
        return tuple(t.capitalize() for group in groups if held.isdisjoint(group) for t in group)

    @cached_property
    def _years(self) -> list[str]:
        """The years that are told as "last year" or "next year"."""
        published = self._briefing.published
        told = [away for said, away in _YEARS_AWAY.items() if any(said in text.lower() for text in self._texts)]
        return [str(published.year + away) for away in told] if published else []

    @cached_property
    def _values(self) -> frozenset[float]:
        return frozenset(chain.from_iterable(map(values_of, self._texts)))

    @cached_property
    def _texts(self) -> list[str]:
        place = self._briefing, self._paragraph
        return [heading_of(*place), *sentences_of(*place)]


class Surroundings:
    """What is lost of one question around sentences: each briefing and paragraph is looked into once."""

    def __init__(self, question: Question, thesaurus: Thesaurus) -> None:
        self.question = question
        self._names = AskedNames(question, thesaurus)
        self._wholes: dict[str, WholeText] = {}
        self._known: dict[tuple[str, int], Lost] = {}
        self._phrases = [m.group() for m in _NUMBERED.finditer(question.text)] if question.numbers else []
        self._numbered: dict[str, frozenset[float]] = {}

    def lost(self, briefing: Briefing, paragraph: Paragraph) -> Lost:
        """What is lost in this place."""
        key = briefing.briefing_id, paragraph.number
        if key not in self._known:
            place = briefing, paragraph
            self._known[key] = Lost(
                self.question, self._names, self._whole(briefing), place, self._numbered_in(briefing)
            )
        return self._known[key]

    def _numbered_in(self, briefing: Briefing) -> frozenset[float]:
        """The numbers that tell which one is meant, where a briefing holds the same phrase."""
        if not self._phrases:
            return frozenset()
        if briefing.briefing_id not in self._numbered:
            text = briefing.text.lower()
            held = [phrase for phrase in self._phrases if phrase.lower() in text]
            self._numbered[briefing.briefing_id] = frozenset(chain.from_iterable(map(values_of, held)))
        return self._numbered[briefing.briefing_id]

    def _whole(self, briefing: Briefing) -> WholeText:
        if briefing.briefing_id not in self._wholes:
            text = f"{briefing.title}\n{briefing.source}\n{briefing.text}" if self._names.all else ""
            self._wholes[briefing.briefing_id] = WholeText.of(text)
        return self._wholes[briefing.briefing_id]


def strengths_around(asked: AskedWords, places: Sequence[Place]) -> tuple[Strengths, Strengths]:
    """For each place, a row, and each subject word how well the paragraph holds it, and how well its title,
    section, source and date do."""
    keys = [(briefing.briefing_id, paragraph.number) for briefing, paragraph in places]
    distinct = dict(zip(keys, places, strict=True))
    own = [sentences_of(*place) for place in distinct.values()]
    held = asked.strengths(list(map(ReadText.of, chain.from_iterable(own))))
    paragraphs = np.maximum.reduceat(held, np.cumsum([0, *map(len, own[:-1])]), axis=0)
    headings = asked.strengths([ReadText.of(heading_of(*place)) for place in distinct.values()])
    at = {key: i for i, key in enumerate(distinct)}
    rows = [at[key] for key in keys]
    return paragraphs[rows], headings[rows]


def sentences_of(briefing: Briefing, paragraph: Paragraph) -> list[str]:
    words = briefing.words_of(paragraph)
    return [words[span.start : span.end] for span in spans_of(words)]


def heading_of(briefing: Briefing, paragraph: Paragraph) -> str:
    return "\n".join(briefing.headings(paragraph))
