"""Files that are brought into a library, and what became of them."""

from collections.abc import Callable, Sequence
from pathlib import Path

from ingest.pipeline import FileResult, find_files, ingest
from rag.build import App
from rag.storage.database import Vectors
from tests.toys import ToyEmbedder

SHIPS = "Ships Leave Sennet\nNine ships left.\nTerms of Trade\nTwo ships stayed.\nBread came too.\n"
RAIN = "Rain in Orm\nRain fell on Orm.\n"

Taken = list[tuple[str, str, str | None]]  # for each file its name, what became of it, and its briefing's id
Take = Callable[..., Taken]


class CountingEmbedder(ToyEmbedder):
    """A toy embedder that keeps every text it was given."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.texts += texts
        return super().embed(texts)


def results(app: App, *paths: Path) -> list[FileResult]:
    """What became of the files among and below these paths."""
    sources = find_files(paths)
    return [*sources.problems, *ingest(app, sources.files)]


def write(path: Path, text: str) -> Path:
    """A file with this text, and the folders that it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path
