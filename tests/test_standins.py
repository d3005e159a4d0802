"""What stands for a question's words, and where in a text it does."""

from rag.finding.standins import StandIns
from rag.words.thesaurus import Thesaurus

KNOWN = Thesaurus(
    "ship, vessel, sea going craft, house boat\n"
    "put off, delay, postpone\nstrike, walkout, down tools\nStrait, narrows"
)


def found(question: str, text: str) -> set[str]:
    return StandIns(question, KNOWN).within(text.split(), text)


def test_a_word_is_stood_for_by_its_synonyms() -> None:
    assert found("Which ship sank?", "a vessel sink") == {"ship"}
    assert found("Which ship sank?", "the ship sink") == set()


def test_a_phrase_stands_there_as_a_whole_without_its_stop_words() -> None:
    assert found("Which ship sank?", "a sea go craft") == found("Which ship sank?", "a hous boat") == {"ship"}
    assert found("Which ship sank?", "a craft go to sea") == set()
    assert found("Why did they strike?", "they tool along") == set()  # without "down" it says something else


def test_a_word_of_a_phrase_is_asked_for_by_what_the_phrase_means() -> None:
    assert found("Who put off the vote?", "they postpon it") == {"put"}


def test_names_stand_for_themselves() -> None:
    assert found("Who crossed the Strait?", "the narrow") == set()
    assert found("Strait crossings?", "the narrow") == {"strait"}  # a capital at the beginning says nothing


def test_what_means_the_same_is_searched_for_as_well() -> None:
    standins = StandIns("Which ship will strike?", KNOWN)
    assert standins.same == {"ship": {"vessel"}, "strike": {"walkout"}}
    assert standins.terms == {"vessel", "sea", "hous", "walkout"}
