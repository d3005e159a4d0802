"""Whether quotes deny what a sentence claims: negation, certainty, opposites, order in time, and who did what to whom."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.grammar import Mood, Token, base_of, opposites, read_claims
from rag.terms import words
from rag.thesaurus import Thesaurus, news_thesaurus, phrases

_NEAR = 0.25  # what a shared word counts that stands in the same sentence but another clause
_NAME = 2.0
_BE = frozenset("be been being is are was were am".split())
_MUTUAL = frozenset(
    base_of(w)
    for w in """meet marry agree border join fight talk play face speak negotiate discuss share say tell add tie compare
    cooperate differ wed argue clash trade merge""".split()
)
_ARTICLES = frozenset("the a an his her their its and".split())
_AUXILIARY = _ARTICLES | frozenset(
    """has have had not been be was were is are will would may might can could must should also never did does do
    to being again then who that""".split()
)
_SETTLED: dict[frozenset[Mood], bool] = {
    frozenset({"will", "would"}): True,
    frozenset({"may", "could"}): True,
    frozenset({"can", "could"}): True,
    frozenset({"could", "would"}): True,
    frozenset({"planned", "will"}): True,
    frozenset({"planned", "would"}): True,
    frozenset({"planned", "wanted"}): True,
    frozenset({"wanted", "would"}): True,
}
_ORDERS = (
    ("before", "after"),
    ("until", "since"),
    ("until", "from"),
    ("above", "below"),
    ("over", "under"),
    ("inside", "outside"),
)
_SAME_ORDER = {"prior to": "before", "ahead of": "before", "following": "after", "till": "until"}


@dataclass(frozen=True, slots=True)
class Match:
    """A token of the quotes that says the same word, and how much of what is around both is shared."""

    token: Token
    shared: float


class Statements:
    """What a sentence and its quotes claim, side by side."""

    def __init__(self, sentence: str, quotes: Sequence[str]) -> None:
        self.sentence = sentence
        self.quotes = quotes
        self.said = read_claims(sentence)
        self.quoted = [read_claims(q) for q in quotes]
        self._all = [t for some in self.quoted for t in some]
        self._known = frozenset(p for some in self.quoted for p in phrases([t.word.term for t in some]))
        self._thesaurus: Thesaurus = news_thesaurus()
        self._synonyms = [self._thesaurus.synonyms([t.word for t in self.said], i) for i in range(len(self.said))]

    def synonyms(self, i: int) -> set[str]:
        """The words and phrases of the quotes that may stand for content word `i` of the sentence."""
        return self._synonyms[i] & self._known

    def related(self, i: int) -> bool:
        """True when the quotes hold a related word."""
        return not self._thesaurus.related([t.word for t in self.said], i).isdisjoint(self._known)

    def matches(self, i: int) -> list[Match]:
        """The tokens of the quotes that say content word `i` of the sentence, those in the nearest clause only."""
        token = self.said[i]
        found = [t for t in self._all if t.base == token.base]
        if not found:
            single = {p for p in self.synonyms(i) if " " not in p}
            found = [t for t in self._all if t.word.term in single]
        return self._nearest(token, found)

    def opposed(self, i: int) -> list[Match]:
        """The tokens of the quotes that say the opposite of content word `i`, in the nearest clause."""
        token = self.said[i]
        against = opposites().of(token.base)
        return self._nearest(token, [t for t in self._all if t.base in against])

    def _nearest(self, token: Token, found: Sequence[Token]) -> list[Match]:
        scored = [Match(t, self._shared(token, t)) for t in found]
        most = max((m.shared for m in scored), default=0.0)
        return [m for m in scored if m.shared == most]

    def _shared(self, said: Token, quoted: Token) -> float:
        """How much of what stands around two tokens is the same."""
        whole = next(some for some in self.quoted if any(t is quoted for t in some))
        near = {t.base for t in whole if t.clause == quoted.clause and t is not quoted}
        far = {t.base for t in whole if t.sentence == quoted.sentence and t is not quoted}
        total = 0.0
        for t in self.said:
            if t is not said and t.sentence == said.sentence:
                weight = _NAME if t.is_name else 1.0
                same_clause = t.clause == said.clause
                if t.base in near and same_clause:
                    total += weight
                elif t.base in far:
                    total += _NEAR * weight
        return total

    def objection(self) -> str | None:
        """Why the quotes deny what the sentence claims, or None."""
        for i, token in enumerate(self.said):
            matches, against = self.matches(i), self.opposed(i)
            own = matches[0].shared if matches else -1.0
            opposite = against[0].shared if against else -1.0
            if against and opposite > own and not any(t.base == against[0].token.base for t in self.said):
                if all(m.token.denied == token.denied for m in against):
                    return f"its quotes say “{against[0].token.word.written}”, not “{token.word.written}”"
                continue
            if not matches:
                continue
            if (token.struck or all(m.token.struck for m in matches)) and all(
                m.token.denied != token.denied for m in matches
            ):
                denies = "denies" if token.denied else "does not deny"
                return f"it {denies} “{token.word.written}”, otherwise than its quotes"
            if not any(_agree(token, m.token) for m in matches):
                return (
                    f"its quotes say “{_written(matches[0].token)}”, which is not as certain or as open as "
                    f"“{_written(token)}”"
                )
        return self._denial_lost() or self._order() or self._roles()

    def _denial_lost(self) -> str | None:
        """A negation that only one side has, on a word that the other side does not say."""
        bases = {t.base for t in self.said}
        any_denied = any(t.struck for t in self._all)
        for i, token in enumerate(self.said):
            if token.struck and not self.matches(i) and not self.opposed(i) and not any_denied:
                return f"its quotes do not deny “{token.word.written}”"
        for quoted in self._all:
            if not quoted.struck or quoted.base in bases or any(t.denied for t in self.said):
                continue
            reach = [t for t in self._all if t.clause == quoted.clause and t.denied and t is not quoted]
            free = {t.base for t in self._all if not t.denied}
            held = [t for t in reach if t.base in bases and t.base not in free]
            turned = any(quoted.base in opposites().of(t.base) for t in self.said)
            if reach and len(held) >= max(1, len(reach) / 2) and not turned:
                return f"its quotes deny “{quoted.word.written}”"
        return None

    def _order(self) -> str | None:
        """ "before" for "after", and the like, in front of the same word."""
        mine = _relations(self.sentence)
        theirs = [r for q in self.quotes for r in _relations(q)]
        for word, following in mine:
            rivals = {b if a == word else a for a, b in _ORDERS if word in (a, b)}
            same = [w for w, f in theirs if f == following]
            if word not in same and rivals & set(same):
                return f"its quotes say “{next(iter(rivals & set(same)))}”, not “{word}”"
        return None

    def _roles(self) -> str | None:
        """Who did it to whom, told the other way round."""
        for token in self.said:
            if token.is_name or token.base in _MUTUAL or token.word.written[0].isdigit():
                continue
            for some, quote in zip(self.quoted, self.quotes, strict=True):
                for other in some:
                    if other.base == token.base and not other.is_name:
                        clash = _clash(_sides(self.said, token, self.sentence), _sides(some, other, quote))
                        if clash and not self._elsewhere(token, other):
                            return f"its quotes tell otherwise who {token.word.written} whom"
        return None

    def _elsewhere(self, token: Token, other: Token) -> bool:
        """True when the quotes also hold the same word with the sides as the sentence has them."""
        mine = _sides(self.said, token, self.sentence)
        for some, quote in zip(self.quoted, self.quotes, strict=True):
            for t in some:
                if t.base == token.base and t is not other:
                    sides = _sides(some, t, quote)
                    if mine.doers & sides.doers and not _clash(mine, sides):
                        return True
        return False


@dataclass(frozen=True, slots=True)
class _Sides:
    doers: frozenset[str]
    done_to: frozenset[str]
    named_doers: frozenset[str]
    named_done_to: frozenset[str]


def _sides(tokens: Sequence[Token], verb: Token, text: str) -> _Sides:
    """The words that stand right before and behind a verb, as who does it and to whom it is done."""
    clause = [t for t in tokens if t.clause == verb.clause]
    at = next(i for i, t in enumerate(clause) if t is verb)
    before = _group(clause[:at][::-1], verb, text)
    behind = _group(clause[at + 1 :], verb, text)
    if verb.passive and verb.past:
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


def _clash(mine: _Sides, theirs: _Sides) -> bool:
    """True when doers and done-to have changed sides, or another name does it than in the quote."""
    if mine.named_doers & theirs.named_done_to and mine.named_done_to & theirs.named_doers:
        return not (mine.named_doers & theirs.named_doers or mine.named_done_to & theirs.named_done_to)
    crossed = bool(mine.doers & theirs.done_to) and bool(mine.done_to & theirs.doers)
    straight = bool(mine.doers & theirs.doers) or bool(mine.done_to & theirs.done_to)
    if crossed or straight:
        return not straight
    taken = mine.named_doers & theirs.done_to and theirs.named_doers
    given = mine.named_done_to & theirs.doers and not mine.doers
    other = mine.named_doers and theirs.named_doers and not mine.doers & theirs.doers
    return bool(taken or given or other)


def _agree(said: Token, quoted: Token) -> bool:
    """True when two tokens are equally certain, or nothing can be told."""
    mine, theirs = said.mood, quoted.mood
    if mine == theirs or _SETTLED.get(frozenset({mine, theirs})):
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


def _relations(text: str) -> list[tuple[str, str]]:
    """Words of order in time or place, each with the content word behind it."""
    lower = text
    for phrase, word in _SAME_ORDER.items():
        lower = re.sub(rf"\b{phrase}\b", word, lower, flags=re.IGNORECASE)
    sought = {w for pair in _ORDERS for w in pair}
    found = []
    tokens = read_claims(lower)
    for written in words(lower):
        plain = written.written.lower()
        if plain in sought:
            following = next((t.base for t in tokens if t.word.start > written.start), None)
            if following:
                found.append((plain, following))
    return found
