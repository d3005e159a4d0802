"""What is known of files is found by address, by bytes, and by the file that carries them."""

from pathlib import PurePath

from ingest.inventory import Inventory
from rag.storage.entries import Known


def known(briefing_id: str, uri: str, sha256: str = "a") -> Known:
    return Known(briefing_id, uri, sha256, 1, None)


def test_a_briefing_is_found_by_address_and_by_bytes() -> None:
    one, other = known("one", "file:///one.txt", "a"), known("other", "file:///other.txt", "b")
    inventory = Inventory([one, other])
    assert (inventory.at("file:///one.txt"), inventory.of_bytes("b")) == (one, other)
    assert (inventory.at("file:///none.txt"), inventory.of_bytes("c")) == (None, None)
    assert "one" in inventory
    assert "none" not in inventory


def test_a_dropped_one_is_found_no_more_but_its_id_stays_taken() -> None:
    one = known("one", "file:///one.txt")
    inventory = Inventory([one])
    inventory.drop(one)
    assert (inventory.at(one.uri), inventory.of_bytes(one.sha256)) == (None, None)
    assert "one" in inventory


def test_the_parts_of_a_file_are_those_that_it_carries() -> None:
    mail, part = known("mail", "file:///m.eml"), known("part", "file:///m.eml#a%23b.txt", "b")
    inner, other = known("inner", "file:///m.eml#x.eml/c.txt", "c"), known("other", "file:///m.eml2#a.txt", "d")
    inventory = Inventory([mail, part, inner, other])
    assert inventory.parts_of("file:///m.eml") == [part, inner]
    inventory.drop(part)
    assert inventory.parts_of("file:///m.eml") == [inner]
    assert inventory.parts_of("file:///none.eml") == []


def test_an_id_that_is_taken_gets_a_mark_of_the_address() -> None:
    inventory = Inventory([known("talks-fail", "file:///a/talks.txt")])
    assert inventory.free_id(PurePath("Ships leave!.txt"), "file:///s.txt") == "ships-leave"
    assert inventory.free_id(PurePath("…"), "file:///x") == "briefing"
    marked = inventory.free_id(PurePath("Talks Fail.txt"), "file:///b/talks.txt")
    assert marked.startswith("talks-fail-")
    assert len(marked) == len("talks-fail-") + 8
