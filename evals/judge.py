"""Whether sources support a sentence, judged by its words: strict, repeatable, and the same on every machine.

It stands where the literature uses a model of entailment (Gao et al., "Enabling Large Language Models to
Generate Text with Citations", EMNLP 2023). It sees changed values, names and negations and unrelated words;
it does not see a change of meaning that keeps all of them.
"""

from collections import Counter
from collections.abc import Sequence

from evals.match import plain, unsupported_dates, unsupported_names, unsupported_numbers
from rag.words.sentences import sentence_spans
from rag.words.terms import content_words, words

LEAST_SHARED = 0.6  # share of a sentence's content words that the sources must hold
_NEGATIONS = frozenset("no not never none nor neither without cannot nobody nothing".split())


def objection(sentence: str, sources: Sequence[str]) -> str | None:
    """Why the sources do not support the sentence, or None when they do; words of one source always do."""
    if not sources:
        return "no source is cited"
    if any(sentence in source for source in sources):
        return None
    for name, found in (
        ("number", unsupported_numbers(sentence, sources)),
        ("date", unsupported_dates(sentence, sources)),
        ("name", unsupported_names(sentence, sources)),
    ):
        if found.missing:
            return f"no cited paragraph holds the {name} “{found.missing[0]}”"
    asked = _terms(sentence)
    parts = [part for source in sources for part in _sentences(source)]
    known = {w.term for part in parts for w in words(part)}
    if len(asked & known) < LEAST_SHARED * len(asked):
        return "the cited paragraphs speak of other things"
    if any(_denies(statement, parts) for statement in _sentences(sentence)):
        return "it denies what the cited paragraph says, or says what that denies"
    return None


def _denies(statement: str, parts: Sequence[str]) -> bool:
    """True when a statement denies other words than the source's sentence that is nearest to it."""
    asked = _terms(statement)
    nearest = max(parts, key=lambda part: (len(asked & _terms(part)), -len(part)), default="")
    return negated(statement) != Counter({w: n for w, n in negated(nearest).items() if not w or w in asked})


def _sentences(text: str) -> list[str]:
    folded = plain(text)
    return [folded[s.start : s.end] for s in sentence_spans(folded)]


def _terms(text: str) -> set[str]:
    return {w.term for w in content_words(plain(text))}


def negated(text: str) -> Counter[str]:
    """For each word of negation the stem of the next content word ("has not yet agreed": "agre"), or ""."""
    found: Counter[str] = Counter()
    waiting = 0
    content = {w.start for w in content_words(plain(text))}
    for word in words(plain(text)):
        written = word.written.lower()
        if written in _NEGATIONS or written.endswith("n't"):
            waiting += 1
        elif waiting and word.start in content:
            found[word.term] += waiting
            waiting = 0
    return found + Counter({"": waiting})
