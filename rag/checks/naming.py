"""Whether quotes hold the names of a sentence, or mean them by a pronoun."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from rag.checks.statements import Doubt
from rag.words.names import ROLES, HeldNames, Name, alias_spans, names_in

_PRONOUNS = re.compile(r"\b(?:he|she|they|it|his|her|hers|their|its|him|them)\b", re.IGNORECASE)
_DESCRIBED = re.compile(r"(?:^|[.;:] )[\"']?the (?P<noun>[a-z]+) [a-z]+", re.IGNORECASE)
_PLACED = re.compile(r"\b(?:in|at|near|from|to|of|outside|across|around)(?: the)?$", re.IGNORECASE)
_NEARLY = 2  # letters by which a misspelt name differs
_LONG = 4


def name_doubts(said: str, quotes: Sequence[str], around: Sequence[str]) -> Iterator[Doubt]:
    """The names of a sentence that no quote holds, and whether that speaks against it."""
    names = names_in(said)
    held, context = HeldNames(quotes), HeldNames([*around, *quotes])
    aliased = {
        i for first, last, phrase in alias_spans(names) if held.holds_alias(phrase) for i in range(first, last)
    }
    missing = [n for i, n in enumerate(names) if i not in aliased and not held.holds(n)]
    missing = [n for n in missing if not _completes(n, names, context, held)]
    missing = [n for n in missing if not _spells_out(n, names, held, context)]
    for name in missing:
        written = name.word.written
        misspelt = _misspelt(name, held)
        if misspelt:
            yield Doubt(True, f"no quote holds the name “{written}”, but “{misspelt}”")
        elif not name.sure or name.plain in ROLES:
            yield Doubt(False, f"no quote holds “{written}”")
        else:
            where = _resolved(said, [n for n in missing if n.sure], names, quotes, around)
            if where != "resolved":
                yield Doubt(where == "absent", f"no quote holds the name “{written}”")
    yield from _put_together(names, held, context)
    yield from _in_lower_case(said, held)


def _misspelt(name: Name, held: HeldNames) -> str | None:
    """The name of a quote that this one nearly is."""
    if len(name.plain) < _LONG:
        return None
    near = (n for n in sorted(held.capitals) if len(n) >= _LONG and n[0] == name.plain[0])
    return next((n.capitalize() for n in near if 0 < Levenshtein.distance(n, name.plain) <= _NEARLY), None)


def _completes(name: Name, names: Sequence[Name], context: HeldNames, held: HeldNames) -> bool:
    """True when it stands beside a name that a quote holds, as it does in the context ("Antony" of "Blinken")."""
    at = next(i for i, n in enumerate(names) if n is name)
    chain = name.plain
    for following in names[at + 1 :][:3]:
        if not context.holds_side_by_side(chain, following.plain):
            break
        if held.holds(following):
            return True
        chain = following.plain
    before = names[at - 1] if at else None
    return bool(before and held.holds(before) and context.holds_side_by_side(before.plain, name.plain))


def _spells_out(name: Name, names: Sequence[Name], held: HeldNames, context: HeldNames) -> bool:
    """True for a word of a name whose initials stand in a quote, when the context spells them out like this."""
    at = next(i for i, n in enumerate(names) if n is name)
    for first in range(max(0, at - 4), at + 1):
        for last in range(at + 1, min(len(names), at + 5) + 1):
            run = names[first:last]
            initials = "".join(n.plain[0] for n in run)
            if len(run) >= 2 and initials in held.plain and context.holds_in_a_row([n.plain for n in run]):
                return True
    return False


def _resolved(
    said: str, missing: Sequence[Name], names: Sequence[Name], quotes: Sequence[str], around: Sequence[str]
) -> str:
    """Whether names that no quote holds are whom a quote means by a pronoun: `resolved`, `open` or `absent`.

    Resolved only when they are one name, the quote names nobody else, and nobody else in the context could be
    meant.
    """
    context = HeldNames(around)
    if not all(context.holds(n) for n in missing):
        return "absent"
    if not any(_points_back(q, said) for q in quotes) or any(_is_place(said, n) for n in missing):
        return "open"
    mine = {n.plain for n in names}
    if {n.plain for q in quotes for n in names_in(q) if n.sure or context.holds(n)} - mine:
        return "open"
    rivals = {
        n.plain
        for text in around
        for n in names_in(text)
        if n.plain not in mine and n.plain not in ROLES and not _is_place(text, n)
    }
    one_name = all(second.word.start - first.word.end <= 4 for first, second in pairwise(missing))
    return "resolved" if one_name and not rivals else "open"


def _points_back(quote: str, said: str) -> bool:
    """True when a quote holds a pronoun, or begins with a description that the sentence does not repeat."""
    described = _DESCRIBED.search(quote)
    return bool(_PRONOUNS.search(quote)) or bool(described and described["noun"].lower() not in said.lower())


def _is_place(text: str, name: Name) -> bool:
    return _PLACED.search(text[: name.word.start].rstrip()) is not None


def _put_together(names: Sequence[Name], held: HeldNames, context: HeldNames) -> Iterator[Doubt]:
    """Two names made of the parts of others ("Anna Holm" of Anna Lund and Per Holm)."""
    for first, second in pairwise(names):
        beside = second.word.start == first.word.end + 1
        adjective = first.plain.endswith(("i", "an", "ese", "ish")) or {first.plain, second.plain} & ROLES
        owner = first.word.written[-2:] in ("'s", "’s") or first.word.written[-1] in "'’"
        both = held.holds(first) and held.holds(second)
        if (
            beside
            and not adjective
            and not owner
            and both
            and not context.holds_side_by_side(first.plain, second.plain)
        ):
            follows, precedes = context.beside(first.plain, second.plain)
            written = f"{first.word.written} {second.word.written}"
            yield Doubt(follows and precedes, f"no quote holds the name “{written}”")


def _in_lower_case(said: str, held: HeldNames) -> Iterator[Doubt]:
    """A misspelt name that is written without a capital."""
    loose = [w for w in re.findall(r"\b[a-z]{4,}\b", said) if w not in held.plain]
    for name in sorted(held.capitals):
        for word in loose:
            near = word[0] == name[0] and word.rstrip("s") != name.rstrip("s")
            if near and len(name) >= _LONG and Levenshtein.distance(word, name) <= 1 and not held.is_common(name):
                yield Doubt(False, f"no quote holds “{word}”, but “{name.capitalize()}”")
