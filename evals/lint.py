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
    """Something wrong, and where: `half/file:line, case id`, or the briefing."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def lint(cases: Sequence[Case], sources: Sources) -> list[Fault]:
    """All faults: ids given twice, briefings missing, unused or in both halves, quotes not found or not unique,
    canaries that stand nowhere, and cases that even an answer made of their own evidence fails.

    The real briefing is the one that stands in both halves: there is only one, and its questions differ.
    """
    faults: list[Fault] = []
    first: dict[str, Case] = {}
    halves: dict[str, set[str]] = defaultdict(set)
    for case in cases:
        where = f"{case.where}, case {case.id}"
        if case.id in first:
            faults.append(Fault(where, f"the id is taken by {first[case.id].where}"))
        first.setdefault(case.id, case)
        own = list(_of_case(case, sources))
        if not own:
            own = list(faults_of(answer_scores(case, gold_answer(case, sources), sources)))
            own = [f"an answer made of its own evidence fails: {fault}" for fault in own]
        faults += [Fault(where, what) for what in own]
        if case.topic != REAL:
            for evidence in (e for group in case.evidence for e in group):
                halves[evidence.briefing].add(case.half)
    for briefing_id, used in sorted(halves.items()):
        if len(used) > 1:
            faults.append(Fault(briefing_id, "it has cases in both halves"))
    named = {e.briefing for case in cases for group in case.evidence for e in group}
    named |= {b for case in cases for b in case.forbidden}
    faults += [Fault(unused, "no case uses this briefing") for unused in sorted(set(sources) - named)]
    return faults


def _of_case(case: Case, sources: Sources) -> Iterator[str]:
    for evidence in (e for group in case.evidence for e in group):
        briefing = sources.get(evidence.briefing)
        if briefing is None:
            yield f"there is no briefing {evidence.briefing}"
            continue
        yield from _of_quote(evidence, briefing)
        if case.as_of and (briefing.published is None or briefing.published > case.as_of):
            yield f"{evidence.briefing} was not published by {case.as_of}"
    yield from (f"there is no briefing {b} to forbid" for b in case.forbidden if b not in sources)
    if case.canary and not any(case.canary in briefing.text for briefing in sources.values()):
        yield f"the canary {case.canary} stands in no briefing"


def _of_quote(evidence: Evidence, briefing: Briefing) -> Iterator[str]:
    paragraphs = [briefing.words_of(p) for p in briefing.paragraphs]
    found = sum(paragraph.count(evidence.quote) for paragraph in paragraphs)
    if found > 1:
        yield f"the quote “{evidence.quote}” stands {found} times in {briefing.briefing_id}"
    elif not found:
        nearest = process.extractOne(evidence.quote, paragraphs, scorer=fuzz.partial_ratio)
        shown = f"; the nearest text is “{nearest[0]}”" if nearest else ""
        yield f"the quote “{evidence.quote}” is in no paragraph of {briefing.briefing_id}{shown}"
