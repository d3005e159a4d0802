"""Quantities that a question asks for, and whether a sentence tells them: a unit, money, how many there are of
something."""

import re
from collections.abc import Callable
from functools import partial

from rag.asking.question import Question
from rag.extract.kinds import ONE_OF_THE_MOST, is_sum, tells_amount_in_words
from rag.words.amounts import amounts_in
from rag.words.terms import is_stop_word, term
from rag.words.thesaurus import Thesaurus
from rag.words.units import Unit, currencies, known_unit
from rag.words.values import CARDINALS, MONTHS, month_of, values_of

Told = Callable[[str], bool]

_CHANGE = "increases?|rises?|cuts?|freeze|caps?|hikes?|talks|disputes?|print"
_PRICE = re.compile(
    r"\bhow much (?:money|cash|compensation|funding|ransom|rent|debt|tax)\b"
    r"|\b(?:what|which) (?:price|fee|fare|wage|salary|rent|fine|bail|ransom|rebate|bonus|toll|subsidy)\b"
    rf"(?! (?:{_CHANGE})\b)"
    r"|\bwhat(?:[’']s| is| was| are| were| will be| would be) (?:the|its|their|his|her) (?:[\w-]+ ){0,2}"
    r"(?:price|cost|fine|fee|fare|rent|salary|wage|bail|ransom|rebate|bonus|toll)"
    r"(?= (?:now|then|today|for|per|under|at|a|of(?! living))\b|$)"
    r"|\b(?:what|how much)\b[^,;]* worth$"
    r"|\bhow much\b[^,;]*\b(?:sue[sd]?|suing|fined|borrow\w*|donat\w*|invest\w*)\b"
    r"|\b(?:how much|what) (?:more |extra )?"
    r"(?:will|would|did|does|do|has|have|had|is|was|were|are|must|can|could|should)\b[^,;]*"
    r"\b(?:costs?|pay|pays|paid|paying|earns?|earned|spends?|spent|owes?|charged?(?! (?:with|against)\b))\b"
    r"(?! (?:of|attention|tribute)\b)",
    re.IGNORECASE,
)
_FREE = re.compile(
    r"[$€£¥₹₽₪₩]|\b(?:(?:free(?! to\b)|nothing|unpaid|waived|(?:no|without) (?:charge|fee|pay|payment))\b"
    r"|(?:prices?|costs?|fees?|fares?|rents?|wages?)\b[^.|]*: ?\d)",
    re.IGNORECASE,
)
_NUMBER = (
    rf"(?<![\w.,])(?:\d[\d,]*(?:\.\d+)?(?:bn|mn|tn|k)?|{'|'.join(sorted(CARDINALS, key=len, reverse=True))})\b"
    r"(?:[- ](?:hundred|thousand|million|billion|trillion))*"
)
_NUMBER_OF = re.compile(
    rf"(?P<month>\b(?:{'|'.join(MONTHS)}) )?(?P<number>{_NUMBER})(?:(?: to | and | or |[-–]){_NUMBER})?"
    r"(?:[- ](?P<noun>[^\W\d_]+)(?: (?P<next>[^\W\d_]+))?)?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:1[5-9]|2[01])\d\d")
_PERCENT = re.compile(r"per(?:cent)?\b", re.IGNORECASE)
# More or less, which is no share: "64 per cent approve" tells how many do, "it fell by 9 per cent" does not.
_BY_PERCENT = re.compile(
    r"\b(?:by|rose|fell|gained|lost|returned|grew|shrank|dropped|climbed|up|down) \d[\d.]* ?(?:%|per ?cent)"
    r"|\d[\d.]* ?(?:%|per ?cent) (?:more|less|fewer|higher|lower|dearer|cheaper|above|below|interest|a year)\b",
    re.IGNORECASE,
)
# "Two earlier crews", "150 million users": no currency that nobody has heard of.
_NO_NOUN = re.compile(
    r"(?:ed|ing|est|ly|ier|(?:or|ist|ee)s)$"
    r"|^(?:buy|custom|driv|farm|fight|follow|lead|listen|memb|own|passeng|play|read|subscrib|teach|us|view|vot|work)ers$"
    r"|^(?:other|further|former|later|larger|smaller|older|younger"
    r"|more|fewer|less|people|persons|men|women|children|times)$"
)
_LARGE = 100  # a sum from which no currency need be named: "the price was put at 640 million"
_HOW_MANY = re.compile(r"\bhow many (?P<what>[^\W\d_]+)|\bnumber of (?P<of>[^\W\d_]+)", re.IGNORECASE)
_MANY = re.compile(r"\b(?:(?:hund|thous|mill)\w+s|dozens|several|many|few|most|all|every\w*)\b", re.IGNORECASE)
_AT_TEN = re.compile(
    rf"(?<=day|ing) at (?P<hour>{'|'.join(w for w, value in CARDINALS.items() if 0 < value <= 12)})\b"
    r"(?= (?:in|on|at|and|or|to|for|from|with)\b|[.,;]|$)",
    re.IGNORECASE,
)
_SPANS = frozenset("second minute hour day week month year decade century".split())
_SHARES = frozenset(["percent", "percentage point"])
_IN_BRACKETS = re.compile(r"\(([^\W\d_]+|[$€£¥])\)")


def measures_of(question: Question, thesaurus: Thesaurus) -> list[Told]:
    """For each quantity that a question names, whether a sentence tells it."""
    text = question.asked
    found: list[Told] = []
    if unit := _unit(question):
        found.append(partial(_holds_unit, unit))
    if _PRICE.search(text):
        asked = frozenset(w.term for w in question.subject)
        found.append(partial(_holds_money, asked, thesaurus))
    if (counted := _HOW_MANY.search(text)) and not known_unit(counted["what"] or counted["of"]):
        found.append(partial(_holds_count, frozenset(question.numbers)))
    return found


def _unit(question: Question) -> str | None:
    """The unit in "how many tonnes", but not in "how many euro coins" or "how many won": it is plural. None for
    spans of time, which are told in any."""
    for word in question.counted:
        unit = known_unit(word.written)
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
    told |= {known.name for written in bracketed if (known := known_unit(written))}
    return any((one in currencies()) == (unit in currencies()) for one in told)


def _holds_count(asked: frozenset[float], sentence: str) -> bool:
    """False for a sentence whose only numbers measure something ("18 tonnes", "for three days"): that does not tell
    how many there are, nor does a change, a year or a time of the day. A share of them may be told."""
    sentence = ONE_OF_THE_MOST.sub("", sentence)
    numbers = list(_NUMBER_OF.finditer(sentence))
    changes = [match.span() for match in _BY_PERCENT.finditer(sentence)]
    hours = {match.start("hour") for match in _AT_TEN.finditer(sentence)}
    others = [
        number
        for number in numbers
        if _unit_behind(number) is None
        and not is_sum(sentence, number.start("number"))
        and not _YEAR.fullmatch(number["number"])
        and number.start("number") not in hours
        and not any(start <= number.start() < end for start, end in changes)
    ]
    if len(others) == len(numbers) or any(values_of(number["number"]) - asked for number in others):
        return True
    return tells_amount_in_words(sentence) or bool(_MANY.search(sentence))


def _holds_money(asked: frozenset[str], thesaurus: Thesaurus, sentence: str) -> bool:
    """True for a sentence with a sum of money, in whatever currency, or one that says that something is free."""
    if any(term(match.group()) not in asked for match in _FREE.finditer(sentence)):
        return True
    return any(_is_money(number, asked, thesaurus) for number in _NUMBER_OF.finditer(sentence))


def _is_money(number: re.Match[str], asked: frozenset[str], thesaurus: Thesaurus) -> bool:
    """True for a number with a currency, or with a word that is no known thing and may be one; a large number may
    stand alone."""
    noun = number["noun"] or ""
    if unit := _unit_behind(number):
        return unit.name in currencies()
    if month_of(noun) or number["month"] or _PERCENT.match(noun):
        return False
    behind = number["next"] or ""
    if noun and not is_stop_word(noun) and behind.endswith("s") and behind.islower() and not is_stop_word(behind):
        return False  # "140 everyday goods", "93 million Kelby readers"
    if is_stop_word(noun) or not noun.islower():
        return max(values_of(number["number"]), default=0) >= _LARGE and not _YEAR.fullmatch(number["number"])
    if _NO_NOUN.search(noun):
        return False
    # A thing that can be counted would be plural: of "46 million tarik" one may ask what tarik cost to print.
    return (term(noun) not in asked or not noun.endswith("s")) and not thesaurus.knows(term(noun))


def _unit_behind(number: re.Match[str]) -> Unit | None:
    """The unit behind a number, or behind a word more ("9 union dollars", "4 nautical miles"); none of a share."""
    if _PERCENT.match(number["noun"] or ""):
        return None
    return next((unit for word in number.group("noun", "next") if word and (unit := known_unit(word))), None)
