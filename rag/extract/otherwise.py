"""Sentences that tell something near what a question asks, and not that: of another place, year or speaker,
in another clause, of another thing weighed, or of neither of two that are named. Each is looked for only where the
question's own words ask for such a thing."""

import re
from collections.abc import Callable, Collection, Sequence

import numpy as np

from rag.asking.question import Question
from rag.extract.candidates import Candidate
from rag.extract.kinds import is_date
from rag.extract.matching import AKIN, AskedWords
from rag.extract.othertimes import at_another_time
from rag.extract.readings import ReadText, called, roles_in
from rag.extract.surroundings import heading_of, sentences_of
from rag.extract.untold import may_name
from rag.words.terms import Word, term, words
from rag.words.thesaurus import RELATED, SYNONYM
from rag.words.units import known_unit
from rag.words.values import numbers_in
from rag.words.verbs import SAY, SAYS

Tells = Callable[[Candidate], bool]

_VALUES = ("number", "date", "time")
_WHERE = re.compile(r"\b(?:in|on|at|how (?:many|much)) $", re.IGNORECASE)
_IN_PLACE = re.compile(r"\b[Ii]n (?:the )?(?P<place>[A-Z][^\W\d_]+)")
_CLAUSE = re.compile(r";|,? (?:while|whereas|but)\b|, and\b", re.IGNORECASE)
_LEANS = re.compile(
    r"\b(?:it|its|they|them|their|he|his|she|her|both|each|this|that|which|who|whose|these|those)\b", re.IGNORECASE
)
_OR = re.compile(
    r"[,:] (?:an? |the |by |in |on )?(?P<one>[^\W\d_]+) or (?:an? |the |by |in |on )?(?P<other>[^\W\d_]+)$"
)
_WEIGHED = re.compile(r"\bhow (?:many|much) (?P<unit>[^\W\d_]+) of (?P<what>[^\W\d_]+)", re.IGNORECASE)
_DID = re.compile(r"\b(?:did|does|do|has) (?:the )?$", re.IGNORECASE)
_SAYING = re.compile(rf"{SAY}|make of\b", re.IGNORECASE)
_WHAT_SAID = re.compile(
    r"what (?:did|does|do|has|have) (?:the|its|their|his|her) (?P<who>[^,?]+?)(?: (?:of|in|at|from) [^,?]+?)? "
    rf"(?:{SAY}|{SAYS}|(?:decide|find)\b)",
    re.IGNORECASE,
)
_SPEAKER = re.compile(rf"(?:,[^,;“”]{{2,60}},|,)? (?:also |later |however |has |had )?{SAYS}")
_SPOKEN = re.compile(r"(?:\bsa(?:id|ys)|\badd(?:ed|s)|\b[Aa]ccording to) (?:the |its )?(?:[a-z]+ ){0,3}$")


class Otherwise:
    """What one question asks for, to be told from what is near to it."""

    def __init__(self, question: Question, asked: AskedWords) -> None:
        ways = (_elsewhere, _in_another_clause, _neither, _of_another_thing, at_another_time, _by_another)
        self._tells: list[Tells] = [told for way in ways if (told := way(question, asked))]

    def tells(self, candidate: Candidate) -> bool:
        """True for a sentence that tells something else than what is asked."""
        return any(told(candidate) for told in self._tells)


def _elsewhere(question: Question, asked: AskedWords) -> Tells | None:
    """What is so in one place ("in Aldry") or of one group ("how many Aldry members"), told where nothing names it:
    neither the paragraph nor its headings. A row of a table has any name of the question in it or above it."""
    if not question.names:
        return None
    runs = _runs(question.names) if question.wants in _VALUES else []
    where = [name for run in runs if _WHERE.search(question.asked[: run[0].start]) for name in run]
    placed = [i for i, name in enumerate(question.names) if name in where]
    known = {name.term for name in question.names}

    def told(candidate: Candidate) -> bool:
        row = candidate.paragraph.kind == "table_row"
        if not placed and not row:
            return False
        place = candidate.briefing, candidate.paragraph
        lead = [] if placed and _elsewhere_in(candidate.text, known) else candidate.briefing.paragraphs[:1]
        texts = [*sentences_of(*place), heading_of(*place), *map(candidate.briefing.words_of, lead)]
        own = ReadText.of(candidate.text)
        read = [*map(ReadText.of, texts), *called(own, roles_in(candidate.briefing.text))]
        held = np.any(asked.named(read), axis=0)
        return bool((placed and not held[placed].any()) or (row and not held.any()))

    return told


def _elsewhere_in(sentence: str, known: Collection[str]) -> bool:
    """True for a sentence of what is so "in" a place with another name than these, and in none of them."""
    places = [term(match["place"]) for match in _IN_PLACE.finditer(sentence) if may_name(match["place"])]
    return bool(places) and not any(w.term in known for w in words(sentence))


def _in_another_clause(question: Question, asked: AskedWords) -> Tells | None:
    """A number in a clause with another name than the question's, when another clause has these, and no fewer of
    its words: "Orr asked for 9 million; Holm withdrew"."""
    if question.wants != "number" or not question.names:
        return None

    def told(candidate: Candidate) -> bool:
        if candidate.paragraph.kind == "table_row":
            return False
        clauses = [clause for clause in _CLAUSE.split(candidate.text) if clause.strip()]
        if len(clauses) < 2:
            return False
        read = list(map(ReadText.of, clauses))
        named = np.any(asked.named(read), axis=1)
        words_held = (asked.strengths(read) >= SYNONYM).sum(axis=1)
        counting = [i for i, clause in enumerate(clauses) if _counts(clause)]
        most = max((words_held[i] for i in range(len(clauses)) if named[i]), default=0)
        return bool(counting) and all(
            not named[i]
            and words_held[i] <= most
            and _names_something(clauses[i])
            and not _LEANS.search(clauses[i])
            for i in counting
        )

    return told


def _neither(question: Question, asked: AskedWords) -> Tells | None:
    """Neither of two things that the question leaves to choose: "…, left or right?"."""
    match = _OR.search(question.asked)
    if not match:
        return None
    either = {term(match["one"]), term(match["other"])}
    if not either.isdisjoint(("yes", "no", "not")):
        return None
    at = [i for i, word in enumerate(question.subject) if word.term in either]

    def told(candidate: Candidate) -> bool:
        read = ReadText.of(candidate.text)
        return either.isdisjoint(read.every) and not (asked.strengths([read])[:, at] >= RELATED).any()

    return told


def _of_another_thing(question: Question, asked: AskedWords) -> Tells | None:
    """An amount where nothing names what is weighed or measured: "how many tonnes of silver"."""
    match = _WEIGHED.search(question.asked)
    if not match or not known_unit(match["unit"]):
        return None
    at = next((i for i, w in enumerate(question.subject) if w.start == match.start("what")), None)
    if at is None:
        return None

    def told(candidate: Candidate) -> bool:
        place = candidate.briefing, candidate.paragraph
        texts = candidate.text, candidate.before, *sentences_of(*place), heading_of(*place)
        return bool(asked.strengths(list(map(ReadText.of, texts)))[:, at].max() < RELATED)

    return told


def _by_another(question: Question, asked: AskedWords) -> Tells | None:
    """What another one says than the one whose words are asked for."""
    text = question.asked
    run = next((some for some in _runs(question.names) if _DID.search(text[: some[0].start])), None)
    if not run:
        return _by_no_such(question, asked)
    if not _SAYING.match(text, run[-1].end + 1):
        return None
    mine = [i for i, name in enumerate(question.names) if name in run]
    known = {name.term for name in question.names}

    def told(candidate: Candidate) -> bool:
        own = ReadText.of(candidate.text)
        before = ReadText.of(candidate.before)
        if asked.named([own, before, *called(own, roles_in(candidate.briefing.text))])[:, mine].any():
            return False
        return any(
            _SPEAKER.match(candidate.text, name.end) or _SPOKEN.search(candidate.text[: name.start])
            for name in own.order
            if may_name(name.written) and name.term not in known
        )

    return told


def _by_no_such(question: Question, asked: AskedWords) -> Tells | None:
    """What somebody says where the one whose words are asked for, who has no name, is not told of: "What did the
    mediators say?"."""
    match = _WHAT_SAID.match(question.asked)
    at = [i for i, w in enumerate(question.subject) if match and match.start("who") <= w.start < match.end("who")]
    if not at:
        return None

    def told(candidate: Candidate) -> bool:
        heading = heading_of(candidate.briefing, candidate.paragraph)  # an accord says what stands under its title
        read = list(map(ReadText.of, (candidate.text, candidate.before, heading)))
        return bool(asked.strengths(read)[:, at[-1]].max() < AKIN)

    return told


def _runs(names: Sequence[Word]) -> list[list[Word]]:
    """Names that stand side by side, together."""
    runs: list[list[Word]] = []
    for name in names:
        if runs and name.start == runs[-1][-1].end + 1:
            runs[-1].append(name)
        else:
            runs.append([name])
    return runs


def _names_something(clause: str) -> bool:
    """True for a clause with a name."""
    return any(may_name(word.written) for word in words(clause)[1:])


def _counts(clause: str) -> bool:
    """True for a clause with a number that is no date."""
    parsed = words(clause)
    return any(not is_date(number, clause, parsed) for number in numbers_in(parsed))
