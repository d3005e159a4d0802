"""Example questions, drawn from sentences in the library and tried before they are offered."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.briefings import Briefing, Scope
from rag.build import App
from rag.words.sentences import sentence_spans

COUNT = 3
_BRIEFINGS = 30  # the newest ones that are looked at
_TRIED = 40  # questions, so that a large library does not keep the machine busy
_LONGEST = 80  # characters of a question that is read at a glance

_VERBS = {
    "involves": "involve", "includes": "include", "requires": "require", "provides": "provide", "covers": "cover",
    "announced": "announce", "stressed": "stress", "warned": "warn", "confirmed": "confirm", "noted": "note",
    "emphasized": "emphasize", "said": "say", "called for": "call for", "described": "describe",
}  # fmt: skip
_NAME = r"(?:(?:Mr|Ms|Mrs|Dr)\. )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,4}"
_HOW_MANY = re.compile(
    r"\b\d[\d,.]* (?P<what>(?:[\w-]+ ){0,2}[\w-]+s|people) (?P<did>(?:were|have been|had been) \w+ed)\b"
)
_THE_WHAT = re.compile(
    rf"^(?P<who>The (?:[\w’-]+ ){{1,4}}?)(?P<verb>{'|'.join(v for v in _VERBS if v.endswith('s'))}) "
)
_WHO_SAID = re.compile(rf"^(?P<who>{_NAME}) (?P<verb>{'|'.join(v for v in _VERBS if not v.endswith('s'))})\b")


@dataclass(frozen=True, slots=True)
class Example:
    """A question that the sentence at this place of a briefing should answer."""

    question: str
    briefing_id: str
    start: int


def example_questions(app: App) -> tuple[str, ...]:
    """Up to three questions about the newest briefings, each answered by the very sentence it was drawn from."""
    newest = [s.briefing_id for s in app.library.listed(Scope(), _BRIEFINGS)]
    waiting = [examples_in(briefing) for briefing in app.library.briefings(newest)]
    found: list[str] = []
    tried = 0
    while waiting and len(found) < COUNT:
        questions = waiting.pop(0)
        for example in questions:
            tried += 1
            if tried > _TRIED:
                return tuple(found)
            if example.question not in found and _answers(app, example):
                found.append(example.question)
                waiting.append(questions)  # in turn, so that the three are about different briefings
                break
    return tuple(found)


def examples_in(briefing: Briefing) -> Iterator[Example]:
    """Questions that sentences of this briefing answer, by the form of the sentence; the plainest first."""
    for pattern in (_THE_WHAT, _HOW_MANY, _WHO_SAID):
        for paragraph in briefing.paragraphs:
            for span in sentence_spans(briefing.text, paragraph.start, paragraph.end):
                match = pattern.search(briefing.text[span.start : span.end])
                question = _question(match) if match else ""
                if match and len(question) <= _LONGEST:
                    yield Example(question, briefing.briefing_id, span.start)


def _question(match: re.Match[str]) -> str:
    parts = match.groupdict()
    if "what" in parts:
        return f"How many {parts['what']} {parts['did']}?"
    who, verb = parts["who"].strip(), parts["verb"]
    if verb.endswith("s"):
        return f"What does {who[0].lower()}{who[1:]} {_VERBS[verb]}?"
    return f"What did {who} {_VERBS[verb]}?"


def _answers(app: App, example: Example) -> bool:
    found = app.engine_without_model.answer(example.question).citations
    return any((c.briefing_id, c.start) == (example.briefing_id, example.start) for c in found)
