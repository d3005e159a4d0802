"""A text read for what it claims: its content words, each with what is denied of it and how certain it is."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from rag.sentences import sentence_spans
from rag.terms import Word, is_stop_word, term, words

Mood = Literal["", "may", "can", "could", "will", "would", "must", "should", "planned", "wanted"]

_IRREGULAR = {
    past: line.split()[0]
    for line in """arise arose arisen;be was were been is are;bear bore borne;beat beaten;become became;begin began begun;
    bind bound;blow blew blown;break broke broken;bring brought;build built;burn burnt;buy bought;catch caught;choose chose chosen;
    come came;deal dealt;die dying;dig dug;do did done;draw drew drawn;drink drank drunk;drive drove driven;eat ate eaten;
    fall fell fallen;feed fed;feel felt;fight fought;find found;fly flew flown;forbid forbade forbidden;forget forgot forgotten;
    forgive forgave forgiven;freeze froze frozen;get got gotten;give gave given;go went gone;grow grew grown;hang hung;hear heard;
    hide hid hidden;hold held;keep kept;know knew known;lay laid;lead led;leave left;lend lent;lie lay lain;lose lost;make made;
    mean meant;meet met;overcome overcame;overtake overtook overtaken;pay paid;ride rode ridden;ring rang rung;rise rose risen;
    run ran;say said;see saw seen;seek sought;sell sold;send sent;shake shook shaken;shoot shot;show shown;shrink shrank shrunk;
    sing sang sung;sink sank sunk;sit sat;sleep slept;speak spoke spoken;spend spent;spin spun;stand stood;steal stole stolen;
    stick stuck;strike struck;swear swore sworn;sweep swept;swim swam swum;take took taken;teach taught;tear tore torn;
    tell told;think thought;throw threw thrown;undergo underwent undergone;understand understood;undertake undertook undertaken;
    uphold upheld;wear wore worn;win won;withdraw withdrew withdrawn;withhold withheld;write wrote written""".split(
        ";"
    )
    for past in line.split()[1:]
}
_MODALS: dict[str, Mood] = {
    "may": "may", "might": "may", "possibly": "may", "perhaps": "may", "maybe": "may", "probably": "may",
    "allegedly": "may", "reportedly": "may", "can": "can", "cannot": "can", "could": "could", "will": "will", "shall": "will",
    "would": "would", "must": "must", "should": "should", "ought": "should", "won't": "will", "can't": "can",
    "wouldn't": "would", "couldn't": "could", "shouldn't": "should", "mustn't": "must",
}  # fmt: skip
_GOVERNING: dict[str, Mood] = {
    **dict.fromkeys(
        "plan schedul set intend due agre pledg vow promis decid readi prepar arrang expect aim".split(), "planned"
    ),
    **dict.fromkeys(
        "threaten consid propos want seek tri attempt hope urg ask call demand offer suggest recommend discuss order "
        "like wish invit request advis consider".split(),
        "wanted",
    ),
    **dict.fromkeys("requir need oblig forc order".split(), "must"),
}
_NEGATORS = frozenset(
    """not never no none neither nor nobody nothing without cannot hardly barely scarcely nowhere unable non""".split()
)
_OF_SUBJECTS = frozenset("no none neither nobody nothing nowhere".split())  # they deny the verb behind a comma too
_NOT_DENYING = re.compile(
    r"\b(?:not only|not just|not least|no (?:fewer|less|more|later) than|not (?:fewer|less|more|later) than|no doubt|no\.? \d"
    r"|nothing but|no matter|whether or not)\b",
    re.IGNORECASE,
)
_DENYING_VERBS = frozenset(term(w) for w in "refuse fail decline deny avoid".split())
_DENYING_PHRASES = re.compile(
    r"\b(?:(?:ruled?|ruling) out|rather than|instead of|far from|short of|(?:barred|banned|prohibited|prevented|stopped|kept) "
    r"(?:\w+ ){0,4}?from|lack(?:s|ed|ing)?(?: of)?|in the absence of|refus(?:al|ed|es|ing) to|failure to)\b",
    re.IGNORECASE,
)
_BREAKS = re.compile(r"[,;:()\"]| - ")
_CONJUNCTIONS = frozenset(
    "but while whereas although though however because since unless until which who whom".split()
)
_LIGHT_ADVERBS = frozenset("yet ever still far so also already formally immediately fully even".split())
_BE = frozenset("be been being is are was were am isn't aren't wasn't weren't get got".split())


@dataclass(frozen=True, slots=True)
class Token:
    """A content word in what a text claims. `base` is what it is compared by; `denied` when it lies in the
    reach of a negation, `struck` when it is what the negation denies first; `mood` how certain it is;
    `past` when it is written as done; `passive` when a form of "be" stands before it; `clause` and `sentence`
    count from 0."""

    base: str
    word: Word
    denied: bool
    struck: bool
    mood: Mood
    past: bool
    passive: bool
    infinitive: bool
    clause: int
    sentence: int

    @property
    def is_name(self) -> bool:
        """True when it is written with a capital."""
        return self.word.written[0].isupper()


@lru_cache(maxsize=2048)
def read_claims(text: str) -> tuple[Token, ...]:
    """The content words of a text with plain quotation marks, in order."""
    found: list[Token] = []
    clause = 0
    for number, span in enumerate(sentence_spans(text)):
        sentence = text[span.start : span.end]
        clause += 1
        for token in _read(sentence, span.start, number, clause):
            found.append(token)
            clause = token.clause
    return tuple(found)


def base_of(written: str) -> str:
    """What a word is compared by: its term, of the plain form for an irregular verb ("rose": "rise")."""
    lower = written.lower()
    return term(_IRREGULAR[lower]) if lower in _IRREGULAR else term(written)


def is_past(written: str) -> bool:
    """True for a word written as something done ("closed", "rose")."""
    lower = written.lower()
    return (lower.endswith("ed") and len(lower) > 4) or lower in _IRREGULAR


def _read(sentence: str, offset: int, number: int, clause: int) -> Iterator[Token]:
    parsed = words(sentence)
    idle = [m.span() for m in _NOT_DENYING.finditer(sentence)]
    phrases = {m.end(): m for m in _DENYING_PHRASES.finditer(sentence)}
    denying, striking, subject = 0, 0, False
    mood: Mood = ""
    mood_left = 0
    before = ""
    last_end = 0
    governing: Mood = ""
    for i, word in enumerate(parsed):
        plain = word.written.lower().replace("’", "'")
        gap = sentence[last_end : word.start]
        if _BREAKS.search(gap) or plain in _CONJUNCTIONS:
            clause += 1
            mood, mood_left, governing = "", 0, ""
            if not subject or plain in _CONJUNCTIONS or ";" in gap or ":" in gap:
                denying, striking, subject = 0, 0, False
        if plain == "and" and not subject:
            denying, striking = 0, 0
        for end in [e for e in phrases if e <= word.start]:
            del phrases[end]
            denying, striking = denying + 1, 1
        last_end = word.end
        if any(s <= word.start < e for s, e in idle) and plain in ("not", "no", "nothing"):
            continue
        if plain in _NEGATORS or plain.endswith("n't"):
            denying, striking = denying + 1, 1
            subject = plain in _OF_SUBJECTS
        if plain in _MODALS and (word.written.islower() or i == 0):
            mood, mood_left = _MODALS[plain], 4
        elif mood_left:
            mood_left -= 1
        base = base_of(word.written)
        if governing and plain == "to" and _is_infinitive(parsed, i):
            mood, mood_left, governing = governing, 3, ""
        elif base in _GOVERNING:
            governing = _GOVERNING[base]
        elif plain in ("is", "are") and i + 1 < len(parsed) and parsed[i + 1].written == "to":
            governing = "will"
        elif governing and not (is_stop_word(word.written) or word.written[0].isupper()) and before != "the":
            governing = governing if base in _GOVERNING else ""
        if is_stop_word(word.written) or plain in _NEGATORS:
            before = plain
            continue
        light = plain.endswith("ly") or plain in _LIGHT_ADVERBS
        previous = [w.written.lower() for w in parsed[max(0, i - 3) : i]]
        struck = bool(striking) and not light
        yield Token(
            base,
            Word(word.term, word.written, offset + word.start, offset + word.end),
            denying % 2 == 1,
            struck,
            mood if mood_left and not light else "",
            is_past(word.written),
            any(w in _BE for w in previous[-2:]),
            "to" in previous[-1:],
            clause,
            number,
        )
        if struck:
            striking = 0
        if mood_left and not light:
            mood, mood_left = ("", 0) if _ends_mood(parsed, i) else (mood, 3)
        if base in _DENYING_VERBS and plain != "failure" and _takes_a_verb(parsed, i, base):
            denying, striking = denying + 1, 1
        before = plain


_NO_VERB = frozenset("the a an this that these those its his her their any all each every no some".split())


def _is_infinitive(parsed: list[Word], i: int) -> bool:
    """False for the "to" of "to the plan" and "to Cairo"."""
    following = parsed[i + 1].written if i + 1 < len(parsed) else ""
    return following.islower() and following not in _NO_VERB


def _ends_mood(parsed: list[Word], i: int) -> bool:
    return not (i + 1 < len(parsed) and parsed[i + 1].written.lower() in ("or", "and"))


def _takes_a_verb(parsed: list[Word], i: int, base: str) -> bool:
    """True when "refused", "failed" or "denied" denies what follows: "to agree", "attacking", "that ..."."""
    if i + 1 >= len(parsed):
        return False
    following = parsed[i + 1].written.lower()
    return base == term("deny") or following.endswith("ing")


class Opposites:
    """Pairs of words of which one denies the other."""

    def __init__(self, text: str) -> None:
        """Read lines of `a, b | c, d`; `#` starts a comment."""
        self._of: dict[str, set[str]] = {}
        for line in text.splitlines():
            if line.strip() and not line.startswith("#"):
                left, right = ([base_of(w.strip()) for w in side.split(",")] for side in line.split("|"))
                for some, others in ((left, right), (right, left)):
                    for word in some:
                        self._of.setdefault(word, set()).update(others)

    def of(self, base: str) -> frozenset[str]:
        """The opposites of a word, all by `base_of`."""
        return frozenset(self._of.get(base, ()))

    @property
    def table(self) -> Mapping[str, set[str]]:
        """All of them."""
        return self._of


@cache
def opposites() -> Opposites:
    """The opposites that come with the program."""
    return Opposites(files("rag").joinpath("opposites.txt").read_text("utf-8"))
