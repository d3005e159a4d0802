"""The public data sets of the benchmark, read from the folder that BRIEFINGS_BENCH_DATA names.

MultiHop-RAG (Tang and Yang, COLM 2024) and CLAPNQ (Rosenthal et al., TACL 2025), development halves. Nothing of
them is part of the project.
"""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag.errors import UsageError, refusal_of

_VARIABLE = "BRIEFINGS_BENCH_DATA"


@dataclass(frozen=True, slots=True)
class Article:
    """A document of a data set; `published` is YYYY-MM-DD or empty; each line of `text` is a paragraph."""

    key: str
    title: str
    source: str
    published: str
    text: str


@dataclass(frozen=True, slots=True)
class Query:
    """A question; `facts` are the pieces of text that a good passage holds, none for an unanswerable question."""

    text: str
    kind: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DataSet:
    """Articles and the questions about them."""

    name: str
    articles: tuple[Article, ...]
    queries: tuple[Query, ...]


def data_folder() -> Path:
    """The folder of the data sets. Raises UsageError when it is not set or missing."""
    folder = Path(os.environ.get(_VARIABLE, ""))
    if not os.environ.get(_VARIABLE) or not folder.is_dir():
        raise UsageError(f"{_VARIABLE} names no folder.", "Set it to the folder of the public data sets.")
    return folder


def multihop(folder: Path) -> DataSet:
    """MultiHop-RAG: news articles, and questions whose facts stand in two to four of them, or in none."""
    articles = tuple(
        Article(f"{i:04}", row["title"], row["source"], row["published_at"][:10], row["body"])
        for i, row in enumerate(_rows(folder / "multihop-rag" / "corpus.jsonl"))
    )
    queries = tuple(
        Query(row["query"], row["question_type"], tuple(e["fact"] for e in row["evidence_list"]))
        for row in _rows(folder / "multihop-rag" / "queries-dev.jsonl")
    )
    return DataSet("multihop-rag", articles, queries)


def clapnq(folder: Path) -> DataSet:
    """CLAPNQ: passages of Wikipedia, those of all questions pooled; a question's own passage is its only fact."""
    articles: dict[tuple[str, str], Article] = {}
    queries = []
    for kind in ("answerable", "unanswerable"):
        for row in _rows(folder / "clapnq" / f"dev-half-{kind}.jsonl"):
            passage = row["passages"][0]
            text = " ".join(passage["text"].split())
            key = (passage["title"], text)
            articles.setdefault(key, Article(f"{len(articles):04}", passage["title"], "Wikipedia", "", text))
            queries.append(Query(row["input"], kind, (articles[key].key,)))
    return DataSet("clapnq", tuple(articles.values()), tuple(queries))


def as_markdown(article: Article) -> str:
    """The article as a Markdown file whose paragraphs read exactly like the lines of its text."""
    matter = {"title": article.title, "source": article.source, "date": article.published}
    head = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in matter.items() if value]
    lines = (line.strip() for line in article.text.splitlines())
    return "\n".join(["---", *head, "---", *(f"\n{_escaped(line)}" for line in lines if line)]) + "\n"


def _escaped(line: str) -> str:
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", line)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with path.open(encoding="utf-8") as lines:
            yield from (json.loads(line) for line in lines)
    except OSError as error:
        remedy = f"{_VARIABLE} names where it should be."
        raise UsageError(f"{path} cannot be read: {refusal_of(error)}.", remedy) from error
