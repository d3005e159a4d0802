"""What the library holds, for the planner: the names of its sources, and the days of its briefings."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

import sqlalchemy as sa

from rag.asking.comparing import Named
from rag.errors import NotFoundError
from rag.library import Library
from rag.storage import database as db
from rag.storage.kept import AsItStands
from rag.words.keys import key_of, key_of_word
from rag.words.terms import Word, is_stop_word, unowned, words, written_words

_BRANCH = re.compile(r"\s*(?:[,:|(]| - )")  # what stands behind it says where or which part of a source
_OFFICE = re.compile(r"^(?:The )?(?:Office|Bulletin) of (?:the )?", re.IGNORECASE)
_OF = frozenset("of de in for".split())  # what is behind them in a source's name is not its own: "Bank of Sennet"
LONGEST_NAME = 8  # words of a source's name that are looked for in a question


@dataclass(frozen=True, slots=True)
class Catalogue:
    """`named` gives the sources that a name stands for, by its key (`rag.words.keys`); `newest`, `oldest` are the
    days of the newest and the oldest briefing, None when none has one; `begun` is how the keys begin. `ended` gives
    the keys of the words of each source's name, and the source, by the last of them."""

    named: Mapping[str, frozenset[str]] = field(default_factory=dict)
    newest: date | None = None
    oldest: date | None = None
    begun: frozenset[str] = frozenset()
    ended: Mapping[str, Sequence[tuple[tuple[str, ...], str]]] = field(default_factory=dict)

    def may_begin(self, letters: str) -> bool:
        """False when no name's key begins as these letters do: quicker than to look up whatever they may begin."""
        return letters[:3] in self.begun or letters[:2] in self.begun or letters[:1] in self.begun

    def sources_called(self, name: str) -> tuple[str, ...]:
        """The sources that a name stands for. Raises NotFoundError, naming the nearest, when there is none."""
        key = key_of(name)
        if found := self.named.get(key) or self.named.get(f"the{key}"):
            return tuple(sorted(found))
        nearest = get_close_matches(name, sorted({s for sources in self.named.values() for s in sources}), 1)
        remedy = f"Did you mean {nearest[0]!r}?" if nearest else "`briefings list` shows them."
        raise NotFoundError(f"There is no source {name!r}.", remedy)

    def sources_like(self, name: str, *, in_full: bool = False) -> tuple[str, ...]:
        """The sources that a name stands for, or, unless only names `in_full` count, whose last words it is ("the
        Courier" for "Sennet Courier"); empty when there are none."""
        key = key_of(name)
        if found := self.named.get(key) or self.named.get(f"the{key}"):
            return tuple(sorted(found))
        asked = [key_of_word(word) for word in written_words(name)]
        if in_full or not asked:
            return ()
        sources = {source for found in self.named.values() for source in found}
        last = len(asked)
        return tuple(sorted(s for s in sources if [*map(key_of_word, written_words(s))][-last:] == asked))

    def mentioned(self, text: str) -> list[Named]:
        """The sources that a text names by their names or by the last words of these ("the Courier" for "The Sennet
        Courier, court pages"), in order: a name of one word has a capital, and a place that a source is of does not
        count."""
        parsed = words(text)
        plain = [unowned(w.written) for w in parsed]
        keys = [key_of_word(w) for w in plain]
        found: dict[tuple[int, int], set[str]] = defaultdict(set)
        for last, key in enumerate(keys):
            for own, source in self.ended.get(key, ()):
                most = next((n for n in range(len(own)) if n > last or own[-1 - n] != keys[last - n]), len(own))
                first = last - most + 1
                while first < last and is_stop_word(plain[first]):
                    first += 1
                if _OF.isdisjoint(own[:-most]) and _stands_alone(text, parsed, first, last):
                    found[first, last].add(source)
        longest = [
            span for span in found if not any(a <= span[0] <= span[1] <= b for a, b in found if (a, b) != span)
        ]
        return [
            Named(tuple(sorted(found[a, b])), parsed[a].start, parsed[b].start + len(plain[b]))
            for a, b in sorted(longest)
        ]

    @staticmethod
    def of(sources: Iterable[str], newest: date | None = None, oldest: date | None = None) -> "Catalogue":
        """The catalogue of these sources, each known by its whole name, by what stands before " | ", " - " or
        ": " in it, and without a leading "The" when two words are left."""
        named: dict[str, set[str]] = defaultdict(set)
        ended: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for source in sources:
            if own := _own_keys(source):
                ended[own[-1]].append((own, source))
            for name in _names(source):
                if key := key_of(name):
                    named[key].add(source)
        begun = frozenset(key[:3] for key in named)
        return Catalogue({key: frozenset(found) for key, found in named.items()}, newest, oldest, begun, ended)


class Shelf:
    """Reads the catalogue of a library, anew only after the library has changed. Safe to share between threads."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._read = AsItStands(library, self._catalogue)

    def catalogue(self) -> Catalogue:
        """What the library holds now."""
        return self._read.now()

    def _catalogue(self) -> Catalogue:
        b = db.briefings.c
        with db.reading(self._library.engine) as connection:
            sources = list(connection.execute(sa.select(b.source).distinct()).scalars())
            days = sa.select(sa.func.max(b.published), sa.func.min(b.published))
            newest, oldest = connection.execute(days).one()
        return Catalogue.of(sources, newest, oldest)


def _own_keys(source: str) -> tuple[str, ...]:
    """The keys of the words of a source's name, without what says which office or branch it is."""
    name = _OFFICE.sub("", _BRANCH.split(source)[0])
    return tuple(key_of_word(unowned(w)) for w in written_words(name))


def _stands_alone(text: str, parsed: Sequence[Word], first: int, last: int) -> bool:
    """True for words that are no part of a longer name, and begin with a capital when there is only one."""
    if first == last and not parsed[last].written[0].isupper():
        return False
    before = parsed[first - 1] if first > 1 else None  # the first word of all has a capital in any case
    behind = parsed[last + 1] if last + 1 < len(parsed) else None
    if before and before.written[0].isupper() and text[before.end : parsed[first].start] in (" ", "’ ", "' "):
        return before.written.endswith(("'s", "’s"))
    owner = parsed[last].written.endswith(("'s", "’s"))
    return not (
        behind and behind.written[0].isupper() and text[parsed[last].end : behind.start] == " " and not owner
    )


def _names(source: str) -> set[str]:
    names = {source, *(source.split(mark)[0] for mark in (" | ", " - ", ": "))}
    for name in tuple(names):
        first, _, rest = name.partition(" ")
        if first.lower() == "the" and " " in rest:
            names.add(rest)
    return names
