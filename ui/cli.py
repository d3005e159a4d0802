"""The command line. What it imports at the top is all that `briefings --help` pays for."""

import json
import os
import sys
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rag.errors import BriefingsError, LibraryError, UsageError
from ui.eval_cli import eval_cli

if TYPE_CHECKING:
    from rag.briefings import Hit, Scope
    from rag.build import App

cli = typer.Typer(
    help="Ask your briefings a question; every sentence of the answer points at the words of its source.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

cli.add_typer(eval_cli, name="eval")

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]
Paths = Annotated[list[str], typer.Argument(help="Files, folders (read recursively) and URLs.")]
BriefingId = Annotated[str, typer.Argument(metavar="ID", help="A briefing's id, as `list` shows it.")]


@cli.callback()
def common(
    context: typer.Context,
    home: Annotated[
        Path | None,
        typer.Option(help="The folder of the library (or BRIEFINGS_HOME; else the user's data folder)."),
    ] = None,
) -> None:
    """Options that come before the command."""
    context.obj = home


@cli.command()
def ingest(
    context: typer.Context,
    paths: Paths,
    prune: Annotated[
        bool, typer.Option("--prune", help="Remove briefings whose file below a given folder is gone.")
    ] = False,
    watch: Annotated[
        bool,
        typer.Option(
            "--watch",
            help="Keep watching the folders, also for removed files; with --json, print one line of JSON an event.",
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Add briefings to the library: new ones are added, changed ones replaced, unchanged ones skipped."""
    from ui.ingesting import ingest_and_watch, ingest_once

    if watch:
        ingest_and_watch(context.obj, paths, prune=prune, as_json=as_json)
    elif not ingest_once(context.obj, paths, prune=prune, as_json=as_json):
        raise typer.Exit(1)


@cli.command("list")
def list_briefings(context: typer.Context, as_json: AsJson = False) -> None:
    """List the briefings in the library, newest first."""
    from ui.terminal import print_list

    with _open(context) as app:
        summaries = app.library.summaries()
    if as_json:
        _print_json({"briefings": [_plain(asdict(s)) for s in summaries]})
    else:
        print_list(summaries)


@cli.command()
def show(
    context: typer.Context,
    briefing_id: BriefingId,
    paragraph: Annotated[int | None, typer.Option(help="Show this paragraph only.")] = None,
    raw: Annotated[bool, typer.Option("--raw", help="Print exactly the canonical text.")] = False,
    version: Annotated[int | None, typer.Option(help="Show what it said earlier; 1 is the oldest.")] = None,
) -> None:
    """Show a briefing with its paragraph numbers."""
    from rag.errors import NotFoundError
    from ui.terminal import print_briefing

    with _open(context) as app:
        briefing = app.library.briefing(briefing_id)
        if version is not None:
            kept = {v.number: v.briefing for v in app.library.versions(briefing_id)}
            if version not in kept:
                numbers = f"These are kept: {', '.join(map(str, kept))}." if kept else "It has not changed."
                raise NotFoundError(f"{briefing_id} has no earlier version {version}.", numbers)
            briefing = kept[version]
    if paragraph is not None and not 1 <= paragraph <= len(briefing.paragraphs):
        raise NotFoundError(
            f"{briefing_id} has no paragraph {paragraph}.",
            f"Its paragraphs are 1 to {len(briefing.paragraphs)}.",
        )
    chosen = [p for p in briefing.paragraphs if paragraph in (None, p.number)]
    if raw:
        sys.stdout.write(briefing.text if paragraph is None else briefing.words_of(chosen[0]))
    else:
        print_briefing(briefing, chosen)


@cli.command()
def remove(
    context: typer.Context,
    briefing_ids: Annotated[list[str], typer.Argument(metavar="ID...", help="Briefings' ids.")],
) -> None:
    """Remove briefings from the library and from both search indexes."""
    with _open(context) as app:
        _ = app.mirrors  # whatever keeps the indexes from opening is told before anything is removed
        app.library.remove(briefing_ids)
        _bring_up_to_date(app)
    for briefing_id in briefing_ids:
        typer.echo(f"removed  {briefing_id}")


@cli.command()
def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help="Words to search for.")],
    k: Annotated[int, typer.Option("-k", min=1, max=1000, help="How many passages.")] = 10,
    as_json: AsJson = False,
) -> None:
    """Search only: the passages that fit best, without an answer."""
    from ui.terminal import print_hits

    with _open(context) as app:
        hits = app.search(query, k)
    if as_json:
        _print_json({"query": query, "hits": [_hit(rank, hit) for rank, hit in enumerate(hits, start=1)]})
    else:
        print_hits(hits)


@cli.command()
def ask(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="A question about the briefings.")],
    after: Annotated[list[str] | None, typer.Option(help="An earlier question; repeat, oldest first.")] = None,
    briefing: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Only this briefing; repeat for more.")
    ] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Only briefings from this day on.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Only briefings up to this day.")] = None,
    trace: Annotated[
        bool, typer.Option("--trace", help="Show what was searched for where, and how long it took.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Answer one question with citations, or say that the briefings do not say."""
    from rag.followup import Turn, turn_of
    from ui.terminal import print_answer, print_trace

    with _open(context) as app:
        scope = _scope(briefing, since, until)
        history: list[Turn] = []
        for earlier in after or ():  # answered first, so that "he" may be somebody whom an answer named
            history.append(turn_of(app.ask(earlier, history, scope)))
        answer = app.ask(question, history, scope)
        empty = not as_json and answer.abstained and not app.library.summaries()
    if as_json:
        document = answer.as_dict()
        del document["nearest"]  # passages, for the chat window
        _print_json(document)
        return
    print_answer(answer)
    if trace:
        print_trace(answer)
    if empty:
        typer.echo("The library is empty: add briefings with `briefings ingest PATH`.", err=True)


@cli.command()
def chat(
    context: typer.Context,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="The port (8501, or the next free).")] = None,
    address: Annotated[
        str, typer.Option(help="The address; any but this machine's own needs BRIEFINGS_CHAT_PASSWORD.")
    ] = "127.0.0.1",
    browser: Annotated[bool, typer.Option(help="Open the window in the browser.")] = True,
    terminal: Annotated[
        bool, typer.Option("--terminal", help="Ask in the terminal; an empty line or Ctrl-D ends.")
    ] = False,
) -> None:
    """Open the chat window in the browser, or ask one question after another in the terminal."""
    if terminal:
        from ui.terminal import converse

        with _open(context) as app:
            converse(app)
        return
    from rag.settings import read_settings
    from ui.serve import serve

    serve(read_settings(context.obj), address, port, browser)


@cli.command()
def doctor(
    context: typer.Context,
    repair: Annotated[
        bool,
        typer.Option(
            "--repair",
            help="Save what can be read of a damaged library, build the indexes anew, embed anew after a change of "
            "embedder.",
        ),
    ] = False,
) -> None:
    """Check the library, its indexes and the embedder; say what is wrong and what mends it."""
    from rag.settings import read_settings
    from ui.doctor import examine, mend, rescue

    if repair and (saved := rescue(read_settings(context.obj))):
        typer.echo(saved)
    with _open(context) as app:
        if repair:
            mend(app)
        findings = examine(app)
    for finding in findings:
        typer.echo(f"{'ok      ' if finding.problem is None else 'PROBLEM '}{finding.name}: {finding.detail}")
        if finding.problem is not None:
            typer.echo(f"        {finding.problem}")
            typer.echo(f"        {finding.remedy}")
    if any(f.problem is not None for f in findings):
        raise typer.Exit(1)


def main() -> None:
    """The console script: runs a command, and turns every foreseen error into one line and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        cli()
    except BriefingsError as error:
        _fail(str(error), error.exit_code)
    except UnicodeEncodeError:
        _fail("An argument is not valid text. Write it in UTF-8.", 2)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has gone: nothing more to say
        sys.exit(1)
    except OSError as error:
        if os.environ.get("BRIEFINGS_DEBUG"):
            raise
        where = f" ({error.filename})" if error.filename else ""
        _fail(f"{error.strerror or error}{where}. Check the disk and the folder given by --home.", 1)


def _bring_up_to_date(app: "App") -> None:
    """Let the indexes follow the library; what was done in the library is done even when they cannot."""
    mirrors = app.mirrors
    try:
        mirrors.catch_up()
    except LibraryError as error:
        typer.echo(f"briefings: {error}", err=True)


def _fail(words: str, code: int) -> None:
    print(f"briefings: {words}", file=sys.stderr)
    sys.exit(code)


def _open(context: typer.Context) -> "AbstractContextManager[App]":
    from rag.build import open_home

    return open_home(context.obj)


def _scope(briefing_ids: list[str] | None, since: str | None, until: str | None) -> "Scope":
    from rag.briefings import Scope

    return Scope(tuple(briefing_ids or ()), _date(since, "--since"), _date(until, "--until"))


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


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in values.items()}


def _print_json(document: object) -> None:
    print(json.dumps(document, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
