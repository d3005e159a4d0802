"""What is made of words is remembered, within bounds."""

from rag.words.remembered import LONGEST, Remembered


def test_a_word_is_made_once() -> None:
    made: list[str] = []

    def length(word: str) -> int:
        made.append(word)
        return len(word)

    lengths = Remembered(length)
    assert [lengths[word] for word in ("ships", "rain", "ships")] == [5, 4, 5]
    assert made == ["ships", "rain"]


def test_a_long_word_is_made_and_not_kept() -> None:
    upper = Remembered(str.upper)
    longest, longer = "a" * LONGEST, "b" * (LONGEST + 1)
    assert (upper[longest], upper[longer]) == (longest.upper(), longer.upper())
    assert list(upper) == [longest]


def test_it_begins_anew_when_it_is_full() -> None:
    upper = Remembered(str.upper, most=2)
    for word in ("a", "b", "c"):
        assert upper[word] == word.upper()
    assert dict(upper) == {"c": "C"}
