"""Which of the scored sentences make the answer: the best of each part, unless a newer briefing overtakes it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from rag.asking.question import Question
from rag.extract.beside import beside, rest_beside
from rag.extract.corrections import COMMON, is_left_open, sets_right, values_told, wrong_values
from rag.extract.evidence import Scored
from rag.extract.joint import Part, own_of, told_together
from rag.extract.likeness import alike, are_twins, counts_the_same, date_of, is_older, same_subject, share_words
from rag.extract.quantities import count_the_same, tell_it_differently

# Chosen on the development and training cases (`python -m evals.fit`). There is an answer when the sentences are
# together at least LEAST probable, and the best of them LEAST_OF_BEST: of those below, one in twenty is right.
# Further ones join the best one when they are at least SHARE as probable.
LEAST = 0.47
LEAST_OF_BEST = 0.1
DOUBTFUL = 0.4  # below it an answer was right in about one of three
LEAST_BESIDE = 0.3  # where the best stands beside the answer to another part
SHARE = 0.85
LEAST_OF_TWO = 0.25  # of the best, where another joins it: of two less likely ones, hardly ever one is right
SHARE_OF_TWIN = 0.6  # where it says nearly the same words as the best: it confirms it, or contradicts it
MOST = 2
MOST_STEPS = 4  # of a development
SHARE_OF_OTHER = 0.05  # where another source tells another value in much the same words
SHARE_OF_RIVAL = 0.1  # where it tells one with the question's words, under a title of the same things
SHARE_OF_COUNT = 0.001  # where it is asked for a number, and it tells another one of the same
SHARE_OF_NEWER = 0.2  # where a much newer briefing tells another value in much the same words
SHARE_OF_NEWEST = 0.01  # where it is asked how things stand now
SHARE_OF_STEP = 0.02  # where a development is asked for, and it tells the same, or stands under a title of the same
SHARE_OVER_TIME = 0.2  # where a development is asked for, which every briefing tells a step of
_DAYS_APART = 3  # between briefings that report the same
_MUCH_IN_COMMON = 4  # content words of two sentences that tell the same of different days

_THEN = re.compile(
    r"\b(?:first|initial\w*|original\w*|before|previous\w*|earlier|had|at the time|beg[ia]n|start\w*)\b",
    re.IGNORECASE,
)
_ACCORDING = re.compile(r"\baccording to\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Choice:
    """The sentences that answer, best first, the parts that none answers, and whether the answer to a part is
    `doubtful`: less likely to be right than wrong."""

    chosen: tuple[Scored, ...]
    unanswered: tuple[Question, ...]
    doubtful: bool = False


def choose(parts: Sequence[Part]) -> Choice:
    """For each part its best sentence when it is probable enough, with others that come close to it. What stands
    beside the answer to another part needs less; where one chosen before is best, what stands near it tells the
    rest. Each is completed by its neighbours."""
    parts = told_together(parts) if len(parts) > 1 else parts
    found = [_best(part, LEAST) for part in parts]
    answered = [one for some in found for one in some]
    chosen: dict[tuple[str, int], Scored] = {}
    rest: list[Scored] = []
    unanswered = []
    doubtful = False
    for part, own in zip(parts, found, strict=True):
        best = own or [s for s in _best(part, LEAST_BESIDE)[:1] if any(_are_beside(s, one) for one in answered)]
        if not best:
            unanswered.append(part.question)
        elif _key(best[0]) in chosen:
            best = [*best, *(own_of(part, best[0]) or rest_beside(best[0], part.scored))]
        for one in best:
            chosen.setdefault(_key(one), one)
            if one not in part.listed:
                rest += beside(part.question, one, part.scored)
        likeliest = max((s.probability for s in best), default=1.0)
        doubtful = doubtful or (likeliest < DOUBTFUL and best != list(part.listed))
    for one in rest:
        chosen.setdefault(_key(one), one)
    return Choice(tuple(chosen.values()), tuple(unanswered), doubtful)


def _key(one: Scored) -> tuple[str, int]:
    return one.candidate.briefing.briefing_id, one.candidate.start


def _are_beside(one: Scored, other: Scored) -> bool:
    """True for sentences of the same or of neighbouring paragraphs."""
    a, b = one.candidate, other.candidate
    return a.briefing is b.briefing and abs(a.paragraph.number - b.paragraph.number) <= 1


def _best(part: Part, least: float) -> list[Scored]:
    ranked = sorted(part.scored, key=lambda s: -s.probability)
    if part.listed:
        return list(part.listed)
    if sum(s.probability for s in ranked) < least or ranked[0].probability < LEAST_OF_BEST:
        return []
    ranked = _corrected(ranked)
    if part.question.is_over_time:
        return sorted(_steps(ranked)[:MOST_STEPS], key=date_of)
    if not part.question.times and not _THEN.search(part.question.text):
        ranked = _overtaken(ranked, part.question.is_current)
    disagreeing = _disagreeing(ranked, part.question)
    best = ranked[0]
    share = SHARE if best.probability >= LEAST_OF_TWO else 1.0
    chosen = [
        s
        for s in ranked[:MOST]
        if s.probability >= (SHARE_OF_TWIN if are_twins(s, best) else share) * best.probability
    ]
    return [*chosen, *(s for s in disagreeing if s not in chosen)]


def _overtaken(ranked: Sequence[Scored], now: bool) -> list[Scored]:
    """Without the best sentence when a briefing of more than a few days later tells another value in much the
    same words; the newest such sentence takes its place. Less is needed when it is asked how things are `now`, and
    one that counts the same may do so in other words."""
    best = ranked[0]
    share = SHARE_OF_NEWEST if now else SHARE_OF_NEWER
    told = values_told(best.candidate.text)
    newer = [
        s
        for s in ranked
        if s.probability >= share * best.probability
        and (date_of(s) - date_of(best)).days > (0 if sets_right(s.candidate.briefing.title) else _DAYS_APART)
        and (
            (alike(s, best) >= _MUCH_IN_COMMON and alike(s, best, plain=True) >= COMMON)
            or (now and counts_the_same(s, best))
        )
        and told
        and values_told(s.candidate.text) - told
    ]
    if not newer:
        return list(ranked)
    newest = max(newer, key=lambda s: (date_of(s), s.probability))
    rest = [s for s in ranked if s is not newest and s is not best]
    return [replace(newest, probability=best.probability), *rest]


def _disagreeing(ranked: Sequence[Scored], question: Question) -> list[Scored]:
    """The sentence in which another source, within days of the best one's, tells another value of the same; where a
    number is asked for, rather one that counts the same, in whatever words."""
    best = ranked[0]
    if _ACCORDING.search(question.asked):  # what another says is not asked
        return []
    told = values_told(best.candidate.text)
    counts = question.wants == "number"
    least = (SHARE_OF_COUNT if counts else SHARE_OF_OTHER) * best.probability
    rivals = [s for s in ranked if told and s.probability >= least and _may_disagree(s, best, told)]
    counted = [
        s
        for s in rivals
        if counts
        and (question.names or same_subject(s, best))  # a briefing lacks no name of the question
        and tell_it_differently(best.candidate.text, s.candidate.text)
    ]
    others = [
        s
        for s in rivals
        if (s.probability >= SHARE_OF_OTHER * best.probability and alike(s, best) > COMMON)
        or (s.probability >= SHARE_OF_RIVAL * best.probability and same_subject(s, best) and share_words(s, best))
    ]
    others.sort(key=lambda s: not tell_it_differently(best.candidate.text, s.candidate.text))
    return [*counted, *others][:1]


def _may_disagree(one: Scored, best: Scored, told: frozenset[float | str]) -> bool:
    """True for a sentence of another source, of about the same days, that tells something and not just what was
    `told`; what an older one leaves open, the best may tell."""
    near = abs((date_of(one) - date_of(best)).days) <= _DAYS_APART
    return (
        near
        and one.candidate.briefing.source != best.candidate.briefing.source
        and values_told(one.candidate.text) not in (told, frozenset())
        and not (is_older(one, best) and is_left_open(one.candidate.text))
    )


def _steps(ranked: Sequence[Scored]) -> list[Scored]:
    """The best sentence, and one of each other briefing: the first that tells a value of the same in much the same
    words, or counts the same, or else its best when that comes near to the best of all, less near under a title of
    the same things."""
    best = ranked[0]
    steps = {best.candidate.briefing.briefing_id: best}
    ways: tuple[tuple[float, Callable[[Scored], object]], ...] = (
        (SHARE_OF_STEP, lambda one: alike(one, best) > COMMON and values_told(one.candidate.text)),
        (SHARE_OF_STEP, lambda one: count_the_same(one.candidate.text, best.candidate.text)),
        (SHARE_OF_STEP, lambda one: same_subject(one, best)),
        (SHARE_OVER_TIME, lambda one: True),
    )
    for share, tells in ways:
        for one in ranked:
            if one.probability >= share * best.probability and tells(one):
                steps.setdefault(one.candidate.briefing.briefing_id, one)
    return list(steps.values())


def _corrected(ranked: Sequence[Scored]) -> list[Scored]:
    """Without the sentences whose value a later briefing calls wrong ("is 18 million, not 81 million"); the
    correction takes the place of the best of them."""
    kept = list(ranked)
    for one in ranked:
        wrong = wrong_values(one.candidate.text) if one.probability > 0 else frozenset()
        stale = [s for s in kept if wrong and is_older(s, one) and _holds_wrong(s, one, wrong)]
        if stale and one in kept:
            best = max(s.probability for s in (one, *stale))
            kept = [replace(s, probability=best) if s is one else s for s in kept if s not in stale]
    return sorted(kept, key=lambda s: -s.probability)


def _holds_wrong(stale: Scored, correction: Scored, wrong: frozenset[float | str]) -> bool:
    """True for a sentence with a value that was wrong, about the same thing as the correction."""
    if wrong.isdisjoint(values_told(stale.candidate.text)):
        return False
    return alike(stale, correction) >= COMMON
