"""The files that an evaluation writes."""

from pathlib import Path

from rag.errors import UsageError, refusal_of


def make_folder(file: Path | None) -> None:
    """Makes the folder of a file that is to be written, before any time is spent on what goes into it.

    Raises UsageError where that is impossible.
    """
    if file is None:
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(file, error) from error
    if file.is_dir():
        raise UsageError(f"{file} is a folder.", "Name a file.")


def write(file: Path, text: str) -> None:
    """Keeps a text in a file. Raises UsageError where that is impossible."""
    try:
        file.write_text(text, "utf-8")
    except OSError as error:
        raise _unwritable(file, error) from error


def _unwritable(file: Path, error: OSError) -> UsageError:
    return UsageError(f"{file} cannot be written: {refusal_of(error)}.", "Name another file.")
