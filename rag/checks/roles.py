"""Whether a sentence tells otherwise than its quotes who did what to whom, or joins a name to another's doings."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from rag.checks.statements import Doubt, Statements
from rag.words.grammar import Token
from rag.words.terms import term
from rag.words.values import MONTHS, WEEKDAYS
from rag.words.verbs import is_past

_MUTUAL = frozenset(
    term(w)
    for w in """meet marry agree border join fight talk play face speak negotiate discuss share say tell add tie
    compare cooperate differ wed argue clash trade merge""".split()
)
_ARTICLES = frozenset("the a an his her their its and".split())
_AUXILIARY = _ARTICLES | frozenset(
    """has have had not been be was were is are will would may might can could must should also never did does do
    to being again then who that""".split()
)
_PREPOSITIONS = frozenset("of to from against than with by for at in over under near between".split())
_BESIDE = 16  # characters between names that are listed together ("Freddy and Jason")
_CALENDAR = re.compile(
    rf"\b(?:(?:on|in|since|by|last|next|this|early|late) )*(?:{'|'.join(WEEKDAYS + MONTHS)})\b(?: \d+)?",
    re.IGNORECASE,
)


def role_doubts(statements: Statements) -> Iterator[Doubt]:
    """Doers and done-to that changed places, and names that stand beside another's doings."""
    for token in statements.said:
        if not _may_be_a_verb(token):
            continue
        mine = _sides(statements.said, token, statements.sentence)
        theirs = [
            _sides(some, other, quote)
            for some, quote in zip(statements.quoted, statements.quotes, strict=True)
            for other in some
            if other.base == token.base and _may_be_a_verb(other)
        ]
        known = {t.base for some in statements.quoted for t in some}
        if theirs and all(_clash(mine, sides, known) for sides in theirs):
            yield Doubt(True, f"its quotes tell otherwise who {token.word.written} whom")
    yield from _strange_company(statements)
    yield from _verb_of_another(statements)
    yield from _exchanged(statements)


def _may_be_a_verb(token: Token) -> bool:
    """True for a word written as done, as to be done, or in the third person."""
    written = token.word.written
    if token.is_name or written[0].isdigit() or token.base in _MUTUAL:
        return False
    return token.past or token.passive or bool(token.mood) or written.endswith(("s", "ing"))


def _strange_company(statements: Statements) -> Iterator[Doubt]:
    """A word that the quotes have elsewhere, where the segment that says the rest has another in its place:
    "deaths rose in Hexley" of "deaths rose in Tessel while cases fell in Hexley"."""
    segments = _segments(statements)
    said = {t.base for t in statements.said}
    for segment in _clauses(statements.said):
        for token in segment:
            rest = {t.base for t in segment if t.base != token.base}
            scored = [(len(rest & s.bases), s) for s in segments]
            most = max((score for score, _ in scored), default=0)
            best = [s for score, s in scored if score == most]
            known = any(token.base in s.bases for s in segments)
            instead = [[t for t in s.instead(token) if t.base not in said] for s in best]
            if most and known and all(instead) and not any(token.base in s.bases for s in best):
                value = token.is_name or token.word.written[0].isdigit()
                other, written = instead[0][0].word.written, token.word.written
                yield Doubt(value and bool(token.left), f"its quotes say this of “{other}”, not of “{written}”")


def _exchanged(statements: Statements) -> Iterator[Doubt]:
    """Two names of which each stands behind the word that the other one stands behind in a quote."""
    mine = {t.base: t for t in statements.said if t.is_name and _once(statements.said, t)}
    for some in statements.quoted:
        theirs = {t.base: t for t in some if t.is_name and t.base in mine and _once(some, t)}
        for first, second in combinations(sorted(theirs), 2):
            lefts = mine[first].left, mine[second].left, theirs[second].left, theirs[first].left
            crossed = lefts[0] == lefts[2] and lefts[1] == lefts[3] and lefts[0] != lefts[1]
            apart = abs(theirs[first].word.start - theirs[second].word.start) > _BESIDE
            if crossed and apart and theirs[first].sentence == theirs[second].sentence:
                written = f"“{mine[first].word.written}” and “{mine[second].word.written}”"
                yield Doubt(
                    lefts[0] in _PREPOSITIONS or lefts[1] in _PREPOSITIONS, f"{written} have changed places"
                )


def _once(tokens: Sequence[Token], token: Token) -> bool:
    return sum(t.base == token.base for t in tokens) == 1


@dataclass(frozen=True, slots=True)
class _Segment:
    tokens: tuple[Token, ...]
    bases: frozenset[str]

    def instead(self, token: Token) -> list[Token]:
        """What stands here behind the word that `token` stands behind; for a name without one, the names here."""
        if not token.left:
            return [t for t in self.tokens if token.is_name and t.is_name and not t.opens]
        figure = token.word.written[0].isdigit()
        return [
            t
            for t in self.tokens
            if t.left == token.left and t.is_name == token.is_name and t.word.written[0].isdigit() == figure
        ]


def _segments(statements: Statements) -> list[_Segment]:
    found = []
    for some in statements.quoted:
        for number in dict.fromkeys(t.segment for t in some):
            part = tuple(t for t in some if t.segment == number)
            found.append(_Segment(part, frozenset(t.base for t in part)))
    return found


def _verb_of_another(statements: Statements) -> Iterator[Doubt]:
    """A verb that the quotes have only in another segment than what the sentence's clause is about."""
    segments = _segments(statements)
    for clause in _clauses(statements.said):
        for verb in clause:
            told = (verb.past and term(verb.word.written) != verb.base) or verb.word.written.endswith("ed")
            if not (told or verb.passive or verb.mood):
                continue
            rest = {t.base for t in clause if t is not verb}
            scored = [(len(rest & s.bases), s) for s in segments]
            most = max((score for score, _ in scored), default=0)
            matched = [m.token for m in statements.matches(statements.said.index(verb))]
            best = [s for score, s in scored if score == most]
            if most > 1 and matched and not any(t in s.tokens for t in matched for s in best):
                yield Doubt(False, f"its quotes say “{matched[0].word.written}” of something else")


def _clauses(tokens: Sequence[Token]) -> list[list[Token]]:
    return [[t for t in tokens if t.clause == number] for number in dict.fromkeys(t.clause for t in tokens)]


@dataclass(frozen=True, slots=True)
class _Sides:
    doers: frozenset[str]
    done_to: frozenset[str]
    named_doers: frozenset[str]
    named_done_to: frozenset[str]


def _sides(tokens: Sequence[Token], verb: Token, text: str) -> _Sides:
    """The words that stand right before and behind a verb, as who does it and to whom it is done."""
    text = _CALENDAR.sub(lambda m: " " * len(m.group()), text)
    clause = [t for t in tokens if t.clause == verb.clause and text[t.word.start : t.word.end].strip()]
    at = next(i for i, t in enumerate(clause) if t is verb)
    before = _group(clause[:at][::-1], verb, text)
    behind = _group(clause[at + 1 :], verb, text)
    if verb.passive and is_past(verb.word.written):
        agent = [t for t in clause[at + 1 :] if re.search(r"\bby(?: the| an?)?$", text[: t.word.start].rstrip())]
        doers = _group(clause[clause.index(agent[0]) :], agent[0], text) if agent else []
        before, behind = doers, before
    return _Sides(
        frozenset(t.base for t in before),
        frozenset(t.base for t in behind),
        frozenset(t.base for t in before if t.is_name),
        frozenset(t.base for t in behind if t.is_name),
    )


def _group(run: Sequence[Token], verb: Token, text: str) -> list[Token]:
    """The first words of a run, as long as only articles and the like stand between them and the verb."""
    found: list[Token] = []
    last = verb
    for token in run[:5]:
        first, second = sorted((last.word, token.word), key=lambda w: w.start)
        gap = set(text[first.end : second.start].lower().replace("'s", "").split())
        if not gap <= (_AUXILIARY if last is verb else _ARTICLES):
            break
        if token.word.written.lower().endswith("ly"):
            continue
        found.append(token)
        last = token
    return found


def _clash(mine: _Sides, theirs: _Sides, known: set[str]) -> bool:
    """True when doers and done-to have changed sides, or when another name that the quotes know does it."""
    other = mine.named_doers and theirs.named_doers and not mine.doers & theirs.doers and mine.named_doers <= known
    if other:
        return True
    if mine.named_doers & theirs.named_done_to and mine.named_done_to & theirs.named_doers:
        return not (mine.named_doers & theirs.named_doers or mine.named_done_to & theirs.named_done_to)
    crossed = bool(mine.doers & theirs.done_to) and bool(mine.done_to & theirs.doers)
    straight = bool(mine.doers & theirs.doers) or bool(mine.done_to & theirs.done_to)
    if crossed or straight:
        return not straight
    taken = mine.named_doers & theirs.done_to and theirs.named_doers
    given = mine.named_done_to & theirs.doers and not mine.doers
    return bool(taken or given)
