"""Names and titles are found by their letters and digits."""

from rag.words.keys import key_of, key_of_word, keys_of


def test_names_are_compared_by_their_letters_and_digits() -> None:
    assert key_of("Tech Crunch") == key_of("TechCrunch") == key_of_word("TechCrunch") == "techcrunch"
    assert key_of("L’Écho") == key_of("L'Echo") == "lecho"


def test_a_title_has_keys_for_its_beginning_and_for_all_of_it_and_one_that_is_short_has_but_one() -> None:
    assert list(keys_of("Strike at the Port")) == ["strikeattheport", "^strikeatthep"]
    assert list(keys_of("Budget")) == ["budget"]
    assert list(keys_of("!?")) == []


def test_what_stands_before_a_mark_is_a_title_when_it_tells_enough() -> None:
    assert [k for k in keys_of("Minister’s office closes | Aldry Gazette") if k[0] != "^"] == [
        "ministersofficeclosesaldrygazette",
        "ministersofficecloses",
    ]
    assert [k for k in keys_of("Live: the vote") if k[0] != "^"] == ["livethevote"]
