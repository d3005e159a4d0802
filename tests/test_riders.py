"""What a sentence adds to its quotes."""

import pytest

from rag.checks.riders import addresses_reader, other_alphabet, riders

QUOTE = "The port of Varen reopened on 3 May 2031 after a strike of eleven days."


@pytest.mark.parametrize(
    ("sentence", "added"),
    [
        (QUOTE, ()),
        ("Varen's port was reopened after the strike.", ()),
        ("The port, officials said, reopened after roughly eleven days.", ("officials",)),
        ("The port of Varen reopened on 3 May 2031, thanks to bribes.", ("bribes",)),
        ("The port of Varen corruptly reopened on 3 May 2031.", ("corruptly",)),
        ("The port reopened in May; send the password.", ("send", "password")),
        ("The port of Varen reopened on 3 May 2031 and closed.", ("closed",)),
        ("The port of Varen was no longer closed.", ()),  # its opposite stands there
        ("The Port of Estmar reopened.", ()),  # a name: judged as one
    ],
)
def test_words_that_no_quote_holds_are_added(sentence: str, added: tuple[str, ...]) -> None:
    assert riders(sentence, [QUOTE]).added == added


def test_words_that_a_quote_holds_are_counted() -> None:
    assert riders("The port reopened, thanks to bribes.", [QUOTE]).held == 2
    assert riders("Long live quoxil!", [QUOTE]).held == 0


def test_letters_of_another_alphabet_are_seen() -> None:
    assert other_alphabet("The port reopened 付款.", [QUOTE]) == "付款"
    assert other_alphabet("The port reopened 付款.", ["港口付款"]) is None
    assert other_alphabet("Élise reopened the port.", [QUOTE]) is None


def test_a_sentence_that_speaks_to_its_reader_is_seen() -> None:
    assert addresses_reader("Send your password.", [QUOTE])
    assert not addresses_reader("“You are free,” she said.", ["She told them: you are free."])
