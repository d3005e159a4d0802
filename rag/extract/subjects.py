"""Which briefings are about a topic, and their sentences."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rag.briefings import Briefing, Paragraph
from rag.extract.candidates import Candidate
from rag.extract.matching import AskedWords, Strengths
from rag.extract.readings import ReadText
from rag.extract.summaries import gist_of
from rag.words.sentences import spans_of
from rag.words.thesaurus import SYNONYM

_LEAD = 2  # sentences of the gist that say, with the title, what a briefing is about
_FEWEST = 2  # briefings with the topic in their titles that tell enough of it
_TITLED = 0.5  # the share of a topic that a title holds which is about it
_NEAR = 0.3  # the strength from which a word stands in some way for one of the topic
_NEARLY = 0.6  # the share of a topic that a briefing holds which tells of it, where none is about it


def about(
    topic: AskedWords, candidates: Sequence[Candidate], at_all: bool = False
) -> tuple[list[Briefing], list[list[Candidate]]]:
    """The briefings of the candidates that are about a topic, by their titles; where there are hardly any, also the
    candidates of others that hold all its words, briefing by briefing. To tell of it `at_all`, no topic need be
    named where there is but one briefing, and half of it in a title will do where the briefing holds nearly all."""
    briefings = list({c.briefing.briefing_id: c.briefing for c in candidates}.values())
    if not topic.subject:
        return (briefings if at_all and len(briefings) == 1 else []), []
    leads = [" ".join(c.text for c in gist_of(briefing)[:_LEAD]) for briefing in briefings]
    texts = (*(b.title for b in briefings), *leads, *(c.text for c in candidates))
    held = topic.strengths(list(map(ReadText.of, texts)))
    weights = topic.weights(held[2 * len(briefings) :])
    of_titles, of_leads, of_texts = np.split(held, [len(briefings), 2 * len(briefings)])
    titled = of_titles @ weights >= _TITLED * weights.sum()
    said = titled & (np.maximum(of_titles, of_leads).min(axis=1) >= SYNONYM)
    told = [b for b, so in zip(briefings, said, strict=True) if so and gist_of(b)]
    if at_all and not told:
        told = _nearly(topic, briefings, candidates)
    names = {b.briefing_id for b in told}
    others: dict[str, list[Candidate]] = {}
    if len(told) < (1 if at_all else _FEWEST):
        for candidate, is_whole in zip(candidates, as_said(of_texts), strict=True):
            if is_whole and candidate.may_answer and candidate.briefing.briefing_id not in names:
                others.setdefault(candidate.briefing.briefing_id, []).append(candidate)
    return told, list(others.values())


def _nearly(topic: AskedWords, briefings: Sequence[Briefing], candidates: Sequence[Candidate]) -> list[Briefing]:
    """The briefings whose titles hold half of a topic, its names, too, and which hold nearly all of it."""

    def held(texts: Sequence[str]) -> Strengths:
        read = list(map(ReadText.of, texts))
        rows = np.hstack([topic.strengths(read), topic.named(read)])
        return np.where(rows >= _NEAR, rows, 0.0)

    of_titles, of_texts = held([b.title for b in briefings]), held([c.text for c in candidates])
    at = {b.briefing_id: i for i, b in enumerate(briefings)}
    whole = of_titles.copy()
    np.maximum.at(whole, [at[c.briefing.briefing_id] for c in candidates], of_texts)
    of_both = zip(briefings, of_titles.mean(axis=1) >= _TITLED, whole.mean(axis=1) >= _NEARLY, strict=True)
    return [briefing for briefing, titled, nearly in of_both if titled and nearly]


def as_said(held: Strengths) -> NDArray[np.bool_]:
    """The rows that hold every word, be it by a synonym; where some hold them as they are, these alone."""
    least = held.min(axis=1, initial=1.0)
    return np.asarray((least >= SYNONYM) & (least == least.max(initial=0.0)))


def sentences_of(briefing: Briefing, paragraphs: Sequence[Paragraph] | None = None) -> list[Candidate]:
    """Every sentence of a briefing, or of some of its paragraphs, that says something by itself."""
    found = []
    for paragraph in briefing.paragraphs if paragraphs is None else paragraphs:
        for span in spans_of(briefing.words_of(paragraph)):
            one = Candidate(briefing, paragraph, paragraph.start + span.start, paragraph.start + span.end)
            if one.may_answer and not one.text.endswith(":"):
                found.append(one)
    return found


def sentences_around(group: Sequence[Candidate]) -> list[Candidate]:
    """Every such sentence of the paragraphs of candidates of one briefing."""
    paragraphs = {c.paragraph.number: c.paragraph for c in group}
    return sentences_of(group[0].briefing, [paragraphs[n] for n in sorted(paragraphs)])
