"""What may stand for the words of a question in a passage: their synonyms, as the index knows them."""

from collections.abc import Collection, Set

from rag.words.terms import is_stop_word, stop_terms, words
from rag.words.thesaurus import Thesaurus


class StandIns:
    """What may stand for the words of one question but its names, which stand for themselves."""

    def __init__(self, question: str, thesaurus: Thesaurus) -> None:
        self.same: dict[str, set[str]] = {}  # for each term of the question the terms that mean the same
        self._by_first: dict[str, list[tuple[str, str]]] = {}
        parsed = words(question)
        for i, word in enumerate(parsed):
            if not is_stop_word(word.written) and (i == 0 or not word.written[:1].isupper()):
                for key in thesaurus.synonyms(parsed, i):
                    self._add(word.term, key)

    def _add(self, asked: str, key: str) -> None:
        terms = [t for t in key.split() if t not in stop_terms()]  # the index holds no others
        if len(terms) > 1:
            self._by_first.setdefault(terms[0], []).append((asked, " ".join(terms)))
        elif terms == [key]:
            self._by_first.setdefault(key, []).append((asked, key))
            self.same.setdefault(asked, set()).add(key)

    @property
    def terms(self) -> Set[str]:
        """The terms that stand for others, or with which phrases begin that do."""
        return self._by_first.keys()

    def within(self, terms: Collection[str], text: str) -> set[str]:
        """The terms of the question that something in a text stands for. The text is its terms in order, a space
        between; these `terms` are among them."""
        found = self._by_first.keys() & terms
        if not found:  # as in most texts
            return set()
        said = f" {text} "
        return {
            asked for first in found for asked, key in self._by_first[first] if key == first or f" {key} " in said
        }
