"""The commands that fill, show and mend the library."""

import sys
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rag.errors import LibraryError, NotFoundError, UsageError
from ui.machine import AsJson, print_json

if TYPE_CHECKING:
    from rag.build import App

Paths = Annotated[list[str], typer.Argument(metavar="PATH", help="Files, folders (read recursively) and URLs.")]
BriefingId = Annotated[str, typer.Argument(metavar="ID", help="A briefing's id, as `list` shows it.")]


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

    if not all(path.strip() for path in paths):  # Path("") is the working folder
        raise UsageError("A path is empty.", "Name files, folders or URLs.")
    if watch:
        ingest_and_watch(context.obj, paths, prune=prune, as_json=as_json)
    elif not ingest_once(context.obj, paths, prune=prune, as_json=as_json):
        raise typer.Exit(1)


def list_briefings(
    context: typer.Context,
    find: Annotated[
        str, typer.Option(metavar="WORDS", help="Only those with all these words in title, source or date.")
    ] = "",
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="No more than so many.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the briefings in the library, newest first."""
    from rag.briefings import Scope
    from rag.build import open_home
    from ui.terminal import print_list

    with open_home(context.obj) as app:
        summaries = app.library.listed(Scope(), limit, words=find)
    if as_json:
        print_json({"briefings": [_plain(asdict(s)) for s in summaries]})
    elif find and not summaries:
        typer.echo("No briefing fits these words.")
    else:
        print_list(summaries)


def show(
    context: typer.Context,
    briefing_id: BriefingId,
    paragraph: Annotated[int | None, typer.Option(metavar="N", help="Show this paragraph only.")] = None,
    raw: Annotated[bool, typer.Option("--raw", help="Print exactly the canonical text.")] = False,
    version: Annotated[
        int | None, typer.Option(metavar="N", help="Show what it said earlier; 1 is the oldest.")
    ] = None,
) -> None:
    """Show a briefing with its paragraph numbers."""
    from rag.build import open_home
    from ui.terminal import print_briefing

    with open_home(context.obj) as app:
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


def remove(
    context: typer.Context,
    briefing_ids: Annotated[list[str], typer.Argument(metavar="ID", help="Briefings' ids.")],
) -> None:
    """Remove briefings from the library and from both search indexes."""
    from rag.build import open_home

    with open_home(context.obj) as app:
        _ = app.mirrors  # whatever keeps the indexes from opening is told before anything is removed
        app.library.remove(briefing_ids)
        _bring_up_to_date(app)
    for briefing_id in briefing_ids:
        typer.echo(f"removed  {briefing_id}")


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
    from rag.build import open_home
    from rag.settings import read_settings
    from ui.doctor import examine, mend, rescue

    if repair and (saved := rescue(read_settings(context.obj))):
        typer.echo(saved)
    with open_home(context.obj) as app:
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


def _bring_up_to_date(app: "App") -> None:
    """Let the indexes follow the library; what was done in the library is done even when they cannot."""
    mirrors = app.mirrors
    try:
        mirrors.catch_up()
    except LibraryError as error:
        typer.echo(f"briefings: {error}", err=True)


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in values.items()}
