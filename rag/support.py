"""Whether quotes hold what a sentence says: its values, its names, what it claims, and its words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.amounts import Amount, amounts_in, currencies
from rag.answers import Support
from rag.dates import Times
from rag.folding import deception, fold, visible
from rag.grammar import base_of
from rag.names import ROLES, HeldNames, Name, alias_spans, names_in
from rag.statements import Statements
from rag.terms import content_words, words

MOST = 0.7  # share of a sentence's content words from which its quotes hold most of it
HARDLY = 0.34  # ... up to which they hold hardly any of it
_SYNONYM, _RELATED, _AROUND = 1.0, 0.5, 0.4
_PLAIN = str.maketrans("“”„‟«»‘’‚‛ʼ–—‑‐−\u00a0", '""""""\'\'\'\'\'-----\u0020')
_LIGHT = frozenset(
    base_of(w)
    for w in """said say says stated state reported report announced announce told tell added according noted described
    mention mentioned confirmed explained also total including include meanwhile currently people person number
    overall following additionally specifically briefing article document text statement""".split()
)
_PRONOUNS = re.compile(r"\b(?:he|she|they|it|his|her|hers|their|its|him|them)\b", re.IGNORECASE)
_DESCRIBED = re.compile(r"(?:^|[.;:] )[\"']?the [a-z]+ [a-z]+", re.IGNORECASE)
_PLACED = re.compile(r"\b(?:in|at|near|from|to|of|outside|across|around)(?: the)?$", re.IGNORECASE)
_COMMON_NOUNS = frozenset(
    base_of(w) for w in "people person persons man woman individual case item other individuals".split()
)


@dataclass(frozen=True, slots=True)
class SupportCheck:
    """How far quotes support a sentence, and what speaks against it or could not be told, for the reader."""

    support: Support
    reason: str | None


@dataclass(frozen=True, slots=True)
class _Doubt:
    """A reason for which a sentence is not supported: `sure` when the quotes speak against it."""

    sure: bool
    reason: str


def check_support(sentence: str, quotes: Sequence[str], around: Sequence[str] = ()) -> SupportCheck:
    """How far the quotes hold what the sentence says.

    `around` is context that may explain a quote (title, section, source, date written out, the cited paragraphs);
    nothing is supported by it alone. Words that are part of a quote are always supported.
    """
    tricked = deception(sentence)
    if tricked:
        return SupportCheck("unsupported", tricked)
    if not content_words(sentence):
        return SupportCheck("unsupported", "it says nothing that could be checked")
    if not any(content_words(q) for q in quotes):
        return SupportCheck("unsupported", "no quote stands behind it")
    if _is_verbatim(sentence, quotes):
        return SupportCheck("supported", None)
    said, held, context = _plain(sentence), [_plain(q) for q in quotes], [_plain(a) for a in around]
    statements = Statements(said, held)
    doubts = [
        *_values(said, held, context),
        *_named(said, held, context),
        *_claims(statements),
        *_words(said, statements, context),
    ]
    for sure in (True, False):
        for doubt in doubts:
            if doubt.sure is sure:
                return SupportCheck("unsupported" if sure else "unchecked", doubt.reason)
    return SupportCheck("supported", None)


def _plain(text: str) -> str:
    return " ".join(visible(text).translate(_PLAIN).split())


def _is_verbatim(sentence: str, quotes: Sequence[str]) -> bool:
    sought = fold(sentence.strip()).text.strip(" '.")
    for quote in quotes:
        whole = f" {fold(quote).text} "
        at = whole.find(sought)
        if at > 0 and not whole[at - 1].isalnum() and not whole[at + len(sought)].isalnum():
            # the beginning of a sentence must be one there too, or a denial could be cut off
            return whole[:at].strip(" '") == "" or whole[:at].rstrip(" '")[-1:] in ".!?:;"
    return False


def _values(said: str, quotes: Sequence[str], around: Sequence[str]) -> list[_Doubt]:
    mine = Times.of(said)
    theirs, context = [Times.of(q) for q in quotes], [Times.of(a) for a in around]
    return [*_times(mine, theirs, context), *_amounts(said, mine, quotes, theirs)]


def _times(mine: Times, theirs: Sequence[Times], context: Sequence[Times]) -> list[_Doubt]:
    doubts: list[_Doubt] = []
    known_years = {y for t in theirs for y in t.years}
    years_around = {y for t in context for y in t.years}
    held_days = [d.moment for t in theirs for d in t.days]
    for dated in mine.days:
        day = dated.moment
        same = [d for d in held_days if d.agrees(day)]
        if not same:
            near = any(d.moment.agrees(day) for t in context for d in t.days)
            relative = any(t.weekdays or t.relative for t in theirs) and not held_days
            doubts.append(
                _Doubt(not (near and relative), f"no quote holds the date “{day.day} {day.month.capitalize()}”")
            )
    for month in mine.months - {d.moment.month for d in mine.days}:
        if not any(month in t.months for t in theirs):
            doubts.append(_Doubt(True, f"no quote holds “{month.capitalize()}”"))
    for year in mine.years - known_years:
        dated_year = any(d.moment.year == year for d in mine.days) and held_days
        if year in years_around and dated_year:
            continue
        doubts.append(_Doubt(bool(years_around) or not dated_year, f"no quote holds the year {year}"))
    for weekday in mine.weekdays:
        if any(weekday in t.weekdays for t in theirs):
            continue
        years = known_years | years_around
        days = [
            replace_year
            for d in held_days
            for replace_year in ([d] if d.year else [type(d)(d.day, d.month, y) for y in years])
        ]
        if not any(d.weekday() == weekday for d in days):
            doubts.append(_Doubt(True, f"no quote holds “{weekday.capitalize()}”"))
    for clock in mine.clocks:
        if not any(clock.agrees(c) for t in theirs for c in t.clocks):
            doubts.append(_Doubt(True, "no quote holds the time of day that it gives"))
    for phrase in mine.relative:
        if not any(phrase in t.relative for t in theirs):
            doubts.append(_Doubt(True, f"no quote holds “{phrase}”"))
    return doubts


def _amounts(said: str, mine: Times, quotes: Sequence[str], theirs: Sequence[Times]) -> list[_Doubt]:
    doubts: list[_Doubt] = []
    per_quote = [amounts_in(q, t.taken) for q, t in zip(quotes, theirs, strict=True)]
    held = [a for some in per_quote for a in some]
    years = {float(y) for t in theirs for y in t.years}
    text = " ".join(quotes).lower()
    said_bases = {base_of(w.written) for w in words(text)}
    for amount in amounts_in(said, mine.taken):
        same = [a for a in held if amount.same_value(a) or _same_share(amount, a)]
        if not same:
            if amount.value in years or (amount.value == 1 and re.search(r"\b(?:an?|single|sole|only)\b", text)):
                continue
            doubts.append(_Doubt(True, f"no quote holds the number “{amount.written}”"))
            continue
        fitting = [a for a in same if _units_agree(amount, a, text)]
        if not fitting:
            doubts.append(_Doubt(True, f"the number “{amount.written}” has another unit in its quotes"))
            continue
        if not any(_bounds_agree(amount, a) for a in fitting):
            opposed = all(_opposed(amount, a) for a in fitting)
            doubts.append(_Doubt(opposed, f"its quotes bound the number “{amount.written}” otherwise"))
        roles = {a.role for a in fitting}
        if amount.role and "" not in roles and amount.role not in roles:
            doubts.append(
                _Doubt(True, f"its quotes say “{next(iter(roles))} {amount.written}”, not “{amount.role}”")
            )
        doubts.extend(_counted(said, amount, fitting, held, quotes, per_quote, said_bases))
    return doubts


def _same_share(a: Amount, b: Amount) -> bool:
    """A share told as a fraction or in percent: 33 % is not a third, but 50 % is a half."""
    return False if a.unit != b.unit else abs(a.value - b.value) < 1e-6 and a.ordinal == b.ordinal


def _units_agree(said: Amount, quoted: Amount, text: str) -> bool:
    if said.unit == quoted.unit:
        return True
    if said.unit is None:
        return (quoted.unit or "").split(" ")[-1] in currencies()
    return False


def _bounds_agree(said: Amount, quoted: Amount) -> bool:
    return said.bound == quoted.bound or (said.bound == "about" and quoted.bound == "")


def _opposed(said: Amount, quoted: Amount) -> bool:
    low, high = ("more", "least"), ("fewer", "most")
    if quoted.bound in ("", "about") and said.bound in (*low, *high):
        return True
    return (said.bound in low and quoted.bound in high) or (said.bound in high and quoted.bound in low)


def _company(text: str, amount: Amount, others: Sequence[Amount]) -> set[str]:
    """The content words behind an amount, up to the next amount or the end of the clause."""
    stops = [a.start for a in others if a.start > amount.start]
    end = min([len(text), *stops])
    cut = re.split(r"[,;:()]|\. | - ", text[amount.end : end], maxsplit=1)[0]
    return {base_of(w.written) for w in content_words(cut)[:4]} - _COMMON_NOUNS


def _counted(
    said: str,
    amount: Amount,
    fitting: Sequence[Amount],
    held: Sequence[Amount],
    quotes: Sequence[str],
    per_quote: Sequence[Sequence[Amount]],
    known: set[str],
) -> list[_Doubt]:
    """A number that belongs to another thing in the quotes, or counts a thing that is not in them."""
    mine = _company(said, amount, amounts_in(said))
    own: set[str] = set()
    others: set[str] = set()
    for quote, some in zip(quotes, per_quote, strict=True):
        for a in some:
            company = _company(quote, a, some)
            if any(a is f for f in fitting):
                own |= company
            else:
                others |= company
    if mine and not mine & own and mine & others:
        return [_Doubt(True, f"in its quotes the number “{amount.written}” belongs to something else")]
    noun = base_of(amount.noun.written) if amount.noun and amount.unit is None and not amount.ordinal else None
    if noun and noun not in known and noun not in _COMMON_NOUNS and not amount.noun.written[0].isupper():  # type: ignore[union-attr]
        return [_Doubt(False, f"its quotes do not say that “{amount.written}” counts “{amount.noun.written}”")]  # type: ignore[union-attr]
    return []


def _named(said: str, quotes: Sequence[str], around: Sequence[str]) -> list[_Doubt]:
    names = names_in(said)
    held, context = HeldNames(quotes), HeldNames([*around, *quotes])
    aliased = {
        i for first, last, phrase in alias_spans(names) if held.holds_alias(phrase) for i in range(first, last)
    }
    missing = [n for i, n in enumerate(names) if i not in aliased and not held.holds(n)]
    doubts: list[_Doubt] = []
    for name in missing:
        written = name.word.written
        if _completes(name, names, context, held) or _spells_out(name, names, held, context):
            continue
        if not name.sure or name.plain in ROLES:
            doubts.append(_Doubt(False, f"no quote holds “{written}”"))
            continue
        where = _resolved(missing, names, quotes, around)
        if where == "resolved":
            continue
        doubts.append(_Doubt(where == "absent", f"no quote holds the name “{written}”"))
    doubts.extend(_mixed(names, held, context))
    return doubts


def _completes(name: Name, names: Sequence[Name], context: HeldNames, held: HeldNames) -> bool:
    """True when it stands beside a name that a quote holds, as it does in the context ("Antony" of "Blinken")."""
    at = next(i for i, n in enumerate(names) if n is name)
    after = names[at + 1 :][:3]
    chain = name.plain
    for following in after:
        if context.holds_side_by_side(chain, following.plain):
            if held.holds(following):
                return True
            chain = following.plain
        else:
            break
    before = names[at - 1] if at else None
    return bool(before and held.holds(before) and context.holds_side_by_side(before.plain, name.plain))


def _spells_out(name: Name, names: Sequence[Name], held: HeldNames, context: HeldNames) -> bool:
    """True for a word of a name whose initials stand in a quote, when the context spells them out like this."""
    at = next(i for i, n in enumerate(names) if n is name)
    for first in range(max(0, at - 4), at + 1):
        for last in range(at + 1, min(len(names), at + 5) + 1):
            run = names[first:last]
            initials = "".join(n.plain[0] for n in run)
            if len(run) >= 2 and initials in held.plain and all(context.holds(n) for n in run):
                return True
    return False


def _resolved(missing: Sequence[Name], names: Sequence[Name], quotes: Sequence[str], around: Sequence[str]) -> str:
    """Whether names that no quote holds are whom a quote means by a pronoun: `resolved`, `open` or `absent`."""
    context = HeldNames(around)
    if not all(context.holds(n) for n in missing):
        return "absent"
    if not any(_PRONOUNS.search(q) or _DESCRIBED.search(q) for q in quotes):
        return "open"
    mine = {n.plain for n in names}
    in_quotes = {n.plain for q in quotes for n in names_in(q) if n.sure or context.holds(n)}
    if in_quotes - mine:
        return "open"
    rivals = {
        n.plain
        for text in around
        for n in names_in(text)
        if n.plain not in mine and n.plain not in ROLES and not _PLACED.search(text[: n.word.start].rstrip())
    }
    one_name = all(b.word.start - a.word.end <= 4 for a, b in zip(missing, missing[1:], strict=False))
    return "resolved" if one_name and not rivals else "open"


def _mixed(names: Sequence[Name], held: HeldNames, context: HeldNames) -> list[_Doubt]:
    """Two names that are put together from the parts of others ("Anna Holm" of Anna Lund and Per Holm)."""
    doubts = []
    for first, second in zip(names, names[1:], strict=False):
        beside = second.word.start == first.word.end + 1
        people = first.plain.endswith(("i", "an", "ese", "ish", "ian")) or {first.plain, second.plain} & ROLES
        if beside and not people and held.holds(first) and held.holds(second):
            if not context.holds_side_by_side(first.plain, second.plain):
                doubts.append(
                    _Doubt(False, f"no quote holds “{first.word.written} {second.word.written}” side by side")
                )
    return doubts


def _claims(statements: Statements) -> list[_Doubt]:
    reason = statements.objection()
    return [_Doubt(True, reason)] if reason else []


def _words(said: str, statements: Statements, around: Sequence[str]) -> list[_Doubt]:
    """How many of the sentence's content words the quotes hold."""
    known = {t.base for some in statements.quoted for t in some}
    near = {base_of(w.written) for a in around for w in content_words(a)}
    score, total, open_verb = 0.0, 0, None
    for i, token in enumerate(statements.said):
        if token.base in _LIGHT and token.base not in known:
            continue
        total += 1
        if token.base in known or token.word.written[0].isdigit():
            score += 1.0
        elif statements.synonyms(i):
            score += _SYNONYM
        elif token.is_name:
            score += 1.0  # judged as a name
        elif statements.related(i):
            score += _RELATED
        elif token.base in near:
            score += _AROUND
        elif token.past and not token.word.written[0].isupper():
            open_verb = open_verb or token.word.written
    share = score / total if total else 0.0
    if share <= HARDLY:
        return [_Doubt(True, "its quotes speak of other things")]
    if share < MOST:
        return [_Doubt(False, "its wording is far from that of its quotes")]
    if open_verb:
        return [_Doubt(False, f"its quotes do not say “{open_verb}”")]
    return []
