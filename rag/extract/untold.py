"""Sentences that do not tell what a question asks for by name: a person or body, an age, a share, a unit; or
whether it is fair. And those about something still to come, which a question takes for past."""

import re
from itertools import pairwise

from rag.asking.question import Question
from rag.words.amounts import amounts_in
from rag.words.names import ROLES
from rag.words.terms import Word, is_stop_word, term, words
from rag.words.thesaurus import Thesaurus
from rag.words.units import Unit, currencies, units
from rag.words.values import CARDINALS, MONTHS, WEEKDAYS
from rag.words.verbs import is_past

_THING = (
    r"minister|official|leader|politician|judge|director|author|expert|scientist|researcher|commander|envoy"
    r"|negotiator|company|firm|manufacturer|bank|newspaper|outlet|party|union|university|institute|agency"
    r"|organi[sz]ation|ministry|court|country|companies|firms|parties|countries|agencies|ministers"
)
# "Which company went bust" is told by a name; "what company policy changed" need not be.
_NAMED = re.compile(
    rf"\b(?:which|what(?= (?:\w+ )?(?:{_THING}) "
    r"(?:is|are|was|were|did|does|do|has|have|had|will|would|can|could|\w+ed)\b))"
    rf" (?:\w+ )?(?P<thing>{_THING})\b",
    re.IGNORECASE,
)
# What names a minister, ministry, court, bank or party without a capital.
_FIELDS = frozenset(
    """finance foreign interior home defence defense health education labour labor justice transport energy trade
    agriculture environment culture prime supreme high appeal constitutional central ruling opposition""".split()
)
_CHOICE = re.compile(r"\bor (?:the |an? )?[A-Z]")  # "Aldry or Kelby": the answer's name stands in the question
# Not "who is Eda Holm" and "who were the victims", which a name need not answer.
_WHO_IS = re.compile(
    r"^(?:so |and |please )?who(?:[’']s| is| was| will be) "
    rf"(?:(?:the|its|their|his|her) (?:(?-i:[a-z])|(?:{'|'.join(sorted(ROLES))})\b)"
    r"|(?:the )?(?-i:[A-Z])[^?,]*?[’']s? )"
    r"|\bwho (?:leads|heads|chairs|runs|directs|commands)\b",
    re.IGNORECASE,
)
# The verb of what was done: "who proposed it", "when was the truce proposed".
_DEED = re.compile(
    r"\bwho (?:(?:has|have|had|first|originally) )*(?P<did>[^\W\d_]+)"
    r"|\b(?:when|where|by whom) (?:was|were|had)\b.* (?P<done>[^\W\d_]+)$",
    re.IGNORECASE,
)
_DETERMINERS = frozenset("the a an any this that these those new".split())
_CALLED = re.compile(r"\b(?:called(?! (?:for|on|off|in)\b)|named|dubbed|known as)\b", re.IGNORECASE)
_OPENS = '.:;“"‘(|–-'  # what stands before a capital that need not be a name's
_HOW_OLD = re.compile(r"\bhow old\b|\bwhat age\b|\bage of\b", re.IGNORECASE)
_YEARS = rf"(?:\d{{1,3}}|{'|'.join(w for w, value in CARDINALS.items() if value > 9)})\b"
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
_TO_JUDGE = re.compile(
    r"(?!.*\b(?:fair|just|reasonable) to (?:say|state|assume|conclude|believe|call|expect)\b)"  # a fact
    r"(?:and |so |but )?(?:(?:do|would) you (?:think|say|agree)\b.*|(?:is|are|was|were)(?:n[’']t)? .*)"
    r"\b(?:(?:un|im)?(?:fair|just|justified|moral|ethical|wise|reasonable)|a (?:good|bad|great|terrible) idea"
    r"|a mistake|worth it)(?: (?:to|for|on|towards) [^?,]+)?\W*",
    re.IGNORECASE | re.DOTALL,
)
_JUDGES = re.compile(
    r"\b(?:un|in)?(?:fair|justif|justice|ethic|wis(?:e|dom)\b|reasonabl|balanced|proportionate|legitima|favou?r)"
    r"|\bunjust|\b(?:im)?moral|\b(?:criti[cq]|prais|condemn|welcom|hail|slam|denounc|accus"
    r"|mistake|reckless|overly|one-sided|biased|too (?:far|much|little|harsh|soft)|(?:good|bad) idea|wrong\b)",
    re.IGNORECASE,
)
_SPANS = frozenset("second minute hour day week month year decade century".split())
_IN_BRACKETS = re.compile(r"\(([^\W\d_]+|[$€£¥])\)")
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
        choice = bool(_CHOICE.search(text))
        self._asked = frozenset() if choice else frozenset(w.term for w in (*question.subject, *question.names))
        named = _NAMED.search(text)
        self._thing = term(named["thing"]) if named else ""
        self._full_name = question.wants == "full_name"
        self._named = self._full_name or named is not None
        self._who_is = question.wants == "person" and bool(_WHO_IS.search(text))
        self._deeds = _deeds(question, thesaurus)
        self._age, self._share = bool(_HOW_OLD.search(text)), bool(_SHARE_OF.search(text))
        self._unit = _unit(question)
        self._judged = asks_to_judge(text)
        self._past = bool(_PAST.search(text)) and not _OF_PLANS.search(text)

    def by(self, sentence: str, before: str) -> bool:
        """True for a sentence, and the one `before` it, that do not tell what is asked for."""
        return (
            (self._named and not self._names_another(sentence) and not self._says_a_name(sentence))
            or (self._who_is and not self._names_another(sentence) and not self._names_another(before))
            or (bool(self._deeds) and self._takes_as_done(sentence))
            or (self._age and not _AGE.search(sentence))
            or (self._share and not _SHARE.search(sentence))
            or (self._unit is not None and not _holds_unit(sentence, self._unit))
            or (self._judged and not _JUDGES.search(sentence))
        )

    def is_to_come(self, sentence: str) -> bool:
        """True for a sentence about something still to come, when the question takes it for past."""
        return self._past and bool(_TO_COME.search(sentence))

    def _takes_as_done(self, sentence: str) -> bool:
        """True for a sentence with what was done and nobody who did it: "the proposed truce", when it is asked who
        proposed it."""
        parsed = words(sentence)
        deeds = [i for i, word in enumerate(parsed) if word.term in self._deeds]
        return bool(deeds) and all(
            is_past(parsed[i].written)
            and (i == 0 or parsed[i - 1].written.lower() in _DETERMINERS)
            and i + 1 < len(parsed)
            and not is_stop_word(parsed[i + 1].written)
            and sentence[parsed[i].end : parsed[i + 1].start] == " "
            for i in deeds
        )

    def _names_another(self, sentence: str) -> bool:
        """True for a sentence with a name that the question does not have. A word alone at its beginning is one
        when the thesaurus does not know it."""
        parsed = words(sentence)
        for i, word in enumerate(parsed):
            if word.term in self._asked or not _may_name(word.written):
                continue
            opens = i == 0 or sentence[: word.start].rstrip()[-1:] in _OPENS
            if not opens or _goes_on(parsed, i) or not self._thesaurus.knows(word.term):
                return True
        return False

    def _says_a_name(self, sentence: str) -> bool:
        """True for a sentence that names something without a capital: "called cholera", "the finance ministry"."""
        if self._full_name and _CALLED.search(sentence):
            return True
        return any(
            word.term == self._thing and before.written.lower() in _FIELDS and before.term not in self._asked
            for before, word in pairwise(words(sentence))
        )


def asks_to_judge(text: str) -> bool:
    """True for a question whether something is fair, wise or the like: only somebody's judgement answers it."""
    return bool(_TO_JUDGE.fullmatch(text))


def _deeds(question: Question, thesaurus: Thesaurus) -> set[str]:
    """The terms of the verb of what was done, and of what may stand for it; none when a question names no such."""
    match = _DEED.search(question.asked)
    start = match.start(match.lastgroup or 0) if match else -1
    parsed = words(question.asked)
    for i, verb in enumerate(parsed):
        if verb.start == start and is_past(verb.written) and not is_stop_word(verb.written):
            others = {word.term for word in question.subject if word.term != verb.term}
            return ({verb.term} | thesaurus.synonyms(parsed, i)) - others
    return set()


def _may_name(written: str) -> bool:
    """True for a word with a capital ("3M", "eBay", "WHO"), or of a writing that has none; not for stop words,
    months and weekdays."""
    lower = written.lower()
    is_stop = is_stop_word(written) and (len(written) == 1 or not written.isupper())
    return any(c.isalpha() and not c.islower() for c in written) and not (
        is_stop or lower in MONTHS or lower in WEEKDAYS
    )


def _goes_on(parsed: list[Word], i: int) -> bool:
    """True for a word behind which another with a capital stands."""
    follows = i + 1 < len(parsed) and parsed[i + 1].start == parsed[i].end + 1
    return follows and parsed[i + 1].written[:1].isupper()


def _unit(question: Question) -> str | None:
    """The unit in "how many tonnes", but not in "how many euro coins" or "how many won": it is plural. None for
    spans of time, which are told in any."""
    for word in question.counted:
        unit = _known_unit(word.written)
        if unit and unit.name not in _SPANS and word.written.lower().endswith(("s", "feet")):
            return unit.name
    return None


def _holds_unit(sentence: str, unit: str) -> bool:
    """True for a sentence with an amount in this unit or a like one, or with such a unit, a sign or a single letter
    in brackets ("Quantity (t): 320")."""
    bracketed = _IN_BRACKETS.findall(sentence)
    if any(len(written) == 1 for written in bracketed):
        return True
    told = {amount.unit for amount in amounts_in(sentence)} - {None, "percent", "percentage point"}
    told |= {known.name for written in bracketed if (known := _known_unit(written))}
    return any((one in currencies()) == (unit in currencies()) for one in told)


def _known_unit(written: str) -> Unit | None:
    lower = written.lower()
    return units().get(lower) or units().get(lower.removesuffix("s"))
