"""What was read or made of the library lately, for as long as it stands where it stood: a question reads the same
briefings and passages again and again, and the next question is often about the same."""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Generic, Protocol, TypeVar

Made = TypeVar("Made")
Read = TypeVar("Read")


class Changing(Protocol):
    """What tells where it stands, as the library does (see `rag.storage.account`)."""

    def revision(self) -> int:
        """The number of its last change."""
        ...

    def token(self, revision: int) -> str:
        """The name of a change."""
        ...

    def stands_at(self, revision: int, token: str) -> bool:
        """True when its last change has this number and this name."""
        ...


class AsItStands(Generic[Made]):
    """What `make` makes of something, made anew only after that has changed. Safe to share between threads."""

    def __init__(self, of: Changing, make: Callable[[], Made]) -> None:
        self._of = of
        self._make = make
        self._mutex = threading.Lock()
        self._made: tuple[int, str, Made] | None = None

    def now(self) -> Made:
        """What is made of it as it is now."""
        with self._mutex:
            if self._made is None or not self._of.stands_at(*self._made[:2]):
                revision = self._of.revision()
                token = self._of.token(revision)  # what is made may be newer than it, and then is made once more
                self._made = revision, token, self._make()
            return self._made[2]


class Kept(Generic[Read]):
    """What `read` finds of ids, kept until what is kept has `most` characters together, of which one has `size`.
    Safe to share between threads."""

    def __init__(
        self, read: Callable[[Sequence[str]], Mapping[str, Read]], size: Callable[[Read], int], most: int
    ) -> None:
        self._read = read
        self._size = size
        self._most = most
        self._mutex = threading.Lock()
        self._kept: dict[str, Read] = {}  # what was read longest ago first
        self._full = 0

    def of(self, ids: Iterable[str]) -> dict[str, Read]:
        """What is found of those of these ids that exist, in the order asked for, each once."""
        wanted = dict.fromkeys(ids)
        kept = {i: one for i in wanted if (one := self._kept.get(i)) is not None}
        new = [i for i in wanted if i not in kept]
        if not new:
            return kept
        read = self._read(new)
        self._keep(read)
        both = {**kept, **read}
        return {i: both[i] for i in wanted if i in both}

    def _keep(self, read: Mapping[str, Read]) -> None:
        with self._mutex:
            for i, one in read.items():
                if i not in self._kept and (size := self._size(one)) <= self._most:
                    self._kept[i] = one
                    self._full += size
            while self._full > self._most:
                self._full -= self._size(self._kept.pop(next(iter(self._kept))))
