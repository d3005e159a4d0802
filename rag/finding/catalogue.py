"""What the library holds, for the planner: the names of its sources, and the days of its briefings."""

import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

import sqlalchemy as sa

from rag.errors import NotFoundError
from rag.library import Library
from rag.storage import database as db
from rag.words.keys import key_of, key_of_word
from rag.words.terms import written_words

LONGEST_NAME = 8  # words of a source's name that are looked for in a question


@dataclass(frozen=True, slots=True)
class Catalogue:
    """`named` gives the sources that a name stands for, by its key (`rag.words.keys`); `newest`, `oldest` are the
    days of the newest and the oldest briefing, None when none has one; `begun` is how the keys begin."""

    named: Mapping[str, frozenset[str]] = field(default_factory=dict)
    newest: date | None = None
    oldest: date | None = None
    begun: frozenset[str] = frozenset()

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

    @staticmethod
    def of(sources: Iterable[str], newest: date | None = None, oldest: date | None = None) -> "Catalogue":
        """The catalogue of these sources, each known by its whole name, by what stands before " | ", " - " or
        ": " in it, and without a leading "The" when two words are left."""
        named: dict[str, set[str]] = defaultdict(set)
        for source in sources:
            for name in _names(source):
                if key := key_of(name):
                    named[key].add(source)
        begun = frozenset(key[:3] for key in named)
        return Catalogue({key: frozenset(found) for key, found in named.items()}, newest, oldest, begun)


class Shelf:
    """Reads the catalogue of a library, anew only after the library has changed. Safe to share between threads."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._mutex = threading.Lock()
        self._read: tuple[int, str, Catalogue] | None = None  # with the revision and its token

    def catalogue(self) -> Catalogue:
        """What the library holds now."""
        with self._mutex:
            if self._read is None or not self._library.stands_at(*self._read[:2]):
                revision = self._library.revision()
                token = self._library.token(revision)
                b = db.briefings.c
                with db.translated(), self._library.engine.connect() as connection:
                    sources = list(connection.execute(sa.select(b.source).distinct()).scalars())
                    days = sa.select(sa.func.max(b.published), sa.func.min(b.published))
                    newest, oldest = connection.execute(days).one()
                self._read = revision, token, Catalogue.of(sources, newest, oldest)
            return self._read[2]


def _names(source: str) -> set[str]:
    names = {source, *(source.split(mark)[0] for mark in (" | ", " - ", ": "))}
    for name in tuple(names):
        first, _, rest = name.partition(" ")
        if first.lower() == "the" and " " in rest:
            names.add(rest)
    return names
