"""An answer as LlamaIndex knows it."""

from collections.abc import Sequence

from llama_index.core.base.response.schema import Response

from rag.answers import Answer
from rag.briefings import Hit
from rag.retrieve import node_of


class CitedResponse(Response):
    """A LlamaIndex response whose `source_nodes` are the cited passages and whose `answer` is our Answer."""

    def __init__(self, answer: Answer, hits: Sequence[Hit]) -> None:
        cited = [hit for hit in hits if any(_stands_in(hit, answer, i) for i in range(len(answer.citations)))]
        super().__init__(
            response=answer.text, source_nodes=[node_of(hit) for hit in cited], metadata=answer.as_dict()
        )
        self.answer = answer


def _stands_in(hit: Hit, answer: Answer, index: int) -> bool:
    citation, passage = answer.citations[index], hit.passage
    same = citation.briefing_id == passage.briefing_id
    return same and passage.start < citation.end and citation.start < passage.end
