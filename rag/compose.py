"""The extractive composer: picks the sentences that answer, word for word, or abstains. No model needed."""

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from rag.answers import Answer, Citation, Sentence
from rag.asking.aspect_forms import DATED
from rag.asking.followup import Standalone
from rag.asking.overviews import overview_wanted, perhaps_wanted
from rag.asking.parts import read_parts
from rag.asking.question import Question
from rag.asking.smalltalk import NO_OPINION, NOTHING_WRITTEN, asks_to_write
from rag.asking.whois import asked_name
from rag.briefings import Briefing, Hit
from rag.extract.candidates import Candidate, candidates_of
from rag.extract.changes import changes
from rag.extract.choice import choose
from rag.extract.corrections import is_set_right_behind
from rag.extract.deadlines import counted_from, none_told
from rag.extract.evidence import EvidenceScorer, Scored
from rag.extract.guesses import is_guess
from rag.extract.joint import Part
from rag.extract.lists import list_below
from rag.extract.matters import asks_to_judge
from rag.extract.pairs import told_alike
from rag.extract.summaries import TOLD, gist_of, summary_wanted, telling_of
from rag.extract.surroundings import Surroundings
from rag.library import Library
from rag.prompts import NOTHING_LEFT, NOTHING_ON_IT, REFUSAL
from rag.verify import citation_of, renumbered, verified
from rag.words.casing import cased
from rag.words.grammar import is_negator
from rag.words.languages import is_in_another_language
from rag.words.phrases import plain
from rag.words.terms import content_words, is_stop_word, words
from rag.words.values import numbers_in, times_in

_ANOTHER_LANGUAGE = f"{REFUSAL} The question does not seem to be in the language of the passages found."
_OF_WHAT = "Say of what: “key figures on …”, “what is still open in …?”. Several briefings may tell that."
_TWO = 2  # sides
_SAME = 0.8  # share of common terms from which two sentences say the same


class ExtractiveComposer:
    """Composes an answer from the exact sentences of the passages; `newest` gives the date of the newest one."""

    def __init__(
        self, library: Library, scorer: EvidenceScorer, newest: Callable[[], date | None] = lambda: None
    ) -> None:
        self._library = library
        self._newest = newest
        self._scorer = scorer

    def stream(self, question: Standalone, hits: Sequence[Hit], elsewhere: object = None) -> Generator[Answer]:
        """The one answer that `compose` makes; its quotes need not be searched `elsewhere`."""
        yield self.compose(question, hits)

    def compose(self, question: Standalone, hits: Sequence[Hit]) -> Answer:
        """The sentences that answer, in reading order, each cited to its paragraph; else an abstention."""
        nearest = tuple(hit.passage.passage_id for hit in hits[:3])
        plain = Answer(question.asked, question.text, nearest=nearest)
        briefings = {b.briefing_id: b for b in self._library.briefings(h.passage.briefing_id for h in hits)}
        if len(briefings) == 1 and summary_wanted(question.asked):
            (only,) = briefings.values()
            if gist := telling_of(only, question.told)[:TOLD] if question.told else gist_of(only):
                return _answer(plain, gist)
            if question.told:
                return replace(plain, abstained=True, reason=NOTHING_LEFT, nearest=())
        if asks_to_write(question.asked):
            return replace(plain, abstained=True, reason=NOTHING_WRITTEN, nearest=())
        text = cased(question.text, (hit.text for hit in hits))
        around = [self._scorer.around(part) for part in read_parts(text, bool(question.carried))]
        candidates = candidates_of(hits, briefings, lambda *place: any(not a.lost(*place).kind for a in around))
        of = overview_wanted(text)
        if of and of.aspect in DATED:
            of = replace(of, today=self._newest())
        if of and (told := self._scorer.overview(of, candidates, question.told, limited=question.limited)):
            since = counted_from(of.aspect, told, of.today) if of.aspect in DATED else ""
            return replace(_answer(plain, told), notices=(since,) if since else ())
        if of and of.aspect and not of.names_one:
            return replace(plain, abstained=True, reason=NOTHING_LEFT if question.told else _OF_WHAT, nearest=())
        if of and (of.aspect == "upcoming" or of.aspect == "passed"):
            return replace(plain, abstained=True, reason=NOTHING_LEFT if question.told else none_told(of.today))
        if of and question.limited and not of.who:
            return replace(plain, abstained=True, reason=NOTHING_LEFT if question.told else NOTHING_ON_IT)
        if question.told:
            if of and self._scorer.overview(of, candidates):
                return replace(plain, abstained=True, reason=NOTHING_LEFT, nearest=())
            candidates = [c for c in candidates if c.text not in question.told]
        parts = [self._part(a, candidates) for a in around]
        choice = choose(parts)
        unsure, loose = choice.doubtful or not choice.chosen, perhaps_wanted(text)
        if unsure and loose and (told := self._scorer.overview(loose, candidates)):
            return _answer(plain, told)
        if not choice.chosen or is_guess(self._scorer, [a.question for a in around], of, loose, choice, candidates):
            if is_in_another_language(question.asked, [hit.text for hit in hits]):
                return replace(plain, abstained=True, reason=_ANOTHER_LANGUAGE, nearest=())
            first = self._part(self._scorer.around(of.topic), candidates) if of and of.aspect else parts[0]
            unsaid = partial(self._scorer.unsaid, first.question, candidates)
            return _abstention(plain, first.question, first.scored, unsaid)
        missing = " ".join(f"{part.asked}?" for part in choice.unanswered) or None
        answer = _answer(plain, _in_reading_order(choice.chosen))
        return replace(answer, missing=missing, doubtful=choice.doubtful)

    def side_by_side(self, asked: Standalone, sides: Sequence[tuple[str, Sequence[Hit]]]) -> Answer | None:
        """The sentences that tell the same of two sides, each with what is asked of it and its own passages, in
        that order; None where there are no such two."""
        scored, cited = [], dict[str, Briefing]()
        for text, hits in sides:
            briefings = {b.briefing_id: b for b in self._library.briefings(h.passage.briefing_id for h in hits)}
            first, *more = read_parts(cased(text, (hit.text for hit in hits)))
            if more:
                return None
            scored.append(self._scorer.score(first, candidates_of(hits, briefings)))
            cited |= briefings
        pair = told_alike(*scored) if len(scored) == _TWO else None
        answer = _answer(Answer(asked.asked, asked.text), [s.candidate for s in pair]) if pair else None
        return verified(answer, cited) if answer else None

    def changed(self, asked: Standalone, earlier: Briefing, later: Briefing, about: str = "") -> Answer | None:
        """What the later of two briefings tells otherwise than the earlier one `about` something, or at all; None
        where that is nothing."""
        told = changes(earlier, later, frozenset(w.term for w in content_words(about)))
        answer = _answer(Answer(asked.asked, asked.text), told) if told else None
        return verified(answer, {b.briefing_id: b for b in (earlier, later)}) if answer else None

    def _part(self, around: Surroundings, candidates: Sequence[Candidate]) -> Part:
        scored = self._scorer.score(around.question, candidates, around)
        return Part(around.question, scored, self._scorer.listed(around.question, scored))


def _in_reading_order(chosen: Sequence[Scored]) -> list[Candidate]:
    """The chosen sentences, the items of a list that one introduces ("… three points:"), and what sets one right,
    as they stand in their briefings; the briefing of the best sentence comes first."""
    picked: dict[tuple[str, int], Candidate] = {}
    order: dict[str, int] = {}
    for candidate in (s.candidate for s in chosen):
        order.setdefault(candidate.briefing.briefing_id, len(order))
        for part in (candidate, *list_below(candidate), *_set_right(candidate)):
            picked[part.briefing.briefing_id, part.start] = part
    whole = [c for c in picked.values() if not any(_lies_inside(c, other) for other in picked.values())]
    return sorted(whole, key=lambda c: (order[c.briefing.briefing_id], c.start))


def _lies_inside(part: Candidate, other: Candidate) -> bool:
    """True for a sentence of a list item that is quoted as a whole."""
    if part is other or part.briefing is not other.briefing:
        return False
    return other.start <= part.start and part.end <= other.end


def _set_right(lead: Candidate) -> Iterator[Candidate]:
    """The sentence behind one that tells only what was wrong, which tells what is right."""
    if is_set_right_behind(lead.text, lead.after):
        start = lead.briefing.text.index(lead.after, lead.end)
        behind = Candidate(lead.briefing, lead.paragraph, start, start + len(lead.after), lead.score)
        if behind.may_be_quoted:
            yield behind


def _answer(plain: Answer, candidates: Sequence[Candidate]) -> Answer:
    citations: list[Citation] = []
    texts: list[str] = []
    marks: list[list[int]] = []
    for candidate in candidates:
        place = candidate.briefing, candidate.paragraph, candidate.start, candidate.end
        citations.append(citation_of(*place, number=len(citations) + 1))
        same = next((i for i, text in enumerate(texts) if _say_the_same(text, candidate.text)), None)
        if same is None:
            texts.append(candidate.text)
            marks.append([len(citations)])
        else:
            marks[same].append(len(citations))
    sentences = tuple(
        Sentence(text, tuple(numbers), "supported") for text, numbers in zip(texts, marks, strict=True)
    )
    return renumbered(replace(plain, sentences=sentences, citations=tuple(citations)))


def _abstention(
    plain: Answer, question: Question, scored: Sequence[Scored], unsaid: Callable[[], Sequence[str]]
) -> Answer:
    """Say why: nothing found, a name, number or date that is nowhere, or no sentence that answers, and which words
    are `unsaid` in all of them, which takes a while to find out."""
    scored = [s for s in scored if "words" not in s.lacks]
    absent = _absent_everywhere(scored)
    if not scored:
        why = "Nothing in them is about this."
    elif absent:
        why = f"{_listed(_as_asked(absent, plain.standalone_question))} in none of the passages on this subject."
    elif asks_to_judge(question.asked):
        return replace(plain, abstained=True, reason=NO_OPINION)
    elif (name := asked_name(question)) and not name.may_ask_more:
        why = f"No sentence in the passages found says who or what “{name.written}” is."
    elif gone := unsaid():
        why = f"No sentence in the passages found answers the question; {_listed(gone)} in none of them."
    else:
        why = "Passages on the subject were found, but no sentence in them answers the question."
    nearest = plain.nearest if scored else ()
    return replace(plain, abstained=True, reason=f"{REFUSAL} {why}", nearest=nearest)


def _listed(some: Sequence[str]) -> str:
    quoted = [f"“{word}”" for word in some]
    listed = quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
    return f"{listed} {'stands' if len(quoted) == 1 else 'stand'}"


def _as_asked(absent: Sequence[str], question: str) -> list[str]:
    """The absent words with the numbers among them as the question writes them: "second", "9,000"."""
    parsed = words(question)
    written = {
        f"{n.value:g}": question[parsed[n.first].start : parsed[n.last].end] for n in reversed(numbers_in(parsed))
    }
    return [written.get(word, word) for word in absent]


def _absent_everywhere(scored: Sequence[Scored]) -> list[str]:
    absent = list(dict.fromkeys(scored[0].missing)) if scored else []
    for one in scored[1:]:
        absent = [word for word in absent if one.misses(word)]
    return absent


def _say_the_same(a: str, b: str) -> bool:
    """True for two sentences with the same numbers, times, names and negations in the same order, whose other
    terms are nearly the same."""
    first, second = words(a), words(b)
    if [n.value for n in numbers_in(first)] != [n.value for n in numbers_in(second)]:
        return False
    denials = [sum(is_negator(plain(w)) for w in some) for some in (first, second)]
    if times_in(a, first) != times_in(b, second) or denials[0] != denials[1]:
        return False
    left, right = ([w.term for w in some if not is_stop_word(w.written)] for some in (first, second))
    both = set(left) & set(right)
    if [t for t in left if t in both] != [t for t in right if t in both]:  # who did it to whom
        return False
    different = {w.term: w.written for w in (*first, *second) if w.term not in both and not is_stop_word(w.written)}
    if any(written[0].isupper() for written in different.values()):
        return False
    return bool(both) and len(both) >= _SAME * len(set(left) | set(right))
