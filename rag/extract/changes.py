"""What changed between two briefings on one subject: the sentences of the later one that tell something of the
earlier one otherwise, each behind the sentence that it changes."""

from collections.abc import Collection, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from rag.briefings import Briefing
from rag.extract.candidates import Candidate
from rag.extract.quantities import count_the_same
from rag.extract.readings import ReadText
from rag.extract.subjects import telling_in
from rag.extract.summaries import gist_of

_MOST = 4  # changes
_FEW = 2  # below which what the later one is about is told, too
_ALIKE = (
    0.35  # the share of the words of the shorter sentence that both have, where they count the same differently
)
_NEARLY_ALIKE = 0.6  # and where they do not
_FEWEST = 2  # words that both have
_ROW = 0.5  # what a row of a table counts, of which many are alike


class _Change(NamedTuple):
    """How sure it is that one sentence tells another one otherwise."""

    weight: float
    before: Candidate
    after: Candidate


def changes(earlier: Briefing, later: Briefing, about: Collection[str] = ()) -> list[Candidate]:
    """The sentences that tell what changed: of the earlier briefing, and behind it of the later one, change by
    change in the order of the later one; where there are hardly any, then what the later one is about. Empty where
    they tell nothing of the same. Where some hold a term of what they should be `about`, only these count."""
    every = sorted(_changes(telling_in(earlier), telling_in(later)), key=lambda change: -change.weight)
    own = [one for one in every if not {*_words(one.before), *_words(one.after)}.isdisjoint(about)]
    every = own or every
    chosen: list[_Change] = []
    for change in every:
        if len(chosen) < _MOST and not any(
            change.before is one.before or change.after is one.after for one in chosen
        ):
            chosen.append(change)
    chosen.sort(key=lambda change: change.after.start)
    told = list(chain.from_iterable((one.before, one.after) for one in chosen))
    if chosen and len(chosen) < _FEW and not own:
        told += [c for c in gist_of(later) if all(c.start != one.after.start for one in chosen)]
    return told


def _changes(before: Sequence[Candidate], after: Sequence[Candidate]) -> Iterator[_Change]:
    words = [[_words(c) for c in side] for side in (before, after)]
    for old, its in zip(before, words[0], strict=True):
        for new, own in zip(after, words[1], strict=True):
            both = its & own
            if len(both) < _FEWEST or old.text == new.text or (old.paragraph.kind != new.paragraph.kind):
                continue
            alike = len(both) / min(len(its), len(own))
            counts = count_the_same(old.text, new.text)
            if alike >= (_ALIKE if counts else _NEARLY_ALIKE):
                weight = (alike + counts) * (_ROW if new.paragraph.kind == "table_row" else 1.0)
                yield _Change(weight, old, new)


def _words(candidate: Candidate) -> frozenset[str]:
    """The content words of a sentence, without numbers."""
    return frozenset(term for term in ReadText.of(candidate.text).terms if not any(map(str.isdigit, term)))
