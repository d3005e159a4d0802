"""Proper names in text, and whether another text holds them: as they are, as a demonym, or as an acronym."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rag.words.sentences import sentence_spans
from rag.words.terms import Word, is_stop_word, unowned, words
from rag.words.values import CARDINALS, ORDINALS, WEEKDAYS, month_of

SAME_START = 4  # letters that a place and its people share at least
_PLACES = frozenset({"", "a", "ain", "e", "en", "ey", "ia", "on", "y"})
_PEOPLES = frozenset({"an", "ean", "er", "ese", "i", "ian", "ish", "lan", "n"})
_NOT_AKIN = frozenset({frozenset({"niger", "nigerian"}), frozenset({"dominica", "dominican"})})
_ALIASES: tuple[tuple[str, ...], ...] = tuple(
    tuple(name.strip() for name in line.split(","))
    for line in """us, u.s, usa, united states, united states of america, america, american, americans
    uk, u.k, united kingdom, britain, british
    eu, e.u, european union
    un, u.n, united nations
    netherlands, dutch
    france, french
    greece, greek
    denmark, danish
    switzerland, swiss
    turkey, turkish, türkiye
    spain, spanish
    poland, polish
    wales, welsh
    ireland, irish
    scotland, scottish
    philippines, philippine, filipino""".splitlines()
)
ROLES = frozenset(
    """president prime minister secretary state general king queen prince princess governor mayor senator chancellor
    judge justice captain colonel professor doctor dr mr mrs ms sir lord lady chief director chair chairman
    chairwoman spokesman spokeswoman spokesperson ambassador commissioner foreign finance defence defense interior
    deputy vice lieutenant major sergeant bishop pope premier speaker leader head""".split()
)
# These, and what else may stand before somebody's name.
OFFICES = ROLES | frozenset(
    """admiral commodore baron baroness dame archbishop cardinal analyst envoy mediator negotiator mp ceo cfo cto
    boss coach manager chairperson treasurer founder lawyer economist""".split()
)
_OPENERS = frozenset(
    """meanwhile overall additionally also together similarly likewise instead due despite nearly roughly around
    approximately half officials residents people police experts analysts researchers authorities talks""".split()
)
_ACRONYMS = frozenset({"WHO", "IT", "US"})  # that are common words in lower case
_COMMON_TOO = frozenset("Will May Show List Name Just More Most Tell Give Own".split())  # beside another name


@dataclass(frozen=True, slots=True)
class Name:
    """A word of a name; `sure` is False where any word would have a capital (at the start of a sentence)."""

    word: Word
    plain: str
    sure: bool


def plain_name(written: str) -> str:
    """A name as it is compared: lower case, without accents and possessive; never stemmed ("Roberts")."""
    folded = "".join(c for c in unicodedata.normalize("NFKD", written) if not unicodedata.combining(c))
    return unowned(folded.lower().replace("ł", "l").replace("ø", "o"))


@lru_cache(maxsize=2048)
def names_in(text: str) -> tuple[Name, ...]:
    """The names of a text: words with a capital, or with digits among letters, but no days, months or numbers."""
    found: list[Name] = []
    parsed = words(text)
    content = [w for w in parsed if not is_stop_word(w.written)]
    capitals = sum(w.written[0].isupper() for w in content)
    headline = len(content) >= 4 and capitals == len(content)
    starts = [w.start for w in parsed]
    starts.append(len(text))  # of none
    firsts = {starts[bisect_left(starts, span.start)] for span in sentence_spans(text)}
    for i, word in enumerate(parsed):
        if (
            not (_looks_like_a_name(word.written) or _is_named_like_a_word(parsed, i))
            or text[max(0, word.start - 1) : word.start] == "°"
        ):
            continue
        opening = text[max(0, word.start - 2) : word.start].strip()[-1:] in ('"', "'", ":", "|", "(")
        followed = (
            i + 1 < len(parsed)
            and _looks_like_a_name(parsed[i + 1].written)
            and parsed[i + 1].start == word.end + 1
        )
        role = plain_name(word.written) in ROLES
        sure = not headline and not ((word.start in firsts or opening) and (not followed or role))
        if not sure and (word.written.lower().endswith("ly") or plain_name(word.written) in _OPENERS):
            continue
        found.append(Name(word, plain_name(word.written), sure))
    return tuple(found)


def _is_named_like_a_word(parsed: Sequence[Word], i: int) -> bool:
    """True for the "Will" of "Will Smith" and the "Show" of "Morning Show"."""
    beside = [
        other.written
        for j in (i - 1, i + 1)
        if 0 <= j < len(parsed) and abs((other := parsed[j]).start - parsed[i].start) <= len(other.written) + 5
    ]
    return i > 0 and parsed[i].written in _COMMON_TOO and any(_looks_like_a_name(w) for w in beside)


def _looks_like_a_name(written: str) -> bool:
    letters = any(c.isalpha() for c in written)
    coded = letters and written[0].isdigit() and any(c.isupper() for c in written)
    if not (written[0].isupper() or coded):
        return False
    lower = written.lower()
    calendar = lower in WEEKDAYS or lower.rstrip("s") in WEEKDAYS or month_of(written) is not None
    common = is_stop_word(written) and written not in _ACRONYMS
    return not (calendar or common or lower in CARDINALS or lower in ORDINALS or lower == "i")


@dataclass(frozen=True, slots=True)
class _Held:
    """What of a text names are looked up in: its words as names, as one line, and the initials of its names."""

    plain: tuple[str, ...]
    capital: tuple[bool, ...]
    run: str
    initials: frozenset[str]

    @staticmethod
    @lru_cache(maxsize=2048)
    def of(text: str) -> "_Held":
        """The reading of a text; kept, because the same paragraphs are read for many sentences."""
        parsed = words(text)
        plain = tuple(plain_name(w.written) for w in parsed)
        capital = tuple(w.written[0].isupper() for w in parsed)
        return _Held(plain, capital, f" {' '.join(plain)} ", frozenset(_initials(parsed)))


class HeldNames:
    """The words of some texts, made ready for names to be looked up in them."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._held = [_Held.of(t) for t in texts]
        self.plain = frozenset(p for h in self._held for p in h.plain)
        self.capitals = frozenset(
            p for h in self._held for p, capital in zip(h.plain, h.capital, strict=True) if capital
        )
        self._initials = frozenset(i for h in self._held for i in h.initials)

    def _side_by_side(self, phrase: str) -> bool:
        return any(f" {phrase} " in h.run for h in self._held)

    def holds(self, name: Name) -> bool:
        """True when a text holds this word of a name, as it is, as its people or place, or as its initials."""
        plain = name.plain
        if plain in self.plain or plain.replace(".", "") in self.plain:
            return True
        if any(self._side_by_side(f"{plain[:k]} {plain[k:]}") for k in range(3, len(plain) - 2)):
            return True  # "Southeast", "South East"
        if any(akin(plain, other) for other in self.capitals):
            return True
        letters = plain.replace(".", "")
        return name.word.written.isupper() and len(letters) >= 2 and letters in self._initials

    def holds_alias(self, phrase: str) -> bool:
        """True when a text holds another name of the same thing ("US" for "United States")."""
        for group in _ALIASES:
            if phrase in group:
                return any(self._side_by_side(other) for other in group)
        return False

    def holds_side_by_side(self, first: str, second: str) -> bool:
        """True when the two words stand beside each other in a text, in this order."""
        return self._side_by_side(f"{first} {second}")

    def holds_in_a_row(self, plain: Sequence[str]) -> bool:
        """True when the words stand together in a text, with nothing but "of", "the" and the like between."""
        pattern = r" (?:(?:of|the|for|and|on|in) )*".join(map(re.escape, plain))
        return any(re.search(f" {pattern} ", h.run) for h in self._held)

    def beside(self, first: str, second: str) -> tuple[bool, bool]:
        """Whether another name stands right behind the first of two names, and right before the second."""
        follows = precedes = False
        for held in self._held:
            for (a, one), (b, other) in pairwise(zip(held.plain, held.capital, strict=True)):
                follows = follows or (one and other and a == first and b not in ROLES)
                precedes = precedes or (one and other and b == second and a not in ROLES)
        return follows, precedes

    def is_common(self, plain: str) -> bool:
        """True when a text also writes the word without a capital."""
        return any((plain, False) in zip(h.plain, h.capital, strict=True) for h in self._held)


def alias_spans(names: Sequence[Name]) -> list[tuple[int, int, str]]:
    """Runs of names, as indexes first and past the last, that are an alias of something, longest first."""
    found = []
    for i in range(len(names)):
        for j in range(min(len(names), i + 4), i, -1):
            phrase = " ".join(n.plain for n in names[i:j])
            if any(phrase in group for group in _ALIASES):
                found.append((i, j, phrase))
                break
    return found


def akin(a: str, b: str) -> bool:
    """True for a place and its people, which share their stem: "israeli", "israel"; both in lower case."""
    stem = 0
    while stem < min(len(a), len(b)) and a[stem] == b[stem]:
        stem += 1
    if stem < SAME_START or frozenset({a.removesuffix("s"), b.removesuffix("s")}) in _NOT_AKIN:
        return False
    if a.removesuffix("s") == b.removesuffix("s"):  # "Israelis", but not "Roberts"
        return a != b and a.removesuffix("s").endswith(("i", "an", "ean"))
    one, other = (word[stem:].removesuffix("s") for word in (a, b))
    return (one in _PLACES and other in _PEOPLES) or (other in _PLACES and one in _PEOPLES)


def same_name(a: str, b: str) -> bool:
    """True for two words of the same term, both in lower case, that may be one name: alike but for accents, dots
    and a plural. "Declare" is no "declaration", though both have one stem."""
    one, other = sorted((_spelt(a), _spelt(b)), key=len)
    return other in (one, f"{one}s", f"{one}es") or (one.endswith("y") and other == f"{one[:-1]}ies")


@lru_cache(maxsize=8192)
def _spelt(written: str) -> str:
    return plain_name(written).replace(".", "")


def bare(written: str) -> str:
    """A word in lower case, up to its apostrophe."""
    return re.split(r"['’]", written.lower(), maxsplit=1)[0]


def _initials(parsed: Sequence[Word]) -> set[str]:
    """The initials of every run of two or more words with capitals ("World Health Organization": "who")."""
    found: set[str] = set()
    run: list[str] = []
    for word in parsed:
        if word.written[0].isupper() and len(word.written) > 1:
            run.append(word.written[0].lower())
            found.update("".join(run[k:]) for k in range(len(run) - 1))
        elif word.written.lower() not in ("of", "the", "for", "and", "on", "in"):
            run = []
    return found
