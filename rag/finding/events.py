"""Events that tell the period of a question ("since the ceasefire talks"), and their days by what briefings say.

A briefing is about an event when its title and opening hold all words of the event. The event's day is a date in
its own sentence, or else the briefing's. An event that no briefing is about, or several in different seasons or
places, has no day: better none than a wrong one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import takewhile
from typing import Literal

from rag.briefings import Briefing
from rag.words.periods import Period, periods_in
from rag.words.phrases import ASKING, AUXILIARY
from rag.words.sentences import sentence_spans
from rag.words.terms import Word, is_stop_word, unowned, words
from rag.words.values import MONTHS, WEEKDAYS, month_of

How = Literal["since", "after", "before", "until", "during"]

_TRIGGERS: tuple[tuple[How, str], ...] = (
    ("since", "since"),
    ("after", "after|following|in the (?:wake|aftermath) of"),
    ("before", "before|prior to|ahead of|in the run-?up to"),
    ("until", "until"),
    ("during", "during|amid"),
)
_TRIGGER = re.compile(r"\b(?:" + "|".join(f"(?P<{how}>{p})" for how, p in _TRIGGERS) + r")\s+", re.IGNORECASE)
_BREAK = re.compile(r"[,;:?!()]|\.\s|\s[–—-]\s")
# Words that end an event: what follows them belongs to the question again.
_ENDS = (
    ASKING
    | AUXILIARY
    | frozenset(
        """about according against and as because but by for from or than then to until while whereas with
        without""".split()
    )
)
_HYPHEN = re.compile(r"[-‐‑]")
_COMPOUND = re.compile(r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)+")
_ARTICLES = frozenset("the that this its their his her those these a an".split())
# Words that say only that something happened, or which of several is meant.
_LIGHT = frozenset(
    """begin began begun start started open opened opening end ended finish finished happen happened take took taken
    place break broke broken out announced event events news last latest recent recently most previous""".split()
)
_LATEST = frozenset("last latest recent recently".split())
# What is no event, but a time or somebody.
_TIMES = frozenset(
    """morning afternoon evening night day week weekend month quarter season spring summer autumn winter year decade
    century hour minute time period moment then now long he she they it we you i all which whom what when""".split()
)
_MOST_WORDS = 8
_OPENING = 3  # sentences at a briefing's head that tell what it is about
_EPISODE = 60  # days within which briefings tell of one event
_EARLIER, _LATER = 60, 120  # days by which an event may lie before or behind the briefing that dates it


@dataclass(frozen=True, slots=True)
class Event:
    """What `question[start:end]` counts from: `text` without the word before it ("since"). `words` tell it from
    others, `month` is its month, from 1, where the question says so, and `latest` asks for the last of several."""

    text: str
    how: How
    words: tuple[str, ...]
    start: int
    end: int
    month: int | None = None
    latest: bool = False


@dataclass(frozen=True, slots=True)
class _Report:
    """A briefing about an event: the day that it gives the event, the paragraph that says so, the day of its
    publication, the names in its opening, and whether its title alone holds the event's words."""

    day: date
    anchor: str
    published: date
    names: frozenset[str]
    titled: bool


def events_in(question: str) -> Iterator[Event]:
    """The events that a question counts from, in order. Days, months and years are none: they tell themselves."""
    at = 0
    for trigger in _TRIGGER.finditer(question):
        if trigger.start() < at:
            continue
        stop = _BREAK.search(question, trigger.end())
        parsed = words(question[: stop.start() if stop else len(question)])
        said = _own_words([w for w in parsed if w.start >= trigger.end()])
        months = [MONTHS.index(m) + 1 for w in said if w.written[0].isupper() and (m := month_of(w.written))]
        low = {w.written.lower() for w in said}
        telling = [w for w in said if w.written.lower() not in _LIGHT and not month_of(w.written)]
        told = tuple(dict.fromkeys(_plain(w) for w in telling if not is_stop_word(w.written)))[:_MOST_WORDS]
        if all(word.isdigit() or word in _TIMES for word in told):
            continue
        at = said[-1].end
        how = next(how for how, _ in _TRIGGERS if trigger[how])
        month = months[0] if months else None
        yield Event(question[trigger.end() : at], how, told, trigger.start(), at, month, bool(low & _LATEST))


def period_of(event: Event, briefings: Sequence[Briefing]) -> Period | None:
    """The days that an event tells, from what these briefings say of it; None when they do not pin it down.

    `since` and `after` begin with its first day, `before` ends the day before; `during` goes on to the last day
    that a briefing tells of it. The period names the paragraph that gave the first day.
    """
    reports = [r for b in briefings if (r := _report(event, b)) and event.month in (None, r.day.month)]
    reports.sort(key=lambda r: (r.day, r.published, r.anchor))
    if event.latest and reports:
        reports = [r for r in reports if (reports[-1].day - r.day).days <= _EPISODE]
    elif not _is_one_episode(reports):
        reports = [r for r in reports if r.titled]
    if not reports or not _is_one_episode(reports):
        return None
    first, last = reports[0].day, max(max(r.day, r.published) for r in reports)
    since, until = {
        "since": (first, None),
        "after": (first, None),
        "before": (None, first - timedelta(days=1)),
        "until": (None, first),
        "during": (first, last),
    }[event.how]
    return Period(since, until, event.start, event.end, event.text, reports[0].anchor)


def _own_words(behind: Sequence[Word]) -> list[Word]:
    """The words of the event that these words begin with: up to one that goes on with the question."""
    article = list(behind[:1]) if behind and behind[0].written.lower() in _ARTICLES else []
    rest = behind[len(article) :]
    return [*article, *takewhile(lambda w: w.written.lower() not in _ENDS, rest)]


def _is_one_episode(reports: Sequence[_Report]) -> bool:
    """True for reports of one season that share a name with the first of them."""
    if not reports or (reports[-1].day - reports[0].day).days > _EPISODE:
        return False
    return all(reports[0].names & report.names for report in reports[1:])


def _report(event: Event, briefing: Briefing) -> _Report | None:
    """What a briefing tells of an event, or None when it has no day or is not about it."""
    if briefing.published is None or not briefing.paragraphs:
        return None
    wanted = set(event.words)
    if not _may_hold(briefing, wanted):
        return None
    titled = wanted & _plain_words(briefing.title)
    opening = [(number, text, wanted & _plain_words(text)) for number, text in _opening(briefing)]
    if wanted - titled.union(*(held for _, _, held in opening)):
        return None
    if not titled and not any(held == wanted for _, _, held in opening):
        return None  # words that stand together by chance
    names = frozenset().union(*(_names(text) for _, text, _ in opening))
    first = briefing.anchor(briefing.paragraphs[0])
    plain = _Report(briefing.published, first, briefing.published, names, titled == wanted)
    for number, text, held in opening:
        if 2 * len(held) >= len(wanted) and (day := _day_in(text, briefing.published)):
            return replace(plain, day=day, anchor=f"{briefing.briefing_id}¶{number}")
    return plain


def _may_hold(briefing: Briefing, wanted: set[str]) -> bool:
    """False when a word wanted stands in neither the title nor the opening: quicker than to read their words."""
    end = briefing.paragraphs[:_OPENING][-1].end
    begun = f"{briefing.title}\n{briefing.text[briefing.paragraphs[0].start : end]}".lower()
    joined = _HYPHEN.sub("", begun)  # "cease-fire"
    return all(word in begun or word in joined for word in wanted)


def _plain(word: Word) -> str:
    """A word as nouns are compared: "fires" is "fire", but "fired" is not."""
    low = unowned(word.written.lower())
    return low[:-1] if len(low) > 3 and low.endswith("s") and not low.endswith(("ss", "us", "is")) else low


def _plain_words(text: str) -> set[str]:
    joined = (_HYPHEN.sub("", compound) for compound in _COMPOUND.findall(text))  # "cease-fire"
    return {_plain(w) for part in (text, *joined) for w in words(part)}


def _names(sentence: str) -> set[str]:
    """The capitalised words within a sentence."""
    return {_plain(w) for w in words(sentence)[1:] if w.written[0].isupper() and not _is_calendar(w)}


def _is_calendar(word: Word) -> bool:
    return month_of(word.written) is not None or word.written.lower() in WEEKDAYS


def _opening(briefing: Briefing) -> list[tuple[int, str]]:
    """The first sentences of a briefing, each with its paragraph's number."""
    found: list[tuple[int, str]] = []
    for paragraph in briefing.paragraphs[:_OPENING]:
        spans = sentence_spans(briefing.text, paragraph.start, paragraph.end)
        found += [(paragraph.number, briefing.text[span.start : span.end]) for span in spans]
    return found[:_OPENING]


def _day_in(sentence: str, published: date) -> date | None:
    """The first single day that a sentence names and that may be its event's."""
    for period in periods_in(sentence, published + timedelta(days=_LATER)):
        day = period.since
        if day and day == period.until and -_EARLIER <= (day - published).days <= _LATER:
            return day
    return None
