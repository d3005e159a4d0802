"""Answers by a language model: each sentence is shown when it is verified, repaired once, or left out."""

import secrets
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import replace

from rag.answers import Answer, Usage
from rag.asking.followup import Standalone
from rag.briefings import Hit
from rag.compose import ExtractiveComposer
from rag.errors import ModelError
from rag.library import Library
from rag.llm.chat import ChatModel, Prompt
from rag.llm.drafting import Draft, ModelOptions
from rag.llm.packing import pack
from rag.llm.records import RecordReader
from rag.llm.review import Elsewhere, Reviewer
from rag.prompts import ANSWER, REPAIR, SCHEMA
from rag.words.tokens import token_counter

_LONGEST_REPLY = 200_000  # characters, whatever the server was asked for


class ModelComposer:
    """Composes answers with a language model, and without it where it fails."""

    def __init__(
        self, model: ChatModel, library: Library, without: ExtractiveComposer, options: ModelOptions
    ) -> None:
        self._model = model
        self._library = library
        self._without = without
        self._options = options

    def stream(self, question: Standalone, hits: Sequence[Hit], elsewhere: Elsewhere) -> Generator[Answer]:
        """The answer as far as it is verified, again with everything that arrives; the last one is whole.

        `elsewhere` finds briefings that may hold a quote which stands in none of the passages. Never raises
        ModelError: where the model fails, what was verified stays, or the answer is composed without it.
        """
        nonce = secrets.token_hex(8)
        briefings = {b.briefing_id: b for b in self._library.briefings(h.passage.briefing_id for h in hits)}
        packed = pack(hits, briefings, self._options.prompt_tokens, token_counter(), nonce)
        if not packed.places:
            yield from self._without.stream(question, hits, elsewhere)
            return
        plain = Answer(
            question.asked,
            question.text,
            nearest=tuple(hit.passage.passage_id for hit in hits[:3]),
            composer=self._model.name,
        )
        reviewer = Reviewer(packed.places, list(briefings.values()), elsewhere)
        draft = Draft(plain, question, self._options)
        prompt = Prompt(ANSWER.format(nonce=nonce), f"{packed.text}\n\nQuestion: {question.text}", SCHEMA, nonce)
        failure: ModelError | None = None
        try:
            for _ in self._read(prompt, reviewer, draft):
                yield draft.answer()
            if draft.failed and not draft.is_full:
                for _ in self._repair(prompt, reviewer, draft):
                    yield draft.answer()
        except ModelError as error:
            failure = error
        if draft.is_empty:
            why = str(failure) if failure else "Its reply could not be read."
            notice = f"Composed without the language model. {why}"
            for answer in self._without.stream(question, hits, elsewhere):
                yield replace(answer, notices=(notice, *answer.notices), usage=draft.usage_record())
            return
        yield draft.answer(whole=True, failure=failure)

    def _read(self, prompt: Prompt, reviewer: Reviewer, draft: Draft) -> Generator[None]:
        """Take in the model's reply; gives control back with every piece."""
        reader = RecordReader()
        usage, written = None, 0
        try:
            with closing(self._model.stream(prompt)) as pieces:
                for piece in pieces:
                    usage = piece.usage or usage
                    written += len(piece.text)
                    for record in reader.feed(piece.text):
                        draft.take(record, reviewer)
                    yield
                    if draft.is_full or written > _LONGEST_REPLY:
                        break
        finally:
            count = token_counter()
            draft.usage += usage or Usage(count(prompt.system) + count(prompt.user), written // 4)
        if reader.unfinished and not draft.is_full:
            draft.unreadable += 1

    def _repair(self, prompt: Prompt, reviewer: Reviewer, draft: Draft) -> Generator[None]:
        """Ask once more for the sentences that did not pass, telling why; gives control back as `_read` does."""
        places = list(draft.failed)
        told = (draft.failed[at].complaint.replace(prompt.nonce, "") for at in places)  # none leaves its fence
        faults = "\n".join(f"{i}. {' '.join(words.split())}" for i, words in enumerate(told, start=1))
        second = Draft(draft.plain, replace(draft.question, usage=Usage()), self._options)
        again = replace(prompt, user=f"{prompt.user}\n\n{REPAIR.format(nonce=prompt.nonce, faults=faults)}")
        try:
            yield from self._read(again, reviewer, second)
        finally:
            draft.usage += second.usage
            for at, reviewed in zip(places, second.reviewed, strict=False):
                draft.put(at, reviewed)
