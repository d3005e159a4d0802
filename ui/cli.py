"""The command line. What it imports at the top is all that `briefings --help` pays for."""

import gc
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from rag.errors import BriefingsError, UsageError
from ui.eval_cli import eval_cli
from ui.library_cli import doctor, ingest, list_briefings, remove, show
from ui.question_cli import ask, chat, search

# Objects that are made before Python looks for cycles among them: 700 by default. Imports alone make 250,000 that
# stay, and to look through them again and again took a fifth of the time to a first answer.
_MADE = 50_000

cli = typer.Typer(
    help="Ask your briefings a question; every sentence of the answer points at the words of its source.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _version(asked: bool) -> None:
    if asked:
        from importlib import metadata

        typer.echo(f"briefings {metadata.version('briefings')}")
        raise typer.Exit


@cli.callback()
def common(
    context: typer.Context,
    home: Annotated[
        str | None,
        typer.Option(
            metavar="PATH", help="The folder of the library (or BRIEFINGS_HOME; else the user's data folder)."
        ),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_version, help="Show the version, and end.")
    ] = False,
) -> None:
    """Options that come before the command."""
    if home is not None and not home.strip():  # Path("") is the working folder
        raise UsageError("--home is empty.", "Name the folder of the library, or leave it out.")
    context.obj = None if home is None else Path(home)


cli.command()(ingest)
cli.command("list")(list_briefings)
for command in (show, remove, search, ask, chat, doctor):
    cli.command()(command)
cli.add_typer(eval_cli, name="eval")


def main() -> None:
    """The console script: runs a command, and turns every foreseen error into one line and an exit code."""
    gc.set_threshold(_MADE)
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
        where = f" ({error.filename})" if error.filename else ""
        _fail(f"{error.strerror or error}{where}. Check the disk and the folder given by --home.", 1)


def _fail(words: str, code: int) -> None:
    print(f"briefings: {words}", file=sys.stderr)
    sys.exit(code)


if __name__ == "__main__":
    main()
