"""What the surroundings of sentences hold of a question, and what they lack: read once for each paragraph."""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property, lru_cache
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
from rag.words.terms import words
from rag.words.thesaurus import Thesaurus
from rag.words.values import MONTHS, WEEKDAYS, calendar_of, numbers_in, values_of

Place = tuple[Briefing, Paragraph]
_STORY = 6  # paragraphs of a story in which its year need not be told again,
_PAST = 2  # when it is so many years past, at least
_REPORTED = 2  # days after an event within which it is reported as "on Wednesday"
_YEARS_AWAY = {"last year": -1, "next year": 1}  # as a briefing tells them
# A number that tells which one is meant: "Quay 4", "flight 418", "the second round".
_NUMBERED = re.compile(
    r"\b(?:(?-i:[A-Z])[a-z]+|article|berth|bulletin|chapter|flight|gate|lot|phase|quay|route|section|stage|unit|week)"
    r" (?P<number>\d{1,4})\b(?![.,]\d)"
    r"|\b(?P<rank>second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth) [a-z]+\b",
    re.IGNORECASE,
)
# "The third vaccine lot" may be called "the third lot".
_RANKED = re.compile(
    r"\b(?P<rank>second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth) [\w-]+ (?P<behind>[a-z]+)\b",
    re.IGNORECASE,
)
_QUARTER = re.compile(r"\b(?:second|third|fourth) (?:quarter|half)\b(?! of the)", re.IGNORECASE)


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
        if any(f"{value:g}" == word and not self._is_told(value) for value in self._question.numbers):
            return True
        return word.lower() in self._question.times and word in self.times

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
        return tuple(f"{value:g}" for value in self._question.numbers if not self._is_told(value))

    @cached_property
    def times(self) -> tuple[str, ...]:
        """The months, years or weekdays asked for, of which the texts around hold none. What looks like a year may
        be a number that they write otherwise ("2,000 people")."""
        asked = self._question.times
        years = [t for t in asked if t.isdigit()]
        groups = ([t for t in asked if t in MONTHS], years, [t for t in asked if t in WEEKDAYS])
        return tuple(t.capitalize() for group in groups if group and not self._is_dated(group) for t in group)

    def _is_told(self, value: float) -> bool:
        """True when a text around holds a number, be it in another unit ("24-hour", "one-day"). Of "two
        thirds" no "second quarter" is told."""
        if value in self._numbered or self._is_lately(value):
            return True
        if _QUARTER.search(self._question.text) and value in _ranks_in(self._question.text):
            return any(value in _ranks_in(text) for text in self._texts())
        same = {value, other_numbers(self._question.text).get(value, value)}
        if any(not values_of(text).isdisjoint(same) for text in self._texts()) or self._is_year(same):
            return True
        return f"{value:g}" in self._past_year_above

    def _is_lately(self, day: float) -> bool:
        """True for the day of the month on which the briefing was published, and for the days before it."""
        published = self._briefing.published
        if not published or MONTHS[published.month - 1] not in self._question.times:
            return False
        return day.is_integer() and 0 <= published.day - day <= _REPORTED

    def _is_dated(self, group: Sequence[str]) -> bool:
        """True when a text around holds one of these months, years or weekdays."""
        if any(not calendar_of(text).isdisjoint(group) for text in self._texts()):
            return True
        return any(t.isdigit() and self._is_told(float(t)) for t in group)

    def _is_year(self, values: Collection[float]) -> bool:
        """True when one of these is a year that is told as "last year" or "next year"."""
        published = self._briefing.published
        said = [how for how, away in _YEARS_AWAY.items() if published and published.year + away in values]
        return bool(said) and any(how in text.lower() for text in self._texts() for how in said)

    @cached_property
    def _past_year_above(self) -> Collection[str]:
        """The years past that the nearest paragraph above tells which tells any, where this one tells none: short
        paragraphs go on about the year that a story is in."""
        published = self._briefing.published
        above = self._briefing.paragraphs[: self._paragraph.number][-_STORY:]
        for paragraph in reversed(above):
            told = set[str]().union(*map(calendar_of, sentences_of(self._briefing, paragraph)))
            if years := {t for t in told if t.isdigit()}:
                own = paragraph is self._paragraph
                return () if own or not published else {y for y in years if int(y) <= published.year - _PAST}
            if paragraph.section != self._paragraph.section or paragraph.kind == "table_row":
                return ()
        return ()

    def _texts(self) -> Iterator[str]:
        """What stands above, then the sentences, into which not every paragraph need be cut."""
        yield heading_of(self._briefing, self._paragraph)
        yield from sentences_of(self._briefing, self._paragraph)


class Surroundings:
    """What is lost of one question around sentences: each briefing and paragraph is looked into once."""

    def __init__(self, question: Question, thesaurus: Thesaurus) -> None:
        self.question = question
        self._names = AskedNames(question, thesaurus)
        self._wholes: dict[str, WholeText] = {}
        self._known: dict[tuple[str, int], Lost] = {}
        self._phrases = [m.group() for m in _NUMBERED.finditer(question.text)] if question.numbers else []
        self._phrases += (
            [f"{m['rank']} {m['behind']}" for m in _RANKED.finditer(question.text)] if self._phrases else []
        )
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
            whole = self._whole(briefing)
            held = [phrase for phrase in self._phrases if whole.holds(phrase)]
            self._numbered[briefing.briefing_id] = frozenset(chain.from_iterable(map(values_of, held)))
        return self._numbered[briefing.briefing_id]

    def _whole(self, briefing: Briefing) -> WholeText:
        if briefing.briefing_id not in self._wholes:
            looked_for = self._names.all or self._phrases
            text = f"{briefing.title}\n{briefing.source}\n{briefing.text}" if looked_for else ""
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


@lru_cache(maxsize=4096)
def _ranks_in(text: str) -> frozenset[float]:
    """The values of the ordinals of a text."""
    return frozenset(number.value for number in numbers_in(words(text)) if number.ordinal)


def sentences_of(briefing: Briefing, paragraph: Paragraph) -> list[str]:
    words = briefing.words_of(paragraph)
    return [words[span.start : span.end] for span in spans_of(words)]


def heading_of(briefing: Briefing, paragraph: Paragraph) -> str:
    return "\n".join(briefing.headings(paragraph))
