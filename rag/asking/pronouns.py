"""What the pronouns of a follow-up stand for: phrases of the earlier question, or names in its answer."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rag.words.phrases import AUXILIARY, PREPOSITIONS, TITLES, Phrase, phrases_of, plain
from rag.words.terms import Word, is_stop_word, words

_EXPLETIVE = re.compile(
    r"\b(?:is|was|will|would|does|did|may|might|can|could) it (?:be )?(?:true|possible|likely|known|legal|"
    r"necessary|clear|certain|planned|expected|safe|cost to|take to|matter)\b|"
    r"\bit (?:take|cost)s? to\b|\bwhen it comes to\b",
    re.IGNORECASE,
)
_NAMED = r"[A-Z][\w’'-]+(?: (?:de |al-|van |bin )?[A-Z][\w’'-]+)*"
_TITLED = re.compile(rf"(?:{TITLES.pattern} )+{_NAMED}")
_FULL_NAME = re.compile(r"\b[A-Z][\w’'-]+ (?:[A-Z]\. )?[A-Z][\w’'-]+(?=,| said| told| will| has|$|\.)")
_PLACE = re.compile(rf"\b(?:in|at|near|off|outside) ((?:the )?{_NAMED})")
_HERS, _HIS = (
    re.compile(r"\b(?:Ms|Mrs|Dame|Lady|Queen|Baroness)\b"),
    re.compile(r"\b(?:Mr|Sir|Lord|King|Baron|Count)\b"),
)
_WHO = re.compile(r"\W*(?:and )?who\b(?:[’']s| is| was)? ?", re.IGNORECASE)
_REQUESTED = re.compile(
    r"(?:(?:an?|the|any) )?(?:(?:short|brief|quick|full|key|main) )?(?:latest|newest|news|overview|timeline"
    r"|chronology|summary|recap|gist|updates?|background|points?|facts|figures|numbers|details?|information)",
    re.IGNORECASE,
)
_THE = re.compile("the ", re.IGNORECASE)  # "the Authority" is nobody
_INDEFINITE = re.compile(r"^(?:an?|this|that|these|those|each|every|some|any|all|no|most|several) ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """A question as it was understood: its text, what the conversation is about from then on, the answer, and the
    briefings cited since this came up. Not `sure` when it was completed for being short alone."""

    text: str
    topic: tuple[Phrase, ...]
    answer: str
    about: tuple[str, ...] = ()
    sure: bool = True

    @property
    def phrases(self) -> list[Phrase]:
        """The phrases of its text."""
        return phrases_of(self.text)


def is_requested(phrase: Phrase) -> bool:
    """True for what a request asks for, and not about: “the latest” on the truce."""
    return _REQUESTED.fullmatch(phrase.text) is not None


def with_antecedents(body: str, last: Said, people: Collection[str] = ()) -> str | None:
    """The question with its pronouns put in words; None when none points back, or only in a question that names
    what it is about. `people` are names that are known to be a person's.

    A pronoun whose antecedent is not found is left, and so is one that points at a phrase of its own sentence.
    """
    parsed = words(body)
    own = phrases_of(body)
    blank = [m.span() for m in _EXPLETIVE.finditer(body)]
    stops = [m.start() for m in re.finditer(r"[.?!](?= )", body)]
    out, at, pointed = "", 0, False
    for k, word in enumerate(parsed):
        if any(a <= word.start < b for a, b in blank):
            continue
        form = _form(parsed, k, own, stops)
        if form is None:
            continue
        pointed = True
        stands_for = _antecedent(form, plain(word), last, people)
        if stands_for and re.sub("[’']s?$", "", stands_for) not in out:
            out += body[at : word.start] + stands_for
            at = word.end
    named = any(p.kind == "name" for p in own)
    return out + body[at:] if out or (pointed and not named) else None


def _form(parsed: Sequence[Word], k: int, own: Sequence[Phrase], stops: Sequence[int]) -> str | None:
    """What a word points back as: "it", "its", "they", "their", "he", "his", "there", "then", "that"; or None."""
    low = plain(parsed[k])
    before = plain(parsed[k - 1]) if k else ""
    after = plain(parsed[k + 1]) if k + 1 < len(parsed) else ""
    ends = after == "" or after in PREPOSITIONS or after in AUXILIARY
    content_after = after != "" and not is_stop_word(parsed[k + 1].written) and after not in AUXILIARY
    if low in ("there", "then"):
        expletive = low == "there" and (before in AUXILIARY or after in AUXILIARY)
        return None if expletive or k == 0 else low
    if low in ("that", "this"):
        if (ends and before not in ("", "so")) or (before in AUXILIARY and not content_after):
            return "that"
        return "this" if low == "this" and content_after else None
    if low in ("these", "those"):
        return "they" if ends and k > 0 else "this"
    possessive = low in ("its", "their", "his", "theirs") or (low == "her" and content_after)
    nominative = (
        low in ("he", "she", "they", "it") and before not in AUXILIARY and (content_after or after in AUXILIARY)
    )
    if low not in ("it", "its", "they", "them", "their", "theirs", "he", "him", "his", "she", "her", "hers"):
        return None
    plural = low in ("they", "them", "their", "theirs")
    asker = any(plain(w) in ("who", "whose", "which") for w in parsed[:k])
    earlier = [p for p in own if p.end <= parsed[k].start and p.kind != "time"]
    if low in ("it", "its"):
        near = [p for p in earlier if not p.plural]
    else:
        near = [p for p in earlier if p.plural] if plural else [p for p in earlier if p.kind == "name"]
    apart = any(p.end <= stop for p in near for stop in stops if stop < parsed[k].start)
    if apart or ((possessive or nominative) and (near or (asker and k > 1))):
        return None
    if plural:
        return "their" if possessive else "they"
    if low in ("it", "its"):
        return "its" if possessive else "it"
    return "his" if possessive else "he"


def _antecedent(form: str, written: str, last: Said, people: Collection[str]) -> str | None:
    """The words that a pronoun stands for, as they are put in its place; None when they are not found."""
    phrases = [p for p in (*last.phrases, *last.topic) if not is_requested(p)]
    persons = [p for p in phrases if p.person or p.text in people]
    if form in ("he", "his"):
        name = _person(written, last, phrases, persons)
        return _owned(name, form == "his") if name else None
    if form in ("they", "their"):
        several = [p for p in phrases if p.plural and p.kind != "time"]
        agents = [p for p in phrases if p.kind == "name" and p.subject and p not in persons]
        chosen = next(iter(several or agents), None)
        return _owned(_definite(chosen), form == "their") if chosen else None
    if form in ("it", "its"):
        single = [p for p in phrases if not p.plural and p.kind != "time" and p not in persons]
        chosen = next((p for p in single if p.subject), None) or next(iter(single), None)
        return _owned(_definite(chosen), form == "its") if chosen else None
    if form == "there":
        return _place(last, phrases)
    if form == "then":
        when = next((p for p in phrases if p.kind == "time"), None)
        return f"{when.preposition or 'in'} {when.text}" if when else None
    return None


def _person(written: str, last: Said, phrases: Sequence[Phrase], persons: Sequence[Phrase]) -> str | None:
    """Who "he" or "she" is: somebody the question named, or else the answer; the answer first if that was asked."""
    named = [p.text for p in persons]
    who = _WHO.match(last.text)
    asked_who = who is not None and last.text[who.end() :].rstrip(" ?") not in named  # not "who is Blinken"
    loose = [p.text for p in phrases if p.kind == "name" and p.subject and not _THE.match(p.text)]
    told = [m.group() for pattern in (_TITLED, _FULL_NAME) for m in pattern.finditer(last.answer)]
    other = _HIS if written in ("she", "her", "hers") else _HERS
    order = [*told, *named, *loose] if asked_who else [*named, *loose, *told]
    return next((name for name in order if not other.search(name)), None)


def _place(last: Said, phrases: Sequence[Phrase]) -> str | None:
    located = [p for p in phrases if p.kind == "name" and p.preposition in ("in", "at", "on", "to", "from", "near")]
    named = located or [p for p in phrases if p.kind == "name" and not p.person]
    if named:
        where = named[0].preposition if named[0].preposition in ("in", "at", "on", "near") else "in"
        return f"{where} {named[0].text}"
    told = _PLACE.search(last.answer)
    return told.group() if told else None


def _definite(phrase: Phrase) -> str:
    """A phrase as it is spoken of again: "which crossings" become "the crossings"."""
    bare = _INDEFINITE.sub("", phrase.text)
    if bare.lower().startswith("the ") or (phrase.kind == "name" and not phrase.asked) or phrase.text[:1].isupper():
        return bare
    return f"the {bare}"


def _owned(name: str, possessive: bool) -> str:
    if not possessive:
        return name
    return f"{name}’" if name.endswith("s") else f"{name}’s"
