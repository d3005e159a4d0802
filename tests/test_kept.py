"""What was read of the library lately, for as long as it stands where it stood."""

from collections.abc import Sequence

from rag.storage.kept import AsItStands, Kept


class Standing:
    """Something that changes when it is told to."""

    def __init__(self) -> None:
        self.changes = 0
        self.name = "first"

    def revision(self) -> int:
        return self.changes

    def token(self, revision: int) -> str:
        return f"{self.name} {revision}"

    def stands_at(self, revision: int, token: str) -> bool:
        return (revision, token) == (self.changes, self.token(self.changes))


class Shelf:
    """Words by their first letters, and what was looked for."""

    def __init__(self, *words: str) -> None:
        self.words = {word[0]: word for word in words}
        self.asked: list[list[str]] = []

    def read(self, ids: Sequence[str]) -> dict[str, str]:
        self.asked.append(list(ids))
        return {i: self.words[i] for i in sorted(ids) if i in self.words}


def test_it_is_made_once_for_as_long_as_nothing_changes() -> None:
    library, made = Standing(), list[int]()
    one = AsItStands(library, lambda: made.append(len(made)) or len(made))
    assert [one.now(), one.now()] == [1, 1]
    library.changes += 1
    assert [one.now(), one.now()] == [2, 2]
    library.name = "restored"  # another library with as many changes
    assert [one.now(), one.now()] == [3, 3]


def test_what_was_read_is_not_read_again() -> None:
    shelf = Shelf("apple", "bread", "cheese")
    kept = Kept(shelf.read, len, 100)
    assert kept.of("cx") == {"c": "cheese"}
    # In the order they are asked for.
    assert list(kept.of("cab").items()) == [("c", "cheese"), ("a", "apple"), ("b", "bread")]
    assert kept.of("bca") == {"b": "bread", "c": "cheese", "a": "apple"}
    assert shelf.asked == [["c", "x"], ["a", "b"]]


def test_what_does_not_exist_is_looked_for_again() -> None:
    shelf = Shelf("apple")
    kept = Kept(shelf.read, len, 100)
    assert [kept.of("x"), kept.of("x")] == [{}, {}]
    assert shelf.asked == [["x"], ["x"]]


def test_what_was_read_longest_ago_goes_when_there_is_too_much() -> None:
    shelf = Shelf("apple", "bread", "cheese")
    kept = Kept(shelf.read, len, 11)
    assert kept.of("abc") == {"a": "apple", "b": "bread", "c": "cheese"}  # 5 + 5 + 6 characters
    assert kept.of("bc") == {"b": "bread", "c": "cheese"}
    assert kept.of("a") == {"a": "apple"}  # in place of the bread
    assert kept.of("cb") == {"c": "cheese", "b": "bread"}
    assert shelf.asked == [["a", "b", "c"], ["a"], ["b"]]


def test_what_is_too_large_alone_is_not_kept() -> None:
    shelf = Shelf("apple", "raspberries")
    kept = Kept(shelf.read, len, 10)
    kept.of("a")
    assert [kept.of("r"), kept.of("r"), kept.of("a")] == [{"r": "raspberries"}] * 2 + [{"a": "apple"}]
    assert shelf.asked == [["a"], ["r"], ["r"]]
