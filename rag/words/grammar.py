"""A text read for what it claims: its content words, each with what is denied of it and how certain it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rag.words.sentences import sentence_spans
from rag.words.terms import Word, is_stop_word, term, words
from rag.words.verbs import BE, GOVERNING, HAVE, MOODS, Mood, is_past

_NEGATORS = frozenset(
    """not never no none neither nor nobody nothing without cannot hardly barely scarcely nowhere unable non except
    excluding""".split()
)
_OF_PHRASES = frozenset("without except excluding non".split())  # they deny up to the next verb
_OF_SUBJECTS = frozenset("no none neither nobody nothing nowhere".split())  # they deny the verb behind a comma too
_NOT_DENYING = re.compile(
    r"\b(?:(?:not|no) (?:fewer|less|more|later) than|not (?:only|just|least)|no doubt|no\.? \d|no[.,](?= )"
    r"|nothing but|no matter|whether or not)\b",
    re.IGNORECASE,
)
_DENYING_PHRASES = re.compile(
    r"\b(?:(?:ruled?|ruling) out|rather than|instead of|far from|short of|in the absence of|refusal to|failure to"
    r"|(?:barred|banned|prohibited|prevented|stopped|kept) (?:\w+ ){0,4}?from|lack(?:s|ed|ing)?(?: of)?)\b",
    re.IGNORECASE,
)
_DENYING_VERBS = frozenset(term(w) for w in "refuse fail decline avoid".split())  # before "to" and "-ing"
_DENY, _LOSE = term("deny"), term("lose")
_BREAKS = re.compile(r"[,;:()|]| - ")
_STRONG_BREAKS = re.compile(r"[;:|]")
_CONJUNCTIONS = frozenset(
    "but while whereas although though however because since unless until which who whom when".split()
)
_CONTRASTS = frozenset("but while whereas although though however".split())
_LIGHT_ADVERBS = frozenset("yet ever still far so also already even".split())
_NO_VERB = frozenset("the a an this that these those its his her their any all each every no some".split())
_PASSIVE = BE | {"get", "got"}  # what stands before what was done to somebody
_MODAL_REACH = 4  # words behind a modal in which its verb stands


def is_negator(plain: str) -> bool:
    """True for a word that denies, in lower case with a straight apostrophe."""
    return plain in _NEGATORS or plain.endswith("n't")


@dataclass(frozen=True, slots=True)
class Token:
    """A content word in what a text claims, compared by `base`.

    `denied` when it lies in the reach of a negation, `struck` when it is what the negation denies first;
    `mood` how certain it is; `past` when it is written as done, `passive` when a form of "be" stands before it,
    `infinitive` when "to" does. `clause`, `segment` (of several clauses, up to a semicolon or a "but") and
    `sentence` are counted; `opens` when it is the first word of its sentence, `left` the word before it that is no
    article.
    """

    base: str
    word: Word
    denied: bool
    struck: bool
    mood: Mood
    past: bool
    passive: bool
    infinitive: bool
    clause: int
    segment: int
    sentence: int
    opens: bool
    left: str

    @property
    def is_name(self) -> bool:
        """True when it is written with a capital."""
        return self.word.written[0].isupper()


@lru_cache(maxsize=2048)
def read_claims(text: str) -> tuple[Token, ...]:
    """The content words of a text with plain quotation marks, in order."""
    found: list[Token] = []
    clause = segment = 0
    for number, span in enumerate(sentence_spans(text)):
        reader = _Reader(text[span.start : span.end], span.start, number, clause + 1, segment + 1)
        found.extend(reader.tokens())
        clause, segment = reader.clause, reader.segment
    return tuple(found)


class _Reader:
    """Reads one sentence from left to right, keeping what reaches over the words to come."""

    def __init__(self, sentence: str, offset: int, number: int, clause: int, segment: int) -> None:
        self.clause, self.segment = clause, segment
        self._sentence, self._offset, self._number = sentence, offset, number
        self._words = words(sentence)
        self._plain = [w.written.lower().replace("’", "'") for w in self._words]
        self._idle = [m.span() for m in _NOT_DENYING.finditer(sentence)]
        self._phrases = sorted(m.end() for m in _DENYING_PHRASES.finditer(sentence))
        self._denying = 0  # negations that reach here
        self._striking = False  # the next content word is what one denies
        self._subject = False  # one of them is of the subject ("neither", "no")
        self._short = False  # it is of a phrase only ("without power")
        self._mood: Mood = ""
        self._mood_left = 0
        self._governing: Mood = ""

    def tokens(self) -> Iterator[Token]:
        """The content words of the sentence."""
        last_end = 0
        for i, word in enumerate(self._words):
            self._break(i, self._sentence[last_end : word.start])
            last_end = word.end
            self._negate(i)
            self._modal(i)
            if not is_stop_word(word.written) and self._plain[i] not in _NEGATORS:
                yield self._token(i)

    def _break(self, i: int, gap: str) -> None:
        plain = self._plain[i]
        joins = plain == "and" and self._new_subject(i)
        if _STRONG_BREAKS.search(gap) or plain in _CONTRASTS or joins:
            self.segment += 1
        if _BREAKS.search(gap) or plain in _CONJUNCTIONS or joins:
            self.clause += 1
            self._mood, self._mood_left, self._governing = "", 0, ""
            if not self._subject or plain in _CONJUNCTIONS or _STRONG_BREAKS.search(gap) or joins:
                self._denying, self._striking, self._subject = 0, False, False
        if plain == "and" and not self._subject:
            self._denying, self._striking = 0, False

    def _new_subject(self, i: int) -> bool:
        """True for the "and" before a clause of its own ("and the bridge was closed"), not before a verb."""
        following = self._words[i + 1 : i + 6]
        if (
            not following
            or is_past(following[0].written)
            or following[0].written[0].isdigit()
            or self._plain[i + 1] in MOODS
        ):
            return False
        behind = following[1:]
        ends = next(
            (k for k, w in enumerate(behind) if w.written.lower() in ("and", "or", "to", "of", "in")), len(behind)
        )
        finite = _PASSIVE | HAVE
        return any(w.written.lower() in finite or w.written in MOODS or is_past(w.written) for w in behind[:ends])

    def _negate(self, i: int) -> None:
        word, plain = self._words[i], self._plain[i]
        while self._phrases and self._phrases[0] <= word.start:
            self._phrases.pop(0)
            self._denying, self._striking = self._denying + 1, True
        if self._short and not self._striking and plain in _PASSIVE | HAVE | set(MOODS):
            self._denying, self._short = 0, False
        idle = any(start <= word.start < end for start, end in self._idle)
        if is_negator(plain) and not idle:
            if plain != "nor" and not (self._subject and plain in _OF_SUBJECTS):
                self._denying += 1
            self._denying = self._denying or 1
            self._striking = True
            self._short = plain in _OF_PHRASES
            self._subject = self._subject or plain in _OF_SUBJECTS

    def _modal(self, i: int) -> None:
        word, plain = self._words[i], self._plain[i]
        following = self._plain[i + 1] if i + 1 < len(self._plain) else ""
        base = word.term
        if plain in MOODS and (word.written.islower() or i == 0):
            self._mood, self._mood_left = MOODS[plain], _MODAL_REACH
        elif self._mood_left:
            self._mood_left -= 1
        if self._governing and plain == "to" and self._is_infinitive(i):
            self._mood, self._mood_left, self._governing = self._governing, _MODAL_REACH - 1, ""
        elif base in GOVERNING:
            self._governing = GOVERNING[base]
        elif plain in HAVE and following == "to":
            self._governing = "must"
        elif plain in ("is", "are") and following == "to":
            self._governing = "will"
        elif not (is_stop_word(word.written) or word.written[0].isupper()) and self._plain[max(0, i - 1) : i] != [
            "the"
        ]:
            self._governing = ""

    def _is_infinitive(self, i: int) -> bool:
        """False for the "to" of "to the plan" and "to Cairo"."""
        following = self._words[i + 1].written if i + 1 < len(self._words) else ""
        return following.islower() and following not in _NO_VERB

    def _token(self, i: int) -> Token:
        word, plain = self._words[i], self._plain[i]
        before = self._plain[max(0, i - 3) : i]
        following = self._plain[i + 1] if i + 1 < len(self._plain) else ""
        light = plain.endswith("ly") or plain in _LIGHT_ADVERBS
        struck = self._striking and not light
        passive = any(w in _PASSIVE for w in before[-2:])
        # "paid by the province": a participle, which says nothing of when
        by_itself = not passive and following == "by" and is_past(word.written)
        base = word.term
        token = Token(
            base=base,
            word=Word(word.term, word.written, self._offset + word.start, self._offset + word.end),
            denied=self._denying % 2 == 1,
            struck=struck,
            mood=self._mood if self._mood_left and not light else "",
            past=is_past(word.written) and not by_itself,
            passive=passive or by_itself,
            infinitive="to" in before[-1:],
            clause=self.clause,
            segment=self.segment,
            sentence=self._number,
            opens=i == 0,
            left=next((w for w in reversed(before) if w not in _NO_VERB), ""),
        )
        self._striking = self._striking and not struck
        if self._mood_left and not light and following not in ("or", "and"):
            self._mood, self._mood_left = "", 0
        if self._denies_the_rest(base, following):
            self._denying, self._striking = self._denying + 1, True
        return token

    def _denies_the_rest(self, base: str, following: str) -> bool:
        """True when "refused", "denied" or "lost" denies what follows: "to agree", "attacking", "power"."""
        if base in _DENYING_VERBS:
            return following == "to" or following.endswith("ing")
        if base == _LOSE:
            return following.isalpha() and not is_stop_word(following)
        return base == _DENY and following != ""
