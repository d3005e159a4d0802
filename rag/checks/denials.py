"""Whether quotes deny what a sentence claims: negation, certainty, opposites and order in time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.checks.statements import Doubt, Statements
from rag.words.grammar import Token
from rag.words.opposites import opposites
from rag.words.sentences import sentence_spans
from rag.words.terms import is_stop_word, words
from rag.words.verbs import Mood

_ALIKE: frozenset[frozenset[Mood]] = frozenset(  # moods that are as certain as each other
    frozenset(pair)
    for pair in (
        ("will", "would"),
        ("may", "could"),
        ("can", "could"),
        ("could", "would"),
        ("planned", "will"),
        ("planned", "would"),
        ("planned", "wanted"),
        ("wanted", "would"),
    )
)
_ORDERS = (
    ("before", "after"),
    ("until", "since"),
    ("until", "from"),
    ("above", "below"),
    ("over", "under"),
    ("inside", "outside"),
)
_PHRASES = re.compile(
    r"\b(?P<denial>(?:not|no|n't|never) )?"
    r"(?P<phrase>only|just|until|(?:more|less|fewer|later|earlier|longer) than)\b",
    re.IGNORECASE,
)
_DENIAL = re.compile(
    r"\b(?:not|no|never|none|neither|nobody|nothing|cannot|without|except|excluding|unable|denie[sd]|denying"
    r"|(?:fail|refus|declin)(?:s|ed|es|ing)? to)\b|n't\b",
    re.IGNORECASE,
)
_NEARLY_THE_SAME = 0.85
_SAME_ORDER = {"prior to": "before", "ahead of": "before", "following": "after", "till": "until"}


def claim_doubts(statements: Statements) -> Iterator[Doubt]:
    """What the quotes deny, or leave more or less open than the sentence."""
    for i in range(len(statements.said)):
        yield from _word_doubts(statements, i)
    yield from _denial_lost(statements)
    yield from _set_phrases(statements)
    yield from _denials_counted(statements)
    yield from _order(statements)


def _word_doubts(statements: Statements, i: int) -> Iterator[Doubt]:
    token = statements.said[i]
    matches, against = statements.matches(i), statements.opposed(i)
    own = matches[0].shared if matches else -1.0
    opposite = against[0].shared if against else -1.0
    if against and opposite > own and not any(t.base == against[0].token.base for t in statements.said):
        other = against[0].token
        if all(m.token.denied == token.denied for m in against):
            yield Doubt(True, f"its quotes say “{other.word.written}”, not “{token.word.written}”")
        elif not token.denied:
            yield Doubt(False, f"its quotes only deny “{other.word.written}”")
        return
    if not matches:
        return
    everywhere = statements.everywhere(i)
    struck = token.struck or all(m.token.struck for m in matches)
    if struck and all(m.token.denied != token.denied for m in matches):
        if not any(_same_denial(statements, token, m.token) for m in matches):
            says = "denies" if token.denied else "does not deny"
            settled = all(t.denied != token.denied for t in everywhere)
            yield Doubt(
                settled or matches[0].shared > 1, f"it {says} “{token.word.written}”, otherwise than its quotes"
            )
    elif not any(_agree(token, m.token) for m in matches):
        quoted, said = _written(matches[0].token), _written(token)
        settled = token.mood not in ("planned", "wanted") and not any(_agree(token, t) for t in everywhere)
        if quoted == said:
            yield Doubt(settled, f"its quotes are not as certain or as open about “{said}”")
        else:
            yield Doubt(settled, f"its quotes say “{quoted}”, which is not as certain or as open as “{said}”")


def _same_denial(statements: Statements, said: Token, quoted: Token) -> bool:
    """True when both clauses deny, each a word that stands in the other: "no appeal is possible", "an appeal is
    not possible"."""
    mine = [t for t in statements.said if t.clause == said.clause and t.struck]
    theirs = [t for some in statements.quoted for t in some if t.clause == quoted.clause and t.struck]
    near_said, near_quoted = statements.near_clause(said), statements.near_clause(quoted)
    one_each = len(mine) == len(theirs) == 1 and mine[0].base != theirs[0].base
    return one_each and mine[0].base in near_quoted and theirs[0].base in near_said


def _denial_lost(statements: Statements) -> Iterator[Doubt]:
    """A negation that only one side has, on a word that the other side does not say."""
    quoted = [t for some in statements.quoted for t in some]
    for i, token in enumerate(statements.said):
        lone = token.struck and not statements.matches(i) and not statements.opposed(i)
        if lone:
            denied = any(t.struck for t in quoted)
            yield Doubt(not denied, f"its quotes do not deny “{token.word.written}”")
    if any(t.denied for t in statements.said):
        return
    bases = {t.base for t in statements.said}
    same = {m.token.base for i in range(len(statements.said)) for m in statements.matches(i)}
    free = {t.base for t in quoted if not t.denied}
    for some in statements.quoted:
        for struck in (t for t in some if t.struck and t.base not in bases | same):
            reach = [t for t in some if t.clause == struck.clause and t.denied and t is not struck]
            held = [t for t in reach if t.base in bases and t.base not in free]
            turned = any(struck.base in opposites().of(base) for base in bases)
            if held and not turned:
                yield Doubt(len(held) > len(reach) / 2, f"its quotes deny “{struck.word.written}”")


def _set_phrases(statements: Statements) -> Iterator[Doubt]:
    """ "not only" for "only", "more than" for "no more than", and the like."""
    said, quoted = _denied_phrases(statements.sentence), _denied_phrases(" ".join(statements.quotes))
    for phrase, ways in said.items():
        if phrase in quoted and not ways & quoted[phrase]:
            yield Doubt(True, f"its quotes say “{phrase}” otherwise denied")


def _denied_phrases(text: str) -> dict[str, set[bool]]:
    """For each phrase of `_PHRASES` in a text whether a denial stands right before it."""
    found: dict[str, set[bool]] = {}
    for match in _PHRASES.finditer(text):
        found.setdefault(match["phrase"].lower(), set()).add(match["denial"] is not None)
    return found


def _denials_counted(statements: Statements) -> Iterator[Doubt]:
    """A sentence with nearly the words of one in a quote, but one denial more or less."""
    said = {t.base for t in statements.said}
    for some, quote in zip(statements.quoted, statements.quotes, strict=True):
        for number, span in enumerate(sentence_spans(quote)):
            part = {t.base for t in some if t.sentence == number}
            both = len(said & part)
            if both and both >= _NEARLY_THE_SAME * max(len(said), len(part)):
                counts = [
                    len(_DENIAL.findall(text)) for text in (statements.sentence, quote[span.start : span.end])
                ]
                if (counts[0] - counts[1]) % 2:
                    yield Doubt(True, "it denies otherwise than the sentence that its quotes hold")


def _order(statements: Statements) -> Iterator[Doubt]:
    """ "before" for "after", and the like, in front of the same word."""
    theirs = [r for q in statements.quotes for r in _relations(q)]
    for mine in _relations(statements.sentence):
        rivals = {b if a == mine.word else a for a, b in _ORDERS if mine.word in (a, b)}
        same = {r.word for r in theirs if r.following == mine.following}
        if mine.word not in same and rivals & same:
            yield Doubt(True, f"its quotes say “{min(rivals & same)}”, not “{mine.word}”")


@dataclass(frozen=True, slots=True)
class _Relation:
    """A word of order in time or place, and the content word behind it."""

    word: str
    following: str


def _relations(text: str) -> list[_Relation]:
    for phrase, same in _SAME_ORDER.items():
        text = re.sub(rf"\b{phrase}\b", same, text, flags=re.IGNORECASE)
    sought = {w for pair in _ORDERS for w in pair}
    found = []
    parsed = words(text)
    for i, word in enumerate(parsed):
        if (plain := word.written.lower()) in sought:
            following = next((w.term for w in parsed[i + 1 :] if not is_stop_word(w.written)), None)
            if following:
                found.append(_Relation(plain, following))
    return found


def _agree(said: Token, quoted: Token) -> bool:
    """True when two tokens are equally certain, or nothing can be told."""
    mine, theirs = said.mood, quoted.mood
    if mine == theirs or frozenset({mine, theirs}) in _ALIKE:
        return True
    if mine and theirs:
        return False
    open_one, plain = (said, quoted) if mine else (quoted, said)
    if open_one.mood in ("may", "could", "should", "must"):
        return False
    if open_one.mood in ("will", "would", "can", "planned", "wanted"):
        return not plain.past or plain.infinitive
    return True


def _written(token: Token) -> str:
    modal = token.mood in ("may", "can", "could", "will", "would", "must", "should")
    return f"{token.mood} {token.word.written}" if modal else token.word.written
