"""Questions about the library itself: how many briefings mention the strike, which are from the Courier.

A question is one only when all of its words are read: what is asked for, and where it is from, when it was
published, or which words it holds. Whatever else stands in it makes it a question of fact ("how many briefings did
the minister get?").
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from rag.briefings import Scope
from rag.finding.catalogue import LONGEST_NAME, Catalogue
from rag.finding.library_forms import (
    BY_WHOM,
    DATED,
    FORMS,
    FROM,
    GOES_ON,
    HOLDS,
    HOW_MANY,
    KEPT_FIRST,
    KEPT_LAST,
    LISTS,
    OF_ONE,
    OPENS,
    Kind,
    may_inquire,
)
from rag.words.periods import Period, periods_in
from rag.words.phrases import ASKING, AUXILIARY, plain
from rag.words.terms import content_words, unowned, words

_LONGEST_TOPIC = 8  # words
_TOPIC = re.compile(r"(?:(?:both )?the (?:words?|phrase|name|term)s? |both )?(?P<topic>.+)", re.IGNORECASE)
_SEVERAL = re.compile(r",? (?:and|or) (?:the )?|, (?:the )?", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:the|your|our|my|an?|any|other|more|available)\b ?", re.IGNORECASE)
_CARRIED = re.compile(r" \((?P<words>[^()]+)\)\W*$")  # from an earlier question, as `rag.asking.followup` adds it
_GOES_ON = AUXILIARY | ASKING | {"that", "whether", "if", "took"}
_NUMBERS = dict(zip("two three four five six seven eight nine ten".split(), range(2, 11), strict=True))


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What is asked of the library: `some` briefings, the `newest` or `oldest` (`number` of them), the `span` of
    their days, or their `sources`. They are those in `scope` that hold all words of one of the `topics`; `unknown`
    is the name of a source that there is not."""

    kind: Kind
    scope: Scope = field(default_factory=Scope)
    topics: tuple[str, ...] = ()
    unknown: str = ""
    number: int = 1

    @property
    def is_limited(self) -> bool:
        """True when it asks for briefings of some kind only."""
        return bool(self.scope or self.topics or self.unknown)

    @property
    def is_for_some(self) -> bool:
        """True when it asks for some of the briefings, and not for all or what they have in common."""
        return self.kind in ("newest", "oldest") or (self.kind == "some" and self.is_limited)


def inquiry_in(text: str, catalogue: Catalogue, today: date, *, bare: bool = False) -> Inquiry | None:
    """What a question asks of the library; None for any other. "Last week" is counted from `today`. One that asks
    for nothing but the number of all counts when `bare`."""
    if not may_inquire(text):
        return None
    carried = _CARRIED.search(text)
    text = text[: carried.start()] if carried else text
    for kind, form in FORMS:
        if (match := form.fullmatch(text)) and (
            found := _read(kind, match.groupdict(), text, catalogue, today, bare)
        ):
            return _with_carried(carried["words"].split(", "), found, catalogue) if carried else found
    return None


def gone_on(before: Inquiry, text: str) -> Inquiry | None:
    """What a question asks of the briefings that one `before` it asked for: the newest or the oldest of them, or
    all ("them"); None for any other."""
    match = GOES_ON.fullmatch(text)
    if match is None:
        return None
    told = match.groupdict()
    if told["all"]:
        return before if before.is_for_some else None
    return replace(before, kind=_end_of(told), number=_number_of(told))


def _read(
    kind: Kind, told: dict[str, str | None], text: str, catalogue: Catalogue, today: date, bare: bool
) -> Inquiry | None:
    if kind != "some":
        return Inquiry(kind)
    named = told.get("briefings") is not None
    kept = told.get("kept") is not None
    rest = (told.get("rest") or "").strip(" ?!.")
    while cut := (KEPT_FIRST.match(rest) or KEPT_LAST.search(rest)):
        rest = (rest[: cut.start()] + rest[cut.end() :]).strip(" ,")
        kept = kept or named or BY_WHOM.search(cut.group()) is not None
    limits: Inquiry | None = Inquiry(_end_of(told), number=_number_of(told))
    for own in (told.get("own"), told.get("also")):
        limits = limits and _with_own((own or "").strip(), limits, catalogue, today)
    topic = told.get("topic") or ""
    if holds := HOLDS.search(rest):
        limits = limits and _cut(rest[: holds.start()], limits, catalogue, today, "")
        rest, topic = "", rest[holds.end() :]
    if limits is None:
        return None
    found = (
        _cut(topic, limits, catalogue, today, "topic") if topic else _cut(rest, limits, catalogue, today, "unknown")
    )
    if found is None or not (named or kept or found.scope.sources) or (limits.unknown and not kept):
        return None
    if found.is_limited or found.kind != "some":
        return found
    return found if (kept and (bare or HOW_MANY.match(text) is None)) or LISTS.match(text) else None


def _with_carried(phrases: Sequence[str], found: Inquiry, catalogue: Catalogue) -> Inquiry:
    """An inquiry with what an earlier one was limited to, as far as it says nothing of it itself."""
    for phrase in phrases:
        if sources := _sources(re.sub(r"^the ", "", phrase, flags=re.IGNORECASE), catalogue):
            found = found if found.scope.sources else replace(found, scope=replace(found.scope, sources=sources))
        elif not found.topics and "briefing" not in phrase.lower():
            found = replace(found, topics=_topics(phrase))
    return found


def _cut(text: str, limits: Inquiry, catalogue: Catalogue, today: date, left: str) -> Inquiry | None:
    """The limits, and those that stand at the end of a text; what is `left` of it is a topic, or a source that
    there is not; None when it is neither."""
    text = text.strip(" ,?!.")
    while text:
        cut = _dated(text, limits, today) or _from(text, limits, catalogue)
        if cut is None:
            break
        text, limits = cut
    if not text:
        return limits
    if left == "topic":
        topics = _topics(text)
        return replace(limits, topics=topics) if topics else None
    named = FROM.match(text) if left == "unknown" else None
    if named and named["by"].lower() in ("from", "by") and _may_be_source(text[named.end() :]):
        return replace(limits, unknown=text[named.end() :])
    return None


def _dated(text: str, limits: Inquiry, today: date) -> tuple[str, Inquiry] | None:
    """A text without the period at its end, and the limits with it."""
    for same in (text, OF_ONE.sub("in", text)):
        if last := next((p for p in periods_in(same, today) if p.end == len(same)), None):
            before, opens = same[: last.start], OPENS.match(same, last.start)
            told = DATED.search(before)
            if told and (told.group().strip() or opens or not before.strip()):
                return before[: told.start()].strip(" ,"), _within(limits, last)
    return None


def _within(limits: Inquiry, period: Period) -> Inquiry:
    return replace(limits, scope=replace(limits.scope, since=period.since, until=period.until))


def _from(text: str, limits: Inquiry, catalogue: Catalogue) -> tuple[str, Inquiry] | None:
    """A text without the sources at its end, and the limits with them."""
    for match in FROM.finditer(text):
        by = match["by"].lower() in ("from", "by")
        if sources := _sources(text[match.end() :], catalogue, in_full=not by):
            return text[: match.start()].strip(" ,"), replace(limits, scope=replace(limits.scope, sources=sources))
    return None


def _sources(text: str, catalogue: Catalogue, *, in_full: bool = False) -> tuple[str, ...]:
    """The sources that all names in a text stand for: in full, or by their last words ("the Courier")."""
    if known := catalogue.sources_like(text, in_full=in_full):
        return known
    each = [catalogue.sources_like(name, in_full=in_full) for name in _SEVERAL.split(text)]
    return tuple(dict.fromkeys(source for known in each for source in known)) if all(each) else ()


def _with_own(own: str, limits: Inquiry, catalogue: Catalogue, today: date) -> Inquiry | None:
    """The limits, and what stands in front of "briefings": a source, known or not, or days; None when it is
    neither."""
    own = _ARTICLE.sub("", unowned(own))
    if not own:
        return limits
    if sources := _sources(own, catalogue, in_full=not own[0].isupper()):
        return replace(limits, scope=replace(limits.scope, sources=sources))
    days = next((p for p in periods_in(own, today) if (p.start, p.end) == (0, len(own))), None)
    if days:
        return _within(limits, days)
    return replace(limits, unknown=own) if _may_be_source(own) else None


def _may_be_source(text: str) -> bool:
    """True for what is written like a name."""
    tells = [w for w in words(text) if plain(w) not in ("the", "of", "and", "for")]
    return 0 < len(tells) <= LONGEST_NAME and "," not in text and all(w.written[0].isupper() for w in tells)


def _topics(text: str) -> tuple[str, ...]:
    """The topics that a text names, one of which is wanted; none where it goes on to say or to ask something."""
    topics = tuple(
        match["topic"].strip(" “”\"„«»‘’'")
        for part in re.split(r",? or (?:the )?", text)
        if (match := _TOPIC.fullmatch(part.strip()))
    )
    return topics if topics and all(map(_is_topic, topics)) else ()


def _is_topic(text: str) -> bool:
    parsed = words(text)
    low = {plain(w) for w in parsed if w.written[0].islower()}
    if len(parsed) > _LONGEST_TOPIC or re.search(r"[;:?!]|\. |, ", text):
        return False
    return bool(content_words(text)) and low.isdisjoint(_GOES_ON)


def _end_of(told: dict[str, str | None]) -> Kind:
    end = (told.get("end") or "").lower()
    return "some" if not end else "oldest" if end in ("oldest", "earliest", "first") else "newest"


def _number_of(told: dict[str, str | None]) -> int:
    if not told.get("end"):
        return 1
    several = (told.get("briefings") or "").lower().endswith("s")
    written = (told.get("number") or told.get("few") or ("ten" if several else "1")).lower()
    return _NUMBERS.get(written) or max(1, int(written))
