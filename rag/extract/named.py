"""The names of a question, and whether whole briefings hold them."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.asking.question import Question
from rag.extract.readings import Phrases, WholeText, plainly
from rag.words.names import ROLES, SAME_START, bare, same_name
from rag.words.terms import Word, starts_of, words
from rag.words.thesaurus import Thesaurus


@dataclass(frozen=True, slots=True)
class AskedName:
    """A name of a question: as it is `written`, compared and without its ending, what means the `same`, and how all
    words begin that hold it, in lower case and without accents."""

    written: str
    term: str
    plain: str
    same: Phrases
    starts: tuple[str, ...]

    @staticmethod
    def of(word: Word, synonyms: set[str]) -> "AskedName":
        """A name, made ready to be looked for."""
        plain = bare(word.written)
        starts = {*starts_of(word.term), plainly(word.written), plainly(plain[:SAME_START])}
        shortest = tuple(s for s in starts if not any(s != other and s.startswith(other) for other in starts))
        return AskedName(word.written, word.term, plain, Phrases.of(synonyms), shortest)

    def is_in(self, whole: WholeText) -> bool:
        """True when a briefing holds it: as it is, by demonym, or by alias ("U.S.")."""
        return self._stands_in(whole) or whole.says(self.same)

    def _stands_in(self, whole: WholeText) -> bool:
        begun = False
        for form in whole.beginning(self.starts):
            if form.term == self.term and form.tells and same_name(form.lower, self.plain):
                return True
            begun = True
        return begun and whole.holds_akin(self.plain)


class AskedNames:
    """The names of one question, which whole briefings hold or lack: each is looked for once in each."""

    def __init__(self, question: Question, thesaurus: Thesaurus) -> None:
        parsed = words(question.text) if question.names else []
        at = {w.start: i for i, w in enumerate(parsed)}
        self.all = [AskedName.of(w, thesaurus.other_names(parsed, at[w.start])) for w in question.names]
        # Those that a briefing must hold, in the order in which they are looked for.
        self._order = [i for i, w in enumerate(question.names) if not _is_rank(parsed, at[w.start])]
        self._held: dict[tuple[WholeText, int], bool] = {}

    def lost_in(self, whole: WholeText) -> tuple[str, ...]:
        """The names that a briefing does not hold."""
        return tuple(self.all[i].written for i in sorted(self._order) if not self._holds(whole, i))

    def any_lost_in(self, whole: WholeText) -> bool:
        """True when a briefing does not hold every name; what one lacks, others are likely to lack as well."""
        lost = next((i for i in self._order if not self._holds(whole, i)), None)
        if lost is not None:
            self._order.remove(lost)
            self._order.insert(0, lost)
        return lost is not None

    def is_lost_in(self, whole: WholeText, written: str) -> bool:
        """True for a name that a briefing does not hold."""
        return any(self.all[i].written == written and not self._holds(whole, i) for i in self._order)

    def _holds(self, whole: WholeText, i: int) -> bool:
        key = whole, i
        if key not in self._held:
            self._held[key] = self.all[i].is_in(whole)
        return self._held[key]


def _is_rank(parsed: Sequence[Word], i: int) -> bool:
    """True for the "Prime" and the "Minister" of "Prime Minister Holm": a briefing about Holm need not say them."""
    while parsed[i].written.lower() in ROLES:
        follows = i + 1 < len(parsed) and parsed[i + 1].start == parsed[i].end + 1
        if not follows or not parsed[i + 1].written[0].isupper():
            return False
        i += 1
        if parsed[i].written.lower() not in ROLES:
            return True
    return False
