"""A model's reply on its way to an answer: what each of its records came to, and what is told of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rag.answers import Answer, Citation, Sentence
from rag.asking.followup import Standalone
from rag.errors import ModelError
from rag.llm.records import Malformed, Missing, Record
from rag.llm.review import Reviewed, Reviewer
from rag.prompts import REFUSAL
from rag.verify import renumbered
from rag.words.terms import words

_MOST_SENTENCES = 24  # of a reply; what comes after is not read


@dataclass(frozen=True, slots=True)
class ModelOptions:
    """How a model is used: tokens of briefings in a prompt, what becomes of unsupported sentences, and prices
    in US dollars per million tokens (None: cost is not reported)."""

    prompt_tokens: int = 6000
    unsupported: Literal["drop", "mark"] = "drop"
    input_price: float | None = None
    output_price: float | None = None


class Draft:
    """An answer in the making: what each record of the reply came to, in the order of the reply."""

    def __init__(self, plain: Answer, question: Standalone, options: ModelOptions) -> None:
        self.plain = plain
        self.question = question
        self.reviewed: list[Reviewed] = []
        self.usage = question.usage
        self.unreadable = 0
        self._options = options
        self._missing: str | None = None
        self._repaired = 0
        self._latest: Answer | None = None

    @property
    def failed(self) -> dict[int, Reviewed]:
        """The records that are worth asking again for, by their place in the reply."""
        return {i: r for i, r in enumerate(self.reviewed) if r.complaint}

    @property
    def is_full(self) -> bool:
        """True when further sentences are left out."""
        return len(self.reviewed) >= _MOST_SENTENCES

    @property
    def is_empty(self) -> bool:
        """True when the model has written no sentence and not said either that none can be written."""
        return not self.reviewed and self._missing is None

    def take(self, record: Record | Missing | Malformed, reviewer: Reviewer) -> None:
        """Add what a record of the reply comes to."""
        if isinstance(record, Malformed):
            self.unreadable += 1
        elif isinstance(record, Missing):
            self._missing = record.missing or ""
        elif not self.is_full:
            self.reviewed.append(reviewer.review(record))
            self._latest = None

    def put(self, at: int, repaired: Reviewed) -> None:
        """Replace a sentence that did not pass by its repair, when that is better."""
        if any(repaired.text == r.text for i, r in enumerate(self.reviewed) if i != at):
            repaired = replace(repaired, text="")  # it is there already
        if not repaired.text:  # the model took it back
            self.reviewed[at] = repaired
        elif repaired.support == "supported" or (repaired.passes and not self.reviewed[at].passes):
            self._repaired += 1
            self.reviewed[at] = repaired

    def answer(self, whole: bool = False, failure: ModelError | None = None) -> Answer:
        """The answer as it stands; when `whole`, with what was left out, left open and counted."""
        if not whole:
            if self._latest is None:
                self._latest = self._cited([r for r in self.reviewed if r.passes])
            return self._latest
        mark = self._options.unsupported == "mark"
        shown = [r for r in self.reviewed if r.passes or (mark and r.citations and r.text)]
        answer = self._cited(shown)
        missing = self._open_words()
        left_out = len(self.reviewed) - len(shown)
        notices = []
        if left_out:
            verb = "sentence was" if left_out == 1 else "sentences were"
            notices.append(
                f"{left_out} {verb} left out, because the briefings do not support what the model wrote."
            )
        if failure:
            notices.append(f"The answer may be incomplete. {failure}")
        elif self.unreadable:
            notices.append("The answer may be incomplete: a part of the model's reply could not be read.")
        reason = None
        if not answer.sentences:
            reason = f"{REFUSAL} {_why_nothing(left_out, failure)}"
        return replace(
            answer,
            abstained=not answer.sentences,
            reason=reason,
            missing=missing if answer.sentences else None,
            notices=tuple(notices if answer.sentences else notices[left_out > 0 :]),
            checks=self._counts(shown, left_out),
            usage=self.usage_record(),
        )

    def usage_record(self) -> dict[str, float]:
        """Tokens read and written, and their cost in US dollars when the prices are known."""
        record: dict[str, float] = {
            "input_tokens": self.usage.input_tokens,
            "output_tokens": self.usage.output_tokens,
        }
        if self._options.input_price is not None and self._options.output_price is not None:
            cost = (
                self.usage.input_tokens * self._options.input_price
                + self.usage.output_tokens * self._options.output_price
            )
            record["cost_usd"] = round(cost / 1_000_000, 6)
        return record

    def _cited(self, shown: Sequence[Reviewed]) -> Answer:
        """These sentences with their citations, equal ones once, numbered in the order of first use."""
        numbers: dict[tuple[str, int, int], int] = {}
        citations: list[Citation] = []
        sentences = []
        for reviewed in shown:
            own = []
            for citation in reviewed.citations:
                key = (citation.briefing_id, citation.start, citation.end)
                if key not in numbers:
                    numbers[key] = len(citations) + 1
                    citations.append(replace(citation, number=numbers[key]))
                own.append(numbers[key])
            sentences.append(Sentence(reviewed.text, tuple(dict.fromkeys(own)), reviewed.support, reviewed.reason))
        return renumbered(replace(self.plain, sentences=tuple(sentences), citations=tuple(citations)))

    def _open_words(self) -> str | None:
        """What the model found no answer to, when these are words of the question and nothing else."""
        if not self._missing:
            return None
        asked = {w.term for w in words(f"{self.question.asked} {self.question.text}")}
        said = words(self._missing)
        if said and all(w.term in asked for w in said):
            return re.sub(r"\s+", " ", self._missing).strip(" .?")
        return "a part of the question"

    def _counts(self, shown: Sequence[Reviewed], left_out: int) -> dict[str, int]:
        counts = {
            "sentences": len(shown),
            "repaired": self._repaired,
            "dropped": left_out,
            "marked": sum(r.support == "unsupported" for r in shown),
            "unchecked": sum(r.support == "unchecked" for r in shown),
            "unreadable": self.unreadable,
        }
        for verdict in ("normalised", "misattributed", "fabricated"):
            counts[f"{verdict}_quotes"] = sum(r.verdicts.count(verdict) for r in self.reviewed)
        return {name: count for name, count in counts.items() if count or name == "sentences"}


def _why_nothing(left_out: int, failure: ModelError | None) -> str:
    if left_out:
        return "What the model wrote is not supported by them."
    if failure:
        return str(failure)
    return "Passages on the subject were found, but the model found no answer in them."
