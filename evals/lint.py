"""What is wrong with the cases and the briefings together: faults that make a case unable to measure anything."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from evals.cases import REAL, Case, Evidence
from evals.gold import gold_answer
from evals.quotes import Sources
from evals.scoring import answer_scores, faults_of
from rag.briefings import Briefing


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong, and where: `half/file:line, case id`, or the briefing.

    `unusable` is a case that names what does not exist (an id given twice, a briefing or a quote that is not
    there): wrong input, which nothing can be measured with. The other faults only make a case measure badly.
    """

    where: str
    what: str
    unusable: bool = False

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def lint(cases: Sequence[Case], sources: Sources, *, use_all: bool = True) -> list[Fault]:
    """All faults: ids given twice, briefings missing, unused or in both halves, quotes not found or not unique,
    canaries that stand nowhere, and cases that even an answer made of their own evidence fails.

    A library of the reader's own may hold briefings that no case asks about: then `use_all` is false. The real
    briefing is the one that stands in both halves: there is only one, and its questions differ.
    """
    faults: list[Fault] = []
    first: dict[str, Case] = {}
    halves: dict[str, set[str]] = defaultdict(set)
    for case in cases:
        where = f"{case.where}, case {case.id}"
        if case.id in first:
            faults.append(Fault(where, f"the id is taken by {first[case.id].where}", unusable=True))
        first.setdefault(case.id, case)
        own = [Fault(where, what, unusable=True) for what in _missing(case, sources)]
        own += [Fault(where, what) for what in _misleading(case, sources)]
        if not own:
            failed = faults_of(answer_scores(case, gold_answer(case, sources), sources))
            own = [Fault(where, f"an answer made of its own evidence fails: {fault}") for fault in failed]
        faults += own
        if case.topic != REAL:
            for evidence in (e for group in case.evidence for e in group):
                halves[evidence.briefing].add(case.half)
    for briefing_id, used in sorted(halves.items()):
        if len(used) > 1:
            faults.append(Fault(briefing_id, "it has cases in both halves"))
    if not use_all:
        return faults
    named = {e.briefing for case in cases for group in case.evidence for e in group}
    named |= {b for case in cases for b in case.forbidden}
    faults += [Fault(unused, "no case uses this briefing") for unused in sorted(set(sources) - named)]
    return faults


def _missing(case: Case, sources: Sources) -> Iterator[str]:
    """What a case names that is not there."""
    for evidence in (e for group in case.evidence for e in group):
        briefing = sources.get(evidence.briefing)
        if briefing is None:
            yield f"there is no briefing {evidence.briefing}{_nearest(evidence.briefing, list(sources))}"
        elif not _times(evidence, briefing):
            paragraphs = [briefing.words_of(p) for p in briefing.paragraphs]
            near = _nearest(evidence.quote, paragraphs)
            yield f"the quote “{evidence.quote}” is in no paragraph of {briefing.briefing_id}{near}"
    for briefing_id in case.forbidden:
        if briefing_id not in sources:
            yield f"there is no briefing {briefing_id} to forbid{_nearest(briefing_id, list(sources))}"


def _misleading(case: Case, sources: Sources) -> Iterator[str]:
    """What is there, but makes the case measure something else."""
    for evidence in (e for group in case.evidence for e in group):
        briefing = sources.get(evidence.briefing)
        if briefing is None:
            continue
        if (times := _times(evidence, briefing)) > 1:
            yield f"the quote “{evidence.quote}” stands {times} times in {briefing.briefing_id}"
        if case.as_of and (briefing.published is None or briefing.published > case.as_of):
            yield f"{evidence.briefing} was not published by {case.as_of}"
    if case.canary and not any(case.canary in briefing.text for briefing in sources.values()):
        yield f"the canary {case.canary} stands in no briefing"


def _times(evidence: Evidence, briefing: Briefing) -> int:
    return sum(briefing.words_of(p).count(evidence.quote) for p in briefing.paragraphs)


def _nearest(wanted: str, known: Sequence[str]) -> str:
    nearest = process.extractOne(wanted, known, scorer=fuzz.partial_ratio)
    return f"; the nearest is “{nearest[0]}”" if nearest else ""
