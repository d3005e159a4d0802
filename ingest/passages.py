"""From paragraphs to passages: the units that are embedded and searched."""

from collections.abc import Callable, Iterator

from rag.briefings import Briefing, Paragraph, Passage
from rag.sentences import Span, sentence_spans

MAX_TOKENS = 256
_JOINT = 4  # tokens by which two paragraphs together may differ from both alone, besides what stands between them


def passages_of(briefing: Briefing, count: Callable[[str], int]) -> list[Passage]:
    """The passages of a briefing in reading order: whole consecutive paragraphs of one section.

    None has more than MAX_TOKENS tokens by `count`; only a paragraph that has more is split, at the ends of
    sentences where it can be. Every paragraph is covered once.
    """
    found: list[Passage] = []

    def add(first: int, last: int, start: int, end: int) -> None:
        passage_id = f"{briefing.briefing_id}:{briefing.sha256[:8]}:{len(found) + 1}"
        found.append(Passage(passage_id, briefing.briefing_id, first, last, start, end))

    open_run: list[Paragraph] = []
    alone, doubt = 0, 0  # tokens of the open run's paragraphs alone, and how far their sum may be from the truth

    def close() -> None:
        if open_run:
            add(open_run[0].number, open_run[-1].number, open_run[0].start, open_run[-1].end)
            open_run.clear()

    for paragraph in briefing.paragraphs:
        size = count(briefing.words_of(paragraph))
        if open_run:
            between = briefing.text[open_run[-1].end : paragraph.start]
            alone, doubt = alone + size, doubt + _JOINT + len(between.encode())
            fits = alone + doubt <= MAX_TOKENS
            if not fits and alone - doubt <= MAX_TOKENS:  # too close to tell without counting
                fits = count(briefing.text[open_run[0].start : paragraph.end]) <= MAX_TOKENS
            if not fits or open_run[0].section != paragraph.section:
                close()
        if size > MAX_TOKENS:
            for span in _pieces(briefing.text, Span(paragraph.start, paragraph.end), count):
                add(paragraph.number, paragraph.number, span.start, span.end)
            continue
        if not open_run:
            alone, doubt = size, 0
        open_run.append(paragraph)
    close()
    return found


def embedded_text(briefing: Briefing, passage: Passage) -> str:
    """What is embedded for a passage: its words below the title and section that they stand under."""
    paragraph = briefing.paragraphs[passage.first_paragraph - 1]
    context = [briefing.title, paragraph.section or ""]
    return "\n".join([line for line in context if line] + [briefing.words_of(passage)])


def _pieces(text: str, whole: Span, count: Callable[[str], int]) -> Iterator[Span]:
    """Runs of whole sentences below the limit; a sentence above it is cut between words, a word anywhere."""
    start = end = None
    for part in _small_parts(text, whole, count):
        if start is not None and count(text[start : part.end]) > MAX_TOKENS:
            yield Span(start, end or start)
            start = None
        if start is None:
            start = part.start
        end = part.end
    if start is not None and end is not None:
        yield Span(start, end)


def _small_parts(text: str, whole: Span, count: Callable[[str], int]) -> Iterator[Span]:
    for sentence in sentence_spans(text, whole.start, whole.end):
        if count(text[sentence.start : sentence.end]) <= MAX_TOKENS:
            yield sentence
            continue
        at = sentence.start
        while at < sentence.end:
            stop = min(at + MAX_TOKENS, sentence.end)  # a token is at least one character, rarely less
            if stop < sentence.end and (space := text.rfind(" ", at + 1, stop)) > 0:
                stop = space
            while stop - at > 1 and count(text[at:stop]) > MAX_TOKENS:
                stop = at + (stop - at) // 2
            yield Span(at, stop)
            at = stop
            while at < sentence.end and text[at].isspace():
                at += 1
