"""The phrases of a question (what it is about, and when), found by rules: no tagger, no model."""

import re
from dataclasses import dataclass
from typing import Literal

from rag.words.terms import Word, is_stop_word, unowned, words
from rag.words.values import MONTHS, WEEKDAYS, month_of
from rag.words.verbs import BE, HAVE, MODALS, SAYING

Kind = Literal["name", "time", "noun"]

DO = frozenset("do does did don't doesn't didn't".split())
_MODAL = frozenset(MODALS)
AUXILIARY = BE | DO | HAVE | _MODAL
ASKING = frozenset("who whom whose what which when where why how".split())
# What stands in front of a request, as a pattern.
PLEASE = r"(?:(?:please|kindly|just|can you|could you|would you|will you|and|so|ok|okay|yes|well|now|then),? )*"
PREPOSITIONS = frozenset(
    """about above across after against along amid among around at before behind below beneath beside between by
    during for from in inside into near of off on onto out outside over per since through to toward towards under
    until upon via with within without""".split()
)
_ARTICLES = frozenset("the a an each every this that these those some any all no most several".split())
_COUNTING = frozenset("many much few which what whose".split())
_PLURALS = frozenset("people children men women police troops media data".split())
_PARTICIPLES = frozenset(
    """built brought bought done found given gone held hit hurt kept killed known left led lost made met paid put
    said sent set shot shut sold taken told won written""".split()
)
_SPEAKING = SAYING | frozenset("accept agree mean object offer oppose plan request tweet vote want".split())
_TIMELY = frozenset("early late mid last next this past same previous following year month week".split())
TITLES = re.compile(
    r"\b(?:Prime Minister|(?:\w+ )?(?:Minister|Secretary|Governor|President|Chancellor|Justice)|Baron|Baroness|"
    r"Dame|Sir|Lord|Lady|Judge|Dr|Prof|Professor|Mr|Mrs|Ms|Capt|Captain|Commodore|Adm|Admiral|Gen|General|Col|"
    r"Count|King|Queen|Prince|Princess|Pope|Matron|Mayor|Senator|Rep)\b\.?"
)
_JOINT = re.compile(r"[ '’\-–‐‑&]*|\. ?")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase or a time: `question[start:end] == text`, its article included.

    `preposition` is the word right before it ("" when that is none); `asked` is true for the phrase that
    "which", "what" or "how many" asks for, `subject` for the one behind the auxiliary, `speaks` when it is the
    subject of a verb of saying, and `source` behind "according to".
    """

    text: str
    start: int
    end: int
    kind: Kind
    plural: bool
    preposition: str = ""
    asked: bool = False
    subject: bool = False
    speaks: bool = False
    source: bool = False

    @property
    def person(self) -> bool:
        """True for somebody with a title, or a name that says something and has no article ("the Accord says")."""
        says = self.speaks and not self.text.lower().startswith("the ")
        return self.kind == "name" and (says or TITLES.search(self.text) is not None)

    @property
    def terms(self) -> frozenset[str]:
        """The terms of its content words."""
        return frozenset(w.term for w in words(self.text) if not is_stop_word(w.written))


def request(form: str) -> re.Pattern[str]:
    """The pattern of a request of this form, however politely it is made."""
    return re.compile(rf"\W{{0,3}}{PLEASE}(?:{form})(?:,? (?:please|for (?:me|us)))*[\s.?!]*", re.IGNORECASE)


def phrases_of(question: str) -> list[Phrase]:
    """The phrases of a question in order; its verbs belong to none of them."""
    parsed = words(question)
    found: list[Phrase] = []
    i = 0
    while i < len(parsed):
        if not _tells(parsed[i]):
            i += 1
            continue
        last = i
        while last + 1 < len(parsed) and _goes_on(parsed, last) and _joined(question, parsed, last):
            last += 1
        found += _phrases_in(question, parsed, i, last)
        i = last + 1
    return found


def plain(word: Word) -> str:
    """The word in lower case with a straight apostrophe."""
    return word.written.lower().replace("’", "'")


def is_time(phrase: str) -> bool:
    """True for words that tell when and nothing else: "9 October 2030", "early March", "last year"."""
    parsed = [w for w in words(phrase) if plain(w) not in _ARTICLES]
    exact = [_is_date(w) for w in parsed]
    rest = (w for w, dated in zip(parsed, exact, strict=True) if not dated)
    timely = all(plain(w) in _TIMELY or plain(w).isdigit() for w in rest)
    return bool(parsed) and timely and (any(exact) or plain(parsed[-1]) in ("year", "month", "week"))


def is_plural(phrase: str) -> bool:
    """True when the last word of a phrase looks like a plural, or two things are joined by "and"."""
    last = unowned(phrase).rsplit(" ", 1)[-1].lower()
    return last in _PLURALS or (last.endswith("s") and not last.endswith(("ss", "us", "is"))) or " and " in phrase


def _is_date(word: Word) -> bool:
    low = plain(word)
    year = low.isdecimal() and len(low) == 4 and 1800 <= int(low) <= 2200
    month = low in MONTHS or (month_of(low) is not None and word.written[0].isupper())
    return year or (month and (low not in ("may", "march") or word.written[0].isupper())) or low in WEEKDAYS


def _tells(word: Word) -> bool:
    """True for a content word: neither a stop word, nor an auxiliary, unless it is the name of a month."""
    return (_is_date(word) and word.written[0].isupper()) or not is_stop_word(word.written)


def _goes_on(parsed: list[Word], i: int) -> bool:
    """True when the next word belongs to the same run: a content word, or the "Down" of "Halden Down"."""
    capital = parsed[i].written[0].isupper() and parsed[i + 1].written[0].isupper()
    return _tells(parsed[i + 1]) or capital


def _joined(text: str, parsed: list[Word], i: int) -> bool:
    return _JOINT.fullmatch(text[parsed[i].end : parsed[i + 1].start]) is not None


def _phrases_in(text: str, parsed: list[Word], first: int, last: int) -> list[Phrase]:
    """The phrases in a run of content words, from which the verbs are cut off."""
    before = plain(parsed[first - 1]) if first else ""
    article = before in _ARTICLES and text[parsed[first - 1].end : parsed[first].start] == " "
    lead = (plain(parsed[first - 2]) if first > 1 else "") if article else before
    after = plain(parsed[last + 1]) if last + 1 < len(parsed) else ""
    asked = not article and lead in _COUNTING
    start = parsed[first - 1].start if article else None
    small = next((k for k in range(first, last + 1) if parsed[k].written[0].islower()), None)
    verb, end, rest = "", last, list[Phrase]()
    if lead == "how":  # "how long", "how large"
        return []
    if lead in ("who", "that") and not article:  # "who signed"
        first += 1
    elif asked and after not in AUXILIARY:
        if first == last and (lead == "what" or (lead in ("many", "few") and _is_participle(parsed[first]))):
            return []  # "what happened", "how many voted"
        end = last - 1 if last > first and parsed[last].written[0].islower() else last
    elif (
        not article and not asked and small is not None and first < small
    ):  # "Blinken visit Egypt", "Karrow Dam sent"
        verb, end = plain(parsed[small]), small - 1
        rest = _phrases_in(text, parsed, small + 1, last) if small < last else []
    elif lead in DO | _MODAL and last > first:
        verb, end = plain(parsed[last]), last - 1
    elif lead in AUXILIARY and not article:  # "is exempt from", "was appointed mediator", "will resume"
        if first == last and parsed[first].written[0].islower() and after not in AUXILIARY:
            return []
        first += first < last and _is_participle(parsed[first])
    if end == last > first and _is_participle(parsed[last]) and any(plain(w) in BE | HAVE for w in parsed[:first]):
        end = last - 1  # "was the permit annulled"
    if first > end:
        return rest
    return [_one(text, parsed, start, first, end, lead, asked, verb), *rest]


def _is_participle(word: Word) -> bool:
    return word.written[0].islower() and (plain(word).endswith("ed") or plain(word) in _PARTICIPLES)


def _one(
    text: str, parsed: list[Word], begin: int | None, first: int, end: int, lead: str, asked: bool, verb: str
) -> Phrase:
    start, stop = parsed[first].start if begin is None else begin, parsed[end].end
    said = unowned(text[start:stop])
    stop = start + len(said)
    named = any(w.written[0].isupper() for w in parsed[first : end + 1])
    kind: Kind = "time" if is_time(said) else "name" if named else "noun"
    preposition = lead if lead in PREPOSITIONS else ""
    source = re.search(r"\baccording to $", text[:start], re.IGNORECASE) is not None
    subject, speaks = lead in AUXILIARY, verb in _SPEAKING
    return Phrase(said, start, stop, kind, is_plural(said), preposition, asked, subject, speaks, source)
