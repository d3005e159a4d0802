"""How answers and briefings look in a terminal: colours for a person, plain lines when piped."""

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from rag.answers import Answer, Citation, PlanStep
from rag.asking.followup import Turn, turn_of
from rag.briefings import Briefing, BriefingSummary, Hit, Paragraph, Scope
from rag.build import App
from rag.errors import BriefingsError
from rag.library import Library
from ui.words import counted, day, dotted, left_open, meta_of, page_words, place_of, told_of, understood

_WIDTH_OF_PROSE = 100
_NONE_YET = "There are no briefings yet. Add some with `briefings ingest PATH`."


def print_answer(answer: Answer, near: Sequence[Hit] = ()) -> None:
    """The answer with its marks, then its sources; or why there is none, and where the closest passages are."""
    console = output()
    if as_understood := understood(answer):
        console.print(Text(f"Understood as: {as_understood}", style="dim"))
    if answer.abstained:
        console.print(Text(answer.reason or "", style="yellow" if answer.searched else "default"))
        if near:
            console.print()
            console.print(Text("Closest passages", style="bold"))
        for hit in near:
            console.print(Text(_place(hit)))
    else:
        console.print(_prose(answer))
        if missing := left_open(answer):
            console.print(Text(missing, style="yellow"))
        console.print()
        console.print(Text("Sources", style="bold"))
        for citation in answer.citations:
            _print_citation(console, citation)
    for sentence in answer.sentences:
        if sentence.support != "supported":
            word = "not checked" if sentence.support == "unchecked" else "NOT VERIFIED"
            console.print(Text(f"Note: “{sentence.text}” is {word}: {sentence.reason}.", style="yellow"))
    if answer.checks:
        console.print(Text(f"Written by {answer.composer}. {told_of(answer)}", style="dim"))
    for notice in answer.notices:
        console.print(Text(f"Note: {notice}", style="dim"))


def closest(answer: Answer, library: Library) -> list[Hit]:
    """The passages that came closest to answering, closest first; none where there is an answer."""
    found = {hit.passage.passage_id: hit for hit in library.hits(dict.fromkeys(answer.nearest, 0.0))}
    return [found[i] for i in answer.nearest if i in found] if answer.abstained else []


def print_trace(answer: Answer) -> None:
    """What was searched for in which briefings, and the milliseconds that each step took."""
    console = output()
    for step in answer.plan or (PlanStep(answer.standalone_question),):
        where = [f"“{step.title}”"] if step.title else []
        where += [" or ".join(step.sources)] if step.sources else []
        if step.since or step.until:
            days = f"{step.since or '…'} to {step.until or '…'}"
            where.append(f"{days} ({step.event}: {step.dated_by})" if step.event else days)
        where += [f"what names {step.name}"] if step.name else []
        console.print(Text(f"Searched {', '.join(where) or 'everything'} for: {step.text}", style="dim"))
    times = ", ".join(f"{name} {ms:g} ms" for name, ms in answer.timings_ms.items())
    console.print(Text(f"Took: {times}", style="dim"))


def _prose(answer: Answer) -> Text:
    text = Text()
    for at, paragraph in enumerate(answer.paragraphs):
        for i, sentence in enumerate(paragraph):
            text.append((" " if i else "\n\n" if at else "") + sentence.text)
            sign = {"supported": "", "unchecked": "?", "unsupported": "!"}[sentence.support]
            for number in sentence.citations:
                text.append(f" [{number}{sign}]", style="bold cyan")
    return text


def _print_citation(console: Console, citation: Citation) -> None:
    line = Text(f"[{citation.number}] ", style="bold cyan")
    line.append(dotted(citation.title, place_of(citation)), style="default")
    console.print(line)
    _print_indented(console, Text(f"“{citation.quote}”", style="italic dim"))


def print_list(summaries: Sequence[BriefingSummary]) -> None:
    """A briefing's title, and its id, source and date below; piped, one line each with tabs between."""
    console = output()
    if not summaries:
        console.print(Text(_NONE_YET))
    for s in summaries:
        if console.is_terminal:  # the id stands where it stays whole, to be copied
            console.print(Text(s.title, style="bold"))
            _print_indented(console, Text(s.briefing_id, style="cyan").append(f" · {meta_of(s)}", style="default"))
        else:
            print(s.briefing_id, s.published or "-", s.paragraphs, s.source, s.title, sep="\t")


def print_briefing(briefing: Briefing, paragraphs: Sequence[Paragraph]) -> None:
    """Title, source and date, then the paragraphs with their numbers below their headings."""
    console = output()
    console.print(Text(briefing.title, style="bold"))
    console.print(Text(dotted(briefing.source, briefing.author, day(briefing.published)), style="dim"))
    section = None
    for paragraph in paragraphs:
        if paragraph.section != section:
            section = paragraph.section
            console.print()
            console.print(Text(section or "", style="bold"))
        line = Text(f"¶{paragraph.number:<3} ", style="cyan")
        line.append(briefing.words_of(paragraph), style="default")
        console.print(line)


def print_hits(hits: Sequence[Hit]) -> None:
    """The passages found, best first."""
    console = output()
    if not hits:
        console.print(Text("Nothing was found."))
    for rank, hit in enumerate(hits, start=1):
        line = Text(f"{rank}. ", style="bold cyan")
        line.append(_place(hit), style="bold")
        console.print(line)
        _print_indented(console, Text(hit.text))


def _place(hit: Hit) -> str:
    first, last = hit.passage.first_paragraph, hit.passage.last_paragraph
    numbers = f"¶{first}–{last}" if last > first else f"¶{first}"
    return dotted(hit.title, day(hit.published), hit.section, page_words(hit.page), numbers)


def converse(app: App) -> None:
    """Answer questions from standard input until an empty line or its end."""
    console = output()
    count = app.library.count_within(Scope())
    held = f"{counted(count, 'briefing')}." if count else _NONE_YET
    console.print(Text(f"{held} Ask a question; an empty line ends.", style="dim"))
    history: list[Turn] = []
    while question := _next_question(console):
        try:
            answer = app.ask(question, history)
            print_answer(answer, closest(answer, app.library))
            history.append(turn_of(answer))
        except BriefingsError as error:
            console.print(Text(str(error), style="red"))
        console.print()


def _next_question(console: Console) -> str:
    try:
        return console.input(Text("? ", style="bold cyan")).strip()
    except (EOFError, KeyboardInterrupt):
        console.print()  # what comes next begins a line of its own
        return ""


def _print_indented(console: Console, text: Text) -> None:
    if console.soft_wrap:  # padding would cut what it cannot wrap
        console.print(Text("\n").join(Text("    ") + line if line else line for line in text.split("\n")))
    else:
        console.print(Padding(text, (0, 0, 0, 4)))


def output(*, wide: bool = False) -> Console:
    """Standard output: wrapped for reading on a terminal, unwrapped and plain when piped."""
    console = Console(highlight=False, soft_wrap=wide)
    if console.is_terminal:
        console.width = min(console.width, _WIDTH_OF_PROSE)
    else:
        console.soft_wrap = True
    return console
