"""The extractive composer: picks the sentences that answer, word for word, or abstains. No model needed."""

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from rag.answers import Answer, Citation, Sentence
from rag.asking.aspect_forms import DATED
from rag.asking.followup import Standalone
from rag.asking.overviews import Wanted, overview_wanted, perhaps_wanted
from rag.asking.parts import read_parts
from rag.asking.smalltalk import NOTHING_WRITTEN, asks_to_write
from rag.briefings import Briefing, Hit
from rag.extract.candidates import Candidate, candidates_of
from rag.extract.changes import changes
from rag.extract.choice import choose
from rag.extract.corrections import is_set_right_behind
from rag.extract.deadlines import counted_from, none_told
from rag.extract.evidence import EvidenceScorer, Scored
from rag.extract.guesses import is_guess
from rag.extract.joint import Part
from rag.extract.likeness import say_the_same
from rag.extract.lists import list_below
from rag.extract.pairs import told_alike
from rag.extract.refusals import refused
from rag.extract.summaries import TOLD, gist_of, summary_wanted, telling_of
from rag.extract.surroundings import Surroundings
from rag.library import Library
from rag.prompts import NOTHING_LEFT, NOTHING_ON_IT, REFUSAL
from rag.verify import citation_of, renumbered, verified
from rag.words.casing import cased
from rag.words.languages import is_in_another_language
from rag.words.terms import content_words

_ANOTHER_LANGUAGE = f"{REFUSAL} The question does not seem to be in the language of the passages found."
_OF_WHAT = "Say of what: “key figures on …”, “what is still open in …?”. Several briefings may tell that."
_TWO = 2  # sides


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
        blank = Answer(question.asked, question.text, nearest=nearest)
        briefings = {b.briefing_id: b for b in self._library.briefings(h.passage.briefing_id for h in hits)}
        only = next(iter(briefings.values())) if len(briefings) == 1 else None
        if only and summary_wanted(question.asked) and (summary := _summary(blank, question.told, only)):
            return summary
        if asks_to_write(question.asked):
            return _refused(blank, NOTHING_WRITTEN)
        text = cased(question.text, (hit.text for hit in hits))
        around = [self._scorer.around(part) for part in read_parts(text, bool(question.carried))]
        candidates = candidates_of(hits, briefings, lambda *place: any(not a.lost(*place).kind for a in around))
        of, loose = overview_wanted(text), perhaps_wanted(text)
        if of and (overview := self._overview(blank, question, of, candidates)):
            return overview
        candidates = [c for c in candidates if c.text not in question.told]
        parts = [self._part(a, candidates) for a in around]
        choice = choose(parts)
        unsure = choice.doubtful or not choice.chosen
        several = loose is not None and loose.aspect == "opponents"  # of whom one sentence is not all
        if (unsure or several) and loose and (told := self._scorer.overview(loose, candidates)):
            return _answer(blank, told)
        if not choice.chosen or is_guess(self._scorer, [a.question for a in around], of, loose, choice, candidates):
            if is_in_another_language(question.asked, [hit.text for hit in hits]):
                return _refused(blank, _ANOTHER_LANGUAGE)
            first = self._part(self._scorer.around(of.topic), candidates) if of and of.aspect else parts[0]
            return refused(blank, first, partial(self._scorer.unsaid, first.question, candidates))
        missing = " ".join(f"{part.asked}?" for part in choice.unanswered) or None
        answer = _answer(blank, _in_reading_order(choice.chosen))
        return replace(answer, missing=missing, doubtful=choice.doubtful)

    def _overview(
        self, blank: Answer, question: Standalone, of: Wanted, candidates: Sequence[Candidate]
    ) -> Answer | None:
        """What tells of a topic, or that nothing, or nothing more, does; None where it is rather one question."""
        dated = of.aspect if of.aspect in DATED else None
        of = replace(of, today=self._newest()) if dated else of
        if told := self._scorer.overview(of, candidates, question.told, limited=question.limited):
            since = counted_from(dated, told, of.today) if dated else ""
            return replace(_answer(blank, told), notices=(since,) if since else ())
        left = NOTHING_LEFT if question.told else ""
        if of.aspect and not of.names_one:
            return _refused(blank, left or _OF_WHAT)
        if of.aspect in ("upcoming", "passed"):
            return _refused(blank, left or none_told(of.today))
        if question.limited and not of.who:
            return replace(blank, abstained=True, reason=left or NOTHING_ON_IT)
        return _refused(blank, left) if left and self._scorer.overview(of, candidates) else None

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


def _summary(blank: Answer, said: str, briefing: Briefing) -> Answer | None:
    """What a briefing tells first or, behind what was `said`, next, or that nothing is left of it; None where it
    has no sentence."""
    if not said:
        gist = gist_of(briefing)
        return _answer(blank, gist) if gist else None
    more = telling_of(briefing, said)[:TOLD]
    return _answer(blank, more) if more else _refused(blank, NOTHING_LEFT)


def _refused(blank: Answer, reason: str) -> Answer:
    """An abstention that no passage is near to."""
    return replace(blank, abstained=True, reason=reason, nearest=())


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


def _answer(blank: Answer, candidates: Sequence[Candidate]) -> Answer:
    citations: list[Citation] = []
    texts: list[str] = []
    marks: list[list[int]] = []
    for candidate in candidates:
        place = candidate.briefing, candidate.paragraph, candidate.start, candidate.end
        citations.append(citation_of(*place, number=len(citations) + 1))
        same = next((i for i, text in enumerate(texts) if say_the_same(text, candidate.text)), None)
        if same is None:
            texts.append(candidate.text)
            marks.append([len(citations)])
        else:
            marks[same].append(len(citations))
    sentences = tuple(
        Sentence(text, tuple(numbers), "supported") for text, numbers in zip(texts, marks, strict=True)
    )
    return renumbered(replace(blank, sentences=sentences, citations=tuple(citations)))
