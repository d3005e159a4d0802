"""Overviews of a topic: the sentences that tell most of it, or an aspect of it, from the briefings about it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import numpy as np

from rag.asking.aspect_forms import DATED, Aspect
from rag.asking.overviews import Wanted
from rag.asking.question import read_question
from rag.extract.arranging import MOST, OF_EACH, OF_ONE, arranged, left_of, newest_first, twins
from rag.extract.aspects import goes_on, is_quoted_on, telling, utters
from rag.extract.candidates import Candidate
from rag.extract.corrections import set_right
from rag.extract.deadlines import in_order
from rag.extract.matching import EXACT, AskedWords, Matcher
from rag.extract.readings import ReadText
from rag.extract.subjects import about, as_said, by_briefing, telling_around, telling_in
from rag.extract.summaries import gist_of
from rag.words.keys import key_of
from rag.words.thesaurus import SYNONYM

_NAME = r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*"
_BUSINESS = "company firm operator employer management".split()  # which the same briefing calls each of these
_OF_ASPECT = 5
_MOSTLY = 0.5  # share of a topic that a sentence, or what stands before it, names
_IT = re.compile(
    r"\b(?:it|them|the (?:plan|idea|move|decision|demand|proposal|scheme|measure|deal|agreement|text)s?)\b",
    re.IGNORECASE,
)
_BEGINNING = 60  # characters of a sentence, in which stands whom it tells of
_OF_SEVERAL = 6  # sentences on an aspect, where hardly any briefings tell it


def overview(
    wanted: Wanted, candidates: Sequence[Candidate], matcher: Matcher, said: str = "", *, limited: bool = False
) -> list[Candidate]:
    """The sentences that tell of the topic: the gist of the briefings with it in their titles and, where there are
    hardly any, the first candidates of others with all its words; or, of all sentences of these, those that tell of
    the aspect that is asked for. Of two that report the same, the newer one's. Where some were `said`, those that
    come next. Among a `limited` few a briefing need not be about all of the topic."""
    candidates = [c for c in candidates if wanted.may_tell(c.briefing)]
    for what in filter(None, (wanted.spoken_of, wanted.by)):
        candidates = _telling_of(what, candidates, matcher)
    if numbered := [c for c in candidates if _is_called(wanted.topic.text, c.briefing.title)]:
        candidates = numbered
    if not candidates:
        return []
    topic = matcher.ask(wanted.topic)
    if wanted.aspect in ("opponents", "supporters"):
        around = map(telling_around, by_briefing(candidates))
        return _of_aspect(wanted, wanted.aspect, [_naming(topic, group) for group in around])
    titled, others = about(topic, candidates, at_all=limited or wanted.aspect is not None)
    if not (titled or others):
        titled, others = about(topic, candidates, at_all=True)
    if wanted.aspect and wanted.aspect != "points":
        groups = [*map(telling_in, titled), *map(telling_around, others)]
        if wanted.by:
            groups = _told_by(wanted, groups, matcher)
        if wanted.aspect == "sayings":
            groups = [_on_it(topic, group) for group in groups]
        told = _of_aspect(wanted, wanted.aspect, [[c for c in group if c.text not in said] for group in groups])
        return set_right(told, candidates)
    gists = [gist for briefing in titled if (gist := gist_of(briefing, max(OF_ONE, wanted.most or 0)))]
    terms = {w.term for w in wanted.topic.subject}
    if said:
        gists, others = left_of([*gists, *others], {b.briefing_id for b in titled}, terms, said), []
    return arranged(gists, others, terms, in_order=wanted.in_order, most=wanted.most)


def _of_aspect(wanted: Wanted, aspect: Aspect, groups: list[list[Candidate]]) -> list[Candidate]:
    """What groups of sentences, each of one briefing, tell of an aspect."""
    groups = newest_first([group for group in groups if group])[:MOST]
    alone = wanted.most or _OF_ASPECT
    of_each = (
        alone if len(groups) < 2 or aspect == "people" else min(alone, max(OF_EACH, _OF_SEVERAL // len(groups)))
    )
    found = telling(aspect, groups, of_each, wanted.today)[: wanted.most]
    if aspect in DATED:
        return in_order(aspect, list(_once(chain.from_iterable(found))), wanted.today)[: wanted.most]
    return list(_once(chain.from_iterable(reversed(found) if wanted.in_order else found)))[: wanted.most]


def _once(told: Iterable[Candidate]) -> Iterator[Candidate]:
    """The sentences that do not say, with the same numbers, what one before of another briefing says."""
    before: list[tuple[Candidate, set[str]]] = []
    for candidate in told:
        said = set(ReadText.of(candidate.text).terms)
        others = (other for one, other in before if one.briefing is not candidate.briefing)
        if not any(twins(said, other) and _digits(said) == _digits(other) for other in others):
            yield candidate
        before.append((candidate, said))


def _digits(said: set[str]) -> set[str]:
    return {term for term in said if any(map(str.isdigit, term))}


def _told_by(wanted: Wanted, groups: Sequence[list[Candidate]], matcher: Matcher) -> list[list[Candidate]]:
    """The sentences of groups that tell of whom something is wanted; where that is what he says, those say it."""
    by = read_question(f"About {wanted.by}")
    name = next((w.term for w in reversed(by.names)), "")
    called = [read_question(f"About {_also_called(wanted.by, group)}") for group in groups]
    who = (by.names or by.subject)[-1:] if wanted.aspect in ("sayings", "quotes") else ()
    aloud = who[0].written if who else ""
    return [_said_by(matcher.ask(one), name, group, aloud) for one, group in zip(called, groups, strict=True)]


def _also_called(speaker: str, group: Sequence[Candidate]) -> str:
    """A speaker with the other words that a briefing has for it: "the operator, Kelby Terminals", "the company"."""
    last = speaker.rsplit(" ", 1)[-1].lower()
    if last not in _BUSINESS:
        return speaker
    before, behind = rf"\b{re.escape(last)},? (?P<name>{_NAME})", rf"(?:[\w’'-]+ ){{0,2}}{re.escape(last)}\b"
    beside = re.compile(rf"{before}|(?P<other>{_NAME}), (?:the|an?) {behind}")
    names = [m["name"] or m["other"] for c in group for m in beside.finditer(c.text)]
    return " ".join(dict.fromkeys([speaker, *names, *_BUSINESS]))


def _said_by(speaker: AskedWords, name: str, group: list[Candidate], aloud: str) -> list[Candidate]:
    """The sentences that name a speaker, in part at least, but always by the last `name`, if any, and in which the
    one called so says something, if it is to be said `aloud`; and those right behind that go on: "It asks for …",
    or, behind one that begins with the speaker, "…, she said"."""
    read = [ReadText.of(c.text) for c in group]
    held = speaker.strengths(read).max(axis=1, initial=0.0) >= SYNONYM
    kept: list[Candidate] = []
    before, named = None, False
    for candidate, one, so in zip(group, read, held, strict=True):
        beside = before is not None and before.paragraph == candidate.paragraph
        follows = goes_on(candidate.text) if kept[-1:] == [before] else named and is_quoted_on(candidate.text)
        says = bool(so and (not name or name in one.terms))
        before, named = candidate, says and aloud.lower() in candidate.text[:_BEGINNING].lower()
        if (beside and follows) or (says and (not aloud or utters(candidate.text, aloud))):
            kept.append(candidate)
    return kept


def _on_it(topic: AskedWords, group: list[Candidate]) -> list[Candidate]:
    """The sentences of a briefing that are on a topic: all where its title and first sentence hold it."""
    if not group:
        return []
    briefing = group[0].briefing
    first = " ".join((briefing.title, *(c.text for c in gist_of(briefing)[:1])))
    return group if as_said(topic.strengths([ReadText.of(first)])).all() else _naming(topic, group)


def _naming(topic: AskedWords, group: list[Candidate]) -> list[Candidate]:
    """The sentences of a briefing that name a topic, for the most part themselves or together with its title and
    those right before them, of which they hold a word, or "it"; or by its last word, where one names it in full."""
    if not group:
        return []
    strong = topic.strengths([ReadText.of(t) for t in (group[0].briefing.title, *(c.text for c in group))])
    title, *held = strong >= EXACT
    weights = topic.weights(strong[1:])
    in_full = any(row.all() for row in held)  # then "the proposal" is the bridging proposal
    kept: list[Candidate] = []
    for i, candidate in enumerate(group):
        first = next(n for n, c in enumerate(group) if _goes_on(c, candidate))
        before = np.any(held[first : i + 1], axis=0)
        own = held[i].any() or _IT.search(candidate.text)
        named = before.any() and (before | title) @ weights >= _MOSTLY * weights.sum()
        if own and (named or (in_full and held[i][-1])):
            kept.append(candidate)
    return kept


def _goes_on(one: Candidate, other: Candidate) -> bool:
    """True for a sentence of the same paragraph as another one, or of that before it under the same heading."""
    apart = other.paragraph.number - one.paragraph.number
    return apart == 0 or (apart == 1 and one.paragraph.section == other.paragraph.section)


def _telling_of(what: str, candidates: list[Candidate], matcher: Matcher) -> list[Candidate]:
    """The candidates of briefings that tell of what was spoken of before, or of somebody; all where none does."""
    asked = matcher.ask(read_question(f"About {what}"))
    if not asked.subject:
        return candidates
    texts: dict[str, str] = {}
    for c in candidates:
        texts[c.briefing.briefing_id] = f"{texts.get(c.briefing.briefing_id, c.briefing.title)} {c.text}"
    held = as_said(asked.strengths(list(map(ReadText.of, texts.values()))))
    kept = {one for one, so in zip(texts, held, strict=True) if so}
    return [c for c in candidates if c.briefing.briefing_id in kept] or candidates


def _is_called(topic: str, title: str) -> bool:
    """True for a title that begins with a topic that has a number: "Notice No. 7", not "Recall Notice No. 7"."""
    named = key_of(topic.removeprefix("About "))
    return any(map(str.isdigit, named)) and key_of(title).startswith(named)
