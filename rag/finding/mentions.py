"""The sources and the titles that a question names, in order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.finding.catalogue import LONGEST_NAME, Catalogue
from rag.finding.titles import Titled
from rag.words.keys import key_of_word
from rag.words.terms import Word, unowned

# What stands between a title and the source that told it: "the Courier's article ‘…’", "‘…’ in the Courier".
_JOINED = re.compile(
    r"(?:['’]s)?\W*(?:(?:articles?|briefings?|by|called|from|in|of|pieces?|reports?|stor(?:y|ies)|the|titled)\b\W*)*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """Sources, a title, or the title of these sources named in a question: its words `first` up to `last`, which
    stand in clause `clause`."""

    sources: tuple[str, ...]
    first: int
    last: int
    start: int
    end: int
    clause: int
    title: Titled | None = None


def mentions_in(
    question: str,
    parsed: Sequence[Word],
    clauses: Sequence[tuple[int, int]],
    catalogue: Catalogue,
    titles: Sequence[Titled] = (),
) -> list[Mention]:
    """The mentions of a question in which one word stands for each title (`titles.masked`), and whose words are
    `parsed`; the longest name counts where several sources begin with the same word."""
    found: list[Mention] = []
    titled = {one.start: one for one in titles}
    keys = [key_of_word(unowned(w.written)) for w in parsed]
    i = 0
    while i < len(parsed):
        start, end, last = parsed[i].start, parsed[i].end, i
        title, sources = titled.get(start), frozenset[str]()
        looked_up = title is None and catalogue.may_begin("".join(keys[i : i + LONGEST_NAME]))
        for behind in range(min(len(parsed), i + LONGEST_NAME), i, -1) if looked_up else ():
            named = catalogue.named.get("".join(keys[i:behind]))
            if named and _is_name([w.written for w in parsed[i:behind]]):
                sources, end, last = named, parsed[behind - 1].end, behind - 1
                break
        if title or sources:
            clause = next((n for n, (a, b) in enumerate(clauses) if a <= start < b), 0)
            mention = Mention(tuple(sorted(sources)), i, last, start, end, clause, title)
            if found and (joined := _joined(found[-1], mention, question)):
                found[-1] = joined
            else:
                found.append(mention)
        i = last + 1
    return found


def _joined(one: Mention, other: Mention, question: str) -> Mention | None:
    """Two mentions as one, when they are a title and the source that told it, side by side."""
    if bool(one.sources) == bool(other.sources) or bool(one.title) == bool(other.title):
        return None
    if not _JOINED.fullmatch(question[one.end : other.start]):
        return None
    title, sources = one.title or other.title, one.sources or other.sources
    return replace(one, sources=sources, last=other.last, end=other.end, title=title)


def _is_name(written: Sequence[str]) -> bool:
    """True unless the words could as well be plain ones ("wired", "fortune"): a name of one word has a capital."""
    return len(written) > 1 or written[0][0].isupper() or written[0][0].isdigit() or "." in written[0]
