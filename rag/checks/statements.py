"""A sentence and its quotes side by side: which of their words say the same, or the opposite, of the same thing."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.words.grammar import Token, read_claims
from rag.words.opposites import opposites
from rag.words.thesaurus import Thesaurus, news_thesaurus, phrases

_NEAR = 0.25  # what a shared word counts that stands in the same sentence but another clause
_NAME = 2.0


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why, for the reader; `sure` when the quotes speak against the sentence, False when code cannot tell."""

    sure: bool
    reason: str


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
        self._matches: dict[int, list[Match]] = {}
        self._opposed: dict[int, list[Match]] = {}
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
        if i in self._matches:
            return self._matches[i]
        token = self.said[i]
        found = [t for t in self._all if t.base == token.base]
        if not found:
            single = {p for p in self.synonyms(i) if " " not in p} | opposites().same_side(token.base)
            found = [t for t in self._all if t.word.term in single or t.base in single]
        self._matches[i] = self._nearest(token, found)
        return self._matches[i]

    def everywhere(self, i: int) -> list[Token]:
        """All tokens of the quotes that say content word `i` of the sentence itself."""
        return [t for t in self._all if t.base == self.said[i].base]

    def opposed(self, i: int) -> list[Match]:
        """The tokens of the quotes that say the opposite of content word `i`, in the nearest clause."""
        if i not in self._opposed:
            token = self.said[i]
            against = opposites().of(token.base)
            self._opposed[i] = self._nearest(token, [t for t in self._all if t.base in against])
        return self._opposed[i]

    def _nearest(self, token: Token, found: Sequence[Token]) -> list[Match]:
        scored = [Match(t, self._shared(token, t)) for t in found]
        most = max((m.shared for m in scored), default=0.0)
        return [m for m in scored if m.shared == most]

    def _shared(self, said: Token, quoted: Token) -> float:
        """How much of what stands around two tokens is the same."""
        whole = self._whole(quoted)
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

    def near_clause(self, some: Token) -> set[str]:
        """What stands in the clause of a token of either side."""
        whole = self.said if any(t is some for t in self.said) else self._whole(some)
        return {t.base for t in whole if t.clause == some.clause}

    def _whole(self, quoted: Token) -> tuple[Token, ...]:
        return next(some for some in self.quoted if any(t is quoted for t in some))
