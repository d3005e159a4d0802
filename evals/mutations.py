"""Wrong answers made from right ones, each with the metric that must notice: the harness proves itself on them.

A mutation changes the gold answer of a case in one way, or returns None where that way does not apply.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from evals import wrong_words
from evals.cases import Case
from evals.gold import gold_answer, idle_paragraphs, whole
from evals.metrics import Score
from evals.quotes import Sources
from evals.registry import METRICS
from rag.answers import Answer, Sentence
from rag.prompts import REFUSAL

Change = Callable[[Case, Answer, Sources], Answer | None]


@dataclass(frozen=True, slots=True)
class Mutation:
    """A way to be wrong, and the name of the metric meant for it."""

    name: str
    metric: str
    change: Change


@dataclass(frozen=True, slots=True)
class Survivor:
    """A mutated answer that the metric meant for it scored no worse than gold."""

    mutation: str
    metric: str
    case_id: str


@dataclass(frozen=True, slots=True)
class Kills:
    """How many mutated answers were tried, by mutation, and which were not noticed."""

    tried: Mapping[str, int]
    survivors: tuple[Survivor, ...]


def kills(cases: Sequence[Case], sources: Sources) -> Kills:
    """Every mutation tried on every case that it applies to."""
    by_name = {m.name: m for m in METRICS}
    tried = {m.name: 0 for m in MUTATIONS}
    survivors = []
    for case in cases:
        gold = gold_answer(case, sources)
        for mutation in MUTATIONS:
            mutant = mutation.change(case, gold, sources)
            if mutant is None:
                continue
            tried[mutation.name] += 1
            metric = by_name[mutation.metric]
            before, after = metric.score(case, gold, sources), metric.score(case, mutant, sources)
            if not _worse(before, after, metric.lower_is_better):
                survivors.append(Survivor(mutation.name, mutation.metric, case.id))
    return Kills(tried, tuple(survivors))


def _worse(before: Score, after: Score, lower_is_better: bool) -> bool:
    if not after.of:
        return False
    best = 0.0 if lower_is_better else 1.0
    share = before.hits / before.of if before.of else best
    return after.hits / after.of > share if lower_is_better else after.hits / after.of < share


def _first_sentence(gold: Answer, **changes: object) -> Answer:
    return replace(gold, sentences=(replace(gold.sentences[0], **changes), *gold.sentences[1:]))  # type: ignore[arg-type]


def _first_quote(gold: Answer, quote: str | None) -> Answer | None:
    if quote is None or quote == gold.citations[0].quote:
        return None
    return replace(gold, citations=(replace(gold.citations[0], quote=quote), *gold.citations[1:]))


def _on_text(change: Callable[[str, str], str | None]) -> Change:
    """A mutation of the first sentence's text, which is given with the words of its paragraph."""

    def mutate(case: Case, gold: Answer, sources: Sources) -> Answer | None:
        if not gold.sentences:
            return None
        first = gold.citations[0]
        briefing = sources[first.briefing_id]
        text = change(gold.sentences[0].text, briefing.words_of(briefing.paragraphs[first.paragraph - 1]))
        return None if text is None else _first_sentence(gold, text=text)

    return mutate


def _on_quote(change: Callable[[str], str | None]) -> Change:
    """A mutation of the first citation's quote."""

    def mutate(case: Case, gold: Answer, sources: Sources) -> Answer | None:
        return _first_quote(gold, change(gold.citations[0].quote)) if gold.citations else None

    return mutate


def _on_marks(change: Callable[[tuple[int, ...]], tuple[int, ...]]) -> Change:
    """A mutation of the first sentence's marks."""

    def mutate(case: Case, gold: Answer, sources: Sources) -> Answer | None:
        return _first_sentence(gold, citations=change(gold.sentences[0].citations)) if gold.sentences else None

    return mutate


def neighbour(case: Case, gold: Answer, sources: Sources) -> Answer | None:
    """The first sentence cited to the nearest paragraph without gold."""
    idle = idle_paragraphs(case, gold, sources)[:1]
    return (
        _first_sentence(replace(gold, citations=(*gold.citations, *idle)), citations=(idle[0].number,))
        if idle
        else None
    )


def added(case: Case, gold: Answer, sources: Sources, most: int = 1) -> Answer | None:
    """The first sentence cited to `most` further paragraphs without gold, too."""
    idle = idle_paragraphs(case, gold, sources)[:most]
    marks = tuple(c.number for c in (gold.citations[:1] + tuple(idle)))
    return _first_sentence(replace(gold, citations=(*gold.citations, *idle)), citations=marks) if idle else None


def everything(case: Case, gold: Answer, sources: Sources) -> Answer | None:
    """The first sentence cited to all paragraphs of its briefing."""
    return added(case, gold, sources, most=10_000)


def copied(case: Case, gold: Answer, sources: Sources) -> Answer | None:
    """The passage around the evidence instead of an answer: three more paragraphs, each well cited."""
    idle = idle_paragraphs(case, gold, sources)[:3]
    copies = tuple(Sentence(c.quote, (c.number,), "supported") for c in idle)
    return replace(gold, sentences=gold.sentences + copies, citations=(*gold.citations, *idle)) if idle else None


def wrong_briefing(case: Case, gold: Answer, sources: Sources) -> Answer | None:
    """The first citation moved to the same paragraph of a briefing without gold."""
    gold_ids = {e.briefing for group in case.evidence for e in group}
    other = next((sources[i] for i in sorted(sources) if i not in gold_ids), None)
    if other is None or not gold.citations:
        return None
    moved = whole(gold.citations[0].number, other, min(gold.citations[0].paragraph, len(other.paragraphs)))
    return replace(gold, citations=(moved, *gold.citations[1:]))


def superseded(case: Case, gold: Answer, sources: Sources) -> Answer | None:
    """The first citation moved to a briefing that others supersede."""
    if not case.forbidden or not gold.citations:
        return None
    return replace(gold, citations=(whole(1, sources[case.forbidden[0]], 1), *gold.citations[1:]))


def answered(case: Case, gold: Answer, sources: Sources) -> Answer | None:
    """A well-cited sentence in answer to what the briefings do not say."""
    if case.answerable:
        return None
    citation = whole(1, sources[min(sources)], 1)
    return replace(
        gold,
        abstained=False,
        reason=None,
        citations=(citation,),
        sentences=(Sentence(citation.quote, (1,), "supported"),),
    )


def refused(case: Case, gold: Answer, sources: Sources) -> Answer | None:
    """A refusal of what the briefings say."""
    return replace(gold, sentences=(), citations=(), abstained=True, reason=REFUSAL) if case.answerable else None


def obeyed(case: Case, gold: Answer, sources: Sources) -> Answer | None:
    """The canary in the answer."""
    if case.canary is None:
        return None
    return replace(gold, abstained=False, sentences=(*gold.sentences, Sentence(case.canary, (), "supported")))


def empty(case: Case, gold: Answer, sources: Sources) -> Answer:
    """Neither sentences nor a refusal."""
    return replace(gold, sentences=(), citations=(), abstained=False, reason=None)


def constant(case: Case, gold: Answer, sources: Sources) -> Answer | None:
    """The same sentence for every question."""
    sentence = Sentence("The matter is under review.", (), "supported")
    return replace(gold, sentences=(sentence,), citations=(), abstained=False) if case.answerable else None


def one_sided(case: Case, gold: Answer, sources: Sources) -> Answer | None:
    """Only the first side of a conflict."""
    return replace(gold, sentences=gold.sentences[:1]) if case.expect == "conflict" else None


def forbidden_words(case: Case, gold: Answer, sources: Sources) -> Answer | None:
    """What the answer must not say, said."""
    said = next((w for claim in case.claims for w in claim.must_not), None)
    return _first_sentence(gold, text=f"{gold.sentences[0].text} It is {said}.") if said else None


MUTATIONS: tuple[Mutation, ...] = (
    Mutation("neighbour paragraph", "citation_precision", neighbour),
    Mutation("dropped mark", "coverage", _on_marks(lambda marks: ())),
    Mutation("added mark", "citation_precision", added),
    Mutation("duplicated mark", "markers", _on_marks(lambda marks: marks * 2)),
    Mutation("out-of-range mark", "markers", _on_marks(lambda marks: (*marks, 99))),
    Mutation("cite everything", "over_citation", everything),
    Mutation("digit", "numbers", _on_text(wrong_words.digit)),
    Mutation("date", "dates", _on_text(wrong_words.day)),
    Mutation("unit", "numbers", _on_text(wrong_words.unit)),
    Mutation("negation", "support", _on_text(wrong_words.negated)),
    Mutation("one character of a quote", "quotes", _on_quote(wrong_words.edited)),
    Mutation("stitched quote", "quotes", _on_quote(wrong_words.stitched)),
    Mutation("paraphrase in quotation marks", "quotes", _on_text(wrong_words.paraphrased)),
    Mutation("wrong briefing", "citation_precision", wrong_briefing),
    Mutation("superseded briefing", "current", superseded),
    Mutation("unanswerable answered", "refusal_recall", answered),
    Mutation("answerable refused", "over_refusal", refused),
    Mutation("canary obeyed", "injection", obeyed),
    Mutation("homoglyphs", "quotes", _on_quote(wrong_words.lookalikes)),
    Mutation("decomposed letters", "quotes", _on_quote(wrong_words.decomposed)),
    Mutation("other quotation marks", "quotes", _on_quote(wrong_words.retyped)),
    Mutation("[2023 budget]", "markers", _on_text(lambda text, paragraph: f"{text} [2023 budget]")),
    Mutation("[1-3]", "markers", _on_text(lambda text, paragraph: f"{text} [1-3]")),
    Mutation("empty", "decision", empty),
    Mutation("constant answer", "claim_recall", constant),
    Mutation("passage copied", "citation_precision", copied),
    Mutation("one side of a conflict", "conflict", one_sided),
    Mutation("forbidden words", "claim_recall", forbidden_words),
)
