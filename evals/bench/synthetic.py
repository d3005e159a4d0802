"""Libraries of any size for measuring speed: real articles' sentences, mixed anew into briefings."""

import hashlib
import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial

from evals.bench.data import Article
from rag.briefings import Briefing, Paragraph, Passage
from rag.build import App
from rag.sentences import sentence_spans

PASSAGES = 10  # of a briefing, each one paragraph
_SENTENCES = 7  # of a paragraph; about as many tokens as a passage of a news article has
_TOGETHER = 50  # briefings that are embedded at once
_FIRST_DAY = date(2004, 1, 1)
_DAYS = 7_300


def fill(
    app: App, articles: Sequence[Article], passages: int, progress: Callable[[int], None] = lambda _: None
) -> None:
    """Bring an app's library to this many passages; what is there already stays, so that it can be interrupted."""
    sentences = [
        " ".join(article.text[s.start : s.end].split())
        for article in articles
        for s in sentence_spans(article.text, 0, len(article.text))
    ]
    titles = [article.title for article in articles]
    sources = sorted({article.source for article in articles})
    make = partial(_briefing, sentences=sentences, titles=titles, sources=sources)
    wanted = -(-passages // PASSAGES)
    there = app.library.revision()  # one a briefing
    for first in range(there, wanted, _TOGETHER):
        some = [make(number) for number in range(first, min(wanted, first + _TOGETHER))]
        texts = [f"{b.title}\n{b.words_of(p)}" for b in some for p in b.paragraphs]
        vectors = app.embedder.embed(texts)
        for i, briefing in enumerate(some):
            rows = vectors[i * PASSAGES : (i + 1) * PASSAGES]
            app.library.put(briefing, _passages(briefing), rows, app.embedder.fingerprint, replacing=False)
        progress(first + len(some))


def _briefing(number: int, sentences: Sequence[str], titles: Sequence[str], sources: Sequence[str]) -> Briefing:
    """The briefing with this number: always the same."""
    chance = random.Random(number)
    words = [" ".join(chance.choices(sentences, k=_SENTENCES)) for _ in range(PASSAGES)]
    paragraphs = []
    at = 0
    for n, text in enumerate(words, start=1):
        paragraphs.append(Paragraph(n, at, at + len(text)))
        at += len(text) + 2
    text = "\n\n".join(words)
    return Briefing(
        briefing_id=f"synthetic-{number:07}",
        title=chance.choice(titles),
        published=_FIRST_DAY + timedelta(days=chance.randrange(_DAYS)),
        source=chance.choice(sources),
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        uri=f"synthetic:{number}",
        paragraphs=tuple(paragraphs),
    )


def _passages(briefing: Briefing) -> list[Passage]:
    return [
        Passage(f"{briefing.briefing_id}:{p.number}", briefing.briefing_id, p.number, p.number, p.start, p.end)
        for p in briefing.paragraphs
    ]
