"""Which briefings are about a topic, and their sentences."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from rag.briefings import Briefing, Paragraph
from rag.extract.candidates import Candidate, sentences_in
from rag.extract.matching import EXACT, AskedWords, Strengths
from rag.extract.readings import ReadText
from rag.extract.summaries import gist_of
from rag.words.thesaurus import RELATED, SYNONYM

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
    if len(briefings) == 1 and (under_it := _sections(topic, briefings, alone=True)):
        return [], under_it
    gists = list(map(gist_of, briefings))
    leads = [" ".join(c.text for c in gist[:_LEAD]) for gist in gists]
    first = [gist[0].text if gist else "" for gist in gists]
    texts = (*(b.title for b in briefings), *leads, *first, *(c.text for c in candidates))
    held = topic.strengths(list(map(ReadText.of, texts)))
    count = len(briefings)
    weights = topic.weights(held[3 * count :])
    of_titles, of_leads, of_first, of_texts = np.split(held, [count, 2 * count, 3 * count])
    titled = of_titles @ weights >= _TITLED * weights.sum()
    of_both = np.maximum(of_titles, of_leads).min(axis=1)
    said = titled & (of_both >= SYNONYM)
    if (exact := said & (of_both >= EXACT)).any():  # not those that say it in other words
        in_others = titled & (of_titles.min(axis=1) >= SYNONYM) & (not at_all and len(topic.subject) > 1)
        said = exact | in_others  # nothing else tells what a synonym of a single word stands for
    led = np.maximum(of_titles, of_first).min(axis=1)
    if at_all and exact.any() and len(topic.subject) > 1:
        said |= led >= EXACT
    told = [b for b, gist, so in zip(briefings, gists, said, strict=True) if so and gist]
    if at_all and not told:
        wholly, nearly = _nearly(topic, briefings, candidates)
        ways = (wholly, led >= SYNONYM, nearly)
        best = next(filter(np.any, ways), nearly)
        told = [b for b, gist, so in zip(briefings, gists, best, strict=True) if so and gist]
    others = _sections(topic, briefings) if at_all and not told else []
    if not others and len(told) < (1 if at_all else _FEWEST):
        whole = [c for c, so in zip(candidates, as_said(of_texts), strict=True) if so and c.may_answer]
        others = by_briefing(c for c in whole if c.briefing not in told)
    return told, others


def by_briefing(candidates: Iterable[Candidate]) -> list[list[Candidate]]:
    """The candidates of each briefing."""
    found: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        found.setdefault(candidate.briefing.briefing_id, []).append(candidate)
    return list(found.values())


def _sections(topic: AskedWords, briefings: Sequence[Briefing], *, alone: bool = False) -> list[list[Candidate]]:
    """The sentences of the sections whose headings hold a topic, or it `alone`, briefing by briefing."""
    asked = {w.term for w in topic.subject}
    found: list[list[Candidate]] = []
    for briefing in briefings:
        headings = list(dict.fromkeys(p.section for p in briefing.paragraphs if p.section))
        held = as_said(topic.strengths(list(map(ReadText.of, headings)))) if headings else ()
        about_it = {heading for heading, so in zip(headings, held, strict=True) if so}
        if alone:
            about_it = {heading for heading in about_it if ReadText.of(heading).terms.keys() <= asked}
        if some := telling_in(briefing, [p for p in briefing.paragraphs if p.section in about_it]):
            found.append(some)
    return found


def _nearly(
    topic: AskedWords, briefings: Sequence[Briefing], candidates: Sequence[Candidate]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which briefings hold a topic as it is, and something like it in their titles; and which hold nearly all of
    it, its names, too, and half of it in their titles."""

    def held(texts: Sequence[str]) -> Strengths:
        read = list(map(ReadText.of, texts))
        rows = np.hstack([topic.strengths(read), topic.named(read)])
        return np.where(rows >= _NEAR, rows, 0.0)

    of_titles, of_texts = held([b.title for b in briefings]), held([c.text for c in candidates])
    at = {b.briefing_id: i for i, b in enumerate(briefings)}
    whole = of_titles.copy()
    np.maximum.at(whole, [at[c.briefing.briefing_id] for c in candidates], of_texts)
    words = len(topic.subject)
    wholly = (of_titles[:, :words].max(axis=1) >= RELATED) & (whole[:, :words].min(axis=1) >= EXACT)
    nearly = _NEARLY if words > 1 else SYNONYM  # what is only related to a single word is something else
    return wholly, (of_titles.mean(axis=1) >= _TITLED) & (whole.mean(axis=1) >= nearly)


def as_said(held: Strengths) -> NDArray[np.bool_]:
    """The rows that hold every word, be it by a synonym; where some hold them as they are, these alone."""
    least = held.min(axis=1, initial=1.0)
    return np.asarray((least >= SYNONYM) & (least == least.max(initial=0.0)))


def telling_in(briefing: Briefing, paragraphs: Iterable[Paragraph] | None = None) -> list[Candidate]:
    """Every sentence of a briefing, or of some of its paragraphs, that says something by itself."""
    return [c for c in sentences_in(briefing, paragraphs) if not c.announces]


def telling_around(group: Sequence[Candidate]) -> list[Candidate]:
    """Every such sentence of the paragraphs of candidates of one briefing."""
    paragraphs = {c.paragraph.number: c.paragraph for c in group}
    return telling_in(group[0].briefing, [paragraphs[n] for n in sorted(paragraphs)])
