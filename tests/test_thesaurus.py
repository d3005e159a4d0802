"""Words that stand for each other, both ways; general words for their kinds, one way only."""

from rag.words.terms import words
from rag.words.thesaurus import Thesaurus, news_thesaurus, phrases

SMALL = Thesaurus("""
# a comment, with, commas
kidnap, abduct, take hostage
> country, egypt, qatar
~ ship, harbour
""")


def synonyms(question: str, word: str, thesaurus: Thesaurus = SMALL) -> set[str]:
    parsed = words(question)
    return thesaurus.synonyms(parsed, [w.written for w in parsed].index(word))


def test_interchangeable_words_stand_for_each_other() -> None:
    assert synonyms("who was kidnapped", "kidnapped") == {"abduct", "take hostag"}
    assert synonyms("who was abducted", "abducted") == {"kidnap", "take hostag"}


def test_a_phrase_is_found_from_each_of_its_words() -> None:
    for word in ("take", "hostages"):
        assert synonyms("did they take hostages", word) == {"kidnap", "abduct"}


def test_a_part_of_a_phrase_is_not_the_phrase() -> None:
    assert synonyms("did they take a train", "take") == set()
    assert synonyms("hostages take tea", "hostages") == set()


def test_a_general_word_stands_for_its_kinds_but_not_the_other_way_round() -> None:
    assert synonyms("which countries", "countries") == {"egypt", "qatar"}
    assert synonyms("in Egypt", "Egypt") == set()


def test_related_words_are_no_synonyms() -> None:
    parsed = words("the ship")
    assert SMALL.related(parsed, 1) == {"harbour"}
    assert SMALL.synonyms(parsed, 1) == set()


def test_a_comment_says_nothing() -> None:
    assert synonyms("a comment", "comment") == synonyms("with commas", "commas") == set()


def test_phrases_are_all_runs_of_one_to_three_terms() -> None:
    assert list(phrases(["a", "b", "c", "d"])) == ["a", "b", "c", "d", "a b", "b c", "c d", "a b c", "b c d"]
    assert list(phrases([])) == []


def test_the_programs_own_thesaurus_knows_the_news() -> None:
    ours = news_thesaurus()
    assert "abduct" in synonyms("who was kidnapped", "kidnapped", ours)
    assert "ceas fire" in synonyms("the truce", "truce", ours)
    assert news_thesaurus() is ours


def test_a_word_has_no_synonyms_of_another_that_only_looks_like_it() -> None:
    ours = news_thesaurus()
    assert "die" not in synonyms("when was the law passed", "passed", ours)  # "passing" is dying, too
    assert "establish" not in synonyms("where was the ship found", "found", ours)
    assert "upcom" not in synonyms("where does it come from", "come", ours)


def test_a_name_is_no_common_word_wherever_it_stands() -> None:
    some = Thesaurus("Qatari, Qatar, Doha\nhost, hold\n> gulf state, qatar, oman")
    assert [some.knows(key) for key in ("qatar", "doha", "host", "hold", "rain")] == [
        False,
        False,
        True,
        True,
        False,
    ]
    assert some.synonyms(words("Qatar"), 0) == {"qatari", "doha"}
    ours = news_thesaurus()
    assert [ours.knows(key) for key in ("qatar", "ukrain", "u.s", "nato", "talk")] == [False] * 4 + [True]
    assert ours.synonyms(words("Kazakhstan"), 0) == {"kazakh", "astana"}
    assert "turkiy" in ours.synonyms(words("Turkey"), 0)
