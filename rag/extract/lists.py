"""Lists that answer a question as a whole: "Which measures did the board order?", "What do they recommend?"."""

import re
from collections.abc import Iterator, Sequence
from itertools import dropwhile, takewhile

from rag.asking.question import Question
from rag.briefings import Paragraph
from rag.extract.candidates import Candidate
from rag.extract.matching import AskedWords, Strengths
from rag.extract.readings import ReadText
from rag.words.sentences import Span, sentence_spans
from rag.words.terms import content_words, is_stop_word, term, words
from rag.words.thesaurus import SYNONYM
from rag.words.values import CARDINALS

LEAST_LISTED = 0.1  # so probable must the sentences of its briefing be together
_MOST_ITEMS = 12  # of a list that an answer introduces
_FEWEST_ITEMS = 2
_HALF = 0.5
_BEHIND = 3  # words from a number to what it counts: "two dissenting members"
_LISTABLE = ("any", "person", "body", "full_name")  # a list may answer a question that wants these
# What is done with the things of a list, in whatever words its briefing says so.
_DEEDS = frozenset(
    map(term, "recommend propose suggest advise make made put order ordered take taken find found need".split())
)
_WHAT = re.compile(r"what (?:do|does|did|must|should|will|would|can|has|have|had|is|are|was|were)\b", re.IGNORECASE)
_FEWEST_WORDS = 2  # content words of a sentence that tells something
_ORDINAL = re.compile(r"(?:The )?(?:First|Second|Third|Fourth|Fifth|Sixth)(?:ly)?\b", re.IGNORECASE)
_COUNT = re.compile(rf"\b(?:{'|'.join(sorted(CARDINALS))})\b", re.IGNORECASE)
_ONE = re.compile(r"(?:One|The (?:other|first|second|third)|An?other|A (?:second|third))\b")
_OTHER = re.compile(r"The (?:other|second)\b")
# "Which measures", "What are the board's recommendations", "List the main points"
_ASKS = re.compile(
    r"\b(?:what|which|list|name|give(?: me)?|tell me)\b(?: (?:are|were))?(?P<things>(?: [\w’'-]+){1,6})",
    re.IGNORECASE,
)
# No plurals.
_DOES = frozenset("goes takes makes gives says tells runs comes gets leads holds wants needs owns".split())
_PLURAL = re.compile(r"[a-z-]+(?<![su’'i])s|[a-z]+people|criteria")


def things_asked(question: Question) -> str:
    """The term of the several things that a question asks to be listed, "measure" in "which measures did they
    order"; "" when it asks for none."""
    match = _ASKS.search(question.asked)
    spoken = match["things"].lower().split() if match else []
    head = ""
    for written in takewhile(lambda w: not is_stop_word(w), dropwhile(is_stop_word, spoken)):
        if _PLURAL.fullmatch(written) and written not in _DOES:
            head = written
        elif head:
            break
    return term(head) if head else ""


def may_list(question: Question) -> bool:
    """True for a question that a list may answer."""
    return question.wants in _LISTABLE and bool(things_asked(question) or _WHAT.match(question.text))


def may_lead(candidate: Candidate) -> bool:
    """True for the item of a list, and for a sentence that may lead to one, or count what is behind it."""
    text = candidate.text
    return candidate.paragraph.kind == "list_item" or text.endswith(":") or bool(_COUNT.search(text))


def listed(question: Question, told: Sequence[tuple[Candidate, float]], asked: AskedWords) -> list[Candidate]:
    """The sentences that tell a whole list which a question asks for: what leads to it, or else its items; none
    when no briefing of some probability holds one under such a heading or behind such a lead. `told` are all
    candidates with their probabilities."""
    head = things_asked(question)
    mass: dict[str, float] = {}
    for candidate, probability in told:
        key = candidate.briefing.briefing_id
        mass[key] = mass.get(key, 0.0) + probability
    fit = _Fit(question, head, asked)
    best: list[Candidate] = []
    for candidate in (one for one, _ in told if may_lead(one)):
        likely = mass[candidate.briefing.briefing_id]
        if likely < LEAST_LISTED or (best and likely <= mass[best[0].briefing.briefing_id]):
            continue
        if candidate.paragraph.kind == "list_item":
            found = list_around(candidate) if fit.heading(candidate.paragraph.section or "") else []
        elif fit.lead(candidate) and (any(list_below(candidate)) or _each_behind(candidate, head)):
            found = [candidate, *_each_behind(candidate, head)]
        else:
            continue
        if found and fit.about(candidate, [c for c, _ in told if c.briefing is candidate.briefing]):
            best = found
    return best


class _Fit:
    """Whether a list that stands under some words is what a question asks for."""

    def __init__(self, question: Question, head: str, asked: AskedWords) -> None:
        self._head, self._asked = head, asked
        self._at = next((i for i, w in enumerate(question.subject) if w.term == head), None)
        self._asking = [i for i, w in enumerate(question.subject) if w.term in _DEEDS]

    def heading(self, text: str) -> bool:
        """True for a heading that has the things asked for, or no word that the question has not."""
        telling = content_words(text)
        return self._names(text) or (
            bool(telling) and all(self._held([w.written]).max() >= SYNONYM for w in telling)
        )

    def lead(self, candidate: Candidate) -> bool:
        """True for a sentence with the things asked for, or one with a colon behind such a sentence, or with half
        of what is asked."""
        text = candidate.text
        if self._names(text) or not (self._head and text.endswith(":")):
            return self._names(text)
        follows = candidate.start > candidate.paragraph.start
        return (follows and self._names(candidate.before)) or bool((self._held([text]) >= SYNONYM).mean() >= _HALF)

    def about(self, one: Candidate, others: Sequence[Candidate]) -> bool:
        """True when more than half of what a question asks beside the things themselves stands in a briefing."""
        held = self._held([*one.briefing.headings(one.paragraph), *(other.text for other in others)]).max(axis=0)
        rest = [held[i] >= SYNONYM for i in range(len(held)) if i not in (self._at, *self._asking)]
        return not rest or sum(rest) > _HALF * len(rest)

    def _names(self, text: str) -> bool:
        if not self._head:
            return False
        if self._at is None:
            return self._head in ReadText.of(text).every
        return bool(self._held([text])[0, self._at] >= SYNONYM)

    def _held(self, texts: Sequence[str]) -> Strengths:
        return self._asked.strengths([ReadText.of(text) for text in texts])


def list_below(lead: Candidate) -> Iterator[Candidate]:
    """What a sentence announces: the whole items of the list below it ("… these steps:"), or as many items, or
    sentences with an ordinal ("First, …"), as it counts ("Three things explain it.")."""
    counts = {CARDINALS[w.written.lower()] for w in words(lead.text) if w.written.lower() in CARDINALS} - {1.0}
    ends = lead.end == lead.paragraph.end and lead.text.endswith(":")
    below = [p for p in lead.briefing.paragraphs[lead.paragraph.number :] if p.section == lead.paragraph.section]
    if lead.paragraph.kind == "list_item":
        return
    items = list(takewhile(lambda p: p.kind == "list_item", below))[:_MOST_ITEMS]
    spans = [(item, Span(item.start, item.end)) for item in items]
    if not ends and len(items) not in counts:
        spans = _ordinals(lead, below) if counts else []
        spans = spans if len(spans) in counts else []
    for paragraph, span in spans:
        candidate = Candidate(lead.briefing, paragraph, span.start, span.end, lead.score)
        if candidate.may_be_quoted:
            yield candidate


def _each_behind(lead: Candidate, head: str) -> list[Candidate]:
    """The sentences behind one that counts the things asked for, when its paragraph ends with as many, or as many
    say so: "Two members voted against it. … …", "We see two dangers. One is …. The other is …."."""
    parsed = words(lead.text)
    counts = {
        CARDINALS[word.written.lower()]
        for i, word in enumerate(parsed)
        if word.written.lower() in CARDINALS and head in [w.term for w in parsed[i + 1 : i + _BEHIND]]
    }
    spans = sentence_spans(lead.briefing.text, lead.end, lead.paragraph.end) if counts - {1.0} else []
    told = [span for span in spans if _ONE.match(lead.briefing.text, span.start)]
    if 2.0 in counts and len(told) == 1 and _OTHER.match(lead.briefing.text, told[0].start):
        told = list(dict.fromkeys((spans[0], *told)))
    spans = told if len(told) in counts else spans if len(spans) in counts else []
    return [Candidate(lead.briefing, lead.paragraph, span.start, span.end, lead.score) for span in spans]


def list_around(item: Candidate) -> list[Candidate]:
    """The items of the list that an item stands in, itself among them; none for a list of one."""
    paragraphs, at = item.briefing.paragraphs, item.paragraph.number - 1

    def belongs(paragraph: Paragraph) -> bool:
        return paragraph.kind == "list_item" and paragraph.section == item.paragraph.section

    above = list(takewhile(belongs, reversed(paragraphs[:at])))[::-1]
    items = [*above, *takewhile(belongs, paragraphs[at:])][:_MOST_ITEMS]
    found = [Candidate(item.briefing, p, p.start, p.end, item.score) for p in items]
    return [one for one in found if one.may_be_quoted] if len(found) >= _FEWEST_ITEMS else []


def _ordinals(lead: Candidate, below: Sequence[Paragraph]) -> list[tuple[Paragraph, Span]]:
    """The sentences behind this one that begin with an ordinal; a short one ("First, pay.") with its next."""
    text = lead.briefing.text
    behind = [(p, s) for p in (lead.paragraph, *below) for s in sentence_spans(text, p.start, p.end)]
    behind = [(p, s) for p, s in behind if s.start >= lead.end]
    found: list[tuple[Paragraph, Span]] = []
    for i, (paragraph, span) in enumerate(behind):
        if _ORDINAL.match(text, span.start):
            short = len(content_words(text[span.start : span.end])) <= _FEWEST_WORDS and i + 1 < len(behind)
            end = behind[i + 1][1].end if short and behind[i + 1][0] is paragraph else span.end
            found.append((paragraph, Span(span.start, end)))
    return found[:_MOST_ITEMS]
