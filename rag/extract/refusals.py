"""Why nothing is answered: what of a question stands nowhere, or that no sentence answers it."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from rag.answers import Answer
from rag.asking.smalltalk import NO_OPINION
from rag.asking.whois import asked_name
from rag.extract.evidence import Scored
from rag.extract.joint import Part
from rag.extract.matters import asks_to_judge
from rag.prompts import REFUSAL
from rag.words.terms import words
from rag.words.values import numbers_in


def refused(blank: Answer, part: Part, unsaid: Callable[[], Sequence[str]]) -> Answer:
    """The abstention that says why: nothing found, a name, number or date that is nowhere, or no sentence that
    answers this part of a question, and which words are `unsaid` in all, which takes a while to find out."""
    question, scored = part.question, [s for s in part.scored if "words" not in s.lacks]
    absent = _absent_everywhere(scored)
    if not scored:
        why = "Nothing in them is about this."
    elif absent:
        why = f"{_listed(_as_asked(absent, blank.standalone_question))} in none of the passages on this subject."
    elif asks_to_judge(question.asked):
        return replace(blank, abstained=True, reason=NO_OPINION)
    elif (name := asked_name(question)) and not name.may_ask_more:
        why = f"No sentence in the passages found says who or what “{name.written}” is."
    elif gone := unsaid():
        why = f"No sentence in the passages found answers the question; {_listed(gone)} in none of them."
    else:
        why = "Passages on the subject were found, but no sentence in them answers the question."
    nearest = blank.nearest if scored else ()
    return replace(blank, abstained=True, reason=f"{REFUSAL} {why}", nearest=nearest)


def _listed(some: Sequence[str]) -> str:
    quoted = [f"“{word}”" for word in some]
    listed = quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
    return f"{listed} {'stands' if len(quoted) == 1 else 'stand'}"


def _as_asked(absent: Sequence[str], question: str) -> list[str]:
    """The absent words with the numbers among them as the question writes them: "second", "9,000"."""
    parsed = words(question)
    written = {
        f"{n.value:g}": question[parsed[n.first].start : parsed[n.last].end] for n in reversed(numbers_in(parsed))
    }
    return [written.get(word, word) for word in absent]


def _absent_everywhere(scored: Sequence[Scored]) -> list[str]:
    absent = list(dict.fromkeys(scored[0].missing)) if scored else []
    for one in scored[1:]:
        absent = [word for word in absent if one.misses(word)]
    return absent
