"""What the library knows of files: by address, by the hash of their bytes, and by the file that carries them."""

import hashlib
import re
import uuid
from collections.abc import Iterable
from pathlib import PurePath

from rag.storage.entries import Known


class Inventory:
    """The briefings that there are. While one thread changes it, others may look things up."""

    def __init__(self, known: Iterable[Known] = ()) -> None:
        self._by_uri: dict[str, Known] = {}
        self._by_sha256: dict[str, Known] = {}
        self._ids: set[str] = set()
        self._parts: dict[str, dict[str, None]] = {}  # addresses of files that another file carries, by its own
        for one in known:
            self.add(one)

    def __contains__(self, briefing_id: str) -> bool:
        return briefing_id in self._ids

    def add(self, known: Known) -> None:
        """Take in a briefing."""
        self._ids.add(known.briefing_id)
        self._by_uri[known.uri] = self._by_sha256[known.sha256] = known
        carrier, mark, _ = known.uri.partition("#")
        if mark:
            self._parts.setdefault(carrier, {})[known.uri] = None

    def drop(self, known: Known) -> None:
        """Forget where a briefing was read from; its id stays taken."""
        self._by_uri.pop(known.uri, None)
        self._by_sha256.pop(known.sha256, None)
        carrier, mark, _ = known.uri.partition("#")
        if mark:
            self._parts.get(carrier, {}).pop(known.uri, None)

    def at(self, uri: str) -> Known | None:
        """The briefing that was read from this address."""
        return self._by_uri.get(uri)

    def of_bytes(self, sha256: str) -> Known | None:
        """A briefing that was read from bytes with this hash."""
        return self._by_sha256.get(sha256)

    def parts_of(self, uri: str) -> list[Known]:
        """The briefings of files that the file at this address carried."""
        return [self._by_uri[part] for part in self._parts.get(uri, ())]

    def free_id(self, path: PurePath, uri: str) -> str:
        """The file's name as an id; when another file has taken it, with a short mark of this file's address."""
        slug = re.sub(r"[^\w]+", "-", path.stem.lower()).strip("-_")[:100] or "briefing"
        if slug not in self._ids:
            return slug
        mark = hashlib.sha256(uri.encode()).hexdigest()
        tries = (f"{slug}-{mark[:length]}" for length in (8, 16, 32, 64))
        return next((i for i in tries if i not in self._ids), f"{slug}-{uuid.uuid4().hex}")
