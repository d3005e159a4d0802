"""Words that news English uses for the same thing ("kidnapped", "abducted"), from `thesaurus.txt`."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

from rag.words.terms import Word, term, words

LONGEST = 3  # words in a phrase
SYNONYM = 0.9  # what a word counts that stands for another, where the word itself counts 1
RELATED = 0.6  # what a related word counts


class Thesaurus:
    """Groups of interchangeable or related words and phrases, and general words with their kinds.

    Everything is compared by terms (see `rag.words.terms`), a phrase by its terms with one space between.
    """

    def __init__(self, text: str) -> None:
        """Read lines of `a, b, c` (interchangeable), `> general, kind, kind` and `~ a, b, c` (related); `#`
        starts a comment. A word with a capital is a name."""
        self._names: set[str] = set()
        self._same: dict[str, set[str]] = defaultdict(set)
        self._related: dict[str, set[str]] = defaultdict(set)
        for line in text.splitlines():
            line = line.strip()
            if not line or line.startswith("#"):
                continue
            members = [member.strip() for member in line.lstrip(">~").split(",")]
            keys = [_key(member) for member in members]
            self._names.update(key for key, member in zip(keys, members, strict=True) if member[:1].isupper())
            table = self._related if line.startswith("~") else self._same
            for asked in keys[:1] if line.startswith(">") else keys:
                table[asked].update(k for k in keys if k != asked)

    def synonyms(self, parsed: Sequence[Word], i: int) -> set[str]:
        """The terms and phrases that may stand for word `i` of a question, alone or in a phrase around it."""
        return _partners(self._same, parsed, i)

    def other_names(self, parsed: Sequence[Word], i: int) -> set[str]:
        """What may stand for word `i` of a question where it is a name, alone or in a phrase around it; not what
        stands for it alone where it is a common word as well, but for names: a claim is no "Declare", "the Strip"
        may be Gaza."""
        key = parsed[i].term
        common = self._same.get(key, set()) - self._names if self.knows(key) else set()
        return self.synonyms(parsed, i) - common

    def related(self, parsed: Sequence[Word], i: int) -> set[str]:
        """The terms and phrases that are about the same as word `i`, alone or in a phrase around it."""
        return _partners(self._related, parsed, i)

    def knows(self, key: str) -> bool:
        """True for a term or phrase that it has a line for, but for a name."""
        return (key in self._same or key in self._related) and key not in self._names


def _partners(table: Mapping[str, set[str]], parsed: Sequence[Word], i: int) -> set[str]:
    found: set[str] = set()
    around = [w.term for w in parsed[max(0, i - LONGEST + 1) : i + LONGEST]]
    at = min(i, LONGEST - 1)
    for first in range(at + 1):
        key = " ".join(around[first:at])
        for last in range(at, min(len(around), first + LONGEST)):
            key = f"{key} {around[last]}" if key else around[last]
            if key in table:
                found |= table[key]
    return found


def phrases(terms: Sequence[str]) -> Iterator[str]:
    """All runs of one to three terms of a text, each as one key."""
    for n in range(1, LONGEST + 1):
        for i in range(len(terms) - n + 1):
            yield " ".join(terms[i : i + n])


@cache
def news_thesaurus() -> Thesaurus:
    """The thesaurus that comes with the program."""
    return Thesaurus(files("rag.words").joinpath("thesaurus.txt").read_text("utf-8"))


def _key(member: str) -> str:
    return " ".join(w.term for w in words(member)) or term(member)
