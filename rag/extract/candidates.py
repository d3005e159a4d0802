"""The sentences of the passages found for a question: one of them may answer it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rag.briefings import Briefing, Hit, Paragraph, paragraphs_of
from rag.checks.untrusted import quotable
from rag.extract.readings import ReadText
from rag.words.sentences import spans_of

_FEWEST_WORDS = 2  # content words of a sentence that can answer
_ANNOUNCES = re.compile(r"(?:here(?:[’']s| is| are)|below (?:is|are))\b", re.IGNORECASE)  # "Here is what we know."
_ASKS = re.compile(r"\?[*_)\]]*$")  # of an interview; behind quotation marks it is what somebody said
_ENDS = re.compile(r"[.!?…:;。！？।؟][\"'”’»)\]*_]*$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a passage: `briefing.text[start:end]`, in `paragraph`; `score` is its passage's. `before` is
    the sentence before it, also of the paragraph above, and `after` the next one of its paragraph; or empty."""

    briefing: Briefing
    paragraph: Paragraph
    start: int
    end: int
    score: float = 0.0
    before: str = ""
    after: str = ""

    @property
    def text(self) -> str:
        """The sentence."""
        return self.briefing.text[self.start : self.end]

    @property
    def is_heading(self) -> bool:
        """True for a line of plain text that does not end as sentences do: a heading, caption, link or byline."""
        return self.paragraph.kind == "paragraph" and self.end == self.paragraph.end and not _ENDS.search(self.text)

    @property
    def may_answer(self) -> bool:
        """False for a fragment, an announcement or a question, which say nothing by themselves, and for what speaks
        to the program."""
        text = self.text
        telling = ReadText.of(text).telling >= _FEWEST_WORDS and not _ANNOUNCES.match(text)
        return telling and not _ASKS.search(text) and self.may_be_quoted

    @property
    def announces(self) -> bool:
        """True for a sentence that only says what stands below: "These were agreed:"."""
        return self.text.endswith(":")

    @property
    def may_be_quoted(self) -> bool:
        """False for what orders the program about."""
        whole = self.briefing.words_of(self.paragraph)
        return self.end - self.paragraph.start <= quotable(whole)


def sentences_in(briefing: Briefing, paragraphs: Iterable[Paragraph] | None = None) -> Iterator[Candidate]:
    """The sentences of a briefing, or of some of its paragraphs, that may answer."""
    for paragraph in briefing.paragraphs if paragraphs is None else paragraphs:
        for span in spans_of(briefing.words_of(paragraph)):
            one = Candidate(briefing, paragraph, paragraph.start + span.start, paragraph.start + span.end)
            if one.may_answer:
                yield one


def candidates_of(
    hits: Sequence[Hit],
    briefings: Mapping[str, Briefing],
    may_answer: Callable[[Briefing, Paragraph], bool] = lambda *place: True,
) -> list[Candidate]:
    """Every sentence of the passages, best passage first, each once; a list item or table row is one. Paragraphs
    that may not answer anyway are not cut into sentences."""
    found: dict[tuple[str, int], Candidate] = {}
    for hit, briefing, paragraph in paragraphs_of(hits, briefings):
        cut = _sentences if may_answer(briefing, paragraph) else _whole
        for candidate in cut(hit, briefing, paragraph):
            found.setdefault((briefing.briefing_id, candidate.start), candidate)
    return list(found.values())


def _whole(hit: Hit, briefing: Briefing, paragraph: Paragraph) -> Iterator[Candidate]:
    """What of a paragraph lies in a passage."""
    start, end = max(paragraph.start, hit.passage.start), min(paragraph.end, hit.passage.end)
    yield Candidate(briefing, paragraph, start, end, hit.score)


def _sentences(hit: Hit, briefing: Briefing, paragraph: Paragraph) -> Iterator[Candidate]:
    """The sentences of a paragraph that lie in a passage, with what stands around each."""
    own = briefing.words_of(paragraph)
    spans = spans_of(own)
    texts = [own[span.start : span.end] for span in spans]
    previous = briefing.paragraphs[paragraph.number - 2] if paragraph.number > 1 else None
    apart = previous is None or previous.kind == paragraph.kind == "table_row"  # no row leans on another
    above = "" if previous is None or apart else briefing.words_of(previous)
    last = above[ends[-1].start :].rstrip() if (ends := spans_of(above)) else ""
    for span, before, after in zip(spans, [last, *texts], [*texts[1:], ""], strict=False):
        start = max(paragraph.start + span.start, hit.passage.start)
        end = min(paragraph.start + span.end, hit.passage.end)  # a very long one goes on in the next passage
        if start < end:
            yield Candidate(briefing, paragraph, start, end, hit.score, before, after)
