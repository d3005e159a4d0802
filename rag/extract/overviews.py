"""Overviews of a topic ("tell me about the strike", "a timeline of the talks"): the sentences that tell most of it,
from every briefing that is about it."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from rag.asking.question import Question, read_question
from rag.briefings import Briefing
from rag.extract.aspects import Aspect, aspect_asked, telling
from rag.extract.candidates import Candidate
from rag.extract.matching import Matcher
from rag.extract.readings import ReadText
from rag.extract.subjects import about, as_said, sentences_around, sentences_of
from rag.extract.summaries import gist_of
from rag.words.keys import key_of
from rag.words.phrases import ASKING, AUXILIARY
from rag.words.terms import words
from rag.words.values import CARDINALS

_MOST = 5  # briefings
_OF_EACH = 2  # sentences, where several are told of
_OF_ONE = 4
_OF_ASPECT = 5
_LONGEST = 8  # words of a topic
_SHORT = 400  # characters of a request
_TWINS = 0.6  # the share of the terms of the shorter beginning that two reports of the same have in common
_PLEASE = r"(?:(?:please|kindly|just|can you|could you|would you|will you|so|and|ok|okay|now),? )*"
_KINDS = (
    r"(?:(?:an?|the|short|brief|quick|full|general) )*(?:overview|timeline|chronology|history|background|rundown"
    r"|outline|recap|primer|summary|gist|updates?|description)"
)
_GIVE = (
    r"(?:(?:give|show|write|list|prepare|provide|make|create|draw up|put together)(?: me| us)?(?: with)? "
    r"|what are )?"
)
_IT = r"(?:it|this|that|these|those|them|him|her)"
_ABOUT = (
    r"(?:tell (?:me|us) )?(?:a (?:bit|little) )?(?:more |something |everything |all )?"
    r"(?:(?:that |what )?(?:you|we) know )?about",
    rf"{_GIVE}(?:everything|all|any(?:thing)?|(?:the )?latest)(?: (?:news|updates?|information|(?:that )?you"
    r"(?:[’']ve| have)(?: got)?))? (?:on|about|regarding)|write (?:me |us )?an? (?:short |brief )?"
    r"(?:report|brief|note|text|article) (?:on|about)"
    r"|news (?:on|about)",
    r"what (?:else )?(?:(?:do|should) (?:you|we|I) know|is (?:known|said|reported|written)"
    r"|can you (?:tell (?:me|us)|say))(?: so far)? about",
    r"(?:what (?:information )?(?:do you have|have you got)|(?:is there|do you have) any(?:thing| news| updates?"
    r"| information)) (?:on|about)",
    r"(?:(?:what|how) (?:do|does|did|has|have)|compare (?:what|how)) (?P<who>\w.*?)"
    r" (?:say|said|write|written|report(?:ed)?(?: on)?|cover(?:ed)?|tell(?: us)?|described?)(?: about| on)?",
    r"what(?:[’']s| is) (?:the )?(?:current |latest |present )?(?:situation|state of play|background|story)"
    r" (?:in|at|on|of|with|regarding|behind|about|to)",
    r"what(?:[’']s| is) (?:going on|up|happening|(?:the )?(?:latest|news|new))"
    r" (?:in|with|at|on|about|regarding|from)",
    rf"{_GIVE}{_KINDS} (?:of|on|about|for|to)",
    r"(?:bring|get) (?:me|us) up to (?:speed|date) (?:on|with)|(?:walk|run) (?:me|us) through|explain|describe",
    r"(?:brief|update|fill|catch) (?:me|us) (?:in |up )?on",
    r"(?:summari[sz]e|sum up|recap)(?: (?:everything|all|what is known) (?:on|about)"
    r"| what happened (?:in|with|to))?",
    rf"{_GIVE}(?:(?:all|only|just) )?(?:the )?(?:(?:key|main|basic|most important) )?"
    r"(?:points|facts|takeaways|developments|highlights|findings) (?:of|in|from|on|about)",
)
_REQUEST = re.compile(
    rf"\W*{_PLEASE}(?:{'|'.join(_ABOUT)}) (?:the )?[“\"]?(?!{_IT}\b)(?P<topic>[^?!“”\"()]+?)[”\"]?"
    r"(?: according to (?P<by>[^?!“”\"()]+?))?(?P<carried> \([^()]+\))?"
    r"(?:,? (?:please|for (?:me|us|dummies)|so far|now|briefly|like (?:I[’']m|I am) (?:five|a child)"
    r"|in (?:short|brief|detail|(?:simple|plain) (?:terms|words|English|language)"
    r"|(?:a few|\w+) (?:words|(?:short )?sentences?|lines?|paragraphs?|(?:bullet )?points?|bullets))))*[\s.?!]*",
    re.IGNORECASE,
)
# What was asked about before stands behind, as `rag.asking.followup` adds it.
_MORE = re.compile(
    rf"\W*{_PLEASE}(?:(?:tell|give|show) (?:me|us) )?(?:as )?(?:a (?:bit|little) )?(?:more|what else|anything else"
    rf"|go on|continue|elaborate|{_KINDS}|{'|'.join(_ABOUT)})(?: details?| information)?"
    rf"(?:(?: about| on| of)? {_IT})?(?:,? please)?\W* \((?P<topic>[^()]+)\)[\s.?!]*",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    rf"\W*{_PLEASE}(?:the )?(?!(?:an?|any|some|more|no)\b)(?P<topic>[^?!“”\"(),:]+?) (?:overview|timeline"
    r"|chronology|rundown|recap|summary|updates?)(?:,? (?:please|for (?:me|us)))*[\s.?!]*",
    re.IGNORECASE,
)
_WENT = r"(?:develop|evolve|unfold|progress)(?:e?d)?"
_COURSE = re.compile(
    rf"\W*{_PLEASE}how (?:did|has|have) (?:the )?(?P<topic>[^?!“”\"(),:]+?) {_WENT}"
    r"(?: over time| so far)?[\s.?!]*",
    re.IGNORECASE,
)
_CALLED = re.compile(  # "What is Situation Report No. 5 about?"
    rf"\W*{_PLEASE}what(?:[’']s| is| was) (?:the )?(?P<topic>(?-i:[A-Z])[^?!“”\"(),:]+?) (?:all )?about[\s.?!]*",
    re.IGNORECASE,
)
_FORMS = (_MORE, _REQUEST, _BEHIND, _COURSE, _CALLED)
_SENTENCES = re.compile(
    r"\bin (?P<number>\w+) (?:short )?(?:sentences?|(?:bullet )?points?|bullets)", re.IGNORECASE
)
_ALL = re.compile(r"(?:the |your |our )?(?:briefings|sources)", re.IGNORECASE)
_BETWEEN = re.compile(r",? (?:and|or) |, ")
_IN_ORDER = re.compile(rf"\b(?:timeline|chronology|history|{_WENT})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A request for an overview of a `topic`, `in_order` of time or with what is newest first; of what those say
    `who` are named by these words, if any, in briefings that tell of what was `spoken_of` before; only of an
    `aspect` of it, and at `most` so many sentences, where these are asked for."""

    topic: Question
    in_order: bool
    who: str = ""
    spoken_of: str = ""
    aspect: Aspect | None = None
    most: int | None = None

    @property
    def names_one(self) -> bool:
        """True where it says of what."""
        return bool(words(self.topic.text.removeprefix("About")))

    def may_tell(self, briefing: Briefing) -> bool:
        """False for a briefing of another source than is asked for, by its name or the last words of it."""
        who, source = self.who.lower(), re.sub(r"^the ", "", briefing.source.lower())
        named = tuple(re.sub(r"^(?:both )?(?:the )?", " ", name) for name in _BETWEEN.split(who))
        whole = re.search(rf"\b{re.escape(source)}\b", who) is not None  # "The Age" is not in "the manager"
        return not who or (source != "" and (whole or f" {source}".endswith(named)))


def overview_wanted(text: str) -> Wanted | None:
    """The request in a text; None for another question, and where a clause stands in place of a topic."""
    if part := aspect_asked(text):
        topic = read_question(f"About {part.topic}")
        return Wanted(topic, part.aspect == "dates", "", part.spoken_of, part.aspect, part.most)
    match = _request_in(text)
    if match is None:
        return None
    start, end = match.span("topic")
    in_order = _IN_ORDER.search(f"{text[:start]} {text[end:]}") is not None
    who = _named_in(match)
    carried = (match.groupdict().get("carried") or "").strip(" ()")
    topic = read_question(f"About {match['topic']}")
    return Wanted(topic, in_order, "" if _ALL.fullmatch(who) else who, carried, most=_most(text[end:]))


def _most(behind: str) -> int | None:
    """How many sentences are asked for behind the topic: “… in two sentences”."""
    match = _SENTENCES.search(behind)
    number = match["number"].lower() if match else ""
    value = float(number) if number.isdecimal() else CARDINALS.get(number, 0.0)
    return int(value) or None


def searched_as(text: str) -> str:
    """What a question is searched for by: a request that asks no source is, without the words of asking."""
    if part := aspect_asked(text):
        return f"About {part.topic} {part.spoken_of}".rstrip() if part.topic else text
    match = _request_in(text)
    if match is None or not _ALL.fullmatch(_named_in(match) or "briefings"):
        return text
    return f"About {match['topic']}{match.groupdict().get('carried') or ''}"


def _named_in(request: re.Match[str]) -> str:
    """Whose words are asked for; "" where nobody is named."""
    told = request.groupdict()
    return told.get("who") or told.get("by") or ""


def _request_in(text: str) -> re.Match[str] | None:
    if len(text) > _SHORT:
        return None
    match = next(filter(None, (form.fullmatch(text) for form in _FORMS)), None)
    topic = words(match["topic"]) if match else []
    clause = not (ASKING | AUXILIARY).isdisjoint(w.written.lower() for w in topic)
    return None if clause or len(topic) > _LONGEST else match


def overview(wanted: Wanted, candidates: Sequence[Candidate], matcher: Matcher) -> list[Candidate]:
    """The sentences that tell of the topic: the gist of the briefings with it in their titles and, where there are
    hardly any, the first candidates of others with all its words; or, of all sentences of these, those that tell of
    the aspect that is asked for. Of two that report the same, the newer one's."""
    candidates = _spoken_of(wanted, [c for c in candidates if wanted.may_tell(c.briefing)], matcher)
    if numbered := [c for c in candidates if _is_called(wanted.topic.text, c.briefing.title)]:
        candidates = numbered
    if not candidates:
        return []
    titled, others = about(matcher.ask(wanted.topic), candidates, at_all=wanted.aspect is not None)
    if wanted.aspect and wanted.aspect != "points":
        groups = [*map(sentences_of, titled), *map(sentences_around, others)]
        return _of_aspect(wanted, wanted.aspect, groups)
    return _told([*filter(None, map(gist_of, titled))], others, wanted)


def _of_aspect(wanted: Wanted, aspect: Aspect, groups: list[list[Candidate]]) -> list[Candidate]:
    """What groups of sentences, each of one briefing, tell of an aspect."""
    groups = _newest_first([group for group in groups if group])[:_MOST]
    alone = wanted.most or _OF_ASPECT
    of_each = alone if len(groups) < 2 or aspect == "people" else min(alone, _OF_EACH)
    told = telling(aspect, groups, of_each)[: wanted.most]
    return list(chain.from_iterable(reversed(told) if wanted.in_order else told))[: wanted.most]


def _spoken_of(wanted: Wanted, candidates: Sequence[Candidate], matcher: Matcher) -> Sequence[Candidate]:
    """The candidates of briefings that tell of what was spoken of before; all where none does."""
    before = matcher.ask(read_question(f"About {wanted.spoken_of}"))
    if not before.subject:
        return candidates
    texts: dict[str, str] = {}
    for c in candidates:
        texts[c.briefing.briefing_id] = f"{texts.get(c.briefing.briefing_id, c.briefing.title)} {c.text}"
    held = as_said(before.strengths(list(map(ReadText.of, texts.values()))))
    kept = {one for one, so in zip(texts, held, strict=True) if so}
    return [c for c in candidates if c.briefing.briefing_id in kept] or candidates


def _is_called(topic: str, title: str) -> bool:
    """True for a title that begins with a topic that has a number: "Notice No. 7", not "Recall Notice No. 7"."""
    named = key_of(topic.removeprefix("About "))
    return any(map(str.isdigit, named)) and key_of(title).startswith(named)


def _told(gists: Sequence[list[Candidate]], others: Sequence[list[Candidate]], wanted: Wanted) -> list[Candidate]:
    """The first sentences of groups, each of one briefing: those about the topic, by their days, then others."""
    some = [*_newest_first(gists), *_newest_first(others[: max(0, _MOST - len(gists))])]
    if wanted.most:
        some = some[: 1 if len(gists) == 1 else wanted.most]
    some = list(_apart(some, {w.term for w in wanted.topic.subject}))
    of_each = [_OF_ONE] if len(some) == 1 else [_OF_EACH] * len(some)
    if len(gists) == 1 < len(some):  # what it tells is what is wanted
        of_each = [_OF_ONE - 1, *[1] * (len(some) - 1)]
    told = [sorted(group[:most], key=lambda c: c.start) for group, most in zip(some, of_each, strict=True)]
    if wanted.in_order:
        told.sort(key=lambda group: _day(group[0].briefing))
    if wanted.most and sum(map(len, told)) > wanted.most:
        told = [group[: max(1, wanted.most // len(told))] for group in told]
    return list(chain.from_iterable(told))


def _newest_first(groups: Sequence[list[Candidate]]) -> list[list[Candidate]]:
    return sorted(groups, key=lambda group: _day(group[0].briefing), reverse=True)


def _apart(groups: Sequence[list[Candidate]], topic: Collection[str]) -> Iterator[list[Candidate]]:
    """The groups whose first sentence does not say of the topic what that of one before says."""
    before: list[set[str]] = []
    for group in groups:
        said = set(ReadText.of(group[0].text).terms).difference(topic)
        if all(len(said & other) < _TWINS * min(len(said), len(other)) for other in before if other):
            yield group
        before.append(said)


def _day(briefing: Briefing) -> date:
    return briefing.published or date.min
