"""How a document travels from the process that reads it: length, then JSON. Nothing that could run as code."""

import struct
from datetime import date
from typing import IO, Any

from ingest.documents import Attachment, Block, Document
from rag.errors import UnreadableError

_LENGTH = struct.Struct(">Q")
_LONGEST = 1_000_000_000  # bytes of a message


def send(stream: IO[bytes], message: bytes) -> None:
    """Write one message. Raises OSError when nobody reads any more."""
    stream.write(_LENGTH.pack(len(message)))
    stream.write(message)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes | None:
    """The next message, or None when the other side has gone."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    if length > _LONGEST:
        return None
    message = stream.read(length)
    return message if len(message) == length else None


def document_to_wire(document: Document) -> dict[str, Any]:
    """A document as plain JSON values."""
    return {
        "blocks": [[b.kind, b.text, b.mark, b.page] for b in document.blocks],
        "title": document.title,
        "published": document.published.isoformat() if document.published else None,
        "source": document.source,
        "notices": document.notices,
        "author": document.author,
        "attachments": [
            [a.name, a.sha256, document_to_wire(a.document) if a.document else None, a.reason, a.remedy]
            for a in document.attachments
        ],
    }


def error_to_wire(error: UnreadableError) -> dict[str, Any]:
    """Why a file could not be read, as plain JSON values."""
    return {"reason": error.reason, "remedy": error.remedy}


def from_wire(answer: dict[str, Any]) -> Document:
    """The document that these values hold. Raises UnreadableError when they tell why there is none."""
    if "reason" in answer:
        raise UnreadableError(answer["reason"], answer["remedy"])
    return _document(answer["document"])


def _document(plain: dict[str, Any]) -> Document:
    return Document(
        **plain
        | {
            "blocks": tuple(Block(*block) for block in plain["blocks"]),
            "published": date.fromisoformat(plain["published"]) if plain["published"] else None,
            "notices": tuple(plain["notices"]),
            "attachments": tuple(
                Attachment(name, sha256, _document(document) if document else None, reason, remedy)
                for name, sha256, document, reason, remedy in plain["attachments"]
            ),
        }
    )
