"""Sentences that do not tell what a question asks for by name: a person or body, an age, a share, a unit. And those
about something still to come, which a question takes for past."""

import re

from rag.amounts import amounts_in
from rag.question import Question
from rag.terms import Word, is_stop_word, words
from rag.thesaurus import Thesaurus
from rag.units import currencies, units
from rag.values import MONTHS, WEEKDAYS

_NAMED_THING = (
    r"(?:\w+ )?(?:minister|official|leader|politician|judge|director|author|expert|scientist|researcher|commander"
    r"|envoy|negotiator|company|firm|manufacturer|bank|newspaper|outlet|party|union|university|institute|agency"
    r"|organi[sz]ation|ministry|court|country|companies|firms|parties|countries|agencies|ministers)"
)
# "Which company went bust" is told by a name; "what company policy changed" need not be.
_NAMED = re.compile(
    rf"\bwhich {_NAMED_THING}\b|\bwhat {_NAMED_THING} "
    r"(?:is|are|was|were|did|does|do|has|have|had|will|would|can|could|\w+ed)\b",
    re.IGNORECASE,
)
_WHO_IS = re.compile(
    r"^(?:so |and |please )?who(?:[’']s| is| was| are| were| will be) (?:the |its |their |his |her |(?-i:[A-Z]))"
    r"|\bwho (?:leads|heads|chairs|runs|directs|commands)\b",
    re.IGNORECASE,
)
_OPENS = '.:;“"‘(|–-'  # what stands before a capital that need not be a name's
_HOW_OLD = re.compile(r"\bhow old\b|\bwhat age\b|\bage of\b", re.IGNORECASE)
_AGE = re.compile(
    r"\baged?\b|\byears? old\b|-year-old|, \d{1,3}[,;. ]|\bof \d{1,2}\b|\b(?:is|was|turn(?:s|ed)) \d{1,3}\b"
    r"|\b(?:born|built|founded|old(?:est)?|young(?:est)?)\b|\bdat(?:es|ing) (?:from|back)\b"
    r"|\bin (?:his|her|their) \w+ties\b|\b(?:since|in) (?:1\d|20|21)\d\d\b",
    re.IGNORECASE,
)
_SHARE_OF = re.compile(
    r"\bwhat (?:percentage|share|proportion|fraction|part of)\b"
    r"|\bhow (?:large|big) a (?:share|part|slice)",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"%|per ?cent|\b(?:half|halves|thirds?|quarters?|fifths?|tenths?|majority|most|all|none|one in|out of"
    r"|in (?:two|three|four|five|ten)|\d+ of (?:the |its |their |all )?\d+)\b",
    re.IGNORECASE,
)
_SPANS = frozenset("second minute hour day week month year decade century".split())
_ONE_LETTER = re.compile(r"\([a-z]\)", re.IGNORECASE)
_PAST = re.compile(
    r"\b(?:did|was|were|has|have|had|won)\b|^who \w+(?:ed|t|n)\b",
    re.IGNORECASE,
)
_OF_PLANS = re.compile(
    r"\b(?:will|would|shall|should|could|may|might|can|plan(?:s|ned)?|intend\w*|propos\w*|promis\w*|announc\w*"
    r"|expect\w*|demand\w*|ask(?:ed)?|call(?:ed)?|want\w*|going to|due|scheduled|recommend\w*|say|said|warn\w*"
    r"|threaten\w*|agree\w*|order\w*|urge\w*|next|forecast\w*|predict\w*|project\w*|offer\w*|suggest\w*|seek(?:ing)?"
    r"|aim\w*|hope\w*|rul\w* out|according)\b",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"\b(?:(?:is|are) (?:due|to|scheduled|expected|set|likely)|due (?:on|by|in)|next \w+|will (?!not)|has yet to"
    r"|not yet|call(?:s|ed) for|announced (?:an )?(?:appeal|complaint))\b",
    re.IGNORECASE,
)


class Untold:
    """What one question asks for, to be looked for in sentences."""

    def __init__(self, question: Question, thesaurus: Thesaurus) -> None:
        self._thesaurus = thesaurus
        text = question.asked
        self._asked = frozenset(w.term for w in (*question.subject, *question.names))
        self._named = question.wants == "full_name" or bool(_NAMED.search(text))
        self._who_is = question.wants == "person" and bool(_WHO_IS.search(text))
        self._age, self._share = bool(_HOW_OLD.search(text)), bool(_SHARE_OF.search(text))
        self._unit = _unit(question)
        self._past = bool(_PAST.search(text)) and not _OF_PLANS.search(text)

    def by(self, sentence: str, before: str) -> bool:
        """True for a sentence, and the one `before` it, that do not tell what is asked for."""
        return (
            (self._named and not self._names_another(sentence))
            or (self._who_is and not self._names_another(sentence) and not self._names_another(before))
            or (self._age and not _AGE.search(sentence))
            or (self._share and not _SHARE.search(sentence))
            or (self._unit is not None and not _holds_unit(sentence, self._unit))
        )

    def is_to_come(self, sentence: str) -> bool:
        """True for a sentence about something still to come, when the question takes it for past."""
        return self._past and bool(_TO_COME.search(sentence))

    def _names_another(self, sentence: str) -> bool:
        """True for a sentence with a name that the question does not have. A word alone at its beginning is one
        when the thesaurus does not know it."""
        parsed = words(sentence)
        for i, word in enumerate(parsed):
            if not word.written[:1].isupper() or is_stop_word(word.written) or word.term in self._asked:
                continue
            if word.written.lower() in MONTHS or word.written.lower() in WEEKDAYS:
                continue
            opens = i == 0 or sentence[: word.start].rstrip()[-1:] in _OPENS
            if not opens or _goes_on(parsed, i) or not self._thesaurus.knows(word.term):
                return True
        return False


def _goes_on(parsed: list[Word], i: int) -> bool:
    """True for a word behind which another with a capital stands."""
    follows = i + 1 < len(parsed) and parsed[i + 1].start == parsed[i].end + 1
    return follows and parsed[i + 1].written[:1].isupper()


def _unit(question: Question) -> str | None:
    """The unit in "how many tonnes"; None for spans of time, which are told in any."""
    for word in question.counted:
        lower = word.written.lower()
        unit = units().get(lower) or units().get(lower.removesuffix("s"))
        if unit and unit.name not in _SPANS:
            return unit.name
    return None


def _holds_unit(sentence: str, unit: str) -> bool:
    """True for a sentence with an amount in this unit or a like one, or one of one letter ("Quantity (t): 320")."""
    money = unit in currencies()
    told = {amount.unit for amount in amounts_in(sentence)} - {None, "percent", "percentage point"}
    return any((one in currencies()) == money for one in told) or bool(_ONE_LETTER.search(sentence))
