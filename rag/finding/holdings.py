"""What the library holds, told to whoever asks: counted, and listed by title, source and date."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches

from rag.asking.followup import Turn, standalone
from rag.asking.smalltalk import is_small_talk
from rag.briefings import BriefingSummary, Scope
from rag.finding.catalogue import Catalogue
from rag.finding.inquiries import Inquiry, gone_on, inquiry_in
from rag.finding.library_forms import may_go_on, may_inquire
from rag.library import Library
from rag.storage.profiles import Profile
from rag.words.terms import content_words

_LISTED = 10  # briefings, or sources
_READ = 5_000  # passages that hold the words asked for; where there are more, "at least" so many briefings do
_MOST_SOURCES = 4  # that are named in one line

Holding = Callable[[Collection[str], Scope, int], Sequence[Profile] | None]


@dataclass(frozen=True, slots=True)
class _Found:
    """The scope of the briefings that are asked for, None where there are none, and whether there may be more."""

    scope: Scope | None
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Talk:
    """The `earlier` questions of a conversation, but for those that ask for the newest or oldest of what one before
    them asked of the library, or of all where nothing was asked; and what a question `going_on` so asks, or None.
    """

    earlier: tuple[Turn, ...]
    going_on: Inquiry | None = None


class Holdings:
    """Replies to what is asked of a library, whose passages `holding` some terms are looked up."""

    def __init__(self, library: Library, catalogue: Callable[[], Catalogue], holding: Holding) -> None:
        self._library = library
        self._catalogue = catalogue
        self._holding = holding

    def inquiry(self, text: str, *, bare: bool = False) -> Inquiry | None:
        """What a question asks of the library; None for one that asks what the briefings report, and, unless `bare`
        ones count, for one that asks for the number of all."""
        if not may_inquire(text):
            return None
        catalogue = self._catalogue()
        return inquiry_in(text, catalogue, catalogue.newest or date.today(), bare=bare)

    def talk(self, question: str, earlier: Sequence[Turn]) -> Talk:
        """A conversation, as far as it asks of the library, up to this question."""
        if not any(map(may_go_on, (question, *(turn.question for turn in earlier)))):
            return Talk(tuple(earlier))
        kept: list[Turn] = []
        last: Inquiry | None = Inquiry("some")
        for turn in earlier:
            if last and (more := gone_on(last, turn.question)):
                last = more
                continue
            if not is_small_talk(turn.question) or may_inquire(turn.question):
                full = standalone(turn.question, kept).text
                last = self.inquiry(turn.question, bare=True) or self.inquiry(full)
            kept.append(turn)
        return Talk(tuple(kept), last and gone_on(last, question))

    def reply(self, inquiry: Inquiry, limits: Scope) -> str | None:
        """What is told of the briefings within the limits: a line that says exactly what was counted, and one for
        each that is listed. None when there are none at all, or when the words cannot be looked up. Raises
        NotFoundError for a briefing of the limits that does not exist."""
        if not self._library.within(limits, 1):
            return None
        if inquiry.kind == "span":
            return self._span(limits)
        if inquiry.kind == "sources":
            return self._sources(limits)
        if inquiry.unknown:
            return self._unknown(inquiry.unknown)
        found = self._within(inquiry, limits)
        if found is None:
            return None
        scope, at_least = found.scope, "at least " if found.is_cut else ""
        number = self._library.count_within(scope) if scope is not None else 0
        total = self._library.count_within(limits)
        within = " within the limits" if limits else ""
        head = f"Briefings{within or ' in the library'}: {total:,}."
        if asked := _asked(inquiry):
            head = f"Briefings {asked}: {at_least}{f'{number:,}' if number else 'none'} of {total:,}{within}."
        listed = self._listed(inquiry, scope, number) if scope is not None and number else ()
        return "\n".join([head, *listed])

    def some(self, named: str, talk: Talk) -> Inquiry | None:
        """The briefings that words name in a conversation ("the newest one", "all briefings of May"); None for
        simply all, and for something else."""
        inquiry = self.inquiry(f"list {named}") or talk.going_on
        return inquiry if inquiry and inquiry.is_for_some else None

    def asked_for(self, inquiry: Inquiry, limits: Scope, told: Collection[str] = ()) -> tuple[str, ...]:
        """The ids of the briefings that are asked for within the limits, or of as many behind those that were
        `told` of; none where their words cannot be looked up."""
        found = self._within(inquiry, limits)
        if found is None or found.scope is None:
            return ()
        inquiry = replace(inquiry, number=inquiry.number + len(told))
        most = _READ if inquiry.kind == "some" else max(_LISTED, inquiry.number)
        ids = (one.briefing_id for one in self._ends(inquiry, found.scope, most))
        return tuple(one for one in ids if one not in told)

    def _within(self, inquiry: Inquiry, limits: Scope) -> _Found | None:
        """Where the briefings lie that are asked for; None where their words cannot be looked up."""
        scope = None if inquiry.unknown else both(limits, inquiry.scope)
        if scope is None or not inquiry.topics:
            return _Found(scope)
        return self._mentioning(inquiry.topics, scope)

    def _ends(self, inquiry: Inquiry, scope: Scope, most: int) -> Sequence[BriefingSummary]:
        """The briefings in a scope, or its newest or oldest, of which several may be of one day."""
        shown = self._library.listed(scope, most, oldest=inquiry.kind == "oldest")
        if inquiry.kind == "some":
            return shown
        alike = [one for one in shown if one.published == shown[0].published]
        return shown[: inquiry.number] if inquiry.number > 1 else alike

    def _listed(self, inquiry: Inquiry, scope: Scope, number: int) -> list[str]:
        """The lines of the briefings in a scope, or of its newest or oldest, and what stands above them."""
        shown = self._ends(inquiry, scope, max(_LISTED, inquiry.number))
        if inquiry.kind != "some":
            return [f"The {inquiry.kind}:", *map(_line, shown)]
        above = ["Newest first:"] if number > 1 else []
        rest = [f"… and {number - len(shown):,} more."] if number > len(shown) else []
        return [*above, *map(_line, shown), *rest]

    def _mentioning(self, topics: Sequence[str], scope: Scope) -> _Found | None:
        """The briefings with a passage that holds all words of one of the topics, itself or in its headings."""
        ids: dict[str, None] = {}
        is_cut = False
        for topic in topics:
            terms = frozenset(w.term for w in content_words(topic))
            found = self._holding(terms, scope, _READ)
            if found is None:
                return None
            is_cut = is_cut or len(found) == _READ
            for one in found:  # the index also finds them by their source and their day
                if terms <= {t for held in (one.headings, *one.sentences) for t in held.split()}:
                    ids[one.briefing_id] = None
        return _Found(Scope(tuple(ids)) if ids else None, is_cut)

    def _span(self, limits: Scope) -> str:
        counts = self._library.counts(limits)
        if counts.oldest is None or counts.newest is None:
            return "No briefing has a date."
        undated = counts.briefings - counts.dated
        without = f"; without a date: {undated:,}" if undated else ""
        days = f"{_day(counts.oldest)} to {_day(counts.newest)}"
        return f"Briefings{' within the limits' if limits else ''} dated {days}: {counts.dated:,}{without}."

    def _sources(self, limits: Scope) -> str:
        counts = self._library.counts(limits).by_source
        by_size = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
        lines = [f"{source} · {_number(n, 'briefing')}" for source, n in by_size[:_LISTED]]
        rest = [f"… and {len(by_size) - _LISTED:,} more."] if len(by_size) > _LISTED else []
        head = f"Sources of the briefings{' within the limits' if limits else ''}: {len(by_size):,}."
        return "\n".join([head, *lines, *rest])

    def _unknown(self, name: str) -> str:
        known = sorted({source for sources in self._catalogue().named.values() for source in sources})
        near = get_close_matches(name, known, 1)
        return f"No source of the briefings is called “{name}”.{f' Did you mean “{near[0]}”?' if near else ''}"


def in_words(scope: Scope) -> str:
    """The sources and days that a scope is limited to: “from The Courier, dated 3 May 2031 or later”."""
    told = []
    if sources := scope.sources:
        rest = len(sources) - _MOST_SOURCES
        told.append(f"from {_or([*sources[:_MOST_SOURCES], *([_number(rest, 'other')] if rest > 0 else [])])}")
    since, until = scope.since, scope.until
    if since and until:
        told.append(f"dated {_day(since)}" + (f" to {_day(until)}" if until != since else ""))
    elif since or until:
        told.append(
            f"dated {_day(since)} or later" if since else f"dated {_day(until)} or earlier" if until else ""
        )
    return ", ".join(told)


def both(limits: Scope, asked: Scope) -> Scope | None:
    """What lies within the limits and is asked for; None when that is nothing for certain."""
    sources = tuple(s for s in asked.sources if not limits.sources or s in limits.sources)
    if asked.sources and not sources:
        return None
    since = max(filter(None, (limits.since, asked.since)), default=None)
    until = min(filter(None, (limits.until, asked.until)), default=None)
    return replace(limits, since=since, until=until, sources=sources or limits.sources)


def _asked(inquiry: Inquiry) -> str:
    """Which briefings are asked for, exactly as they are looked for; "" for all."""
    told = []
    if limits := in_words(inquiry.scope):
        told.append(limits)
    if inquiry.topics:
        written = [[w.written for w in content_words(topic)] for topic in inquiry.topics]
        topics = _or([" and ".join(f"“{w}”" for w in dict.fromkeys(some)) for some in written])
        together = "together in one passage" if any(len(some) > 1 for some in written) else "in their text"
        told.append(f"with {topics}, in any form of the word, {together} or its headings")
    return ", ".join(told)


def _or(some: Sequence[str]) -> str:
    return some[0] if len(some) == 1 else f"{', '.join(some[:-1])} or {some[-1]}"


def _number(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def _line(one: BriefingSummary) -> str:
    return " · ".join(filter(None, (f"“{one.title}”", one.source, _day(one.published))))


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""
