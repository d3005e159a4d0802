"""What a question asks for: its content words, what it names, and the kind of answer it wants."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rag.asking.wants import HOW_MANY, AnswerType, wanted
from rag.words.spelling import NUMBERED_NAME
from rag.words.terms import Word, is_stop_word, words
from rag.words.values import CARDINALS, Number, calendar_in, month_of, numbers_in

# Words that ask but do not tell: they need not stand in an answer.
_ASKING = frozenset(
    """list name names tell give show describe explain summarise summarize mention mentioned say says said state
    stated happen happened happens briefing briefings document documents article articles text report please
    grateful wonder wondering know kind sort type exactly currently actually according would number many much
    thing things someone anybody anyone anything everything everybody nobody person people way use used
    latest current overview opinion""".split()
)
_TITLES = frozenset("mr mrs ms miss dr prof sir".split())  # a name may be written with or without
_PRESUPPOSES = re.compile(
    r"(?:when|why|where) (?:did|does|do|has|have|had|will|would|is|are|was|were)\b", re.IGNORECASE
)
# "when was the ban lifted", "when will the ward reopen": their beginning does not tell their end.
_WHEN_ENDED = re.compile(
    r"(?:when|(?:in|on|at|from|since|until|by) (?:what|which) \w+) (?:was|were|will|did|does|do) (?!not\b).* "
    r"(?P<verb>[a-z]+)\W*$",
    re.IGNORECASE,
)
_ENDS = frozenset(
    """reopen reopened resume resumed end ended expire expired lifted built founded born invented discovered
    isolated""".split()
)
_THOUGHT = frozenset("think believe feel want wants wanted expect hope plan intend going likely due".split())
_LIES = frozenset("located situated based found".split())  # where anything is: no sentence need say so
_NOW = re.compile(
    r"\b(?:now|current(?:ly)?|latest|most recent|at present|at the moment|today|so far|to date|these days|still|yet"
    r"|as of|as (?:things|it) stands?|in the end|eventually)\b|^(?:has|have)\b",
    re.IGNORECASE,
)
_OVER_TIME = re.compile(
    r"\b(?:chang|develop|evolv|progress|grow(?!th)|rise|risen|fall|shift|mov)\w*\b.*"
    r"\b(?:between|from|over (?:the|time|a|\d)|since|through)\b"
    r"|\b(?:trace|compare|timeline|history of)\b",
    re.IGNORECASE,
)
# What only asks: no answer need have its words.
_ONLY_ASKS = re.compile(
    r"^(?:I(?:[’']d| would) (?:like|love|want) to|I want to|I(?:[’']m| am) (?:wondering|curious|trying to))"
    r"(?: (?:know|understand|hear|learn|see|find out)\b)?"
    r"|\b(?:what|which|exact|calendar) (?:calendar |exact )?(?:date|day)\b"
    r"|^what(?:[’']s| is) the (?:current )?status of\b|\bcomes? from\W*$",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"[’']s?(?= )")
_HYPHEN_NUMBER = re.compile(r"\b(\w+)[-‐‑](?:\w+)")


@dataclass(frozen=True, slots=True)
class Question:
    """A question, read. `subject` holds its content words without the asking ones; `names` the capitalised
    ones; `numbers` the values that an answer's surroundings must hold, and `times` the dates; `counted` what
    "how many" counts; `event` the index in `subject` of the verb of something that the question takes for a
    fact ("when did Hamas sign"); `aside` the words that only say what the talk is about, because they were
    carried over from an earlier question or stand in another part of this one: they come last in `subject`."""

    text: str
    subject: tuple[Word, ...]
    names: tuple[Word, ...]
    numbers: tuple[float, ...]
    times: tuple[str, ...]
    wants: AnswerType
    counted: tuple[Word, ...]
    event: int | None = None
    aside: tuple[Word, ...] = ()

    @property
    def asked(self) -> str:
        """The question without the words that stand aside, and without its question mark."""
        own = self.text[: self.aside[0].start - 1] if self.aside else self.text
        return own.rstrip(" ?(")

    @property
    def is_current(self) -> bool:
        """True when it asks how things stand now: the newest briefings know best."""
        return _NOW.search(self.text) is not None

    @property
    def is_over_time(self) -> bool:
        """True when it asks for a development, of which every briefing may tell a step."""
        return _OVER_TIME.search(self.text) is not None

    @property
    def is_factoid(self) -> bool:
        """True for a question after one fact: who, when, where, how many."""
        return self.wants != "any"


def read_question(text: str, own: int | None = None) -> Question:
    """The question in this text. What it wants is read from `text[:own]` alone; the words behind are `aside`."""
    parsed = words(text)
    own = len(text) if own is None else own
    asked, asking = text[:own], [w for w in parsed if w.start < own]
    numbers = numbers_in(parsed)
    times = dict.fromkeys(calendar_in(parsed))
    subject, names = _told(text, parsed, numbers, times)
    return Question(
        text=text,
        subject=tuple(subject.values()),
        names=tuple(names.values()),
        numbers=tuple(_identifying(text, parsed, numbers)),
        times=tuple(times),
        wants=wanted(asked),
        counted=_counted(asked, asking),
        event=_event(asked, asking, tuple(subject.values()), names),
        aside=tuple(w for w in subject.values() if w.start >= own),
    )


def subject_of(text: str) -> tuple[Word, ...]:
    """The `subject` of the question in this text, read alone."""
    parsed = words(text)
    return tuple(_told(text, parsed, numbers_in(parsed), calendar_in(parsed))[0].values())


def _told(
    text: str, parsed: list[Word], numbers: Sequence[Number], times: Collection[str]
) -> tuple[dict[str, Word], dict[str, Word]]:
    """The words that tell what a question is about, and the names among them, by their terms."""
    subject: dict[str, Word] = {}
    names: dict[str, Word] = {}
    spaced = {i for n in numbers for i in range(n.first, n.last + 1)}
    shouting = text.isupper()
    only_ask = [m.span() for m in _ONLY_ASKS.finditer(text)]
    for i, word in enumerate(parsed):
        plain = word.written.lower()
        if is_stop_word(word.written) or plain in _TITLES or i in spaced:
            continue
        if any(start <= word.start < end for start, end in only_ask):
            continue
        if i > 0 and word.written[0].isupper() and not shouting and month_of(plain) is None:
            names.setdefault(word.term, word)
        elif plain in _ASKING or plain in times or month_of(plain) in times:
            continue
        subject.setdefault(word.term, word)
    return subject, names


def _identifying(text: str, parsed: list[Word], numbers: Sequence[Number]) -> list[float]:
    """The numbers that say which thing is meant: digits, ordinals above first, "five-phase".

    A bare number word is left out: "which two countries" asks for two, whether or not the text counts them.
    """
    hyphenated = {m.start(1) for m in _HYPHEN_NUMBER.finditer(text)}
    named = [m.span() for m in NUMBERED_NAME.finditer(text)]
    found = []
    for number in numbers:
        word = parsed[number.first]
        plain = word.written.lower()
        if plain in CARDINALS and word.start not in hyphenated and number.value < 13:
            continue
        if number.ordinal and number.value <= 1:
            continue
        if any(start <= word.start < end for start, end in named):
            continue
        found.append(number.value)
    return found


def _event(text: str, parsed: list[Word], subject: tuple[Word, ...], names: dict[str, Word]) -> int | None:
    """The verb behind "when/why/where did <Name>", or at the end of "when was it lifted"; None when it cannot be
    told, and for what is only thought."""
    at = {w.start: i for i, w in enumerate(subject)}
    last = _WHEN_ENDED.match(text)
    if last and last["verb"] in _ENDS:
        return at.get(last.start("verb"))
    match = _PRESUPPOSES.match(text)
    behind = [w for w in parsed if match and w.start >= match.end()]
    if not behind or behind[0].term not in names:
        return None
    verb = next((w for w in behind if w.term not in names), None)
    if verb and _POSSESSIVE.search(text, behind[0].start, verb.start):
        return None  # "why did Holm's trial start": that is a noun
    if verb is None or verb.written.lower() in _THOUGHT | _LIES:
        return None
    return at.get(verb.start)


def _counted(text: str, parsed: list[Word]) -> tuple[Word, ...]:
    """The words that say what is counted: up to three content words after "how many" or "number of"."""
    match = HOW_MANY.search(text)
    if not match:
        return ()
    after = [w for w in parsed if w.start >= match.end()]
    run: list[Word] = []
    for word in after:
        if is_stop_word(word.written):
            if run or word.written.lower() not in ("the", "of"):
                break
            continue
        if word.written[0].isupper() and not text.isupper():  # "how many Israeli hostages", "use Hask Bridge"
            if run:
                break
            continue
        run.append(word)
    return tuple(run[:3])
