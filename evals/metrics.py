"""The metrics of an answer's words and citations: each a short pure function that returns a Score.

A score counts: `hits` out of `of`. Over many cases Σhits / Σof is the micro average and the mean of hits / of
the macro average; `of == 0` means that the metric does not apply to the case.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evals.cases import Case, Claim, Evidence
from evals.judge import objection
from evals.match import Unsupported, holds, unsupported_dates, unsupported_names, unsupported_numbers
from evals.quotes import (
    Sources,
    cited_paragraphs,
    cited_words,
    marked,
    quote_class,
    spans_in_quotation_marks,
    words_class,
)
from rag.answers import Answer, Citation

_BRACKETS = re.compile(r"\[[^\[\]]*\]")


@dataclass(frozen=True, slots=True)
class Score:
    """`hits` out of `of`, and in words what was missed."""

    hits: float
    of: float
    why: str = ""


Function = Callable[[Case, Answer, Sources], Score]
NOT_APPLICABLE = Score(0, 0)


def markers(case: Case, answer: Answer, sources: Sources) -> Score:
    """Valid marks / marks: one that leads to one citation and stands once on its sentence.

    Text in square brackets that no cited paragraph holds ("[1-3]", "[9]") counts as an invalid mark.
    """
    known = Counter(c.number for c in answer.citations)
    good, bad = 0, []
    for sentence in answer.sentences:
        for i, number in enumerate(sentence.citations):
            if known[number] == 1 and number not in sentence.citations[:i]:
                good += 1
            else:
                bad.append(f"[{number}]")
        paragraphs = cited_paragraphs(answer, sentence, sources)
        written = _BRACKETS.findall(sentence.text)
        bad += [b for b in written if not any(b in paragraph for paragraph in paragraphs)]
    return Score(good, good + len(bad), f"invalid marks: {', '.join(bad)}" if bad else "")


def quotes(case: Case, answer: Answer, sources: Sources) -> Score:
    """Exact quotes / quotes: those of the citations, and what sentences put in quotation marks."""
    classes: list[str] = [quote_class(c, sources) for c in answer.citations]
    for sentence in answer.sentences:
        paragraphs = cited_paragraphs(answer, sentence, sources)
        for span in spans_in_quotation_marks(sentence, paragraphs):
            best = [words_class(span, paragraph) for paragraph in paragraphs]
            classes.append("exact" if "exact" in best else next(iter(best), "absent"))
    wrong = Counter(c for c in classes if c != "exact")
    why = ", ".join(f"{n} {name}" for name, n in sorted(wrong.items()))
    return Score(len(classes) - wrong.total(), len(classes), f"quotes not exact: {why}" if why else "")


def coverage(case: Case, answer: Answer, sources: Sources) -> Score:
    """Sentences with a mark that leads to a paragraph / sentences."""
    bare = [s.text for s in answer.sentences if not cited_paragraphs(answer, s, sources)]
    return Score(len(answer.sentences) - len(bare), len(answer.sentences), first("without a source", bare))


def support(case: Case, answer: Answer, sources: Sources) -> Score:
    """Sentences that their cited paragraphs together support / sentences.

    The citation recall of ALCE (Gao et al. 2023), with `evals.judge` in place of a model of entailment.
    """
    found = [objection(s.text, cited_paragraphs(answer, s, sources)) for s in answer.sentences]
    whys = [why for why in found if why]
    return Score(len(found) - len(whys), len(found), first("unsupported", whys))


def over_citation(case: Case, answer: Answer, sources: Sources) -> Score:
    """Superfluous marks / marks (lower is better).

    A mark is superfluous when its paragraph is already cited on the sentence, or when it does not support the
    sentence alone although the others do without it: the complement of ALCE's citation precision (Gao et al.
    2023) where the sentence is supported at all.
    """
    total, superfluous = 0, 0
    for sentence in answer.sentences:
        paragraphs = cited_paragraphs(answer, sentence, sources)
        total += len(sentence.citations)
        superfluous += len(sentence.citations) - len(paragraphs)
        for i, paragraph in enumerate(paragraphs):
            others = paragraphs[:i] + paragraphs[i + 1 :]
            if others and objection(sentence.text, [paragraph]) and not objection(sentence.text, others):
                superfluous += 1
    return Score(superfluous, total, f"{superfluous} superfluous marks" if superfluous else "")


def citation_precision(case: Case, answer: Answer, sources: Sources) -> Score:
    """Marks to a paragraph that holds gold / marks, over the sentences of answers to what can be answered.

    Precision = TP / (TP + FP) (van Rijsbergen 1979); a mark is right when its paragraph holds a gold quote.
    """
    if not case.answerable:
        return NOT_APPLICABLE
    total = sum(len(s.citations) for s in answer.sentences)
    gold = [e for group in case.evidence for e in group]
    shown = [c for s in answer.sentences for c in marked(answer, s)]
    wrong = [c for c in shown if not any(_stands_at(e, c, sources) for e in gold)]
    places = [f"{c.briefing_id}¶{c.paragraph}" for c in wrong]
    return Score(len(shown) - len(wrong), total, first("cited without gold", places))


def citation_recall(case: Case, answer: Answer, sources: Sources) -> Score:
    """Pieces of gold evidence cited on a sentence / pieces of gold evidence (one of its alternatives is enough).

    Recall = TP / (TP + FN) (van Rijsbergen 1979); an abstention finds none.
    """
    shown = [c for s in answer.sentences for c in marked(answer, s)]
    missed = [g[0].quote for g in case.evidence if not any(_stands_at(e, c, sources) for e in g for c in shown)]
    return Score(len(case.evidence) - len(missed), len(case.evidence), first("evidence not cited", missed))


def citation_f1(case: Case, answer: Answer, sources: Sources) -> Score:
    """2PR / (P + R) of the answer's citation precision and recall (van Rijsbergen 1979); 0 without a citation."""
    if not case.answerable:
        return NOT_APPLICABLE
    precision, recall = citation_precision(case, answer, sources), citation_recall(case, answer, sources)
    p, r = precision.hits / (precision.of or 1), recall.hits / recall.of
    return Score(2 * p * r / (p + r) if p + r else 0.0, 1, precision.why or recall.why)


def claim_recall(case: Case, answer: Answer, sources: Sources) -> Score:
    """Claims made with their evidence cited / claims expected."""
    missed = [why for claim in case.claims if (why := _missing(claim, answer, sources))]
    return Score(len(case.claims) - len(missed), len(case.claims), first("claim missed", missed))


def complete(case: Case, answer: Answer, sources: Sources) -> Score:
    """1 when all claims are made, of 1 (exact match at the level of claims)."""
    if not case.claims:
        return NOT_APPLICABLE
    claims = claim_recall(case, answer, sources)
    return Score(float(claims.hits == claims.of), 1, claims.why)


def conflict(case: Case, answer: Answer, sources: Sources) -> Score:
    """1 when every side of a conflict is told and cited, of 1; for cases that expect a conflict."""
    return complete(case, answer, sources) if case.expect == "conflict" else NOT_APPLICABLE


def numbers(case: Case, answer: Answer, sources: Sources) -> Score:
    """Numbers that no cited paragraph holds / numbers (lower is better)."""
    return _unsupported("numbers", unsupported_numbers, answer, sources)


def dates(case: Case, answer: Answer, sources: Sources) -> Score:
    """Days, months, weekdays and years that no cited paragraph holds / all of them (lower is better)."""
    return _unsupported("dates", unsupported_dates, answer, sources)


def names(case: Case, answer: Answer, sources: Sources) -> Score:
    """Names that no cited paragraph holds / names (lower is better)."""
    return _unsupported("names", unsupported_names, answer, sources)


def _missing(claim: Claim, answer: Answer, sources: Sources) -> str:
    """What of a claim the answer lacks, or ""."""
    whole = " ".join(s.text for s in answer.sentences)
    if said := [w for w in claim.must_not if holds(whole, w)]:
        return f"it says “{said[0]}”"
    for group in claim.evidence:
        cited = (c for s in answer.sentences for c in marked(answer, s))
        if not any(_stands_at(e, c, sources) for c in cited for e in group):
            return f"“{group[0].quote}” is not cited"
    gold = [e for group in claim.evidence for e in group]
    speaking = " ".join(
        s.text for s in answer.sentences if any(_stands_at(e, c, sources) for c in marked(answer, s) for e in gold)
    )
    lacking = [w for w in claim.must if not holds(speaking, w)]
    return f"“{lacking[0]}” is not said" if lacking else ""


def _stands_at(evidence: Evidence, citation: Citation, sources: Sources) -> bool:
    words = cited_words(citation, sources)
    return citation.briefing_id == evidence.briefing and words is not None and evidence.quote in words


def _unsupported(
    what: str, find: Callable[[str, Sequence[str]], Unsupported], answer: Answer, sources: Sources
) -> Score:
    found = [find(s.text, cited_paragraphs(answer, s, sources)) for s in answer.sentences]
    bad = [value for one in found for value in one.missing]
    return Score(len(bad), sum(one.total for one in found), first(f"{what} in no cited paragraph", bad))


def first(what: str, some: Sequence[str]) -> str:
    """The first of some faults, with how many more there are; "" for none."""
    return f"{what}: {some[0]}" + (f" (and {len(some) - 1} more)" if len(some) > 1 else "") if some else ""
