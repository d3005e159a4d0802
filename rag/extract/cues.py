"""Words by which a question tells what it wants, and a sentence that it has it: a reason, a sum, a name."""

import re

from rag.asking.question import Question
from rag.extract.readings import ReadText
from rag.words.values import values_of

_WHY = re.compile(
    r"^(?:\w+ ){0,3}why\b|\bwhat (?:is|was|were|are) the (?:reason|cause)|\bhow come\b|\breasons?\b|\bwhat caused\b"
    r"|for what reason|because of what",
    re.IGNORECASE,
)
BECAUSE = re.compile(
    r"\b(?:because|due to|after|since|so that|in order to|citing|owing to|as|without|that is why)\b|\bblam"
    r"|\b(?:reasons?|caus(?:es?|ed)|follow(?:s|ed|ing)|result(?:s|ed|ing)?)\b"
    r"|\bto (?:avoid|prevent|protect|reduce|make|give|allow|keep|save|cut|stop)\b",
    re.IGNORECASE,
)
# "Could you tell me how long it was" does not ask whether.
WHETHER = re.compile(
    r"^(?:please )?(?!(?:(?:can|could|will|would|do|may|might) )(?:you|i|we|anybody|anyone|somebody|someone) "
    r"(?:please |kindly |perhaps |possibly |happen to )?(?:tell|say|explain|describe|give|show|list|name|know|ask"
    r"|write|recommend|suggest|remind|help|find|summari[sz]e)\b(?! (?:me |us )?(?:if|whether)\b))"
    r"(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|must|may|am)\b",
    re.IGNORECASE,
)
_DENIAL = re.compile(
    r"\b(?:no|not|never|none|neither|nor|without|cannot|nobody|nothing|unknown|yet to|rul(?:es|ed|ing) out"
    r"|den(?:y|ies|ied|ying)|refus(?:e to|es|ed|ing)|declin(?:ed|(?:e|es|ing) to)|reject(?:s|ed|ing)?"
    r"|refrain(?:s|ed|ing)?"
    r"|withh(?:eld|olds?|olding)|fail(?:s|ed|ing)? to|stop(?:s|ped|ping)? short)\b|n[’']t\b",
    re.IGNORECASE,
)
_SUM = re.compile(r"\bhow much\b|\b(?:costs?|price|pay|paid|fine|budget|amount|fee|worth)\b|\bspend", re.IGNORECASE)
_MONEY = re.compile(
    r"[$€£¥%]|\b(?:crown|dollar|euro|pound|million|billion|franc|mark|shilling|peso|rupee|dinar|krone|kron|per cent"
    r"|percent)\w*",
    re.IGNORECASE,
)
_SHARE = re.compile(r"%|per ?cent|\b(?:share|proportion|rate|fraction)\b|how (?:large|big) a\b", re.IGNORECASE)
_PERCENT = re.compile(r"%|per ?cent", re.IGNORECASE)
_MEASURE = re.compile(
    r"\b(?:costs?|price[sd]?|fines?|penalt(?:y|ies)|fees?|interest|percentage|portion|proportion|share|fraction"
    r"|margin|wage|salary|rent|turnout|age|speed|temperature|deficit|surplus|growth|rate|level|capacity|size"
    r"|charged?|highest|lowest|maximum|minimum|amount|sum|total|number|worth|how (?:strong|fast|heavy|deep|steep"
    r"|severe|big|badly|quickly|tall|wide|old|long|far|much|many|few))\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:in|at|near|to|from|on|off|outside|across|along|through|into|between|north|south|east|west|of) (?:the )?"
    r"(?:[a-z]+ ){0,2}[A-Z]\w+"
)
_NAME = re.compile(r"[A-Z][\w’'-]+ (?:(?:of|the|de|al|el|van|von|da|dos|bin|ibn) )?[A-Z][\w’'-]+")

# What the cues of a question make of a sentence, each 0 or 1.
CUES = (
    "reason_told",
    "reason_untold",
    "denied",
    "sum_untold",
    "share_untold",
    "figure_untold",
    "figure_unasked",
    "name_told",
    "place_told",
    "place_untold",
)


class Cues:
    """What one question wants, by its words."""

    def __init__(self, question: Question) -> None:
        text, wants = question.text, question.wants
        self._why = bool(_WHY.search(text))
        self._whether = bool(WHETHER.search(text))
        self._sum = bool(_SUM.search(text))
        self._share = bool(_SHARE.search(text))
        self._figure = wants in ("any", "number") and bool(_MEASURE.search(text))
        self._other = wants not in ("any", "number", "date", "time")
        self._who = wants in ("person", "full_name")
        self._where = wants in ("where", "place")
        self._asked = frozenset(w.term for w in (*question.subject, *question.names))

    def told_by(self, sentence: str) -> tuple[bool, ...]:
        """One value for each of CUES."""
        because = self._why and bool(BECAUSE.search(sentence))
        figure = (self._figure or self._other) and bool(values_of(sentence))
        place = self._where and bool(_PLACE.search(sentence))
        return (
            because,
            self._why and not because,
            self._whether and bool(_DENIAL.search(sentence)),
            self._sum and not _MONEY.search(sentence),
            self._share and not _PERCENT.search(sentence),
            self._figure and not figure,
            self._other and figure,
            self.finds_name(sentence),
            place,
            self._where and not place,
        )

    def misses_reason(self, sentence: str) -> bool:
        """True for a sentence without the reason that is asked for."""
        return self._why and not BECAUSE.search(sentence)

    def finds_name(self, sentence: str) -> bool:
        """True for a sentence with a name of two words, where one is asked for, that the question has not."""
        return self._who and self._names_another(sentence)

    def _names_another(self, sentence: str) -> bool:
        """True for a sentence with a name of two words, neither of which the question has."""
        return any(self._asked.isdisjoint(ReadText.of(m.group()).terms) for m in _NAME.finditer(sentence))
