"""Words and terms: the one way in which questions, sentences and the lexical index read text."""

import re
import threading
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain
from typing import NamedTuple

import Stemmer

from rag.words.remembered import Remembered

_WORD = re.compile(r"[^\W_]+(?:[.,'’ʼ][^\W_]+)*")
_HYPHENATED = re.compile(r"[^\W\d_]+(?:[-‐‑][^\W_]+)+")
_HYPHEN = re.compile(r"[-‐‑]")
_CONTRACTION = re.compile(r"(?:n't|'(?:d|ll|m|re|s|ve))$")
_UNSEEN = ("Cc", "Cf", "Co", "Cs", "Cn")
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0\u034f\u17b4\u17b5") | {
    chr(c) for c in (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
}
_UNUSUAL = re.compile(r"[^ -~\n\t]+")  # what may not show
_INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_])+")
_POSSESSIVE = re.compile(r"['’ʼ]s?$")
_MOST_FORMS = 200_000
_MOST_INITIALS = 4
_SHORT = 1_000  # characters of a text whose words are kept
_NO_STOP_WORDS = {"US": "u.s", "WHO": "w.h.o"}  # in capitals, and their terms

STOP_WORDS = frozenset(
    """a about above after again against all also am an and any are as at be because been before being below
    between both but by can could did do does doing done down during each either else ever few for from further
    had has have having he her here hers herself him himself his how i if in into is it its itself just let like
    many may me might more most much must my myself near no nor not now of off on once one only or other our
    ours out over own per please quite rather really same shall she should since so some still such than that
    the their theirs them themselves then there these they this those through to too towards under until up upon
    us very was we well were what whatever when where whether which while who whom whose why will with within
    without would yet you your yours tell give show explain describe list name according""".split()
)


class Word(NamedTuple):  # made by the thousand for every question; a dataclass takes four times as long
    """A word as it stands in a text: `term` is what it is compared by, `text[start:end]` what is written."""

    term: str
    written: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """The words of a text in order, each with its comparable term and code-point offsets."""
    return list(_words_again(text) if len(text) <= _SHORT else _words_in(text))


def _words_in(text: str) -> list[Word]:
    made = tuple.__new__  # as `Word` does itself, without its call between
    return [made(Word, (term(w := m.group()), w, m.start(), m.end())) for m in _WORD.finditer(text)]


@lru_cache(maxsize=512)
def _words_again(text: str) -> list[Word]:
    """The words of a question or sentence: on the way to an answer it is read a dozen times."""
    return _words_in(text)


class Form(NamedTuple):
    """How a word is read wherever it stands: its term, whether it `tells` something (no stop word), and the word in
    lower case."""

    term: str
    tells: bool
    lower: str


@cache
def _forms() -> Remembered[Form]:
    return Remembered(lambda w: Form(term(w), not is_stop_word(w), w.lower()), _MOST_FORMS)


def written_words(text: str) -> list[str]:
    """The words of a text in order, as they are written."""
    return _WORD.findall(text)


def forms_of(written: Iterable[str]) -> list[Form]:
    """How these words are read: quicker than `words`, where it need not be known where they stand."""
    return list(map(_forms().__getitem__, written))


def form_at(text: str, at: int, *, anywhere: bool = False) -> tuple[Form, int] | None:
    """How the word is read that begins at an offset, or `anywhere` behind it, and where it ends; else None."""
    found = _WORD.search(text, at) if anywhere else _WORD.match(text, at)
    return (_forms()[found.group()], found.end()) if found else None


def starts_of(term: str) -> tuple[str, ...]:
    """How the words that have a term begin, in lower case and without accents: what the stemmer changes stands at
    their end ("city" and "citi", "dying" and "die", "ability" and "abl"). Irregular forms begin as they do."""
    if "." in term:
        return term, term.replace(".", "")
    if term[:1].isdigit():  # commas between digits are left out
        return (term[:1],)
    dotted = (".".join(term),) if len(term) <= _MOST_INITIALS and term.isalpha() else ()
    changed = 2 if term.endswith(("ie", "ble")) else 1 if term.endswith(("e", "i", "y", "bl")) else 0
    return (term[: len(term) - changed] or term[:1], *dotted, *_irregular_by_term().get(term, ()))


def content_words(text: str) -> list[Word]:
    """The words that carry meaning: all but the stop words."""
    return [w for w in words(text) if not is_stop_word(w.written)]


@lru_cache(maxsize=200_000)
def is_stop_word(written: str) -> bool:
    """True for a word that says nothing about the subject ("the", "did", "which"); "US" and "WHO" are none."""
    if unowned(written) in _NO_STOP_WORDS:
        return False
    folded = _folded(written)
    return folded in STOP_WORDS or ("'" in folded and _CONTRACTION.sub("", folded) in STOP_WORDS)


@cache
def stop_terms() -> frozenset[str]:
    """The terms of the stop words."""
    return frozenset(map(term, STOP_WORDS))


def unowned(written: str) -> str:
    """A word, or words, without the ending of an owner: "Holm" of "Holm's", "workers" of "workers'"."""
    return _POSSESSIVE.sub("", written)


@lru_cache(maxsize=200_000)
def term(written: str) -> str:
    """The form a word is compared by: folded to lower case without accents, possessive or plural, initials without
    their dots ("U.N."), in its plain form when it is irregular ("fell", "women"), stemmed."""
    if named := _NO_STOP_WORDS.get(unowned(written)):
        return named
    plain = unowned(_folded(written))
    if plain[:1].isdigit():
        return plain.replace(",", "")
    if "." in plain:
        letters = plain.replace(".", "")
        if letters in STOP_WORDS or not _INITIALS.fullmatch(plain):  # "a.m", "u.s"; "no.3"
            return plain
        plain = letters
    stemmed: str = _stemmer().stemWord(_plain_forms().get(plain, plain))
    return stemmed


@cache
def _irregular_by_term() -> Mapping[str, list[str]]:
    by_term: dict[str, list[str]] = {}
    for form in _plain_forms():
        by_term.setdefault(term(form), []).append(form)
    return by_term


@cache
def _plain_forms() -> Mapping[str, str]:
    return {**irregular_forms("irregular.txt"), **irregular_forms("plurals.txt")}


@cache
def irregular_forms(name: str) -> Mapping[str, str]:
    """The plain form of every irregular form of a file ("fell": "fall"), in lower case."""
    lines = files("rag.words").joinpath(name).read_text("utf-8").splitlines()
    forms: Sequence[list[str]] = [line.split() for line in lines if line and not line.startswith("#")]
    return {form: plain for plain, *others in forms for form in others}


def index_terms(text: str) -> list[str]:
    """The terms by which a text is found: those of its words, and hyphenated words also as one ("ceasefir")."""
    found = list(chain.from_iterable(map(_index_forms().__getitem__, text.split())))
    if "-" not in text and (text.isascii() or not _HYPHEN.search(text)):
        return found
    return found + [term(_HYPHEN.sub("", written)) for written in _HYPHENATED.findall(text)]


@cache
def _index_forms() -> Remembered[tuple[str, ...]]:
    """The terms in what stands between two white spaces, none for a stop word: no word reaches over white space,
    and looking it up with the signs around it takes a third of the time of finding the words."""
    return Remembered(
        lambda written: tuple(t for w in _WORD.findall(written) if not is_stop_word(w) and (t := term(w))),
        _MOST_FORMS,
    )


def _folded(written: str) -> str:
    folded = written.lower().replace("’", "'").replace("ʼ", "'")
    if folded.isascii():
        return folded
    return "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))


_local = threading.local()


def _stemmer() -> Stemmer.Stemmer:
    """A stemmer of this thread's own: one stemmer must not be shared."""
    if not hasattr(_local, "stemmer"):
        _local.stemmer = Stemmer.Stemmer("english")
    stemmer: Stemmer.Stemmer = _local.stemmer
    return stemmer


def visible(text: str) -> str:
    """A text as a reader sees it: without control, formatting and other characters that do not show."""
    return _UNUSUAL.sub(lambda m: "".join(filter(_shows, m.group())), text)


def _shows(character: str) -> bool:
    return unicodedata.category(character) not in _UNSEEN and character not in _BLANK
