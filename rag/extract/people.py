"""The people that briefings tell of: who is named most, each by the sentence that best says who it is."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.extract.candidates import Candidate
from rag.extract.introductions import introduces_somebody
from rag.words.names import OFFICES, plain_name
from rag.words.terms import Word, is_stop_word, words
from rag.words.values import CARDINALS, MONTHS, WEEKDAYS

_PARTICLES = frozenset("al bin ibn de del da la van von der el dos".split())
_SAYS = r"(?:said|says|told|added|argue[sd]?|wrote|writes|warned|warns|announced|explained)"
_SPEAKS = re.compile(rf"(?:, [^,.]{{2,80}},)? {_SAYS}\b")
_SPOKEN_BY = re.compile(rf"\b(?:{_SAYS}|according to|led by|headed by|chaired by) $", re.IGNORECASE)
_ARTICLE = re.compile(r"\b(?:the|an?|its|his|her|their|our) $", re.IGNORECASE)  # before what is no person's name
_OF_OFFICE, _OF_SPEAKING = 2.0, 1.0  # how well a rank before a name, and what somebody says, tell who it is
_NO_NAMES = frozenset([*MONTHS, *WEEKDAYS, *CARDINALS])  # "Route Nine" is nobody
_FEWEST = 2  # words of a name without an office


@dataclass(frozen=True, slots=True)
class _Seen:
    """A person's name in a sentence, in full, and how well that sentence says who it is."""

    key: str
    candidate: Candidate
    well: float


def people_of(groups: Sequence[Sequence[Candidate]], most: int) -> list[list[Candidate]]:
    """Of groups of sentences, each of one briefing, those that best introduce the people named most, `most` of them
    at most; no group without any. Of two that do so equally well, the one of the earlier group."""
    best: dict[str, _Seen] = {}
    for group in groups:
        for candidate in group:
            for seen in _seen_in(candidate):
                if seen.key not in best or seen.well > best[seen.key].well:
                    best[seen.key] = seen
    texts = {group[0].briefing.briefing_id: group[0].briefing.text for group in groups if group}
    times = Counter(plain_name(w.written) for text in texts.values() for w in words(text))
    chosen = sorted(best, key=lambda key: -times[key])[:most]
    places = {(best[key].candidate.briefing.briefing_id, best[key].candidate.start) for key in chosen}
    told = [[c for c in group if (c.briefing.briefing_id, c.start) in places] for group in groups]
    return [group for group in told if group]


def _seen_in(candidate: Candidate) -> Iterator[_Seen]:
    text = candidate.text
    for run in _runs_in(words(text), text):
        office = max((i + 1 for i, word in enumerate(run) if word.written.lower() in OFFICES), default=0)
        name = run[office:]
        if len(name) < (1 if office else _FEWEST) or _ARTICLE.search(text[: run[0].start]):
            continue
        before, after = text[: name[0].start], text[name[-1].end :]
        speaks = _SPEAKS.match(after) or _SPOKEN_BY.search(text[: run[0].start])
        well = max(_OF_OFFICE if office else 0.0, introduces_somebody(before, after))
        if well or speaks:
            yield _Seen(plain_name(name[-1].written), candidate, well + (_OF_SPEAKING if speaks else 0.0))


def _runs_in(parsed: Sequence[Word], text: str) -> Iterator[list[Word]]:
    """The words that stand together as the name of somebody, with the office before it."""
    run: list[Word] = []
    for word in parsed:
        if not (run and text[run[-1].end : word.start] in (" ", ". ", "-") and _may_name(word, within=True)):
            yield _without_particles(run)
            run = [word] if _may_name(word, within=False) else []
        else:
            run.append(word)
    yield _without_particles(run)


def _without_particles(run: list[Word]) -> list[Word]:
    while run and run[-1].written in _PARTICLES:
        run.pop()
    return run


def _may_name(word: Word, *, within: bool) -> bool:
    written = word.written
    if within and written in _PARTICLES:
        return True
    named = written[0].isupper() or (within and written.lower().startswith(("al-", "el-", "d’", "d'")))
    return named and not written.isupper() and not is_stop_word(written) and written.lower() not in _NO_NAMES
