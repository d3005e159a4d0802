"""Which sentences tell an aspect of a topic: by their figures, days or quotes, by their words or their heading."""

import re
from collections.abc import Callable, Sequence
from datetime import date

from rag.asking.aspect_forms import DATED, Aspect
from rag.asking.stances import takes_stance
from rag.extract.aspect_words import HEADINGS, TAKEN_BACK, TOLD
from rag.extract.candidates import Candidate
from rag.extract.deadlines import tells_deadline
from rag.extract.people import people_of
from rag.extract.quantities import quantities
from rag.words.dates import days_in
from rag.words.terms import content_words, words
from rag.words.values import MONTHS
from rag.words.verbs import SAYS

_ROW = 0.3  # what a row of a table counts, which says less by itself than a sentence
_FIRST = 1.0  # what the first paragraph counts more than the last
_LATEST = 2  # briefings that tell what comes next
_MANY = 2  # numbers or dates, of which more say no more
_SMALL = 9
_FEWEST = 4  # words of a sentence that tells something: "First, pay." does not
_LONG_QUOTE = 60  # characters
_ABOUT_IT = {aspect: re.compile(rf"\b(?:{said})", re.IGNORECASE) for aspect, said in HEADINGS.items()}
_HEADED = 1.0  # what a sentence below such a heading counts more
_NARROW = 2  # words of a heading up to which all below it is on that aspect
_OBSCURE = re.compile(r"(?:He|She|They|It|This|That|These|Those|His|Her|Their|Its)\b")
_OF_OBSCURE = 0.7  # what a sentence counts that does not say of whom or what
_CUES = {aspect: re.compile(rf"\b(?:{cues})", re.IGNORECASE) for aspect, cues in TOLD.items()}
_TAKEN_BACK = {aspect: re.compile(rf"\b{said}", re.IGNORECASE) for aspect, said in TAKEN_BACK.items()}
_UTTERED: tuple[Aspect, ...] = ("reactions", "positions", "criticism")
_UNSPOKEN = 0.5  # what the words count where nobody says them
_SPOKEN = re.compile(
    r"\b(?:said|says?|told|wrote|writes|called|calls|added|replied|answered|argue[sd]?|warn(?:s|ed))\b"
)
_UTTERS = (  # also in other words than "said"
    rf"(?:{SAYS}|(?:(?:characteri[sz]|express|emphasi[sz]|acknowledg|conced|prais|voic)(?:ed|es)|remark(?:ed|s)"
    r"|confirm(?:ed|s))\b)"
)
_SPEAKS = (  # behind a name: "Hask, who leads it, also denied", "Hask of the union said"
    r"(?: (?:at|of|from|in|for)(?: [\w’'.-]+){1,8}?)?"
    rf"(?:(?:, [^,;“”\"]{{2,60}}){{1,2}},)?(?: (?:has|have|had|also|later|then|again|now|\w+ly)){{0,2}} {_UTTERS}"
)
_UTTERED_IN = re.compile(rf"\b{_UTTERS}")
_SAID_BY = r"(?:[,”\"] (?:said|says|added|wrote|argued|warned)|\b[Aa]ccording to) (?:[^\s;“”\".]+ ){0,4}"
_ADDED = re.compile(rf"(?:[,”\"] |—|– )(?:he|she|they) (?:\w+ )?{_UTTERS}")
_SAYS_SO = re.compile(rf"(?:He|She|They)(?: (?:has|have|had|also|later|then|again|\w+ly)){{0,2}} {_UTTERS}")
_QUOTED = re.compile(r"[“\"]([^”\" ]+ [^”\"]+)[”\"]")
_BY_MONTH = re.compile(
    rf"\b(?:by|until|before|in|since|from) (?:the end of )?(?:{'|'.join(map(str.capitalize, MONTHS))})\b"
)


def telling(
    aspect: Aspect, groups: Sequence[Sequence[Candidate]], most: int, today: date | None = None
) -> list[list[Candidate]]:
    """Of groups of sentences, each of one briefing, those that tell most of the aspect, `most` of each at most; no
    group without any. Deadlines are to come, or have passed, as seen from `today`."""
    if aspect == "people":
        return people_of(groups, most)
    found = [_best(group, _by(aspect, today), most) for group in groups]
    found = [group for group in found if group]
    return found[:_LATEST] if aspect == "next" else found


def is_obscure(text: str) -> bool:
    """True for a sentence that does not say of whom or what: "It asks for …"."""
    return _OBSCURE.match(text) is not None


def goes_on(text: str) -> bool:
    """True for a sentence that tells of whom the one before it does, or what he or she said: "…, she added"."""
    return is_obscure(text) or is_quoted_on(text)


def is_quoted_on(text: str) -> bool:
    """True for what the one of whom the sentence before it tells said: "…, she added", "She denied …"."""
    return _ADDED.search(text) is not None or _SAYS_SO.match(text) is not None


def utters(text: str, name: str) -> bool:
    """True for a sentence in which somebody of this name says something: "…, said Hask", "Hask, who leads it,
    denied …"; not "they accused Hask"."""
    who = re.escape(name) if name[:1].isupper() else rf"(?i:{re.escape(name)})"
    return re.search(rf"\b{who}{_SPEAKS}|{_SAID_BY}{who}\b(?![’']s)", text) is not None


def _best(group: Sequence[Candidate], score: Callable[[Candidate], float], most: int) -> list[Candidate]:
    scores = {c.start: score(c) for c in group}
    told = [c for c in group if scores[c.start] > 0 and len(words(c.text)) >= _FEWEST]
    last = max((c.paragraph.number for c in group), default=1)

    def weighed(c: Candidate) -> float:
        place = _FIRST * (1 - c.paragraph.number / (last + 1))
        clear = _OF_OBSCURE if is_obscure(c.text) else 1.0
        return (scores[c.start] + place) * clear * (_ROW if c.paragraph.kind == "table_row" else 1.0)

    return sorted(sorted(told, key=weighed, reverse=True)[:most], key=lambda c: c.start)


def _by(aspect: Aspect, today: date | None) -> Callable[[Candidate], float]:
    """How much a sentence tells of an aspect; 0 for nothing."""
    if aspect == "figures":
        return lambda c: min(_MANY, len(_figures(c.text))) / _MANY
    if aspect == "dates":
        return lambda c: min(_MANY, len(days_in(c.text)) + len(_BY_MONTH.findall(c.text))) / _MANY
    if aspect == "quotes":
        return lambda c: min(1.0, sum(map(len, _QUOTED.findall(c.text))) / _LONG_QUOTE)
    if aspect in DATED:
        return lambda c: tells_deadline(aspect, c, today)
    if aspect == "sayings":
        return lambda c: float(_UTTERED_IN.search(c.text) is not None)
    if aspect == "opponents" or aspect == "supporters":
        return lambda c: float(takes_stance(aspect, c.text))
    cues, taken_back, heading = _CUES[aspect], _TAKEN_BACK.get(aspect), _ABOUT_IT.get(aspect)
    spoken = aspect in _UTTERED

    def told(c: Candidate) -> float:
        text = taken_back.sub("", c.text) if taken_back else c.text
        said = float(len({cue.lower() for cue in cues.findall(text)}))
        if spoken and not _SPOKEN.search(text):
            said *= _UNSPOKEN
        if not (heading and heading.search(section := c.paragraph.section or "")):
            return said
        return _HEADED + said if said or len(content_words(section)) <= _NARROW else 0.0

    return told


def _figures(text: str) -> set[float]:
    """The numbers of a sentence, without small ones, which say little: "three days into the strike"."""
    told = {value for values in quantities(text).values() for value in values}
    return {value for value in told if value > _SMALL or not value.is_integer()}
