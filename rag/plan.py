"""The plan of a question: what it names becomes parts that are searched for by themselves.

"Does the Courier say that the port reopened, while the Gazette reports a strike?" has two parts: one that looks
in the Courier's briefings, above all for "the port reopened", one in the Gazette's, above all for "a strike". A
briefing that is named by its title has a part, too. Where a question names neither, names that it sets side by side
("did both Oran and the Harbour Union agree?") have parts, each with the passages that hold its name, in turn behind
the whole question's first. A plain question has none, and is searched for as it is.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from rag.finding.catalogue import Catalogue
from rag.finding.events import Event, events_in
from rag.finding.mentions import Mention, mentions_in
from rag.finding.plans import Part, Plan, Turn
from rag.finding.sides import Side
from rag.finding.titles import Titled, masked
from rag.words.periods import Period, periods_in
from rag.words.terms import Word, index_terms, is_stop_word, words

_MOST_PARTS = 6
_ELSEWHERE = 0.2  # what a word counts in a part when it stands in another part's clause
_BETWEEN = 0.6  # and in a clause that names no source and is not beside the part's own
# Where one clause ends and the next begins.
_BREAK = re.compile(
    r"[,;:]\s+(?!\d{4}\b)(?:and |but |while |whereas )?"
    r"|\s(?:while|whereas|compared|versus|but"
    r"|and (?=(?:does|did|do|is|was|were|has|have|the|another|a|an|how|whether)\b))\s?"
)
# That a question is about what somebody reports, and not about the publisher itself ("who bought Fortune?").
_REPORTING = re.compile(
    r"\b(?:according to|articles?|briefings?|coverage|cover(?:s|ed)|editorials?|interviews?|mention(?:s|ed)?|news"
    r"|outlets?|pieces?|portray\w*|publi(?:cations?|sh\w*)|report\w*|sa(?:y|ys|id)|sources?|stor(?:y|ies)|stat(?:es|ed)"
    r"|writes?|wrote|claim(?:s|ed)?|suggest(?:s|ed)?|discuss\w*)\b",
    re.IGNORECASE,
)
# That a day which a question names is one of publication, and not of the event that it is about.
_PUBLISHED = re.compile(
    r"\b(?:articles?|briefings?|coverage|covered|headlines|news|publi(?:cations?|shed)|reports?|reported|stories)\b",
    re.IGNORECASE,
)
# Days that are counted from the reader's: what was then is told then, or a little later.
_RECENT = re.compile(
    r"today|yesterday|(?:last|this|past|previous) week"
    r"|(?:in |over |during |within )?the (?:last|past) \w+ (?:day|week)s?",
    re.IGNORECASE,
)


def undated(event: Event) -> Period | None:
    """No days for any event: what a plan knows without a library."""
    return None


def plan(
    question: str,
    catalogue: Catalogue,
    today: date | None = None,
    dated: Callable[[Event], Period | None] = undated,
    titles: Sequence[Titled] = (),
    sides: Callable[[], Sequence[Side]] = tuple,
) -> Plan:
    """The plan of a question. `today` is the day that "last week" counts from: when it is not given that of the
    newest briefing, and without any no period is read. `dated` gives the days of an event that the question counts
    from ("since the ceasefire talks"), or None when they are not known. `titles` are those that it names, `sides`
    gives the known names that it sets side by side, unless sources or titles are certainly meant."""
    day = today or catalogue.newest
    asked = masked(question, titles)
    periods = _periods(asked, day, dated) if day else []
    whole = Part(question, dict.fromkeys(index_terms(question), 1.0), (), periods[0] if len(periods) == 1 else None)
    parsed = words(asked)
    clauses = _clauses(asked)
    mentions = mentions_in(asked, parsed, clauses, catalogue, titles)[:_MOST_PARTS]
    parts = tuple(_part(whole, parsed, clauses, mentions, i, periods) for i in range(len(mentions)))
    if mentions and (any(one.certain for one in titles) or _REPORTING.search(asked)):
        return Plan(whole, parts)
    beside = () if titles else sides()
    named = tuple(_of_side(whole, parsed, clauses, beside, i) for i in range(len(beside)))
    if mentions:
        return Plan(whole, (*parts, *named), certain=False)
    if (period := whole.period) and not _admits_all(period, catalogue):
        recent = _RECENT.fullmatch(question[period.start : period.end]) is not None
        if recent or period.event or _PUBLISHED.search(question):
            turn = "last" if recent else _turn(period)
            return Plan(whole, (_within(period, whole), *named), certain=False, turn=turn)
    return Plan(whole, named, certain=not named)


def _of_side(
    whole: Part, parsed: Sequence[Word], clauses: Sequence[tuple[int, int]], sides: Sequence[Side], index: int
) -> Part:
    """The part of a name that is set beside others: it and what is asked of it, without the others."""
    mentions = []
    for side in sides:
        clause = next((n for n, (a, b) in enumerate(clauses) if a <= side.told < b), 0)
        mentions.append(Mention((), side.first, side.last, side.start, side.end, clause))
    part, side = _part(whole, parsed, clauses, mentions, index, ()), sides[index]
    weights = {**part.weights, **dict.fromkeys(side.terms, 1.0)}
    text = part.text if len({m.clause for m in mentions}) > 1 else whole.text  # "both A and the B" is cut there
    return replace(part, text=text, weights=weights, written=whole.text[side.start : side.end], name=side.terms)


def _periods(question: str, day: date, dated: Callable[[Event], Period | None]) -> list[Period]:
    """The periods that a question names by days or by events, in order."""
    periods = periods_in(question, day)
    for event in events_in(question):
        if not any(p.start < event.end and event.start < p.end for p in periods) and (found := dated(event)):
            periods.append(found)
    return sorted(periods, key=lambda p: p.start)


def _admits_all(period: Period, catalogue: Catalogue) -> bool:
    return bool(catalogue.oldest) and period.holds(catalogue.oldest) and period.holds(catalogue.newest)


def _turn(period: Period) -> Turn:
    """When the whole question has its turn: what was since an event is told since; what was before, often later."""
    return "first" if not period.event else "last" if period.since else "twice"


def _within(period: Period, whole: Part) -> Part:
    """The question asked of the briefings of its period, where the event that tells it need not be spoken of."""
    telling = set(index_terms(whole.text[period.start : period.end])) if period.event else set()
    rest = index_terms(whole.text[: period.start] + " " + whole.text[period.end :])
    weights = {t: _ELSEWHERE if t in telling and t not in rest else w for t, w in whole.weights.items()}
    return Part(whole.text, weights, (), period)


def _part(
    whole: Part,
    parsed: Sequence[Word],
    clauses: Sequence[tuple[int, int]],
    mentions: Sequence[Mention],
    index: int,
    periods: Sequence[Period],
) -> Part:
    """The part of one mention: its own clause and the clauses beside it that name no source count fully."""
    question, mention = whole.text, mentions[index]
    naming = {m.clause for m in mentions}
    own = {mention.clause, *(n for n in (mention.clause - 1, mention.clause + 1) if n not in naming)}
    own = {n for n in own if 0 <= n < len(clauses)}
    names = {i for m in mentions for i in range(m.first, m.last + 1)}
    weights: dict[str, float] = {}
    for i, word in enumerate(parsed):
        if i in names or is_stop_word(word.written):
            continue
        clause = next((n for n, (a, b) in enumerate(clauses) if a <= word.start < b), -1)
        weight = 1.0 if clause in own else _ELSEWHERE if clause in naming or clause < 0 else _BETWEEN
        weights[word.term] = max(weights.get(word.term, 0.0), weight)
    known = {w.term for w in parsed}
    for term in whole.weights:
        if term not in known:  # a hyphenated word as one, and the words of titles
            weights.setdefault(term, _ELSEWHERE)
    following = mentions[index + 1].start if index + 1 < len(mentions) else len(question)
    period = next((p for p in periods if mention.start <= p.start < following), None)
    if period is None and len(periods) == 1 and periods[0].end <= mentions[0].start:
        period = periods[0]  # "since the summit, do A and B agree"
    text = " … ".join(question[a:b].strip() for n, (a, b) in enumerate(clauses) if n in own)
    if 1.0 not in weights.values():  # "What do both A and the B say of it?", which is cut between them
        text = question
    title = mention.title
    key, written = (title.key, question[title.start : title.end]) if title else ("", "")
    return Part(text, weights, mention.sources, period, key, written)


def _clauses(question: str) -> list[tuple[int, int]]:
    found = []
    start = 0
    for match in _BREAK.finditer(question):
        if match.start() > start:
            found.append((start, match.start()))
        start = match.end()
    found.append((start, len(question)))
    return [(a, b) for a, b in found if b > a] or [(0, len(question))]
