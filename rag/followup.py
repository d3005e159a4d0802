"""Follow-up questions without a model: what points back is put in words again, by rules.

Each question of a conversation is understood with those before it, oldest first. One that stands by itself is
left as it was typed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.answers import NO_USAGE, Answer, Usage
from rag.phrases import ASKING, AUXILIARY, PREPOSITIONS, Phrase, phrases_of, plain
from rag.pronouns import Said, with_antecedents
from rag.rewrite import asked_again, asked_with
from rag.terms import is_stop_word, words
from rag.verbs import is_past

_OPENING = re.compile(
    r"(?:(?:thanks|thank you|ok|okay|well|right|i see|interesting|sure|yes|no)\b[\s,.!:;–-]*)*"
    r"(?P<and>(?:(?:and|but|so|or|also|then)\b[\s,]*)+)?",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"(?:what|how) about\b\s*", re.IGNORECASE)
_WHEN_WAS_THAT = re.compile(r"(?:why|when|where|how)(?: exactly)? \w+ (?:that|this|it)(?: happen(?:ed)?)?")
_BACK_TO = re.compile(r"(?:going )?back to (?P<topic>[^:,?]+)[:,]\s*", re.IGNORECASE)
_IMPERATIVES = frozenset("tell give show list explain describe name summarise summarize compare".split())
_VAGUE = frozenset(
    "happen happens happened say said says do done mean means long exactly currently actually".split()
)
_STANCE = frozenset(
    """accept agree answer appeal apply approve attend change comment confirm deny disagree help join lose object
    oppose react refuse reject reply respond sign start stop support survive vote win""".split()
)
_COMPLETED = re.compile(r"\([^()]+\)\W*$")  # as `_completed` leaves it, and a reader may have edited it
_FEW = 3  # content words of a question that names nothing, up to which it is taken to lean on what was asked before
_LONGEST = 1_000  # characters of an earlier question that is asked again
_MOST = 3  # phrases that are added to a question
_POINTS_BACK = re.compile(
    r"\b(?:he|him|his|she|hers?|it|its|they|them|theirs?|this|that|these|those|there|then|so|else|same|other)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of the conversation, the words it was answered with ("" when it was not), and the
    briefings that were cited."""

    question: str
    answer: str = ""
    briefing_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standalone:
    """A question that can be understood by itself: `asked` as typed, `text` with what was carried over,
    `carried` those words alone, `usage` what a model took for it."""

    asked: str
    text: str
    carried: tuple[str, ...] = ()
    usage: Usage = NO_USAGE


def as_typed(question: Standalone) -> Standalone | None:
    """The question without what was carried over; None when nothing was, or when a word of it points back."""
    core = question.asked.rstrip(" ?!.")
    if not question.carried or not question.text.startswith(core) or _POINTS_BACK.search(core):
        return None
    return Standalone(question.asked, question.asked)


def turn_of(answer: Answer) -> Turn:
    """What a later question may point back to in this answer."""
    said = "" if answer.abstained else " ".join(s.text for s in answer.sentences)
    return Turn(answer.question, said, tuple(dict.fromkeys(c.briefing_id for c in answer.citations)))


def as_turn(earlier: str | Turn) -> Turn:
    """An earlier question given as typed, or with its answer."""
    return Turn(earlier) if isinstance(earlier, str) else earlier


def standalone(question: str, history: Sequence[Turn]) -> Standalone:
    """The question, completed by what it points back to in the earlier ones and their answers (oldest first).

    A question that names its own subject is left as it is.
    """
    if not history:
        return Standalone(question, question)
    said: list[Said] = []
    for turn in (*history, Turn(question)):
        said.append(_understood(turn, said))
    last = said[-1]
    if last.text == question:
        return Standalone(question, question)
    own = {w.term for w in words(question)}
    carried = (w.written for w in words(last.text) if w.term not in own and not is_stop_word(w.written))
    return Standalone(question, last.text, tuple(dict.fromkeys(carried)))


def _understood(turn: Turn, said: Sequence[Said]) -> Said:
    question = turn.question
    alone = Said(question, tuple(phrases_of(question)), turn.answer)
    opening = _OPENING.match(question)
    body = question[opening.end() :] if opening else question
    joins = bool(opening and opening["and"])
    back = _BACK_TO.match(body)
    if not said or not words(body) or _COMPLETED.search(question):
        return alone
    last = said[-1]
    if back:
        last = _about(phrases_of(back["topic"]), said) or last
        body, joins = body[back.end() :], True
    piece = _is_piece(body, joins)
    again = _fragment(body, last) if piece and last.phrases else None
    if again and len(again) <= _LONGEST:
        return Said(again, tuple(phrases_of(again)), turn.answer)
    if not back:
        nouns = [p for p in phrases_of(body) if p.kind == "noun" and p.text.lower().startswith("the ")]
        last = last if _shares(nouns, last) else _about(nouns, said) or last
    put = with_antecedents(body, last)
    if put is None and not (piece or back or _leans(body, joins)):
        return alone
    text = put or body
    added = _topic_for(text, last)
    if put is None and not added:
        return alone
    return Said(_completed(text, added), last.topic or tuple(phrases_of(text)), turn.answer)


def _about(phrases: Sequence[Phrase], said: Sequence[Said]) -> Said | None:
    """The last earlier question that shares a word with these phrases."""
    return next((s for s in reversed(said) if _shares(phrases, s)), None)


def _shares(phrases: Sequence[Phrase], said: Said) -> bool:
    terms = {t for p in phrases for t in p.terms}
    return any(terms & p.terms for p in (*said.topic, *said.phrases))


def _is_piece(body: str, joins: bool) -> bool:
    """True for a piece of a question: "in Gaza?", "what about Haifa?", "by whom?", "when was that?"."""
    parsed = words(body)
    low = [plain(w) for w in parsed]
    core = body.strip(" ?!.").lower()
    if _ABOUT.match(body) or _WHEN_WAS_THAT.fullmatch(core):
        return True
    if low[0] in _IMPERATIVES or any(
        plain(w) in AUXILIARY and not (w.start and w.written[0].isupper()) for w in parsed
    ):
        return False  # the "May" of "in May" is no verb
    if low[-1] == "else":
        return True
    asks = next((w for w in low[:2] if w in ASKING), None)
    if low[1:2] in (["many"], ["much"], ["few"]) and len(low) > 3 and is_past(low[-1]):
        return False  # "how many hectares burned" has a verb of its own
    if asks:
        bare = all(is_stop_word(w.written) for w in parsed)
        return (bare or asks in ("why", "how", "when", "where")) and len(low) <= 4
    return (joins and len(low) <= 7) or (low[0] in PREPOSITIONS and len(low) <= 5)


def _fragment(body: str, last: Said) -> str | None:
    """The last question asked again with a piece of a question; None when the place of the piece is not found."""
    core = body.strip(" ?!.")
    about = _ABOUT.match(core)
    again = any(w in ASKING or w == "else" for w in (plain(w) for w in words(core)))
    if again and not about:
        return asked_again(last.text, core)
    return asked_with(last.text, core[about.end() :] if about else core)


def _leans(body: str, joins: bool) -> bool:
    """True for a question that names nothing and says too little to be understood by itself."""
    parsed = words(body)
    low = [plain(w) for w in parsed]
    content = [w for w in parsed if not is_stop_word(w.written) and plain(w) not in _VAGUE]
    named = [w for w in content if w.start > 0 and (w.written[0].isupper() or w.written[0].isdigit())]
    if "else" in low:
        return True
    if named:
        rest = [plain(w) for w in content if w not in named]
        return len(rest) == 1 and rest[0] in _STANCE
    if any("-" in body[a.end : b.start] for a, b in pairwise(parsed)):
        return len(content) <= _FEW - 1
    own = [p for p in phrases_of(body) if p.kind == "noun" and p.preposition in ("about", "against", "for", "of")]
    if any(not p.text.lower().startswith("the ") for p in own):
        return joins  # "what is said about polio" names its subject
    whole = any(p.preposition == "of" for p in phrases_of(body))  # "the budget of the monitoring mission"
    return len(content) <= (_FEW - whole) + joins * 2


def _topic_for(text: str, last: Said) -> list[str]:
    """What the earlier question was about and this one does not say: its names and one noun, or its nouns.

    Nothing once a name has taken a pronoun's place, but for a person's, who may have been asked about for anything.
    """
    own = {w.term for w in words(text)}
    timed = any(p.kind == "time" for p in phrases_of(text))
    if any(p.kind == "name" and not p.person and p.terms <= own for p in last.topic):
        return []
    wanted = [p for p in last.topic if not p.terms <= own and not p.source and not (timed and p.kind == "time")]
    names = [p for p in wanted if p.kind == "name"]
    nouns = sorted((p for p in wanted if p.kind != "name"), key=lambda p: p.asked)
    return list(dict.fromkeys(p.text for p in [*names, *(nouns[:1] if names else nouns)]))[:_MOST]


def _completed(text: str, added: Sequence[str]) -> str:
    if not added:
        return text
    core = text.rstrip(" ?!.")
    return f"{core} ({', '.join(added)})" + (text[len(core) :].strip() or "")
