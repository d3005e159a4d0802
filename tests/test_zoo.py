"""Sixty and more made-up files of every format, by real writers: what they say comes out as it was put in."""

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath

import pytest

from ingest.documents import Document
from ingest.readers import READERS, read
from ingest.sandbox import Sandbox
from tests.zoo import Animal, Count, compare, story, without
from tests.zoo_files import mail, markdown, opendocument, page, plain, rich, word
from tests.zoo_pdf import Look, drawn, flowing

pytestmark = pytest.mark.slow
LEAST = 0.98  # share of paragraphs that come out once, in order, with the right text, section and page


def _flowing(seed: int) -> Animal:
    chance = random.Random(seed)
    look = Look(
        columns=chance.choice((1, 1, 2, 2, 3)),
        size=chance.choice((9, 10, 11, 12)),
        justified=chance.random() < 0.5,
        indented=chance.random() < 0.3,
        furniture=chance.random() < 0.7,
        font=chance.choice(("Times", "Helvetica")),
        centred=chance.random() < 0.5,
    )
    return flowing(without(story(seed), "row") if look.columns == 3 else story(seed), look)


def _drawn(seed: int) -> Animal:
    chance = random.Random(seed)
    told = without(story(seed), "row", "item", "number", "quote")
    size, across = chance.choice((8, 9, 10)), chance.random() < 0.5
    return drawn(
        told, columns=chance.choice((1, 2, 2, 3)), across=across, size=size, turned=chance.choice((0, 0, 90))
    )


def _letter(seed: int) -> Animal:
    told = without(story(seed, size=5), "row", "number", "quote")
    files = (replace(word(story(seed + 1, size=4)), name="a.docx"), replace(_drawn(seed + 2), name="b.pdf"))
    return mail(told, flowed=seed % 2 == 0, attached=files)


MAKERS: dict[str, tuple[int, Callable[[int], Animal]]] = {
    ".pdf": (22, lambda n: _flowing(n) if n % 2 else _drawn(n)),
    ".docx": (9, lambda n: word(story(n), bold_headings=n % 3 == 1, controls=n % 3 == 2)),
    ".odt": (5, lambda n: opendocument(story(n))),
    ".rtf": (6, lambda n: rich(story(n), outlined=n % 2 == 0)),
    ".html": (8, lambda n: page(story(n), frame=("article", "main", "div", "table")[n % 4])),
    ".eml": (6, lambda n: mail(story(n), html=True) if n % 3 == 0 else _letter(n)),
    ".md": (4, lambda n: markdown(story(n))),
    ".txt": (6, lambda n: plain(without(story(n), "row"), width=(0, 72, 60)[n % 3])),
}


@pytest.mark.parametrize("suffix", MAKERS)
def test_paragraphs_come_out_once_in_order_with_their_section_and_page(suffix: str) -> None:
    count, make = MAKERS[suffix]
    total = Count(0, 0, 0)
    differences: list[str] = []
    with Sandbox() as sandbox:
        for number in range(count):
            animal = make(1000 + number)
            document = read(PurePath(f"animal{suffix}"), animal.data, sandbox)
            total += compare(document, animal.expected, differences.append)
            _check_facts(document, animal, suffix)
            for attachment, expected in zip(document.attachments, animal.attachments, strict=True):
                assert attachment.document is not None
                total += compare(attachment.document, expected, differences.append)
    assert total.share >= LEAST, (total, differences[:5])


def _check_facts(document: Document, animal: Animal, suffix: str) -> None:
    told = animal.story
    if suffix != ".txt":
        assert document.title == told.title
    if suffix in (".docx", ".odt", ".rtf", ".html", ".md", ".eml"):
        assert document.author == told.author
    dated = suffix in (".html", ".md", ".eml")  # when a file was saved is no date of publication
    assert document.published == (told.published if dated else None)


def test_the_zoo_has_sixty_files_of_every_format() -> None:
    assert sum(count for count, _ in MAKERS.values()) >= 60
    assert set(MAKERS) == set(READERS) - {".text", ".markdown", ".htm", ".xhtml"}
