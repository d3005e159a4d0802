"""Example questions, drawn from sentences in the library and tried before they are offered."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from rag.briefings import Briefing, Scope
from rag.build import App
from rag.words.names import ROLES
from rag.words.sentences import sentence_spans
from rag.words.terms import is_stop_word

COUNT = 3
_NEWS, _POINTS = "What’s new?", "What are the key points?"
_BRIEFINGS = 30  # the newest ones that are looked at
_TRIED = 40  # questions, so that a large library does not keep the machine busy
_LONGEST = 100  # characters of a question that is read at a glance

_DOES = {
    "involves": "involve", "includes": "include", "requires": "require", "provides for": "provide for",
    "covers": "cover", "calls for": "call for", "sets out": "set out",
}  # fmt: skip
_DID = {
    "announced": "announce", "stressed": "stress", "warned": "warn", "confirmed": "confirm", "noted": "note",
    "emphasized": "emphasize", "said": "say", "called for": "call for", "described": "describe",
    "approved": "approve", "rejected": "reject", "proposed": "propose", "promised": "promise",
    "demanded": "demand",
}  # fmt: skip
_WORD = r"[\w’'-]+"
_NAME = r"[A-Z][\w’'-]+"
_ROLE = "|".join(sorted(ROLES - {"state", "general", "major"}))
# A word before the thing tells which: "the recall" is none that a question could be about by itself.
_THE_WHAT = re.compile(rf"^The (?P<what>(?:{_WORD} ){{2,4}}?)(?P<does>{'|'.join(_DOES)}) ")
_WHO_IS = re.compile(
    rf"\b(?P<first>{_NAME}) (?P<last>{_NAME}), (?:(?:the|an?|its|their) (?:{_WORD} ){{0,3}}?)?(?:{_ROLE})\b"
)
_HOW_MANY = re.compile(
    rf"\b\d[\d,.]* (?P<many>(?:{_WORD} ){{0,2}}{_WORD}s|people) (?P<done>(?:were|have been|had been) \w+ed)\b"
)
_WHO_DID = re.compile(
    rf"^(?P<article>The (?={_NAME} {_NAME}))?(?P<who>(?:(?:Mr|Ms|Mrs|Dr)\.? )?{_NAME}(?: {_NAME}){{0,4}}) "
    rf"(?P<did>{'|'.join(_DID)})\b(?! (?:by|in|on|at|to|nothing|little|so|no)\b)"
)
_INSIDE = re.compile(rf"(?<=[a-z,;] ){_NAME}")  # what has a capital although it begins no sentence

Kind = Literal["does", "is", "many", "did", "about"]
_FORMS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("does", _THE_WHAT),
    ("is", _WHO_IS),
    ("many", _HOW_MANY),
    ("did", _WHO_DID),
)


@dataclass(frozen=True, slots=True)
class Example:
    """A question that the sentence at this place of a briefing should answer, or, without one, any of its own."""

    kind: Kind
    question: str
    briefing_id: str
    start: int | None = None


def example_questions(app: App) -> tuple[str, ...]:
    """Up to three questions about the newest briefings, each answered by the very sentence it was drawn from; of
    several kinds and about several briefings, as far as there are. The last asks for news, where there may be, or,
    of the only briefing, for its points."""
    newest = app.library.briefings(s.briefing_id for s in app.library.listed(Scope(), _BRIEFINGS))
    waiting = [list(examples_in(briefing)) for briefing in newest]
    waiting.append([Example("about", f"What is “{b.title}” about?", b.briefing_id) for b in newest])
    news = (_NEWS,) if sum(b.published is not None for b in newest) > 1 else ()
    if len(newest) == 1 and not app.engine_without_model.answer(_POINTS).abstained:
        news = (_POINTS,)
    found: list[Example] = []
    tried: set[str] = set()
    while waiting and len(found) + len(news) < COUNT:
        some = waiting.pop(0)
        used = {known for example in found for known in (example.kind, example.briefing_id)}
        if example := _first(app, sorted(some, key=lambda one: (one.briefing_id in used, one.kind in used)), tried):
            found.append(example)
            waiting.append(some)
    return (*(example.question for example in found), *news)


def _first(app: App, examples: Iterable[Example], tried: set[str]) -> Example | None:
    """The first that was not tried yet and is answered well."""
    for example in examples:
        if example.question not in tried and len(tried) < _TRIED and len(example.question) <= _LONGEST:
            tried.add(example.question)
            if _answers(app, example):
                return example
    return None


def examples_in(briefing: Briefing) -> Iterator[Example]:
    """Questions that sentences of this briefing answer, by the form of the sentence; the plainest first."""
    spans = [
        (span.start, briefing.text[span.start : span.end])
        for paragraph in briefing.paragraphs
        for span in sentence_spans(briefing.text, paragraph.start, paragraph.end)
    ]
    names = {name for _, sentence in spans for name in _INSIDE.findall(sentence)}
    for kind, form in _FORMS:
        for start, sentence in spans:
            if (match := form.search(sentence)) and (question := _question(match.groupdict(), names)):
                yield Example(kind, question, briefing.briefing_id, start)


def _question(told: dict[str, str | None], names: Collection[str]) -> str | None:
    """What a sentence of this form answers; None where a word that only begins it may be taken for a name."""
    match told:
        case {"what": str(what), "does": str(does)}:
            last = what.split()[-1]
            if is_stop_word(last) or last.endswith("ly") or last == "even":
                return None  # "the plan also"
            return f"What does the {what.strip()} {_DOES[does]}?"
        case {"first": str(first), "last": str(last)}:
            return f"Who is {first} {last}?" if first in names or last in names else None
        case {"many": str(many), "done": str(done)}:
            tells = many.split()
            if many.islower() and (len(tells) == 1 or any(map(is_stop_word, tells))):
                return None  # "how many people" there may be in any briefing
            return f"How many {many} {done}?"
        case {"who": str(who), "did": str(did)}:
            first = who.split()[0]
            if is_stop_word(first) or not (first.rstrip(".").lower() in ROLES or first in names):
                return None
            return f"What did {'the ' if told['article'] else ''}{who} {_DID[did]}?"
    return None


def _answers(app: App, example: Example) -> bool:
    """True when the answer begins, without doubt, with what the question was drawn from."""
    answer = app.engine_without_model.answer(example.question)
    if answer.doubtful or not answer.citations:
        return False
    first = answer.citations[0]
    return first.briefing_id == example.briefing_id and example.start in (None, first.start)
