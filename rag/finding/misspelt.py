"""Names of a question that stand nowhere and are spelt almost as one that does: "Antny Blinken", "Belgum".

A name is read as another only where the word beside it stands beside that one, too, and a letter inside is left
out, put in or swapped: whose name has another letter ("Velt" and "Veit") or another end ("Daniel" and "Daniela")
may be somebody else. Where less speaks for it, the other name is only offered.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.words.names import ROLES
from rag.words.terms import Word, content_words, unowned, words

_SHORTEST = 4  # letters of a name that is read as another
_SHORTEST_OFFERED = 5  # and of both where another is offered
_MOST = 2  # names of one question
_MOST_PLAIN = 0.2  # how often a name may stand in small letters, too, for each time that it has a capital

Unheld = Callable[[Sequence[Word]], list[Word]]
Near = Callable[[str], Sequence[str]]
Texts = Callable[[Collection[str]], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Respelt:
    """A name as it is `written` in a question, from `start` on, and the one that is meant."""

    written: str
    meant: str
    start: int


class Spelling:
    """Knows the names of a library by which of some words are `unheld`, which terms are spelt `near` to one, and
    `texts` that hold all of some terms."""

    def __init__(self, unheld: Unheld, near: Near, texts: Texts) -> None:
        self._unheld = unheld
        self._near = near
        self._texts = texts

    def unknown(self, question: str) -> list[Word]:
        """The first words of a question that may be names and stand nowhere."""
        return self._unheld(_may_be_names(question))[:_MOST]

    def meant(self, question: str, unknown: Sequence[Word]) -> list[Respelt]:
        """Those of the unknown names of a question that are meant as others for certain."""
        found = []
        for word, before, after in _with_neighbours(question, unknown):
            named: set[str] = set()
            for term in self._near(word.term):
                for other, is_behind in ((before, False), (after, True)):
                    for text in self._texts((term, other.term)) if other else ():
                        named.update(_beside(text, term, other.term, is_behind) if other else ())
            if len(named) == 1 and _is_slip(unowned(word.written).lower(), (meant := named.pop()).lower()):
                found.append(Respelt(unowned(word.written), meant, word.start))
        return found

    def offered(self, unknown: Sequence[Word]) -> list[Respelt]:
        """The one name that begins alike and is spelt almost so, for each unknown word that has just one."""
        found = []
        for word in unknown:
            alike = [term for term in self._near(word.term) if term[0] == word.term[0]]
            names = [name for term in alike if (name := _as_name(term, self._texts((term,))))]
            if len(names) == 1 and min(len(names[0]), len(unowned(word.written))) >= _SHORTEST_OFFERED:
                found.append(Respelt(unowned(word.written), names[0], word.start))
        return found


def put_right(question: str, names: Sequence[Respelt]) -> str:
    """The question with these names as they are meant."""
    for one in sorted(names, key=lambda one: -one.start):
        question = question[: one.start] + one.meant + question[one.start + len(one.written) :]
    return question


def _may_be_names(question: str) -> list[Word]:
    """The words of a question that may be names: those with a capital, or all where no word inside it has one."""
    inside = any(w.written[0].isupper() for w in words(question)[1:])
    found = (w for w in content_words(question) if w.written[0].isupper() or not inside)
    return [
        w for w in found if (bare := unowned(w.written)).isalpha() and bare[1:].islower() and len(bare) >= _SHORTEST
    ]


def _with_neighbours(question: str, unknown: Sequence[Word]) -> Iterator[tuple[Word, Word | None, Word | None]]:
    """Each unknown word with the names, by their capitals if it has one, right before and behind it."""
    parsed = words(question)
    for word in unknown:
        i = parsed.index(word)
        before, after = parsed[i - 1] if i else None, parsed[i + 1] if i + 1 < len(parsed) else None
        yield word, _if_name(before, word), _if_name(after, word)


def _if_name(one: Word | None, beside: Word) -> Word | None:
    close = one is not None and min(abs(one.start - beside.end), abs(beside.start - one.end)) == 1
    return one if one and close and (one.written[0].isupper() or beside.written[0].islower()) else None


def _beside(text: str, term: str, other: str, is_behind: bool) -> Iterator[str]:
    """The names of a term that stand in a text right before another name's term, or behind it."""
    for first, second in pairwise(words(text)):
        name, beside = (first, second) if is_behind else (second, first)
        both = name.written[0].isupper() and beside.written[0].isupper()
        if both and (name.term, beside.term) == (term, other) and second.start - first.end <= 1:
            yield unowned(name.written)


def _as_name(term: str, some: Sequence[str]) -> str | None:
    """How a term is written in texts, when that is nearly always with a capital inside a sentence."""
    written: Counter[str] = Counter()
    for text in some:
        behind = (b for a, b in pairwise(words(text)) if text[a.end : b.start] in (" ", ", "))
        written.update(unowned(word.written) for word in behind if word.term == term)
    plain = sum(n for w, n in written.items() if w[0].islower())
    names = Counter({w: n for w, n in written.items() if w[0].isupper()})
    if not names or plain > _MOST_PLAIN * names.total():
        return None
    name = names.most_common(1)[0][0]
    return None if name.lower() in ROLES else name  # "Prime Minister"


def _is_slip(typed: str, meant: str) -> bool:
    """True when a letter is left out or put in, or two neighbours are swapped, but for the first and the last."""
    short, long = sorted((typed, meant), key=len)
    if len(long) == len(short) + 1:
        return any(long[:i] + long[i + 1 :] == short for i in range(1, len(long) - 1))
    swaps = (typed[:i] + typed[i + 1] + typed[i] + typed[i + 2 :] for i in range(1, len(typed) - 1))
    return len(typed) == len(meant) and any(swapped == meant for swapped in swaps)
