"""Small made-up briefings, an embedder whose arithmetic can be seen, and how property tests run."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from hypothesis import settings

from rag.briefings import Briefing, Hit, Paragraph, Passage
from rag.library import Library
from rag.storage.database import Vectors
from rag.storage.entries import Entry

TOPICS = ("ships", "bread", "rain")
TOY = "toy:3"

# The same examples in every run, and nothing kept between runs.
PROPERTY = settings(derandomize=True, deadline=None, database=None)


class ToyEmbedder:
    """How often "ships", "bread" and "rain" stand in a text, as a vector of unit length (or of zeros)."""

    fingerprint = TOY

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row a text: `embed(["ships bread"])` is `[[√½, √½, 0]]`."""
        counts = [[t.lower().replace(".", " ").split().count(topic) for topic in TOPICS] for t in texts]
        rows = np.array(counts, dtype=np.float32).reshape(len(texts), len(TOPICS))
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        unit: Vectors = rows / np.maximum(lengths, 1e-9, dtype=np.float32)
        return unit


class OtherEmbedder(ToyEmbedder):
    """A model that only another machine has."""

    fingerprint = "other:3"


def briefing(
    briefing_id: str,
    *paragraphs: str,
    published: date | None = None,
    source: str = "Courier",
    title: str | None = None,
) -> Briefing:
    """A briefing of these paragraphs, with an empty line between them."""
    parts: list[Paragraph] = []
    at = 0
    for number, words in enumerate(paragraphs, start=1):
        parts.append(Paragraph(number, at, at + len(words)))
        at += len(words) + 2
    return Briefing(
        briefing_id=briefing_id,
        title=title or f"About {briefing_id}",
        published=published,
        source=source,
        text="\n\n".join(paragraphs),
        sha256=f"{briefing_id:0<64}"[:64],
        uri=f"file:///{briefing_id}.md",
        paragraphs=tuple(parts),
    )


ALPHA = briefing("alpha", "Nine ships left.", "The bread came later.", published=date(2032, 5, 3))
BETA = briefing("beta", "Rain fell.", published=date(2032, 6, 1))
GAMMA = briefing("gamma", "Bread and ships.")


def passages(whole: Briefing) -> list[Passage]:
    """One passage a paragraph, `<briefing_id>:<number>`."""
    return [
        Passage(f"{whole.briefing_id}:{p.number}", whole.briefing_id, p.number, p.number, p.start, p.end)
        for p in whole.paragraphs
    ]


def vectors(whole: Briefing) -> Vectors:
    """The toy vectors of its passages."""
    return ToyEmbedder().embed([whole.words_of(p) for p in whole.paragraphs])


def put(
    library: Library, whole: Briefing, rows: Vectors | None = None, embedder: str = TOY, *, new: bool = False
) -> int:
    """Add or replace a briefing, or only add it if it must be `new`, with its passages and their toy vectors or
    other rows; the new revision. Raises ConflictError when something stands in its way."""
    rows = vectors(whole) if rows is None else rows
    written = library.put_all([Entry(whole, passages(whole), rows, None if new else whole.uri)], embedder)
    if conflict := written.conflicts[0]:
        raise conflict
    return written.revision


def hits(whole: Briefing) -> list[Hit]:
    """Its passages as the library hands them to the mirrors."""
    return [
        Hit(p, 0.0, whole.words_of(p), whole.title, whole.source, whole.published, None) for p in passages(whole)
    ]
