"""From paragraphs to passages: the units that are embedded and searched."""

from collections.abc import Callable, Iterator

from rag.briefings import Briefing, Paragraph, Passage
from rag.words.sentences import Span, sentence_spans

MAX_TOKENS = 256
# Tokens by which two parts together may differ from both alone, besides what stands between them: where they meet,
# and where the counter, which reads a long text in pieces, begins a new one.
_JOINT = 4
_PER = 1_000  # characters


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
    run = _Run(briefing.text, count)

    def close() -> None:
        if open_run:
            add(open_run[0].number, open_run[-1].number, open_run[0].start, open_run[-1].end)
            open_run.clear()

    for paragraph in briefing.paragraphs:
        size = count(briefing.words_of(paragraph))
        if size > MAX_TOKENS or (open_run and open_run[0].section != paragraph.section):
            close()
        if open_run and not run.takes(paragraph, size):
            close()
        if size > MAX_TOKENS:
            for span in _pieces(briefing.text, Span(paragraph.start, paragraph.end), count):
                add(paragraph.number, paragraph.number, span.start, span.end)
            continue
        if not open_run:
            run.begin(paragraph, size)
        open_run.append(paragraph)
    close()
    return found


def embedded_text(briefing: Briefing, passage: Passage) -> str:
    """What is embedded for a passage: its words below the title and section that they stand under."""
    paragraph = briefing.paragraphs[passage.first_paragraph - 1]
    context = [briefing.title, paragraph.section or ""]
    return "\n".join([line for line in context if line] + [briefing.words_of(passage)])


class _Run:
    """Parts of a text that stand one after another, and about how many tokens they have together: counted only when
    that is too close to the limit to tell, so that many small parts take no longer than a few large ones."""

    def __init__(self, text: str, count: Callable[[str], int]) -> None:
        self._text = text
        self._count = count
        self._start = self._end = 0
        self._tokens, self._doubt = 0, 0  # by which the true number may differ

    def begin(self, part: Span | Paragraph, size: int) -> None:
        """Begin anew with a part of this many tokens."""
        self._start, self._end = part.start, part.end
        self._tokens, self._doubt = size, 0

    def takes(self, part: Span | Paragraph, size: int) -> bool:
        """Take the next part, of this many tokens alone, if all are within the limit then."""
        tokens = self._tokens + size
        doubt = self._doubt + _JOINT + (part.end - part.start) // _PER
        doubt += len(self._text[self._end : part.start].encode())
        if tokens - doubt <= MAX_TOKENS < tokens + doubt:
            tokens, doubt = self._count(self._text[self._start : part.end]), 0
        if tokens > MAX_TOKENS:
            return False
        self._end, self._tokens, self._doubt = part.end, tokens, doubt
        return True


def _pieces(text: str, whole: Span, count: Callable[[str], int]) -> Iterator[Span]:
    """Runs of whole sentences below the limit; a sentence above it is cut between words, a word anywhere."""
    run = _Run(text, count)
    start = end = whole.start
    for part, size in _small_parts(text, whole, count):
        if end == whole.start or not run.takes(part, size):
            if end > whole.start:
                yield Span(start, end)
            start = part.start
            run.begin(part, size)
        end = part.end
    if end > whole.start:
        yield Span(start, end)


def _small_parts(text: str, whole: Span, count: Callable[[str], int]) -> Iterator[tuple[Span, int]]:
    """The parts that a paragraph may be cut into, each with its number of tokens."""
    for sentence in sentence_spans(text, whole.start, whole.end):
        size = count(text[sentence.start : sentence.end])
        if size <= MAX_TOKENS:
            yield sentence, size
            continue
        at = sentence.start
        while at < sentence.end:
            stop = min(at + MAX_TOKENS, sentence.end)  # a token is at least one character, rarely less
            if stop < sentence.end and (space := text.rfind(" ", at + 1, stop)) > 0:
                stop = space
            while (size := count(text[at:stop])) > MAX_TOKENS and stop - at > 1:
                stop = at + (stop - at) // 2
            yield Span(at, stop), size
            at = stop
            while at < sentence.end and text[at].isspace():
                at += 1
