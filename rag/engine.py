"""The path of a question, top to bottom: standalone question → retrieve → compose → verify → `Answer`."""

import asyncio
from collections import deque
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from time import perf_counter
from typing import Any

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.callbacks import CallbackManager
from llama_index.core.schema import QueryBundle

from rag.answers import Answer
from rag.asking.anew import anew_wanted, folded
from rag.asking.followup import Standalone, Turn, as_turn, as_typed, standalone
from rag.asking.paraphrases import all_in_own_words
from rag.asking.smalltalk import is_small_talk, which_of
from rag.asking.typed import LONGEST_QUESTION, checked_question
from rag.asking.understanding import Understanding
from rag.briefings import Briefing, Hit, Scope
from rag.compose import ExtractiveComposer
from rag.errors import NotFoundError
from rag.extract.summaries import summary_wanted, to_be_summarized
from rag.finding.digests import NEWS, Digest, about_topics, digest_wanted, digested, of_those, titled
from rag.finding.holdings import Holdings
from rag.finding.inquiries import Inquiry
from rag.finding.misspelt import Spelling, put_right
from rag.finding.narrowed import Narrowed, Told
from rag.finding.replies import Replies
from rag.finding.request_answers import Asking, Requests
from rag.finding.requests import remembered
from rag.finding.retold import Retold
from rag.library import Library
from rag.prompts import NOTHING_LEFT
from rag.response import CitedResponse, Composer, replied, together
from rag.retrieve import PlannedRetriever
from rag.verify import CHANGED, verified

_REMEMBERED = 10  # earlier questions that a follow-up may point back to
PASSAGES = 10  # that an answer is composed from


class CitedQueryEngine(BaseQueryEngine):
    """A LlamaIndex query engine in whose answers every sentence cites the exact words of a paragraph."""

    def __init__(
        self,
        library: Library,
        retriever: PlannedRetriever,
        composer: Composer,
        understand: Callable[[str, Sequence[Turn]], Standalone] = standalone,
    ) -> None:
        super().__init__(callback_manager=CallbackManager([]))
        self._library = library
        self._retriever = retriever
        self._composer = composer
        self._spelling = Spelling(retriever.unheld, retriever.near, retriever.texts)
        self._holdings = Holdings(library, retriever.catalogue, retriever.holding)
        self._replies = Replies(library, self._holdings, self._spelling, retriever.catalogue, retriever.texts)
        # A model tells all itself.
        own_words = composer if isinstance(composer, ExtractiveComposer) else None
        self._narrowed = Narrowed(library, retriever.catalogue, self._find, own_words) if own_words else None
        self._requests = Requests(library, retriever.catalogue, self._holdings, words_anew=own_words is None)
        self._retold = Retold(library, self._find, own_words.side_by_side if own_words else None)
        self._understanding = Understanding(library, self._find, understand)

    def answer(self, question: str, history: Sequence[str | Turn] = (), scope: Scope | None = None) -> Answer:
        """One verified answer; `history` holds the earlier questions, oldest first, as they were typed or, better,
        with their answers; `scope` limits the search.

        Raises UsageError for an empty or overlong question, NotFoundError for an unknown briefing in `scope`.
        """
        return self._respond(question, history, scope)[0]

    def stream(
        self, question: str, history: Sequence[str | Turn] = (), scope: Scope | None = None
    ) -> Generator[Answer]:
        """The answer as far as it is verified, again with everything that arrives; the last one is whole.

        Gives the same object again as long as nothing has come to it. Closing the iterator ends the work at once.
        Raises as `answer` does.
        """
        for answer, _ in self._steps(question, history, scope):
            yield answer

    def _respond(
        self, question: str, history: Sequence[str | Turn] = (), scope: Scope | None = None
    ) -> tuple[Answer, list[Hit]]:
        return deque(self._steps(question, history, scope), maxlen=1)[0]

    def _steps(self, question: str, history: Sequence[str | Turn], scope: Scope | None) -> Generator[Told]:
        try:
            yield from self._told(question, history, scope)
        except NotFoundError:
            self._library.within(scope or Scope(), 1)  # raises for one that the scope names
            yield replied(question, question, CHANGED)  # another was removed while it was told of

    def _told(self, question: str, history: Sequence[str | Turn], scope: Scope | None) -> Generator[Told]:
        turns = remembered([as_turn(one) for one in history], _REMEMBERED)
        typed = checked_question(question)
        *asked, own = all_in_own_words([*(checked_question(turn.question) for turn in turns), typed])
        turns = [replace(turn, question=text) for turn, text in zip(turns, asked, strict=True) if text]
        anew = anew_wanted(own)
        if anew and (yield from self._retold.told(anew, question, turns, scope, self._told)):
            return
        talk = self._requests.conversation(own, folded(turns))
        asking = Asking(question, typed, own, talk.earlier[-_REMEMBERED:])
        if request := talk.request:
            if why := self._requests.refusal(request, scope):
                yield replied(question, typed, why)
                return
            if (yield from self._requests.told(request, asking, scope, self._asked)):
                return
        yield from self._asked(asking, scope)

    def _asked(self, asking: Asking, scope: Scope | None) -> Generator[Told]:
        """The answer to a question, or to a request without its limits."""
        own, within = asking.own, scope or Scope()
        if those := of_those(own, asking.earlier, within, self._library):
            answered = partial(self._answered, asking.question)
            yield from those.told(Standalone(asking.question, own), self._library, answered)
            return
        digest = digest_wanted(own)
        talk = self._holdings.talk(digest.of if digest else own, asking.earlier)
        earlier = list(about_topics(talk.earlier, self._library))
        if digest:
            of_days = asking.request and asking.request.is_dated and digest.of == NEWS
            inquiry = Inquiry("some") if of_days else self._holdings.some(digest.of, talk)
            if inquiry and (yield from self._digested(asking, digest, inquiry, within)):
                return
            talk = replace(talk, going_on=inquiry)
        replies = self._replies
        said = replies.told_of(own, within, talk.going_on) or replies.said_to(asking.typed, scope, bool(earlier))
        if said:
            yield replied(asking.question, asking.typed, said)
        elif not (yield from self._summarized(asking, earlier, scope)):
            yield from self._searched(asking, earlier, scope)

    def _digested(
        self, asking: Asking, digest: Digest, inquiry: Inquiry, within: Scope
    ) -> Generator[Told, None, bool]:
        """What the briefings of an inquiry tell, or that nothing is left of it; False where there are none."""
        request = asking.request
        seen = request.ids if request and not digest.about else ()
        if ids := self._holdings.asked_for(inquiry, within, seen):
            asked = Standalone(asking.question, asking.own, told=asking.said)
            yield from digested(asked, digest, ids, self._library, partial(self._answered, asking.question))
        elif seen:
            yield replied(asking.question, asking.typed, NOTHING_LEFT)
        return bool(ids or seen)

    def _summarized(
        self, asking: Asking, earlier: Sequence[Turn], scope: Scope | None
    ) -> Generator[Told, None, bool]:
        """The summary that is asked for, or the question which briefing is meant; False for any other question."""
        wanted, within = summary_wanted(asking.own), scope or Scope()
        if not wanted:
            return False
        last = earlier[-1] if earlier else None
        if one := to_be_summarized(wanted, self._library, self._find, last, within):
            text = asking.own if wanted.names_one else titled(self._library.briefing(one).title)
            asked = Standalone(asking.own, text, told=asking.said)
            yield from self._answered(asking.question, asked, Scope((one,)))
            return True
        if wanted.loose or (wanted.bare and last and last.answer):
            return False
        held = self._library.count_within(within)
        yield replied(asking.question, asking.typed, which_of(held, limited=bool(scope)))
        return True

    def _searched(self, asking: Asking, earlier: Sequence[Turn], scope: Scope | None) -> Generator[Told]:
        """What the passages found for a question tell, once it is understood after the earlier ones."""
        question, request, within = asking.question, asking.request, scope or Scope()
        answered, narrowed = partial(self._answered, question), self._narrowed
        before = [turn for turn in earlier if not is_small_talk(turn.question)]
        limited = request is not None and bool(request.limited)
        understood = self._understanding.of(asking.own, before, within)
        asked = replace(understood, asked=asking.typed, told=asking.said, limited=limited)
        in_full = self._replies.told_of(asked.text, within) if asked.carried else None  # "and the flood?"
        if said := in_full or self._replies.of_stranger(asked.text):
            yield replied(question, asked.text, said)
            return
        spoken_of = earlier[-1].briefing_ids if earlier else ()
        if narrowed and (by_them := narrowed.told(asked, within, spoken_of, answered)):
            yield by_them
            return
        answer, hits = yield from self._answered(question, asked, scope)
        if narrowed and (by_them := narrowed.told_nearer(asked, within, answer, answered)):
            yield by_them
        elif answer.abstained:
            yield from self._otherwise(question, asked, answer, hits, scope)

    def _otherwise(
        self, question: str, asked: Standalone, refusal: Answer, hits: list[Hit], scope: Scope | None
    ) -> Generator[Told]:
        """What is answered when a question finds no answer as it is understood: it is asked as typed, or with its
        names as the briefings spell them, which may else be offered."""
        if plain := as_typed(asked):
            alone, found = deque(self._answered(question, plain, scope), maxlen=1)[0]
            if not alone.abstained:  # it had nothing to do with the earlier questions
                yield together(alone, refusal), found
                return
        with self._library.unchanging():
            unknown = self._spelling.unknown(asked.text)
            names = self._spelling.meant(asked.text, unknown)
            offer = "" if names else self._replies.offer(unknown)
        if names:
            right = replace(asked, text=put_right(asked.text, names))
            answer, found = deque(self._answered(question, right, scope), maxlen=1)[0]
            yield together(answer, refusal), found
        elif offer:
            yield replace(refusal, reason=f"{refusal.reason} {offer}"), hits

    def _answered(self, question: str, asked: Standalone, scope: Scope | None) -> Generator[Told, None, Told]:
        """The answer to a question that was understood, again with everything that arrives; returns the last."""
        started, unchanging = perf_counter(), self._library.unchanging()
        with unchanging:
            planned = self._retriever.plan(asked.text, scope)
            found = self._retriever.enough_for(asked.text, planned, PASSAGES * (1 + bool(asked.told)), scope)
        hits = list(found.hits)
        asked = replace(asked, usage=asked.usage + planned.usage + found.usage)
        told = (*planned.notices, *found.notices)
        retrieved = perf_counter()
        seen: Answer | None = None
        answer = Answer(question, asked.text)
        with closing(self._composer.stream(asked, hits, partial(self._elsewhere, scope))) as drafts:
            for draft in unchanging.each(drafts):
                if draft is not seen:
                    seen, composed = draft, perf_counter()
                    with unchanging:
                        cited = self._library.briefings(c.briefing_id for c in draft.citations)
                    answer = verified(draft, {b.briefing_id: b for b in cited})
                    timings = {
                        "retrieve": _ms(started, retrieved),
                        "compose": _ms(retrieved, composed),
                        "verify": _ms(composed, perf_counter()),
                    }
                    notices = (*told, *answer.notices)
                    answer = replace(answer, plan=planned.steps, notices=notices, timings_ms=timings)
                yield answer, hits  # also when nothing is new, so that whoever reads can stop
        return answer, hits

    def _elsewhere(self, scope: Scope | None, words: str) -> list[Briefing]:
        """Briefings in which these words may stand."""
        hits = self._find(words[:LONGEST_QUESTION], scope or Scope())
        return self._library.briefings(hit.passage.briefing_id for hit in hits)

    def _find(self, words: str, scope: Scope) -> list[Hit]:
        """Passages found by these words, without a language model."""
        return self._retriever.search_by(self._retriever.plan_by_rules(words, scope), PASSAGES, scope)

    def _query(self, query_bundle: QueryBundle) -> CitedResponse:
        return CitedResponse(*self._respond(query_bundle.query_str))

    async def _aquery(self, query_bundle: QueryBundle) -> CitedResponse:
        return await asyncio.to_thread(self._query, query_bundle)

    def _get_prompt_modules(self) -> dict[str, Any]:
        return {}


def _ms(since: float, until: float) -> float:
    return round((until - since) * 1000, 2)
