"""Libraries for the benchmark: a data set's articles, ingested by the product itself, kept for the next run."""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from evals.bench.data import DataSet, as_markdown
from ingest.documents import RECIPE
from ingest.pipeline import find_files, ingest
from rag.build import App, build_app
from rag.errors import UsageError
from rag.settings import Settings

DEFAULT_PLACE = Path("build/bench")


@contextmanager
def home_of(data: DataSet, place: Path = DEFAULT_PLACE) -> Iterator[App]:
    """The product, offline and with its defaults, over this data set; made below `place` where it is missing.

    The folder's name changes with the articles and with the rules that they are read by. Raises UsageError when
    an article cannot be ingested.
    """
    home = place.absolute() / f"{data.name}-{_mark(data)}"
    app = build_app(Settings.model_construct(home=home))  # the defaults: no model, no server
    try:
        if len(app.library.summaries()) < len(data.articles):
            _fill(app, data)
        app.mirrors.catch_up()
        yield app
    finally:
        app.close()


def _fill(app: App, data: DataSet) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for article in data.articles:
            (Path(folder) / f"{article.key}.md").write_text(as_markdown(article), "utf-8")
        for result in ingest(app, find_files([Path(folder)]).files):
            if result.outcome == "failed":
                raise UsageError(f"{result.path} cannot be ingested: {result.reason}.", result.remedy or "")


def _mark(data: DataSet) -> str:
    recipe = f"{RECIPE} {version('briefings')}"
    words = "\0".join([recipe, *(as_markdown(article) for article in data.articles)])
    return hashlib.sha256(words.encode()).hexdigest()[:12]
