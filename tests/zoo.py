"""Made-up documents with known paragraphs, and how many of those a reader brought back."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import SequenceMatcher
from typing import Literal

from ingest.documents import Document, canonical, seen

PLACES = "Sennet Aldry Quill Tarrow Maravel Kelby Orm Verrin Coldharrow Saltmarch".split()
NOUNS = (
    "harbour delegation grain convoy ministry budget hospital ceasefire railway drought reservoir election inquiry"
    " interconnector quota agreement crossing vaccine shortfall warehouse"
).split()
VERBS = "reopened rejected approved measured delayed published reviewed inspected confirmed suspended".split()
ENDS = (
    "after nine days of talks", "despite the “urgent” appeal of its neighbours", "at a cost of €4.5 million",
    "on 14 March 2031", "in well-known and long-running co-operation",
    "for the second time since the U.S. envoy left",
    "as Dr. Åse Lindqvist (62) had expected", "with 1,204 tonnes still in store", "so that nobody was left out",
)  # fmt: skip

Kind = Literal["heading", "paragraph", "item", "number", "row", "quote"]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a made-up document; a row has `cells`, the first row of a table names its columns."""

    kind: Kind
    text: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Expected:
    """A paragraph as it must come out."""

    text: str
    section: str | None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """A made-up document."""

    title: str
    author: str
    published: date
    parts: tuple[Part, ...]

    def expected(self, pages: Sequence[int | None] = ()) -> list[Expected]:
        """Its paragraphs in order; `pages` has a page for each part."""
        found: list[Expected] = []
        section: str | None = None
        header: tuple[str, ...] = ()
        for i, part in enumerate(self.parts):
            page = pages[i] if pages else None
            if part.kind == "heading":
                section = part.text
            elif part.kind != "row":
                found.append(Expected(part.text, section, page))
            elif not header:
                header = part.cells
            else:
                words = " | ".join(f"{h}: {c}" for h, c in zip(header, part.cells, strict=True))
                found.append(Expected(words, section, page))
            if part.kind != "row":
                header = ()
        return found


@dataclass(frozen=True, slots=True)
class Animal:
    """A file of the zoo; `attachments` are what each file attached to it holds."""

    name: str
    data: bytes
    expected: list[Expected]
    story: Story
    attachments: tuple[list[Expected], ...] = field(default=())


def story(seed: int, *, size: int = 9, tables: bool = True, lists: bool = True, quotes: bool = True) -> Story:
    """A story that is the same for the same arguments; `size` is its number of sections."""
    chance = random.Random(seed)

    def clause() -> str:
        noun, other = chance.sample(NOUNS, 2)
        return f"the {noun} of {chance.choice(PLACES)} {chance.choice(VERBS)} the {other} {chance.choice(ENDS)}"

    def sentence() -> str:
        words = clause() if chance.random() < 0.6 else f"{clause()}, while {clause()}"
        return f"{words[0].upper()}{words[1:]}."

    def prose(longest: int = 7) -> str:
        return " ".join(sentence() for _ in range(chance.randint(1, longest)))

    def phrase() -> str:
        return (
            f"{chance.choice(PLACES)} {chance.choice(NOUNS)} {chance.choice(('Review', 'Terms', 'Outlook', 'Aid'))}"
        )

    parts: list[Part] = [Part("paragraph", prose())]
    for number in range(size):
        parts.append(Part("heading", f"{phrase()} {number + 1}".title()))
        parts += [Part("paragraph", prose()) for _ in range(chance.randint(1, 4))]
        if lists and number % 3 == 0:
            parts += [Part("item", prose(2)) for _ in range(chance.randint(2, 4))]
            parts.append(Part("paragraph", prose()))
        if lists and number % 3 == 1:
            parts += [Part("number", prose(2)) for _ in range(chance.randint(2, 4))]
            parts.append(Part("paragraph", prose()))
        if tables and number % 3 == 2:
            rows = [("Port", "Ships", "Tonnes of grain")]
            rows += [(place, str(chance.randint(1, 90)), f"{chance.randint(1, 9)},300") for place in PLACES[:4]]
            parts += [Part("row", " ".join(cells), cells) for cells in rows]
            parts.append(Part("paragraph", prose()))
        if quotes and number % 4 == 1:
            parts.append(Part("quote", prose(3)))
            parts.append(Part("paragraph", prose()))
    day = date(2031, chance.randint(1, 12), chance.randint(1, 28))
    return Story(f"Report {seed} on the {phrase().title()}", "Ada Orm", day, tuple(parts))


def without(told: Story, *kinds: Kind) -> Story:
    """The story without its parts of these kinds."""
    return replace(told, parts=tuple(p for p in told.parts if p.kind not in kinds))


@dataclass(frozen=True, slots=True)
class Count:
    """How many paragraphs were expected and found, and how many of them are the same, once and in order."""

    expected: int
    found: int
    same: int

    def __add__(self, other: "Count") -> "Count":
        return Count(self.expected + other.expected, self.found + other.found, self.same + other.same)

    @property
    def share(self) -> float:
        """The share of paragraphs that came out right, of those expected or found, whichever are more."""
        return self.same / max(self.expected, self.found, 1)


def compare(
    document: Document, expected: Sequence[Expected], tell: Callable[[str], None] = lambda words: None
) -> Count:
    """Compare what a reader found with what it should have; `tell` is given each difference in words."""
    text, paragraphs = canonical(document.blocks)
    found = [Expected(text[p.start : p.end], p.section, p.page) for p in paragraphs]
    wanted = [replace(e, text=seen(e.text), section=seen(e.section) if e.section else None) for e in expected]
    match = SequenceMatcher(None, wanted, found, autojunk=False)
    for what, a, b, c, d in match.get_opcodes():
        if what != "equal":
            tell(f"expected {wanted[a:b]}\n   found {found[c:d]}")
    return Count(len(wanted), len(found), sum(block.size for block in match.get_matching_blocks()))
