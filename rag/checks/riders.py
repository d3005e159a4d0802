"""Words that a sentence adds to what its quotes say: the way in which a false claim rides on a true quote."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.checks.statements import Statements
from rag.words.languages import alphabet_of
from rag.words.terms import term, words
from rag.words.values import WEEKDAYS, month_of, numbers_in

# Words that tell how something was said or counted; alone they claim nothing.
_LIGHT = frozenset(
    term(w)
    for w in """say said state report announce tell told add according note describe mention confirm explain total
    include meanwhile currently overall following additionally specifically briefing article document text statement
    person people number roughly approximately nearly almost around old aged year fewer longer least due
    expect""".split()
) | {"a.m", "p.m"}
_ADDRESSED = re.compile(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Riders:
    """The content words of a sentence for which no quote holds the word itself, a synonym or a related word, and
    how many there are for which one does. Names, numbers, their units and dates are never added: they are judged
    by themselves."""

    added: tuple[str, ...]
    held: int


def riders(sentence: str, quotes: Sequence[str]) -> Riders:
    """What a sentence adds to its quotes."""
    statements = Statements(sentence, quotes)
    known = {token.base for quoted in statements.quoted for token in quoted}
    parsed = words(sentence)
    counted = {parsed[i].start for n in numbers_in(parsed) for i in range(n.first, min(n.last + 2, len(parsed)))}
    said = {token.base for token in statements.said}
    added, held = [], 0
    for i, token in enumerate(statements.said):
        written = token.word.written
        opposed = statements.opposed(i)
        turned = [m for m in opposed if m.token.base not in said]  # "rejected" for "not approved"
        if token.base in known or statements.synonyms(i) or statements.matches(i) or turned:
            held += 1
        elif (
            (statements.related(i) and not opposed)
            or token.base in _LIGHT
            or token.is_name
            or token.word.start in counted
        ):
            continue
        elif not written[0].isdigit() and written.lower() not in WEEKDAYS and month_of(written) is None:
            added.append(written)
    return Riders(tuple(added), held)


def other_alphabet(sentence: str, quotes: Sequence[str]) -> str | None:
    """The first word in letters of an alphabet in which none of the quotes is written, or None."""
    if sentence.isascii():
        return None
    known = {alphabet_of(c) for quote in quotes for c in quote if c.isalpha()} | {"LATIN"}
    return next(
        (w.written for w in words(sentence) if {alphabet_of(c) for c in w.written if c.isalpha()} - known), None
    )


def addresses_reader(sentence: str, quotes: Sequence[str]) -> bool:
    """True for a sentence that speaks to its reader, as none of its quotes does."""
    return bool(_ADDRESSED.search(sentence)) and not any(_ADDRESSED.search(quote) for quote in quotes)
