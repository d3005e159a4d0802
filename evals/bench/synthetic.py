"""Libraries of any size for measuring speed: real articles' sentences, mixed anew into briefings."""

import hashlib
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from evals.bench.data import Article
from rag.briefings import Briefing, Paragraph, Passage
from rag.build import App
from rag.storage.database import Vectors
from rag.storage.entries import Entry
from rag.words.sentences import sentence_spans

PASSAGES = 10  # of a briefing, each one paragraph
_SENTENCES = 7  # of a paragraph; about as many tokens as a passage of a news article has
_TOGETHER = 50  # briefings that are written at once
_FIRST_DAY = date(2004, 1, 1)
_DAYS = 7_300


def fill(
    app: App, articles: Sequence[Article], passages: int, progress: Callable[[int], None] = lambda _: None
) -> None:
    """Bring an app's library to this many passages; what is there already stays, so that it can be interrupted."""
    material = _Material.of(app, articles)
    wanted = -(-passages // PASSAGES)
    for first in range(count(app), wanted, _TOGETHER):
        entries = [_entry(number, material) for number in range(first, min(wanted, first + _TOGETHER))]
        app.library.put_all(entries, app.embedder.fingerprint)
        progress(first + len(entries))


def count(app: App) -> int:
    """How many briefings there are."""
    return len(app.library.uris())


@dataclass(frozen=True, slots=True)
class _Material:
    """What briefings are mixed from. `vectors` has a row for each sentence, as long as the sentence has words."""

    sentences: Sequence[str]
    vectors: Vectors
    titles: Sequence[str]
    sources: Sequence[str]

    @staticmethod
    def of(app: App, articles: Sequence[Article]) -> "_Material":
        sentences = [
            " ".join(article.text[s.start : s.end].split())
            for article in articles
            for s in sentence_spans(article.text, 0, len(article.text))
        ]
        lengths = np.array([[len(sentence.split())] for sentence in sentences], dtype=np.float32)
        vectors = app.embedder.embed(sentences) * lengths
        titles = [article.title for article in articles]
        return _Material(sentences, vectors, titles, sorted({article.source for article in articles}))


def _entry(number: int, material: _Material) -> Entry:
    """The briefing with this number, always the same. The vector of a passage is the sum of those of its sentences:
    nearly what the default embedder, which takes the mean over tokens, makes of it, in a tenth of the time."""
    chance = random.Random(number)
    chosen = [chance.choices(range(len(material.sentences)), k=_SENTENCES) for _ in range(PASSAGES)]
    words = [" ".join(material.sentences[i] for i in some) for some in chosen]
    vectors = np.array([material.vectors[some].sum(axis=0) for some in chosen])
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    paragraphs = []
    at = 0
    for n, text in enumerate(words, start=1):
        paragraphs.append(Paragraph(n, at, at + len(text)))
        at += len(text) + 2
    text = "\n\n".join(words)
    briefing = Briefing(
        briefing_id=f"synthetic-{number:07}",
        title=chance.choice(material.titles),
        published=_FIRST_DAY + timedelta(days=chance.randrange(_DAYS)),
        source=chance.choice(material.sources),
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        uri=f"synthetic:{number}",
        paragraphs=tuple(paragraphs),
    )
    return Entry(briefing, _passages(briefing), vectors)


def _passages(briefing: Briefing) -> list[Passage]:
    return [
        Passage(f"{briefing.briefing_id}:{p.number}", briefing.briefing_id, p.number, p.number, p.start, p.end)
        for p in briefing.paragraphs
    ]
