"""Small phrases that several parts of the page share."""

from collections.abc import Mapping
from datetime import date

from rag.answers import Answer, Citation
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
    """Date, section, page and paragraph of a citation."""
    page = page_words(citation.page)
    return dotted(day(citation.published), citation.section, page, f"¶{paragraph or citation.paragraph}")


def page_words(page: int | None) -> str:
    """`p. 3`, or nothing."""
    return f"p. {page}" if page else ""


def meta_of(briefing: Briefing | BriefingSummary) -> str:
    """Source, author where known, date and number of paragraphs of a briefing."""
    if isinstance(briefing, BriefingSummary):
        return dotted(briefing.source, day(briefing.published), counted(briefing.paragraphs, "paragraph"))
    count = counted(len(briefing.paragraphs), "paragraph")
    return dotted(briefing.source, briefing.author, day(briefing.published), count)


def limits_of(scope: Scope, titles: Mapping[str, str]) -> dict[str, str]:
    """What a scope limits a question to, in words, by a key that names the limit."""
    limits = {f"briefing:{i}": titles.get(i, f"{i} (removed)") for i in scope.briefing_ids}
    if scope.since:
        limits["since"] = f"since {short_day(scope.since)}"
    if scope.until:
        limits["until"] = f"until {short_day(scope.until)}"
    return limits


def understood(answer: Answer) -> str | None:
    """The question as it was understood, when that is not as it was typed."""
    return answer.standalone_question if answer.standalone_question != answer.question else None


_DOUBTFUL = "Not certain: this comes nearest of what was found, and may not be what you asked for."


def left_open(answer: Answer) -> str | None:
    """What a partial answer does not answer, and whether it may not answer at all, in a sentence each."""
    if answer.abstained:
        return None
    doubt = _DOUBTFUL if answer.doubtful else ""
    end = "" if not answer.missing or answer.missing.endswith("?") else "."
    missing = f"The briefings do not say: {answer.missing}{end}" if answer.missing else ""
    return f"{missing} {doubt}".strip() or None


_CHECKS = {
    "repaired": "{} asked for again and mended",
    "dropped": "{} left out as unsupported",
    "marked": "{} marked as unsupported",
    "unchecked": "{} too freely worded to be checked",
    "misattributed_quotes": "{} given to the wrong paragraph, and put right",
    "fabricated_quotes": "{} invented by the model, and thrown away",
    "normalised_quotes": "{} with small slips, and put right",
}


def told_of(answer: Answer) -> str:
    """What verification did with a model's answer, and what the answer took, in two sentences."""
    parts = []
    for name, words in _CHECKS.items():
        if count := answer.checks.get(name):
            parts.append(words.format(counted(count, "quote" if name.endswith("quotes") else "sentence")))
    checked = f"Checked by code: {'; '.join(parts) or 'nothing had to be changed'}."
    tokens = int(answer.usage.get("input_tokens", 0) + answer.usage.get("output_tokens", 0))
    cost = answer.usage.get("cost_usd")
    took = f" {counted(tokens, 'token')}{f', ${cost:.4f}' if cost is not None else ''}." if tokens else ""
    return checked + took
