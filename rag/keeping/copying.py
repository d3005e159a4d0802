"""From the library into a mirror: what a mirror has missed, and copying that in batches."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from rag.briefings import Hit
from rag.library import Changed, Changes, Library
from rag.storage.database import Vectors, batches
from rag.storage.stamps import Stamp

_PASSAGES = 2_000  # that are copied into a mirror at once, and a whole briefing's at least
_BRIEFINGS = 500

Progress = Callable[[int, int], None]


class Mirror(Protocol):
    """What both mirrors can do."""

    def stamp(self) -> Stamp | None:
        """The state that the mirror stands at."""
        ...

    def update(self, forget: Sequence[str], hits: Sequence[Hit], vectors: Vectors) -> None:
        """Remove the passages of some briefings, then add others; doing it twice does no harm."""
        ...

    def record(self, stamp: Stamp) -> None:
        """Note the state that has been reached."""
        ...


@dataclass(frozen=True, slots=True)
class MirrorState:
    """What `doctor` reports of a mirror; `problem` is None when it is in order."""

    name: str
    detail: str
    problem: str | None = None


class Copying:
    """Copies a library into mirrors that are made by one `recipe`."""

    def __init__(self, library: Library, recipe: str) -> None:
        self.library = library
        self.recipe = recipe
        self._library_id = library.library_id()

    def is_ours(self, stamp: Stamp) -> bool:
        """True when a mirror at this stamp stands where this library once stood; not so when the library was
        restored from a backup and has gone another way since."""
        if stamp.library_id != self._library_id or stamp.recipe != self.recipe:
            return False
        return stamp.revision <= self.library.revision() and self.library.token(stamp.revision) == stamp.token

    def is_current(self, stamp: Stamp) -> bool:
        """True when a mirror at this stamp stands where this library stands: quicker than to ask what it missed."""
        ours = stamp.library_id == self._library_id and stamp.recipe == self.recipe
        return ours and self.library.stands_at(stamp.revision, stamp.token)

    def missed(self, stamp: Stamp | None) -> Changes | None:
        """What a mirror at this stamp, which is ours, has missed; None when it is up to date."""
        since = stamp.revision if stamp else -1
        if since == self.library.revision():
            return None
        return self.library.changes(since)

    def copy(self, mirror: Mirror, missed: Changes, progress: Progress | None = None) -> None:
        """Copy in batches. Each revision that is reached is recorded, so that what was cut short goes on from
        there; what it had copied beyond is copied again.
        """
        forget: Sequence[str] = missed.gone
        done, total = 0, len(missed.present)
        for batch in self._batches(missed):
            hits, vectors = self.library.passages([changed.briefing_id for changed in batch])
            mirror.update(forget, hits, vectors)
            forget = ()
            done += len(batch)
            if done < total and missed.present[done].revision > batch[-1].revision:
                revision = batch[-1].revision
                mirror.record(Stamp(self._library_id, self.recipe, revision, self.library.token(revision)))
            if progress:
                progress(done, total)
        if forget:
            hits, vectors = self.library.passages([])
            mirror.update(forget, hits, vectors)
        mirror.record(Stamp(self._library_id, self.recipe, missed.revision, missed.token))
        if progress and not total:
            progress(0, 0)

    def _batches(self, missed: Changes) -> Iterator[Sequence[Changed]]:
        """What is missed in batches that fit into memory, however long a briefing is."""
        for some in batches(missed.present, _BRIEFINGS):
            sizes = self.library.passage_counts([changed.briefing_id for changed in some])
            batch: list[Changed] = []
            passages = 0
            for changed in some:
                size = sizes.get(changed.briefing_id, 0)
                if batch and passages + size > _PASSAGES:
                    yield batch
                    batch, passages = [], 0
                batch.append(changed)
                passages += size
            yield batch


def too_long(missed: Changes, backlog: int | None) -> bool:
    """True when more briefings are missing than a question should wait for."""
    return backlog is not None and len(missed.present) > backlog


def raise_if_quitting(error: BaseException) -> None:
    """Let the wish to end pass, where everything else is caught: a panic of native code is no Exception."""
    if isinstance(error, KeyboardInterrupt | SystemExit):
        raise error
