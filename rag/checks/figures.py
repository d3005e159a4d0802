"""Whether quotes hold the numbers, amounts, dates and times of a sentence, each with what it belongs to."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rag.checks.statements import Doubt
from rag.words.amounts import Amount, amounts_in, are_a_range, is_age, is_measure
from rag.words.dates import Moment, Times, is_calendar
from rag.words.terms import content_words, is_stop_word, term, words
from rag.words.thesaurus import news_thesaurus
from rag.words.units import currencies
from rag.words.values import CARDINALS

_PEOPLE = frozenset(term(w) for w in "people person man woman individual case item other resident".split())
_STOP = re.compile(r"[,;:()]|\. | - |\b(?:and|or|but|while|whereas)\b", re.IGNORECASE)
_NEW_PHRASE = re.compile(
    r"\b(?:as|with|in|on|at|after|before|when|who|that|which|from|to|by|for|since|until|during|than|between|near|the|an?)\b",
    re.IGNORECASE,
)
_PARTS_OF = re.compile(r"\bof (?:the|its|their|his|her|all) $", re.IGNORECASE)
_WHEN = re.compile(
    r"(?:[^,;:.0-9]| - ){0,24}?\b(?:in|on|by|during|since|for) (?:early |late |mid-)?(?P<when>[A-Z][a-z]+|\d{4})\b"
)
_ARTICLE = re.compile(r"\b(?:an?|single|sole|only)\b", re.IGNORECASE)
_NEAREST = 4  # content words on one side that a number may belong to


@dataclass(frozen=True, slots=True)
class _Text:
    """A quote, read for its figures."""

    text: str
    times: Times
    amounts: tuple[Amount, ...]
    terms: frozenset[str]

    @staticmethod
    @lru_cache(maxsize=2048)
    def of(text: str) -> "_Text":
        times = Times.of(text)
        return _Text(text, times, tuple(amounts_in(text, times.taken)), frozenset(w.term for w in words(text)))


def figure_doubts(said: str, quotes: Sequence[str], around: Sequence[str]) -> Iterator[Doubt]:
    """What of the numbers and times of a sentence its quotes do not hold, or hold of something else."""
    mine, theirs = _Text.of(said), [_Text.of(q) for q in quotes]
    yield from _days(mine, theirs, [Times.of(a) for a in around])
    yield from _other_times(mine, theirs)
    yield from _odd_figures(said, quotes)
    for amount in mine.amounts:
        yield from _amount(mine, amount, theirs)
    yield from _moved_times(mine, theirs)


def _days(mine: _Text, theirs: Sequence[_Text], context: Sequence[Times]) -> Iterator[Doubt]:
    held = [d.moment for t in theirs for d in t.times.days]
    years = {y for t in theirs for y in t.times.years}
    years_around = {y for t in context for y in t.years}
    for day in (d.moment for d in mine.times.days):
        if not any(d.agrees(day) for d in held):
            near = any(d.moment.agrees(day) for t in context for d in t.days)
            relative = any(t.times.weekdays or t.times.relative for t in theirs) and not held
            yield Doubt(not (near and relative), f"no quote holds the date “{day.day} {day.month.capitalize()}”")
    for year in sorted(mine.times.years - years):
        with_day = bool(held) and any(d.moment.year == year for d in mine.times.days)
        if not (with_day and year in years_around):
            yield Doubt(bool(years_around) or not with_day, f"no quote holds the year {year}")
    for weekday in sorted(mine.times.weekdays):
        beside = [d.moment for d in mine.times.days if _beside(mine.text, d.start, weekday)]
        computed = {_weekday(d, years | years_around) for d in beside}
        if not any(weekday in t.times.weekdays for t in theirs) and computed != {weekday}:
            yield Doubt(True, f"no quote holds “{weekday.capitalize()}”")


def _beside(text: str, start: int, weekday: str) -> bool:
    return re.search(rf"\b{weekday},? (?:the )?$", text[:start], re.IGNORECASE) is not None


def _weekday(day: Moment, years: set[int]) -> str | None:
    if day.year is None and len(years) == 1:
        day = replace(day, year=next(iter(years)))
    return day.weekday()


def _other_times(mine: _Text, theirs: Sequence[_Text]) -> Iterator[Doubt]:
    for month in sorted(mine.times.months - {d.moment.month for d in mine.times.days}):
        if not any(month in t.times.months for t in theirs):
            yield Doubt(True, f"no quote holds “{month.capitalize()}”")
    for clock in mine.times.clocks:
        if not any(clock.agrees(c) for t in theirs for c in t.times.clocks):
            yield Doubt(True, f"no quote holds the time “{mine.text[clock.start : clock.end]}”")
    for phrase in sorted(mine.times.relative):
        if not any(phrase in t.times.relative for t in theirs):
            yield Doubt(True, f"no quote holds “{phrase}”")
    held = {s for t in theirs for s in t.times.seasons}
    for season in sorted(mine.times.seasons - held):
        yield Doubt(True, f"no quote holds “{season}”")


def _odd_figures(said: str, quotes: Sequence[str]) -> Iterator[Doubt]:
    """Words with digits that are no number as it is written ("1,2000", "F16") stand in a quote as they are."""
    held = {w.written.lower() for q in quotes for w in words(q)}
    for word in words(said):
        plain = word.written.lower()
        odd = any(c.isdigit() for c in plain) and not re.fullmatch(
            r"(?:\d{1,3}(?:,\d{3})*|\d+)(?:\.\d+)?(?:bn|mn|tn|m|k|st|nd|rd|th|s|am|pm)?", plain
        )
        if odd and plain not in held and not re.fullmatch(r"\d{1,2}\.\d\d(?:[ap]m)?", plain):
            yield Doubt(True, f"no quote holds “{word.written}”")


def _amount(mine: _Text, amount: Amount, theirs: Sequence[_Text]) -> Iterator[Doubt]:
    written = amount.written
    same = [(t, a) for t in theirs for a in t.amounts if amount.same_value(a)]
    if not same:
        years = {float(y) for t in theirs for y in t.times.years}
        one = written.lower() == "one" and any(_ARTICLE.search(t.text) for t in theirs)
        if amount.value not in years and not one:
            yield Doubt(True, f"no quote holds the number “{written}”")
        return
    fitting = [(t, a) for t, a in same if _units_agree(amount, a)]
    if not fitting:
        yield Doubt(True, f"the number “{written}” has another unit in its quotes")
        return
    if not any(_bounds_agree(amount, a) for _, a in fitting):
        opposed = all(_opposed(amount, a) for _, a in fitting)
        yield Doubt(opposed, f"its quotes bound the number “{written}” otherwise")
    roles = {a.role for _, a in fitting}
    if amount.role and "" not in roles and amount.role not in roles:
        yield Doubt(True, f"its quotes say “{min(roles)} {written}”, not “{amount.role} {written}”")
    rates = {a.per for _, a in fitting}
    if amount.per and amount.per not in rates:
        yield Doubt(True, f"no quote holds “{written}” by the {amount.per}")
    part = _PARTS_OF.search(mine.text[: amount.start])
    if not part and all(_PARTS_OF.search(t.text[: a.start]) for t, a in fitting):
        yield Doubt(False, f"its quotes count “{written}” as the whole, of which a part is meant")
    yield from _company_doubts(mine, amount, theirs, [a for _, a in fitting])


def _units_agree(said: Amount, quoted: Amount) -> bool:
    if said.unit == quoted.unit:
        return True
    return said.unit is None and (quoted.unit or "").split(" ")[-1] in currencies()


def _bounds_agree(said: Amount, quoted: Amount) -> bool:
    return said.bound == quoted.bound or (said.bound == "about" and quoted.bound == "")


def _opposed(said: Amount, quoted: Amount) -> bool:
    low, high = ("more", "least"), ("fewer", "most")
    if quoted.bound in ("", "about") and said.bound in (*low, *high):
        return True
    return (said.bound in low and quoted.bound in high) or (said.bound in high and quoted.bound in low)


def _company_doubts(
    mine: _Text, amount: Amount, theirs: Sequence[_Text], fitting: Sequence[Amount]
) -> Iterator[Doubt]:
    """A number that belongs to another thing in the quotes, or counts a thing that is not in them."""
    company = _company(mine.text, amount, mine.amounts)
    before = _before(mine.text, amount, mine.amounts)
    own, others, own_before, others_before = (set[str]() for _ in range(4))
    for t in theirs:
        for a in t.amounts:
            fits = any(a is f for f in fitting)
            (own if fits else others).update(_company(t.text, a, t.amounts))
            (own_before if fits else others_before).update(_before(t.text, a, t.amounts))
    when = _when(mine.text, amount)
    quoted_when = {_when(t.text, a) for t in theirs for a in t.amounts if any(a is f for f in fitting)}
    if when and "" not in quoted_when and when not in quoted_when:
        yield Doubt(True, f"its quotes put “{amount.written}” to {min(quoted_when)}, not to {when}")
    moved = own_before and before and not before & own_before and before <= others_before
    if moved or (company and not company & own and company & others):
        yield Doubt(True, f"in its quotes the number “{amount.written}” belongs to something else")
        return
    if amount.unit is None and not amount.ordinal:
        yield from _counted(mine, amount, theirs, fitting)


def _company(text: str, amount: Amount, others: Sequence[Amount]) -> set[str]:
    """The content words on both sides of an amount, up to the next amount or the end of the clause."""
    end = min(
        [len(text), *(a.start for a in others if a.start > amount.start and not are_a_range(text, amount, a))]
    )
    behind = content_words(_NEW_PHRASE.split(_STOP.split(text[amount.end : end], maxsplit=1)[0])[0])[:_NEAREST]
    after = {w.term for w in behind if not is_measure(w.written)} - _PEOPLE
    return after | _before(text, amount, others)


def _when(text: str, amount: Amount) -> str:
    """The month, weekday or year to which a number belongs ("2.9% in August"), or ""."""
    match = _WHEN.match(text[amount.end :])
    return match["when"] if match and (is_calendar(match["when"]) or match["when"].isdigit()) else ""


def _before(text: str, amount: Amount, others: Sequence[Amount]) -> set[str]:
    """The content word before an amount, when no other amount or end of a clause stands between."""
    earlier = [a for a in others if a.start < amount.start]
    while earlier and are_a_range(text, earlier[-1], amount):
        amount = earlier.pop()
    start = earlier[-1].end if earlier else 0
    near = content_words(_STOP.split(text[start : amount.start])[-1])[-1:]
    return {w.term for w in near if not is_measure(w.written)} - _PEOPLE


def _counted(mine: _Text, amount: Amount, theirs: Sequence[_Text], fitting: Sequence[Amount]) -> Iterator[Doubt]:
    """What the number counts must stand in a quote, or be a synonym of what stands there."""
    counted = _nouns(mine.text, amount)
    bases = {term(w) for w in counted}
    if not counted or bases & _PEOPLE or any(bases & t.terms for t in theirs):
        return
    parsed = words(" ".join(counted))
    thesaurus = news_thesaurus()
    quoted = {term for t in theirs for term in t.terms}
    same = {p for i in range(len(parsed)) for p in thesaurus.synonyms(parsed, i) | thesaurus.related(parsed, i)}
    if not same & quoted:
        plain = any(_nouns(t.text, a) for t in theirs for a in t.amounts if any(a is f for f in fitting))
        yield Doubt(plain, f"its quotes do not say that “{amount.written}” counts “{' '.join(counted)}”")


def _nouns(text: str, amount: Amount) -> list[str]:
    """Up to two words in lower case right behind a number ("registered voters")."""
    found: list[str] = []
    last = amount.end
    if is_age(text, amount):
        return found
    for word in words(text[amount.end : amount.end + 60]):
        start = amount.end + word.start
        number = word.written.lower() in CARDINALS or word.written[0].isdigit()
        if text[last:start].strip(" -") or number or is_stop_word(word.written) or not word.written.islower():
            break
        found.append(word.written)
        last = amount.end + word.end
    return found[:2]


def _moved_times(mine: _Text, theirs: Sequence[_Text]) -> Iterator[Doubt]:
    """A year, month or weekday behind a word that the quotes put before another one ("began in 2034")."""
    held = [time for t in theirs for time in t.times.behind(t.text)]
    for time in mine.times.behind(mine.text):
        beside = {h.value for h in held if h.word == time.word and h.kind == time.kind}
        if beside and time.value not in beside and any(h.value == time.value for h in held):
            yield Doubt(True, f"its quotes put {time.value.capitalize()} to something else")
