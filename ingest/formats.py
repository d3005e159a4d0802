"""How files of one format are read, and the limits that keep every reader within bounds."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from ingest.documents import UNCITED, Document
from rag.errors import UnreadableError

MAX_BYTES = 50_000_000  # of the largest format
_MOST_TEXT = 20_000_000  # bytes of a text file, and characters of any document
Reader = Callable[[bytes], Document]


@dataclass(frozen=True, slots=True)
class Format:
    """How files of one ending are read. `most` is the largest number of bytes; files of more than `here` bytes
    are read in another process, as all are whose parser is complex."""

    read: Reader
    most: int = _MOST_TEXT
    here: int = 0

    def parse(self, data: bytes) -> Document:
        """The document in these bytes, read in this very process. Raises UnreadableError, and whatever a parser
        raises for a damaged file."""
        document = self.read(data)
        if all(b.kind in UNCITED for b in document.blocks):
            document = replace(document, blocks=tuple(replace(b, kind="paragraph") for b in document.blocks))
        if not document.blocks and not document.attachments:
            raise UnreadableError("it has no text", "Add text to it or remove it.")
        if sum(len(b.text) for b in document.blocks) > _MOST_TEXT:
            raise UnreadableError(
                f"it has more than {_MOST_TEXT // 1_000_000} million characters", "Split it into several briefings."
            )
        return document


def too_large(most: int) -> UnreadableError:
    """The reason to refuse a file of more than this many bytes."""
    return UnreadableError(f"it is larger than {most // 1_000_000} MB", "Split it into several briefings.")
