"""Sentences that do not tell what a question asks for by name: a person or body, a quantity, a fact of some kind.
And those about something still to come, which a question takes for past."""

import re
from collections.abc import Sequence
from itertools import pairwise

from rag.asking.question import Question
from rag.asking.wants import BODIES, PERSONS
from rag.extract.awaited import Awaited
from rag.extract.matters import told_matters
from rag.extract.measures import measures_of
from rag.extract.reasons import Reason
from rag.words.names import ROLES
from rag.words.terms import Word, is_stop_word, term, words
from rag.words.thesaurus import Thesaurus
from rag.words.values import CARDINALS, MONTHS, WEEKDAYS
from rag.words.verbs import is_past

_THING = (
    rf"(?:{PERSONS}|{BODIES}|countr(?:y|ies)|competitors?|rivals?|airlines?|insurers?|engineers?|doctors?|lawyers?"
    r"|donors?|investors?|bidders?|suppliers?|contractors?|languages|islands|districts|provinces|villages|towns"
    r"|cities|states|candidates?)"
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
_WHAT_CALLED = re.compile(r"^what (?:is|are|was|were) .+ (?:called|named)\b(?! (?:for|on|off|in)\b)", re.IGNORECASE)
_COUNTRY = term("country")
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
    rf"\b(?:who|which (?:\w+ )?(?:{_THING})) (?:(?:has|have|had|first|originally) )*(?P<did>[^\W\d_]+)"
    r"|\b(?:when|where|by whom) (?:was|were|had)\b.* (?P<done>[^\W\d_]+)$",
    re.IGNORECASE,
)
# Verbs that mean something only with what follows: "took over", "put his signature to".
_VAGUE = frozenset(
    """acted asked became brought called came caught cut did drew fell felt found gave got had held kept laid led
    left let looked made meant met picked put ran said saw sent set showed stood thought told took turned
    went""".split()
)
_OF_PLACES = frozenset("in at on near off into around outside across".split())
_SIDES = frozenset("north south east west town city port village province".split())  # "of" a place
_DETERMINERS = frozenset("the a an any this that these those new".split())
_BE_DONE = re.compile(r"\b(?:is|are|was|were|been|being|be)(?: \w+ly| also| not| already| since)? $", re.IGNORECASE)
_DONE_SOMEHOW = re.compile(r"\w, [^\W\d_]+ (?:in|on|at|from|since|during) ")  # "the ship, built in 2024"
_BY = re.compile(r"[^,;]*\bby\b", re.IGNORECASE)
_PAUSE = re.compile(r"[,;:“”()]")
_CALLED = re.compile(r"\b(?:called(?! (?:for|on|off|in)\b)|named|dubbed|known as)\b", re.IGNORECASE)
_OPENS = '.:;“"‘(|–-'  # what stands before a capital that need not be a name's
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
_AUXILIARY = re.compile(
    r"\b(?:did|was|were|had|has|have|is|are|do|does|will|would|can|could|should|may|must|might)\b", re.IGNORECASE
)
# What stands before the clause of something else: "who pays in the town where it was shut".
_MAIN = re.compile(r"(?:\S+ ){3,}?(?=(?:where|which|that|who|whom|whose)\b)", re.IGNORECASE)
_OF_THE_PAST = frozenset("did was were had has have".split())
_HAS_TO = re.compile(r"\b(?:has|have|had) to\b", re.IGNORECASE)
_DONE = re.compile(r"\b(?:has|have|had|was|were)\b", re.IGNORECASE)


class Untold:
    """What one question asks for, to be looked for in sentences. `deed` is the index in the question's subject of
    the verb of what was done ("who signed it", "when was it signed"), which an answer must hold in some way."""

    def __init__(self, question: Question, thesaurus: Thesaurus) -> None:
        self._thesaurus = thesaurus
        text = question.asked
        choice = bool(_CHOICE.search(text))
        self._asked = frozenset() if choice else frozenset(w.term for w in (*question.subject, *question.names))
        named = _NAMED.search(text)
        self._awaited = Awaited(question)
        self._thing = term(named["thing"]) if named else ""
        self._full_name = question.wants == "full_name" or _WHAT_CALLED.search(text) is not None
        self._named = self._full_name or named is not None
        of_somebody = question.wants in ("full_name", "person", "body") or (self._full_name and " who " in text)
        self._somebody = of_somebody and self._thing != _COUNTRY
        self._who_is = question.wants == "person" and bool(_WHO_IS.search(text))
        self._deeds = _deeds(question, thesaurus)
        deed = _deed(text)
        self._done = deed.term if deed and question.wants == "person" else ""
        telling = deed if deed and deed.written.lower() not in _VAGUE else None
        self.deed = next((i for i, w in enumerate(question.subject) if telling and w.term == telling.term), None)
        self._reason = Reason(question)
        self._measures = measures_of(question, thesaurus)
        self._matters = told_matters(question)
        main = clause.group() if (clause := _MAIN.match(text)) else text
        self._past = bool(_PAST.search(main)) and not _OF_PLANS.search(text)
        first = _AUXILIARY.search(main)
        self._took_place = (
            self._past and not _HAS_TO.search(text) and (first is None or first.group().lower() in _OF_THE_PAST)
        )

    def by(self, sentence: str, before: str) -> bool:
        """True for a sentence, and the one `before` it, that do not tell what is asked for."""
        return (
            (self._named and not self._names_another(sentence) and not self._says_a_name(sentence))
            or (self._who_is and not self._names_another(sentence) and not self._names_another(before))
            or (bool(self._deeds) and self._takes_as_done(sentence))
            or not all(tells(sentence) for tells in self._measures)
            or not all(told.search(sentence) for told in self._matters)
        )

    def leaves_open(self, sentence: str, is_to_come: bool) -> bool:
        """True for a sentence that tells, where it seems to answer, that the answer is not known: that what the
        question takes for past is still to come, that something was done, but not by whom, or just that what is to
        be explained is so."""
        awaited = self._took_place and is_to_come and not _DONE.search(sentence)
        unsaid = bool(self._done) and self._is_done_by_nobody(sentence)
        return awaited or unsaid or self._reason.left_open(sentence)

    def is_to_come(self, sentence: str) -> bool:
        """True for a sentence about something still to come, when the question takes it for past."""
        return self._past and self._awaited.told_by(sentence)

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

    def _is_done_by_nobody(self, sentence: str) -> bool:
        """True for a sentence that tells of the deed as done, and names nobody beside it: "a truce had been
        proposed", "Holm recalls May, when a truce was proposed"."""
        deeds = [word for word in words(sentence) if word.term == self._done]
        return bool(deeds) and all(
            (_BE_DONE.search(sentence[: w.start]) or _DONE_SOMEHOW.match(sentence, w.start - 3))
            and not _BY.match(sentence, w.end)
            and not self._names_another(_beside(sentence, w))
            for w in deeds
        )

    def _names_another(self, sentence: str) -> bool:
        """True for a sentence with a name that the question does not have. A word alone at its beginning is one
        when the thesaurus does not know it."""
        parsed = words(sentence)
        for i, word in enumerate(parsed):
            if word.term in self._asked or not may_name(word.written) or word.written.lower() in CARDINALS:
                continue
            if self._somebody and self._is_place(parsed, i):
                continue
            opens = i == 0 or sentence[: word.start].rstrip()[-1:] in _OPENS
            if not opens or _goes_on(parsed, i) or not self._thesaurus.knows(word.term):
                return True
        return False

    def _is_place(self, parsed: Sequence[Word], i: int) -> bool:
        """True for a name that is nobody's: behind "in", "near" or "east of", or behind who is asked for: "fishers
        from Tern Harbour"."""
        while i > 0 and parsed[i - 1].written[0].isupper() and parsed[i - 1].end + 1 == parsed[i].start:
            i -= 1
        if i > 1 and parsed[i - 1].written.lower() == "the":
            i -= 1
        lead = parsed[i - 1].written.lower() if i else ""
        behind = parsed[i - 2] if i > 1 else None
        return (
            lead in _OF_PLACES
            or (lead == "of" and behind is not None and behind.written.lower() in _SIDES)
            or (lead == "from" and behind is not None and behind.term in self._asked)
        )

    def _says_a_name(self, sentence: str) -> bool:
        """True for a sentence that names something without a capital: "called cholera", "the finance ministry"."""
        if self._full_name and _CALLED.search(sentence):
            return True
        return any(
            word.term == self._thing and before.written.lower() in _FIELDS and before.term not in self._asked
            for before, word in pairwise(words(sentence))
        )


def _deeds(question: Question, thesaurus: Thesaurus) -> set[str]:
    """The terms of the verb of what was done, and of what may stand for it; none when a question names no such."""
    deed = _deed(question.asked)
    if deed is None:
        return set()
    parsed = words(question.asked)
    others = {word.term for word in question.subject if word.term != deed.term}
    return ({deed.term} | thesaurus.synonyms(parsed, parsed.index(deed))) - others


def _deed(asked: str) -> Word | None:
    """The verb of what was done, if a question names such."""
    match = _DEED.search(asked)
    start = match.start(match.lastgroup or 0) if match else -1
    verb = next((word for word in words(asked) if word.start == start), None)
    return verb if verb and is_past(verb.written) and not is_stop_word(verb.written) else None


def may_name(written: str) -> bool:
    """True for a word with a capital ("3M", "eBay", "WHO"), or of a writing that has none; not for stop words,
    months and weekdays."""
    lower = written.lower()
    is_stop = is_stop_word(written) and (len(written) == 1 or not written.isupper())
    return any(c.isalpha() and not c.islower() for c in written) and not (
        is_stop or lower in MONTHS or lower in WEEKDAYS
    )


def _beside(sentence: str, word: Word) -> str:
    """What stands in a sentence about a word, up to the commas and the like around it."""
    before, behind = _PAUSE.split(sentence[: word.start])[-1], _PAUSE.split(sentence[word.start :])[0]
    return before + behind


def _goes_on(parsed: list[Word], i: int) -> bool:
    """True for a word behind which another with a capital stands."""
    follows = i + 1 < len(parsed) and parsed[i + 1].start == parsed[i].end + 1
    return follows and parsed[i + 1].written[:1].isupper()
