"""Requests for news or an overview in a conversation: what they are limited to, and how far they have been told.

"Tell me about the strike", "only from the Courier", "since 3 May", "more": each goes on with the request before
it, limited further, or with what is not told yet.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rag.answers import Answer
from rag.asking.followup import Turn
from rag.asking.overviews import overview_wanted
from rag.asking.smalltalk import asks_for_source, is_small_talk
from rag.briefings import Scope
from rag.extract.summaries import summary_wanted
from rag.finding.digests import NEWS, digest_wanted, titled
from rag.finding.holdings import in_words
from rag.finding.limits import Limited
from rag.words.phrases import PLEASE

_IT = r"(?: (?:about|on|of) (?:it|this|that|these|those|them))?"
_MORE = re.compile(
    rf"\W*{PLEASE}(?:(?:(?:tell|give|show) (?:me|us) |read )?(?:(?:a (?:bit|little)|some|even|any) )?"
    rf"(?:more|further)(?: (?:details?|information|news|of (?:it|that)))?{_IT}|go on|go ahead|continue|keep going"
    rf"|carry on|read on|next|(?:is there )?(?:anything|what) (?:else|more)(?: is there)?(?:(?: is)? new)?{_IT}"
    r"|the rest|and)"
    r"(?:,? please)?[\s.?!…]*",
    re.IGNORECASE,
)
_HAPPENED = re.compile(r"\W*what(?:[’']s| has)? (?:been )?happen(?:ed|ing)[\s?!.]*", re.IGNORECASE)
_IN_SHORT = re.compile(r"from the \w+")
_ANY_NEWS = "what’s new?"
_MORE_ABOUT = re.compile(r"\b(?:more|else)\b.* (?:about|on|of) ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Request:
    """A request for news, an overview or a summary: its `text` without limits, as it is `written` with them, what
    it is `limited` to, the questions `before` it, and the turns that have `told` a part of it. One that is `plain`
    is "tell me more" behind any other question; one for news that a single briefing was told to goes on with that
    briefing, and is as `wide` as it was when it is limited otherwise."""

    text: str
    written: str
    limited: Limited = field(default_factory=lambda: Limited(""))
    before: tuple[Turn, ...] = ()
    told: tuple[Turn, ...] = ()
    plain: bool = False
    wide: str = ""

    @property
    def is_dated(self) -> bool:
        """True when it is limited to some days."""
        return bool(self.limited.scope.since or self.limited.scope.until)

    @property
    def ids(self) -> tuple[str, ...]:
        """The briefings that have been told of."""
        return tuple(dict.fromkeys(one for turn in self.told for one in turn.briefing_ids))

    def shown(self, answer: Answer, question: str) -> Answer:
        """The answer to the `question` that made the request, which says what it is limited to."""
        scope, text = self.limited.scope, answer.standalone_question
        answer = replace(answer, question=question, standalone_question=self.written if text == self.text else text)
        if not scope:
            return answer
        if answer.abstained:
            return replace(answer, reason=f"{answer.reason} Only briefings {in_words(scope)} were searched.")
        return replace(answer, notices=(f"Only briefings {in_words(scope)} are told.", *answer.notices))

    @property
    def in_full(self) -> str:
        """What a later question takes it for: the sources of news are not what they are about."""
        digest = digest_wanted(self.text)
        return self.text if digest and not digest.about else self.written

    @property
    def said(self) -> str:
        """What was told of it, word for word."""
        return " ".join(turn.answer for turn in self.told)


@dataclass(frozen=True, slots=True)
class Conversation:
    """The `earlier` questions of a conversation, those that only go on with a request put in full, and the
    `request` that the newest question makes, as far as it is limited or goes on with one; None for any other."""

    earlier: tuple[Turn, ...]
    request: Request | None


def remembered(history: Sequence[Turn], most: int) -> Sequence[Turn]:
    """The last `most` earlier questions, and those before them back to the request that the first one goes on
    with."""
    first = max(0, len(history) - most)
    while first and (_MORE.fullmatch(history[first].question) or asks_for_source(history[first].question)):
        first -= 1
    return history[first:]


def conversation(
    question: str,
    earlier: Sequence[Turn],
    read: Callable[[str], Limited],
    titles: Callable[[Sequence[str]], Mapping[str, str]],
) -> Conversation:
    """A conversation up to this question. `read` finds the limits in a text, `titles` gives those of briefings."""
    last: Request | None = None
    turns: list[Turn] = []
    for turn in earlier:
        if turns and asks_for_source(turn.question):
            continue  # the answer before was given again
        if not is_small_talk(turn.question):
            one = _next(turn.question, last, turns, read) or Request(turn.question, turn.question, plain=True)
            last = replace(one, told=(*one.told, turn))
            if len(last.told) == 1 and not last.plain:
                last = _of_one(last, titles)
            turn = turn if last.plain else replace(turn, question=last.in_full)
        turns.append(turn)
    if last and not (last.plain and len(last.told) < 2) and asks_for_source(question):  # what told it last, again
        return Conversation(tuple(turns), replace(last, told=last.told[:-1]))
    now = _next(question, last, turns, read)
    return Conversation(tuple(turns), now if now and (now.told or now.limited) else None)


def _next(
    text: str, last: Request | None, before: Sequence[Turn], read: Callable[[str], Limited]
) -> Request | None:
    """The request that a text makes behind the `last` one; None when it makes none."""
    if _MORE.fullmatch(text):
        return replace(last, text=text, before=tuple(before)) if last and last.plain else last
    of_some = digest_wanted(text)
    cut = Limited(text) if of_some and of_some.of != NEWS else read(text)  # which says itself what it is of
    if cut and not cut.text:
        of = overview_wanted(last.text) if last else None
        if last and last.plain:
            return _by_source(last, cut, before)
        may_limit_it = last and not (of and of.who)  # "what does the Courier say?" does itself
        return _limited_further(last, cut) if last and may_limit_it else None
    asked = cut.text
    if cut and _HAPPENED.fullmatch(cut.text) and not cut.of_one_day:
        asked = _ANY_NEWS
    if not is_request(asked):
        return None
    new = Request(asked, text, cut, tuple(before))
    again = last and not last.plain and _MORE_ABOUT.search(text) and _topic(asked) == _topic(last.text)
    return replace(new, told=last.told) if last and again else new


def _of_one(request: Request, titles: Callable[[Sequence[str]], Mapping[str, str]]) -> Request:
    """A request for news that a single briefing was told to, as one for that briefing."""
    ids = request.told[0].briefing_ids
    digest = digest_wanted(request.text)
    named = titles(ids) if digest and not digest.about and len(ids) == 1 else {}
    text = next((titled(title) for title in named.values()), request.text)
    return request if text == request.text else replace(request, text=text, written=text, wide=request.text)


def is_request(text: str) -> bool:
    """True for a text that asks for news, an overview or a summary."""
    return overview_wanted(text) is not None or digest_wanted(text) is not None or summary_wanted(text) is not None


def _by_source(last: Request, cut: Limited, before: Sequence[Turn]) -> Request | None:
    """The last question asked of a source that is named in short: "what about the Gazette?"."""
    at = next((i for i, turn in enumerate(before) if turn.question == last.text), None)
    if at is None or cut.when or not cut.loose or not _IN_SHORT.fullmatch(cut.by):
        return None
    written = f"{last.text.rstrip(' ?!.')}, {cut.by}"
    return Request(last.text, written, cut, tuple(before[:at]))


def _limited_further(last: Request, cut: Limited) -> Request:
    """The last request with other limits: a source takes the place of a source, days that of days."""
    scope, old = cut.scope, last.limited
    limits = Scope(
        since=scope.since if cut.when else old.scope.since,
        until=scope.until if cut.when else old.scope.until,
        sources=scope.sources or old.scope.sources,
    )
    text = last.wide or last.text
    new = Limited(text, limits, cut.by or old.by, cut.when or old.when, cut.unknown)
    written = " ".join(filter(None, (text.rstrip(" ?!."), new.by, new.when)))
    return replace(last, text=text, written=written, limited=new, told=(), wide="")


def _topic(text: str) -> frozenset[str]:
    wanted = overview_wanted(text)
    return frozenset(w.term for w in wanted.topic.subject) if wanted else frozenset()
