"""The answer that a case's own evidence gives: every metric must find it faultless."""

from evals.cases import Case, Evidence
from evals.quotes import Sources
from rag.answers import Answer, Citation, Sentence
from rag.briefings import Briefing
from rag.prompts import REFUSAL
from rag.verify import citation_of


def gold_answer(case: Case, sources: Sources) -> Answer:
    """Each piece of evidence as one sentence, cited to its paragraph; or the refusal, when nothing is expected.

    Of alternatives the first counts that does not stand in a forbidden briefing.
    """
    if not case.answerable:
        return Answer(case.question, case.question, abstained=True, reason=REFUSAL)
    chosen = [next((e for e in group if e.briefing not in case.forbidden), group[0]) for group in case.evidence]
    unique = list(dict.fromkeys(chosen))
    citations = tuple(_citation(n, e, sources) for n, e in enumerate(unique, start=1))
    sentences = tuple(Sentence(c.quote, (c.number,), "supported") for c in citations)
    return Answer(case.question, case.question, sentences, citations)


def _citation(number: int, evidence: Evidence, sources: Sources) -> Citation:
    briefing = sources[evidence.briefing]
    start = briefing.text.index(evidence.quote)
    return _quote(number, briefing, start, start + len(evidence.quote))


def _quote(number: int, briefing: Briefing, start: int, end: int) -> Citation:
    paragraph = briefing.paragraph_at(start)
    assert paragraph is not None
    return citation_of(briefing, paragraph, start, end, number=number)


def whole(number: int, briefing: Briefing, paragraph: int) -> Citation:
    """A citation of a whole paragraph."""
    part = briefing.paragraphs[paragraph - 1]
    return _quote(number, briefing, part.start, part.end)


def idle_paragraphs(case: Case, gold: Answer, sources: Sources) -> list[Citation]:
    """Citations of the paragraphs without gold in the first citation's briefing, the nearest first."""
    if not gold.citations:
        return []
    first = gold.citations[0]
    briefing = sources[first.briefing_id]
    quotes = [e.quote for group in case.evidence for e in group]
    idle = [p.number for p in briefing.paragraphs if not any(q in briefing.words_of(p) for q in quotes)]
    nearest = sorted(idle, key=lambda number: (abs(number - first.paragraph), number))
    return [whole(len(gold.citations) + n, briefing, number) for n, number in enumerate(nearest, start=1)]
