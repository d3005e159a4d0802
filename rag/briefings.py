"""What a briefing is: its text, its numbered paragraphs, and the passages that are searched.

All offsets are Unicode code points into `Briefing.text`, half open: `text[start:end]`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

ParagraphKind = Literal["paragraph", "list_item", "table_row", "quote", "code"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One citable paragraph; `number` counts from 1, headings are not counted but give `section`.

    `page` is the page, from 1, that it begins on, None where the format has no pages.
    """

    number: int
    start: int
    end: int
    section: str | None = None
    kind: ParagraphKind = "paragraph"
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit that is embedded and searched: whole consecutive paragraphs, or a piece of a very long one."""

    passage_id: str
    briefing_id: str
    first_paragraph: int
    last_paragraph: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Briefing:
    """A document as the library keeps it.

    `text` is the canonical text that every offset counts in, `source` the publisher (or else the file's
    name), `uri` where it was read from, `sha256` the hash of the bytes it was read from, `recipe` the
    version of the reading rules, so that a briefing is read anew when the rules change, and `author` who
    wrote it, empty when it does not say.
    """

    briefing_id: str
    title: str
    published: date | None
    source: str
    text: str
    sha256: str
    uri: str = ""
    recipe: int = 0
    author: str = ""
    paragraphs: tuple[Paragraph, ...] = field(default=(), repr=False)

    def words_of(self, part: Paragraph | Passage) -> str:
        """The exact words of a paragraph or passage of this briefing."""
        return self.text[part.start : part.end]

    def paragraph_at(self, offset: int) -> Paragraph | None:
        """The paragraph that covers this offset, or None (a heading, or between two paragraphs)."""
        return next((p for p in self.paragraphs if p.start <= offset < p.end), None)

    def headings(self, paragraph: Paragraph) -> tuple[str, ...]:
        """What stands above a paragraph: title, section, source and the date in words, as far as there are any."""
        published = f"{self.published.day} {self.published:%B %Y}" if self.published else ""
        return tuple(filter(None, (self.title, paragraph.section, self.source, published)))

    def anchor(self, paragraph: Paragraph) -> str:
        """The address of a paragraph: `<briefing_id>¶<number>`."""
        return f"{self.briefing_id}¶{paragraph.number}"


@dataclass(frozen=True, slots=True)
class BriefingSummary:
    """A line of the library's list: a briefing without its text."""

    briefing_id: str
    title: str
    published: date | None
    source: str
    uri: str
    paragraphs: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many `briefings` there are, of each source, how many are `dated`, and from which day to which."""

    briefings: int
    oldest: date | None
    newest: date | None
    dated: int
    by_source: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Scope:
    """What a question is limited to; empty means everything. Dates are inclusive, and when either is set
    a briefing without a date is left out. Sources are named as the library has them."""

    briefing_ids: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    sources: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.briefing_ids or self.since or self.until or self.sources)

    def admits(self, briefing: Briefing) -> bool:
        """True for a briefing that lies within these limits."""
        day = briefing.published
        dated = not (self.since or self.until) or (
            day is not None and (self.since or day) <= day <= (self.until or day)
        )
        listed = not self.briefing_ids or briefing.briefing_id in self.briefing_ids
        return dated and listed and (not self.sources or briefing.source in self.sources)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found, best first, with the briefing it stands in.

    `score` orders the hits of one search; between searches it compares only roughly.
    """

    passage: Passage
    score: float
    text: str
    title: str
    source: str
    published: date | None
    section: str | None
    page: int | None = None


def paragraphs_of(
    hits: Sequence[Hit], briefings: Mapping[str, Briefing]
) -> Iterator[tuple[Hit, Briefing, Paragraph]]:
    """The paragraphs of the passages found, in their order; not of those whose briefing was replaced since."""
    for hit in hits:
        passage = hit.passage
        briefing = briefings.get(passage.briefing_id)
        if briefing is None or briefing.text[passage.start : passage.end] != hit.text:
            continue
        for paragraph in briefing.paragraphs[passage.first_paragraph - 1 : passage.last_paragraph]:
            yield hit, briefing, paragraph
