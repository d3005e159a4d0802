"""Files of an evaluation are written into folders that are made for them, or refused before anything is asked."""

from pathlib import Path

import pytest

from rag.errors import UsageError
from ui.eval_files import make_folder, write


def test_a_folder_is_made_for_a_file(tmp_path: Path) -> None:
    make_folder(tmp_path / "a" / "b" / "c.html")
    write(tmp_path / "a" / "b" / "c.html", "“words”")
    assert (tmp_path / "a" / "b" / "c.html").read_text("utf-8") == "“words”"
    make_folder(None)


def test_what_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="is a folder"):
        make_folder(tmp_path)
    with pytest.raises(UsageError, match="cannot be written"):
        make_folder(tmp_path / "file" / "a.html")
    with pytest.raises(UsageError, match="cannot be written: is a directory"):
        write(tmp_path, "words")
