"""What makes an answer, and an answer as LlamaIndex knows it."""

from collections.abc import Generator, Sequence
from dataclasses import replace
from typing import Protocol

from llama_index.core.base.response.schema import Response

from rag.answers import Answer
from rag.asking.followup import Standalone
from rag.briefings import Hit
from rag.llm.review import Elsewhere
from rag.retrieve import node_of
from rag.verify import summed

_NOTHING_TIMED = {"retrieve": 0.0, "compose": 0.0, "verify": 0.0}


class Composer(Protocol):
    """Makes an answer from passages; what it gives is verified once more before anybody sees it."""

    def stream(self, question: Standalone, hits: Sequence[Hit], elsewhere: Elsewhere) -> Generator[Answer]:
        """The answer from these passages, best first, or an abstention: as far as it has come, again and again,
        the last one whole. `elsewhere` finds other briefings by the words of a quote."""
        ...


class CitedResponse(Response):
    """A LlamaIndex response whose `source_nodes` are the cited passages and whose `answer` is our Answer."""

    def __init__(self, answer: Answer, hits: Sequence[Hit]) -> None:
        cited = [hit for hit in hits if any(_stands_in(hit, answer, i) for i in range(len(answer.citations)))]
        super().__init__(
            response=answer.text, source_nodes=[node_of(hit) for hit in cited], metadata=answer.as_dict()
        )
        self.answer = answer


def replied(question: str, typed: str, why: str) -> tuple[Answer, list[Hit]]:
    """What is said at once, without a search."""
    return Answer(question, typed, abstained=True, searched=False, reason=why, timings_ms=_NOTHING_TIMED), []


def together(answer: Answer, other: Answer) -> Answer:
    """An answer with what a model took for it and for another."""
    return replace(answer, usage=summed(answer.usage, other.usage))


def _stands_in(hit: Hit, answer: Answer, index: int) -> bool:
    citation, passage = answer.citations[index], hit.passage
    same = citation.briefing_id == passage.briefing_id
    return same and passage.start < citation.end and citation.start < passage.end
