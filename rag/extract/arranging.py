"""In which order an overview tells what several briefings say of its topic, and how it goes on."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import chain

from rag.briefings import Briefing
from rag.extract.candidates import Candidate
from rag.extract.readings import ReadText
from rag.extract.summaries import telling_of

MOST = 5  # briefings
OF_EACH = 2  # sentences, where several are told of
OF_ONE = 4
_TWINS = 0.6  # the share of the terms of the shorter beginning that two reports of the same have in common


def arranged(
    gists: Sequence[list[Candidate]],
    others: Sequence[list[Candidate]],
    topic: Collection[str],
    *,
    in_order: bool,
    most: int | None = None,
) -> list[Candidate]:
    """The first sentences of groups, each of one briefing: of those about the topic, the newest first, then of
    others; or all `in_order` of time; at `most` so many. Of two that say the same of the topic, which has
    these terms, the newer one's."""
    some = [*newest_first(gists[:MOST]), *newest_first(others[: max(0, MOST - len(gists))])]
    if most:
        some = some[: 1 if len(gists) == 1 else most]
    some = list(_apart(some, topic))
    of_each = [OF_ONE] if len(some) == 1 else [OF_EACH] * len(some)
    if len(gists) == 1 < len(some):  # what it tells is what is wanted
        of_each = [OF_ONE - 1, *[1] * (len(some) - 1)]
    if most and some:
        each, left = divmod(most, len(some))
        of_each = [each + (i < left) for i in range(len(some))]
    first = [sorted(group[:n], key=lambda c: c.start) for group, n in zip(some, of_each, strict=True)]
    if in_order:
        first.sort(key=lambda group: _day(group[0].briefing))
    return list(chain.from_iterable(first))


def left_of(
    groups: Sequence[list[Candidate]], titled: Collection[str], topic: Collection[str], said: str
) -> list[list[Candidate]]:
    """What is left of the groups when some was `said`: those first of which nothing was, and of briefings that are
    about the topic as a whole, of which the `titled` are the ids, all that they tell."""
    left: list[list[Candidate]] = []
    begun: list[list[Candidate]] = []
    for group in _apart([*newest_first(groups[:MOST]), *newest_first(groups[MOST:])], topic):
        rest = [c for c in group if c.text not in said]
        (left if len(rest) == len(group) else begun).append(rest)
        if (one := group[0].briefing).briefing_id in titled:
            rest[:] = telling_of(one, said)
    return [group for group in (*left, *begun) if group]


def newest_first(groups: Sequence[list[Candidate]]) -> list[list[Candidate]]:
    """The groups, each of one briefing, newest first."""
    return sorted(groups, key=lambda group: _day(group[0].briefing), reverse=True)


def _apart(groups: Sequence[list[Candidate]], topic: Collection[str]) -> Iterator[list[Candidate]]:
    """The groups whose first sentence does not say of the topic what that of one before says."""
    before: list[set[str]] = []
    for group in groups:
        said = set(ReadText.of(group[0].text).terms).difference(topic)
        if not any(twins(said, other) for other in before if other):
            yield group
        before.append(said)


def twins(said: set[str], other: set[str]) -> bool:
    """True for the terms of two sentences, or beginnings, that say the same."""
    return len(said & other) >= _TWINS * min(len(said), len(other))


def _day(briefing: Briefing) -> date:
    return briefing.published or date.min
