"""Damaged files of every format: each gives a document or a reason; no reader crashes, hangs or loses its offsets.

BRIEFINGS_FUZZ multiplies the number of inputs (1: 10,700).
"""

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import PurePath

import pytest

from ingest.documents import Document, canonical
from ingest.readers import READERS, read
from ingest.sandbox import Sandbox
from rag.errors import UnreadableError
from tests.zoo import story, without
from tests.zoo_files import mail, markdown, mutated, opendocument, page, plain, rich, word
from tests.zoo_pdf import Look, drawn, flowing

pytestmark = pytest.mark.slow
TIMES = float(os.environ.get("BRIEFINGS_FUZZ", "1"))


def _mutated_member(data: bytes, seed: int) -> bytes:
    """The archive with one of its members damaged, and whole otherwise: what a parser of archives lets through."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        members = [name for name in old.namelist() if name.endswith(".xml")]
        chosen = members[seed % len(members)] if seed % 3 else members[-1]
        for name in old.namelist():
            new.writestr(name, mutated(old.read(name), seed) if name == chosen else old.read(name))
    return out.getvalue()


def _seeds() -> dict[str, tuple[int, list[bytes]]]:
    """How many inputs of each format there are, and the whole files that they are made of."""
    told = story(1, size=2)
    bare = without(story(2, size=1), "row", "number", "quote", "item")
    letter = mail(bare, attached=()).data
    return {
        ".txt": (2_500, [plain(told).data, plain(told, width=60).data]),
        ".md": (2_000, [markdown(told).data]),
        ".html": (2_200, [page(told).data, page(told, frame="table").data]),
        ".eml": (1_800, [letter, mail(bare, html=True).data]),
        ".rtf": (1_000, [rich(told).data]),
        ".docx": (400, [word(bare).data]),
        ".odt": (400, [opendocument(told).data]),
        ".pdf": (400, [drawn(bare).data, flowing(bare, Look(columns=2)).data]),
    }


def _read(suffix: str, data: bytes, sandbox: Sandbox) -> tuple[Document | None, str]:
    try:
        return read(PurePath(f"damaged{suffix}"), data, sandbox), ""
    except UnreadableError as error:
        return None, f"{error.reason} | {error.remedy}"


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".eml", ".rtf", ".docx", ".odt", ".pdf"])
def test_damaged_files_give_a_document_or_a_reason(suffix: str) -> None:
    count, whole = _seeds()[suffix]
    damage: list[Callable[[bytes, int], bytes]] = [mutated]
    if suffix in (".docx", ".odt"):
        damage = [mutated, _mutated_member, _mutated_member]
    read_well = 0
    with Sandbox() as sandbox:
        for seed in range(int(count * TIMES)):
            data = damage[seed % len(damage)](whole[seed % len(whole)], seed)
            document, reason = _read(suffix, data, sandbox)
            assert "crashed" not in reason, seed
            assert "longer than" not in reason, seed
            if document is None:
                continue
            read_well += 1
            text, paragraphs = canonical(document.blocks)
            assert all(text[p.start : p.end] == text[p.start : p.end].strip("\n") != "" for p in paragraphs), seed
            assert [p.number for p in paragraphs] == list(range(1, len(paragraphs) + 1)), seed
    assert read_well > 0.2 * count * TIMES  # the damage leaves something to read


def test_every_format_is_fuzzed() -> None:
    counts = _seeds()
    assert set(counts) == set(READERS) - {".text", ".markdown", ".htm", ".xhtml"}
    assert sum(count for count, _ in counts.values()) >= 10_000
