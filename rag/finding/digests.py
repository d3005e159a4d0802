"""Requests for what some briefings tell: the newest, the two oldest of the Courier, all of last week."""

import re
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rag.answers import Answer
from rag.asking.aspects import aspect_asked
from rag.asking.followup import Standalone, Turn
from rag.asking.smalltalk import is_small_talk
from rag.briefings import Hit, Scope
from rag.finding.library_forms import END_WORD, THEM
from rag.library import Library
from rag.verify import appended, renumbered, summed
from rag.words.phrases import request

_TOLD = 5  # briefings
_SEVERAL = 2
_OF_EACH = 2  # sentences, of several briefings
_SUM_UP = (
    r"(?:summari[sz]e|sum up|recap|brief me on|read me|tell me (?:more )?about|what(?:[’']s| is) in"
    r"|(?:(?:give|show)(?: me| us)? )?(?:a |an |the )?(?:short |brief |quick )?(?:summary|overview|gist|recap) of)"
)
# "the latest briefing", "all briefings of May", "the oldest one": the rest is for `rag.finding.inquiries` to read.
_SOME = (
    rf"(?P<of>(?=[^“”\"]*\b(?:{END_WORD}\b|briefings\b))"
    rf"(?:all |both )?(?:the |your |our |my )?[^“”\"]*?\b(?:briefings?|ones?)\b[^“”\"]*?|{THEM})"
)
NEWS = "the three newest briefings"  # are told where nothing else is said
_REQUESTS = tuple(
    request(form)
    for form in (
        rf"{_SUM_UP} {_SOME}",
        rf"what(?:[’']s| is| are| was| were) (?:{_SOME}|(?P<end>(?:the )?{END_WORD}))(?: all)? about",
        rf"what (?:do|does|did) {_SOME} (?:say|tell|report)(?: (?:about|on|of) (?P<about>[^“”\"]+?))?",
        r"what(?:[’']s| is) (?:new|(?:the )?(?:latest(?: news)?|news))(?: here| today)?"
        r"|(?:(?:give|tell|show) (?:me|us) )?(?:the )?(?:(?:latest |newest )?(?:news|updates?)|latest|newest)"
        r"|(?:(?:is|are) there |do you have )?any(?:thing)? (?:news|new|updates?)",
    )
)
_PLACES = "last first second third fourth fifth".split()
_NTH = request(  # of those that were told of, in that order
    r"(?:(?:(?:tell|show) (?:me|us) )?(?:more )?(?:about|on|of)|what (?:about|is)|summari[sz]e"
    rf"|explain)? ?the (?P<nth>{'|'.join(_PLACES)})(?: (?:one|briefing|story|article|report|item))?(?: about)?"
)
_THEM = re.compile(THEM, re.IGNORECASE)
Answered = Callable[[Standalone, Scope], Iterable[tuple[Answer, list[Hit]]]]


@dataclass(frozen=True, slots=True)
class Digest:
    """A request for what the briefings `of` some kind, in words, tell `about` something, or at all."""

    of: str
    about: str = ""


def digest_wanted(text: str) -> Digest | None:
    """The request in a text; None for another question."""
    for wanted in _REQUESTS:
        if match := wanted.fullmatch(text):
            told = {name: words for name, words in match.groupdict().items() if words}
            return Digest(told.get("of") or told.get("end") or NEWS, told.get("about", ""))
    return None


def about_topics(earlier: Sequence[Turn], library: Library) -> Iterator[Turn]:
    """Earlier questions without requests for digests, whose words are no topic that a question could go on about;
    one that a single briefing was told to is as if it had been asked for by its title."""
    for i, turn in enumerate(earlier):
        digest = digest_wanted(turn.question)
        nth = digest is None and _NTH.fullmatch(turn.question)
        if nth and of_those(turn.question, earlier[:i], Scope(), library):
            digest = Digest(turn.question)
        if digest is None:
            yield turn
        elif digest.about:
            yield replace(turn, question=_about(digest))
        elif len(turn.briefing_ids) == 1 and (titles := library.titles(turn.briefing_ids)):
            yield replace(turn, question=titled(*titles.values()))


@dataclass(frozen=True, slots=True)
class Those:
    """The briefings that were told of last, and the question for `each` of them; "" for what they are about."""

    ids: tuple[str, ...]
    each: str = ""

    def told(self, asked: Standalone, library: Library, answered: Answered) -> Generator[tuple[Answer, list[Hit]]]:
        """What they tell, as `digested` does."""
        return digested(asked, Digest(asked.text), self.ids, library, answered, self.each)


def of_those(text: str, earlier: Sequence[Turn], within: Scope, library: Library) -> Those | None:
    """What a text asks of the several briefings that were told of last and lie within a scope: "what are they
    about?", "any numbers?"; None for another question, and behind one."""
    digest, nth = digest_wanted(text), _NTH.fullmatch(text)
    of_them = digest and _THEM.fullmatch(digest.of) and not digest.about
    if not (of_them or nth or _bare_aspect(text)):
        return None
    for turn in reversed(earlier):
        of, ids = digest_wanted(turn.question), turn.briefing_ids
        if of and not of.about:
            held = {one.briefing_id for one in library.briefings(ids) if within.admits(one)}
            kept = tuple(one for one in ids if one in held)
            if len(ids) < _SEVERAL:
                return None
            if nth:
                at = _PLACES.index(nth["nth"].lower()) - 1
                kept = tuple(one for one in ids[at:][:1] if one in held)
            return Those(kept, "" if digest or nth else text) if kept else None
        if not (_bare_aspect(turn.question) or _NTH.fullmatch(turn.question) or is_small_talk(turn.question)):
            return None
    return None


def _bare_aspect(text: str) -> bool:
    """True for a request for an aspect that does not say of what."""
    part = aspect_asked(text)
    return part is not None and not part.topic


def digested(
    asked: Standalone, digest: Digest, ids: tuple[str, ...], library: Library, answered: Answered, each: str = ""
) -> Generator[tuple[Answer, list[Hit]]]:
    """What these briefings are about, the first few of them one after the other, or what they say about something:
    the answer as far as it has come, again and again, with the passages it was made from. `answered` gives that to
    one question within a scope. With a question for `each` of them, what they tell on that."""
    if digest.about:
        yield from answered(replace(asked, text=_about(digest)), Scope(ids))
        return
    whole: Answer | None = None
    hits: list[Hit] = []
    for one in ids[:_TOLD]:
        text = each or titled(library.briefing(one).title)
        seen, shown, found = None, whole, hits
        for answer, passages in answered(Standalone(text, text), Scope((one,))):
            if answer is not seen:
                seen, found = answer, [*hits, *passages]
                part = replace(answer, question=asked.asked)
                shown = part if len(ids) == 1 else _behind(whole, replace(part, standalone_question=asked.text))
            if shown:
                yield shown, found
        whole, hits = shown, found
    if whole and len(ids) > _TOLD:
        more = f"The first {_TOLD} of {len(ids):,} briefings are told."
        yield replace(whole, notices=(*whole.notices, more)), hits


def _about(digest: Digest) -> str:
    return f"What is said about {digest.about}?"


def titled(title: str) -> str:
    """The question what a briefing of this title is about."""
    return f"What is “{title}” about?"


def _behind(whole: Answer | None, part: Answer) -> Answer:
    """An answer with the first sentences of another behind its own."""
    opening = renumbered(replace(part, sentences=part.sentences[:_OF_EACH]))
    if whole is None or part.abstained:
        return opening if whole is None else replace(whole, usage=summed(whole.usage, part.usage))
    return replace(opening, usage=summed(whole.usage, part.usage)) if whole.abstained else appended(whole, opening)
