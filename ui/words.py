"""Small phrases that several parts of the page share."""

from collections.abc import Mapping
from datetime import date

from rag.answers import Citation
from rag.briefings import Briefing, BriefingSummary, Scope


def day(published: date | None) -> str:
    """A date as people write it, or nothing."""
    return f"{published.day} {published:%B %Y}" if published else ""


def short_day(published: date) -> str:
    """A date in few letters."""
    return f"{published.day} {published:%b %Y}"


def counted(count: int, word: str) -> str:
    """`1 briefing`, `2 briefings`."""
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def dotted(*parts: str | None) -> str:
    """The parts that are there, with a middle dot between them."""
    return " · ".join(part for part in parts if part)


def place_of(citation: Citation, paragraph: int | None = None) -> str:
    """Date, section and paragraph of a citation."""
    return dotted(day(citation.published), citation.section, f"¶{paragraph or citation.paragraph}")


def meta_of(briefing: Briefing | BriefingSummary) -> str:
    """Source, date and number of paragraphs of a briefing."""
    count = briefing.paragraphs if isinstance(briefing, BriefingSummary) else len(briefing.paragraphs)
    return dotted(briefing.source, day(briefing.published), counted(count, "paragraph"))


def limits_of(scope: Scope, titles: Mapping[str, str]) -> dict[str, str]:
    """What a scope limits a question to, in words, by a key that names the limit."""
    limits = {f"briefing:{i}": titles.get(i, f"{i} (removed)") for i in scope.briefing_ids}
    if scope.since:
        limits["since"] = f"since {short_day(scope.since)}"
    if scope.until:
        limits["until"] = f"until {short_day(scope.until)}"
    return limits
