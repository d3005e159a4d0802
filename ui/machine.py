"""What `--json` is: one document on standard output and nothing else there."""

import json
from typing import Annotated

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]


def print_json(document: object) -> None:
    """Print a document, as people can read it too."""
    print(json.dumps(document, ensure_ascii=False, indent=2))
