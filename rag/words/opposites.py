"""Words of which one denies the other ("rose", "fell"), from `opposites.txt`."""

from functools import cache
from importlib.resources import files

from rag.words.terms import term


class Opposites:
    """Pairs of words of which one denies the other."""

    def __init__(self, text: str) -> None:
        """Read lines of `a, b | c, d`; `#` starts a comment."""
        self._against: dict[str, set[str]] = {}
        self._beside: dict[str, set[str]] = {}
        for line in text.splitlines():
            if line.strip() and not line.startswith("#"):
                left, right = ([term(w.strip()) for w in side.split(",")] for side in line.split("|"))
                for some, others in ((left, right), (right, left)):
                    for word in some:
                        self._against.setdefault(word, set()).update(others)
                        self._beside.setdefault(word, set()).update(some)

    def of(self, base: str) -> frozenset[str]:
        """The opposites of a word, all by their terms."""
        return frozenset(self._against.get(base, ()))

    def same_side(self, base: str) -> frozenset[str]:
        """The words that stand on its side against the same opposites."""
        return frozenset(self._beside.get(base, ()))


@cache
def opposites() -> Opposites:
    """The opposites that come with the program."""
    return Opposites(files("rag.words").joinpath("opposites.txt").read_text("utf-8"))
