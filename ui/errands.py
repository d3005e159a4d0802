"""What goes on behind the page, as the page sees it, and where uploaded files go."""

import itertools
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ingest.pipeline import FileResult
from rag.answers import Answer
from rag.briefings import Scope

_LONGEST_NAME = 200  # bytes of an uploaded file's name; file systems take 255, and a number may be added


class Asking:
    """A question that is being answered for a conversation: `draft` is the answer as far as it has come, `done`
    is set once its result is kept."""

    def __init__(self, conversation_id: str, question: str, scope: Scope) -> None:
        self.conversation_id = conversation_id
        self.question = question
        self.scope = scope
        self.exchange_id: int | None = None
        self.searched = 0
        self.draft: Answer | None = None
        self.unkept = ""  # why nothing of it could be kept
        self.done = threading.Event()
        self.lock = threading.Lock()


class Intake:
    """Files that are being brought into the library; `results` grows as they come in, and `seen` is set by the
    page once it has shown the last one."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.results: list[FileResult] = []
        self.failure: str | None = None
        self.seen = False
        self.done = threading.Event()


@dataclass(frozen=True, slots=True)
class Pulse:
    """What a page is drawn from that others may change: the library's revision, the examples, the time of the
    conversation's last question (0.0 without one), and whether one is being answered."""

    revision: int
    examples: tuple[str, ...]
    changed: float
    is_asking: bool


def safe_name(name: str) -> str:
    """The last part of a file's name without anything that could lead out of a folder or hide the file."""
    last = PurePosixPath(name.replace("\\", "/")).name
    end = "".join(c for c in last if c.isprintable()).encode()[-_LONGEST_NAME:].decode(errors="ignore")
    return end.lstrip(".") or "briefing.txt"


def unlike(path: Path, others: Sequence[Path]) -> Path:
    """The path, with a number in its name where it is one of the others."""
    numbered = (path.with_stem(f"{path.stem} ({n})") for n in itertools.count(2))
    return path if path not in others else next(p for p in numbered if p not in others)
