"""The tables of sentences and quotes whose verdicts were set by hand, as records."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from rag.answers import Support
from rag.briefings import Briefing, Paragraph
from rag.checks.locating import QuoteVerdict
from tests.toys import briefing

FOLDER = Path(__file__).parent / "verification"


@dataclass(frozen=True, slots=True)
class Case:
    """One row: a quote that is cited to a paragraph, and, or only, a sentence that rests on it."""

    id: str
    kind: str
    briefing: Briefing
    number: int
    quote: str
    verdict: QuoteVerdict
    place: str | None
    shown: str | None
    sentence: str | None
    support: Support | None

    @property
    def paragraph(self) -> Paragraph:
        """The paragraph that is cited."""
        return self.briefing.paragraphs[self.number - 1]


@dataclass(frozen=True, slots=True)
class Table:
    """All rows of a file, and the briefings that they are about."""

    briefings: dict[str, Briefing]
    cases: tuple[Case, ...]

    @staticmethod
    @cache
    def read(name: str) -> "Table":
        """The table in `tests/verification/<name>.yaml`, which is read once."""
        plain = yaml.load((FOLDER / f"{name}.yaml").read_text("utf-8"), yaml.CSafeLoader)
        briefings = {key: _briefing(key, fields) for key, fields in plain["briefings"].items()}
        return Table(briefings, tuple(_case(row, briefings) for row in plain["cases"]))


def _briefing(key: str, fields: dict[str, object]) -> Briefing:
    published = fields["published"]
    assert isinstance(published, date)
    paragraphs = fields["paragraphs"]
    assert isinstance(paragraphs, list)
    return briefing(key, *paragraphs, published=published, source=str(fields["source"]), title=str(fields["title"]))


def _case(row: dict[str, str], briefings: dict[str, Briefing]) -> Case:
    key, number = row["cited"].split()
    cited = briefings[key]
    quote = cited.words_of(cited.paragraphs[int(number) - 1]) if row["quote"] == "*" else row["quote"]
    return Case(
        id=row["id"],
        kind=row["kind"],
        briefing=cited,
        number=int(number),
        quote=quote,
        verdict=row["verdict"],  # type: ignore[arg-type]
        place=row.get("place"),
        shown=row.get("shown"),
        sentence=row.get("sentence"),
        support=row.get("support"),  # type: ignore[arg-type]
    )
