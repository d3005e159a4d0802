"""The people and bodies that a question sets side by side: “what did both the Harbour Union and the Port Authority
say?”, “did Oran agree, while Velt refused?”, “compare Oran's plan with Velt's”.

A name is a run of words with capitals. Two are set side by side where “and”, “or” or the like joins them, where
clauses that are contrasted begin with them, and where a question that compares has “with” or “from” before one.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.words.names import ROLES, Name, names_in
from rag.words.terms import words

_MOST = 4
# What a question without any of these words cannot do.
_MAY_JOIN = re.compile(r"\b(?:and|or|nor|but|while|whereas|with|from|to|than|versus|vs|unlike|against)\b")
_WITHIN = re.compile(r"['’]?[ \-–‐‑&.]*(?:of (?:the )?)?")  # "Federation of Basin Manufacturers"
_OWNED = re.compile(r"['’]s$")
_ADDED = r"(?:both |either |not |also )?(?:the |an? |its |their )?(?:[a-z][a-zé’'-]+ )?"
_JOINED = re.compile(rf",? (?:and|or|nor|versus|vs\.?|as well as) {_ADDED}")
_LISTED = re.compile(rf", {_ADDED}")
_CONTRASTED = re.compile(
    r"\b(?:while|whereas|but|versus|unlike|than|compared (?:with|to)|as opposed to)\b"
    r"|\band (?:how|who|what|why|when|where|did|do|does|is|are|was|were|has|have|had|will)\b"
)
_COMPARING = re.compile(
    r"\b(?:compar\w+|contrast\w*|differ\w*|distinguish\w*|separat\w+|between|(?:dis)?agree\w*)\b", re.IGNORECASE
)
_OPPOSITE = re.compile(r"\b(?:and|with|from|to|against) (?:(?:that|those|what|how|the) (?:of )?)*$")
_ORDERS = frozenset("compare contrast summarise summarize outline discuss".split())  # a question may begin with


@dataclass(frozen=True, slots=True)
class Side:
    """A name beside another: words `first` up to `last` of the question, which has it in `question[start:end]`; its
    `terms` are those that tell whom it means, which ranks do not. What is asked of it stands in the clause that
    holds offset `told`."""

    terms: tuple[str, ...]
    first: int
    last: int
    start: int
    end: int
    told: int


def sides_in(question: str) -> list[Side]:
    """The names that a question sets side by side, in order, each once: two at least, or none."""
    if not _MAY_JOIN.search(question):
        return []
    parsed = words(question)
    if not 2 <= sum(w.written[0].isupper() for w in parsed) < len(parsed):  # where all have one it tells nothing
        return []
    names = [n for n in names_in(question) if n.word.start or n.plain not in _ORDERS]
    runs = list(_runs(question, names))
    told = _side_by_side(question, runs)
    at = {w.start: i for i, w in enumerate(parsed)}
    found: dict[tuple[str, ...], Side] = {}
    for i in sorted(told):
        run = runs[i]
        telling = [n for n in run if n.plain not in ROLES] or run
        terms = tuple(dict.fromkeys(n.word.term for n in telling))
        first, last = run[0].word, run[-1].word
        side = Side(terms, at[first.start], at[last.start], first.start, last.end, runs[told[i]][0].word.start)
        found.setdefault(terms, side)
    return list(found.values())[:_MOST] if len(found) > 1 else []


def known_among(sides: Sequence[Side], known: Callable[[str], bool]) -> list[Side]:
    """Those sides all of whose terms are `known`, when there are two at least."""
    found = [side for side in sides if all(map(known, side.terms))]
    return found if len(found) > 1 else []


def _runs(question: str, names: Sequence[Name]) -> list[list[Name]]:
    """The names as they stand together."""
    runs: list[list[Name]] = []
    for name in names:
        before = runs[-1][-1].word if runs else None
        if (
            before
            and not _OWNED.search(before.written)
            and _WITHIN.fullmatch(question[before.end : name.word.start])
        ):
            runs[-1].append(name)
        else:
            runs.append([name])
    return runs


def _side_by_side(question: str, runs: Sequence[Sequence[Name]]) -> dict[int, int]:
    """The runs set beside another, and for each the one behind which stands what is asked of it."""
    told: dict[int, int] = {}
    listed: list[int] = []
    clause = 0  # the run that begins it
    comparing = _COMPARING.search(question)
    for i, (one, other) in enumerate(pairwise(runs)):
        gap = question[one[-1].word.end : other[0].word.start]
        if _JOINED.fullmatch(gap):
            told |= dict.fromkeys([*listed, i, i + 1], i + 1)
            listed = []
        elif _LISTED.fullmatch(gap):
            listed.append(i)
        elif _CONTRASTED.search(gap):
            told = {clause: clause, i + 1: i + 1} | told
            clause, listed = i + 1, []
        elif comparing and _OPPOSITE.search(gap):
            beside = next((n for n in range(i + 1) if runs[n][0].word.start > comparing.start()), clause)
            told = {beside: beside, i + 1: i + 1} | told
            listed = []
        else:
            listed = []
    return told
