"""The pages of a PDF that do not say what they show, in words for the reader."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from rag.errors import UnreadableError


@dataclass(slots=True)
class Gaps:
    """The numbers of the pages that are scanned pictures, whose fonts tell no letters, or that are damaged."""

    scans: list[int] = field(default_factory=list)
    garbled: list[int] = field(default_factory=list)
    damaged: list[int] = field(default_factory=list)

    def refusal(self) -> UnreadableError:
        """Why a file has no text, where no page has any."""
        if self.garbled:
            return UnreadableError(
                "its fonts do not say which letters they show", "Save it as text, or run OCR on it."
            )
        if self.damaged:
            return UnreadableError("its pages are damaged", "Save it anew.")
        if self.scans:
            return UnreadableError("its pages are scanned pictures without text", "Run OCR on it first.")
        return UnreadableError("it has no text", "Add text to it or remove it.")

    def notices(self) -> tuple[str, ...]:
        """What is missing of a file whose other pages have text."""
        told = []
        if self.scans:
            told.append(f"{_pages(self.scans)} scanned and without text")
        if self.damaged:
            told.append(f"{_pages(self.damaged)} damaged and left out")
        if self.garbled:
            told.append(f"{_pages(self.garbled)} left out: the fonts do not say which letters they show")
        return tuple(told)


def _pages(numbers: Sequence[int]) -> str:
    """`page 3 is`, `pages 3, 4 and 9 are`."""
    if len(numbers) == 1:
        return f"page {numbers[0]} is"
    shown = [str(n) for n in numbers[:12]]
    if len(numbers) > 12:
        return f"{len(numbers)} of its pages are"
    return f"pages {', '.join(shown[:-1])} and {shown[-1]} are"
