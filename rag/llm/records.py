"""Reading a model's reply while it arrives: each finished record at once, whatever stands around it.

A reply is either one object `{"sentences": [record, …], "missing": …}`, as a JSON schema asks for, or the same
records one after another, as models without schemas write them; in a code fence or not.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

_WRAPPER = re.compile(r'\{\s*"sentences"\s*:\s*\[')
_ARRAY_ENDS = re.compile(r"\s*\]\s*,?")
_LONGEST = 20_000  # characters of one record; a reply that never closes its brace must not grow for ever
_BRACES = re.compile(r'[{}"\n]')
_IN_STRING = re.compile(r'\\.|["\n]', re.DOTALL)


class Quote(BaseModel):
    """The words of a paragraph, as a model claims to have copied them."""

    model_config = ConfigDict(extra="ignore")
    paragraph: str
    quote: str


class Record(BaseModel):
    """One sentence of a reply with the quotes that it rests on."""

    model_config = ConfigDict(extra="ignore")
    text: str
    quotes: list[Quote] = []


class Missing(BaseModel):
    """The words of the question that a model found no answer to; None when all was answered."""

    model_config = ConfigDict(extra="ignore")
    missing: str | None


@dataclass(frozen=True, slots=True)
class Malformed:
    """A piece of the reply that is no record, and why."""

    why: str


class RecordReader:
    """Takes a reply in pieces of any size and gives its records as soon as each is complete."""

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self._text = ""
        self._at = 0  # where to go on reading
        self._start: int | None = None  # of the record that is open
        self._depth = 0
        self._in_string = False
        self._wrapped = False

    @property
    def unfinished(self) -> bool:
        """True while a record has begun and not ended."""
        return self._start is not None

    def feed(self, piece: str) -> Iterator[Record | Missing | Malformed]:
        """The records that this piece completes, in order."""
        self._text += piece
        while (end := self._next_end()) is not None:
            if self._start is not None:
                yield from _read(self._text[self._start : end])
            self._text, self._at, self._start, self._depth = self._text[end:], 0, None, 0
        if self._start is not None and len(self._text) - self._start > _LONGEST:
            self._begin()
            yield Malformed("a record is too long")

    def _next_end(self) -> int | None:
        """Where the open record ends, or where what was skipped ends; None when more text is needed."""
        while True:
            if self._start is None and (skipped := self._open()) is not None:
                return skipped
            if self._start is None:
                return None
            found = (_IN_STRING if self._in_string else _BRACES).search(self._text, self._at)
            if found is None:
                # A backslash at the very end may belong to an escape that has not arrived yet.
                self._at = len(self._text) - (self._in_string and self._text.endswith("\\"))
                return None
            self._at = found.end()
            self._step(found.group())
            if self._depth == 0:
                return self._at

    def _open(self) -> int | None:
        """Begin the next record where there is one. Where there is a wrapper instead, the end of its beginning."""
        if self._wrapped and (end := _ARRAY_ENDS.match(self._text)):
            if end.end() == len(self._text):
                return None  # a comma may follow
            # What follows the array is read as a record of its own.
            self._wrapped, self._text, self._at = False, "{" + self._text[end.end() :], 0
        opened = self._text.find("{", self._at)
        if opened < 0:
            self._at = len(self._text)
            return None
        if not self._wrapped and (wrapper := _WRAPPER.match(self._text, opened)):
            self._wrapped = True
            return wrapper.end()
        if self._wrapped or not _may_be_wrapper(self._text[opened:]):
            self._start, self._at, self._depth = opened, opened + 1, 1
        return None

    def _step(self, sign: str) -> None:
        if sign == '"':
            self._in_string = not self._in_string
        elif sign == "\n":
            if self._in_string:  # JSON has no line break inside a string: a quotation mark is missing
                self._in_string, self._depth = False, 0
        elif sign == "{":
            self._depth += 1
        elif sign == "}":
            self._depth -= 1


def _may_be_wrapper(text: str) -> bool:
    """True for the beginning of a wrapper that has not arrived as a whole."""
    return '{"sentences":['.startswith("".join(text[:60].split()))


def _read(text: str) -> Iterator[Record | Missing | Malformed]:
    """What a finished object holds: a record, what is missing, or both in a wrapper of another order."""
    try:
        values: Any = json.loads(text)
    except (ValueError, RecursionError):
        yield Malformed("a record is not valid JSON")
        return
    if not isinstance(values, dict) or "text" in values:
        yield _checked(Record, values)
        return
    listed = isinstance(values.get("sentences"), list)
    if listed:
        yield from (_checked(Record, one) for one in values["sentences"])
    if "missing" in values or not values:  # nothing: a wrapper that says no more after its sentences
        yield _checked(Missing, {"missing": values.get("missing")})
    elif not listed:
        yield _checked(Record, values)


def _checked(kind: type[Record] | type[Missing], values: object) -> Record | Missing | Malformed:
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        return Malformed(f"a record is wrong at {where or 'its top'}: {first['msg']}")
