"""The ingest benchmark runs: every contestant reads the same small folder."""

from pathlib import Path

import pytest

from evals.bench_ingest import measure, write_files


def test_the_files_are_the_same_every_time_and_all_different(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_files(tmp_path / name, 3)
    one, two = ([p.read_text() for p in sorted((tmp_path / n).iterdir())] for n in ("one", "two"))
    assert one == two
    assert len(set(one)) == 3
    assert all(len(text.strip().split("\n\n")) == 9 for text in one)  # a title and eight paragraphs


@pytest.mark.slow
def test_every_contestant_reads_all_of_it(tmp_path: Path) -> None:
    write_files(tmp_path / "files", 20)
    found = {name: measure(name, tmp_path, tmp_path / "files") for name in ("ours", "again", "bare", "stock")}
    assert not any("error" in f for f in found.values()), found
    assert found["ours"]["passages"] == found["bare"]["passages"] > 20
    assert found["stock"]["files"] == 2
    assert (found["ours"]["outcomes"], found["again"]["outcomes"]) == (["added"], ["unchanged"])
