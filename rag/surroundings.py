"""What the surroundings of sentences hold of a question, and what they lack: read once for each paragraph."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from rag.briefings import Briefing, Paragraph
from rag.matching import AskedNames, AskedWords, Strengths
from rag.question import Question
from rag.readings import ReadText, WholeText
from rag.sentences import spans_of
from rag.thesaurus import Thesaurus
from rag.values import MONTHS, WEEKDAYS, calendar_of, values_of

Place = tuple[Briefing, Paragraph]
_REPORTED = 2  # days after an event within which it is reported as "on Wednesday"


@dataclass(frozen=True, slots=True)
class Lost:
    """What the surroundings of a sentence lack of a question: names that its whole briefing lacks, and numbers and
    times that its paragraph and what stands above it lack."""

    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    times: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """All that is lost, each once."""
        return tuple(dict.fromkeys([*self.names, *self.numbers, *self.times]))


def lost_around(question: Question, places: Sequence[Place], thesaurus: Thesaurus) -> list[Lost]:
    """What is lost of the question in each place."""
    if not (question.names or question.numbers or question.times):
        return [Lost()] * len(places)
    asked = AskedNames(question, thesaurus)
    names: dict[str, tuple[str, ...]] = {}
    known: dict[tuple[str, int], Lost] = {}
    for briefing, paragraph in places:
        if briefing.briefing_id not in names:
            names[briefing.briefing_id] = _lost_names(asked, briefing)
        key = briefing.briefing_id, paragraph.number
        if key not in known:
            texts = [_heading(briefing, paragraph), *_sentences(briefing, paragraph)]
            numbers = _lost_numbers(question, briefing, texts)
            known[key] = Lost(names[briefing.briefing_id], numbers, _lost_times(question, texts))
    return [known[briefing.briefing_id, paragraph.number] for briefing, paragraph in places]


def strengths_around(asked: AskedWords, places: Sequence[Place]) -> tuple[Strengths, Strengths]:
    """For each place, a row, and each subject word how well the paragraph holds it, and how well its title,
    section, source and date do."""
    keys = [(briefing.briefing_id, paragraph.number) for briefing, paragraph in places]
    distinct = dict(zip(keys, places, strict=True))
    own = [_sentences(*place) for place in distinct.values()]
    held = asked.strengths(list(map(ReadText.of, chain.from_iterable(own))))
    paragraphs = np.maximum.reduceat(held, np.cumsum([0, *map(len, own[:-1])]), axis=0)
    headings = asked.strengths([ReadText.of(_heading(*place)) for place in distinct.values()])
    at = {key: i for i, key in enumerate(distinct)}
    rows = [at[key] for key in keys]
    return paragraphs[rows], headings[rows]


def _lost_names(asked: AskedNames, briefing: Briefing) -> tuple[str, ...]:
    if not asked.all:
        return ()
    return asked.lost_in(WholeText.of(f"{briefing.title}\n{briefing.source}\n{briefing.text}"))


def _lost_numbers(question: Question, briefing: Briefing, texts: Sequence[str]) -> tuple[str, ...]:
    """The numbers asked for that no text holds; a day of the month may be told up to _REPORTED days later."""
    if not question.numbers:
        return ()
    held = {value for text in texts for value in values_of(text)}
    if briefing.published and MONTHS[briefing.published.month - 1] in question.times:
        held |= {float(briefing.published.day - days) for days in range(_REPORTED + 1)}
    return tuple(f"{value:g}" for value in question.numbers if value not in held)


def _lost_times(question: Question, texts: Sequence[str]) -> tuple[str, ...]:
    """The months, years or weekdays asked for, of which the texts hold none."""
    asked = question.times
    if not asked:
        return ()
    held = set(chain.from_iterable(map(calendar_of, texts)))
    groups: list[Sequence[str]] = [
        [t for t in asked if t in MONTHS],
        [t for t in asked if t.isdigit()],
        [t for t in asked if t in WEEKDAYS],
    ]
    return tuple(t.capitalize() for group in groups if held.isdisjoint(group) for t in group)


def _sentences(briefing: Briefing, paragraph: Paragraph) -> list[str]:
    words = briefing.words_of(paragraph)
    return [words[span.start : span.end] for span in spans_of(words)]


def _heading(briefing: Briefing, paragraph: Paragraph) -> str:
    published = briefing.published.strftime("%-d %B %Y") if briefing.published else ""
    return "\n".join([briefing.title, paragraph.section or "", briefing.source, published])
