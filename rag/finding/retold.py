"""The last question answered once more: in fewer sentences, by other sources, by earlier or later briefings."""

import re
from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import reduce

from rag.answers import Answer
from rag.asking.anew import Anew, folded, last_asked
from rag.asking.followup import Standalone, Turn, standalone
from rag.asking.overviews import overview_wanted
from rag.asking.question import read_question
from rag.asking.understanding import Find
from rag.briefings import Briefing, Scope
from rag.finding.compared import SideBySide
from rag.finding.digests import digest_wanted, titled
from rag.finding.holdings import in_words
from rag.finding.narrowed import Told
from rag.finding.related import Related
from rag.library import Library
from rag.prompts import REFUSAL
from rag.verify import appended, renumbered, summed
from rag.words.phrases import phrases_of

Ask = Callable[[str, Sequence[Turn], Scope | None], Iterable[Told]]
_ONE_DAY = timedelta(days=1)
_OTHERS = 2  # sources, or cited briefings, that are looked at
_STEPS = 3  # briefings before or after, that are asked one after the other
_GIST = 3  # sentences on what another source reports
_NO_OTHER = "No other source than these was found to report it."
_SET_RIGHT = re.compile(r"\b(?:chang|updat|revis|correct)ed\b", re.IGNORECASE)
_WHEN = frozenset("in on during".split())
_DISPUTES = "any disagreements?"


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked once more: the question as it was asked, those `before` it, and within what; and what was
    `spent` on each answer, also on those that are not told."""

    question: str
    before: Sequence[Turn]
    within: Scope
    ask: Ask
    spent: list[dict[str, float]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The question in full."""
        return standalone(self.question, self.before).text

    def of(self, some: Sequence[Briefing]) -> Told:
        """The answer of these briefings alone."""
        return self.again(replace(self.within, briefing_ids=tuple(b.briefing_id for b in some)))

    def again(self, within: Scope | None) -> Told:
        """The answer within a scope."""
        told = deque(self.ask(self.question, self.before, within), maxlen=1)[0]
        self.spent.append(told[0].usage)
        return told

    def gist_of(self, one: Briefing) -> Told:
        """What a briefing is about, in short."""
        answer, hits = replace(self, question=titled(one.title), before=()).of([one])
        return replace(_cut(answer, _GIST), standalone_question=self.text), hits

    def refused(self, why: str) -> Told:
        """What is said where nothing was found."""
        return Answer(self.question, self.text, abstained=True, reason=f"{REFUSAL} {why}"), []


class Retold:
    """Answers questions once more, by the passages that `find` looks for; without a language model, `side_by_side`
    tells what two briefings say of the same."""

    def __init__(self, library: Library, find: Find, side_by_side: SideBySide | None) -> None:
        self._library = library
        self._side_by_side = side_by_side
        self._related = Related(library, find)

    def told(
        self, anew: Anew, question: str, history: Sequence[Turn], scope: Scope | None, ask: Ask
    ) -> Generator[Told, None, bool]:
        """What answers the question before this one once more, again with everything that arrives; returns False
        where there is none, and when this one is better asked as any other. `ask` answers a question after others
        within a scope."""
        turns = folded(history)
        at = last_asked(turns)
        if at is None:
            return False
        last, before = turns[at], turns[:at]
        if not last.answer:  # nothing was told, and is not now
            for answer, hits in ask(last.question, before, scope):
                yield replace(answer, question=question), hits
            return True
        if anew.kind == "shorter":
            shown = next(turn.answer for turn in reversed(history) if turn.answer)
            yield from _shorter(anew.most, question, shown, ask(_in_few(anew.most, last.question), before, scope))
            return True
        if digest_wanted(last.question):  # news has no subject that others could tell
            return False
        asked = _Asked(last.question, before, scope or Scope(), ask)
        if anew.kind in ("others", "dissent"):
            cited = self._library.briefings(last.briefing_ids)
            told = self._by_others(asked, cited)
            if told and told[0].abstained and len({b.source for b in cited}) > 1:  # which tell it side by side
                told = _noted(asked.again(scope), _NO_OTHER)
            elif told and told[0].abstained and anew.kind == "dissent":
                story = [b for b in cited if asked.within.admits(b)]
                story += self._related.to(cited[:_OTHERS], asked.within)
                doubts = replace(asked, question=_DISPUTES, before=(*before, last))
                disputed = doubts.of(story) if story else told
                told = told if disputed[0].abstained else disputed
        else:
            ids = next((turn.briefing_ids for turn in reversed(history) if turn.briefing_ids), ())
            told = self._of_another_time(anew, asked, self._library.briefings(ids))
            if told and told[0].abstained and _SET_RIGHT.search(question):  # what was told may say so itself
                return False
        if told is None:
            return False
        spent: dict[str, float] = reduce(summed, asked.spent, {})
        yield replace(told[0], question=question, usage=spent), told[1]
        return True

    def _by_others(self, asked: _Asked, cited: Sequence[Briefing]) -> Told | None:
        """What other sources than those that were cited tell, or else what they report on the same; None where no
        source has a name."""
        named = " and ".join(sorted({b.source for b in cited if b.source}))
        if not named:
            return None
        others = self._related.beside(cited[:_OTHERS], asked.within, cited)[:_OTHERS]
        if told := _together([self._beside(asked, cited, one) for one in others]):
            return _noted(told, f"Told by other sources than {named}.")
        if told := _together([asked.gist_of(one) for one in others]):
            agree = "whether they agree was not found"
            return _noted(told, f"Other sources than {named} report this on the same; {agree}.")
        if others:
            return asked.refused(f"No sentence of another source than {named} that tells it was found.")
        return asked.refused(f"No report of another source than {named} on the same was found.")

    def _beside(self, asked: _Asked, cited: Sequence[Briefing], other: Briefing) -> Told:
        """What another briefing tells of the same as those that were cited; with a model, what it answers."""
        answer, hits = asked.of([other])
        if self._side_by_side is None or answer.abstained:
            return answer, hits
        text = asked.text
        sides = [(text, asked.of(cited)[1]), (text, hits)]
        both_of = self._side_by_side(Standalone(asked.question, text), sides)
        if both_of is None:
            return replace(answer, abstained=True), hits
        own = {c.number: c.quote for c in both_of.citations if c.briefing_id == other.briefing_id}
        its = tuple(  # where both say it in one sentence, in its own words
            replace(s, text=own[n], citations=(n,)) for s in both_of.sentences for n in s.citations if n in own
        )
        return renumbered(replace(answer, sentences=its, citations=both_of.citations, doubtful=False)), hits

    def _of_another_time(self, anew: Anew, asked: _Asked, cited: Sequence[Briefing]) -> Told | None:
        """What briefings before or after those that were cited tell, whatever day the question names; None where no
        earlier one does."""
        days = [b.published for b in cited if b.published]
        if not days:
            return None
        earlier = anew.kind == "earlier"
        of = Scope(until=min(days) - _ONE_DAY) if earlier else Scope(since=max(days) + _ONE_DAY)
        undated = _without_times(asked.text)
        if undated != asked.text:
            asked = replace(asked, question=undated, before=())
        same = (b for b in self._related.to(cited[:_OTHERS], asked.within) if of.admits(b))
        steps = sorted(same, key=lambda b: b.published or date.min, reverse=anew.kind != "later")[:_STEPS]
        factual = read_question(asked.text).is_factoid  # a report of another day is of the same make
        for told in [asked.of([one]) if factual else self._beside(asked, cited, one) for one in steps]:
            if _answers(told[0]):
                return _noted(told, f"Told by briefings {in_words(of)}.")
        if gist := _together([asked.gist_of(one) for one in steps[:1]]):
            return _noted(gist, f"In briefings {in_words(of)} no sentence answers that; the nearest reports this.")
        return asked.refused(f"No briefing {in_words(of)} was found that tells {'' if earlier else 'more of '}it.")


def _answers(answer: Answer) -> bool:
    return not (answer.abstained or answer.doubtful)


def _together(several: Sequence[Told]) -> Told | None:
    """Those of several answers that are sure, as one; None where there is none."""
    sure = [one for one in several if _answers(one[0])]
    if not sure:
        return None
    whole, hits = sure[0]
    for answer, found in sure[1:]:
        whole, hits = appended(whole, answer), [*hits, *found]
    return whole, hits


def _noted(told: Told, notice: str) -> Told:
    answer, hits = told
    return replace(answer, notices=(notice, *answer.notices)), hits


def _in_few(most: int | None, question: str) -> str:
    """A request for an overview, in so many sentences, which are chosen for that; any other question as it is."""
    of = overview_wanted(question)
    in_few = f"{question.rstrip(' ?!.')} in {most} sentence{'' if most == 1 else 's'}"
    return in_few if most and of and of.most is None and overview_wanted(in_few) else question


def _shorter(most: int | None, question: str, shown: str, told: Iterable[Told]) -> Generator[Told]:
    """An answer cut to so many sentences, or to half of those that were shown last."""
    answer, cut = None, None
    for draft, hits in told:
        if draft is not answer:
            before = sum(s.text in shown for s in draft.sentences) or len(draft.sentences)
            answer, cut = draft, replace(_cut(draft, most or (before + 1) // 2), question=question)
        if cut:
            yield cut, hits


def _cut(answer: Answer, most: int) -> Answer:
    """An answer with so many of its sentences: the first of each briefing, then the second."""
    source = {c.number: c.briefing_id for c in answer.citations}
    told: dict[str, int] = {}
    turn: dict[int, int] = {}
    for i, sentence in enumerate(answer.sentences):
        briefing = source.get(next(iter(sentence.citations), 0), "")
        turn[i] = told[briefing] = told.get(briefing, -1) + 1
    kept = sorted(sorted(turn, key=lambda i: (turn[i], i))[:most])
    return renumbered(replace(answer, sentences=tuple(answer.sentences[i] for i in kept)))


def _without_times(text: str) -> str:
    """A question without the days that it asks of: "in June", not "the forecast for the end of 2031"."""
    for phrase in reversed([p for p in phrases_of(text) if p.kind == "time" and p.preposition in _WHEN]):
        before = text[: phrase.start].rstrip().removesuffix(phrase.preposition)
        text = f"{before.rstrip()}{text[phrase.end :]}"
    return text
