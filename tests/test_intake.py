"""What is done with a file: it is new, moved, twice there, of a name that is taken, or says what it is called."""

import os
from datetime import date
from pathlib import Path

import pytest

from ingest import intake
from ingest.documents import RECIPE
from ingest.formats import MAX_BYTES
from ingest.pipeline import prune
from rag.build import App
from tests.taking import RAIN, SHIPS, Take, results, write


def test_front_matter_says_title_date_and_source(app: App, take: Take, folder: Path) -> None:
    take(write(folder / "a.md", "---\ntitle: Talks\ndate: 2031-03-14\nsource: Courier\n---\nThey began.\n"))
    briefing = app.library.briefing("a")
    assert (briefing.title, briefing.published, briefing.source) == ("Talks", date(2031, 3, 14), "Courier")


def test_a_file_that_says_no_date_may_have_it_in_its_name(app: App, take: Take, folder: Path) -> None:
    write(folder / "2031-03-14-a.txt", SHIPS)
    write(folder / "2031-03-14-b.md", "---\ndate: 2030-01-02\n---\nWords.\n")
    write(folder / "2031-03-145.txt", RAIN)
    take(folder)
    published = {s.briefing_id: s.published for s in app.library.summaries()}
    assert published == {
        "2031-03-14-a": date(2031, 3, 14),
        "2031-03-14-b": date(2030, 1, 2),
        "2031-03-145": None,
    }


def test_a_file_without_a_title_is_called_by_its_name(app: App, take: Take, folder: Path) -> None:
    take(write(folder / "Some Ships.txt", "Nine ships left.\nTwo stayed.\n"))
    assert app.library.briefing("some-ships").title == "Some Ships"


def test_new_reading_rules_read_an_unchanged_file_anew(
    take: Take, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(folder / "a.txt", SHIPS)
    take(path)
    monkeypatch.setattr(intake, "RECIPE", RECIPE + 1)
    assert take(path) == [("a.txt", "replaced", "a")]
    assert take(path) == [("a.txt", "unchanged", "a")]


def test_a_moved_file_keeps_its_briefing(app: App, take: Take, folder: Path) -> None:
    path = write(folder / "a.txt", SHIPS)
    take(folder)
    moved = folder / "archive" / "b.txt"
    moved.parent.mkdir()
    path.rename(moved)
    assert take(folder) == [("b.txt", "moved", "a")]
    assert app.library.briefing("a").uri == moved.resolve().as_uri()
    assert take(folder) == [("b.txt", "unchanged", "a")]
    assert prune(app, [folder]) == []
    assert [s.briefing_id for s in app.library.summaries()] == ["a"]


def test_a_file_with_a_new_ending_is_read_by_the_rules_of_that_ending(app: App, take: Take, folder: Path) -> None:
    path = write(folder / "a.txt", "# Ships\n\n**Nine** ships left.\n")
    take(folder)
    path.rename(folder / "a.md")
    assert take(folder) == [("a.md", "moved", "a")]
    briefing = app.library.briefing("a")
    assert briefing.title == "Ships"
    assert [briefing.words_of(p) for p in briefing.paragraphs] == ["Nine ships left."]
    assert briefing.source == "a.md"


def test_what_is_no_regular_file_or_too_large_is_told_without_being_read(take: Take, folder: Path) -> None:
    os.mkfifo(folder / "a.txt")  # reading it would never end
    with (folder / "b.txt").open("wb") as large:
        large.truncate(MAX_BYTES + 1)
    write(folder / "c.txt", SHIPS)
    assert take(folder) == [("a.txt", "failed", None), ("b.txt", "failed", None), ("c.txt", "added", "c")]


def test_a_name_that_is_no_unicode_stops_nothing(take: Take, folder: Path) -> None:
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff.txt")).write_text(SHIPS)
    write(folder / "b.txt", "Bread came.")
    assert [outcome for _, outcome, _ in take(folder)] == ["added", "added"]


def test_the_same_words_in_two_files_are_kept_once(app: App, take: Take, folder: Path) -> None:
    write(folder / "a.txt", SHIPS)
    write(folder / "b.txt", SHIPS)
    assert take(folder) == [("a.txt", "added", "a"), ("b.txt", "duplicate", "a")]
    assert [s.briefing_id for s in app.library.summaries()] == ["a"]
    (duplicate,) = results(app, folder / "b.txt")
    assert "a" in " ".join(duplicate.notices).split()
    write(folder / "b.txt", RAIN)
    assert take(folder) == [("a.txt", "unchanged", "a"), ("b.txt", "added", "b")]


def test_two_files_of_one_name_have_two_ids_that_stay(app: App, take: Take, folder: Path) -> None:
    write(folder / "one" / "talks.txt", SHIPS)
    write(folder / "two" / "talks.txt", RAIN)
    (_, _, first), (_, _, second) = taken = take(folder)
    assert [outcome for _, outcome, _ in taken] == ["added", "added"]
    assert first == "talks"
    assert second is not None
    assert second.startswith("talks-")
    assert app.library.briefing(first).title == "Ships Leave Sennet"
    assert app.library.briefing(second).title == "Rain in Orm"
    assert take(folder) == [("talks.txt", "unchanged", first), ("talks.txt", "unchanged", second)]
    write(folder / "two" / "talks.txt", RAIN + "It stopped.\n")
    assert take(folder) == [("talks.txt", "unchanged", first), ("talks.txt", "replaced", second)]


def test_names_of_any_script_or_length_give_ids(take: Take, folder: Path) -> None:
    for i, name in enumerate(["¿?", "Переговоры в Орме", "x" * 200]):
        write(folder / f"{name}.txt", f"Ship {i} left.")
    ids = {briefing_id for _, _, briefing_id in take(folder)}
    assert ids == {"briefing", "переговоры-в-орме", "x" * 100}


def test_a_link_to_a_file_is_that_file(take: Take, folder: Path) -> None:
    path = write(folder / "a.txt", SHIPS)
    (folder / "b.txt").symlink_to(path)
    assert take(folder) == [("a.txt", "added", "a"), ("a.txt", "unchanged", "a")]


def test_a_near_duplicate_is_added_and_told(app: App, take: Take, folder: Path) -> None:
    words = [f"Word{number} of the ships." for number in range(60)]
    write(folder / "a.txt", "\n\n".join(words))
    write(folder / "b.txt", "\n\n".join([*words[:-2], "Rain fell on Orm."]))
    write(folder / "c.txt", RAIN)
    found = results(app, folder)
    assert [(r.outcome, r.briefing_id) for r in found] == [("added", "a"), ("added", "b"), ("added", "c")]
    assert [r.notices[0].split(":")[0] for r in found if r.notices] == ["near-duplicate of a"]
    write(folder / "a.txt", "\n\n".join([*words, "One more."]))  # nor is a new edition a duplicate of the old one
    (changed, *_) = results(app, folder)
    assert [n.split(":")[0] for n in changed.notices] == ["near-duplicate of b"]
