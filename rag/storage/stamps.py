"""The mark by which a mirror says which state of which library it holds."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Stamp:
    """`recipe` names how the mirror was made: the embedder's fingerprint, or the index format; `token` is the
    name of the revision."""

    library_id: str
    recipe: str
    revision: int
    token: str = ""

    @staticmethod
    def read(words: str | None) -> "Stamp | None":
        """The stamp in these words, or None when they hold none."""
        try:
            return Stamp(**json.loads(words or ""))
        except (ValueError, TypeError):
            return None

    def write(self) -> str:
        """The stamp in words that `read` understands."""
        return json.dumps(asdict(self))
