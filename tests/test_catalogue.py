"""The sources of a library by the names that questions use."""

from datetime import date
from pathlib import Path

import pytest

from rag.errors import NotFoundError
from rag.finding.catalogue import Catalogue, Shelf
from rag.library import Library
from tests.toys import briefing, put


def test_a_source_is_known_by_its_name_its_first_part_and_without_the() -> None:
    named = Catalogue.of(
        ["The Aldry Gazette - Sports", "The Aldry Gazette", "Courier | World News", "The Age"]
    ).named
    gazettes = {"The Aldry Gazette - Sports", "The Aldry Gazette"}
    assert named["thealdrygazette"] == named["aldrygazette"] == gazettes
    assert named["thealdrygazettesports"] == {"The Aldry Gazette - Sports"}
    assert named["courier"] == {"Courier | World News"}
    assert "age" not in named  # a name of one word stays whole


def test_only_what_begins_as_a_name_does_may_be_one() -> None:
    catalogue = Catalogue.of(["Aldry Gazette", "X"])
    assert catalogue.may_begin("aldrygazettesays")
    assert catalogue.may_begin("xsays")
    assert not catalogue.may_begin("aberrant")
    assert not catalogue.may_begin("")


def test_the_catalogue_follows_the_library(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library.sqlite3")
    shelf = Shelf(library)
    assert (shelf.catalogue().named, shelf.catalogue().newest) == ({}, None)
    put(library, briefing("alpha", "Ships.", source="Gazette", published=date(2032, 5, 3)))
    put(library, briefing("beta", "Rain.", source="Courier", published=date(2032, 4, 1)))
    first = shelf.catalogue()
    assert set(first.named) == {"gazette", "courier"}
    assert first.newest == date(2032, 5, 3)
    assert shelf.catalogue() is first
    library.remove(["alpha"])
    assert set(shelf.catalogue().named) == {"courier"}
    library.close()


def test_a_source_is_called_by_its_names_and_an_unknown_one_is_told_with_the_nearest() -> None:
    known = Catalogue.of(["The Courier", "Sea Post | Ports and Ships", "Sea Post | Sports"])
    assert known.sources_called("courier") == ("The Courier",)
    assert known.sources_called("SeaPost") == ("Sea Post | Ports and Ships", "Sea Post | Sports")
    with pytest.raises(NotFoundError) as caught:
        known.sources_called("The Curier")
    assert (caught.value.reason, caught.value.remedy) == (
        "There is no source 'The Curier'.",
        "Did you mean 'The Courier'?",
    )
    with pytest.raises(NotFoundError, match="briefings list"):
        Catalogue().sources_called("")


def test_a_source_may_be_called_by_its_last_words() -> None:
    catalogue = Catalogue.of(["Sennet Courier", "Kelby Courier", "The Herald", "Courier Press"])
    assert catalogue.sources_like("Courier") == ("Kelby Courier", "Sennet Courier")
    assert catalogue.sources_like("sennet courier") == ("Sennet Courier",)
    assert catalogue.sources_like("Herald", in_full=True) == ("The Herald",)
    assert catalogue.sources_like("Courier", in_full=True) == catalogue.sources_like("Times") == ()
    assert catalogue.sources_like("…") == ()
