"""Keys by which names and titles are found, however they are written: "Tech Crunch", "TechCrunch"."""

from collections.abc import Iterator
from functools import lru_cache
from unicodedata import normalize

from rag.words.terms import content_words, words

BEGINNING = 12  # letters and digits, by which the index knows how a title begins
_FEWEST = 3  # words that tell something, of a title that is not written in full


def key_of(name: str) -> str:
    """The form that names are compared by: their letters and digits in lower case, without accents."""
    return _key("".join(w.written for w in words(name)))


@lru_cache(maxsize=100_000)
def key_of_word(written: str) -> str:
    """The key of one word; kept, because the same words are asked with again and again."""
    return _key(written)


def keys_of(title: str) -> Iterator[str]:
    """The keys of a title: the whole, what stands before " | ", " - " or ": " when that tells enough by itself, and
    how each begins, behind a "^"."""
    parts = (title.split(mark)[0] for mark in (" | ", " - ", " – ", ": "))
    for name in dict.fromkeys([title, *(part for part in parts if tells(part))]):
        if key := key_of(name):
            yield key
            if len(key) >= BEGINNING:
                yield f"^{key[:BEGINNING]}"


def tells(name: str) -> bool:
    """True for words that say enough to be a title by themselves."""
    return len(content_words(name)) >= _FEWEST


def _key(written: str) -> str:
    plain = written.casefold()
    if plain.isascii() and plain.isalnum():
        return plain
    return "".join(c for c in normalize("NFKD", plain) if c.isalnum())
