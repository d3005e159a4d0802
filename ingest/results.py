"""What became of a file."""

from dataclasses import dataclass
from typing import Literal

from rag.errors import BriefingsError

Outcome = Literal["added", "replaced", "unchanged", "moved", "duplicate", "removed", "failed"]


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one file; `reason` and `remedy` say why it failed, `notices` what was assumed or noticed."""

    path: str
    outcome: Outcome
    briefing_id: str | None = None
    reason: str | None = None
    remedy: str | None = None
    notices: tuple[str, ...] = ()


def failed(path: object, error: BriefingsError) -> FileResult:
    """The result for a file that could not be taken in."""
    return FileResult(str(path), "failed", reason=error.reason, remedy=error.remedy)
