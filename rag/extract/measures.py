"""Quantities that a question asks for by their kind, and whether a sentence tells them: an age, a share, a unit,
money, a time of the day, a length of time, how many there are of something."""

import re
from collections.abc import Callable
from functools import partial

from rag.asking.question import Question
from rag.extract.kinds import tells_amount_in_words
from rag.words.amounts import Amount, amounts_in
from rag.words.terms import Word, is_stop_word, words
from rag.words.thesaurus import Thesaurus
from rag.words.units import Unit, currencies, units
from rag.words.values import CARDINALS, month_of

Told = Callable[[str], bool]

_HOW_OLD = re.compile(r"\bhow old\b|\bwhat age\b|\bage of\b", re.IGNORECASE)
_YEARS = (
    rf"(?:\d{{1,3}}|{'|'.join(w for w, value in CARDINALS.items() if value > 9)})\b"
    r"(?! (?:times|per ?cent|percent|hundred|thousand|million|billion)\b)"
)
_AGE = re.compile(
    rf"\baged?\b|[,(] ?{_YEARS}|\b(?:of|at|is|was|turn(?:s|ed)) {_YEARS}|\b(?:1\d|20|21)\d\d\b"
    r"|\b(?:born|built|founded|old(?:est)?|young(?:est)?|years? ago|centur(?:y|ies))\b"
    r"|\bdat(?:es|ing) (?:from|back)\b|\bin (?:his|her|their) \w+ties\b",
    re.IGNORECASE,
)
_SHARE_OF = re.compile(
    r"\bwhat (?:percentage|share|proportion|fraction)\b(?! price)|\bhow (?:large|big) a (?:share|part|slice)",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"%|[¼-¾⅐-⅞]|per ?cent|\d in \d|\d of (?:[^\s.;]+ ){0,2}\d"
    r"|\b(?:half|halves|thirds?|quarters?|(?:fif|six|seven|eigh|nin|ten|twelf|hundred)ths?|majority|minority|most"
    r"|all|every(?:one|body)?|none|nobody|one in|out of|in (?:two|three|four|five|ten))\b",
    re.IGNORECASE,
)
_WHAT_TIME = re.compile(r"\b(?:(?:at|by|until|from|since) )?what time\b(?! of (?:the )?year)", re.IGNORECASE)
_O_CLOCK = re.compile(
    r"\b\d{1,2}[:.]\d\d\b(?! ?(?:%|per|million|metre))|\b\d{1,2} ?[ap]\.?m\b|\d ?hrs\b"
    r"|\b(?:noon|midday|midnight|o[’']clock|half past|quarter (?:past|to)|dawn|dusk|sunrise|sunset)\b",
    re.IGNORECASE,
)
_HOW_LONG = re.compile(r"\bhow long\b(?! ago)", re.IGNORECASE)
_SPAN = re.compile(
    r"\b(?:second|minute|hour|day|night|week|weekend|fortnight|month|year|decade|centur(?:y|ie))s?\b|\bovernight\b"
    r"|\b(?:until|till|since|indefinite\w*|permanent\w*|forever|for (?:good|life))\b"
    r"|\b(?:from|between)\b.+\b(?:to|and)\b|\b\w*met(?:re|er)s?\b|\b(?:miles?|yards?|feet|foot|inch\w*|pages?|words)\b"
    r"|\d ?k?m\b",
    re.IGNORECASE,
)
_PRICE = re.compile(
    r"\bhow much (?:money|cash)\b|\b(?:what|which) (?:price|fee|fare|wage|salary|rent)\b"
    r"|\b(?:how much|what) (?:more |extra )?"
    r"(?:will|would|did|does|do|has|have|had|is|was|were|are|must|can|could|should)\b[^,;]*"
    r"\b(?:costs?|pay|pays|paid|paying|earns?|earned|spends?|spent|owes?|charged?(?! (?:with|against)\b))\b"
    r"(?! (?:of|attention|tribute)\b)",
    re.IGNORECASE,
)
_PART = re.compile(r"\b(?:portion|part|share|percentage|proportion|fraction) of\b", re.IGNORECASE)
_FREE = re.compile(
    r"[$€£¥₹₽₪₩]|\b(?:free|nothing|unpaid|waived|(?:no|without) (?:charge|fee|pay|payment)"
    r"|(?:prices?|costs?|fees?|fares?|rents?|wages?)\b[^.|]*: ?\d)",
    re.IGNORECASE,
)
_LARGE = 100  # a number from which no noun need stand behind it: "the price was put at 640, …"
_HOW_MANY = re.compile(r"\bhow many (?P<what>[^\W\d_]+)|\bnumber of (?P<of>[^\W\d_]+)", re.IGNORECASE)
_MANY = re.compile(r"\b(?:(?:hund|thous|mill)\w+s|dozens|several|many|few|most|all|every\w*)\b", re.IGNORECASE)
_SPANS = frozenset("second minute hour day week month year decade century".split())
_SHARES = frozenset(["percent", "percentage point"])
_IN_BRACKETS = re.compile(r"\(([^\W\d_]+|[$€£¥])\)")


def measures_of(question: Question, thesaurus: Thesaurus) -> list[Told]:
    """For each quantity that a question names, whether a sentence tells it."""
    text = question.asked
    found: list[Told] = []
    for asks, tells in ((_HOW_OLD, _AGE), (_SHARE_OF, _SHARE), (_WHAT_TIME, _O_CLOCK), (_HOW_LONG, _SPAN)):
        if asks.search(text):
            found.append(partial(_holds, tells))
    if unit := _unit(question):
        found.append(partial(_holds_unit, unit))
    if _PRICE.search(text) and not _PART.search(text):
        found.append(partial(_holds_money, frozenset(w.term for w in question.subject), thesaurus))
    if (counted := _HOW_MANY.search(text)) and not _known_unit(counted["what"] or counted["of"]):
        found.append(partial(_holds_count, frozenset(question.numbers)))
    return found


def _holds(pattern: re.Pattern[str], sentence: str) -> bool:
    return bool(pattern.search(sentence))


def _unit(question: Question) -> str | None:
    """The unit in "how many tonnes", but not in "how many euro coins" or "how many won": it is plural. None for
    spans of time, which are told in any."""
    for word in question.counted:
        unit = _known_unit(word.written)
        if unit and unit.name not in _SPANS and word.written.lower().endswith(("s", "feet")):
            return unit.name
    return None


def _holds_unit(unit: str, sentence: str) -> bool:
    """True for a sentence with an amount in this unit or a like one, or with such a unit, a sign or a single letter
    in brackets ("Quantity (t): 320")."""
    bracketed = _IN_BRACKETS.findall(sentence)
    if any(len(written) == 1 for written in bracketed):
        return True
    told = {amount.unit for amount in amounts_in(sentence)} - {None, *_SHARES}
    told |= {known.name for written in bracketed if (known := _known_unit(written))}
    return any((one in currencies()) == (unit in currencies()) for one in told)


def _holds_count(asked: frozenset[float], sentence: str) -> bool:
    """False for a sentence whose only numbers measure something ("18 tonnes", "for three days"): that does not tell
    how many there are. A share of them may be told."""
    amounts = [a for a in amounts_in(sentence) if a.value not in asked]
    measured = bool(amounts) and all(a.unit and a.unit not in _SHARES for a in amounts)
    return not measured or tells_amount_in_words(sentence) or bool(_MANY.search(sentence))


def _holds_money(asked: frozenset[str], thesaurus: Thesaurus, sentence: str) -> bool:
    """True for a sentence with a sum of money, in whatever currency, or one that says that something is free."""
    if _FREE.search(sentence):
        return True
    parsed = words(sentence)
    return any(_is_money(a, sentence, parsed, asked, thesaurus) for a in amounts_in(sentence))


def _is_money(
    amount: Amount, sentence: str, parsed: list[Word], asked: frozenset[str], thesaurus: Thesaurus
) -> bool:
    """True for a sum: behind it stands a currency, or at least no known thing; behind a large number nothing need
    stand."""
    if amount.unit or amount.ordinal:
        return amount.unit in currencies()
    at = next((i for i, w in enumerate(parsed) if w.start >= amount.end), len(parsed))
    behind = parsed[at : at + 2]
    if any(month_of(w.written) for w in parsed[max(0, at - 2) : at + 1]):
        return False
    if any((unit := _known_unit(w.written)) and unit.name in currencies() for w in behind):  # "9 union dollars"
        return True
    noun = behind[0] if behind and behind[0].start == amount.end + 1 else None
    if noun is None or is_stop_word(noun.written) or not noun.written.islower():
        return amount.value >= _LARGE and not _is_year(amount)
    return noun.term not in asked and not thesaurus.knows(noun.term)


def _is_year(amount: Amount) -> bool:
    return re.fullmatch(r"(?:1[5-9]|2[01])\d\d", amount.written) is not None


def _known_unit(written: str) -> Unit | None:
    lower = written.lower()
    return units().get(lower) or units().get(lower.removesuffix("s"))
