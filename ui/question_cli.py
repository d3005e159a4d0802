"""The commands that search the briefings and answer questions about them."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rag.errors import UsageError
from ui.machine import AsJson, print_json

if TYPE_CHECKING:
    from rag.briefings import Hit, Scope
    from rag.build import App

_EMPTY = "The library is empty: add briefings with `briefings ingest PATH`."

Briefings = Annotated[
    list[str] | None, typer.Option("--briefing", metavar="ID", help="Only this briefing; repeat.")
]
Sources = Annotated[
    list[str] | None, typer.Option("--source", metavar="NAME", help="Only briefings of this source; repeat.")
]
Since = Annotated[str | None, typer.Option(metavar="DATE", help="Only briefings from this day on.")]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="Only briefings up to this day.")]


def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(metavar="QUERY", help="Words to search for.")],
    k: Annotated[int, typer.Option("-k", min=1, max=1000, metavar="N", help="How many passages.")] = 10,
    briefing: Briefings = None,
    source: Sources = None,
    since: Since = None,
    until: Until = None,
    as_json: AsJson = False,
) -> None:
    """Search only: the passages that fit best, without an answer."""
    from rag.build import open_home
    from ui.terminal import print_hits

    with open_home(context.obj) as app:
        hits = app.search(query, k, _scope(app, briefing, source, since, until))
        empty = not hits and _is_empty(app)
    if as_json:
        print_json({"query": query, "hits": [_hit(rank, hit) for rank, hit in enumerate(hits, start=1)]})
        return
    print_hits(hits)
    if empty:
        typer.echo(_EMPTY, err=True)


def ask(
    context: typer.Context,
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="A question about the briefings.")],
    after: Annotated[
        list[str] | None, typer.Option(metavar="QUESTION", help="An earlier question; repeat, oldest first.")
    ] = None,
    briefing: Briefings = None,
    source: Sources = None,
    since: Since = None,
    until: Until = None,
    trace: Annotated[
        bool, typer.Option("--trace", help="Show what was searched for where, and how long it took.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Answer one question with citations, or say that the briefings do not say."""
    from rag.asking.followup import Turn, turn_of
    from rag.build import open_home
    from ui.terminal import closest, print_answer, print_trace

    with open_home(context.obj) as app:
        scope = _scope(app, briefing, source, since, until)
        history: list[Turn] = []
        for earlier in after or ():  # answered first, so that "he" may be somebody whom an answer named
            history.append(turn_of(app.ask(earlier, history, scope)))
        answer = app.ask(question, history, scope)
        empty = answer.abstained and _is_empty(app)
        near = [] if as_json else closest(answer, app.library)
    if as_json:
        document = answer.as_dict()
        del document["nearest"]  # passages, for the chat window
        print_json(document)
        return
    print_answer(answer, near)
    if trace:
        print_trace(answer)
    if empty:
        typer.echo(_EMPTY, err=True)


def chat(
    context: typer.Context,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, metavar="N", help="The port (8501, or the next free).")
    ] = None,
    address: Annotated[
        str,
        typer.Option(metavar="HOST", help="The address; any but this machine's own needs BRIEFINGS_CHAT_PASSWORD."),
    ] = "127.0.0.1",
    browser: Annotated[bool, typer.Option(help="Open the window in the browser.")] = True,
    terminal: Annotated[
        bool, typer.Option("--terminal", help="Ask in the terminal; an empty line or Ctrl-D ends.")
    ] = False,
) -> None:
    """Open the chat window in the browser, or ask one question after another in the terminal."""
    if terminal:
        from rag.build import open_home
        from ui.terminal import converse

        with open_home(context.obj) as app:
            converse(app)
        return
    from rag.settings import read_settings
    from ui.serve import serve

    serve(read_settings(context.obj), address, port, browser)


def _is_empty(app: "App") -> bool:
    from rag.briefings import Scope

    return not app.library.count_within(Scope())


def _scope(
    app: "App", briefing_ids: list[str] | None, sources: list[str] | None, since: str | None, until: str | None
) -> "Scope":
    from rag.briefings import Scope
    from rag.finding.catalogue import Shelf

    first, last = _date(since, "--since"), _date(until, "--until")
    if first and last and first > last:
        raise UsageError(f"--since {first} is after --until {last}.", "Swap the dates.")
    catalogue = Shelf(app.library).catalogue() if sources else None
    named = [s for name in sources or () for s in catalogue.sources_called(name)] if catalogue else []
    return Scope(tuple(briefing_ids or ()), first, last, tuple(dict.fromkeys(named)))


def _date(words: str | None, option: str) -> date | None:
    if words is None:
        return None
    try:
        return date.fromisoformat(words)
    except ValueError as error:
        raise UsageError(f"{option} {words!r} is not a date.", "Write it as YYYY-MM-DD.") from error


def _hit(rank: int, hit: "Hit") -> dict[str, Any]:
    passage = hit.passage
    return {
        "rank": rank,
        "passage_id": passage.passage_id,
        "briefing_id": passage.briefing_id,
        "title": hit.title,
        "published": hit.published.isoformat() if hit.published else None,
        "source": hit.source,
        "paragraphs": list(range(passage.first_paragraph, passage.last_paragraph + 1)),
        "score": round(hit.score, 6),
        "text": hit.text,
    }
