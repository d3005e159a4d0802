"""Follow-up questions without a model: what points back is put in words again, by rules.

Each question of a conversation is understood with those before it, oldest first. One that stands by itself is
left as it was typed.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from rag.answers import NO_USAGE, Answer, Usage
from rag.asking.aspects import aspect_asked
from rag.asking.leaning import ABOUT, is_piece, leans, names_a_thing
from rag.asking.pronouns import Said, is_requested, with_antecedents
from rag.asking.rewrite import asked_again, asked_with
from rag.asking.smalltalk import asks_for_source
from rag.words.casing import cased
from rag.words.phrases import ASKING, AUXILIARY, Phrase, phrases_of, plain
from rag.words.terms import is_stop_word, words

_OPENING = re.compile(
    r"(?:(?:thanks|thank you|ok|okay|well|right|i see|interesting|sure|yes|no)\b[\s,.!:;–-]*)*"
    r"(?P<and>(?:(?:and|but|so|or|also|then)\b[\s,]*)+)?",
    re.IGNORECASE,
)
_BACK_TO = re.compile(
    r"(?:(?:(?:let[’']?s|can we|could we|I want to) )?(?:(?:go|going|get|come|coming) )?back to "
    r"(?P<topic>[^:,?]+)[:,]|(?:what about|how about|as for|regarding|concerning) (?P<about>[^:,?]+?)"
    rf"(?:[:,?]| [-–—]+) (?=(?:{'|'.join(sorted(ASKING | AUXILIARY))})\b))\s*",
    re.IGNORECASE,
)
_COMPLETED = re.compile(r"\([^()]+\)\W*$")  # as `_completed` leaves it, and a reader may have edited it
_COUNTS = re.compile(r"how (?:many|much) (?!(?:in|of|at|on|by|for|from)\b)\w", re.IGNORECASE)
_COUNTED = re.compile(r"\bhow (?:many|much)\b|\bnumber of\b", re.IGNORECASE)
_LONGEST = 1_000  # characters of an earlier question that is asked again
_MOST = 3  # phrases that are added to a question
_POINTS_BACK = re.compile(
    r"\b(?:he|him|his|she|hers?|it|its|they|them|theirs?|this|that|these|those|there|then|so|else|same|other)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of the conversation, the words it was answered with ("" when it was not), and the
    briefings that were cited; `alone` when it was answered as typed, whatever was asked before it. `people` are
    names that are known to be a person's."""

    question: str
    answer: str = ""
    briefing_ids: tuple[str, ...] = ()
    alone: bool = False
    people: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Standalone:
    """A question that can be understood by itself: `asked` as typed, `text` with what was carried over,
    `carried` those words alone, `usage` what a model took for it.

    When nothing but its shortness tells that it leans on an earlier question, `leans_on` is how that one is
    understood, and `about` are the briefings that have been cited since its topic came up. One that goes on with an
    overview has what was `told` of it, word for word; a `limited` one names the briefings that it is asked of."""

    asked: str
    text: str
    carried: tuple[str, ...] = ()
    usage: Usage = NO_USAGE
    leans_on: str = ""
    about: tuple[str, ...] = ()
    told: str = ""
    limited: bool = False


def as_typed(question: Standalone) -> Standalone | None:
    """The question without what was carried over; None when nothing was, or when a word of it points back."""
    core = question.asked.rstrip(" ?!.")
    if not question.carried or not question.text.startswith(core) or _POINTS_BACK.search(core):
        return None
    return Standalone(question.asked, question.asked, told=question.told, limited=question.limited)


def turn_of(answer: Answer) -> Turn:
    """What a later question may point back to in this answer."""
    said = "" if answer.abstained else " ".join(s.text for s in answer.sentences)
    alone = answer.question.endswith(answer.standalone_question)
    return Turn(answer.question, said, tuple(dict.fromkeys(c.briefing_id for c in answer.citations)), alone)


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
    answers = [turn.answer for turn in history]
    turns = [replace(turn, question=cased(turn.question, answers)) for turn in (*history, Turn(question))]
    people = frozenset(name for turn in history for name in turn.people)
    for turn in turns:
        said.append(_understood(turn, said, people))
    last = said[-1]
    if last.text == turns[-1].question:
        return Standalone(question, question)
    own = {w.term for w in words(question)}
    carried = (w.written for w in words(last.text) if w.term not in own and not is_stop_word(w.written))
    found = Standalone(question, last.text, tuple(dict.fromkeys(carried)))
    return replace(found, leans_on="" if last.sure else said[-2].text, about=last.about)


def _understood(turn: Turn, said: Sequence[Said], people: Collection[str]) -> Said:
    question = turn.question
    if said and asks_for_source(question):
        return said[-1]  # whose answer is given again, with its sources
    alone = Said(question, tuple(_topics(question)), turn.answer, turn.briefing_ids)
    opening = _OPENING.match(question)
    body = question[opening.end() :] if opening else question
    joins = bool(opening and opening["and"])
    back = _BACK_TO.match(body)
    asks = words(body[back.end() :] if back else body)
    if _begins(turn, said) or not asks or _COMPLETED.search(question):
        return alone
    last = said[-1]
    if back:
        of = back["topic"] or back["about"]
        topic = tuple(phrases_of(of))
        last = _about(topic, said) or Said(of, topic, "")
        body, joins = body[back.end() :], True
    piece = is_piece(body, joins)
    part = aspect_asked(body)  # "and the next steps?" asks the last question's topic, not that question
    if piece and _COUNTS.match(body) and not _COUNTED.search(last.text):
        piece = False  # "how many dead" asks of the topic, not together with the last question
    again = _fragment(body, last) if piece and last.phrases and not (part and not part.topic) else None
    if again and len(again) <= _LONGEST:
        again = _of_topic(again, body, last)
        return Said(again, tuple(phrases_of(again)), turn.answer, _cited(last, turn))
    nouns = [p for p in phrases_of(body) if p.kind == "noun" and p.text.lower().startswith("the ")]
    named = None if back else _about(nouns, said)
    last = named or last
    put = with_antecedents(body, last, people)
    if put is None and not (piece or back or leans(body, joins)):
        return alone
    text = put or body
    added = _topic_for(text, last, people)
    if put is None and not added:
        return alone
    sure = put is not None or piece or joins or named is not None or not names_a_thing(body)
    topic = last.topic or tuple(phrases_of(text))
    return Said(_completed(text, added), topic, turn.answer, _cited(last, turn), sure)


def _topics(question: str) -> list[Phrase]:
    """The phrases that tell what a question is about; of a request for an aspect, or in a few words, those of its
    topic: "the strike in a nutshell"."""
    phrases, part = [p for p in phrases_of(question) if not is_requested(p)], aspect_asked(question)
    if part is None:
        return phrases
    about = {w.term for w in words(f"{part.topic} {part.by} {part.spoken_of}")}
    return [p for p in phrases if p.terms & about]


def _begins(turn: Turn, said: Sequence[Said]) -> bool:
    """True for the first question, and for one that was answered as typed, by other briefings than before."""
    return not said or (turn.alone and not set(turn.briefing_ids).intersection(said[-1].about))


def _cited(last: Said, turn: Turn) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*last.about, *turn.briefing_ids)))


def _about(phrases: Sequence[Phrase], said: Sequence[Said]) -> Said | None:
    """The last earlier question that shares a word with these phrases."""
    return next((s for s in reversed(said) if _shares(phrases, s)), None)


def _shares(phrases: Sequence[Phrase], said: Said) -> bool:
    terms = {t for p in phrases for t in p.terms}
    return any(terms & p.terms for p in (*said.topic, *said.phrases))


def _of_topic(again: str, body: str, last: Said) -> str:
    """A question asked again, with what it was about where "the company" has taken the place of all of that."""
    left = {t for p in phrases_of(again) for t in p.terms}
    about = [p for p in last.topic if p.kind != "time"]
    if not re.match(r"(?:(?:what|how) about )?the \w", body, re.IGNORECASE) or any(left & p.terms for p in about):
        return again
    return _completed(again, [p.text for p in about][:_MOST])


def _fragment(body: str, last: Said) -> str | None:
    """The last question asked again with a piece of a question; None when the place of the piece is not found."""
    core = body.strip(" ?!.")
    about = ABOUT.match(core)
    again = any(w in ASKING or w == "else" for w in (plain(w) for w in words(core)))
    if again and not about:
        # "tell me about the flood" asks nothing that another question could be joined to
        asked = any(plain(w) in ASKING | AUXILIARY for w in words(last.text))
        return asked_again(last.text, core) if asked else None
    return asked_with(last.text, core[about.end() :] if about else core)


def _topic_for(text: str, last: Said, people: Collection[str]) -> list[str]:
    """What the earlier question was about and this one does not say: its names and one noun, or its nouns.

    Nothing once a name has taken a pronoun's place, but for a person's, who may have been asked about for anything.
    """
    own = {w.term for w in words(text)}
    timed = any(p.kind == "time" for p in phrases_of(text))
    if any(p.kind == "name" and not (p.person or p.text in people) and p.terms <= own for p in last.topic):
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
